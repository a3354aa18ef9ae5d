"""The navigation rail at the left edge of the window: one button per view."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RAIL, Radius, Space, Type
from app.ui.view_spec import ViewSpec
from app.ui.views import VIEWS
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.themed import paint_box


class AppLogo(QWidget):
    """The logo of the workbench: an M on the accent colour. Not Xiaomi's logo."""

    _SIDE = 34

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setFixedSize(theme().px(self._SIDE), theme().px(self._SIDE))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), Radius.ROW, theme().colour("accent"))
        painter.setFont(theme().font(Type.BODY, 700))
        painter.setPen(theme().colour("on_accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "M")


class NavigationRail(Retranslated):
    """Buttons that switch between the views.

    Signals:
        chosen: name of the view whose button was clicked.
        palette_wanted: the command palette button was clicked.
    """

    chosen = Signal(str)
    palette_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S8, 14, Space.S8, 14)
        column.setSpacing(Space.S6)
        column.addWidget(AppLogo(), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(Space.S12)
        self._palette = IconButton(Icon.COMMAND, "", side=36)
        self._palette.clicked.connect(self.palette_wanted)
        self.buttons = {view.name: RailButton("", view.icon) for view in VIEWS}
        self._busy: set[str] = set()
        self._listening = ""
        self._with_jobs: frozenset[str] = frozenset()
        for view in VIEWS:
            if not view.at_foot:
                column.addWidget(self._button(view), alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        column.addWidget(self._palette, alignment=Qt.AlignmentFlag.AlignHCenter)
        for view in VIEWS:
            if view.at_foot:
                column.addWidget(self._button(view), alignment=Qt.AlignmentFlag.AlignHCenter)
        theme().changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def _button(self, view: ViewSpec) -> RailButton:
        button = self.buttons[view.name]
        button.clicked.connect(lambda: self.chosen.emit(view.name))
        return button

    def _resize(self) -> None:
        self.setFixedWidth(max(RAIL, theme().px(RAIL)))

    def show_view(self, view: str) -> None:
        """Check the button of the view that is shown."""
        self.buttons[view].setChecked(True)

    def set_busy(self, view: str, busy: bool) -> None:
        """Show on the button whether the view is working, whether or not it is the one shown."""
        self._busy = self._busy | {view} if busy else self._busy - {view}
        self._show_work(view)

    def set_views_with_jobs(self, views: Collection[str]) -> None:
        """Show on the buttons of these views that jobs go on that were begun there."""
        changed = self._with_jobs ^ frozenset(views)
        self._with_jobs = frozenset(views)
        for view in changed & self.buttons.keys():
            self._show_work(view)

    def set_microphone_open(self, view: str, is_open: bool) -> None:
        """Mark the button of the view that listens while the microphone is open."""
        before, self._listening = self._listening, view if is_open else ""
        for each in {before, self._listening} - {""}:
            self._show_work(each)

    def _show_work(self, view: str) -> None:
        busy, listens = view in self._busy or view in self._with_jobs, view == self._listening
        self.buttons[view].set_busy(busy)
        self.buttons[view].set_listening(listens)
        words = [QCoreApplication.translate("Rail", "the microphone is open")] if listens else []
        words += [QCoreApplication.translate("Rail", "working")] if busy else []
        self.buttons[view].setAccessibleDescription(", ".join(words))

    def retranslate(self) -> None:
        self._palette.set_name(QCoreApplication.translate("Rail", "Command palette"))
        self._palette.setToolTip(f"{self._palette.accessibleName()}  Ctrl+K")
        for view in VIEWS:
            button, label = self.buttons[view.name], view.label()
            button.setText(label)
            button.setAccessibleName(label)
            button.setToolTip(f"{label}  {view.shortcut}")
            self._show_work(view.name)
