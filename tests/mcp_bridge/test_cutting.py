"""Long strings and arrays are cut while they pass, and what passes stays JSON."""

from __future__ import annotations

import json
import random
import time
import tracemalloc

import pytest

from app.mcp_bridge import cutting
from app.mcp_bridge.cutting import CUT_NOTE, JsonCutter


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MAX_TEXT_BYTES", 40)
    monkeypatch.setattr(cutting, "MAX_MEDIA_BYTES", 80)
    monkeypatch.setattr(cutting, "MAX_MESSAGE_BYTES", 300)


def passed(text: str, pieces: int = 1, *, is_lines: bool = True) -> bytes:
    cutter, raw = JsonCutter(is_lines=is_lines), text.encode()
    size = -(-len(raw) // pieces)
    return b"".join(cutter.feed(raw[at : at + size]) for at in range(0, len(raw), size))


def test_what_is_short_passes_as_it_is() -> None:
    text = json.dumps({"a": ['ü\n"\\', {"b": [1, 2.5, None, True]}], "data": "AAAA"}) + "\n"
    for pieces in (1, 3, len(text)):
        assert passed(text, pieces).decode() == text


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("word", ["abcdefghij", "ü", "\n", "\\", '"', "\U0001f600", "中文"])
def test_a_long_string_ends_early_with_a_note(word: str) -> None:
    for escapes in (True, False):
        text = json.dumps({"content": [{"type": "text", "text": word * 100}], "id": 7}, ensure_ascii=escapes) + "\n"
        whole = len(json.dumps(word * 100, ensure_ascii=escapes).encode()) - 2
        for pieces in (1, 2, 7):
            read = json.loads(passed(text, pieces))
            cut = read["content"][0]["text"]
            assert read["id"] == 7
            assert CUT_NOTE.search(cut)
            assert f"of {whole:,} bytes" in cut
            assert (word * 100).startswith(cut[: CUT_NOTE.search(cut).start()])


@pytest.mark.usefixtures("small")
def test_a_picture_may_be_longer_than_a_text() -> None:
    read = json.loads(passed(json.dumps({"data": "A" * 70, "text": "A" * 70})))
    assert read["data"] == "A" * 70
    assert read["text"].startswith("A" * 40 + "\n[cut: 40 of 70 bytes]")


@pytest.mark.usefixtures("small")
def test_the_rest_of_a_long_array_is_left_out_and_what_follows_stays() -> None:
    parts = [{"type": "text", "text": f"part {number}"} for number in range(200)]
    text = json.dumps({"result": {"content": parts, "isError": False}, "id": 3}) + '\n{"id":4}\n'
    for pieces in (1, 2, 50):
        first, second, _ = passed(text, pieces).split(b"\n")
        read = json.loads(first)
        assert read["id"] == 3
        assert read["result"]["isError"] is False
        content = read["result"]["content"]
        assert content[:-1] == parts[: len(content) - 1]
        assert CUT_NOTE.search(content[-1]["text"])
        assert json.loads(second) == {"id": 4}


@pytest.mark.usefixtures("small")
def test_a_message_that_can_t_be_cut_is_marked_and_the_next_one_is_not() -> None:
    cutter = JsonCutter(is_lines=True)
    cutter.feed(json.dumps({f"name {number}": number for number in range(500)}).encode())
    assert cutter.is_beyond
    cutter.feed(b"\n")
    assert not cutter.is_beyond
    assert cutter.feed(b'{"id":1}') == b'{"id":1}'


@pytest.mark.usefixtures("small")
def test_any_json_in_any_pieces_stays_json() -> None:
    rng = random.Random(3)

    def value(depth: int) -> object:
        match rng.randrange(4 if depth else 2):
            case 0:
                return "".join(rng.choice('ab"\\ü\n😀') for _ in range(rng.randrange(90)))
            case 1:
                return rng.choice([1, -2.5e3, None, True])
            case 2:
                return [value(depth - 1) for _ in range(rng.randrange(9))]
            case _:
                return {rng.choice(["data", "text", "k"]): value(depth - 1) for _ in range(rng.randrange(5))}

    for _ in range(300):
        text = json.dumps({"content": [value(4) for _ in range(4)]}, ensure_ascii=rng.random() < 0.5)
        cutter, raw = JsonCutter(is_lines=True), text.encode()
        out, at = bytearray(), 0
        while at < len(raw):
            size = rng.randrange(1, 60)
            out += cutter.feed(raw[at : at + size])
            at += size
        if not cutter.is_beyond:
            json.loads(out)


def test_fifty_megabytes_pass_in_little_memory() -> None:
    piece = ("0123456789abcdé\\n" * 4_000).encode()
    cutter = JsonCutter(is_lines=True)
    tracemalloc.start()
    began, out = time.perf_counter(), 0
    out += len(cutter.feed(b'{"text":"'))
    for _ in range(50_000_000 // len(piece)):
        out += len(cutter.feed(piece))
    out += len(cutter.feed(b'"}\n'))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert out < cutting.MAX_TEXT_BYTES + 200
    assert peak < 5_000_000
    print(f"{time.perf_counter() - began:.2f} s")
