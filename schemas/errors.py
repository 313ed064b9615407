"""RowError and the closed list of reasons for which a row can fail.

A code is stable: it is stored in `failures.code`, counted in run summaries and matched by alerts.
"""

import re
from typing import NamedTuple


class Code(NamedTuple):
    """What a failure code means, and whether a later run should try the same entry again."""

    meaning: str
    retryable: bool = False


CODES: dict[str, Code] = {
    # the address
    "bad_url": Code("the link is not an absolute http or https URL that may be fetched"),
    "no_link": Code("the entry has neither a link nor a guid that is a URL"),
    "address_denied": Code("the host resolves to an address that is not public"),
    "dns_failed": Code("the host name does not resolve", retryable=True),
    # the connection
    "connect_failed": Code("no connection could be made", retryable=True),
    "connect_timeout": Code("no connection within the limit", retryable=True),
    "tls_failed": Code("the TLS handshake or certificate failed", retryable=True),
    "read_timeout": Code("the server went silent for longer than the limit", retryable=True),
    "deadline_exceeded": Code("the whole request took longer than the limit", retryable=True),
    "protocol_error": Code("the answer is not valid HTTP", retryable=True),
    "truncated": Code("the body ended before its announced end", retryable=True),
    # the answer
    "headers_too_large": Code("the header section is larger than the limit"),
    "too_large": Code("the decoded body is larger than the limit"),
    "bad_encoding": Code("the content coding is unknown, corrupt or nested too often"),
    "too_many_redirects": Code("more redirects than the limit, or a redirect loop"),
    "bad_redirect": Code("a redirect without a usable Location"),
    "unexpected_status": Code("a status outside 200..599, or one that makes no sense here"),
    "bot_wall": Code("the host answers with a challenge for browsers"),
    # politeness
    "robots_denied": Code("robots.txt forbids this URL to our user agent"),
    "robots_unreachable": Code(
        "robots.txt answers with a server error: all is forbidden", retryable=True
    ),
    "rights_reserved": Code("the page reserves text and data mining (`noai`, `tdm-reservation`)"),
    # the feed
    "not_a_feed": Code("the document is not a feed in a known format"),
    # the page
    "not_html": Code("the content type or the bytes are not those of an HTML page"),
    "empty_text": Code("too few words of article text are left after cleaning"),
    "not_an_article": Code("an index page, a consent wall or a soft 404"),
    "too_deep": Code("the document is nested deeper, or built larger, than the limit"),
    # the tables
    "duplicate": Code("the page is an article that is already committed under its canonical URL"),
    # the run
    "interrupted": Code("the run was stopped before this item's turn", retryable=True),
    "unexpected": Code("a fault of this program: please report the detail"),
}
"""Every code but the family `http_NNN` (see `code_of_status`)."""

_STATUS_CODE = re.compile(r"http_[1-5]\d\d\Z")
_RETRYABLE_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524})


def code_of_status(status: int) -> str:
    """The code of an HTTP status that is not a success: 404 -> `http_404`.

    A number outside 100..599 is `unexpected_status` (RFC 9110, section 15).
    """
    return f"http_{status}" if 100 <= status <= 599 else "unexpected_status"


def is_known(code: str) -> bool:
    """True if `code` is on the list or of the family `http_NNN`."""
    return code in CODES or _STATUS_CODE.match(code) is not None


def is_retryable(code: str) -> bool:
    """True if a later attempt may well succeed. An unknown code is not retryable."""
    if _STATUS_CODE.match(code):
        return int(code[5:]) in _RETRYABLE_STATUSES
    return code in CODES and CODES[code].retryable


class UserError(Exception):
    """The work cannot be done, and who asked for it can set it right: the message says how.

    A command ends with exit status 1.
    """


class UsageError(UserError):
    """The program was asked for something that makes no sense: exit status 2."""


class RowError(Exception):
    """One row cannot go on, for the reason `code`. The rest of the run does.

    `detail` is for people: what happened, the value, the rule. `http_status` and `retry_after_s`
    are set when a server said so.
    """

    def __init__(
        self,
        code: str,
        detail: str,
        http_status: int | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        if not is_known(code):
            raise ValueError(f"{code!r} is not a failure code; schemas/errors.py has the list")
        super().__init__(code, detail, http_status, retry_after_s)
        self.code = code
        self.detail = detail
        self.http_status = http_status
        self.retry_after_s = retry_after_s

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"
