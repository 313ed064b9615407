"""Boilerplate: what stands around an article, and how it is taken off.

`clean_page` takes a page apart in five steps, one module each: bytes to tree (`parse`, `limits`),
one walk into blocks of text (`blocks`, with `hints` by names), how likely each is article text
(`classifier`, with `lines` by words), the cut (`choose`), the text (`body`, `text`). What the page
says of itself is read apart from that (`head`, `json_ld`, `titles`, `headline`, `published`,
`authors`, `wire`, `identity`, `language`, `paywall`). What is no article at all is refused
(`page_kind`, with `index_pages` and `walls`). What only several pages of a site can show is taken
off after that (`furniture`). `clean_fragment` and `plain_line` are for the HTML inside of feeds.
"""

from transforms.boilerplate.fragments import clean_fragment, plain_line
from transforms.boilerplate.furniture import PlacedText, without_furniture
from transforms.boilerplate.page import CleanPage, clean_page

__all__ = [
    "CleanPage",
    "PlacedText",
    "clean_fragment",
    "clean_page",
    "plain_line",
    "without_furniture",
]
