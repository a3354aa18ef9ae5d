"""Whatever a title holds, the offered file name is one that every file system takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.file_names import MAX_NAME_BYTES, file_name, numbered


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("AC/DC : take?", "AC DC take.wav"),
        ("报告" * 200, "报告" * 19 + ".wav"),
        ("evil\u202egnp.exe", "evilgnp.exe.wav"),
        ("CON", "CON_.wav"),
        ("nul.tar", "nul_.tar.wav"),
        ("..", "untitled.wav"),
        ("  . . ", "untitled.wav"),
        ("", "untitled.wav"),
        ("\u200b\u200d", "untitled.wav"),
        ("line\nbreak\ttab", "line break tab.wav"),
        ("../../etc/passwd", "etc passwd.wav"),
        ("-rf", "rf.wav"),
        ("Ünïcödé – “quoted”", "Ünïcödé – “quoted”.wav"),
        ("👨‍👩‍👧‍👦 family", "👨‍👩‍👧‍👦 family.wav"),
        ("ends with a dot.", "ends with a dot.wav"),
    ],
)
def test_a_title_becomes_a_name(stem: str, expected: str) -> None:
    assert file_name(stem, ".wav") == expected


def test_an_emoji_is_not_cut_in_half() -> None:
    name = file_name("x" * 100 + "👨‍👩‍👧‍👦", ".wav")
    assert name == "x" * 100 + ".wav"


@given(st.text(max_size=400))
def test_every_name_is_short_and_free_of_separators(stem: str) -> None:
    name = file_name(stem, ".flac")
    assert len(name.encode()) <= MAX_NAME_BYTES + len("_")
    assert not set(name) & set('/\\:*?"<>|\n\r\0')
    assert name == name.strip()
    assert name.endswith(".flac")
    assert name != ".flac"


def test_a_number_goes_before_the_ending() -> None:
    assert numbered("take.wav", 2) == "take 2.wav"
    assert numbered("README", 3) == "README 3"
