"""A rating from 0 to 100, which is none until it was given."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.core.comparison import MAX_RATING
from app.ui.theme.theme import theme
from app.ui.widgets.slider import Slider
from app.ui.widgets.themed import paint_box

UNRATED = -1
"""The value of the slider while nothing was rated."""
_DIGITS = "0123456789"
_PAUSE_MS = 1_200
"""After the last digit; a second number that is typed later begins anew."""
_KNOB = 14
_TRACK = 4
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class RatingSlider(Slider):
    """The rating of the current take; -1 for none, which Delete gives back. Digits type a rating.

    What is typed is used after a pause, on Enter, and when the slider is left; Escape gives it up.

    Attributes:
        typed: the digits typed so far that are not used yet.

    Signals:
        typed_changed: `typed` changed.
    """

    typed_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.typed = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)
        self.setRange(UNRATED, MAX_RATING)
        self.setValue(UNRATED)
        self.setPageStep(10)

    def rating(self) -> int | None:
        return None if self.value() == UNRATED else self.value()

    def commit(self) -> None:
        """Use what was typed."""
        typed = self.typed
        self._set_typed("")
        if typed:
            self.setValue(int(typed))

    def forget(self) -> None:
        """Show no rating, and report none."""
        self._set_typed("")
        self.blockSignals(True)
        self.setValue(UNRATED)
        self.blockSignals(False)

    def _set_typed(self, typed: str) -> None:
        self._pause.stop()
        if typed != self.typed:
            self.typed = typed
            self.typed_changed.emit()
        if typed:
            self._pause.start()

    def _type(self, digit: str) -> None:
        """Add a digit; one that would lead beyond 100 is refused, in words."""
        typed = (self.typed + digit).lstrip("0") or "0"
        if int(typed) > MAX_RATING:
            refusal = QCoreApplication.translate("Compare", "A rating is a number from 0 to 100.")
            QToolTip.showText(self.mapToGlobal(QPoint(0, -3 * self.height())), refusal, self)
        else:
            self._set_typed(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type digits. Arrows begin in the middle; Delete takes the rating back."""
        key, digit = event.key(), event.text()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and digit in _DIGITS and digit:
            self._type(digit)
        elif self.typed and key == Qt.Key.Key_Escape:
            self._set_typed("")
        elif self.typed and key == Qt.Key.Key_Backspace:
            self._set_typed(self.typed[:-1])
        elif self.typed and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._set_typed("")
            self.setValue(UNRATED)
        elif key in _ARROWS:
            self.commit()
            self._step(event)
        else:
            super().keyPressEvent(event)

    def _step(self, event: QKeyEvent) -> None:
        if self.value() == UNRATED:
            self.setValue(MAX_RATING // 2)
        elif self.value() > 0 or event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Down):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._set_typed("")
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        hot = self.isEnabled() and (self.underMouse() or self.isSliderDown())
        paint_rating(QPainter(self), QRectF(self.rect()), self.rating(), hot=hot)


def paint_rating(painter: QPainter, area: QRectF, rating: int | None, *, hot: bool = False) -> None:
    """Paint a rating as a slider; without one, the knob stands grey in the middle."""
    colours = theme()
    knob = colours.px(_KNOB)
    share = 0.5 if rating is None else rating / MAX_RATING
    left = area.left() + share * (area.width() - knob)
    track = QRectF(area.left(), area.center().y() - _TRACK / 2, area.width(), _TRACK)
    paint_box(painter, track, _TRACK / 2, colours.mixed("line", "text", 0.06))
    if rating is not None:
        filled = QRectF(track.left(), track.top(), left - area.left() + knob / 2, track.height())
        paint_box(painter, filled, _TRACK / 2, colours.colour("accent"))
    spot = QRectF(left, area.center().y() - knob / 2, knob, knob)
    edge = colours.colour("wave" if rating is None else "accent")
    paint_box(painter, spot, knob / 2, colours.colour("soft" if hot else "surface"), edge, 2)


def rating_at(area: QRectF, x: float) -> int:
    """The rating at a place of the painted slider."""
    knob = theme().px(_KNOB)
    share = (x - area.left() - knob / 2) / max(1.0, area.width() - knob)
    return round(min(max(share, 0.0), 1.0) * MAX_RATING)
