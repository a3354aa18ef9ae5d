"""A path is understood in every form that people paste."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.pasted_paths import pasted_path

HOME = Path("~").expanduser()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/a/b c.wav", "/a/b c.wav"),
        ("  /a/b.wav \n", "/a/b.wav"),
        ('"/a/b c.wav"', "/a/b c.wav"),
        ("'/a/b c.wav'", "/a/b c.wav"),
        ("“/a/录音.wav”", "/a/录音.wav"),
        (r"/a/b\ c\(1\).wav", "/a/b c(1).wav"),
        ("file:///a/b%20c.wav", "/a/b c.wav"),
        ("file://localhost/a/%E5%BD%95.wav", "/a/录.wav"),
        ("FILE:///a/b.wav", "/a/b.wav"),
        ("file:///C:/voices/a.wav", "C:/voices/a.wav"),
        ("„/a/b c.wav“", "/a/b c.wav"),
        ("「/a/录音.wav」", "/a/录音.wav"),
        ("x-special/nautilus-clipboard\ncopy\nfile:///a/b%20c.wav", "/a/b c.wav"),
        ("~/a.wav", str(HOME / "a.wav")),
        ('"~/a b.wav"', str(HOME / "a b.wav")),
        ("\u202a/a/b.wav\u202c", "/a/b.wav"),
        ("\n\n/a/first.wav\n/a/second.wav", "/a/first.wav"),
        ("~nobody-of-that-name/a.wav", "~nobody-of-that-name/a.wav"),
    ],
)
def test_a_pasted_path_is_understood(text: str, expected: str) -> None:
    assert pasted_path(text) == Path(expected)


@pytest.mark.parametrize("text", ["", "  \n ", "\ufeff"])
def test_nothing_is_no_path(text: str) -> None:
    assert pasted_path(text) is None


@pytest.mark.parametrize("name", ["'quoted'.wav", "a\\ b.wav", "100%20.wav", "$HOME.wav"])
def test_what_exists_as_it_is_written_is_taken_literally(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.touch()
    assert pasted_path(str(path)) == path


@pytest.mark.parametrize(
    ("quoted", "name"),
    [
        (r"'{folder}/it'\''s here.wav'", "it's here.wav"),
        ("'{folder}/a b.wav' '{folder}/c.wav'", "a b.wav"),
        (r"'{folder}/a b'/c\ d.wav", "a b/c d.wav"),
        ("{folder}/e\u0301.wav", "é.wav"),
        ("{folder}/é.wav", "e\u0301.wav"),
        ("{folder}/ends with a blank ", "ends with a blank "),
    ],
)
def test_what_exists_is_found_however_it_is_written(quoted: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert pasted_path(quoted.format(folder=tmp_path)) == path


def test_the_beginning_of_a_path_with_blanks_is_another_path(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert pasted_path(f"{tmp_path}/new voices/a.wav") == tmp_path / "new voices/a.wav"


def test_a_null_byte_raises_nothing() -> None:
    assert pasted_path("/a/\0b.wav") == Path()
