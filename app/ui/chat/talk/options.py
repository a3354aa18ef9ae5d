"""The part of the parameters about speech: the voice of the conversation, and how Talk is set."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.panel import Divider
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.switch import Switch

SWITCHES = ("talk_continuous", "talk_direct", "talk_thinks", "talk_marks", "talk_keeps_recordings")
"""The keys of the settings that are switched here, in their order."""


class TalkOptionsSection(Retranslated):
    """Voice and direction of the conversation, and the switches of Talk.

    Signals:
        voice_chosen: the id of a voice.
        direction_typed: the direction as typed.
        switched: the key of a setting, and whether it is on now.
        pause_changed: seconds of silence that end what is said.

    Attributes:
        voice, direction, pause: the fields.
        switches: by the key of the setting.
    """

    voice_chosen = Signal(str)
    direction_typed = Signal(str)
    switched = Signal(str, bool)
    pause_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_updating = False
        self.voice = Choice("")
        self.direction = TextArea("", min_lines=2, max_lines=5)
        self._voice_caption, self._direction_caption = Caption(), Caption()
        self._refusal = Hint(wrap=True)
        self._refusal.hide()
        self.switches = {key: Switch() for key in SWITCHES}
        self._direct_reason = Hint(wrap=True)
        self._direct_reason.hide()
        self._kept_hint = Hint(wrap=True)
        self.pause = SpinField("", 0.5, 5.0, 0.1, decimals=1, slider=False, inline=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S8)
        for part in (
            self._voice_caption,
            self.voice,
            self._refusal,
            self._direction_caption,
            self.direction,
            Divider(),
        ):
            column.addWidget(part)
        for key, switch in self.switches.items():
            if key == "talk_keeps_recordings":
                column.addWidget(Divider())
            column.addWidget(switch)
            if key == "talk_direct":
                column.addWidget(self._direct_reason)
            switch.toggled.connect(lambda on, key=key: self._emit(self.switched, key, on))
        column.addWidget(self._kept_hint)
        column.addWidget(self.pause)
        self.voice.chosen.connect(self._choose)
        self.voice.refused.connect(self._refuse)
        self.direction.textChanged.connect(lambda: self._emit(self.direction_typed, self.direction.toPlainText()))
        self.pause.value_changed.connect(self._change_pause)
        self.retranslate()

    def _emit(self, signal: object, *values: object) -> None:
        if not self._is_updating:
            signal.emit(*values)  # type: ignore[attr-defined]

    def _choose(self, key: str) -> None:
        self._refusal.hide()
        self.voice_chosen.emit(key)

    def _refuse(self, text: str) -> None:
        self._refusal.setText(
            QCoreApplication.translate("Talk", "No voice is called “{name}”. Choose one of the list.").format(name=text)
        )
        self._refusal.show()

    def _change_pause(self, value: object) -> None:
        if isinstance(value, int | float):
            self._emit(self.pause_changed, float(value))

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_voices(self, voices: Iterable[tuple[str, str]], chosen: str) -> None:
        """Offer voices, as pairs of id and name, and show which one speaks. Emits no signal."""
        self.voice.set_choices(voices)
        self.voice.set_key(chosen)

    def show_direction(self, direction: str) -> None:
        """Show the direction of the conversation. Emits no signal."""
        if direction != self.direction.toPlainText():
            self._is_updating = True
            self.direction.setPlainText(direction)
            self._is_updating = False

    def show_switch(self, key: str, on: bool) -> None:
        """Show whether something is on. Emits no signal."""
        self._is_updating = True
        self.switches[key].setChecked(on)
        self._is_updating = False

    def show_pause(self, value: float) -> None:
        """Show how many seconds of silence end what is said. Emits no signal."""
        self._is_updating = True
        self.pause.set_value(value)
        self._is_updating = False

    def show_hears(self, hears: bool) -> None:
        """Show whether the model can be asked with the recording itself."""
        switch = self.switches["talk_direct"]
        switch.setEnabled(hears)
        reason = "" if hears else QCoreApplication.translate("Talk", "The model of this conversation takes no sound.")
        switch.setAccessibleDescription(reason)
        self._direct_reason.setText(reason)
        self._direct_reason.setVisible(not hears)

    def retranslate(self) -> None:
        self._voice_caption.setText(QCoreApplication.translate("Talk", "Conversation voice"))
        self.voice.set_name(QCoreApplication.translate("Talk", "Conversation voice"))
        self._direction_caption.setText(QCoreApplication.translate("Talk", "Direction"))
        self.direction.setAccessibleName(QCoreApplication.translate("Talk", "Conversation direction"))
        self.direction.setPlaceholderText(
            QCoreApplication.translate("Talk", "How it speaks, such as: close, unhurried, as on a night tour.")
        )
        names = {
            "talk_continuous": QCoreApplication.translate("Talk", "Listen again after the answer"),
            "talk_direct": QCoreApplication.translate("Talk", "Ask with the recording itself"),
            "talk_thinks": QCoreApplication.translate("Talk", "Think before a spoken answer"),
            "talk_marks": QCoreApplication.translate("Talk", "Mark words as they are heard"),
            "talk_keeps_recordings": QCoreApplication.translate("Talk", "Keep my recordings"),
        }
        for key, switch in self.switches.items():
            switch.setText(names[key])
        self._kept_hint.setText(
            QCoreApplication.translate("Talk", "Your words stay as text. What MiMo spoke stays as takes.")
        )
        self.pause.set_name(QCoreApplication.translate("Talk", "Silence that ends a turn"))
        self._direct_reason.setText(self.switches["talk_direct"].accessibleDescription())
