"""A sound library that would end the process is reported instead."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.audio import portaudio
from app.core.errors import AudioError, Code


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA is Linux's")
def test_a_library_that_aborts_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    run = subprocess.run

    def aborting(command: list[str], **options: object) -> object:
        return run([*command[:2], "import os; os.write(2, b'assertion failed'); os.abort()"], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(portaudio.subprocess, "run", aborting)
    monkeypatch.setattr(portaudio, "loaded", lambda: False)
    with pytest.raises(AudioError) as caught:
        portaudio.load()
    assert caught.value.code is Code.NO_PORTAUDIO
    assert caught.value.params["message"] == "assertion failed"
