"""What of an answer is said aloud: its words, without marks and code."""

import pytest

from app.services.speech.read_aloud import spoken_text


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Leave **before 9:00** and _ride_.", "Leave before 9:00 and ride."),
        ("# Title\n\n- one\n- two", "Title\n\none\ntwo"),
        ("See [the page](https://example.org/x).", "See the page."),
        ("Use `print`:\n\n```python\nprint(1)\n```\n\nDone.", "Use print:\n\nDone."),
        ("你好，**世界**。", "你好，世界。"),
        ("> 1. Quoted\n  * deep\n---\n1999. A year", "1. Quoted\ndeep\n\nA year"),
        ("[not a link] (there)", "[not a link] (there)"),
    ],
)
def test_words_only(markdown: str, words: str) -> None:
    assert spoken_text(markdown) == words


def test_a_table_is_read_by_its_cells() -> None:
    said = spoken_text("| Hour | Rain |\n|---|---|\n| 06 | 10 % |")
    assert "Hour, Rain" in said
    assert "---" not in said
    assert "06, 10 %" in said


@pytest.mark.parametrize("piece", [" ", "[", "[a](", "|", "| ", "-", "`", "* ", "1", "\n ", "\\t|:-"])
def test_no_answer_takes_longer_than_its_length_deserves(piece: str) -> None:
    many = piece * 20_000
    assert spoken_text(f"Before\n{many}x\nafter").startswith("Before")
