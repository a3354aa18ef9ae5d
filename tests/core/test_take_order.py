"""Takes are filtered, sorted and grouped."""

from __future__ import annotations

import msgspec
import pytest

from app.core.take_order import ORDERS, Arrangement, Order, Shown, grouped_by, matches, ordered
from app.core.takes import Take, TakeFinding, VoiceSnapshot


def take(number: int, **fields: object) -> Take:
    plain = Take(
        str(number), VoiceSnapshot("builtin", "Mia", "Mia"), "The ferry leaves.", number=number, created=float(number),
        state="done", frames=24_000, loudness=-20.0, peaks=b"\x80\x7f",
    )  # fmt: skip
    return msgspec.structs.replace(plain, **fields)


def name(take: Take) -> str:
    return take.voice.name


TAKES = (
    take(1, frames=48_000),
    take(2, loudness=-12.0, stars=1),
    take(3, voice=VoiceSnapshot("builtin", "Dean", "Dean"), loudness=None),
    take(4, state="speaking", frames=10),
    take(5, state="queued", frames=0, loudness=None),
)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("newest", "54321"),
        ("oldest", "12345"),
        ("longest", "54132"),
        ("loudest", "54213"),
        ("stars", "54231"),
        ("voice", "54321"),
    ],
)
def test_takes_are_sorted_and_those_being_made_keep_their_place(order: Order, expected: str) -> None:
    assert "".join(take.id for take in ordered(TAKES, order, name)) == expected
    assert set(ORDERS) == {"newest", "oldest", "longest", "loudest", "stars", "voice"}


@pytest.mark.parametrize(
    ("shown", "fields"),
    [
        ("starred", {"stars": 1}),
        ("noted", {"note": "warm"}),
        ("found", {"findings": (TakeFinding("hole"),)}),
        ("found", {"loudness": None}),
    ],
)
def test_each_filter_takes_what_it_names(shown: Shown, fields: dict[str, object]) -> None:
    arrangement = Arrangement(shown)
    assert arrangement.is_filtered
    assert matches(take(1, **fields), arrangement, name)
    assert not matches(take(1), arrangement, name)
    assert matches(take(1, state="queued"), arrangement, name), "what is being made is never hidden"


@pytest.mark.parametrize("query", ["ferry", "FERRY leaves", "mia", "slowly", "keeper", "  "])
def test_the_search_finds_text_direction_voice_and_note(query: str) -> None:
    found = take(1, direction="Slowly.", note="a keeper")
    assert matches(found, Arrangement(query=query), name)
    if query.strip():
        assert not matches(
            take(2, text="Other", voice=VoiceSnapshot("builtin", "Dean", "Dean")), Arrangement(query=query), name
        )
        assert not matches(found, Arrangement(query=query + " nowhere"), name), "all words have to occur"


def test_groups_come_in_the_order_of_their_first_take() -> None:
    takes = [take(3, text="B"), take(2, text="A"), take(1, text="B")]
    groups = grouped_by(takes, lambda take: take.text)
    assert [(text, [one.id for one in group]) for text, group in groups] == [("B", ["3", "1"]), ("A", ["2"])]
