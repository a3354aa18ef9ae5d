"""The line under a message: what can be done with it, and what it took."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.messages import Role
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.presentation_cover import presentation_cover

SIDE = 28


class _QuietButton(IconButton):
    """An icon that is painted only while its message is under the pointer or has the keyboard."""

    always = True

    def paintEvent(self, event: QPaintEvent) -> None:
        footer = self.parentWidget()
        message = footer.parentWidget() if footer is not None else None
        if self.always or message is None or message.underMouse() or message.isAncestorOf(self._focused()):
            super().paintEvent(event)
        else:
            QPainter(self).end()

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self


class MessageFooter(Retranslated):
    """Buttons and numbers of one message.

    Signals:
        copy, regenerate, edit, speak, inspect: the buttons.
        version: -1 for the previous, 1 for the next.
    """

    copy = Signal()
    regenerate = Signal()
    edit = Signal()
    speak = Signal()
    inspect = Signal()
    version = Signal(int)

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role = role
        self._words: Sequence[str] = ()
        own = role != "assistant"
        self.copy_button = self._button(Icon.COPY)
        # An edited message shows its words as they are: not before an audience.
        self.edit_button = self._button(Icon.EDIT) if own and not presentation_cover().active else None
        self.regenerate_button = None if own else self._button(Icon.REDO)
        self.speak_button = None if own else self._button(Icon.SPEAKER)
        self.inspect_button = None if own else self._button(Icon.CODE)
        self.previous = self._button(Icon.CHEVRON_LEFT, quiet=False)
        self.next = self._button(Icon.CHEVRON_RIGHT, quiet=False)
        self.place = Label(size=Type.SMALL, ink="text2")
        self.usage = ElidedLabel(size=Type.SMALL, ink="text2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S2)
        if own:
            self._row.addStretch(1)
        for button, signal in (
            (self.copy_button, self.copy),
            (self.edit_button, self.edit),
            (self.regenerate_button, self.regenerate),
            (self.speak_button, self.speak),
            (self.inspect_button, self.inspect),
        ):
            if button is not None:
                self._row.addWidget(button)
                button.clicked.connect(signal)
        self._row.addWidget(self.previous)
        self._row.addWidget(self.place)
        self._row.addWidget(self.next)
        self.previous.clicked.connect(lambda: self.version.emit(-1))
        self.next.clicked.connect(lambda: self.version.emit(1))
        if not own:
            self._row.addSpacing(Space.S12)
            self._row.addStretch(1)
            self._row.addWidget(self.usage)
        self.set_versions(1, 1)
        self.retranslate()

    def _button(self, icon: Icon, quiet: bool = True) -> _QuietButton:
        button = _QuietButton(icon, "", self, side=SIDE)
        button.always = not quiet or self._role == "assistant"
        return button

    def retranslate(self) -> None:
        self.copy_button.set_name(QCoreApplication.translate("Transcript", "Copy"))
        if self.edit_button is not None:
            self.edit_button.set_name(QCoreApplication.translate("Transcript", "Edit message"))
        if self.regenerate_button is not None:
            self.regenerate_button.set_name(QCoreApplication.translate("Transcript", "Regenerate"))
        if self.speak_button is not None:
            self.speak_button.set_name(QCoreApplication.translate("Transcript", "Speak"))
        if self.inspect_button is not None:
            self.inspect_button.set_name(QCoreApplication.translate("Transcript", "Inspect"))
        self.previous.set_name(QCoreApplication.translate("Transcript", "Previous version"))
        self.next.set_name(QCoreApplication.translate("Transcript", "Next version"))
        self._tell()

    def set_versions(self, number: int, total: int) -> None:
        """Which of how many versions this is, counted from 1."""
        for part in (self.previous, self.place, self.next):
            part.setVisible(total > 1)
        self.place.setText(f"{number} / {total}")
        self.previous.setEnabled(number > 1)
        self.next.setEnabled(number < total)

    def set_words(self, words: Sequence[str]) -> None:
        """How the message went: ending, times, tokens, cost, each a thing of its own."""
        self._words = words
        self._tell()

    def _tell(self) -> None:
        words = " · ".join(self._words)
        self.usage.setText(words)
        # The label shows only the numbers; the tree gets the word that says what they are.
        named = QCoreApplication.translate("Transcript", "Usage {words}").format(words=words)
        self.usage.setAccessibleName(named if words else "")
        self.usage.setVisible(bool(words))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)
