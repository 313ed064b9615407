"""Pages with gold text as layouts whose blocks are labelled: article text or not."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from benchmarks.boilerplate.gold import GoldPage, read_bytes, read_sets
from benchmarks.boilerplate.score import SHINGLE, shingles, tokens
from schemas.errors import RowError
from transforms.boilerplate.blocks import Layout, read_layout
from transforms.boilerplate.classifier.measure import Measured, measure
from transforms.boilerplate.head import read_head
from transforms.boilerplate.identity import domain_of, is_same_page
from transforms.boilerplate.json_ld import Node, article_of
from transforms.boilerplate.parse import parse_page
from transforms.boilerplate.titles import title_of

_LONG = 8
_SURE = 0.8


class Example(NamedTuple):
    """A page to learn from, or a variant of one."""

    dataset: str
    id: str
    host: str
    language: str
    title: str
    article: Node
    """What the page states in JSON-LD."""
    page: Measured
    tokens: np.ndarray
    """How many tokens each block has."""
    labels: np.ndarray
    """1 for each block that is article text, else 0."""
    gold: str
    """The gold text; "" for a variant."""


def read_examples(data: Path) -> Iterator[Example]:
    """The pages of the sets under `data` that have a gold text and a block of text."""
    for page in read_sets(data):
        if page.text is not None:
            try:
                example = _example(page, page.text)
            except RowError:
                continue
            if example is not None:
                yield example


def _example(gold: GoldPage, text: str) -> Example | None:
    url = gold.url or ""
    tree = parse_page(read_bytes(gold.path), None)
    layout = read_layout(tree)
    if not layout.blocks:
        return None
    head = read_head(tree)
    article = article_of(head.json_ld, lambda other: is_same_page(url, other))
    domain = domain_of(url)
    headings = [block.text for block in layout.blocks if block.tag == "h1"]
    blocks = [tokens(block.text) for block in layout.blocks]
    return Example(
        gold.dataset,
        gold.id,
        domain or f"{gold.dataset}/{gold.id}",
        gold.lang or "not stated",
        title_of(head, article, headings, domain.partition(".")[0]),
        article,
        measure(layout),
        np.array([len(block) for block in blocks]),
        label(blocks, tokens(text)),
        text,
    )


def label(blocks: list[list[str]], gold: list[str]) -> np.ndarray:
    """1 for each block more than half of which is in the gold text, in the same order; else 0.

    A longest common subsequence finds stray words everywhere, so that only runs of four tokens,
    or whole blocks, count. A long block in other order counts by its runs of four.
    """
    flat = [token for block in blocks for token in block]
    owner = np.repeat(np.arange(len(blocks)), [len(block) for block in blocks])
    length = np.maximum(1, [len(block) for block in blocks])
    found = np.zeros(len(blocks))
    for operation in LCSseq.opcodes(flat, gold):
        if operation.tag == "equal":
            start, end = operation.src_start, operation.src_end
            for block, count in zip(*np.unique(owner[start:end], return_counts=True), strict=True):
                if end - start >= SHINGLE or count == length[block]:
                    found[block] += count
    share = found / length
    runs = set(shingles(gold))
    for i, block in enumerate(blocks):
        if len(block) >= _LONG:
            in_gold = np.zeros(len(block), bool)
            for at, run in enumerate(shingles(block)):
                if run in runs:
                    in_gold[at : at + SHINGLE] = True
            mean = in_gold.mean()
            if share[i] > 0 or mean > _SURE:
                share[i] = max(share[i], mean)
    return (share > 0.5).astype(int)


def variants(example: Example, seed: random.Random) -> Iterator[Example]:
    """The page with most of a long article cut off, and with a quarter of its furniture gone.

    They teach that articles can be short beside much other text, and that furniture varies.
    """
    labels = example.labels
    article = np.flatnonzero(labels)
    total = int(example.tokens[article].sum())
    if total > 250 and len(article) >= 4:
        wanted = seed.uniform(0.1, 0.45) * total
        until = max(1, int(np.searchsorted(np.cumsum(example.tokens[article]), wanted)))
        keep = np.ones(len(labels), bool)
        keep[article[until:]] = False
        yield _kept(example, keep)
    page = example.page
    spans = [
        (start, end)
        for start, end in zip(page.starts, page.ends, strict=True)
        if end - start >= 2 and not labels[start:end].any()
    ]
    seed.shuffle(spans)
    keep = np.ones(len(labels), bool)
    for start, end in spans[: max(1, len(spans) // 4)]:
        keep[start:end] = False
    if keep.sum() >= 5:
        yield _kept(example, keep)


def _kept(example: Example, keep: np.ndarray) -> Example:
    layout = example.page.layout
    until = np.concatenate([[0], np.cumsum(keep)])
    containers = layout.containers._replace(
        starts=[int(until[start]) for start in layout.containers.starts],
        ends=[int(until[end]) for end in layout.containers.ends],
    )
    blocks = [block for block, is_kept in zip(layout.blocks, keep, strict=True) if is_kept]
    return example._replace(
        page=measure(Layout(blocks, containers)),
        tokens=example.tokens[keep],
        labels=example.labels[keep],
        article={},
        gold="",
    )
