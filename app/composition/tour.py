"""Connects the guided tour to the services."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.resources import resource_path

if TYPE_CHECKING:
    from app.composition.container import ServiceContainer
    from app.core.takes import Take
    from app.ui.window import Window


async def run_tour(
    window: Window, folder: Path, services: ServiceContainer, *, set_language: Callable[[str], None]
) -> bool:
    """Run the tour and write its report and pictures into `folder`. Returns whether every step succeeded."""
    from app.ui.theme.theme import theme
    from app.ui.tour import Tour

    audio = services.audio_services()
    takes: dict[str, Take] = {}
    audio.speech.on_take.subscribe(lambda take: takes.__setitem__(take.id, take))

    async def save_sound(take: Take, path: Path) -> None:
        sound = await asyncio.to_thread(services.database.blobs.read, take.audio)
        await asyncio.to_thread(path.write_bytes, sound)

    def playback_error() -> str:
        error = audio.player.state.error
        return str(error.code) if error is not None else ""

    tour = Tour(
        window,
        folder,
        takes=lambda: list(takes.values()),
        playback=audio.playback,
        save_sound=save_sound,
        set_theme=lambda mode: theme().set_mode(mode),  # type: ignore[arg-type]
        set_language=set_language,
        sample=resource_path("samples", "lighthouse.wav"),
        playback_error=playback_error,
    )
    await tour.run()
    return tour.ok
