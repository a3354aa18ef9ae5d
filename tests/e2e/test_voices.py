"""The two ways to a voice through the accessibility tree: designed and kept, and cloned from a sample and saved."""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.core.resources import resource_path
from tests.e2e.window import Window

PATIENCE_SECONDS = 20.0


def test_a_voice_is_designed_and_one_is_cloned(start_workbench: Callable[[], Window], tmp_path: Path) -> None:
    window = start_workbench()
    window.find("Voices", "check box", timeout=PATIENCE_SECONDS).press()
    window.find("Voice description", "text", timeout=PATIENCE_SECONDS).set_text("An old man, hoarse and slow.")
    window.find("Preview text", "text").set_text("The ferry leaves at nine.")
    window.find("Candidates", "spin button").set_value(1)
    window.find("Design voice", "push button").press()
    candidates = window.find("Candidate takes", "list", timeout=PATIENCE_SECONDS)
    candidates.find(beginning="Candidate 1", timeout=PATIENCE_SECONDS)
    keep = window.find("Keep voice", "push button")
    window.find("Voice name", "text").set_text("Grandpa Zhou")
    keep.wait_for(lambda button: button.enabled, timeout=PATIENCE_SECONDS).press()
    window.find("Speak it with the kept voice", "push button", timeout=PATIENCE_SECONDS)
    window.find("Library").press()
    window.find("Saved voices", "list").find(beginning="Grandpa Zhou", timeout=PATIENCE_SECONDS)

    window.find("Clone").press()
    window.find("Sample file", "text").set_text(str(quiet_sample(tmp_path / "quiet.wav")))
    checks = window.find("Sample checks", "list")
    checks.find(beginning="Level, look", timeout=PATIENCE_SECONDS)
    window.find("Fix Level", "push button").press()
    checks.find(beginning="Level, good", timeout=PATIENCE_SECONDS)
    assert window.find("Undo fixes", "push button").enabled and window.has("Undo Level", "push button")
    window.find("The speaker has agreed", "check box").press()
    window.find("Voice name", "text").set_text("Keeper")
    window.find("Save voice", "push button").press()
    window.find(beginning="“Keeper” is in the library.", timeout=PATIENCE_SECONDS)
    assert not window.find("Clone", "push button").enabled
    window.find("Speak with this voice", "push button").press()
    window.find("Clone", "push button").wait_for(lambda play: play.enabled, timeout=PATIENCE_SECONDS)
    window.find("Library").press()
    window.find("Saved voices", "list").find(beginning="Keeper", timeout=PATIENCE_SECONDS)


def quiet_sample(path: Path) -> Path:
    """Write the example sample, but too quiet, and return its path."""
    with wave.open(str(resource_path("samples", "lighthouse.wav"))) as example, wave.open(str(path), "wb") as quiet:
        quiet.setparams(example.getparams())
        samples = np.frombuffer(example.readframes(example.getnframes()), "<i2")
        quiet.writeframes((samples // 8).astype("<i2").tobytes())
    return path
