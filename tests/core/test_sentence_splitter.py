"""Long texts are split where a reader would pause, and nothing is lost, doubled or torn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentence_splitter import grapheme_boundary, parts, sentences

FAMILY = "👨‍👩‍👧‍👦"
FLAGS = "🇨🇳🇫🇷🇩🇪"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One. ", "Two! ", "Three?"]),
        ("Dr. Li met Mr. Smith. They left.", ["Dr. Li met Mr. Smith. ", "They left."]),
        ("Pi is 3.14159. Right.", ["Pi is 3.14159. ", "Right."]),
        ("See mimo.mi.com/docs for more. Bye.", ["See mimo.mi.com/docs for more. ", "Bye."]),
        ("“Stop.” She turned.", ["“Stop.” ", "She turned."]),
        ("“Stop!” she said. He did.", ["“Stop!” she said. ", "He did."]),
        ('He said "no." Then he left.', ['He said "no." ', "Then he left."]),
        ("他说：“走吧。”她笑了。", ["他说：“走吧。”", "她笑了。"]),
        ("今天好！明天呢？不知道……算了。", ["今天好！", "明天呢？", "不知道……", "算了。"]),
        ("At 5 p.m. we met. At 6 p.m. Anna left.", ["At 5 p.m. we met. ", "At 6 p.m. ", "Anna left."]),
        ("J. R. R. Tolkien wrote it. Yes.", ["J. R. R. Tolkien wrote it. ", "Yes."]),
        ("1. First point. 2. Second.", ["1. First point. ", "2. Second."]),
        ("Fruit, e.g. Apples. Done.", ["Fruit, e.g. Apples. ", "Done."]),
        (
            "(Whisper. Softly.) Come here. [laughs. loudly] Now.",
            ["(Whisper. Softly.) Come here. ", "[laughs. loudly] Now."],
        ),
        ("Well... maybe. Wait... What?", ["Well... maybe. ", "Wait... ", "What?"]),
        ("One line\nanother line\n\nthird", ["One line\n", "another line\n\n", "third"]),
        ("甲；乙。", ["甲；", "乙。"]),
        ("  ", ["  "]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_pause(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


FRAGMENTS = [
    *"ab Z.3,!?。！？…；;\n\r()[]（）【】“”\"'，：",
    *("Dr. ", "3.14", FAMILY, FLAGS, "e\u0301", "👍🏽", "[sigh]", "（唱歌）"),
]
TRICKY = st.lists(st.sampled_from(FRAGMENTS) | st.characters(codec="utf-8"), max_size=120).map("".join)


@given(TRICKY)
def test_sentences_joined_are_the_text(text: str) -> None:
    found = sentences(text)
    assert "".join(found) == text
    assert all(found)


@given(TRICKY, st.integers(1, 60))
def test_parts_joined_are_the_text_and_each_is_short_enough(text: str, limit: int) -> None:
    found = parts(text, limit)
    assert "".join(found) == text
    assert all(0 < len(part) <= limit for part in found)


@given(st.lists(st.sampled_from([FAMILY, "🇨🇳", "👍🏽", "e\u0301", "字", "a"]), max_size=40), st.integers(12, 40))
def test_no_grapheme_is_torn(pieces: list[str], limit: int) -> None:
    text = "".join(pieces)
    allowed = {0}
    for piece in pieces:
        allowed.add(max(allowed) + len(piece))
    at = 0
    for part in parts(text, limit):
        at += len(part)
        assert at in allowed


@pytest.mark.parametrize(
    ("text", "limit", "torn"),
    [
        ("It was a long day for Dr. Watson and he slept.", 24, "Dr. "),
        ("The value of pi is near 3.14159 and not more.", 27, "3.14159"),
        ("They walked and walked [takes a deep breath] home.", 30, "[takes a deep breath]"),
        ("价格是一千二百三十四元 1,234.56 左右而已", 15, "1,234.56"),
    ],
)
def test_what_belongs_together_stays_together(text: str, limit: int, torn: str) -> None:
    found = parts(text, limit)
    assert "".join(found) == text
    assert any(torn.strip() in part for part in found), found


def test_sentences_are_packed_as_full_as_the_limit_allows() -> None:
    assert parts("One two. Three four. Five six.", 21) == ("One two. Three four. ", "Five six.")


def test_a_hundred_thousand_characters_take_no_square_of_the_time() -> None:
    text = "Somebody said (quietly) that it was 3.5 km. " * 2500
    assert "".join(parts(text, 500)) == text
    assert sum(1 for _ in sentences(text)) == 2500


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="0"):
        parts("Oh", 0)


def test_a_boundary_is_never_inside_a_grapheme() -> None:
    assert grapheme_boundary(f"a{FAMILY}", 4) == 1
    assert grapheme_boundary(FLAGS, 3) == 2
    assert grapheme_boundary("e\u0301x", 1) == 0
