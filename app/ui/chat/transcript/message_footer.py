"""The row below a message: its buttons, its versions, and the usage of an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.messages import Role
from app.ui.chat import shortcuts
from app.ui.chat.transcript.facts_line import SEPARATOR, FactsLine
from app.ui.chat.transcript.quiet_button import QuietButton
from app.ui.chat.transcript.speak_button import SpeakButton
from app.ui.retranslate import Retranslated
from app.ui.texts.talk import takes_count
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.presentation_cover import presentation_cover

BUTTON_SIDE = 28
"""Logical pixels, before text scaling."""


def running_reason() -> str:
    """Why a control is locked while a reply runs."""
    return QCoreApplication.translate("Transcript", "A reply is still running. Stop it or wait until it is finished.")


Action = Literal[
    "continue", "branch", "regenerate-with", "delete", "studio", "copy-image", "save-image", "takes", "recording"
]
"""What `MessageFooter.acted` emits; the other buttons have signals of their own."""

MORE_ICONS: dict[Action, Icon] = {
    "regenerate-with": Icon.SLIDERS,
    "studio": Icon.STUDIO,
    "copy-image": Icon.IMAGE,
    "save-image": Icon.DOWNLOAD,
    "delete": Icon.TRASH,
}
"""The buttons behind More actions, in their order."""
BEHIND_MORE = "behind_more"
"""Property of the buttons behind More actions, which commands reach while they are hidden."""
FOR_ANSWERS: frozenset[Action] = frozenset({"regenerate-with", "studio"})


class _VersionLabel(ElidedLabel):
    """Which version this is and what it was made with. In a narrow row the number stays whole."""

    def minimumSizeHint(self) -> QSize:
        number, _, rest = self.text().partition(SEPARATOR)
        shortest = f"{number} …" if rest else number
        return QSize(self.fontMetrics().horizontalAdvance(shortest), super().minimumSizeHint().height())


class MessageFooter(Retranslated):
    """Buttons and usage figures of one message. The less frequent ones are shown by the toggle More actions.

    While an assistive tool is connected they are shown from the beginning.

    Signals:
        copy, regenerate, edit, speak, inspect: the button of that name was clicked.
        acted: one of the other buttons was clicked: its `Action`.
        version: -1 for the previous version, 1 for the next.
    """

    copy = Signal()
    regenerate = Signal()
    edit = Signal()
    speak = Signal()
    inspect = Signal()
    acted = Signal(str)
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
        self.branch_button = self._button(Icon.BRANCH)
        self.speak_button = None if is_input else SpeakButton(self, side=BUTTON_SIDE)
        self.inspect_button = None if is_input else self._button(Icon.CODE)
        self.more = self._button(Icon.MORE)
        self.more.setCheckable(True)
        self.more.toggled.connect(self.show_more)
        # Built when they are first shown: most messages never need them.
        self.more_buttons: dict[Action, QuietButton] = {}
        self.continue_button: GhostButton | None = None
        self.takes_button: GhostButton | None = None
        self._takes, self._plays_takes = 0, False
        self._has_text = True
        self.previous = self._button(Icon.CHEVRON_LEFT, quiet=False)
        self.next = self._button(Icon.CHEVRON_RIGHT, quiet=False)
        self.version_label = _VersionLabel(size=Type.SMALL, ink="text2")
        self.usage = FactsLine()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._row = QHBoxLayout()
        column.addLayout(self._row)
        self._second = QHBoxLayout()  # holds the less frequent buttons where they do not fit beside the others
        self._second.setSpacing(Space.S2)
        self._second.addStretch(1)
        column.addLayout(self._second)
        self._page_width = 0
        self._below = QHBoxLayout()  # holds the usage where it does not fit beside the buttons
        self._below.setContentsMargins(Space.S6, 0, 0, 0)
        column.addLayout(self._below)
        self._row.setSpacing(Space.S2)
        if is_input:
            self._row.addStretch(1)
        buttons: tuple[tuple[QuietButton | None, Callable[[], object]], ...] = (
            (self.copy_button, self.copy.emit),
            (self.edit_button, self.edit.emit),
            (self.regenerate_button, self.regenerate.emit),
            (self.branch_button, lambda: self.acted.emit("branch")),
            (self.speak_button, self.speak.emit),
            (self.inspect_button, self.inspect.emit),
        )
        for shown, act in buttons:
            if shown is not None:
                self._row.addWidget(shown)
                shown.clicked.connect(lambda checked=False, act=act: act())
        self._row.addWidget(self.more)
        self._row.addWidget(self.previous)
        self._row.addWidget(self.version_label)
        self._row.addWidget(self.next)
        self.previous.clicked.connect(lambda: self.version.emit(-1))
        self.next.clicked.connect(lambda: self.version.emit(1))
        if not is_input:
            self._row.addSpacing(Space.S12)
            self._row.addStretch(1)
            self._row.addWidget(self.usage)
        self._show_shortcuts()
        self.set_versions(1, 1)
        self.retranslate()
        if QAccessible.isActive():
            # Assistive tools find every action in its message, without looking behind a toggle.
            self.show_more(True)

    def _show_shortcuts(self) -> None:
        """Show in the tooltips which keys do the same for the message that has the focus, or the last one."""
        for button, shortcut in (
            (self.copy_button if self._role == "assistant" else None, shortcuts.COPY),
            (self.edit_button, shortcuts.EDIT),
            (self.regenerate_button, shortcuts.REGENERATE),
            (self.speak_button, shortcuts.SPEAK),
            (self.inspect_button, shortcuts.INSPECT),
            (self.previous, shortcuts.PREVIOUS_VERSION),
            (self.next, shortcuts.NEXT_VERSION),
        ):
            if button is not None:
                button.show_shortcut(shortcut)

    def _button(self, icon: Icon, quiet: bool = True) -> QuietButton:
        button = QuietButton(icon, "", self, side=BUTTON_SIDE)
        button.is_always_painted = not quiet or self._role == "assistant"
        return button

    def retranslate(self) -> None:
        self.copy_button.set_name(QCoreApplication.translate("Transcript", "Copy"))
        if self.edit_button is not None:
            self.edit_button.set_name(QCoreApplication.translate("Transcript", "Edit message"))
        if self.regenerate_button is not None:
            self.regenerate_button.set_name(QCoreApplication.translate("Transcript", "Regenerate"))
        if self.speak_button is not None:
            self.speak_button.retranslate()
        if self.inspect_button is not None:
            self.inspect_button.set_name(QCoreApplication.translate("Transcript", "Inspect"))
        self.branch_button.set_name(QCoreApplication.translate("Transcript", "Branch from here"))
        self.more.set_name(QCoreApplication.translate("Transcript", "More actions"))
        self._name_further_buttons()
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

    def _name_further_buttons(self) -> None:
        names: dict[Action, str] = {
            "regenerate-with": QCoreApplication.translate("Transcript", "Regenerate with"),
            "studio": QCoreApplication.translate("Transcript", "Send to Studio"),
            "copy-image": QCoreApplication.translate("Transcript", "Copy as image"),
            "save-image": QCoreApplication.translate("Transcript", "Save as image"),
            "delete": QCoreApplication.translate("Transcript", "Delete message"),
        }
        for action, button in self.more_buttons.items():
            button.set_name(names[action])
        if self.takes_button is not None:
            self.takes_button.setText(takes_count(self._takes))
            self.takes_button.setAccessibleName(QCoreApplication.translate("Transcript", "Play takes"))
            self.takes_button.setToolTip(
                QCoreApplication.translate("Transcript", "Stop what MiMo spoke")
                if self._plays_takes
                else QCoreApplication.translate("Transcript", "Play what MiMo spoke")
            )
        if self.continue_button is not None:
            words = QCoreApplication.translate("Transcript", "Continue")
            self.continue_button.setText(words)
            self.continue_button.setAccessibleName(words)
            self.continue_button.setToolTip(
                QCoreApplication.translate("Transcript", "Let MiMo go on where this answer was cut off")
            )

    def show_more(self, shown: bool) -> None:
        """Show the less frequent actions, or hide them."""
        self.more.setChecked(shown)
        if shown:
            self.build_more()
        for button in self.more_buttons.values():
            button.setVisible(shown)
        self._place_further()

    def build_more(self) -> None:
        """Build the buttons behind More actions, so that a command can press one of them."""
        if self.more_buttons:
            return
        after = self._row.indexOf(self.more) + 1
        for action, icon in MORE_ICONS.items():
            if self._role == "assistant" or action not in FOR_ANSWERS:
                button = self.more_buttons[action] = self._button(icon)
                button.setProperty(BEHIND_MORE, True)
                button.setVisible(self.more.isChecked())
                button.clicked.connect(lambda checked=False, action=action: self.acted.emit(action))
                self._row.insertWidget(after, button)
                after += 1
        self._place_further()
        self._raise_after_more()
        self._name_further_buttons()
        self._enable_buttons()

    def _raise_after_more(self) -> None:
        """Keep the order of assistive technology, which is that of creation and raising."""
        after = (self.continue_button, self.takes_button, self.previous, self.next, self.usage)
        for widget in (*self.more_buttons.values(), *after):
            if widget is not None:
                widget.raise_()

    def set_can_continue(self, can_continue: bool) -> None:
        """Offer to continue an answer that was cut off."""
        if can_continue and self.continue_button is None:
            self.continue_button = GhostButton("", Icon.PLAY)
            self.continue_button.clicked.connect(lambda: self.acted.emit("continue"))
            self._row.insertWidget(self._row.indexOf(self.previous), self.continue_button)
            self._raise_after_more()
            self._name_further_buttons()
            self._enable_buttons()
        if self.continue_button is not None:
            self.continue_button.setVisible(can_continue)
            self._place_further()

    def set_takes(self, number: int) -> None:
        """Offer to play the takes that speak this answer."""
        if number and self.takes_button is None and self._role == "assistant":
            self.takes_button = GhostButton("", Icon.PLAY)
            self.takes_button.clicked.connect(lambda: self.acted.emit("takes"))
            self._row.insertWidget(self._row.indexOf(self.previous), self.takes_button)
            self._raise_after_more()
        self._takes = number
        if self.takes_button is not None:
            self.takes_button.setVisible(number > 0)
            self._name_further_buttons()
            self.set_plays_takes(self._plays_takes)
            self._place_further()

    def set_plays_takes(self, plays: bool) -> None:
        """Show whether the takes of this answer play: the button then stops them. It keeps its name."""
        self._plays_takes = plays
        if self.takes_button is not None:
            self.takes_button.set_glyph(Icon.STOP if plays else Icon.PLAY)
            self._name_further_buttons()

    def set_speaking(self, speaking: bool) -> None:
        """Show whether this answer is read aloud."""
        if self.speak_button is not None:
            self.speak_button.set_speaking(speaking)

    def set_has_text(self, has_text: bool) -> None:
        """Lock what needs text: there is nothing to copy or read aloud in a message without any."""
        self._has_text = has_text
        self._enable_buttons()

    def _enable_buttons(self) -> None:
        number, total = self._version
        self.previous.setEnabled(number > 1 and not self._is_running)
        self.next.setEnabled(number < total and not self._is_running)
        for button in (self.copy_button, self.speak_button, self.more_buttons.get("studio")):
            if button is not None:
                button.setEnabled(self._has_text)
        changing = (
            self.regenerate_button,
            self.continue_button,
            self.more_buttons.get("regenerate-with"),
            self.more_buttons.get("delete"),
        )
        for changer in changing:
            if changer is not None:
                changer.setEnabled(not self._is_running)
        if self._is_running:
            for locked in (self.previous, self.next, *changing):
                if locked is not None:
                    locked.setToolTip(running_reason())

    def set_facts(self, facts: Sequence[str]) -> None:
        """Show how the answer went: finish reason, times, tokens and cost, one item each."""
        self._facts = facts
        self._show_usage()

    def _show_usage(self) -> None:
        text = SEPARATOR.join(self._facts)
        self.usage.setText(text)
        # The label shows only the figures; its accessible name adds what they are.
        name = QCoreApplication.translate("Transcript", "Usage {words}").format(words=text)
        self.usage.setAccessibleName(name if text else "")
        self.usage.setVisible(bool(text))
        self._place_usage()

    def fit(self, width: int) -> None:
        """Adapt to the width of the page, in pixels."""
        self._page_width = width
        self._place_further()

    def _place_further(self) -> None:
        """Move the less frequent buttons to a line of their own where all of them are wider than the page."""
        if self._role != "assistant" or not self._page_width:
            return
        usual = (*self.findChildren(QuietButton), self.version_label)
        further = [*self.more_buttons.values(), self.continue_button, self.takes_button]
        shown = {widget for widget in (*usual, *further) if widget is not None and not widget.isHidden()}
        is_wide = sum(widget.minimumSizeHint().width() + Space.S2 for widget in shown) > self._page_width
        line = self._second if is_wide else self._row
        for widget in further:
            if widget is None or line.indexOf(widget) >= 0:
                continue
            if is_wide:
                self._second.insertWidget(self._second.count() - 1, widget)
            else:
                self._row.insertWidget(self._row.indexOf(self.previous), widget)

    def _place_usage(self) -> None:
        """Move the usage to a line of its own where it would be cut beside the buttons."""
        if self._role != "assistant":
            return
        is_beside = self._row.indexOf(self.usage) >= 0
        buttons = self._row.sizeHint().width() - (self.usage.sizeHint().width() if is_beside else 0)
        fits = buttons + self.usage.sizeHint().width() + Space.S8 <= self.width()
        if fits != is_beside:
            (self._below if is_beside else self._row).addWidget(self.usage)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_usage()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        elif event.type() == QEvent.Type.LayoutRequest:
            self._place_further()
            self._place_usage()
        return super().event(event)
