"""A numeric parameter: a spin box beside its name, and where its range is short a slider below."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from app.ui.chat.parameters.row import ParameterRow
from app.ui.theme.theme import theme
from app.ui.widgets.number_parts import NumberSlider, RefusalLabel
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.themed import Themed

_MIN_NUMBER_WIDTH = 96
"""Of a field in a full row, in logical pixels before text scaling."""


class NumberRow(Themed, ParameterRow):
    """A spin box with an optional slider for the same value. Why a typed text is refused is shown below.

    Signals:
        value_changed: the new value after any change: a float, an int (no decimals) or None.

    Attributes:
        number: the spin box, which carries the accessible name.
        slider: for the pointer, None if there is none; the keyboard uses the spin box.
    """

    value_changed = Signal(object)
    ring_radius = None

    def __init__(
        self, name: str, low: float, high: float, step: float, *, decimals: int = 0, slider: bool = True,
        width: int = 58, empty: str = "",
    ) -> None:  # fmt: skip
        """`width` of the spin box is in logical pixels, before text scaling."""
        self._width = width
        self.number = SpinBox("", low, high, step, decimals=decimals)
        if empty:
            self.number.set_empty_text(empty)
        super().__init__(name, self.number, beside=True)
        self.slider = NumberSlider(self.number, low, high) if slider else None
        if self.slider is not None:
            self.body.insertWidget(1, self.slider)
        self._refusal = RefusalLabel(self.number)
        self.body.addWidget(self._refusal)
        self.number.valueChanged.connect(self._number_changed)
        self.setFocusProxy(self.number)
        self._number_changed()
        self.follow_theme()

    def value(self) -> float | int | None:
        """The number in use, after a typed one has been committed or refused."""
        return self.number.number_in_use()

    def set_value(self, value: float | None) -> None:
        """Set the value. Raises ValueError for None where the number can't be empty."""
        self.number.set_number(value)

    def set_empty_text(self, text: str) -> None:
        """Allow None, shown as this text."""
        self.number.set_empty_text(text)

    def name_control(self, title: str) -> None:
        super().name_control(title)
        if self.slider is not None:
            self.slider.setAccessibleName(QCoreApplication.translate("Widgets", "{name} slider").format(name=title))

    def lock_control(self, reason: str) -> None:
        if reason:
            self.number.discard_typed()
        self.number.set_description(reason)
        self.number.setEnabled(not reason)
        if self.slider is not None:
            self.slider.setEnabled(not reason)

    def restyle(self) -> None:
        # Beside the mark of a changed value a wide field becomes narrower, not the page wider.
        self.number.setMinimumWidth(theme().px(min(self._width, _MIN_NUMBER_WIDTH)))
        self.number.setMaximumWidth(theme().px(self._width))

    def _number_changed(self) -> None:
        self.value_changed.emit(self.value())
