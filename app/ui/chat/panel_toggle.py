"""The toggles of the side panel: its tabs while it is open, icons in the header of the chat while it is closed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.themed import paint_box

_TAB_HEIGHT = 48
_UNDERLINE = 2


class PanelToggle(GhostButton):
    """Shows or hides one page of the side panel. It is one control in both places, so that its name is unique."""

    def __init__(self, icon: Icon) -> None:
        self._page_icon = icon
        self._is_tab = False
        super().__init__("", icon)
        self.setCheckable(True)

    def set_name(self, name: str) -> None:
        """Set the text of the tab, the accessible name and, for the icon, the tooltip."""
        self.setAccessibleName(name)
        self._show()

    def show_as_tab(self, is_tab: bool) -> None:
        """Look like a tab of the open panel, or like an icon in the header of the chat."""
        self._is_tab = is_tab
        self._show()

    def _show(self) -> None:
        name = self.accessibleName()
        self.set_glyph(None if self._is_tab else self._page_icon)
        self.setText(name if self._is_tab else "")
        self.setToolTip("" if self._is_tab else name)
        # The tab's own ring surrounds its text.
        self.ring_radius = None if self._is_tab else Radius.CONTROL
        self.weight = Type.MEDIUM if self._is_tab else Type.REGULAR
        self.text_size = Type.BODY if self._is_tab else Type.CONTROL
        self.restyle()

    def sizeHint(self) -> QSize:
        if not self._is_tab:
            return super().sizeHint()
        return QSize(self._words_width() + theme().px(Space.S16), theme().px(_TAB_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_tab:
            super().paintEvent(event)
            return
        painter, colours = QPainter(self), theme()
        area = QRectF(self.rect())
        ink = "text" if self.isChecked() or self.hot() else "text2"
        self.paint_content(painter, area, ink)
        words = self._words_width()
        left = area.center().x() - words / 2
        if self.isChecked():
            line = QRectF(left, area.bottom() - _UNDERLINE, words, _UNDERLINE)
            painter.fillRect(line, colours.colour("accent"))
        if self.hasFocus():
            tall = colours.px(24)
            ring = QRectF(left - Space.S6, area.center().y() - tall / 2, words + 2 * Space.S6, tall)
            paint_box(painter, ring, Radius.BADGE, None, colours.colour("accent"), RING)
