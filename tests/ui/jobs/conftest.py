"""The list of jobs in a window, on a queue in memory with calls that end when the test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.core.errors import Code, TransportError
from app.core.jobs import Job
from app.core.settings import Settings
from app.ui.jobs.actions import Action
from app.ui.jobs.assembly import add_jobs
from app.ui.jobs.panel import JobsPanel
from app.ui.jobs.presenter import JobsPresenter
from app.ui.jobs.rows import JobRow
from app.ui.widgets.notifications import Notification, Notifier
from app.ui.window import Window
from tests.services.jobs.conftest import QueueHarness


class JobsWindow:
    """A window with the list of jobs of a desk.

    Attributes:
        shown: the jobs that Show was pressed for.
        notices: everything that was posted.
    """

    def __init__(self, desk: QueueHarness) -> None:
        self.desk, self.queue = desk, desk.queue
        self.notifier = Notifier()
        self.notices: list[Notification] = []
        self.window = Window(Settings(), self.notifier)
        self.notifier.posted.connect(self.notices.append)
        self.view = QPushButton("View")
        self.window.add_view("chat", lambda: self.view)
        for name in ("studio", "voices", "settings"):
            self.window.add_view(name, QWidget)
        self.window.show_view("chat")
        self.window.resize(1440, 900)
        self.shown: list[Job] = []
        add_jobs(
            self.window, desk.queue, desk.tasks, self.notifier, service=lambda: desk.service,
            show_job=self.shown.append,
        )  # fmt: skip
        self.window.show()
        self.window.activateWindow()
        self.view.setFocus()

    @property
    def presenter(self) -> JobsPresenter:
        presenter = self.window.findChild(JobsPresenter)
        assert isinstance(presenter, JobsPresenter)
        return presenter

    @property
    def panel(self) -> JobsPanel:
        return self.presenter.panel

    @property
    def text(self) -> str:
        """The text of the button in the status bar."""
        self.presenter.refresh()
        return self.window.status.jobs.text()

    async def add(self, title: str, *subjects: str, origin: str = "studio", interactive: int = 0) -> str:
        job = Job("", "takes", origin=origin, title=title, model="tts")
        stored = await self.queue.add(job, subjects, interactive=interactive)
        await self.settle()
        return stored.id

    async def settle(self) -> None:
        await self.desk.settle()
        self.presenter.refresh()

    async def end(self, subject: str, error: TransportError | None = None, cost: float | None = 0.0) -> None:
        await self.desk.end(subject, error, cost)
        self.presenter.refresh()

    async def lose(self, subject: str) -> None:
        """End a call whose answer never came."""
        await self.end(subject, TransportError(Code.CONNECTION_LOST, sent=True))

    def open(self) -> JobsPanel:
        self.panel.open_panel()
        return self.panel

    def rows(self) -> list[JobRow]:
        return list(self.panel.list.jobs.rows())

    def row(self, job_id: str) -> JobRow:
        return next(row for row in self.rows() if row.key == job_id)

    def select(self, job_id: str) -> None:
        self.panel.list.select_key(job_id)

    def names(self) -> list[str]:
        """The accessible names of the buttons of the selected row."""
        return [
            button.accessibleName()
            for button in self.panel.list.buttons.values()
            if not button.isHidden() and button.isEnabled()
        ]

    async def press_key(self, action: Action) -> None:
        """Press the button of the selected row with the keyboard."""
        button = self.panel.list.buttons[action]
        assert button.isVisible() and button.isEnabled()
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        await self.settle()

    async def click(self, job_id: str, action: Action) -> None:
        """Click on the button of a row that is not selected, which is painted."""
        jobs = self.panel.list
        jobs.select_key(None)
        index = jobs._index_of(job_id)
        jobs.scrollTo(index)
        area = jobs._delegate.layout_of(index, jobs.visualRect(index)).buttons[action]
        QTest.mouseClick(jobs.viewport(), Qt.MouseButton.LeftButton, pos=area.center().toPoint())
        await self.settle()

    def centre(self, widget: QWidget) -> QPoint:
        return widget.mapTo(self.window, widget.rect().center())

    async def aclose(self) -> None:
        await self.desk.aclose()
        self.presenter._refresh_timer.stop()
        self.panel.close_panel()
        self.window.hide()
        self.window.deleteLater()


@pytest.fixture
async def jobs(application: QApplication) -> AsyncIterator[JobsWindow]:
    # Not `qtbot.addWidget`, which would delete the window before the calls have ended.
    made = JobsWindow(QueueHarness())
    yield made
    await made.aclose()
    assert not made.desk.reported
