"""What a real device (a PulseAudio null sink) plays is what was requested."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import numpy as np
import pytest

from app.audio.player import Player
from app.audio.player_state import PlayerState
from app.audio.resampling import resample
from app.audio.source import FixedSource, TakeSource
from app.core.errors import Code
from tests.audio.disturbance import open_stream, undisturbed
from tests.audio.signals import FADE, Samples, gaps_in, level_db, noise, offset_of, pcm16, without_gaps
from tests.plugins.sound_harness import RATE, SoundDesk

EDGE = round(FADE * RATE) + 1


@asynccontextmanager
async def playing_on(device: str = "pulse/out") -> AsyncIterator[Player]:
    player = Player(device=device, open_stream=open_stream)
    try:
        yield player
    finally:
        await asyncio.to_thread(player.close)


async def until(player: Player, holds: Callable[[PlayerState], bool], seconds: float = 15.0) -> PlayerState:
    reached = asyncio.get_running_loop().create_future()

    def told(state: PlayerState) -> None:
        if holds(state) and not reached.done():
            reached.set_result(state)

    end = player.watch(told)
    try:
        told(player.state)
        return await asyncio.wait_for(reached, seconds)
    finally:
        end()


async def reaches(player: Player, frame: int) -> None:
    """Wait until playback reaches a frame, however slow the machine."""
    async with asyncio.timeout(20):
        while player.position < frame:
            await asyncio.sleep(0.005)


async def to_the_end(player: Player) -> PlayerState:
    await until(player, lambda state: state.status in ("playing", "waiting"))
    return await until(player, lambda state: state.status == "ended")


@undisturbed
async def test_a_complete_sound_plays_unchanged_except_for_its_fades(sound_desk: SoundDesk) -> None:
    sound = noise(1.0, RATE)
    async with playing_on() as player:
        with sound_desk.recording() as heard:
            player.play(FixedSource(sound, RATE))
            state = await to_the_end(player)
    start = offset_of(sound, heard.left)
    body = heard.left[start : start + len(sound)]
    assert np.abs(body - sound)[EDGE:-EDGE].max() < 2e-4
    assert np.abs(body[:EDGE]).max() <= np.abs(sound[:EDGE]).max()
    assert abs(body[0]) < 1e-3 and abs(body[-1]) < 1e-3
    assert not np.abs(heard.left[:start]).any() and not np.abs(heard.left[start + len(sound) :]).any()
    assert np.array_equal(heard.samples[:, 0], heard.samples[:, 1])
    assert state.position == len(sound) and state.underruns == 0


async def feed_in_time(source: TakeSource, sound: Samples, schedule: list[tuple[float, int]]) -> None:
    """Feed pieces of given sizes at given intervals in seconds; a late piece does not delay the next."""
    content, position, moment = pcm16(sound), 0, time.monotonic()
    for wait, size in schedule:
        moment += wait
        await asyncio.sleep(max(0.0, moment - time.monotonic()))
        source.feed(content[position : position + size])
        position += size
    source.feed(content[position:])
    source.finish()


def assert_whole_and_in_order(sound: Samples, heard: Samples, level: float = 0.1) -> int:
    """Assert that everything was played in order with only silence between; returns the number of gaps."""
    expected = resample(sound[:, None], 24_000, RATE)[:, 0]
    loud = np.flatnonzero(np.abs(heard) > 1e-6)
    sounded, seams = without_gaps(heard[loud[0] : loud[-1] + 1], RATE)
    assert abs(len(sounded) - len(expected)) <= 8 + 4 * len(seams), "lost or doubled frames"
    shift = offset_of(expected, np.concatenate([np.zeros(64, np.float32), sounded])) - 64
    assert abs(shift) <= 8
    aligned = np.roll(sounded, -shift)[: len(expected)]
    away_from_seams = np.ones(len(aligned), np.bool_)
    for seam in (0, *seams, len(aligned)):
        away_from_seams[max(0, seam - 2 * EDGE) : seam + 2 * EDGE] = False
    kept, wanted = aligned[away_from_seams], expected[: len(aligned)][away_from_seams]
    assert abs(level_db(kept) - level_db(wanted)) < level
    assert level_db(kept - wanted) < level_db(wanted) - 35
    return len(seams)


STEADY = 4_800
"""Bytes of 0.1 s."""

PROFILES: dict[str, tuple[float, list[tuple[float, int]], int]] = {
    # name: seconds of sound, schedule, maximum number of audible gaps
    "fast with stalls inside the lead": (3.0, [(0, 9600 * 4), (0.2, 9600 * 4), (0.5, 9600 * 4)], 0),
    "one giant block": (2.0, [(0.1, 96_000)], 0),
    "odd bytes": (2.0, [(0.01, size) for size in [1, 3, 4801, 7, 9601] * 9], 0),
    "ends early": (0.2, [(0, 4_801)], 1),
    "stalls 0.2 s": (2.5, [(0, 9600)] + [(0.09, STEADY)] * 8 + [(0.4, STEADY)] + [(0.09, STEADY)] * 12, 3),
    "stalls 1 s": (2.5, [(0, 9600)] + [(0.09, STEADY)] * 8 + [(1.2, STEADY)] + [(0.09, STEADY)] * 12, 3),
    "stalls 5 s": (2.0, [(0, 9600)] + [(0.09, STEADY)] * 5 + [(5.2, STEADY)] + [(0.09, STEADY)] * 12, 3),
    "jitter": (3.0, [(0, 9600)] + [(wait, STEADY) for wait in (0.02, 0.18, 0.05, 0.13, 0.01, 0.2, 0.1) * 4], 4),
}


@pytest.mark.parametrize("names", [list(PROFILES)[:4], list(PROFILES)[4:]], ids=["calm", "stalls"])
@undisturbed
async def test_a_streaming_take_plays_completely_however_it_arrives(sound_desk: SoundDesk, names: list[str]) -> None:
    async def listen(name: str, sink: str) -> None:
        seconds, schedule, most_gaps = PROFILES[name]
        sound = noise(seconds, 24_000, seed=len(name))
        source = TakeSource()
        async with playing_on(f"pulse/{sink}") as player:
            player.play(source)
            await feed_in_time(source, sound, schedule)
            state = await to_the_end(player)
            assert state.position == len(sound), name
            results[name] = state.underruns, sound, most_gaps

    results: dict[str, tuple[int, Samples, int]] = {}
    sinks = ("out", "out2", "out3", "out4")
    with (
        sound_desk.recording("out") as out,
        sound_desk.recording("out2") as out2,
        sound_desk.recording("out3") as out3,
        sound_desk.recording("out4") as out4,
    ):
        await asyncio.gather(*(listen(name, sink) for name, sink in zip(names, sinks, strict=True)))
    for name, heard in zip(names, (out, out2, out3, out4), strict=True):
        underruns, sound, most_gaps = results[name]
        gaps = assert_whole_and_in_order(sound, heard.left)
        assert gaps <= most_gaps, name
        assert underruns <= most_gaps, name


@undisturbed
async def test_pause_resume_and_seek_are_exact(sound_desk: SoundDesk) -> None:
    sound = noise(3.0, RATE, seed=3)
    async with playing_on() as player:
        with sound_desk.recording() as heard:
            player.play(FixedSource(sound, RATE))
            await reaches(player, RATE * 4 // 10)
            player.pause()
            paused = await until(player, lambda state: state.status == "paused")
            await asyncio.sleep(0.3)
            assert player.position == paused.position
            player.resume()
            await reaches(player, paused.position + RATE * 3 // 10)
            player.seek(2 * RATE)
            await until(player, lambda state: state.status == "ended")
    pieces = [heard.left[slice(*piece)] for piece in sounding_pieces(heard.left)]
    assert len(pieces) == 2
    first, rest = pieces
    assert abs(len(first) - paused.position) <= 2
    assert np.abs(first - sound[: len(first)])[EDGE:-EDGE].max() < 2e-4
    # The first frame of a fade-in and the last of a fade-out may be indistinguishable from silence.
    resumed, sought = sound[paused.position + EDGE :][:9000], sound[2 * RATE + EDGE : -EDGE]
    start, landed = offset_of(resumed, rest), offset_of(sought, rest)
    assert abs(start - EDGE) <= 2 and abs(len(rest) - EDGE - len(sought) - landed) <= 2
    assert np.abs(rest[start : start + len(resumed)] - resumed).max() < 2e-4
    assert np.abs(rest[landed : landed + len(sought)] - sought).max() < 2e-4
    # Between them the old sound cross-fades into the new one, without a gap or a step.
    assert not gaps_in(rest, RATE, 0.001)


def sounding_pieces(heard: Samples) -> list[tuple[int, int]]:
    gaps = gaps_in(heard, RATE)
    edges = [0] + [edge for gap in gaps for edge in gap] + [len(heard)]
    pieces = zip(edges[::2], edges[1::2], strict=True)
    return [(first, last) for first, last in pieces if last - first > 10]


@undisturbed
async def test_switching_takes_keeps_the_playhead(sound_desk: SoundDesk) -> None:
    one, other = noise(2.0, RATE, seed=4), noise(2.0, RATE, seed=5)
    async with playing_on() as player:
        with sound_desk.recording() as heard:
            player.play(FixedSource(one, RATE))
            await reaches(player, RATE // 2)
            player.switch(FixedSource(other, RATE), gain_db=-6.0)
            await to_the_end(player)
    start = offset_of(one[: RATE // 3], heard.left)
    body = heard.left[start : start + len(one)]
    differs = np.abs(body - one) > 2e-4
    differs[:EDGE] = False
    turn = int(np.flatnonzero(differs)[0])
    half = np.float32(10 ** (-6 / 20))
    assert np.abs(body[turn + EDGE : -EDGE] - other[turn + EDGE : -EDGE] * half).max() < 2e-4
    assert turn >= RATE // 2


@undisturbed
async def test_volume_is_the_cube_of_the_slider_and_never_clicks(sound_desk: SoundDesk) -> None:
    tone = (0.5 * np.sin(2 * np.pi * 200 * np.arange(RATE) / RATE)).astype(np.float32)
    async with playing_on() as player:
        with sound_desk.recording() as heard:
            player.play(FixedSource(tone, RATE))
            await reaches(player, RATE // 4)
            player.volume = 0.5
            await to_the_end(player)
    first, last = heard.sounding()
    assert level_db(heard.left[last - 9600 : last - 600]) - level_db(tone) == pytest.approx(-18.06, abs=0.1)
    assert np.abs(np.diff(heard.left[first + EDGE : last - EDGE])).max() < 0.5 * 2 * np.pi * 200 / RATE * 1.05


async def test_silence_takes_effect_within_50_ms(sound_desk: SoundDesk) -> None:
    """The fastest of three attempts counts, because a loaded machine may delay the thread."""
    sound = noise(4.0, RATE, seed=7)
    late = []
    for _ in range(3):
        async with playing_on() as player:
            with sound_desk.recording() as heard:
                player.play(FixedSource(sound, RATE))
                await reaches(player, RATE // 2)
                position = player.heard
                player.silence()
                await until(player, lambda state: state.status == "idle")
        first, last = heard.sounding()
        late.append((last - first - position) / RATE)
    assert min(late) < 0.05 + 0.04  # the null sink itself buffers some milliseconds


@undisturbed
async def test_a_lost_device_pauses_and_playback_continues_on_another(sound_desk: SoundDesk) -> None:
    module = sound_desk.add_sink("headphones")
    sound = noise(4.0, RATE, seed=8)
    async with playing_on("pulse/headphones") as player:
        player.play(FixedSource(sound, RATE))
        await reaches(player, RATE // 5)
        sound_desk.pactl("unload-module", module)
        player.devices_changed()
        lost = await until(player, lambda state: state.status == "paused")
        assert lost.error is not None and lost.error.code is Code.DEVICE_LOST
        assert lost.error.params["device"] == "headphones"
        with sound_desk.recording() as heard:
            player.set_device(None)
            player.resume()
            await reaches(player, lost.position + RATE // 2)
            player.stop()
            await until(player, lambda state: state.status == "idle")
    first, _ = heard.sounding()
    expected = sound[lost.position : lost.position + 9600]
    start = offset_of(expected, heard.left)
    assert abs(start - first) <= 3
    assert np.abs(heard.left[start + EDGE : start + 9600] - expected[EDGE:]).max() < 2e-4


LONGEST_HOLD = 0.06
"""Seconds that a program may hold the interpreter lock while sound plays."""


async def test_a_busy_program_causes_no_gap(sound_desk: SoundDesk) -> None:
    """Sorting holds the interpreter lock throughout, as laying out a long document does.

    A gap is only excused when the machine was so loaded that the lock was held for longer than is allowed; then it is
    tried again with less to sort.
    """
    sound = noise(2.0, RATE, seed=11)
    numbers = np.random.default_rng(1).permutation(200_000).tolist()
    for _ in range(5):
        held = []
        async with playing_on() as player:
            with sound_desk.recording() as heard:
                player.play(FixedSource(sound, RATE))
                await until(player, lambda state: state.started_at is not None)
                while player.state.status == "playing":
                    begun = time.monotonic()
                    sorted(numbers)
                    held.append(time.monotonic() - begun)
                    await asyncio.sleep(0.005)
        start = offset_of(sound, heard.left)
        body = heard.left[start : start + len(sound)]
        if len(body) == len(sound) and np.abs(body - sound)[EDGE:-EDGE].max() < 2e-4:
            break
        assert max(held) > LONGEST_HOLD, "a gap, and nothing held the lock for long"
        numbers = numbers[: len(numbers) * 2 // 3]
    else:
        pytest.fail("never heard whole")
    assert max(held) > 0.01
