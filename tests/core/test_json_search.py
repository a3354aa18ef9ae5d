"""Search in a JSON window: forwards, backwards, around the end, and inside of what is folded."""

from __future__ import annotations

import json
from random import Random

import pytest

from app.core.json_search import count, find
from app.core.json_window import STRING_HEAD, TEXT_PIECE_LENGTH, JsonWindow

VALUE = {
    "first": "needle one",
    "messages": [
        {"content": f"word {number} " * 40 + ("NEEDLE" if number == 2_500 else "")} for number in range(3_000)
    ],
    "long": "x" * 90_000 + "needle" + "y" * 9_000,
    "last": "the end",
}


def label(kind: str, number: int, detail: str) -> str:
    return f"{kind} {number} {detail}".strip()


def window() -> JsonWindow:
    return JsonWindow(json.dumps(VALUE), label)


def test_every_occurrence_is_found_in_order_and_opened() -> None:
    shown = window()
    text, place, seen = shown.text, 0, []
    for number in range(1, 4):
        found = find(shown, text, "Needle", place)
        assert found is not None
        text, place = found.text, found.end
        seen.append(text[found.start : found.end])
        assert count(shown, text, "needle", found.start) == (number, 3)
    assert seen == ["needle", "NEEDLE", "needle"]
    again = find(shown, text, "needle", place)
    assert again is not None and again.start < 40, "after the last comes the first"
    assert shown.restore(text) == VALUE
    assert len(text) < 200_000


def test_backwards_from_the_beginning_is_the_last() -> None:
    shown = window()
    found = find(shown, shown.text, "needle", 0, backwards=True)
    assert found is not None
    assert count(shown, found.text, "needle", found.start) == (3, 3)
    before = find(shown, found.text, "needle", found.start, backwards=True)
    assert before is not None and before.text[before.start : before.end] == "NEEDLE"
    assert find(shown, shown.text, "absent", 0) is None
    assert count(shown, shown.text, "absent", 0) == (0, 0)


def numbers_found(shown: JsonWindow, needle: str, *, backwards: bool = False) -> list[tuple[int, int]]:
    """The numbers of the occurrences in the order in which they are found, until the first comes again."""
    text, numbers = shown.text, list[tuple[int, int]]()
    place = len(text) if backwards else 0
    while True:
        found = find(shown, text, needle, place, backwards=backwards)
        assert found is not None
        assert found.text[found.start : found.end].lower() == needle
        number = count(shown, found.text, needle, found.start)
        if number in numbers:
            return numbers
        numbers.append(number)
        text, place = found.text, found.start if backwards else found.end


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(("size", "is_json"), [(5_000, True), (150_000, True), (150_000, False)])
@pytest.mark.parametrize("shift", range(7))
def test_what_lies_across_the_edge_of_a_fold_is_found(shift: int, size: int, is_json: bool, backwards: bool) -> None:
    text = "x" * ((STRING_HEAD if is_json else TEXT_PIECE_LENGTH) - shift) + "needle" + "y " * (size // 2)
    shown = JsonWindow(json.dumps({"content": text}) if is_json else text, label)
    assert count(shown, shown.text, "needle", 0) == (1, 1)
    assert numbers_found(shown, "needle", backwards=backwards) == [(1, 1)]


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_every_occurrence_has_its_number_wherever_it_lies(seed: int, backwards: bool) -> None:
    random = Random(seed)
    words = ["needle", "needles", 'a"b', "line\nbreak", "\u4e00", "z"]
    texts = [" ".join(random.choices(words, k=number)) for number in (3, 300, 900)]
    value = {"a": texts, "b": "z " * 60_000 + texts[2]} if seed % 2 else {"a": texts}
    shown = JsonWindow(json.dumps(value, ensure_ascii=False), label)
    total = json.dumps(value).count("needle")
    numbers = [(number + 1, total) for number in range(total)]
    assert numbers_found(shown, "needle", backwards=backwards) == (numbers[::-1] if backwards else numbers)


def test_a_text_never_reaches_from_one_string_into_the_next() -> None:
    shown = JsonWindow(json.dumps({"a": "x" * 150_000 + "end", "b": "start" + "y" * 150_000}), label)
    for needle in ('end","b":"start', 'x","a', 'y"}'):
        assert count(shown, shown.text, needle, 0) == (0, 0)
