"""Buttons: the one primary action, the others, quiet ones, icons, play, and the rail's."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, DISABLED_OPACITY, RAIL, Radius, Space, Type
from app.ui.widgets.themed import Themed, paint_box, paint_shadow, set_font


class Look(NamedTuple):
    """How a button is drawn in its present state; `ink` names the token of words and icon."""

    fill: QColor | None
    line: QColor | None
    ink: str


class PaintedButton(Themed, QPushButton):
    """A push button that paints itself: icon, then words. Subclasses say how they look in each state."""

    text_size: int = Type.CONTROL
    weight: int = Type.MEDIUM
    icon_size: int = 16
    base_height: int = CONTROL_HEIGHT
    padding: int = 14
    gap: int = 7
    fades = True
    """Whether it is drawn faint while disabled."""

    def __init__(self, text: str = "", icon: Icon | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.follow_theme()

    def glyph(self) -> Icon | None:
        return self._icon

    def set_glyph(self, icon: Icon | None) -> None:
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    def restyle(self) -> None:
        set_font(self, theme().font(self.text_size, self.weight))
        self.updateGeometry()
        self.update()

    def look(self) -> Look:
        raise NotImplementedError

    def hot(self) -> bool:
        """Whether the pointer is over an enabled button."""
        return self.isEnabled() and self.underMouse()

    def sizeHint(self) -> QSize:
        tall = theme().px(self.base_height)
        wide = theme().px(2 * self.padding)
        if self._icon is not None:
            wide += theme().px(self.icon_size)
        if self.text():
            wide += self._words_width() + (theme().px(self.gap) if self._icon is not None else 0)
        return QSize(max(wide, tall), tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _words_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = self.look()
        if self.fades and not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        area = QRectF(self.rect())
        paint_box(painter, area, min(float(self.ring_radius or 0), area.height() / 2), look.fill, look.line)
        self.paint_content(painter, area, look.ink)

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        glyph_side = theme().px(self.icon_size) if self._icon is not None else 0
        gap = theme().px(self.gap) if glyph_side and self.text() else 0
        room = area.width() - glyph_side - gap - 2 * Space.S4
        metrics = QFontMetrics(self.font())
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(0, int(room) + 1))
        wide = glyph_side + gap + metrics.horizontalAdvance(words)
        left = area.left() + (area.width() - wide) / 2
        if self._icon is not None:
            self.paint_glyph(painter, self._icon, ink, left, area.center().y())
        painter.setFont(self.font())
        painter.setPen(theme().colour(ink))
        words_area = QRectF(left + glyph_side + gap, area.top(), area.right() - left - glyph_side - gap, area.height())
        painter.drawText(words_area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def paint_glyph(self, painter: QPainter, icon: Icon, ink: str, left: float, middle: float) -> None:
        ratio = self.devicePixelRatioF()
        side = theme().px(self.icon_size)
        # On whole device pixels, or the strokes blur.
        x = round(left * ratio) / ratio
        y = round((middle - side / 2) * ratio) / ratio
        painter.drawPixmap(QRectF(x, y, side, side).topLeft(), pixmap(icon, ink, self.icon_size, ratio))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class PrimaryButton(PaintedButton):
    """The one thing to do in a view."""

    fades = False

    def look(self) -> Look:
        colours = theme()
        if not self.isEnabled():
            # Faded accent would be unreadable: a button that cannot be pressed gives up its colour.
            return Look(colours.mixed("line", "surface", 0.3), None, "text3")
        if self.isDown():
            fill = colours.mixed("accent", "text", 0.2)
        elif self.hot():
            fill = colours.mixed("accent", "text", 0.1)
        else:
            fill = colours.colour("accent")
        return Look(fill, None, "on_accent")


class Button(PaintedButton):
    """An ordinary action; with `setCheckable(True)` it shows that it is on."""

    def look(self) -> Look:
        colours = theme()
        if self.isChecked():
            return Look(colours.colour("soft"), colours.colour("soft"), "soft_text")
        if self.isDown():
            return Look(colours.colour("sunken"), colours.colour("wave"), "text")
        if self.hot():
            return Look(colours.colour("raised"), colours.colour("wave"), "text")
        return Look(colours.colour("surface"), colours.colour("line"), "text")


class GhostButton(PaintedButton):
    """A quiet action: words, perhaps an icon, no frame until the pointer is there."""

    weight = Type.REGULAR
    base_height = 30
    padding = 9
    gap = 6

    def __init__(
        self, text: str = "", icon: Icon | None = None, parent: QWidget | None = None, *, ink: str = "text2"
    ) -> None:
        self._ink = ink
        super().__init__(text, icon, parent)

    def set_ink(self, ink: str) -> None:
        self._ink = ink
        self.update()

    def look(self) -> Look:
        colours = theme()
        if self.isChecked():
            return Look(colours.colour("soft"), None, "soft_text")
        if self.isDown():
            return Look(colours.mixed("sunken", "text", 0.06), None, self._ink)
        if self.hot():
            return Look(colours.colour("sunken"), None, "text" if self._ink == "text2" else self._ink)
        return Look(None, None, self._ink)


class IconButton(GhostButton):
    """An icon alone, square or round. `name` is its accessible name and its tooltip."""

    padding = 7

    def __init__(
        self,
        icon: Icon,
        name: str,
        parent: QWidget | None = None,
        *,
        side: int = 30,
        round_shape: bool = False,
        ink: str = "text2",
    ) -> None:
        self.base_height = side
        self.padding = max(0, (side - self.icon_size) // 2)
        super().__init__("", icon, parent, ink=ink)
        if round_shape:
            self.ring_radius = side / 2
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)


class PrimaryIconButton(PrimaryButton):
    """The primary action as a square icon, such as Send."""

    def __init__(self, icon: Icon, name: str, parent: QWidget | None = None) -> None:
        super().__init__("", icon, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        side = theme().px(self.base_height)
        return QSize(side, side)


class PlayButton(PaintedButton):
    """A round button that plays or pauses; `set_playing` changes what it shows, not its name."""

    def __init__(self, name: str, parent: QWidget | None = None, *, side: int = 34) -> None:
        self.base_height = side
        self.padding = 0
        self.icon_size = 20 if side >= 40 else 16
        self._playing = False
        super().__init__("", Icon.PLAY, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def playing(self) -> bool:
        return self._playing

    def set_playing(self, playing: bool) -> None:
        self._playing = playing
        self.set_glyph(Icon.PAUSE if playing else Icon.PLAY)
        self.update()

    def restyle(self) -> None:
        self.ring_radius = theme().px(self.base_height) / 2
        super().restyle()

    def sizeHint(self) -> QSize:
        side = theme().px(self.base_height)
        return QSize(side, side)

    def look(self) -> Look:
        colours = theme()
        if self._playing:
            shade = 0.2 if self.isDown() else 0.1 if self.hot() else 0.0
            return Look(colours.mixed("accent", "text", shade), None, "on_accent")
        if self.isDown() or self.hot():
            return Look(colours.colour("raised"), colours.colour("accent"), "accent")
        return Look(colours.colour("surface"), colours.colour("line"), "text")


class RailButton(PaintedButton):
    """One of the rail's views: icon over its word, one of all beside it on. `set_busy` marks work going on in there."""

    text_size = Type.TINY
    weight = Type.REGULAR
    icon_size = 20
    ring_radius = Radius.ROW

    _WIDE = 60
    _TALL = 54

    def __init__(self, text: str, icon: Icon, parent: QWidget | None = None) -> None:
        self._busy = False
        super().__init__(text, icon, parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._step_in_front)

    def nextCheckState(self) -> None:
        """The view in front stays there when it is chosen again."""
        self.setChecked(True)

    def _step_in_front(self, on: bool) -> None:
        # Qt's auto-exclusive would do this too, but makes radio buttons of them in the accessibility tree.
        holder = self.parentWidget()
        if on and holder is not None:
            for other in holder.findChildren(RailButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
                if other is not self:
                    other.setChecked(False)

    def set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.update()

    @property
    def busy(self) -> bool:
        return self._busy

    def sizeHint(self) -> QSize:
        words = self._words_width() + Space.S8
        return QSize(min(max(theme().px(self._WIDE), words), max(RAIL, theme().px(RAIL)) - 8), theme().px(self._TALL))

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
        if self._busy:
            dot = theme().px(7)
            spot = QRectF(area.center().x() + side / 2 - dot / 3, top - dot / 4, dot, dot)
            paint_box(painter, spot, dot / 2, theme().colour("accent"))
