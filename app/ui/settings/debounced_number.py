"""Numbers that are taken when they have come to rest, so that a drag is one change and not hundreds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSlider

from app.core.settings import IntegerSetting, NumberSetting
from app.ui.widgets.slider import SpinField

DEBOUNCE_MS = 300
"""So long no step and no digit follows the last one."""
_MANUAL_EVENTS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Timer)
"""Keys, the arrows, and the arrows while they are held."""


class DebouncedSpinField(SpinField):
    """A number that is kept.

    Signals:
        settled: the number a hand left there, once; at once where no hand did, as with assistive tools.
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
        """What is set now; nothing is announced, and what a hand did a moment ago is over."""
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
        """Without waiting any longer."""
        if self._debounce.isActive():
            self._debounce.stop()
            self.committed.emit(float(self.number.value()))


class SettingSpinField(DebouncedSpinField):
    """A number within the bounds of a setting."""

    def __init__(self, setting: NumberSetting | IntegerSetting, *, decimals: int = 0, slider: bool = True) -> None:
        super().__init__(setting.low, setting.high, setting.step, decimals=decimals, slider=slider)
