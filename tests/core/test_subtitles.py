"""Subtitles: cues with the times of the parts, readable lines, and both file formats."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import msgspec
import pytest

from app.core.subtitles import Cue, subtitles, to_srt, to_webvtt
from app.core.takes import Take, TakePart, VoiceSnapshot

RATE = 24_000
TAKE = Take("t", VoiceSnapshot("builtin", "Mia", "Mia"), state="done", rate=RATE)
LONG = (
    "The ferry leaves at nine, and nobody waits for those who sleep too long, because the river is quiet then and the "
    "old men on the quay have nothing else to look at."
)
CHINESE = "街口那个老周啊，媳妇走得早，一个人拉扯俩娃，白天在码头上扛包，晚上还要给孩子们缝补衣裳。"


def joined(*parts: tuple[str, float], **errors: str) -> Take:
    """A take whose parts have texts and lengths in seconds; `part1="cut"` sets the error of the second."""
    made, start = [], 0
    for place, (text, seconds) in enumerate(parts):
        frames = round(seconds * RATE)
        made.append(TakePart(text, start, frames, errors.get(f"part{place}", "")))
        start += frames
    return msgspec.structs.replace(TAKE, parts=tuple(made), frames=start)


def alone(text: str, seconds: float, **fields: object) -> Take:
    return msgspec.structs.replace(TAKE, text=text, frames=round(seconds * RATE), **fields)


def words(cues: tuple[Cue, ...]) -> str:
    return " ".join(" ".join(cue.lines) for cue in cues)


def tenths(line: str) -> int:
    """The width of a line in tenths of a Latin letter."""
    return sum(21 if unicodedata.east_asian_width(letter) in "WF" else 10 for letter in line)


def test_cues_begin_at_the_seams_of_the_parts() -> None:
    found = subtitles(joined(("(warm)The ferry leaves.", 2.5), ("Nobody [sigh] waits.", 3.25), ("[laugh]", 1.0)))
    assert found.cues == (Cue(0, 2_500, ("The ferry leaves.",)), Cue(2_500, 5_750, ("Nobody waits.",)))
    assert not found.is_estimated


def test_a_part_without_sound_is_left_out_and_later_ones_keep_their_times() -> None:
    found = subtitles(joined(("One.", 2.0), ("Two.", 0.0), ("Three.", 1.5), part1="bad-request"))
    assert [(cue.start, cue.end, *cue.lines) for cue in found.cues] == [(0, 2_000, "One."), (2_000, 3_500, "Three.")]


def test_of_a_part_that_broke_off_only_what_was_spoken_is_shown() -> None:
    sentences = "This was spoken in full here. But this one never was at all."
    found = subtitles(joined((sentences, 10.0), (sentences, 4.0), (sentences, 10.0), part1="connection-lost"))
    second = [cue for cue in found.cues if 10_000 <= cue.start < 14_000]
    assert [cue.lines for cue in second] == [("This was spoken in full here.",)]
    assert second[-1].end <= 14_000 and found.cues[-1].end == 24_000


def test_a_take_without_parts_is_estimated() -> None:
    found = subtitles(alone(f"(平静){CHINESE}{CHINESE}", 20.0))
    assert found.is_estimated and len(found.cues) > 2
    assert found.cues[0].start == 0 and found.cues[-1].end == 20_000
    assert words(subtitles(alone("Sent.", 2.0, spoken="Polished.")).cues) == "Polished."


@pytest.mark.parametrize("take", [alone("Words.", 0.0), alone("[sigh]", 2.0), joined(("Words.", 0.0))])
def test_without_sound_or_words_there_are_no_cues(take: Take) -> None:
    assert subtitles(take).cues == ()


@pytest.mark.parametrize(
    "text",
    [
        LONG * 3, CHINESE * 3, "word " * 200, "字" * 400, "x" * 500,
        "https://example.org/" + "a" * 300, "e\u0301" * 300,
        "I said 你好 to the 老周, 然后 he said nothing at all for a very long while 因为他累了。",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_lines_are_short_and_nothing_is_lost(text: str) -> None:
    cues = subtitles(alone(text, 60.0)).cues
    assert len(cues) > 1 or len(text) < 100
    for cue in cues:
        assert 1 <= len(cue.lines) <= 2 and all(line == line.strip() and line for line in cue.lines)
        shown = [unicodedata.normalize("NFC", line) for line in cue.lines]
        assert all(tenths(line) <= 420 for line in shown)
    assert words(cues).replace(" ", "") == text.replace(" ", "")
    assert all(one.end == other.start and one.start < one.end for one, other in pairwise(cues))


def test_cues_end_after_clauses_and_share_time_in_proportion() -> None:
    cues = subtitles(alone(LONG, 30.0)).cues
    assert cues[0].lines == ("The ferry leaves at nine, and nobody", "waits for those who sleep too long,")
    lengths = [sum(map(len, cue.lines)) for cue in cues]
    assert [cue.end - cue.start for cue in cues] == pytest.approx(
        [30_000 * length / sum(lengths) for length in lengths], rel=0.05
    )
    assert [line[-1] for cue in subtitles(alone(CHINESE, 12.0)).cues for line in cue.lines] == ["，", "，", "，", "。"]


def test_short_sentences_share_a_cue_only_when_they_would_flash_by() -> None:
    assert len(subtitles(alone("No. Yes. Perhaps.", 12.0)).cues) == 3
    assert [cue.lines for cue in subtitles(alone("No. Yes. Perhaps.", 1.2)).cues] == [("No. Yes. Perhaps.",)]
    assert [cue.lines for cue in subtitles(alone("不。是的。", 0.8)).cues] == [("不。是的。",)]


def test_brackets_that_are_no_tags_stay() -> None:
    assert words(subtitles(alone("Room (12) is free. <style>calm</style>", 3.0)).cues) == "Room (12) is free."


def test_both_formats() -> None:
    cues = (Cue(0, 1_234, ("One & <two>", "lines")), Cue(3_661_001, 3_662_000, ("三。",)))
    assert to_srt(cues) == (
        "1\n00:00:00,000 --> 00:00:01,234\nOne & <two>\nlines\n\n2\n01:01:01,001 --> 01:01:02,000\n三。\n"
    )
    assert to_webvtt(cues) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.234\nOne &amp; &lt;two&gt;\nlines\n\n01:01:01.001 --> 01:01:02.000\n三。\n"
    )
