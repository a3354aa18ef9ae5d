"""A recording is kept until another one is made, and leaves no file behind at the end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.core.errors import AudioError, Code
from app.services.speech import kept_recording
from app.services.speech.kept_recording import KeptRecording
from tests.services.speech.test_dictation import Microphone, noise


def spoken(seconds: float) -> Microphone:
    """A microphone that has heard something for so long."""
    microphone = Microphone(noise(seconds, -20))
    microphone.frames = round(seconds * microphone.rate)
    return microphone


async def test_a_recording_is_kept_until_the_next_is_there_and_deleted_at_the_end(tmp_path: Path) -> None:
    microphone = spoken(1.0)
    recording = KeptRecording(microphone, tmp_path)
    await recording.start()
    assert recording.is_recording and recording.path is None
    assert await recording.stop() == (None, False)
    first = recording.path
    assert first is not None and first.is_file() and not recording.is_recording
    await recording.start()
    assert first.is_file(), "it can still be recognised if nothing comes of the new one"
    await recording.stop()
    assert not first.exists() and recording.path is not None and recording.path.is_file()
    await recording.start()
    await recording.aclose()
    assert microphone.stopped == 3 and list(tmp_path.iterdir()) == []


async def test_what_was_recorded_before_is_kept_when_nothing_comes_of_the_next(tmp_path: Path) -> None:
    microphone = spoken(1.0)
    recording = KeptRecording(microphone, tmp_path)
    await recording.start()
    await recording.stop()
    kept, microphone.frames = recording.path, 0
    await recording.start()
    with pytest.raises(AudioError) as empty:
        await recording.stop()
    assert empty.value.code is Code.SOUND_EMPTY

    async def refuse(path: Path) -> None:
        await start(path)
        raise AudioError(Code.NO_INPUT)

    start, microphone.start = microphone.start, refuse  # type: ignore[method-assign]
    with pytest.raises(AudioError) as refused:
        await recording.start()
    assert refused.value.code is Code.NO_INPUT
    assert recording.path == kept and kept is not None and kept.is_file()
    assert list(tmp_path.iterdir()) == [kept.parent], "no empty folder is left"


@pytest.mark.parametrize(("code", "stopped"), [(Code.ALREADY_RECORDING, 0), (Code.FILE_NOT_WRITTEN, 1)])
async def test_a_recording_of_another_view_goes_on(tmp_path: Path, code: Code, stopped: int) -> None:
    microphone = spoken(1.0)

    async def refuse(path: Path) -> None:
        await start(path)
        raise AudioError(code)

    start, microphone.start = microphone.start, refuse  # type: ignore[method-assign]
    with pytest.raises(AudioError):
        await KeptRecording(microphone, tmp_path).start()
    assert microphone.stopped == stopped and list(tmp_path.iterdir()) == []


async def test_it_ends_on_its_own_when_it_is_as_long_as_it_may_be_or_the_microphone_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    microphone = spoken(1.0)
    recording = KeptRecording(microphone, tmp_path)
    await recording.start()
    meter = recording.meter
    assert meter.seconds == pytest.approx(1.0, abs=0.1) and not meter.has_ended
    monkeypatch.setattr(kept_recording, "MAX_RECORDING_MINUTES", 1 / 60)
    assert recording.meter.has_ended
    monkeypatch.setattr(kept_recording, "MAX_RECORDING_MINUTES", 60)
    microphone.state.error = AudioError(Code.MICROPHONE_LOST, device="desk mic")
    assert recording.meter.has_ended
    end = await recording.stop()
    assert end.error is not None and end.error.code is Code.MICROPHONE_LOST
    assert recording.path is not None, "what was said before is there"
    assert np.isfinite(meter.level)
    await recording.aclose()
