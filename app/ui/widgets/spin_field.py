"""A labelled field that pairs a spin box with a slider."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.labels import Caption, ElidedLabel, Label
from app.ui.widgets.slider import Slider
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.themed import Themed

_SLIDER_STEPS = 1000


class SpinField(Themed, QWidget):
    """A labelled spin box with an optional slider below it for the same value.

    Why a typed text is refused is shown below.

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
        self.number = SpinBox(name, low, high, step, decimals=decimals, tall=not slider)
        self._empty = bool(empty)
        if empty:
            self.number.set_empty_text(empty)
        self._slider = Slider("") if slider else None
        self._refusal = Label(size=Type.SMALL, ink="bad", wrap=True)
        self._refusal.hide()
        self.number.refused.connect(self._show_refusal)
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
        column.addWidget(self._refusal)
        self.number.valueChanged.connect(self._number_changed)
        self.setFocusProxy(self.number)
        self.set_name(name)
        self._number_changed()
        self.follow_theme()

    def value(self) -> float | int | None:
        """The number in use, after a typed one has been committed or refused."""
        self.number.commit()
        value = self.number.value_or_none() if self._empty else self.number.value()
        if value is None:
            return None
        return value if self.number.decimals() else round(value)

    def set_value(self, value: float | None) -> None:
        if value is None and not self._empty:
            raise ValueError("this number cannot be empty")
        self.number.set_value_or_none(value)

    def replace_value(self, value: float | None) -> None:
        """Set the value of another subject, such as a conversation opened next; typed text is dropped."""
        self.number.discard_typed()
        self.set_value(value)

    def set_name(self, name: str) -> None:
        self._caption.setText(name)
        self.number.setAccessibleName(name)
        self.number.lineEdit().setAccessibleName(name)
        self.number.retranslate()
        if self._slider is not None:
            self._slider.setAccessibleName(QCoreApplication.translate("Widgets", "{name} slider").format(name=name))

    def set_empty_text(self, text: str) -> None:
        self._empty = True
        self.number.set_empty_text(text)

    def lock(self, reason: str) -> None:
        """Disable the field and show the reason."""
        self._remark.setText(reason)
        self.number.discard_typed()
        self.number.set_description(reason)
        self.number.setEnabled(False)
        if self._slider is not None:
            self._slider.setEnabled(False)

    def unlock(self) -> None:
        self._remark.setText("")
        self.number.set_description("")
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
        self.number.discard_typed()
        self.number.setValue(self._low + round((value - self._low) / step) * step)

    def _number_changed(self) -> None:
        if self._slider is not None:
            share = (self.number.value() - self._low) / (self._high - self._low)
            self._slider.blockSignals(True)
            self._slider.setValue(round(min(max(share, 0.0), 1.0) * _SLIDER_STEPS))
            self._slider.blockSignals(False)
        self.value_changed.emit(self.value())

    def _show_refusal(self, refusal: str) -> None:
        self._refusal.setText(refusal)
        self._refusal.setVisible(bool(refusal))
