"""One walk over the tree: a page becomes blocks of text and the containers they stand in."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from transforms.boilerplate.hints import HIDDEN, hints_of, hints_of_name

_SKIPPED_WORDS = """
script style noscript template svg math iframe object embed video audio canvas select button
textarea input head datalist map progress meter picture img source track option title
"""
_INLINE_WORDS = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rb rp rt ruby
s samp small span strike strong sub sup tt u var wbr slot time
"""
_BLOCK, _INLINE, _LINK, _BREAK, _SKIP, _TEXT = range(6)
_KINDS: dict[str | None, int] = {
    **dict.fromkeys(_SKIPPED_WORDS.split(), _SKIP),
    **dict.fromkeys(_INLINE_WORDS.split(), _INLINE),
    **dict.fromkeys(("-comment", "-doctype", "-undef"), _SKIP),
    "a": _LINK,
    "br": _BREAK,
    "hr": _BREAK,
    "-text": _TEXT,
}
"""What a node's tag means for the walk; every other element is a block-level one."""


class Block(NamedTuple):
    """A run of text between two block-level boundaries, whitespace collapsed, never empty."""

    text: str
    tag: str
    container: int
    linked: int
    """How many of the characters are link text."""


class Containers(NamedTuple):
    """The block-level elements in document order: entry `i` of each list is element `i`.

    `parents[i] < i`; the root's parent is -1. `hints` is the evidence of the element alone.
    """

    parents: list[int]
    tags: list[str]
    hints: list[int]


class Layout(NamedTuple):
    """A page as blocks and containers."""

    blocks: list[Block]
    containers: Containers


def read_layout(tree: LexborHTMLParser) -> Layout:
    """The blocks of the page's body in reading order; no blocks if it has no body.

    The walk goes by sibling and parent links, so the depth of the tree costs no stack. It is the
    innermost loop of all: about 1,800 nodes a page, 1 µs each.
    """
    reader = _Reader()
    node = tree.body
    while node is not None:
        tag = node.tag
        kind = _KINDS.get(tag, _BLOCK)
        child = None
        if kind == _TEXT:
            reader.add(node.text_content or "")
        elif kind == _BREAK:
            reader.end_block()
        elif kind != _SKIP and tag is not None:
            child = node.first_child
            if child is not None and reader.enter(kind, tag, node):
                node = child
                continue
        following = node.next
        while following is None:
            node = node.parent
            if node is None or not reader.leave():
                return Layout(reader.blocks, reader.containers)
            following = node.next
        node = following
    return Layout(reader.blocks, reader.containers)


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers = Containers([], [], [])
        self._open: list[int] = []  # kinds of the elements around the current node
        self._container = -1
        self._pieces: list[str] = []
        self._links = 0
        self._linked = 0

    def add(self, text: str) -> None:
        if self._pieces or not text.isspace():
            self._pieces.append(text)
            if self._links:
                self._linked += len(text.strip())

    def enter(self, kind: int, tag: str, node: LexborNode) -> bool:
        """Opens the element, unless what is inside is not for readers to see."""
        if kind == _BLOCK:
            self.end_block()
            self._begin_container(tag, node)
        elif kind == _LINK:
            self._links += 1
        elif tag == "span" and _is_hidden(node):
            return False
        self._open.append(kind)
        return True

    def leave(self) -> bool:
        """Closes the innermost open element. False after the last one."""
        if not self._open:  # a body without anything in it
            return False
        kind = self._open.pop()
        if kind == _BLOCK:
            self.end_block()
            self._container = self.containers.parents[self._container]
        elif kind == _LINK:
            self._links -= 1
        return bool(self._open)

    def _begin_container(self, tag: str, node: LexborNode) -> None:
        parents, tags, hints = self.containers
        parents.append(self._container)
        tags.append(tag)
        hints.append(hints_of(tag, node.attributes))
        self._container = len(parents) - 1

    def end_block(self) -> None:
        if not self._pieces:
            return
        text = " ".join("".join(self._pieces).split())
        if text:
            tag = self.containers.tags[self._container]
            self.blocks.append(Block(text, tag, self._container, min(self._linked, len(text))))
        self._pieces.clear()
        self._linked = 0


def _is_hidden(node: LexborNode) -> bool:
    name = node.attributes.get("class")
    return bool(name) and bool(hints_of_name(name) & HIDDEN)
