"""The failure code that an exception of aiohttp stands for."""

import asyncio

import aiohttp
from aiohttp.http_exceptions import LineTooLong

from schemas.errors import RowError
from transforms.web.guard import AddressDeniedError

MAX_HEADER_FIELDS = 256

# From the special to the general: many of aiohttp's classes have several bases.
_BY_CLASS: tuple[tuple[type[BaseException], str, str], ...] = (
    (aiohttp.ConnectionTimeoutError, "connect_timeout", "no connection within the limit"),
    (aiohttp.ServerTimeoutError, "read_timeout", "the server went silent"),
    (asyncio.TimeoutError, "deadline_exceeded", "the answer was not complete in time"),
    (aiohttp.ClientConnectorDNSError, "dns_failed", "the host name does not resolve"),
    (aiohttp.ClientSSLError, "tls_failed", "no secure connection"),
    (aiohttp.ClientConnectorError, "connect_failed", "no connection"),
    (aiohttp.InvalidURL, "bad_url", "the URL cannot be asked for"),
    (aiohttp.ClientResponseError, "protocol_error", "the answer is not valid HTTP"),
    (aiohttp.ClientPayloadError, "truncated", "the body ended before its announced end"),
)


def fault_of(error: BaseException, status: int | None, total_s: float) -> RowError:
    """The failure for an exception; `status` if the headers had come, `total_s` was the limit."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(
        error.os_error, AddressDeniedError
    ):
        return RowError("address_denied", str(error.os_error))
    if isinstance(error, aiohttp.ClientResponseError) and _is_about_size(error):
        return RowError(
            "headers_too_large", f"a header line or their number is over the limit: {_brief(error)}"
        )
    if isinstance(error, aiohttp.ClientPayloadError) and "chunk" in _with_causes(error):
        return RowError("protocol_error", f"the body's chunks are broken: {_brief(error)}", status)
    for kind, code, what in _BY_CLASS:
        if isinstance(error, kind):
            limit = f" ({total_s:.1f} s)" if code == "deadline_exceeded" else ""
            return RowError(code, f"{what}{limit}: {_brief(error)}", status)
    if status is not None:
        return RowError("truncated", f"the connection broke in the body: {_brief(error)}", status)
    return RowError("connect_failed", f"the server hung up without an answer: {_brief(error)}")


def _is_about_size(error: aiohttp.ClientResponseError) -> bool:
    cause = error.__cause__
    while cause is not None:
        if isinstance(cause, LineTooLong):
            return True
        cause = cause.__cause__
    return "too many headers" in error.message.lower()


def _with_causes(error: BaseException) -> str:
    texts, cause = [], error.__cause__
    while cause is not None:
        texts.append(f"{type(cause).__name__} {cause}")
        cause = cause.__cause__
    return " ".join([str(error), *texts]).lower()


def _brief(error: BaseException) -> str:
    """One line of at most 200 characters. It may quote bytes of the server: `repr` tames them."""
    text = str(error) or type(error).__name__
    return text[:200] if text.isprintable() else repr(text)[:200]
