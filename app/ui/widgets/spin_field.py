"""A spin box, and a labelled field that pairs one with a slider."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, DISABLED_OPACITY, Space, Type
from app.ui.widgets.labels import Caption, ElidedLabel
from app.ui.widgets.slider import Slider
from app.ui.widgets.themed import Themed, paint_mark, set_font

_SLIDER_STEPS = 1000


class SpinBox(Themed, QDoubleSpinBox):
    """A spin box that may be empty once `set_empty_text` was called (`value_or_none`)."""

    ring_on_click = True

    def __init__(
        self, name: str, low: float, high: float, step: float, parent: QWidget | None = None, *, decimals: int = 0
    ) -> None:
        super().__init__(parent)
        self._low = low
        self._step = step
        self.setDecimals(decimals)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)
        self.setCorrectionMode(QDoubleSpinBox.CorrectionMode.CorrectToNearestValue)
        # By default, the wheel moves the focus here while the page scrolls.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.follow_theme()

    def set_empty_text(self, text: str) -> None:
        """Allow None, shown as this text; clearing the field means None."""
        self.setMinimum(self._none)
        self.setSpecialValueText(text)

    def value_or_none(self) -> float | None:
        return None if self.value() < self._low else self.value()

    def set_value_or_none(self, value: float | None) -> None:
        self.setValue(self._none if value is None else value)

    @property
    def _none(self) -> float:
        """The value that stands for None: one step below the minimum, often 0, as assistive tools read it."""
        return self._low - 10.0 ** -self.decimals()

    def restyle(self) -> None:
        set_font(self, theme().font(Type.CONTROL))
        set_font(self.lineEdit(), self.font())
        # The padding in the style sheet does not apply to the line edit of a spin box.
        self.lineEdit().setTextMargins(Space.S8, 0, 0, 0)
        self.setFixedHeight(theme().px(CONTROL_HEIGHT - 4))

    def textFromValue(self, value: float) -> str:
        """Format without trailing zeros: 0.7 and 1.0, not 0.700."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        if point not in text:
            return text
        text = text.rstrip("0")
        return f"{text}0" if text.endswith(point) else text

    def valueFromText(self, text: str) -> float:
        if not text.strip() and self.minimum() < self._low:
            return self.minimum()
        return super().valueFromText(text)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        if not text.strip() and self.minimum() < self._low:
            return (QValidator.State.Acceptable, text, position)
        return super().validate(text, position)

    def stepBy(self, steps: int) -> None:
        if self.value() < self._low and steps > 0:
            self.setValue(max(self._low, self._step * steps))
        else:
            super().stepBy(steps)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        side = theme().px(8)
        left = self.width() - theme().px(18) / 2 - side / 2 - 2
        middle = self.height() / 2
        ink = theme().colour("text2")
        paint_mark(painter, QRectF(left, middle - 8, side, 5), ink, (0.1, 0.9), (0.5, 0.2), (0.9, 0.9), width=1.4)
        paint_mark(painter, QRectF(left, middle + 3, side, 5), ink, (0.1, 0.1), (0.5, 0.8), (0.9, 0.1), width=1.4)


class SpinField(Themed, QWidget):
    """A labelled spin box with an optional slider below it for the same value.

    Signals:
        value_changed: the new value after any change: a float, an int (no decimals) or None.

    Attributes:
        number: the spin box, which carries the accessible name.
    """

    value_changed = Signal(object)
    ring_radius = None

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        step: float,
        parent: QWidget | None = None,
        *,
        decimals: int = 0,
        slider: bool = True,
        empty: str = "",
    ) -> None:
        super().__init__(parent)
        self._low, self._high = low, high
        self._caption = Caption(name)
        self._remark = ElidedLabel("", size=Type.SMALL, ink="text3")
        self._remark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number = SpinBox(name, low, high, step, decimals=decimals)
        self._empty = bool(empty)
        if empty:
            self.number.set_empty_text(empty)
        self._slider = Slider("") if slider else None
        row = QHBoxLayout()
        row.setSpacing(Space.S6)
        row.addWidget(self._caption)
        row.addWidget(self._remark, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addLayout(row)
        if self._slider is None:
            column.addWidget(self.number)
        else:
            self._slider.setRange(0, _SLIDER_STEPS)
            # The slider is for the pointer; the keyboard uses the spin box.
            self._slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._slider.valueChanged.connect(self._slider_moved)
            row.addWidget(self.number)
            column.addWidget(self._slider)
        self.number.valueChanged.connect(self._number_changed)
        self.setFocusProxy(self.number)
        self.set_name(name)
        self._number_changed()
        self.follow_theme()

    def value(self) -> float | int | None:
        value = self.number.value_or_none() if self._empty else self.number.value()
        if value is None:
            return None
        return value if self.number.decimals() else round(value)

    def set_value(self, value: float | None) -> None:
        if value is None and not self._empty:
            raise ValueError("this number cannot be empty")
        self.number.set_value_or_none(value)

    def set_name(self, name: str) -> None:
        self._caption.setText(name)
        self.number.setAccessibleName(name)
        self.number.lineEdit().setAccessibleName(name)
        if self._slider is not None:
            self._slider.setAccessibleName(QCoreApplication.translate("Widgets", "{name} slider").format(name=name))

    def set_empty_text(self, text: str) -> None:
        self._empty = True
        self.number.set_empty_text(text)

    def lock(self, reason: str) -> None:
        """Disable the field and show the reason."""
        self._remark.setText(reason)
        self.number.setAccessibleDescription(reason)
        self.number.setEnabled(False)
        if self._slider is not None:
            self._slider.setEnabled(False)

    def unlock(self) -> None:
        self._remark.setText("")
        self.number.setAccessibleDescription("")
        self.number.setEnabled(True)
        if self._slider is not None:
            self._slider.setEnabled(True)

    def set_remark(self, remark: str) -> None:
        """Show a remark at the right of the label, such as the unit or the default."""
        self._remark.setText(remark)

    def restyle(self) -> None:
        if self._slider is not None:
            self.number.setFixedWidth(theme().px(60))

    def _slider_moved(self, position: int) -> None:
        value = self._low + (self._high - self._low) * position / _SLIDER_STEPS
        step = self.number.singleStep()
        self.number.setValue(self._low + round((value - self._low) / step) * step)

    def _number_changed(self) -> None:
        if self._slider is not None:
            share = (self.number.value() - self._low) / (self._high - self._low)
            self._slider.blockSignals(True)
            self._slider.setValue(round(min(max(share, 0.0), 1.0) * _SLIDER_STEPS))
            self._slider.blockSignals(False)
        self.value_changed.emit(self.value())
