"""Audio: where sound comes out and goes in, how loud, and whether it works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar

from app.ui.settings.page import Page, field, pair
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.notices import InlineNotice

QUIETEST = -60
"""Decibels at the left end of the meter."""


class AudioPage(Page):
    """Chooses devices and tries them.

    Signals:
        output_chosen, input_chosen: id of a device, empty to follow the system.
        tone: play the test tone.
        listen: show the microphone's level, or stop.
    """

    output_chosen = Signal(str)
    input_chosen = Signal(str)
    tone = Signal()
    listen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.notice = InlineNotice()
        self._outputs: Sequence[tuple[str, str]] = ()
        self._inputs: Sequence[tuple[str, str]] = ()
        self._output, self._input = Choice(""), Choice("")
        self._output.chosen.connect(self.output_chosen)
        self._input.chosen.connect(self.input_chosen)
        self._captions = [Caption(), Caption()]
        self._tone, self._listen = Button("", Icon.SPEAKER), Button("", Icon.MIC)
        self._tone.clicked.connect(self.tone)
        self._listen.setCheckable(True)
        self._listen.toggled.connect(self._listening)
        self._meter = QProgressBar()
        self._meter.setRange(QUIETEST, 0)
        self._meter.setValue(QUIETEST)
        self._meter.setTextVisible(False)
        self._meter.setFixedHeight(8)
        self._level = Hint()
        self.column.addWidget(self.notice)
        self.column.addLayout(pair(field(self._captions[0], self._output), field(self._captions[1], self._input)))
        trying = QHBoxLayout()
        trying.setSpacing(Space.S12)
        trying.addWidget(self._tone)
        trying.addWidget(self._listen)
        trying.addWidget(self._meter, 1)
        trying.addWidget(self._level)
        self.column.addLayout(trying)
        self.column.addStretch(1)
        self.retranslate()

    def show_devices(
        self, outputs: Sequence[tuple[str, str]], output: str, inputs: Sequence[tuple[str, str]], input_: str
    ) -> None:
        """Offer these devices, pairs of id and name; a chosen one that is gone stays chosen and says so."""
        self._outputs, self._inputs = outputs, inputs
        for choice, devices, chosen in ((self._output, outputs, output), (self._input, inputs, input_)):
            gone = QCoreApplication.translate("Audio", "{name} (not connected)")
            rows = [("", QCoreApplication.translate("Audio", "As the system")), *devices]
            if chosen and chosen not in dict(devices):
                rows.append((chosen, gone.format(name=chosen)))
            choice.set_choices(rows)
            choice.set_key(chosen)
        self._tone.setEnabled(bool(outputs))
        self._listen.setEnabled(bool(inputs))

    def show_level(self, decibels: float) -> None:
        """The microphone's level, dBFS."""
        self._meter.setValue(max(QUIETEST, min(0, round(decibels))))
        self._level.setText(QCoreApplication.translate("Audio", "{n} dB").format(n=round(decibels)))

    def stop_listening(self) -> None:
        """Show the meter as off; nothing is announced."""
        blocked = self._listen.blockSignals(True)
        self._listen.setChecked(False)
        self._listen.blockSignals(blocked)
        self._meter.setValue(QUIETEST)
        self._level.setText("")
        self._name_listen()

    def _listening(self, on: bool) -> None:
        self._name_listen()
        self.listen.emit(on)

    def _name_listen(self) -> None:
        if self._listen.isChecked():
            self._listen.setText(QCoreApplication.translate("Audio", "Stop the meter"))
        else:
            self._listen.setText(QCoreApplication.translate("Audio", "Microphone meter"))

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Audio", "Audio"),
            QCoreApplication.translate("Audio", "Where takes are heard and samples are recorded."),
        )
        names = (
            QCoreApplication.translate("Audio", "Output device"),
            QCoreApplication.translate("Audio", "Input device"),
        )
        for caption, choice, name in zip(self._captions, (self._output, self._input), names, strict=True):
            caption.setText(name)
            choice.set_name(name)
        self._tone.setText(QCoreApplication.translate("Audio", "Play a test tone"))
        self._meter.setAccessibleName(QCoreApplication.translate("Audio", "Microphone level"))
        self._name_listen()
