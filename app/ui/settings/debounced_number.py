"""Numbers that are taken when they have come to rest, so that a drag is one change and not hundreds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSlider

from app.core.settings import IntegerSetting, NumberSetting
from app.ui.widgets.spin_field import SpinField

REST_MSEC = 300
"""So long no step and no digit follows the last one."""
_BY_HAND = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Timer)
"""Keys, the arrows, and the arrows while they are held."""


class DebouncedSpinField(SpinField):
    """A number that is kept.

    Signals:
        settled: the number a hand left there, once; at once where no hand did, as with assistive tools.
    """

    settled = Signal(float)

    def __init__(self, low: float, high: float, step: float, *, decimals: int = 0, slider: bool = False) -> None:
        super().__init__("", low, high, step, decimals=decimals, slider=slider)
        self._held = self.findChild(QSlider)
        self._showing = False
        self._hand = QTimer(self, singleShot=True, interval=0)
        self._pause = QTimer(self, singleShot=True, interval=REST_MSEC)
        self._pause.timeout.connect(self._rested)
        self.value_changed.connect(self._moved)
        self.number.editingFinished.connect(self._settle)
        self.number.installEventFilter(self)
        if self._held is not None:
            self._held.sliderReleased.connect(self._settle)

    def show_value(self, value: float) -> None:
        """What is set now; nothing is announced, and what a hand did a moment ago is over."""
        self._pause.stop()
        self._showing = True
        self.set_value(value)
        self._showing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _BY_HAND:
            self._hand.start()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settle()

    def _moved(self, _value: object) -> None:
        if self._showing:
            return
        self._pause.start()
        if not self._hand.isActive() and not self._is_held():
            self._settle()

    def _is_held(self) -> bool:
        return self._held is not None and self._held.isSliderDown()

    def _rested(self) -> None:
        if self._is_held():
            self._pause.start()
        else:
            self.settled.emit(float(self.number.value()))

    def _settle(self) -> None:
        """Without waiting any longer."""
        if self._pause.isActive():
            self._pause.stop()
            self.settled.emit(float(self.number.value()))


class SettingNumber(DebouncedSpinField):
    """A number within the bounds of a setting."""

    def __init__(self, setting: NumberSetting | IntegerSetting, *, decimals: int = 0, slider: bool = True) -> None:
        super().__init__(setting.low, setting.high, setting.step, decimals=decimals, slider=slider)
