"""The guided tour runs in the real window and produces screenshots, audio files and a report."""

from __future__ import annotations

import json
import subprocess
import wave
from pathlib import Path

from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import workbench


def test_tour_completes_all_steps(desktop: VirtualDesktop, tmp_path: Path) -> None:
    folder = tmp_path / "tour"
    command = [*workbench("--demo", home=tmp_path / "home"), "--tour", str(folder)]
    done = subprocess.run(command, env=desktop.environment, capture_output=True, text=True, timeout=300)
    report = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    assert [step["seen"] for step in report["steps"] if not step["ok"]] == []
    assert report["ok"] is True
    assert done.returncode == 0
    assert report["seconds"] >= sum(step["seconds"] for step in report["steps"]) * 0.99
    assert [step["name"] for step in report["steps"]] == [
        "chat", "speak", "design", "clone", "settings", "dark", "chinese",
    ]  # fmt: skip
    files = [folder / name for step in report["steps"] for name in step["files"]]
    assert all(path.stat().st_size > 1_000 for path in files)
    sounds = [path for path in files if path.suffix == ".wav"]
    assert len(sounds) == 3
    for path in sounds:
        with wave.open(str(path)) as sound:
            assert sound.getframerate() == 24_000
            assert sound.getnframes() > 24_000
            frames = memoryview(sound.readframes(sound.getnframes())).cast("h")
            assert max(frames) > 1_000
