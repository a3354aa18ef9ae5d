"""Spin fields that commit a number once it stops changing, so that a drag is one change instead of hundreds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSlider

from app.core.settings import IntegerSetting, NumberSetting
from app.ui.widgets.spin_field import SpinField

DEBOUNCE_MS = 300
"""Time without a change after which a number is committed."""
_MANUAL_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Timer)
"""Key presses, clicks on the arrows, and the auto-repeat of held arrows."""


class DebouncedSpinField(SpinField):
    """A spin field that commits its number after a pause.

    Signals:
        committed: the number, once manual input has paused; at once for changes made by assistive tools.
    """

    committed = Signal(float)

    def __init__(self, low: float, high: float, step: float, *, decimals: int = 0, slider: bool = False) -> None:
        super().__init__("", low, high, step, decimals=decimals, slider=slider)
        self._drag_slider = self.findChild(QSlider)
        self._is_programmatic = False
        self._manual_input = QTimer(self, singleShot=True, interval=0)
        self._debounce = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._debounce.timeout.connect(self._on_debounce)
        self.value_changed.connect(self._on_value_change)
        self.number.editingFinished.connect(self._commit)
        self.number.installEventFilter(self)
        if self._drag_slider is not None:
            self._drag_slider.sliderReleased.connect(self._commit)

    def show_value(self, value: float) -> None:
        """Show a value without emitting a signal, and drop any pending change."""
        self._debounce.stop()
        self._is_programmatic = True
        self.set_value(value)
        self._is_programmatic = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MANUAL_EVENTS:
            self._manual_input.start()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._commit()

    def _on_value_change(self, _value: object) -> None:
        if self._is_programmatic:
            return
        self._debounce.start()
        if not self._manual_input.isActive() and not self._is_dragging():
            self._commit()

    def _is_dragging(self) -> bool:
        return self._drag_slider is not None and self._drag_slider.isSliderDown()

    def _on_debounce(self) -> None:
        if self._is_dragging():
            self._debounce.start()
        else:
            self.committed.emit(float(self.number.value()))

    def _commit(self) -> None:
        """Commit a pending change now."""
        if self._debounce.isActive():
            self._debounce.stop()
            self.committed.emit(float(self.number.value()))


class SettingSpinField(DebouncedSpinField):
    """A debounced spin field with the bounds of a setting."""

    def __init__(self, setting: NumberSetting | IntegerSetting, *, decimals: int = 0, slider: bool = True) -> None:
        super().__init__(setting.low, setting.high, setting.step, decimals=decimals, slider=slider)
