"""The parts of the block classifier, each against what can be worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from transforms.boilerplate.blocks import Layout, read_layout
from transforms.boilerplate.choose import best_cut, choose_blocks
from transforms.boilerplate.classifier.characters import count_characters
from transforms.boilerplate.classifier.features import features_of
from transforms.boilerplate.classifier.forest import Forest, probabilities
from transforms.boilerplate.classifier.measure import measure, shifted, summed
from transforms.boilerplate.classifier.model import load_classifier
from transforms.boilerplate.classifier.names import NameWeights, words_of
from transforms.boilerplate.classifier.second_look import second_look

SENTENCE = (
    "The envoys of both countries met in the old town hall on Tuesday, and agreed to meet again."
)


def layout_of(body: str) -> Layout:
    return read_layout(LexborHTMLParser(f"<body>{body}</body>"))


def test_characters_are_counted_by_kind_for_each_text():
    counts = count_characters(["Yes, 12 of us.", "和平谈判", "A|B"])
    assert counts.length.tolist() == [14, 4, 3]
    assert counts.comma.tolist() == [1, 0, 0]
    assert counts.digit.tolist() == [2, 0, 0]
    assert counts.upper.tolist() == [1, 0, 2]
    assert counts.wide.tolist() == [0, 4, 0]
    assert counts.ends_sentence.tolist() == [1, 0, 0]
    assert counts.sign.tolist() == [0, 0, 1]
    assert counts.words.tolist() == [4, 5, 1]


@given(st.lists(st.text(st.characters(exclude_characters="\n"), min_size=1), min_size=1))
def test_any_text_can_be_counted(texts):
    counts = count_characters(texts)
    assert counts.length.tolist() == [len(text) for text in texts]
    assert counts.space.tolist() == [text.count(" ") for text in texts]


def test_a_forest_sums_the_leaf_that_the_answers_of_each_tree_lead_to():
    forest = Forest(
        rows=np.array([[0, 1], [1, 1]], np.int32),
        borders=np.array([[0.5, 2.0], [1.0, np.inf]], np.float32),
        leaves=np.array([[1, 2, 3, 4], [10, 20, 30, 40]], np.float32),
        bias=0.5,
    )
    features = np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 3.0]], np.float32)
    assert forest.log_odds(features).tolist() == [1 + 10 + 0.5, 2 + 10 + 0.5, 4 + 20 + 0.5]


def test_probabilities_do_not_overflow():
    found = probabilities(np.array([-1e6, 0.0, 1e6], np.float32))
    assert found.tolist() == pytest.approx([0.0, 0.5, 1.0], abs=1e-9)


def test_words_of_names_are_told_apart_by_hyphens_and_capitals():
    written = "articleBody main-text_2 col6"
    assert words_of("div", written) == ["<div>", "article", "body", "main", "text", "2", "col6"]


def test_names_near_and_far_are_weighed_apart():
    layout = layout_of("<main class=story><div class=wrap><p class=lead>Talks.</p></div></main>")
    page = measure(layout)
    names = NameWeights({"story": (1.0, 8.0), "wrap": (2.0, 16.0), "lead": (4.0, 32.0)}, 0.5)
    total, near, far = names.evidence_of(layout.containers, page.container, page.parents)
    assert (total.tolist(), near.tolist(), far.tolist()) == ([14.5], [6.0], [8.0])


def test_a_block_straight_in_the_body_has_names_above_it_counted_once():
    layout = layout_of("Talks.")
    page = measure(layout)
    names = NameWeights({"<body>": (1.0, 8.0)}, 0.0)
    assert names.evidence_of(layout.containers, page.container, page.parents).tolist() == [
        [1.0],
        [1.0],
        [0.0],
    ]


def test_neighbours_past_the_ends_are_minus_one():
    before, after = shifted(np.array([1.0, 2.0]), -1, 4)
    assert (before.tolist(), after.tolist()) == ([-1.0, 1.0], [-1.0, -1.0])
    assert summed(np.array([1, 2])).tolist() == [0.0, 1.0, 3.0]


@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class=nav>", "</div>", "<h1>", "</h1>", "<li>",
                                 "<a href=/>", "</a>", "<br>", "Talks.", SENTENCE, "会谈。", "|"])))  # fmt: skip
def test_every_column_is_a_finite_number_whatever_the_page(pieces):
    layout = layout_of("".join(pieces))
    if not layout.blocks:
        assert choose_blocks(layout).kept == []
        return
    page = measure(layout)
    evidence = np.zeros((3, len(layout.blocks)), np.float32)
    features = features_of(page, evidence, "Talks")
    again = second_look(page, np.full(len(layout.blocks), 0.7, np.float32))
    assert np.isfinite(features).all()
    assert np.isfinite(again).all()
    kept, expected = best_cut(page, np.full(len(layout.blocks), 0.7, np.float32))
    assert len(kept) == len(layout.blocks)
    assert 0 <= expected <= 1


def test_the_cut_takes_the_blocks_that_promise_the_best_f1():
    page = measure(layout_of("".join(f"<p>{SENTENCE}</p>" for _ in range(4))))
    kept, expected = best_cut(page, np.array([0.9, 0.8, 0.2, 0.0], np.float32))
    assert kept.tolist() == [True, True, False, False]
    assert expected == pytest.approx(2 * 1.7 / (2 + 1.9), abs=1e-6)


def test_a_page_whose_blocks_are_all_unlikely_is_not_empty():
    page = measure(layout_of(f"<p>{SENTENCE}</p><p>{SENTENCE}</p><p>Menu</p>"))
    kept, _ = best_cut(page, np.array([0.2, 0.2, 0.0], np.float32))
    assert kept.tolist() == [True, True, False]


def test_a_heading_without_text_below_it_is_not_kept():
    page = measure(layout_of(f"<h2>Talks</h2><p>{SENTENCE}</p><h2>More</h2>"))
    kept, _ = best_cut(page, np.array([0.9, 0.9, 0.9], np.float32))
    assert kept.tolist() == [True, True, False]


def test_the_shipped_classifier_is_small_and_rises_in_confidence():
    classifier = load_classifier()
    expected, measured = classifier.agreement
    assert np.all(np.diff(expected) > 0)
    assert np.all(np.diff(measured) >= 0)
    assert 0 < classifier.confidence_of(0.3) < classifier.confidence_of(0.99) <= 1
    assert classifier.first.leaves.shape[1] == 2 ** classifier.first.rows.shape[0]
    assert math.isfinite(classifier.first.bias)
