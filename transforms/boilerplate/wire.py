"""Which news agency an article comes from."""

import re

from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node, texts_of

_SPELLINGS = """
Reuters|reuters|thomson reuters|рейтер|路透社|路透|ロイター|로이터|رويترز|reuters staff
AFP|afp|agence france-presse|agence france presse|法新社|法新|afp news|франс пресс|أ ف ب|afp.com
AP|ap|associated press|the associated press|ap news|美联社|美聯社|ассошиэйтед пресс|أ ب
dpa|dpa|deutsche presse-agentur|dpa-afx|dpa/lno|dpa international
Xinhua|xinhua|xinhua news agency|新华社|新華社|新华网|синьхуа|شينخوا
TASS|tass|itar-tass|тасс|итар-тасс|塔斯社
RIA Novosti|ria novosti|риа новости|ria nowosti|sputnik
Interfax|interfax|интерфакс|interfax-ukraine
EFE|efe|agencia efe|efe news
ANSA|ansa|agenzia ansa
Kyodo|kyodo|kyodo news|共同|共同通信|共同通信社|共同社
Jiji|jiji|jiji press|時事|時事通信|時事通信社
Yonhap|yonhap|yonhap news|yonhap news agency|연합뉴스|韩联社
Anadolu|aa|anadolu|anadolu agency|anadolu ajansı
ANI|ani|asian news international
PTI|pti|press trust of india
IANS|ians
UPI|upi|united press international
APA|apa|austria presse agentur
Keystone-SDA|sda|keystone-sda|ats|keystone-ats|awp
Belga|belga
ANP|anp
TT|tt|tt-reuters
NTB|ntb
Ritzau|ritzau
STT|stt
PAP|pap
CTK|čtk|ctk
MTI|mti
LUSA|lusa|agência lusa
Europa Press|europa press
PA Media|pa|pa media|press association
The Canadian Press|canadian press|the canadian press|la presse canadienne
AAP|aap|australian associated press
Antara|antara
Bernama|bernama
CNA|中央社|central news agency
IRNA|irna|ایرنا
Ukrinform|ukrinform|укринформ|укрінформ
BTA|bta|бта
Agerpres|agerpres
Tanjug|tanjug|танјуг
SANA|sana|سانا
WAM|wam|وام
QNA|qna|قنا
SPA|spa|واس
MENA|mena|أ ش أ
Petra|petra|بترا
KCNA|kcna|조선중앙통신
VNA|vna|ttxvn|vietnam news agency
Prensa Latina|prensa latina
Télam|télam|telam
Agência Brasil|agência brasil
NAN|nan|news agency of nigeria
"""
"""The name in our column, then the names by which pages credit the agency, in lower case.

Source: the credits on the pages of the development sets, and the agencies' names for themselves.
"""
_AGENCIES = {
    spelling.casefold(): name
    for name, *spellings in (line.split("|") for line in _SPELLINGS.strip().splitlines())
    for spelling in spellings
}
# Short spellings that are words or initials too: believed in a dateline only in capitals.
_CREDIT = re.compile(
    r"[(（\[【/]\s*([^()（）\[\]【】/|]{2,40}?)(?:\s+[-–—].{0,20}|/[^()]{2,20})?\s*[)）\]】/]"
)
_CHINESE_DATELINE = re.compile(
    r"\A\W{0,3}(新华社|新華社|法新社|路透社|美联社|美聯社|中央社|共同社|韩联社|塔斯社).{0,25}[电電訊讯]"
)
_JAPANESE_DATELINE = re.compile(r"[【［](?:.{1,12}[＝=])?(共同|時事|ロイター|AFP=時事|AFP)[】］]")
_PLAIN_DATELINE = re.compile(
    r"\A[^.:]{0,60}?\b(Reuters|AFP|TASS|Xinhua|EFE|ANSA|dpa|Yonhap|Kyodo|Interfax|AP)\s*[-–—:]\s"
)
_SAYS_AGENCY = re.compile(
    r"(?:[A-Z][\w'’-]*\s){1,4}(?:News|Press) Agency\Z"
    r"|(?:Agence|Agencia|Agência|Agenzia)(?:\s[\w'’-]+){1,5}\Z"
)
_LAST_LINE = re.compile(r"\A\W*([\w./ -]{2,40}?)\W*\Z")
_HEAD_CHARS = 200
_CREDIT_META = (
    "author", "dc.creator", "article:author", "articleauthor", "source", "parsely-author",
    "cxenseparse:author",
)  # fmt: skip


def agency_of(name: str) -> str | None:
    """The agency that a credit names, None for everything else. The whole credit has to match.

    A name that says that it is an agency's is believed without being on the list.
    """
    plain = " ".join(name.split()).strip(" .,:;-–—()/*")
    return _AGENCIES.get(plain.casefold()) or (plain if _SAYS_AGENCY.match(plain) else None)


def wire_source_of(
    head: Head, article: Node, text: str, bylines: list[str], domain: str
) -> str | None:
    """The agency that the article is credited to, None if there is none.

    Looked for in the JSON-LD author and source, the author's meta elements, the `bylines` around
    the text, the dateline (`BERLIN (dpa) - `) and the last line. An agency's own site (`domain`)
    has no wire source: the article is an original there.
    """
    stated = [
        *(text for key in ("author", "sourceOrganization", "creator", "provider", "copyrightHolder")
          for text in texts_of(article.get(key))),
        *(text for key in _CREDIT_META
          for text in head.meta.get(key, ())),
        *bylines,
    ]  # fmt: skip
    found = next(filter(None, map(_agency_in, stated)), None) or _dateline(text)
    if found is None:
        return None
    own, label = found.casefold().replace(" ", ""), domain.partition(".")[0].replace("-", "")
    return None if label.startswith(own) or (label and own.startswith(label)) else found


def _agency_in(credit: str) -> str | None:
    if len(credit) > 80:
        return None
    parts = re.split(
        r"[,;/|&]|\s(?:and|und|et|y|with|via|mit|in)\s|^(?:by|source|von|par|por|quelle)[: ]",
        credit,
        flags=re.IGNORECASE,
    )
    return next(filter(None, map(agency_of, [credit, *filter(None, parts)])), None)


def _dateline(text: str) -> str | None:
    start = text[:_HEAD_CHARS]
    for pattern in (_CHINESE_DATELINE, _JAPANESE_DATELINE, _PLAIN_DATELINE):
        if match := pattern.search(start):
            return _agency_in(match[1].replace("=", "/"))
    for match in _CREDIT.finditer(start):
        credit = match[1].strip()
        # `(aa)` is no agency, `(AA)` and `(dpa)` are
        if (agency := _agency_in(credit)) and (
            len(credit) > 3 or credit.isupper() or credit == "dpa"
        ):
            return agency
    last = text.rpartition("\n")[2]
    match = _LAST_LINE.match(last) if len(last) <= 40 else None
    return _agency_in(match[1]) if match else None
