"""Decoding of server-sent events."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Code, TransportError
from app.mimo.sse import EventStream, ServerSentEvent


def read(*pieces: bytes) -> list[ServerSentEvent]:
    stream = EventStream()
    events = [event for piece in pieces for event in stream.feed(piece)]
    return events + stream.close()


def contents(*pieces: bytes) -> list[str]:
    return [event.content for event in read(*pieces)]


def test_comments_and_unknown_fields_are_ignored() -> None:
    assert contents(b": ping\n\nretry: 3\nid: 7\nwhatever\ndata: a\n\n") == ["a"]


def test_data_lines_of_one_event_are_joined() -> None:
    assert read(b"event: note\ndata: one\ndata: two\n\ndata: three\n\n") == [("note", "one\ntwo"), ("", "three")]


def test_pretty_printed_json_over_several_lines_stays_one_event() -> None:
    assert contents(b'data: {\ndata: "a": {}\ndata: }\n\n') == ['{\n"a": {}\n}']


def test_a_byte_order_mark_is_removed() -> None:
    mark = b"\xef\xbb\xbf"
    assert contents(mark + b"data: a\n\n") == contents(mark[:1], mark[1:], b"data: a\n\n") == ["a"]


def test_only_one_space_after_the_colon_is_removed() -> None:
    assert contents(b"data:a\n\ndata: a\n\ndata:  a\n\n") == ["a", "a", " a"]


def test_invalid_utf8_is_replaced() -> None:
    assert contents(b"data: a\xff\xfeb\n\n") == ["a\ufffd\ufffdb"]


def test_a_lone_carriage_return_ends_its_line_at_once() -> None:
    stream = EventStream()
    assert stream.feed(b"data: a\r\r") == [("", "a")]
    assert stream.feed(b"\ndata: b\r\n\r\n") == [("", "b")]


def test_an_endless_line_or_event_is_refused() -> None:
    for piece in (b"x" * 100, b"data: " + b"x" * 40 + b"\n"):
        stream = EventStream(max_size=1000)
        with pytest.raises(TransportError) as caught:
            for _ in range(30):
                stream.feed(piece)
        assert caught.value.code is Code.TOO_LARGE


def test_events_before_an_endless_line_are_delivered() -> None:
    stream = EventStream(max_size=10)
    assert stream.feed(b"data: a\n\n") == [("", "a")]
    with pytest.raises(TransportError):
        stream.feed(b"x" * 11)


WORDS = st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(
    st.lists(st.tuples(st.sampled_from(["", "note", "delta"]), st.lists(WORDS, min_size=1, max_size=3)), max_size=6),
    st.lists(st.integers(0, 400), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_events_survive_any_split_and_line_ending(
    events: list[tuple[str, list[str]]], cuts: list[int], newline: str
) -> None:
    wire = "".join(
        (f"event: {name}{newline}" if name else "") + "".join(f"data: {line}{newline}" for line in lines) + newline
        for name, lines in events
    ).encode()
    borders = sorted({0, len(wire), *(cut for cut in cuts if cut < len(wire))})
    pieces = [wire[start:end] for start, end in itertools.pairwise(borders)]
    joined = [(name, "\n".join(lines)) for name, lines in events if "\n".join(lines)]
    if not any(
        first.endswith("}") and second.startswith(("{", "[DONE]"))
        for _, lines in events
        for first, second in itertools.pairwise(lines)
    ):
        assert read(*pieces) == joined


@given(st.binary(max_size=300), st.lists(st.integers(0, 300), max_size=8))
def test_any_bytes_give_the_same_events_however_they_are_split(wire: bytes, cuts: list[int]) -> None:
    borders = sorted({0, len(wire), *(cut for cut in cuts if cut < len(wire))})
    pieces = [wire[start:end] for start, end in itertools.pairwise(borders)]
    assert read(*pieces) == read(wire)
