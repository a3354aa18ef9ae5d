"""Long JSON as a bounded text that can be opened, searched and edited, and loses nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.json_window import JsonFault, JsonWindow


def label(kind: str, number: int, detail: str) -> str:
    return " ".join(filter(None, (kind, str(number), detail)))


def window(value: Any) -> JsonWindow:
    return JsonWindow(json.dumps(value, ensure_ascii=False), label)


def opened(shown: JsonWindow, text: str, needle: str = "") -> str:
    """The text with its first token opened, or around a text to find."""
    for start, end, folded in shown.tokens(text):
        part = shown.reveal(folded, needle, 0) if needle else shown.open(folded, 0)
        if part is not None:
            first, last = shown.place(text, start, end, folded)
            return text[:first] + part + text[last:]
    return text


BIG = {
    "model": "m",
    "messages": [{"role": "user", "content": f"words {number} " * 50} for number in range(3_000)],
    "long": "x" * 50_000 + " Needle\n" + "y" * 50_000,
    "tools": {f"field {number}": number for number in range(1_000)},
    "image": {"url": "data:image/jpeg;base64," + "A" * 40_000},
}


def test_a_short_value_is_shown_as_it_is() -> None:
    shown = window({"model": "m", "messages": [{"role": "user", "content": "Hi"}], "n": 1.5})
    assert shown.text.splitlines() == [
        "{", '  "model": "m",', '  "messages": [{ "role": "user", "content": "Hi" }],', '  "n": 1.5', "}",
    ]  # fmt: skip


def test_a_long_value_is_bounded_and_restored() -> None:
    shown = window(BIG)
    assert len(shown.text) < 300_000
    assert "‹items 2900›" in shown.text
    assert "‹object 1›" in shown.text, "what no room is left for is folded as well"
    assert "‹media 30000 jpeg›" in window({"image": BIG["image"]}).text
    assert json.loads(shown.text)["model"] == "m"
    assert shown.restore(shown.text) == BIG
    text = shown.text
    for _ in range(5):
        text = opened(shown, text)
        assert shown.restore(text) == BIG


def test_an_edited_text_keeps_what_is_folded() -> None:
    shown = window(BIG)
    edited = shown.restore(shown.text.replace('"model": "m"', '"model": "other"').replace("words 0 ", "WORDS ", 1))
    assert edited["model"] == "other"
    assert edited["long"] == BIG["long"]
    assert edited["messages"][0]["content"].startswith("WORDS words 0")
    assert edited["messages"][1:] == BIG["messages"][1:]


@pytest.mark.parametrize("needle", ["needle", "words 2345 ", "field 999", "needle\\n", '"role": "user"'])
def test_what_is_folded_is_found_and_opened(needle: str) -> None:
    shown = window(BIG)
    text, total = shown.text, shown.text.lower().count(needle)
    total += sum(shown.count(folded, needle) for *_, folded in shown.tokens(text))
    assert total == json.dumps(BIG).lower().count(needle)
    for _ in range(4):
        if needle in text.lower():
            break
        text = opened(shown, text, needle)
    assert needle in text.lower()
    assert shown.restore(text) == BIG
    assert len(text) < 300_000


def test_the_last_occurrence_is_found_backwards() -> None:
    value = ["a" * 2_000 + "needle" + "b" * 9_000 + "NEEDLE" + "c" * 3_000]
    shown = window(value)
    ((start, end, folded),) = shown.tokens(shown.text)
    part = shown.reveal(folded, "needle", 0, last=True)
    assert part is not None and "NEEDLE" in part and "needle" not in part
    assert shown.restore(shown.text[:start] + part + shown.text[end:]) == value
    assert shown.reveal(folded, "absent", 0) is None


def test_a_file_left_out_of_the_recording_is_a_token_that_stands_for_its_mark() -> None:
    body = {"url": f"data:image/png;base64,<20000 characters, sha256 {'0' * 64}>"}
    shown = window(body)
    assert "‹media 15000 png›" in shown.text
    assert shown.restore(shown.text) == body


def test_the_fault_of_an_edited_text_is_said_with_its_place() -> None:
    with pytest.raises(JsonFault) as fault:
        window({}).restore('{\n  "a": 1,\n  "b" 2\n}')
    assert (fault.value.line, fault.value.column) == (3, 7)


def test_what_is_no_json_is_a_text_in_pieces() -> None:
    raw = "data: {}\n\n" * 10_000 + "the end"
    shown = JsonWindow(raw, label)
    assert not shown.is_json
    assert len(shown.text) < 41_000
    assert "the end" in opened(shown, shown.text, "the end")
    assert opened(shown, shown.text).startswith(raw[:60_000])


def test_letters_that_grow_in_lower_case_are_found_at_their_place() -> None:
    value = ["İ" * 3_000 + "Needle" + "x" * 3_000]
    shown = window(value)
    assert "Needle" in opened(shown, shown.text, "needle")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=30) | st.just("z" * 1_500),
    lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=9), inner, max_size=8),
    max_leaves=40,
)


@settings(max_examples=20, deadline=None)
@given(json_values)
def test_any_value_survives(value: Any) -> None:
    shown = window(value)
    assert shown.restore(shown.text) == value


LONG = {
    "a": "x\n" * 90_000 + 'a "needle" 你好' + "\\ y" * 90_000,
    "list": [{"content": "plain " * 40_000 + "Needle", "n": 1}, "z" * 300_000],
    "image": "data:image/png;base64," + "A" * 400_000,
    "short": ["needle"],
}


def test_long_strings_are_shown_searched_and_restored_where_they_are() -> None:
    shown = JsonWindow(json.dumps(LONG, ensure_ascii=False), label)
    assert shown._has_long
    assert len(shown.text) < 5_000
    assert "‹media 300000 png›" in shown.text
    assert shown.restore(shown.text) == LONG
    total = shown.text.lower().count("needle") + sum(
        shown.count(each, "needle") for *_, each in shown.tokens(shown.text)
    )
    assert total == 3
    text = shown.text
    for needle in ('a \\"needle\\" 你好', "plain needle"):
        text = opened(shown, text, needle)
        assert shown.restore(text) == LONG
    for _ in range(6):
        text = opened(shown, text)
        assert shown.restore(text) == LONG
    edited = shown.restore(text.replace('"n": 1', '"n": 2'))
    assert edited["list"][0] == LONG["list"][0] | {"n": 2}  # type: ignore[index, operator]


def test_long_strings_with_quotation_marks_are_read_as_any_other() -> None:
    value = {"a": ('say "word" ' * 3 + "x" * 150_000) * 2, "b": 'ends in ,"' + "y" * 200_000, "c": " " * 200_000}
    assert window(value).restore(window(value).text) == value
    spaced = json.dumps({"k": ",", "l": "m"}).replace(", ", "," + " " * 200_000)
    assert window(json.loads(spaced)).restore(JsonWindow(spaced, label).text) == {"k": ",", "l": "m"}


@settings(max_examples=20, deadline=None)
@given(
    json_values, st.lists(st.sampled_from(['"', "\\", "\n", "x" * 70_000, "é" * 70_000, ",", "[", "ab"]), max_size=8)
)
def test_any_long_string_survives(value: Any, pieces: list[str]) -> None:
    whole = {"value": value, "pieces": "".join(pieces), "list": ["".join(pieces[::-1])]}
    shown = window(whole)
    assert shown.restore(shown.text) == whole


@pytest.mark.parametrize("is_ascii", [False, True])
def test_what_looks_like_a_token_in_the_value_stays_text(is_ascii: bool) -> None:
    def named(kind: str, number: int, detail: str) -> str:
        return f"{number} 个 {kind}"

    value = {
        "messages": [{"content": "word " * 249}, {"content": "What does ‹1005 个 text› mean, and ‹1005 个 text #2›?"}],
        "list": [[*range(300)], ["‹200 个 items›"]],
        "fields": [{f"name {number}": number for number in range(300)}, {"‹200 个 fields›": None}],
        "long": "y " * 75_000 + "‹1005 个 text #3›",
    }
    shown = JsonWindow(json.dumps(value, ensure_ascii=is_ascii), named)
    assert "‹1005 个 text #4›" in shown.text
    assert shown.restore(shown.text) == value
    assert {folded.kind for *_, folded in shown.tokens(shown.text)} == {"text", "items", "fields"}
