"""The rail on the left: one button per view."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RAIL, Radius, Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.themed import paint_box

VIEWS = ("chat", "studio", "voices", "settings")
_ICONS = {"chat": Icon.CHAT, "studio": Icon.STUDIO, "voices": Icon.VOICES, "settings": Icon.SETTINGS}


class AppLogo(QWidget):
    """The workbench's own mark: an M on the accent colour. Not Xiaomi's logo."""

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
    """Chooses the view.

    Signals:
        chosen: name of a view, one of `VIEWS`.
        palette_wanted: the command palette is to open.
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
        self.buttons = {view: RailButton("", _ICONS[view]) for view in VIEWS}
        for view, button in self.buttons.items():
            if view == "settings":
                column.addStretch(1)
                column.addWidget(self._palette, alignment=Qt.AlignmentFlag.AlignHCenter)
            button.clicked.connect(lambda _=False, view=view: self.chosen.emit(view))
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        theme().changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def _resize(self) -> None:
        self.setFixedWidth(max(RAIL, theme().px(RAIL)))

    def show_view(self, view: str) -> None:
        """Mark `view` as the one that is shown."""
        self.buttons[view].setChecked(True)

    def set_busy(self, view: str, busy: bool) -> None:
        """Mark that work goes on in a view that may not be shown."""
        self.buttons[view].set_busy(busy)

    def retranslate(self) -> None:
        self._palette.set_name(QCoreApplication.translate("Rail", "Command palette"))
        self._palette.setToolTip(f"{self._palette.accessibleName()}  Ctrl+K")
        names = {
            "chat": QCoreApplication.translate("Rail", "Chat"),
            "studio": QCoreApplication.translate("Rail", "Studio"),
            "voices": QCoreApplication.translate("Rail", "Voices"),
            "settings": QCoreApplication.translate("Rail", "Settings"),
        }
        for number, (view, name) in enumerate(names.items(), start=1):
            self.buttons[view].setText(name)
            self.buttons[view].setAccessibleName(name)
            self.buttons[view].setToolTip(f"{name}  Ctrl+{number}")
