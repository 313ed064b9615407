"""One walk over the tree: a page becomes blocks of text and the containers they stand in."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.boilerplate.hint_words import HIDDEN
from transforms.boilerplate.hints import hints_of, hints_of_name

_SKIPPED_WORDS = """
script style noscript template svg math iframe object embed video audio canvas select button
textarea input head datalist map progress meter picture img source track option title
"""
_INLINE_WORDS = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rb rp rt ruby
s samp small span strike strong sub sup tt u var wbr slot time
"""
_BLOCK, _INLINE, _LINK, _BOLD, _SPAN, _BREAK, _SKIP, _TEXT = range(8)
_KINDS: dict[str | None, int] = {
    **dict.fromkeys(_SKIPPED_WORDS.split(), _SKIP),
    **dict.fromkeys(_INLINE_WORDS.split(), _INLINE),
    **dict.fromkeys((None, "-comment", "-doctype", "!doctype", "-undef"), _SKIP),
    "a": _LINK,
    "b": _BOLD,
    "strong": _BOLD,
    "span": _SPAN,
    "br": _BREAK,
    "hr": _BREAK,
    "-text": _TEXT,
}
"""What a node's tag means for the walk; every other element is a block-level one."""
_BOUNDARIES = frozenset({_BLOCK, _BREAK})


class Block(NamedTuple):
    """A run of text between two block-level boundaries, whitespace collapsed, never empty."""

    text: str
    tag: str
    container: int
    linked: int
    """How many of the characters are link text."""
    links: int = 0
    """How many links begin in it."""
    bold: int = 0
    """How many of the characters are bold."""


class Containers(NamedTuple):
    """The block-level elements that hold a block, in document order: entry `i` is element `i`.

    `parents[i] < i`; the root's parent is -1. `hints` is the evidence of the element alone, `names`
    its class and id as written. The blocks in element `i`, at any depth, are those from
    `starts[i]` up to, not including, `ends[i]`.
    """

    parents: list[int]
    tags: list[str]
    hints: list[int]
    names: list[str]
    starts: list[int]
    ends: list[int]


class Layout(NamedTuple):
    """A page as blocks and containers."""

    blocks: list[Block]
    containers: Containers


def read_layout(tree: LexborHTMLParser) -> Layout:  # noqa: C901, PLR0912 - one loop
    """The blocks of the page's body in reading order; no blocks if it has no body.

    The walk goes by sibling and parent links, so the depth of the tree costs no stack. It is the
    innermost loop of all, about 1,900 nodes a page.
    """
    reader = _Reader()
    kind_of = _KINDS.get
    pieces = reader.pieces
    opened: list[int] = []  # kinds of the elements around the current node
    node = tree.body
    while node is not None:
        tag = node.tag
        kind = kind_of(tag, _BLOCK)
        child = None
        if kind == _TEXT:
            text = node.text_content
            if text and (pieces or not text.isspace()):
                pieces.append(text)
                if reader.links_open or reader.bolds_open:
                    reader.mark(len(text.strip()))
        elif kind != _SKIP:
            if pieces and kind in _BOUNDARIES:
                reader.end_block()
            child = node.first_child
            if child is not None and kind != _INLINE and not reader.enter(kind, tag, node):
                child = None
        if child is not None:
            opened.append(kind)
            node = child
            continue
        following = node.next
        while following is None:
            if not opened:
                return reader.layout
            node = node.parent
            if node is None:
                return reader.layout
            kind = opened.pop()
            if kind != _INLINE:
                reader.leave(kind, node)
            if not opened:
                return reader.layout
            following = node.next
        node = following
    return reader.layout


class _Reader:
    def __init__(self) -> None:
        self.layout = Layout([], Containers([], [], [], [], [], []))
        self.pieces: list[str] = []
        self.links_open = 0
        self.bolds_open = 0
        self._container = -1
        self._linked = 0
        self._links = 0
        self._bold = 0

    def mark(self, length: int) -> None:
        """Counts text inside of a link or of bold type."""
        if self.links_open:
            self._linked += length
        if self.bolds_open:
            self._bold += length

    def enter(self, kind: int, tag: str | None, node: LexborNode) -> bool:
        """Opens an element that has children, unless what is inside is not for readers to see."""
        if kind == _BLOCK:
            parents, tags, hints, names, starts, ends = self.layout.containers
            parents.append(self._container)
            tags.append(tag or "")
            hints.append(0)
            names.append("")
            starts.append(len(self.layout.blocks))
            ends.append(0)
            self._container = len(parents) - 1
        elif kind == _LINK:
            self.links_open += 1
            self._links += 1
        elif kind == _BOLD:
            self.bolds_open += 1
        elif kind == _SPAN:
            return not _is_hidden(node)
        return True

    def leave(self, kind: int, node: LexborNode) -> None:
        """Closes the innermost open element."""
        if kind == _BLOCK:
            if self.pieces:
                self.end_block()
            self._close(node)
        elif kind == _LINK:
            self.links_open -= 1
        elif kind == _BOLD:
            self.bolds_open -= 1

    def _close(self, node: LexborNode) -> None:
        """Notes what is known of an element once it is clear that it holds a block."""
        containers, at, end = self.layout.containers, self._container, len(self.layout.blocks)
        self._container = containers.parents[at]
        if containers.starts[at] == end:
            for values in containers:
                values.pop()
            return
        containers.ends[at] = end
        if attributes := node.attributes:
            name, number = attributes.get("class") or "", attributes.get("id")
            containers.names[at] = name = f"{name} {number}" if number else name
            containers.hints[at] = hints_of(containers.tags[at], name, attributes)
        else:
            containers.hints[at] = hints_of(containers.tags[at], "", {})

    def end_block(self) -> None:
        text = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if text:
            at, length = self._container, len(text)
            tag = self.layout.containers.tags[at]
            linked, bold = min(self._linked, length), min(self._bold, length)
            self.layout.blocks.append(Block(text, tag, at, linked, self._links, bold))
            self._linked = self._links = self._bold = 0


def _is_hidden(node: LexborNode) -> bool:
    name = node.attributes.get("class")
    return bool(name) and bool(hints_of_name(name) & HIDDEN)
