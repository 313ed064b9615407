"""What a status and its headers mean to a reader of pages."""

from collections.abc import Mapping
from datetime import datetime

from schemas.errors import RowError, code_of_status
from transforms.web.links import Link, resolve_link, split_link
from transforms.web.retry import parse_retry_after

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that send a GET elsewhere (RFC 9110, section 15.4)."""

PERMANENT = frozenset({301, 308})
"""Those of them that are for good (RFC 9110, sections 15.4.2 and 15.4.9)."""

_NEVER_HTML = ("audio/", "image/", "video/", "font/", "application/pdf", "application/zip")


def status_error(
    status: int, headers: Mapping[str, str], now: datetime, *, is_conditional: bool
) -> RowError | None:
    """The failure that an answer stands for; None for a success, a redirect, or a 304 asked for.

    `headers` have lower-case names. A challenge for browsers is `bot_wall`, whatever its status:
    it is an outcome to report, not one to get around.
    """
    wall = _bot_wall(status, headers)
    if wall is not None:
        return RowError("bot_wall", f"status {status} with {wall}", http_status=status)
    if status == 206:
        return RowError("unexpected_status", "206 without a Range asked for", http_status=status)
    if 200 <= status < 300 or status in REDIRECTS or (status == 304 and is_conditional):
        return None
    retry_after_s = parse_retry_after(headers.get("retry-after"), now)
    wait = "" if retry_after_s is None else f", to be asked again in {retry_after_s:.0f} s"
    return RowError(
        code_of_status(status), f"the server answered {status}{wait}", status, retry_after_s
    )


def _bot_wall(status: int, headers: Mapping[str, str]) -> str | None:
    """The header by which a bot wall gives itself away, if there is one.

    SOURCES: documentation of Cloudflare (cf-mitigated), AWS WAF (x-amzn-waf-action: challenges
    come with 202, captchas with 405), DataDome (x-datadome, with 401 and 403).
    """
    for name, values in (
        ("cf-mitigated", ("challenge", "block")),
        ("x-amzn-waf-action", ("challenge", "captcha")),
    ):
        if headers.get(name, "").lower() in values:
            return f"{name}: {headers[name]}"
    if status in {401, 403, 405} and "x-datadome" in headers:
        return "x-datadome"
    return None


def content_type_error(status: int, headers: Mapping[str, str]) -> RowError | None:
    """`not_html` if the Content-Type alone shows that no page follows, so that a film is not read.

    Only for types that are never a page; a missing or vague type is judged by the bytes, later.
    """
    content_type = headers.get("content-type", "").strip().lower()
    if content_type.startswith(_NEVER_HTML):
        kind = content_type.partition(";")[0][:80]
        return RowError("not_html", f"the content type is {kind}", http_status=status)
    return None


def charset_of(headers: Mapping[str, str]) -> str | None:
    """`charset` parameter of the Content-Type, in lower case and without quotes, or None."""
    for parameter in headers.get("content-type", "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \t\"'").lower()[:40] or None
    return None


def redirect_target(link: Link, status: int, headers: Mapping[str, str]) -> Link:
    """Where a redirect from `link` leads. Raises: RowError("bad_redirect")."""
    location = headers.get("location", "")
    if not location.strip():
        raise RowError("bad_redirect", f"status {status} without a Location", http_status=status)
    try:
        return split_link(resolve_link(link.origin + link.target, location))
    except RowError as error:
        raise RowError(
            "bad_redirect", f"status {status} to where nobody can go: {error.detail}", status
        ) from None
