"""The fuzzed readers on a small budget; `make fuzz` tries them for longer, guided by coverage."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.__main__ import check, tokens_of
from benchmarks.fuzz.targets import TARGETS
from transforms.web import resolve_link, url_key


@pytest.mark.parametrize("name", TARGETS)
def test_any_input_ends_with_a_sound_result_or_the_documented_error(name):
    piece = st.one_of(st.sampled_from(tokens_of(name)), st.binary(max_size=8))
    repeated = st.tuples(piece, st.integers(1, 500)).map(lambda part: (part[0] * part[1])[:4000])

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.one_of(piece, repeated), max_size=30).map(b"".join))
    def try_it(data):
        check(name, data)

    try_it()


def test_a_lone_surrogate_in_a_link_has_a_form_in_utf_8():
    url = resolve_link("https://a.example/", "b\ud800?c=\udcff")
    assert url == "https://a.example/b%3F?c=%3F"
    assert url_key(url) == url
