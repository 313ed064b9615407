"""Fits the parts of the block classifier: the weights of names, and the two forests."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import scipy.sparse
from catboost import CatBoostClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from benchmarks.boilerplate.examples import Example
from transforms.boilerplate.classifier.features import features_of
from transforms.boilerplate.classifier.forest import Forest, probabilities
from transforms.boilerplate.classifier.model import Classifier
from transforms.boilerplate.classifier.names import NameWeights, words_of
from transforms.boilerplate.classifier.second_look import second_look

SEED = 1
DEPTH = 6
FIRST_TREES, FIRST_RATE = 80, 0.12
INNER_TREES, INNER_RATE = 60, 0.15
SECOND_TREES, SECOND_RATE = 60, 0.12
MIN_HOSTS = 4
VARIANT_WEIGHT = 0.5
SET_WEIGHTS = {
    "fundus-tests": 1.5,
    "scrapinghub": 1.5,
    "wcxb-article": 0.6,
    "mozilla-readability": 1.2,
    "magic-html": 1.2,
}
"""The largest set, guides and blogs more than news, has over half of the pages."""

Split = Callable[[Example], int]


class Names(NamedTuple):
    """Fitted weights of the words in names, as they are packed."""

    words: list[str]
    weights: np.ndarray
    bias: float

    def compiled(self) -> NameWeights:
        """What the classifier looks names up in."""
        pairs = map(tuple, self.weights.tolist())
        return NameWeights(dict(zip(self.words, pairs, strict=True)), self.bias)


def weights_of(example: Example) -> np.ndarray:
    """What a wrong answer costs: the block's share of the article, so that pages count alike."""
    article = int(example.tokens[example.labels > 0].sum())
    weight = 10 * np.minimum(1.0, (example.tokens + 2) / max(60, article))
    weight *= SET_WEIGHTS.get(example.dataset, 1.0)
    return weight if example.gold else weight * VARIANT_WEIGHT


def fit_names(examples: Sequence[Example]) -> Names:
    """Logistic regression on the words of the containers around; words of at least four hosts."""
    hosts: dict[str, set[str]] = {}
    for example in examples:
        containers = example.page.layout.containers
        for tag, name in zip(containers.tags, containers.names, strict=True):
            for word in words_of(tag, name):
                hosts.setdefault(word, set()).add(example.host)
    words = sorted(word for word, known in hosts.items() if len(known) >= MIN_HOSTS)
    number = {word: i for i, word in enumerate(words)}
    design = scipy.sparse.vstack([_name_counts(example, number) for example in examples])
    # The penalty was chosen with the folds: 0.02, 0.01 and 0.005 differ by less than 0.002 of F1.
    model = LogisticRegression(C=0.01, max_iter=60)
    model.fit(design, _labels(examples), sample_weight=_weights(examples))
    near, far = np.split(model.coef_[0].astype(np.float32), 2)
    return Names(words, np.stack((near, far), 1), float(model.intercept_[0]))


def _name_counts(example: Example, number: dict[str, int]) -> scipy.sparse.csr_matrix:
    """A row a block: how often each word stands on the two elements around, and further out."""
    containers = example.page.layout.containers
    parents = containers.parents
    own = [
        [number[word] for word in words_of(tag, name) if word in number]
        for tag, name in zip(containers.tags, containers.names, strict=True)
    ]
    above: list[list[int]] = []
    for parent in parents:
        above.append(above[parent] + own[parent] if parent >= 0 else [])
    columns: list[int] = []
    ends = [0]
    for at in example.page.container:
        columns += own[at]
        if parents[at] >= 0:
            columns += own[parents[at]]
            columns += [len(number) + word for word in above[parents[at]]]
        ends.append(len(columns))
    shape = (len(ends) - 1, 2 * len(number))
    counts = scipy.sparse.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape)
    counts.sum_duplicates()
    return counts


def first_features(example: Example, names: NameWeights) -> np.ndarray:
    """What the first forest sees."""
    page = example.page
    evidence = names.evidence_of(page.layout.containers, page.container, page.parents)
    return features_of(page, evidence, example.title)


def fit_forest(
    features: Iterable[np.ndarray], examples: Sequence[Example], trees: int, rate: float
) -> Forest:
    """Boosted oblivious trees, as flat arrays."""
    model = CatBoostClassifier(
        loss_function="Logloss",
        boosting_type="Plain",
        iterations=trees,
        learning_rate=rate,
        depth=DEPTH,
        rsm=0.3,
        l2_leaf_reg=5,
        border_count=64,
        random_seed=SEED,
        thread_count=2,
        verbose=False,
        allow_writing_files=False,
    )
    rows = np.concatenate([columns.T for columns in features])
    model.fit(rows, _labels(examples), sample_weight=_weights(examples))
    return _flattened(model)


def _flattened(model: CatBoostClassifier) -> Forest:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "forest.json"
        model.save_model(str(path), format="json")
        stored = json.loads(path.read_text())
    trees = stored["oblivious_trees"]
    rows = np.zeros((DEPTH, len(trees)), np.int32)
    borders = np.full((DEPTH, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << DEPTH), np.float32)
    for i, tree in enumerate(trees):
        for level, split in enumerate(tree["splits"]):
            rows[level, i] = split["float_feature_index"]
            borders[level, i] = split["border"]
        leaves[i, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, (bias, *_) = stored["scale_and_bias"]
    return Forest(rows, borders, (leaves * scale).astype(np.float32), float(bias))


def fit(examples: Sequence[Example], inner: Split, inner_folds: int) -> tuple[Names, Classifier]:
    """All parts. What learns from another part's answers gets answers to pages it had not seen.

    `inner` tells the fold of a page: each part of the fold's answers comes from a fit without it.
    """
    folds = [inner(example) for example in examples]
    names = fit_names(examples)
    unseen = [
        fit_names(
            [e for e, fold in zip(examples, folds, strict=True) if fold != without]
        ).compiled()
        for without in range(inner_folds)
    ]
    features = [first_features(e, unseen[fold]) for e, fold in zip(examples, folds, strict=True)]
    first = fit_forest(features, examples, FIRST_TREES, FIRST_RATE)
    answers: dict[int, np.ndarray] = {}
    for without in range(inner_folds):
        rest = [i for i, fold in enumerate(folds) if fold != without]
        forest = fit_forest(
            [features[i] for i in rest], [examples[i] for i in rest], INNER_TREES, INNER_RATE
        )
        for i, fold in enumerate(folds):
            if fold == without:
                answers[i] = probabilities(forest.log_odds(features[i]))
    both = [
        np.vstack((columns, second_look(examples[i].page, answers[i])))
        for i, columns in enumerate(features)
    ]
    second = fit_forest(both, examples, SECOND_TREES, SECOND_RATE)
    return names, Classifier(names.compiled(), first, second, np.array([[0.0, 1.0], [0.0, 1.0]]))


def fit_agreement(expected: Sequence[float], measured: Sequence[float]) -> np.ndarray:
    """The measured F1 by the expected one, as a rising line through twelve points."""
    x = np.array(expected)
    fitted = IsotonicRegression(out_of_bounds="clip").fit(x, np.array(measured))
    at = np.unique(np.quantile(x, np.linspace(0.02, 0.98, 12)))
    width = 0.04
    smooth = [fitted.predict(np.linspace(p - width, p + width, 9)).mean() for p in at]
    return np.stack((at, np.maximum.accumulate(smooth)))


def pack(names: Names, classifier: Classifier) -> dict[str, np.ndarray]:
    """The arrays by name, as `classifier.unpack` takes them."""
    arrays = {
        "words": np.frombuffer("\n".join(names.words).encode(), np.uint8),
        "word_weights": names.weights,
        "word_bias": np.float32(names.bias),
        "agreement": classifier.agreement,
    }
    for look in ("first", "second"):
        forest: Forest = getattr(classifier, look)
        arrays |= {
            f"{look}_{field}": np.asarray(value) for field, value in forest._asdict().items()
        }
    return arrays


def _labels(examples: Sequence[Example]) -> np.ndarray:
    return np.concatenate([example.labels for example in examples])


def _weights(examples: Sequence[Example]) -> np.ndarray:
    return np.concatenate([weights_of(example) for example in examples])
