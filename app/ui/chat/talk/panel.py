"""The panel of Talk, in the composer's place: what it is doing in one large word, the level, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.talk import TalkState
from app.ui.chat import shortcuts
from app.ui.chat.talk.level import LevelBars, LevelLine, bar_share
from app.ui.chat.talk.talk_button import TalkButton
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import clock
from app.ui.texts.talk import level_words, state_word
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.key_caps import KeyHint
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider


class TalkPanel(Retranslated):
    """Shows the state of Talk. The toggle Talk is shown in it while it is open.

    Signals:
        send_now, stopped, typing_wanted: the buttons of these names.
        continuous_changed: the chip Continuous was switched.
        retried: the action of the notice was pressed.

    Attributes:
        notice: what went wrong, and what to do.
    """

    send_now = Signal()
    stopped = Signal()
    typing_wanted = Signal()
    continuous_changed = Signal(bool)
    retried = Signal()

    def __init__(self, talk: TalkButton) -> None:
        super().__init__()
        self._talk = talk
        self._state: TalkState = "silent"
        self._position = ""
        self.word = Label(size=Type.TITLE, weight=Type.SEMIBOLD)
        self.detail = ElidedLabel(size=Type.SMALL, ink="text2")
        self.bars = LevelBars()
        self.line = LevelLine()
        self._before, self._behind = Label(size=Type.SMALL, ink="text2"), Label(size=Type.SMALL, ink="text2")
        self.notice = InlineNotice(dismissable=True)
        self.notice.acted.connect(self.retried)
        self._escape, self._hold = KeyHint("Esc"), KeyHint(shortcuts.TALK)
        self.continuous = Chip("", Icon.LOOP)
        self.continuous.toggled.connect(self.continuous_changed)
        self.type_instead = Chip("", Icon.EDIT, checkable=False)
        self.type_instead.clicked.connect(self.typing_wanted)
        self.send = PrimaryButton("", Icon.SEND)
        self.send.clicked.connect(self.send_now)
        self.stop = Button("", Icon.STOP)
        self.stop.clicked.connect(self.stopped)
        self._lay_out()
        self.show_state("silent", "")
        self.retranslate()

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        head.setSpacing(Space.S16)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.word)
        words.addWidget(self.detail)
        words.addStretch(1)
        head.addLayout(words, 1)
        head.addWidget(self.bars)
        self._level = QWidget()
        level = QHBoxLayout(self._level)
        level.setContentsMargins(0, 0, 0, 0)
        level.setSpacing(Space.S12)
        level.addWidget(self._before)
        level.addWidget(self.line, 1)
        level.addWidget(self._behind)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S8)
        foot.addWidget(self._escape)
        foot.addWidget(self._hold)
        foot.addStretch(1)
        for part in (self.continuous, self.type_instead, self.send, self.stop):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S4)
        column.setSpacing(Space.S8)
        column.addLayout(head)
        column.addWidget(self._level)
        self._level.hide()
        column.addWidget(self.notice)
        column.addWidget(Divider())
        column.addLayout(foot)

    def take_button(self) -> None:
        """Show the toggle Talk in the panel."""
        self._talk.set_shape("large")
        self._head.insertWidget(0, self._talk, 0, Qt.AlignmentFlag.AlignVCenter)
        self._talk.show()
        self._talk.stackUnder(self.bars)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_state(self, state: TalkState, detail: str) -> None:
        """Show what Talk is doing, and the line below that."""
        changed, self._state = state != self._state, state
        is_listening = state in ("opening", "listening")
        self.word.setText(state_word(state))
        self.detail.setText(detail)
        self._talk.show_state(state)
        self.send.setVisible(is_listening)
        self.stop.setVisible(not is_listening)
        self.bars.set_ink("accent" if is_listening else "wave")
        if changed:
            self._level.setVisible(state in ("listening", "speaking"))
            self._name_keys()
        if state not in ("listening", "speaking"):
            self.bars.clear()

    def show_level(self, level: float, peak: float, threshold: float) -> None:
        """Show the level of the microphone, in dBFS."""
        self.bars.add(bar_share(level))
        self.line.show_level(level, threshold)
        self._before.setText(QCoreApplication.translate("Talk", "Level"))
        self._show_behind(level_words(level, peak, threshold))

    def show_place(self, number: int, position: float, length: float) -> None:
        """Show which sentence sounds, and where in it, in seconds."""
        self.line.show_share(position / length if length else 0.0)
        text = QCoreApplication.translate("Talk", "{position} of {length}")
        self._before.setText(text.format(position=clock(position), length=clock(length)))
        self._show_behind(QCoreApplication.translate("Talk", "sentence {n}").format(n=number))

    def _show_behind(self, text: str) -> None:
        if text != self._behind.text():
            self._behind.setText(text)

    def show_continuous(self, on: bool) -> None:
        """Show whether it listens again after each answer. Emits no signal."""
        blocked = self.continuous.blockSignals(True)
        self.continuous.setChecked(on)
        self.continuous.blockSignals(blocked)

    def _name_keys(self) -> None:
        match self._state:
            case "opening" | "listening":
                self._escape.set_action(QCoreApplication.translate("Talk", "stop listening"))
            case "speaking" | "asking":
                self._escape.set_action(QCoreApplication.translate("Talk", "silence now"))
            case "recognising":
                self._escape.set_action(QCoreApplication.translate("Talk", "stop"))
            case _:
                self._escape.set_action(QCoreApplication.translate("Talk", "type instead"))
        if self._state == "speaking":
            self._hold.set_action(QCoreApplication.translate("Talk", "silence it and speak"))
        else:
            self._hold.set_action(QCoreApplication.translate("Talk", "hold to speak"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out the hints, then the bars, where there is no room for them."""
        buttons = (
            self.continuous,
            self.type_instead,
            self.send if self._state in ("opening", "listening") else self.stop,
        )
        rest = self.width() - 2 * Space.S16 - sum(part.sizeHint().width() + Space.S8 for part in buttons)
        hints = [self._escape.sizeHint().width() + Space.S8, self._hold.sizeHint().width() + Space.S8]
        self._escape.setVisible(rest >= hints[0])
        self._hold.setVisible(rest >= sum(hints))
        head = self._talk.sizeHint().width() + self.bars.sizeHint().width() + 4 * Space.S16
        self.bars.setVisible(self.width() - head >= self.word.fontMetrics().averageCharWidth() * 22)

    def retranslate(self) -> None:
        self.line.setAccessibleName(QCoreApplication.translate("Talk", "Talk level"))
        self.continuous.setText(QCoreApplication.translate("Talk", "Continuous"))
        self.continuous.setAccessibleName(QCoreApplication.translate("Talk", "Continuous"))
        self.continuous.setToolTip(
            QCoreApplication.translate("Talk", "After each answer it listens again, until you press Escape.")
        )
        self.type_instead.setText(QCoreApplication.translate("Talk", "Type instead"))
        self.type_instead.setAccessibleName(QCoreApplication.translate("Talk", "Type instead"))
        self.type_instead.setToolTip(
            QCoreApplication.translate(
                "Talk", "Go on in the message field, with what you said so far in it. The answer goes on as text."
            )
        )
        self.send.setText(QCoreApplication.translate("Talk", "Send now"))
        self.stop.setText(QCoreApplication.translate("Talk", "Stop talk"))
        self.stop.setToolTip(
            QCoreApplication.translate("Talk", "End the answer where it is, and leave. Nothing you typed changes.")
        )
        self.word.setText(state_word(self._state))
        self._name_keys()
