"""When a page says that it was published, in every way that pages say it."""

from datetime import date

import pytest

from transforms.boilerplate import clean_page
from transforms.boilerplate.calendars import gregorian
from transforms.boilerplate.days import day_in

TEXT = (
    "Envoys of the two river states met in the old customs house on Monday and spoke for six hours "
    "about water, fish and the bridge that neither of them wants to pay for. They parted friends."
)
H1 = "<h1>Envoys talk of water</h1>"
MAY_5 = date(2024, 5, 5)


def published(body: str = "", head: str = "", path: str = "talks", html: str = "") -> date | None:
    head = f'<title>Envoys talk of water</title><meta property="og:type" content="article">{head}'
    page = (
        f"<html {html}><head>{head}</head><body><article>{body}<p>{TEXT}</p><p>{TEXT[:120]}</p>"
        f"</article></body></html>"
    )
    moment = clean_page(page.encode(), f"https://www.river.example/{path}").published_at
    return moment.date() if moment else None


@pytest.mark.parametrize(
    "text",
    [
        "5 mei 2024", "5. toukokuuta 2024", "2024. május 5.", "2024 m. gegužės 5 d.", "5 maja 2024",
        "2024. gada 5. maijs", "5 Μαΐου 2024", "5 мая 2024 г.", "5 травня 2024", "5 ماي 2024",
        "٥ مايو ٢٠٢٤", "5 أيار 2024", "5 במאי 2024", "5 मई 2024", "5 মে 2024", "5 மே 2024",
        "ngày 5 tháng 5 năm 2024", "2024년 5월 5일", "2024年5月5日", "令和6年5月5日", "民國113年5月5日",
        "5 พ.ค. 2567", "5 พ.ค. 67", "5 พฤษภาคม พ.ศ. 2567", "۱۶ اردیبهشت ۱۴۰۳", "1403/02/16",
        "05.05.24 / 3 comments", "05-may-2024 5:11", "2024 May 5", "May 5th, 2024",
        "12:20pm May 5, 2024", "Ada Quill•May 5, 2024", "5 de maio de 2024",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_language_and_calendar(text):
    assert day_in(text) == (2024, 5, 5)


@pytest.mark.parametrize(
    "text",
    ["5 people in May 2024", "Room 12 2024", "10.12.22.5", "3 days ago", "5 hours ago", "5/4/2024",
     "5 May", "May 2024", "version 1.2.3", "2024"],
)  # fmt: skip
def test_what_names_no_single_day_is_none(text):
    assert day_in(text) is None


@pytest.mark.parametrize(
    ("nowruz", "day"),
    [(1375, (1996, 3, 20)), (1388, (2009, 3, 21)), (1403, (2024, 3, 20)), (1404, (2025, 3, 21))],
)
def test_the_new_year_of_iran_falls_on_its_day(nowruz, day):
    assert gregorian(nowruz, 1, 1) == day


@pytest.mark.parametrize(
    ("html", "day"),
    [
        ("lang=de", date(2024, 4, 5)),
        ("lang=en-GB", date(2024, 4, 5)),
        ("lang=en-US", date(2024, 5, 4)),
        ("lang=en", None),
    ],
)
def test_a_date_in_slashes_is_read_as_the_language_writes_it(html, day):
    assert published(f"{H1}<p>05/04/2024</p>", html=html) == day


@pytest.mark.parametrize(
    "body",
    [
        f"{H1}<p>By Ada Quill</p><p>May 5, 2024</p>",
        f"{H1}<p>Published</p><p>May 5, 2024</p>",
        f"{H1}<p>Updated: May 9, 2024. Published: May 5, 2024</p>",
        f"{H1}<p>Updated</p><p>May 9, 2024</p><p>Published</p><p>May 5, 2024</p>",
        f"{H1}<p>Publié le 5 mai 2024 à 08:01Mis à jour le 9 mai 2024 à 09:06</p>",
        f"<p>May 5, 2024</p>{H1}",
        f"{H1}<time datetime='2024-05-05'>today</time>",
        f"{H1}<time>5 May 2024</time>",
        f"{H1}<span>Updated <time datetime='2024-05-09'>9 May</time></span><time>5 May 2024</time>",
        f"{H1}<time class=date-modified datetime='2024-05-09'></time><time>5 May 2024</time>",
        "<span property='schema:dateCreated' content='2024-05-05T08:00:00Z'></span>",
        "<span itemprop=datePublished content='2024-05-05'></span>",
        f"{H1}<p>Updated May 5, 2024</p>",
    ],
)
def test_the_day_that_readers_see_is_found(body):
    assert published(body) == MAY_5


@pytest.mark.parametrize(
    "name", ["published-date", "published", "citation_publication_date", "datePublished"]
)
def test_dates_in_meta_elements_of_many_names_are_believed(name):
    assert published(head=f'<meta name="{name}" content="2024 May 5">') == MAY_5


def test_a_meta_date_that_may_be_the_last_build_comes_after_the_day_shown():
    head = '<meta name=date content="2024-05-09">'
    assert published(f"{H1}<p>May 5, 2024</p>", head) == MAY_5
    assert published(H1, head) == date(2024, 5, 9)


def test_the_time_by_the_headline_goes_before_those_of_other_articles():
    others = "".join(
        f"<div><div><div><div><div><time datetime=2024-06-0{day}></time></div></div></div></div></div>"
        for day in (1, 2, 3)
    )
    header = f"<header>{H1}<div><time datetime=2024-05-05>5 May</time></div></header>"
    assert published(f"{others}{header}") == MAY_5


def test_a_labelled_day_anywhere_on_the_page_is_the_last_resort():
    body = H1 + f"<p>{TEXT}</p>" * 20
    assert published(f"{body}<p>Erschienen am: 05.05.2024</p>") == MAY_5
    assert published(f"{body}<p>Market day: 05.05.2024</p>") is None


@pytest.mark.parametrize("path", ["2024/05/05/talks", "2024/may/05/talks", "world/20240505-talks"])
def test_a_day_in_the_path_is_believed(path):
    assert published(path=path) == MAY_5
