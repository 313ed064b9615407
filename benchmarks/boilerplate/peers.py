"""Other people's extractors, each called as its documentation says, with the best it offers.

Each function takes a page's bytes and its address (None if nobody knows it) and returns what it
can give of `text`, `title`, `date`, `authors` and `language`. Who cannot decode bytes is given
text as Scrapy decodes it (w3lib: byte order mark, `<meta>`, UTF-8).
"""
# A process measures one peer and must not pay for importing the others:
# ruff: noqa: PLC0415

import functools
import re
from importlib.metadata import version

_LANG = re.compile(rb"<html[^>]*?\slang\s*=\s*[\"']?([A-Za-z]{2})")
_ELSEWHERE = "http://localhost/article"


def _decode(html):
    from w3lib.encoding import html_to_unicode

    return html_to_unicode(None, html)[1]


def _stated_language(html):
    """The two letters of `<html lang>`, or "" for none."""
    found = _LANG.search(html[:100_000])
    return found[1].decode().lower() if found else ""


_BLOCKS = (
    *("p", "div", "section", "article", "blockquote", "pre", "figure", "figcaption", "br", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "tr", "td", "th"),
)


def _text_of(fragment):
    """The text of the HTML that some return, with a line for each block."""
    import lxml.html

    if not (fragment and fragment.strip()):
        return ""
    root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    for element in root.iter(*_BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return root.text_content()


def _trafilatura(html, url, **options):
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, include_comments=False, with_metadata=True, **options)
    names = {"text": "text", "title": "title", "date": "date", "authors": "author"}
    return {ours: getattr(found, theirs, None) for ours, theirs in names.items()}


def resiliparse(html, _url):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(html, detect_encoding(html, from_html_meta=True))
    text = extract_plain_text(tree, main_content=True, comments=False, alt_texts=False)
    return {"text": text, "title": tree.title}


def turbohtml(html, _url):
    import turbohtml as library

    found = library.parse(html).article()
    return {
        "text": found.text,
        "title": found.title,
        "date": found.date,
        "authors": found.byline,
        "language": found.lang,
    }


def go_readability(html, url):
    """Its `content_text` joins blocks without a space, so the text is taken from its HTML."""
    import pygoreadability

    found = pygoreadability.from_string(_decode(html), url or _ELSEWHERE)
    return {
        "text": _text_of(found.content_html),
        "title": found.title,
        "date": found.published_time,
        "authors": found.byline,
        "language": found.language,
    }


def readability_lxml(html, url):
    from readability import Document

    document = Document(_decode(html), url=url)
    return {"text": _text_of(document.summary()), "title": document.short_title()}


def newspaper4k(html, url):
    from newspaper import Article

    found = Article(url or _ELSEWHERE, fetch_images=False)
    found.download(input_html=_decode(html))
    found.parse()
    return {
        "text": found.text,
        "title": found.title,
        "date": found.publish_date,
        "authors": found.authors,
        "language": found.meta_lang,
    }


def goose3(html, _url):
    found = _goose(_stated_language(html)).extract(raw_html=_decode(html))
    return {
        "text": found.cleaned_text,
        "title": found.title,
        "date": found.publish_date,
        "authors": found.authors,
        "language": found.meta_lang,
    }


@functools.cache
def _goose(language):
    """Languages with a list of stop words of their own class must be asked for."""
    from goose3 import Goose
    from goose3.text import StopWords, StopWordsChinese, StopWordsKorean

    words = {"zh": StopWordsChinese, "ko": StopWordsKorean}.get(language, StopWords)
    return Goose({"enable_image_fetching": False, "stopwords_class": words})


_STOPLISTS = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "is": "Icelandic",
    "it": "Italian",
    "ko": "Korean",
    "lt": "Lithuanian",
    "nb": "Norwegian_Bokmal",
    "nl": "Dutch",
    "no": "Norwegian_Bokmal",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}


def justext(html, _url):
    """Without a list for the language it is run as its command line does: stop words ignored."""
    import justext as library

    language = _stated_language(html) or "en"
    if name := _STOPLISTS.get(language):
        found = library.justext(html, _stoplist(name))
    else:
        found = library.justext(html, frozenset(), stopwords_low=0, stopwords_high=0)
    return {"text": "\n".join(part.text for part in found if not part.is_boilerplate)}


@functools.cache
def _stoplist(name):
    import justext as library

    return library.get_stoplist(name)


def boilerpy3(html, _url):
    document = _boilerpy3().get_doc(_decode(html))
    return {"text": document.content, "title": document.title}


@functools.cache
def _boilerpy3():
    from boilerpy3.extractors import ArticleExtractor

    return ArticleExtractor(raise_on_failure=False)


EXTRACTORS = {
    "trafilatura": _trafilatura,
    "trafilatura-fast": functools.partial(_trafilatura, fast=True),
    "trafilatura-precision": functools.partial(_trafilatura, favor_precision=True),
    "trafilatura-recall": functools.partial(_trafilatura, favor_recall=True),
    "go-readability": go_readability,
    "readability-lxml": readability_lxml,
    "resiliparse": resiliparse,
    "newspaper4k": newspaper4k,
    "goose3": goose3,
    "boilerpy3": boilerpy3,
    "justext": justext,
    "turbohtml": turbohtml,
}


def version_of(name):
    """The version that is installed."""
    if name.startswith("trafilatura"):
        return version("trafilatura")
    return version({"go-readability": "pygoreadability"}.get(name, name))
