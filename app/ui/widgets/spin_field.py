"""A labelled field that pairs a spin box with a slider."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.labels import Caption, ElidedLabel
from app.ui.widgets.number_parts import NumberSlider, RefusalLabel
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.themed import Themed


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
        inline: bool = False,
    ) -> None:
        """Create a field; an `inline` one has its label beside the number."""
        super().__init__(parent)
        self._caption = Caption(name)
        self._remark = ElidedLabel("", size=Type.SMALL, ink="text3")
        self._remark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.number = SpinBox(name, low, high, step, decimals=decimals, tall=not slider)
        if empty:
            self.number.set_empty_text(empty)
        self._slider = NumberSlider(self.number, low, high) if slider else None
        self._refusal = RefusalLabel(self.number)
        row = QHBoxLayout()
        row.setSpacing(Space.S6)
        row.addWidget(self._caption)
        row.addWidget(self._remark, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addLayout(row)
        if inline:
            row.setSpacing(Space.S8)
            row.insertWidget(1, self.number)
        elif self._slider is None:
            column.addWidget(self.number)
        else:
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
        return self.number.number_in_use()

    def set_value(self, value: float | None) -> None:
        self.number.set_number(value)

    def replace_value(self, value: float | None) -> None:
        """Set the value of another subject, such as a conversation opened next; typed text is dropped."""
        self.number.discard_typed()
        self.set_value(value)

    def set_name(self, name: str) -> None:
        self._caption.setText(name)
        self.number.setAccessibleName(name)
        self.number.retranslate()
        if self._slider is not None:
            self._slider.setAccessibleName(QCoreApplication.translate("Widgets", "{name} slider").format(name=name))

    def set_empty_text(self, text: str) -> None:
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

    def _number_changed(self) -> None:
        self.value_changed.emit(self.value())
