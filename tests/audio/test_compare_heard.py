"""A flip between two takes as a real device plays it: at the same spot, at its own level, without gap or click."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np

from app.composition.audio_adapter import audio
from app.core.wav import wav_header
from app.services.speech.playback import Playback
from app.storage.blobs import Blobs
from tests.audio.disturbance import undisturbed
from tests.audio.signals import FADE, Samples, gaps_in, level_db, noise, offset_of, pcm16
from tests.audio.test_player_heard import playing_on, reaches, sounding_pieces, until
from tests.plugins.sound_harness import RATE, SoundDesk

EDGE = round(FADE * RATE) + 1
GAINS = {"one": -1.5, "other": -6.0}
FLIPS = (0.5, 0.9, 1.3)
"""Seconds of the take at which it is flipped."""


def put(blobs: Blobs, sound: Samples) -> str:
    content = pcm16(sound)
    return blobs.put(wav_header(RATE, len(content)) + content)


@undisturbed
async def test_flips_keep_the_spot_and_the_level_without_gap_or_click(sound_desk: SoundDesk, tmp_path: Path) -> None:
    sounds = {"one": noise(2.0, RATE, seed=21), "other": noise(2.0, RATE, level=0.3, seed=22)}
    blobs = Blobs(tmp_path)
    digests = {key: put(blobs, sound) for key, sound in sounds.items()}
    async with playing_on() as player:
        playback = Playback(player, blobs, audio())
        with sound_desk.recording() as heard:
            await playback.play_blob("one", digests["one"], GAINS["one"])
            for key, seconds in zip(("other", "one", "other"), FLIPS, strict=True):
                await reaches(player, round(seconds * RATE))
                await playback.switch_blob(key, digests[key], GAINS[key])
            assert playback.key == "other"
            await until(player, lambda state: state.status == "ended")
        playback.close()
    played = {key: sound * np.float32(10 ** (GAINS[key] / 20)) for key, sound in sounds.items()}
    start = offset_of(played["one"][: RATE // 3], heard.left)
    body = heard.left[start : start + 2 * RATE]
    # Every sample is that of one of the two takes at this very spot, apart from the cross-fades of 5 ms.
    matches = {key: np.abs(body - sound) < 2e-4 for key, sound in played.items()}
    either = matches["one"] | matches["other"]
    either[:EDGE] = either[-EDGE:] = True
    assert np.count_nonzero(~either) <= len(FLIPS) * (EDGE + 2)
    assert not gaps_in(body, RATE, 0.001)
    # In each stretch only one take is heard, in turn, at its own level.
    edges = [0, *(round(seconds * RATE) for seconds in FLIPS), 2 * RATE]
    for index, key in enumerate(("one", "other", "one", "other")):
        middle = slice(edges[index] + RATE // 5, edges[index + 1] - EDGE)
        if middle.stop - middle.start > EDGE:
            assert matches[key][middle].all(), f"stretch {index}"
            assert abs(level_db(body[middle]) - level_db(played[key][middle])) < 0.05
    # A click would be a step larger than any within the two takes.
    largest = max(np.abs(np.diff(sound)).max() for sound in played.values())
    assert np.abs(np.diff(body)).max() <= 1.5 * largest


@undisturbed
async def test_paused_a_flip_stays_silent_and_goes_on_at_the_spot(sound_desk: SoundDesk, tmp_path: Path) -> None:
    sounds = {"one": noise(2.0, RATE, seed=23), "other": noise(2.0, RATE, seed=24)}
    blobs = Blobs(tmp_path)
    digests = {key: put(blobs, sound) for key, sound in sounds.items()}
    async with playing_on() as player:
        playback = Playback(player, blobs, audio())
        with sound_desk.recording() as heard:
            await playback.play_blob("one", digests["one"])
            await reaches(player, RATE // 2)
            playback.pause()
            await until(player, lambda state: state.status == "paused")
            spot = playback.position
            await playback.switch_blob("other", digests["other"], -6.0)
            assert not playback.playing and playback.position == spot and playback.key == "other"
            await asyncio.sleep(0.3)
            playback.toggle()
            await until(player, lambda state: state.status == "playing")
            await until(player, lambda state: state.status == "ended")
        playback.close()
    first, second = (heard.left[slice(*piece)] for piece in sounding_pieces(heard.left))
    rest = sounds["other"][round(spot * RATE / 1000) :] * np.float32(10 ** (-6 / 20))
    assert np.abs(first - sounds["one"][: len(first)])[EDGE:-EDGE].max() < 2e-4
    assert abs(len(second) - len(rest)) <= 2
    size = min(len(second), len(rest))
    assert np.abs(second[:size] - rest[:size])[EDGE:-EDGE].max() < 2e-4
