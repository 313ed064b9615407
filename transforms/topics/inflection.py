"""English endings of a word's stem."""

from itertools import product

_ENDINGS = ("", "s", "es", "d", "ed", "ing", "e", "y", "ies", "ied", "ying", "ion", "ions")


def inflected(text: str) -> tuple[str, ...]:
    """`recall* its envoy` -> `recall its envoy`, `recalls its envoy`, ...

    A word that ends with * is a stem and takes every ending; forms that no one writes
    (`recallion`) are harmless in a matcher. Text without a * comes back alone.
    """
    if "*" not in text:
        return (text,)
    choices = [
        [word[:-1] + ending for ending in _ENDINGS] if word.endswith("*") else [word]
        for word in text.split(" ")
    ]
    return tuple(" ".join(words) for words in product(*choices))
