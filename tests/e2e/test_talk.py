"""Talk through the accessibility tree: a virtual microphone is spoken into, and the answer is spoken."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np

from tests.audio.signals import noise
from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import with_service
from tests.e2e.window import Window

RATE = 48_000


def speak(window: Window, seconds: float, folder: Path) -> subprocess.Popen[bytes]:
    """Speak into the microphone; it is a quiet room before and after, which the null sink plays 2 s late at first."""
    room = noise(3.0, RATE, level=0.0005, seed=1)
    path = folder / "said.raw"
    path.write_bytes(np.concatenate([room, noise(seconds, RATE, level=0.1, seed=2), room]).astype("<f4").tobytes())
    command = ["pacat", "--device=micsink", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=1", str(path)]
    return window.desktop.start(command)


def test_a_turn_is_spoken_and_heard_and_escape_silences(start_workbench: StartProgram, tmp_path: Path) -> None:
    window = with_service(start_workbench())
    window.find("Message", "text").set_text("typed before")
    window.find("Talk", "check box").press()
    window.find(beginning="Listening", role="label", timeout=30)
    assert "the microphone is open" in window.all_text()
    speak(window, 1.0, tmp_path)
    window.find(beginning="Speaking", role="label", timeout=40)
    window.key("Escape")
    window.find(beginning="Silent", role="label", timeout=10)
    assert "the microphone is open" not in window.all_text()
    answer = window.find("MiMo 1", "panel", timeout=30)
    assert answer.find("Answer", timeout=30).text.startswith("I heard you")
    answer.find("Play takes", "push button", timeout=20)
    window.find("Type instead", "push button").press()
    assert window.find("Message", "text").text == "typed before", "what was typed is there"
