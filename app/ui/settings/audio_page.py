"""The Audio page: output and input devices, their tests, and the buffer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from app.core.settings import BUFFER, DICTATION_PAUSE, INPUT_DEVICE, OUTPUT_DEVICE, Settings
from app.ui.settings.debounced_number import SettingSpinField
from app.ui.settings.page import Page, bind_settings, field, pair
from app.ui.settings.responsive_row import ResponsiveRow
from app.ui.texts.setting_labels import setting_label
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.field_message import PageMessage
from app.ui.widgets.labels import Caption, Hint

METER_FLOOR_DB = -60
"""The left end of the meter, in dBFS."""
CLIPPING_DB = -1.0
"""The peak from which a recording would clip, in dBFS."""


class AudioPage(Page):
    """Chooses and tests audio devices.

    Signals:
        output_chosen, input_chosen: id of a device, empty to follow the system.
        tone_requested: play the test tone.
        listen_toggled: whether to show the microphone's level.
        buffer_chosen: the buffer in seconds.
        pause_chosen: the silence that ends dictation, in seconds.
    """

    output_chosen = Signal(str)
    input_chosen = Signal(str)
    tone_requested = Signal()
    listen_toggled = Signal(bool)
    buffer_chosen = Signal(float)
    pause_chosen = Signal(float)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.notice = PageMessage()
        self._outputs: Sequence[tuple[str, str]] = ()
        self._inputs: Sequence[tuple[str, str]] = ()
        self.output, self.input = Choice(""), Choice("")
        self.output.chosen.connect(self.output_chosen)
        self.input.chosen.connect(self.input_chosen)
        self._captions = [Caption(), Caption()]
        self.tone_button, self.listen_button = Button("", Icon.SPEAKER), Button("", Icon.MIC)
        self.tone_button.clicked.connect(self.tone_requested)
        self.listen_button.setCheckable(True)
        self.listen_button.toggled.connect(self.listen_toggled)
        self.meter = QProgressBar()
        self.meter.setRange(METER_FLOOR_DB, 0)
        self.meter.setValue(METER_FLOOR_DB)
        self.meter.setTextVisible(False)
        self.meter.setFixedHeight(8)
        self._level = Hint()
        self.buffer = SettingSpinField(BUFFER, decimals=2)
        self.buffer.committed.connect(self.buffer_chosen)
        self._buffer_hint = Hint(wrap=True)
        self.column.addWidget(self.notice)
        self.column.addWidget(pair(field(self._captions[0], self.output), field(self._captions[1], self.input)))
        buttons = ResponsiveRow(self.tone_button, self.listen_button, grow=(0, 0))
        meter = ResponsiveRow(self.meter, self._level, grow=(1, 0))
        self.column.addWidget(ResponsiveRow(buttons, meter, grow=(0, 1)))
        buffer = QVBoxLayout()
        buffer.setSpacing(Space.S4)
        buffer.addWidget(self.buffer)
        buffer.addWidget(self._buffer_hint)
        self.column.addLayout(buffer)
        self.pause = SettingSpinField(DICTATION_PAUSE, decimals=1)
        self.pause.committed.connect(self.pause_chosen)
        self._pause_hint = Hint(wrap=True)
        pause = QVBoxLayout()
        pause.setSpacing(Space.S4)
        pause.addWidget(self.pause)
        pause.addWidget(self._pause_hint)
        self.column.addLayout(pause)
        self.column.addStretch(1)
        self.retranslate()
        bind_settings(settings, {BUFFER: self.buffer.show_value, DICTATION_PAUSE: self.pause.show_value})

    def show_devices(
        self, outputs: Sequence[tuple[str, str]], output: str, inputs: Sequence[tuple[str, str]], input_: str
    ) -> None:
        """Offer devices as pairs of id and name. A chosen device that is disconnected stays chosen and is marked."""
        self._outputs, self._inputs = outputs, inputs
        _offer(self.output, outputs, output)
        _offer(self.input, inputs, input_)
        self.tone_button.setEnabled(bool(outputs))
        self.listen_button.setEnabled(bool(inputs))

    def show_output(self, device: str) -> None:
        """Show the output device, set on this page or elsewhere."""
        if self.output.key() != device:
            _offer(self.output, self._outputs, device)

    def show_input(self, device: str) -> None:
        """Show the input device, set on this page or elsewhere."""
        if self.input.key() != device:
            _offer(self.input, self._inputs, device)

    def show_level(self, decibels: float, peak: float) -> None:
        """Show the microphone's level and its recent peak, both in dBFS."""
        self.meter.setValue(max(METER_FLOOR_DB, min(0, round(decibels))))
        if peak >= CLIPPING_DB:
            self._level.setText(QCoreApplication.translate("Audio", "{n} dB, too loud").format(n=round(peak)))
        else:
            self._level.setText(
                QCoreApplication.translate("Audio", "{n} dB").format(n=max(METER_FLOOR_DB, round(peak)))
            )

    def stop_listening(self) -> None:
        """Show the meter as off without emitting a signal."""
        blocked = self.listen_button.blockSignals(True)
        self.listen_button.setChecked(False)
        self.listen_button.blockSignals(blocked)
        self.meter.setValue(METER_FLOOR_DB)
        self._level.setText("")

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Audio", "Audio"),
            QCoreApplication.translate("Audio", "Where audio is played and recorded."),
        )
        names = (
            setting_label(OUTPUT_DEVICE.key),
            setting_label(INPUT_DEVICE.key),
        )
        for caption, choice, name in zip(self._captions, (self.output, self.input), names, strict=True):
            caption.setText(name)
            choice.set_name(name)
        self.tone_button.setText(QCoreApplication.translate("Audio", "Play a test tone"))
        self.buffer.set_name(setting_label(BUFFER.key))
        self.buffer.set_remark(QCoreApplication.translate("Audio", "seconds"))
        self._buffer_hint.setText(
            QCoreApplication.translate(
                "Audio",
                "A longer buffer avoids dropouts on a busy computer; a shorter one starts sooner. Applies "
                "from the next sound.",
            )
        )
        self.pause.set_name(setting_label(DICTATION_PAUSE.key))
        self.pause.set_remark(QCoreApplication.translate("Audio", "seconds"))
        self._pause_hint.setText(QCoreApplication.translate("Audio", "Dictation in Chat ends after this much silence."))
        self.meter.setAccessibleName(QCoreApplication.translate("Audio", "Microphone level"))
        self.listen_button.setText(QCoreApplication.translate("Audio", "Microphone meter"))


def _offer(choice: Choice, devices: Sequence[tuple[str, str]], chosen: str) -> None:
    rows = [("", QCoreApplication.translate("Audio", "System default")), *devices]
    if chosen and chosen not in dict(devices):
        missing = QCoreApplication.translate("Audio", "{name} (not connected)")
        rows.append((chosen, missing.format(name=chosen)))
    choice.set_choices(rows)
    choice.set_key(chosen)
