"""Which page this is: its language, its canonical address, its outlet, its reservations."""

import re

from schemas.errors import RowError
from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node, text_of
from transforms.web import registrable_domain, resolve_link, url_key

# ISO 639-1, all 183 codes.
_LANGUAGES_WORDS = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_LANGUAGES = frozenset(_LANGUAGES_WORDS.split())
_LONG_CODES = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt",
    "ita": "it", "rus": "ru", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "ara": "ar",
    "nld": "nl", "dut": "nl", "pol": "pl", "tur": "tr", "ukr": "uk", "hin": "hi", "iw": "he",
    "in": "id", "english": "en", "cn": "zh",
}  # fmt: skip
_TAG = re.compile(r"\s*([A-Za-z]{2,7})(?:[-_][A-Za-z0-9]{1,8})*\s*(?:,|\Z)")
_META = (
    "content-language",
    "og:locale",
    "dc.language",
    "dcterms.language",
    "inlanguage",
    "language",
)


def language_of(head: Head, article: Node) -> str | None:
    """ISO 639-1 code in lower case: <html lang>, then meta elements, then JSON-LD; else None.

    A value that is no language tag (BCP 47) or no language counts as none.
    """
    stated = [head.language]
    stated += [value for name in _META for value in head.meta.get(name, ())[:1]]
    stated.append(text_of(article, "inLanguage"))
    for value in stated:
        match = _TAG.match(value)
        if match:
            code = match[1].lower()
            code = _LONG_CODES.get(code, code)
            if code in _LANGUAGES:
                return code
    return None


def domain_of(url: str) -> str:
    """The outlet's registrable domain, "" for a URL that has none."""
    try:
        return registrable_domain(url)
    except RowError:
        return ""


def canonical_of(head: Head, url: str) -> str | None:
    """The absolute canonical URL: <link rel=canonical>, else og:url; None if neither can be used.

    It has to stay on the page's registrable domain (a page may not speak for another site) and
    to be more than the home page (what careless templates name on every page).
    """
    domain = domain_of(url)
    for link in (head.canonical, *head.meta.get("og:url", ())[:1]):
        if not link or not domain:
            continue
        try:
            canonical = resolve_link(url, link)
            if registrable_domain(canonical) != domain:
                continue
        except RowError:
            continue
        path = canonical.partition("://")[2].partition("/")[2]
        if path.strip("/") not in {"", "index.html", "index.php"}:
            return canonical
    return None


def is_same_page(one: str, other: str) -> bool:
    """True if two URLs have the same key; False where one of them is no URL."""
    try:
        return url_key(one) == url_key(other)
    except RowError:
        return False


def robots_of(head: Head) -> str | None:
    """Contents of the robots meta elements, joined by `, `; None without one."""
    return ", ".join(head.meta.get("robots", ())) or None


def tdm_of(head: Head) -> str | None:
    """Content of `tdm-reservation` (W3C TDM Reservation Protocol); None without it."""
    return next(iter(head.meta.get("tdm-reservation", ())), None)
