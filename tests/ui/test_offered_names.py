"""Every file name that is offered passes `file_name` and is new in its folder."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.core.settings import LAST_FOLDER, Settings
from app.ui import files


@pytest.mark.parametrize(
    ("given", "offered"),
    [
        ("When does the ●●●● leave?.md", "When does the leave.md"),
        ("AC/DC : take?.wav", "AC DC take.wav"),
        ("\u202egnp.wav", "gnp.wav"),
        ("茉" * 200 + ".md", "茉" * 39 + ".md"),
    ],
)
async def test_the_offered_name_is_valid_and_numbered(
    given: str, offered: str, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    class Dialog:
        def __init__(self, *_given: Any, saving: str) -> None:
            names.append(saving)

    async def none(_dialog: Any) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(files, "FileDialog", Dialog)
    monkeypatch.setattr(files, "_asked", none)
    settings = Settings()
    settings.set(LAST_FOLDER, str(tmp_path))
    for _ in range(3):
        await files.ask_to_save(None, "Export", "*", given, settings)  # type: ignore[arg-type]
        (tmp_path / names[-1]).write_bytes(b"")
    stem, dot, ending = offered.rpartition(".")
    assert names == [offered, f"{stem} 2{dot}{ending}", f"{stem} 3{dot}{ending}"]
