"""What the presenters of the pages share: their parts, and work that fails in words."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.core.errors import WorkbenchError
from app.core.settings import PRESENTATION_MODE
from app.ui.settings.ports import SettingsDependencies
from app.ui.texts.errors import words


class PagePresenter(QObject):
    """Lets a page act. Lives as long as its page."""

    def __init__(self, page: QObject, dependencies: SettingsDependencies) -> None:
        super().__init__(page)
        self.dependencies = dependencies

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any] | None:
        """Own this work; what fails of it is said. None once the end has begun: devices may still come and go then."""
        if self.dependencies.tasks.closed:
            work.close()
            return None
        task = self.dependencies.tasks.spawn(self._run_and_report(work), "settings")
        # One that is cancelled before its first step never gets to the work, which would be missed then.
        task.add_done_callback(lambda _task: work.close())
        return task

    async def _run_and_report(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except WorkbenchError as error:
            self.dependencies.notifier.fail(str(words(error)), replace="settings")

    @property
    def presenting(self) -> bool:
        """Whether names, places and keys are not to be seen."""
        return self.dependencies.settings.get(PRESENTATION_MODE)


def open_address(address: str) -> None:
    """Show a page in the browser; the person saw its address before."""
    QDesktopServices.openUrl(QUrl(address))
