"""The row below a message: its buttons, its versions, and the usage of an answer."""

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

BUTTON_SIDE = 28
"""Logical pixels, before text scaling."""


class _QuietButton(IconButton):
    """An icon button that can stay invisible until its message is under the pointer or has the keyboard focus.

    Attributes:
        is_always_painted: false to paint it only then.
    """

    is_always_painted = True

    def paintEvent(self, event: QPaintEvent) -> None:
        footer = self.parentWidget()
        message = footer.parentWidget() if footer is not None else None
        if self.is_always_painted or message is None or message.underMouse() or message.isAncestorOf(self._focused()):
            super().paintEvent(event)
        else:
            QPainter(self).end()

    def _focused(self) -> QWidget:
        return self.window().focusWidget() or self


def running_reason() -> str:
    """Why a control is locked while a reply runs."""
    return QCoreApplication.translate("Transcript", "A reply is still running. Stop it or wait until it is finished.")


class MessageFooter(Retranslated):
    """Buttons and usage figures of one message.

    Signals:
        copy, regenerate, edit, speak, inspect: the button of that name was clicked.
        version: -1 for the previous version, 1 for the next.
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
        self._facts: Sequence[str] = ()
        self._version, self._is_running = (1, 1), False
        self._differs = ""
        is_input = role != "assistant"
        self.copy_button = self._button(Icon.COPY)
        # The edit field shows the unmasked text, so editing is not available while presenting.
        self.edit_button = self._button(Icon.EDIT) if is_input and not presentation_cover().active else None
        self.regenerate_button = None if is_input else self._button(Icon.REDO)
        self.speak_button = None if is_input else self._button(Icon.SPEAKER)
        self.inspect_button = None if is_input else self._button(Icon.CODE)
        self.previous = self._button(Icon.CHEVRON_LEFT, quiet=False)
        self.next = self._button(Icon.CHEVRON_RIGHT, quiet=False)
        self.version_label = Label(size=Type.SMALL, ink="text2")
        self.usage = ElidedLabel(size=Type.SMALL, ink="text2")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S2)
        if is_input:
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
        self._row.addWidget(self.version_label)
        self._row.addWidget(self.next)
        self.previous.clicked.connect(lambda: self.version.emit(-1))
        self.next.clicked.connect(lambda: self.version.emit(1))
        if not is_input:
            self._row.addSpacing(Space.S12)
            self._row.addStretch(1)
            self._row.addWidget(self.usage)
        self.set_versions(1, 1)
        self.retranslate()

    def _button(self, icon: Icon, quiet: bool = True) -> _QuietButton:
        button = _QuietButton(icon, "", self, side=BUTTON_SIDE)
        button.is_always_painted = not quiet or self._role == "assistant"
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
        self._enable_buttons()
        self._show_usage()

    def set_versions(self, number: int, total: int) -> None:
        """Show which of how many versions this is, counted from 1."""
        for part in (self.previous, self.version_label, self.next):
            part.setVisible(total > 1)
        self._version = number, total
        self._show_version()
        self._enable_buttons()

    def set_version_label(self, differs: str) -> None:
        """Say behind the number what this version was made with, where versions differ; empty otherwise."""
        self._differs = differs
        self._show_version()

    def _show_version(self) -> None:
        number, total = self._version
        text = f"{number} / {total}"
        self.version_label.setText(f"{text} · {self._differs}" if self._differs else text)

    def set_running(self, running: bool) -> None:
        """Lock what can't be done while a reply runs, and give the reason in the tooltips."""
        if running != self._is_running:
            self._is_running = running
            self.retranslate()

    def set_has_text(self, has_text: bool) -> None:
        """Lock what needs text: there is nothing to copy or read aloud in a message without any."""
        for button in (self.copy_button, self.speak_button):
            if button is not None:
                button.setEnabled(has_text)

    def _enable_buttons(self) -> None:
        number, total = self._version
        self.previous.setEnabled(number > 1 and not self._is_running)
        self.next.setEnabled(number < total and not self._is_running)
        if self.regenerate_button is not None:
            self.regenerate_button.setEnabled(not self._is_running)
        if self._is_running:
            for button in (self.previous, self.next, self.regenerate_button):
                if button is not None:
                    button.setToolTip(running_reason())

    def set_facts(self, facts: Sequence[str]) -> None:
        """Show how the answer went: finish reason, times, tokens and cost, one item each."""
        self._facts = facts
        self._show_usage()

    def _show_usage(self) -> None:
        text = " · ".join(self._facts)
        self.usage.setText(text)
        # The label shows only the figures; its accessible name adds what they are.
        name = QCoreApplication.translate("Transcript", "Usage {words}").format(words=text)
        self.usage.setAccessibleName(name if text else "")
        self.usage.setVisible(bool(text))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)
