import pytest

from pipelines.commands.terminal import printable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\tand\nsimple, 中文, é", "plain\tand\nsimple, 中文, é"),
        ("\x1b[2Jgone", "[2Jgone"),
        ("\x9b2J", "2J"),
        ("back\x08space\x7f", "backspace"),
        ("over\rwritten", "overwritten"),
        ("safe\u202egnp.exe", "safegnp.exe"),
    ],
)
def test_a_page_cannot_steer_the_terminal(text, expected):
    assert printable(text) == expected
