"""Sentences for the ear are cut from an answer while it streams."""

from __future__ import annotations

import pytest

from app.core import spoken_sentences
from app.core.spoken_sentences import MAX_CHARS, SpokenSentences

DOCUMENT = """# Rooms

Hello there. This is **bold. Very** bold, see [the page](https://a.b/c.d). Dr. Smith said `x. Y` is fine.
It costs 3.14 dollars! Really?

```python
print("Not. Read.")
```

- First item. With two.
- Second item
  goes on here.

$$
x = 2. Not read
$$

最后一句。“你好。”他说。结束了吗？

See https://mimo.mi.com/docs.html for more. (laughs) He laughed."""

SPOKEN = [
    "Rooms", "Hello there.", "This is bold.", "Very bold, see the page.", "Dr. Smith said x. Y is fine.",
    "It costs 3.14 dollars!", "Really?", "First item.", "With two.", "Second item\ngoes on here.",
    "最后一句。", "“你好。”", "他说。", "结束了吗？", "See for more.", "(laughs) He laughed.",
]  # fmt: skip


def spoken(document: str, size: int) -> list[str]:
    cutter, sentences = SpokenSentences(), list[str]()
    for start in range(0, len(document), size):
        sentences += cutter.feed(document[start : start + size])
    return sentences + cutter.finish()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 10_000])
def test_code_formulas_and_addresses_are_not_read_however_the_answer_arrives(size: int) -> None:
    assert spoken(DOCUMENT, size) == SPOKEN


@pytest.mark.parametrize(
    ("before", "shows_it"),
    [
        ("It rains. ", "T"),
        ("下雨了。", "它"),
        ("Really?", " N"),
        ("# Title", "\n"),
        ("- one", "\n- t"),
        ("It rains\n", "\n"),
    ],
)
def test_a_sentence_is_cut_by_the_character_that_shows_that_it_has_ended(before: str, shows_it: str) -> None:
    cutter = SpokenSentences()
    assert cutter.feed(before + shows_it[:-1]) == []
    assert len(cutter.feed(shows_it[-1])) == 1


@pytest.mark.parametrize("text", ["Dr. Smith", "about 3.14 km", "Wait... what", "e.g. this", "`a. B` c", "[A. B](x"])
def test_what_is_no_end_cuts_nothing(text: str) -> None:
    assert SpokenSentences().feed(text) == []


def test_a_sentence_without_end_is_cut_after_a_clause() -> None:
    cutter = SpokenSentences()
    pieces = cutter.feed("the guards walk on, and on, " * 40)
    assert len(pieces) > 2
    assert all(len(piece) <= MAX_CHARS and piece.endswith(" on") for piece in pieces)


def test_a_token_costs_the_same_however_long_the_answer_is(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    whole = spoken_sentences.sentences
    monkeypatch.setattr(spoken_sentences, "sentences", lambda text: (read.append(len(text)), whole(text))[1])
    cutter = SpokenSentences()
    for text in ("ab c", "\n", "- x\n", "a. b c", "x" * 50, "| a | b |\n"):
        for _ in range(300):
            cutter.feed(text)
            assert len(cutter._rest) + len(cutter._table) <= 3 * spoken_sentences.MAX_TABLE_CHARS
    assert max(read) <= 2 * MAX_CHARS + 60
