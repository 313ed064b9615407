"""The outlet: the registrable domain of a link."""

from functools import lru_cache

from transforms.web.links import split_link


def registrable_domain(url: str) -> str:
    """The outlet that a URL belongs to: `bbc.co.uk` for `https://www.bbc.co.uk/news`.

    By the ICANN section of the Public Suffix List as packaged with `tld` (never downloaded);
    its private section stays off, so that all of `github.io` is one outlet. Addresses stand for
    themselves. Under a suffix that the list does not know (`.example`) the last two labels.
    Internationalised names come back as punycode.
    Raises: RowError("bad_url").
    """
    return _domain_of(split_link(url).host)


@lru_cache(maxsize=16384)
def _domain_of(host: str) -> str:
    if ":" in host or host.replace(".", "").isdecimal():
        return host
    labels = host.split(".")
    if len(labels) > 2:
        from tld import get_fld  # noqa: PLC0415  its list takes 40 ms and 10 MB, once

        found = get_fld(f"https://{_in_letters(host)}/", fail_silently=True, search_private=False)
        if found is not None:
            return ".".join(labels[-(found.count(".") + 1) :])
    return ".".join(labels[-2:])


def _in_letters(host: str) -> str:
    """The host with its punycode decoded: the list spells its suffixes in their own script."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
