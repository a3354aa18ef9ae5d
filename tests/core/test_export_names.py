"""Names of exported files: filled from a template, valid everywhere, none like another."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.export_names import (
    FIELDS,
    MAX_BYTES,
    export_stem,
    name_key,
    number_texts,
    unique_file_names,
    unknown_fields,
)

VALUES = {
    "text": "The ferry leaves at nine.", "voice": "Mia", "direction": "calm", "date": "2026-11-30", "time": "08-05-09",
    "number": "07", "session": "Harbour", "model": "mimo-tts",
}  # fmt: skip
FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{number} {voice} {text}", "07 Mia The ferry leaves at nine"),
        ("{session}_{date}_{time}_{model}", "Harbour_2026-11-30_08-05-09_mimo-tts"),
        ("{style} { Voice }", "calm Mia"),
        ("take", "take"),
        ("{voice}/{number}", "Mia 07"),
        ("open { brace", "open { brace"),
        ("{nothing}", "untitled"),
        ("", "untitled"),
    ],
)
def test_a_template_is_filled_in(template: str, expected: str) -> None:
    assert export_stem(template, VALUES) == expected


def test_fields_that_do_not_exist_are_named_as_they_are_written() -> None:
    assert unknown_fields("{voice} {Tempo} {style} {} {Tempo}") == ("Tempo", "")
    assert unknown_fields("".join(f"{{{name}}}" for name in FIELDS)) == ()


def test_a_long_text_is_shortened_and_the_number_behind_it_stays() -> None:
    name = export_stem("{text} {direction} {session} {number}", dict.fromkeys(FIELDS, "船" * 200) | {"number": "0123"})
    assert name.endswith(" 0123")
    assert len(name.encode()) <= MAX_BYTES


def test_names_of_a_system_are_never_given() -> None:
    for written in ("con", "NUL", "com1", "lpt9.tar", "aux .x"):
        stem = export_stem(written, {}, ".wav")
        assert (stem + ".wav").split(".", maxsplit=1)[0].rstrip(" ").lower() not in RESERVED


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


@settings(max_examples=60)
@example("", "half of a character: \ud800", ".wav")
@given(ANY_TEXT, ANY_TEXT, st.sampled_from([".wav", ".mp3"]))
def test_whatever_is_in_it_every_system_takes_the_name(template: str, text: str, suffix: str) -> None:
    stem = export_stem(template + "{text}{direction}", {"text": text, "direction": template}, suffix)
    name = stem + suffix
    assert stem
    assert not FORBIDDEN & set(name)
    assert len(name.encode()) <= 255
    assert name == name.strip(" ")
    assert not stem.endswith((" ", "."))
    assert stem.split(".")[0].rstrip(" ").lower() not in RESERVED


def test_no_two_names_are_alike_for_any_file_system() -> None:
    decomposed = unicodedata.normalize("NFD", "Café")
    taken = {"cafe\u0301 2.WAV", "Other.wav"}
    names = unique_file_names(["Café.wav", f"{decomposed}.wav", "CAFÉ.wav", "café.wav", "other.wav"], taken)
    assert names[0] == "Café.wav"
    assert len({name_key(name) for name in names} | set(map(name_key, taken))) == 7


def test_a_name_that_was_numbered_by_hand_is_not_given_again() -> None:
    assert unique_file_names(["a.wav", "a 2.wav", "a.wav"]) == ["a.wav", "a 2.wav", "a 3.wav"]


def test_the_file_beside_it_is_kept_free_too() -> None:
    assert unique_file_names(["a.mp3", "a.mp3"], {"A.MP3.json"}, ".json") == ["a 2.mp3", "a 3.mp3"]


def test_numbers_sort_as_texts() -> None:
    assert number_texts([7, 0, 112]) == ["007", "002", "112"]
    assert number_texts([3]) == ["03"]
    assert number_texts([]) == []
