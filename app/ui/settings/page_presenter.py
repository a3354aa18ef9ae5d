"""The base of the page presenters: runs tasks and reports their errors."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.core.errors import WorkbenchError
from app.core.settings import PRESENTATION_MODE
from app.ui.settings.ports import SettingsDependencies
from app.ui.texts.errors import error_sentences


class PagePresenter(QObject):
    """Connects a page to the services. Lives as long as its page."""

    def __init__(self, page: QObject, dependencies: SettingsDependencies) -> None:
        super().__init__(page)
        self.dependencies = dependencies

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any] | None:
        """Run a coroutine and report its errors. Returns None during shutdown, when device events may still arrive."""
        if self.dependencies.tasks.closed:
            work.close()
            return None
        task = self.dependencies.tasks.spawn(self._run_and_report(work), "settings")
        # A task cancelled before its first step never awaits the coroutine: close it to avoid a warning.
        task.add_done_callback(lambda _task: work.close())
        return task

    async def _run_and_report(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except WorkbenchError as error:
            self.dependencies.notifier.error(partial(error_sentences, error), topic="settings")

    @property
    def presenting(self) -> bool:
        """Whether presentation mode is on."""
        return self.dependencies.settings.get(PRESENTATION_MODE)


def open_address(address: str) -> None:
    """Open an address in the browser. The page shows the address beforehand."""
    QDesktopServices.openUrl(QUrl(address))
