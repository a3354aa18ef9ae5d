"""From a job to the view it was begun in, and to the session it belongs to."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.composition.jobs import _open_session, _show_job
from app.core.errors import Code, StorageError
from app.core.jobs import Job
from app.core.settings import Settings
from app.ui.studio.view import StudioView
from app.ui.voices.view import VoicesView
from app.ui.widgets.notifications import Notification, Notifier
from app.ui.window import Window


class Sessions:
    """Sessions of which one exists, known only after they were read."""

    def __init__(self) -> None:
        self.known: list[str] = []
        self.opened: list[str] = []

    def get(self, session_id: str) -> str | None:
        return session_id if session_id in self.known else None

    async def load(self) -> None:
        await asyncio.sleep(0)
        self.known.append("there")

    def open(self, session_id: str) -> None:
        if session_id not in self.known:
            raise StorageError(Code.NOT_KEPT)
        self.opened.append(session_id)


def services(sessions: Sessions) -> Any:
    return SimpleNamespace(audio_services=lambda: SimpleNamespace(sessions=sessions))


@pytest.mark.parametrize(("origin", "tab"), [("design", 0), ("clone", 1)])
def test_a_voice_is_shown_on_its_tab(qtbot: QtBot, origin: str, tab: int) -> None:
    window = Window(Settings(), Notifier())
    qtbot.addWidget(window)
    voices = VoicesView(Settings())
    voices.tabs.setCurrentIndex(2)
    window.add_view("chat", QWidget)
    window.add_view("voices", lambda: voices)
    window.show_view("chat")
    _show_job(window, services(Sessions()), Notifier(), Job("j", "takes", origin))
    assert window.current == "voices"
    assert voices.tabs.currentIndex() == tab


@pytest.mark.parametrize("shows_grid", [False, True])
async def test_a_session_is_opened_also_before_the_studio_was(shows_grid: bool) -> None:
    sessions, notifier, studio = Sessions(), Notifier(), StudioView(Settings())
    pressed: list[str] = []
    studio.text.grid.clicked.connect(lambda: pressed.append("grid"))
    window = SimpleNamespace(view={"studio": studio}.__getitem__)
    await _open_session(cast(Any, window), services(sessions), notifier, "there", shows_grid=shows_grid)
    assert sessions.opened == ["there"]
    assert pressed == ["grid"] * shows_grid


async def test_a_session_that_is_gone_is_said_to_be() -> None:
    notifier, notices = Notifier(), list[Notification]()
    notifier.listen(notices.append)
    nothing = cast(Any, SimpleNamespace(view=QWidget))
    await _open_session(nothing, services(Sessions()), notifier, "gone", shows_grid=True)
    assert [notice.kind for notice in notices] == ["bad"]
