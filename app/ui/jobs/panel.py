"""The panel with the list of jobs: it floats above the status bar, covers no rail and dims nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.jobs.job_list import JobList
from app.ui.jobs.rows import JobRow
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.labels import ElidedLabel, PanelTitle
from app.ui.widgets.panel import Divider, Panel

WIDTH, MAX_HEIGHT = 592, 676
"""In logical pixels, without the shadow. It is as high as its rows need, and smaller where the window is."""
_SHADOW = 8
_LOWEST = 240


class JobsPanel(Retranslated):
    """The list, what is used of the limits, and Pause all.

    Signals:
        opened, closed: it was shown, or hidden.
        pause_all_wanted: the button was pressed; `resume_all_wanted` while it is named so.
        retranslated: the language changed, so rows have to be shown again.
    """

    opened = Signal()
    closed = Signal()
    pause_all_wanted = Signal()
    resume_all_wanted = Signal()
    retranslated = Signal()
    floats = True
    """It lies above the focus ring of what is below it."""

    def __init__(self, window: QWidget, area: QWidget) -> None:
        """`area` is the part of the window in whose lower right corner the panel is shown, below its notices."""
        super().__init__(area.parentWidget())
        self._window, self._area = window, area
        self._return_to: QWidget | None = None
        self._resumes = False
        self._panel = Panel()
        self._panel.set_shadow(_SHADOW)
        self._title = PanelTitle()
        self._limits = ElidedLabel(size=Type.CONTROL, ink="text2")
        self.pause_all = GhostButton("", Icon.PAUSE)
        self.close_button = IconButton(Icon.CLOSE, "")
        self._header = QWidget()
        header = QHBoxLayout(self._header)
        header.setContentsMargins(Space.S16, Space.S12, Space.S8, Space.S12)
        header.setSpacing(Space.S8)
        header.addWidget(self._title)
        header.addWidget(self._limits, 1)
        header.addWidget(self.pause_all)
        header.addWidget(self.close_button)
        self.list = JobList()
        self._empty = EmptyState(Icon.LIST, "")
        self._panel.body.addWidget(self._header)
        self._panel.body.addWidget(Divider())
        self._content = EmptyStateContainer(self.list, self._empty)
        self._panel.body.addWidget(self._content, 1)
        self.list.overlay.setParent(self._content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        self.pause_all.clicked.connect(self._pause_or_resume)
        self.close_button.clicked.connect(self.close_panel)
        theme().changed.connect(self._place)
        area.installEventFilter(self)
        self.hide()
        self.retranslate()

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[JobRow]) -> None:
        """Show the jobs."""
        self.list.show_rows(rows)
        if self.isVisible():
            self._place(grow=True)

    def show_limits(self, text: str) -> None:
        """Show what is used of the limits; empty if nothing goes on."""
        self._limits.setText(text)

    def show_pause_all(self, *, resumes: bool, enabled: bool) -> None:
        """Set whether the button pauses or resumes all jobs."""
        self._resumes = resumes
        if not enabled and self.pause_all.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pause_all.setEnabled(enabled)
        self._name_pause_all()

    # -- opening and closing --------------------------------------------------------------------------------------

    def open_panel(self) -> None:
        """Show the panel and take the focus, also if it is shown already."""
        if not self.isVisible():
            self._return_to = self._window.focusWidget()
            self.show()
            self._place()
            self.raise_()
            self.opened.emit()
        self.list.select_first()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle(self) -> None:
        """Close the panel if it is shown, else open it."""
        if self.isVisible():
            self.close_panel()
        else:
            self.open_panel()

    def close_panel(self) -> None:
        """Hide the panel; the focus returns to where it was if it is in here."""
        if not self.isVisible():
            return
        focused = self._window.focusWidget()
        was_inside = focused is None or focused is self or self.isAncestorOf(focused)
        target, self._return_to = self._return_to, None
        # It may have been removed meanwhile, such as a message.
        if was_inside and target is not None and isValid(target) and target.isVisible() and target.isEnabled():
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.closed.emit()

    # -- details --------------------------------------------------------------------------------------------------

    def _pause_or_resume(self) -> None:
        (self.resume_all_wanted if self._resumes else self.pause_all_wanted).emit()

    def _place(self, *, grow: bool = False) -> None:
        """Take the place above the status bar. With `grow`, never become lower: rows end all the time."""
        if not self.isVisible():
            return
        room = self._area.geometry().adjusted(Space.S8, Space.S8, -Space.S8, 0)
        width = min(theme().px(WIDTH) + 2 * _SHADOW, room.width())
        self.setFixedWidth(width)
        chrome = 2 * (_SHADOW + 1) + self._header.sizeHint().height() + 1 + Space.S8
        self.list.resize(width - 2 * _SHADOW - 2, self.list.height())
        rows = self.list.content_height() if self.list.jobs.rowCount() else self._empty.sizeHint().height()
        height = min(max(chrome + rows, theme().px(_LOWEST)), theme().px(MAX_HEIGHT) + 2 * _SHADOW)
        height = min(max(height, self.height() if grow else 0), room.height())
        self.setGeometry(room.right() + 1 - width, room.bottom() + 1 - height, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        title = QCoreApplication.translate("Jobs", "Jobs")
        self._title.setText(title)
        self.close_button.set_name(QCoreApplication.translate("Jobs", "Close jobs"))
        self.list.retranslate(
            title,
            QCoreApplication.translate("Jobs", "Clear"),
            QCoreApplication.translate("Jobs", "Clear finished jobs"),
        )
        self._empty.set_words(
            QCoreApplication.translate("Jobs", "Takes and other work for the service are listed here while they go on.")
        )
        self._name_pause_all()
        self.retranslated.emit()

    def _name_pause_all(self) -> None:
        if self._resumes:
            self.pause_all.setText(QCoreApplication.translate("Jobs", "Resume all"))
        else:
            self.pause_all.setText(QCoreApplication.translate("Jobs", "Pause all"))
        self.pause_all.set_glyph(Icon.PLAY if self._resumes else Icon.PAUSE)
