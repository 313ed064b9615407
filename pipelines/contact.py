"""Who may be asked about our requests: outlets must be able to reach a person."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schemas.errors import UsageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

CONTACT_VARIABLE = "COMMUNIQUE_CONTACT"


class ContactError(UsageError):
    """There is no contact, or the file that should name it cannot be used."""


def find_contact(option: str | None, environ: Mapping[str, str] = os.environ) -> str:
    """The URL or mail address that goes into the user agent.

    The option `--contact` wins, then the variable COMMUNIQUE_CONTACT, then the key `contact` of
    `config_path(environ)`. An empty value counts as none.

    Whether an outlet could use it is for `transforms.web.user_agent` to say. Raises: ContactError.
    """
    if option:
        return option
    if environ.get(CONTACT_VARIABLE):
        return environ[CONTACT_VARIABLE]
    path = config_path(environ)
    configured = _configured(path)
    if configured:
        return configured
    raise ContactError(
        "no contact is set; every request names one, so that an outlet can reach you. "
        "Give a URL or a mail address of yours: --contact https://example.org/about, "
        f"or {CONTACT_VARIABLE}=you@example.org, "
        f'or the line contact = "you@example.org" in {path}'
    )


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """`communique/config.toml` in $XDG_CONFIG_HOME, else in ~/.config.

    Source: XDG Base Directory Specification 0.8: a relative path there is invalid, and ignored.
    """
    folder = Path(environ.get("XDG_CONFIG_HOME", ""))
    base = folder if folder.is_absolute() else Path.home() / ".config"
    return base / "communique" / "config.toml"


def _configured(path: Path) -> str | None:
    try:
        settings: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContactError(f"{path} cannot be read: {error}; mend it or remove it") from None
    value = settings.get("contact")
    if value is not None and not isinstance(value, str):
        raise ContactError(f'contact in {path} is {value!r}; write contact = "you@example.org"')
    return value
