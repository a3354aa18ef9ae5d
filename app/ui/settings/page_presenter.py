"""The base of the page presenters: runs tasks and reports their errors."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.core.settings import PRESENTATION_MODE
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.settings.ports import SettingsDependencies


class PagePresenter(QObject):
    """Connects a page to the services. Lives as long as its page.

    Attributes:
        show_error: shows an error as a notification.
        spawn: runs a coroutine as a task and shows its error.
    """

    def __init__(self, page: QObject, dependencies: SettingsDependencies) -> None:
        super().__init__(page)
        self.dependencies = dependencies
        self.show_error = in_notification(dependencies.notifier, "settings")
        self.spawn = ReportedTasks(dependencies.tasks, "settings", self.show_error).spawn

    @property
    def presenting(self) -> bool:
        """Whether presentation mode is on."""
        return self.dependencies.settings.get(PRESENTATION_MODE)


def open_address(address: str) -> None:
    """Open an address in the browser. The page shows the address beforehand."""
    QDesktopServices.openUrl(QUrl(address))
