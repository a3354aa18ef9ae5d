"""Chips and badges: short texts in a rounded box."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CHIP_HEIGHT, Radius, Type
from app.ui.widgets.painted_button import Look, PaintedButton
from app.ui.widgets.themed import Themed, paint_box, set_font

Kind = Literal["neutral", "good", "warn", "bad", "tool", "thinking", "accent"]

KIND_ICONS: dict[Kind, Icon] = {
    "neutral": Icon.INFO,
    "good": Icon.CHECK,
    "warn": Icon.WARNING,
    "bad": Icon.ERROR,
    "tool": Icon.TOOL,
    "thinking": Icon.THINKING,
    "accent": Icon.INFO,
}


def kind_tokens(kind: Kind) -> tuple[str, str]:
    """The tokens of the text colour and the background of a kind."""
    if kind == "neutral":
        return "text2", "sunken"
    if kind == "accent":
        return "soft_text", "soft"
    return kind, f"{kind}_soft"


class Chip(PaintedButton):
    """A small pill: a checkable option, or an action. `lead` is a short prefix in another colour, such as a number.

    With `set_compact` it shows only its icon, and a few letters if there are any to keep.
    """

    text_size = Type.SMALL
    weight = Type.REGULAR
    base_height = CHIP_HEIGHT
    padding = 10
    gap = 6

    def __init__(
        self,
        text: str,
        icon: Icon | None = None,
        parent: QWidget | None = None,
        *,
        checkable: bool = True,
        lead: str = "",
    ) -> None:
        self._lead = lead
        self._compact_text: str | None = None
        self._can_shrink = False
        super().__init__(text, icon, parent)
        self.setCheckable(checkable)
        if lead:
            self.setAccessibleName(f"{lead} {text}")

    def allow_shrinking(self) -> None:
        """Let the layout make it as narrow as its icon."""
        self._can_shrink = True
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_compact(self, text: str | None) -> None:
        """Show the icon with this text in place of its own, which may be empty; None for its own again."""
        if text != self._compact_text:
            self._compact_text = text
            self.updateGeometry()
            self.update()

    def shown_text(self) -> str:
        return self.text() if self._compact_text is None else self._compact_text

    @property
    def saved_width(self) -> int:
        """Logical pixels by which it is narrower now than with its whole text."""
        return 0 if self._compact_text is None else self.saving(self._compact_text)

    def saving(self, text: str) -> int:
        """Logical pixels by which it would be narrower with this text, which may be empty, in place of its own."""
        bold = QFontMetrics(theme().font(self.text_size, Type.MEDIUM))
        gap = 0 if text else theme().px(self.gap)
        return bold.horizontalAdvance(self.text()) - bold.horizontalAdvance(text) + gap

    def restyle(self) -> None:
        self.ring_radius = theme().px(self.base_height) / 2
        super().restyle()
        self.checkStateSet()

    def checkStateSet(self) -> None:
        """Adjust the font: Qt calls this on every change of the check state, even with signals blocked."""
        super().checkStateSet()
        set_font(self, theme().font(self.text_size, Type.MEDIUM if self.isChecked() else Type.REGULAR))

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        # Reserve room for the heavier font of the checked state, so that nothing moves when it is toggled.
        heavy = QFontMetrics(theme().font(self.text_size, Type.MEDIUM)).horizontalAdvance(self.shown_text())
        extra = max(0, heavy - self._words_width()) + self._lead_width()
        return QSize(size.width() + extra, size.height())

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        icon_only = theme().px(2 * self.padding + self.icon_size)
        return QSize(min(size.width(), icon_only), size.height()) if self._can_shrink else size

    def look(self) -> Look:
        colours = theme()
        if self.isChecked():
            fill = colours.mixed("soft", "soft_text", 0.08) if self.hot() or self.isDown() else colours.colour("soft")
            return Look(fill, None, "soft_text")
        if self.isDown():
            return Look(colours.colour("sunken"), colours.colour("wave"), "text")
        if self.hot():
            return Look(colours.colour("raised"), colours.colour("wave"), "text")
        return Look(colours.colour("surface"), colours.colour("line"), "text2")

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        lead = self._lead_width()
        if not lead:
            super().paint_content(painter, area, ink)
            return
        left = area.left() + theme().px(self.padding)
        painter.setFont(theme().font(self.text_size, Type.SEMIBOLD))
        painter.setPen(theme().colour("tool"))
        painter.drawText(QRectF(left, area.top(), lead, area.height()), Qt.AlignmentFlag.AlignVCenter, self._lead)
        painter.setFont(self.font())
        painter.setPen(theme().colour(ink))
        words = QRectF(left + lead, area.top(), area.right() - left - lead - theme().px(self.padding), area.height())
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()) + 1)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def _lead_width(self) -> int:
        if not self._lead:
            return 0
        bold = QFontMetrics(theme().font(self.text_size, Type.SEMIBOLD))
        return bold.horizontalAdvance(self._lead) + theme().px(self.gap)


class Badge(Themed, QLabel):
    """A short text about a state, so that colour is never the only cue. `kind` sets the colour; `icon` is optional."""

    def __init__(
        self, text: str, kind: Kind = "neutral", icon: Icon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def set_kind(self, kind: Kind, text: str | None = None, icon: Icon | None = None) -> None:
        """Change the colour, and the text and the icon where they are given."""
        self._kind = kind
        self._icon = icon if icon is not None else self._icon
        if text is not None:
            self.setText(text)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: Icon | None) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    @property
    def kind(self) -> Kind:
        return self._kind

    def restyle(self) -> None:
        set_font(self, theme().font(Type.TINY, Type.MEDIUM))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        wide = metrics.horizontalAdvance(self.text()) + 2 * theme().px(7)
        if self._icon is not None:
            wide += theme().px(12) + theme().px(4)
        return QSize(wide, max(metrics.height() + 4, theme().px(19)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink, fill = kind_tokens(self._kind)
        area = QRectF(self.rect())
        paint_box(painter, area, Radius.BADGE, theme().colour(fill))
        left = area.left() + theme().px(7)
        if self._icon is not None:
            side = theme().px(12)
            spot = QRectF(left, area.center().y() - side / 2, side, side)
            painter.drawPixmap(spot.topLeft(), pixmap(self._icon, ink, 12, self.devicePixelRatioF()))
            left += side + theme().px(4)
        painter.setFont(self.font())
        painter.setPen(theme().colour(ink))
        painter.drawText(
            QRectF(left, area.top(), area.right() - left, area.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
