"""How the parts of a take meet: with a pause behind a sentence, without a click, and where subtitles expect them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.core.subtitles import subtitles
from app.services.speech.generation import AUDIBLE_AMPLITUDE
from tests.services.speech.test_part_joining import FRAMES, Parts, part_desk
from tests.services.speech.test_take_jobs import LINE
from tests.waiting import wait_until

LOUD = 6_000
PAUSE, FADE = 4_800, 120
"""Frames: 0.2 s and 5 ms."""


def tone(frames: int = FRAMES, *, before: int = 0, after: int = 0) -> bytes:
    """A sound that begins and ends loud, between silences."""
    loud = LOUD * np.cos(np.arange(frames) / 9)
    soft = np.linspace(0, 1, 100)
    if before:
        loud[:100] *= soft
    if after:
        loud[-100:] *= soft[::-1]
    return np.concatenate([np.zeros(before), loud, np.zeros(after)]).astype("<i2").tobytes()


@pytest.mark.parametrize(
    ("texts", "first", "second", "pause"),
    [
        (("One.", "Two."), tone(), tone(), PAUSE),
        (("一。", "二。"), tone(), tone(), PAUSE),
        (("“One!”", "Two."), tone(after=1_200), tone(before=1_200), PAUSE - 2_400),
        (("One? [sighs]", "Two."), tone(after=PAUSE), tone(), 0),
        (("One.", "Two."), tone(), tone(before=9_000), 0),
        (("One.", "Two."), tone(), tone(60), PAUSE),
        (("One,", "two."), tone(), tone(), 0),
        (("One", "two."), tone(after=40), tone(before=40), 0),
    ],
)
async def test_parts_meet_with_a_pause_behind_a_sentence_and_without_a_click(
    tmp_path: Path, texts: tuple[str, str], first: bytes, second: bytes, pause: int
) -> None:
    service = Parts(*texts)
    service.sounds = dict(zip(texts, (first, second), strict=True))
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request(*texts))
        heard, left, right = (np.frombuffer(it, "<i2").astype(int) for it in (at.sound(take), first, second))
        start = take.parts[1].start
        # The last frames of a fade can't be heard and are part of the pause.
        assert pause - 3 <= start - len(left) <= pause and len(heard) == start + len(right)
        assert [part.frames for part in take.parts] == [len(left), len(right)]
        assert not heard[len(left) : start].any()
        # Away from the seam nothing is changed, nor at the ends of the take.
        assert (heard[: len(left) - FADE] == left[:-FADE]).all() and heard[0] == left[0]
        assert (heard[start + FADE :] == right[FADE:]).all()
        assert len(right) <= FADE or heard[-1] == right[-1]
        assert np.abs(np.diff(heard[len(left) - FADE : start + FADE])).max() <= LOUD // 8, "no click"
        assert left[-1] or (heard[: len(left)] == left).all(), "a silent end is not faded"
        assert right[0] or (heard[start:] == right).all(), "a silent beginning is not faded"


async def test_speaking_a_part_again_neither_adds_to_a_pause_nor_fades_twice(tmp_path: Path) -> None:
    service = Parts("One.", "Two.", "Three.")
    service.sounds = dict.fromkeys(("One.", "Two.", "Three."), tone())
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request("One.", "Two.", "Three."))
        again = await at.ended(at.parts.redo(take, {1}, number=2, title="again", owner="s"))
        assert at.sound(again) == at.sound(take)
        assert [(part.start, part.frames) for part in again.parts] == [(part.start, part.frames) for part in take.parts]


async def test_subtitles_follow_the_seams_and_not_the_pauses_between_parts(tmp_path: Path) -> None:
    texts = ("One.", "Two.", "Three,", "four.")
    service = Parts(*texts)
    service.sounds = dict.fromkeys(texts, tone(24_000))
    async with part_desk(tmp_path, service) as at:
        take = await at.ended(at.request(*texts))
        cues = subtitles(take).cues
        assert [cue.lines for cue in cues] == [(text,) for text in texts]
        heard = np.abs(np.frombuffer(at.sound(take), "<i2").astype(int)) > AUDIBLE_AMPLITUDE
        for cue in cues:
            start, end = cue.start * 24, cue.end * 24
            # A millisecond is 24 frames, and fades of 5 ms can't be heard at their outer end.
            assert heard[start : start + 240].any() and heard[end - 240 : end].any()
        for before, after in pairwise(cues):
            silence = heard[before.end * 24 + 24 : after.start * 24 - 24]
            assert not silence.any()
        pauses = [after.start - before.end for before, after in pairwise(cues)]
        assert pauses == [pytest.approx(200, abs=1), pytest.approx(200, abs=1), 0]
        assert cues[-1].end == pytest.approx(take.frames / 24, abs=1)


async def test_a_paragraph_ends_with_a_pause_whatever_its_last_mark(tmp_path: Path) -> None:
    service = Parts("A heading", "and more")
    async with part_desk(tmp_path, service) as at:
        spec = msgspec.structs.replace(LINE, text="A heading\n\nand more", number=1)
        take = await at.ended(at.parts.request(spec, ("A heading", "and more"), title="a job", owner="s"))
        start = take.parts[1].start
        assert start > FRAMES and len(at.sound(take)) == 2 * (start + FRAMES)


async def test_what_may_be_the_end_of_a_part_is_held_back_until_more_comes(tmp_path: Path) -> None:
    service = Parts("b")
    service.sounds = dict.fromkeys("ab", tone())
    async with part_desk(tmp_path, service) as at:
        take = at.request("a", "b")
        service.gate("a first").set()
        await wait_until(lambda: at.known(take) == FRAMES // 2 - FADE)
        service.gate("a second").set()
        made = await at.ended(take)
        heard = np.frombuffer(at.sound(made), "<i2")
        assert (heard[: FRAMES - FADE] == np.frombuffer(tone(), "<i2")[:-FADE]).all()
