"""Whether the page shows only the beginning to those who do not pay."""

import re
from typing import Any

from transforms.boilerplate.blocks import Block
from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node
from transforms.boilerplate.lines import PAYWALL, kinds_of_lines

_FALSE = frozenset({"false", "http://schema.org/false", "https://schema.org/false", "0", "no"})
_TIERS = frozenset({"locked", "metered", "paid", "premium", "subscriber"})
_PAID_NAME = re.compile(
    r"(?:(?:cxenseparse|k5a|bad|node|article)[:.-])?(?:\w{2,4}-(?:article[_-]?)?)?"
    r"(?:is[-_]?)?(?:premium|paid(?:[-_]?content)?|paywall(?:ed)?|access|locked)\Z"
)
"""Names of meta elements that say who may read: Cxense, Kilkaya and content systems of publishers.
Source: names on the pages of the development sets."""
_PAID_VALUES = frozenset({"true", "1", "yes", "paid", "premium", "locked", "subscriber"})

_STUB = 1_500
_LONG_STUB = 4_000
"""Characters. A beginning that is given away is up to four paragraphs; a text longer than 4,000 is
the whole article, whatever is sold below it."""
_REACH = 12
_MAX_LINE = 200
_MIN_PROSE = 60
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_SENTENCE_ENDS = tuple('.!?。！？।؟۔։"”»“」』)）]:;')
_ELLIPSES = ("...", "…", "[…]", "[...]")

_REST = re.compile(
    r"残り\s*[\d,]+\s*文字|pozostało (?:jeszcze )?\d+ ?%|il (?:vous )?reste (?:encore )?[\d.,]+ ?%"
    r"|noch \d+ ?% (?:des|dieses) (?:artikel|text|beitrag)|\d+ ?% of (?:this|the) article (?:is|re)"
    r"|te queda(?:n)? (?:el |un )?\d+ ?%|осталось \d+ ?% (?:стат|текст|матер)"
    r"|nog \d+ ?% van dit artikel"
)
"""How much of the article is left for those who pay: said of nothing else."""

_OFFERS_WORDS = """
subscribe to continue|subscribe to read|subscribe to keep reading|subscribe now to continue
subscribe to unlock|sign in to continue reading|log in to continue reading|log in to read
register to continue|to continue reading|to keep reading|to read the rest|to read the full
to read this article|to read this story|unlock this article|unlock the full article
this article is for subscribers|this content is for subscribers|this story is for subscribers
this article is reserved for|this article is exclusive|you have reached your limit
this content is available to|this article is only available|the rest of this article
um weiterzulesen|jetzt weiterlesen mit|diesen artikel weiterlesen|mit einem abo weiterlesen
weiterlesen mit|diesen artikel lesen sie|dieser artikel ist exklusiv|lesen sie den ganzen artikel
nur für abonnenten|den vollständigen artikel lesen
la suite est réservée|pour lire la suite|poursuivre la lecture|cet article est réservé
article réservé|réservé aux abonnés|réservé à nos abonnés|lire l'intégralité de l'article
para seguir leyendo|para continuar leyendo|suscríbete para leer
exclusivo para suscriptores|solo para suscriptores
para continuar lendo|para continuar a ler|continue lendo com|assine para ler
exclusivo para assinantes|conteúdo exclusivo para
per continuare a leggere|abbonati per leggere|contenuto riservato|riservato agli abbonati
dalsza część artykułu|aby przeczytać|artykuł dostępny|tylko dla subskrybentów
чтобы читать дальше|чтобы прочитать|полный текст доступен|только для подписчиков
доступно по подписке|лише для передплатників
om verder te lezen|verder lezen?|alleen voor abonnees|lees verder met
för att läsa vidare|för att läsa hela|for å lese videre|for å lese hele|for at læse videre
jatka lukemista|jen pro předplatitele|pro předplatitele|csak előfizetőknek
devamını okumak için|abonelere özel|untuk membaca selengkapnya|khusus pelanggan
続きを読むには|この記事は有料|この記事は会員限定|続きをご覧いただくには|会員登録すると続きを
订阅后|付费阅读|訂閱後|구독자 전용|유료회원 전용|للمشتركين فقط|لمتابعة القراءة
"""
_OFFERS = tuple(_OFFERS_WORDS.strip().replace("\n", "|").split("|"))
"""Invitations to pay, or to sign in, for the rest of this very article."""


def is_paywalled(
    head: Head, article: Node, blocks: list[Block], kept: list[bool], text: str
) -> bool:
    """True if the page says so, or if what was kept is a beginning with an invitation to pay below.

    The page says so in JSON-LD `isAccessibleForFree` (of the article or of a part of it: Google,
    paywalled content), in the same property as a meta element, in meta `article:content_tier`
    (Facebook, instant articles) or in a meta element of its content system. That is believed even
    if the whole text is there. `kept` says for each of `blocks` if it is in `text`.
    Without a word of the page: a share of the text that is left (`il vous reste 80 %`); another
    invitation only under 1,500 characters, or 4,000 where the text breaks off; a mere label
    (`for subscribers`) only where it breaks off.
    """
    if _says_so(head, article):
        return True
    end = len(kept) - kept[::-1].index(True) if True in kept else 0
    lines = [
        block.text.casefold()
        for block in blocks[max(0, end - 2) : end + _REACH]
        if len(block.text) <= _MAX_LINE
    ]
    if any(("%" in line or "残り" in line) and _REST.search(line) for line in lines):
        return True
    width = len(text)
    if width <= _LONG_STUB:  # never more than the width, and a longer text takes time to weigh
        width += 2 * len(_WIDE.findall(text))
    if width > _LONG_STUB:
        return False
    is_cut = _is_cut(text)
    if width <= _STUB or is_cut:
        if any(offer in line for line in lines for offer in _OFFERS):
            return True
        if is_cut and any(kind & PAYWALL for kind in kinds_of_lines(lines)):
            return True
    return False


def _says_so(head: Head, article: Node) -> bool:
    parts = article.get("hasPart")
    for node in (article, *(parts if isinstance(parts, list) else [parts])):
        if isinstance(node, dict) and _is_false(node.get("isAccessibleForFree")):
            return True
    meta = head.meta
    if any(_is_false(value) for value in meta.get("isaccessibleforfree", ())):
        return True
    if any(tier.lower() in _TIERS for tier in meta.get("article:content_tier", ())):
        return True
    return any(
        values[0].lower() in _PAID_VALUES and _PAID_NAME.match(name) is not None
        for name, values in meta.items()
    )


def _is_cut(text: str) -> bool:
    """True if the text ends in an ellipsis or inside of a sentence."""
    last = text.rstrip()
    if last.endswith(_ELLIPSES):
        return True
    paragraph = last.rpartition("\n")[2]
    return len(paragraph) >= _MIN_PROSE and not paragraph.endswith(_SENTENCE_ENDS)


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in _FALSE)
