"""What stands around a number field: a slider for the same value, and why what was typed is refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.ui.theme.tokens import Type
from app.ui.widgets.labels import Label
from app.ui.widgets.slider import Slider
from app.ui.widgets.spin_box import SpinBox

_STEPS = 1000


class NumberSlider(Slider):
    """Moves with the value of a spin box and sets it in its steps. It is for the pointer; the keyboard uses the box."""

    def __init__(self, number: SpinBox, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._number, self._low, self._high = number, low, high
        self.setRange(0, _STEPS)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.valueChanged.connect(self._set_number)
        number.valueChanged.connect(self._follow)
        self._follow()

    def _set_number(self, position: int) -> None:
        value = self._low + (self._high - self._low) * position / _STEPS
        step = self._number.singleStep()
        self._number.discard_typed()
        self._number.setValue(self._low + round((value - self._low) / step) * step)

    def _follow(self) -> None:
        share = (self._number.value() - self._low) / (self._high - self._low)
        self.blockSignals(True)
        self.setValue(round(min(max(share, 0.0), 1.0) * _STEPS))
        self.blockSignals(False)


class RefusalLabel(Label):
    """Says why a typed number is not used, and what to type; hidden while it is used."""

    def __init__(self, number: SpinBox, parent: QWidget | None = None) -> None:
        super().__init__(size=Type.SMALL, ink="bad", wrap=True, parent=parent)
        self.hide()
        number.refused.connect(self._show)

    def _show(self, refusal: str) -> None:
        self.setText(refusal)
        self.setVisible(bool(refusal))
