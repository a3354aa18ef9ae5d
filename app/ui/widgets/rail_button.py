"""A button of the navigation rail."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, RAIL, Radius, Space, Type
from app.ui.widgets.painted_button import Look, PaintedButton
from app.ui.widgets.themed import paint_box, paint_shadow


class RailButton(PaintedButton):
    """The button of a view: an icon above its name, exclusive among its siblings. `set_busy` marks work in progress."""

    text_size = Type.TINY
    weight = Type.REGULAR
    icon_size = 20
    ring_radius = Radius.ROW

    _WIDTH = 60
    _HEIGHT = 54

    def __init__(self, text: str, icon: Icon, parent: QWidget | None = None) -> None:
        self._busy = self._is_listening = False
        super().__init__(text, icon, parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._uncheck_siblings)

    def nextCheckState(self) -> None:
        """Stay checked when pressed again: its view is already shown."""
        self.setChecked(True)

    def _uncheck_siblings(self, on: bool) -> None:
        # Qt's autoExclusive would also do this, but turns the buttons into radio buttons in the accessibility tree.
        parent = self.parentWidget()
        if on and parent is not None:
            for other in parent.findChildren(RailButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if other is not self:
                    other.setChecked(False)

    def set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.update()

    def set_listening(self, is_listening: bool) -> None:
        """Show or remove the mark of the open microphone."""
        if is_listening != self._is_listening:
            self._is_listening = is_listening
            self.update()

    @property
    def busy(self) -> bool:
        return self._busy

    def sizeHint(self) -> QSize:
        words = self._words_width() + Space.S8
        return QSize(
            min(max(theme().px(self._WIDTH), words), max(RAIL, theme().px(RAIL)) - 8), theme().px(self._HEIGHT)
        )

    def look(self) -> Look:
        colours = theme()
        if self.isChecked():
            return Look(colours.colour("surface"), None, "accent")
        if self.isDown() or self.hot():
            return Look(colours.colour("sunken"), None, "text")
        return Look(None, None, "text2")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self.look()
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        area = QRectF(self.rect())
        if self.isChecked():
            area.adjust(2, 1, -2, -3)
            paint_shadow(painter, area, Radius.ROW, 2)
        paint_box(painter, area, Radius.ROW, look.fill, look.line)
        side = theme().px(self.icon_size)
        words_tall = QFontMetrics(self.font()).height()
        top = area.top() + (area.height() - side - 3 - words_tall) / 2
        assert self._icon is not None
        self.paint_glyph(painter, self._icon, look.ink, area.center().x() - side / 2, top + side / 2)
        painter.setFont(self.font())
        painter.setPen(theme().colour(look.ink))
        words = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(
            QRectF(area.left(), top + side + 3, area.width(), words_tall), Qt.AlignmentFlag.AlignCenter, words
        )
        if self._is_listening:
            mark = theme().px(18)
            spot = QRectF(area.right() - mark, area.top(), mark, mark)
            paint_box(painter, spot, mark / 2, theme().colour("bad"))
            glyph = pixmap(Icon.MIC, "surface", 12, self.devicePixelRatioF())
            inset = (mark - theme().px(12)) / 2
            painter.drawPixmap(spot.topLeft() + QPointF(inset, inset), glyph)
        elif self._busy:
            dot = theme().px(7)
            spot = QRectF(area.center().x() + side / 2 - dot / 3, top - dot / 4, dot, dot)
            paint_box(painter, spot, dot / 2, theme().colour("accent"))
