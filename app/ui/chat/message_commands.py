"""The commands that act on a message: the one with the keyboard focus, else the last one of its role."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.core.messages import Role
from app.ui.chat import shortcuts
from app.ui.chat.transcript.message_footer import BEHIND_MORE
from app.ui.chat.view import ChatView
from app.ui.theme.icons import Icon

if TYPE_CHECKING:
    from app.ui.window import Window

COMMAND = "command"
"""Property of a button: the key of the command that presses it, where its name is not enough to find it."""


class MessageCommand(NamedTuple):
    """A command that presses a button of a message.

    Attributes:
        label: returns the name of the command.
        button: returns the accessible name of the button, in the current language.
        roles: the roles of messages it acts on.
    """

    key: str
    label: Callable[[], str]
    button: Callable[[], str]
    roles: tuple[Role, ...]
    shortcut: str
    icon: Icon


_ANSWER: tuple[Role, ...] = ("assistant",)
_QUESTION: tuple[Role, ...] = ("user",)
_ANY: tuple[Role, ...] = ("user", "assistant")

MESSAGE_COMMANDS: tuple[MessageCommand, ...] = (
    MessageCommand(
        "message-copy",
        lambda: QCoreApplication.translate("Commands", "Copy answer"),
        lambda: QCoreApplication.translate("Transcript", "Copy"),
        _ANSWER,
        shortcuts.COPY,
        Icon.COPY,
    ),
    MessageCommand(
        "message-regenerate",
        lambda: QCoreApplication.translate("Commands", "Regenerate answer"),
        lambda: QCoreApplication.translate("Transcript", "Regenerate"),
        _ANSWER,
        shortcuts.REGENERATE,
        Icon.REDO,
    ),
    MessageCommand(
        "message-continue",
        lambda: QCoreApplication.translate("Commands", "Continue answer"),
        lambda: QCoreApplication.translate("Transcript", "Continue"),
        _ANSWER,
        "Ctrl+Shift+R",
        Icon.ARROW_DOWN,
    ),
    MessageCommand(
        "message-retry",
        lambda: QCoreApplication.translate("Commands", "Retry failed answer"),
        lambda: QCoreApplication.translate("Transcript", "Retry"),
        _ANSWER,
        "F5",
        Icon.REDO,
    ),
    MessageCommand(
        "message-edit",
        lambda: QCoreApplication.translate("Commands", "Edit my last message"),
        lambda: QCoreApplication.translate("Transcript", "Edit message"),
        _QUESTION,
        shortcuts.EDIT,
        Icon.EDIT,
    ),
    MessageCommand(
        "message-delete",
        lambda: QCoreApplication.translate("Commands", "Delete message"),
        lambda: QCoreApplication.translate("Transcript", "Delete message"),
        _ANY,
        "Ctrl+Shift+D",
        Icon.TRASH,
    ),
    MessageCommand(
        "message-speak",
        lambda: QCoreApplication.translate("Commands", "Speak answer, or stop speaking"),
        lambda: QCoreApplication.translate("Transcript", "Speak"),
        _ANSWER,
        shortcuts.SPEAK,
        Icon.SPEAKER,
    ),
    MessageCommand(
        "message-studio",
        lambda: QCoreApplication.translate("Commands", "Send answer to Studio"),
        lambda: QCoreApplication.translate("Transcript", "Send to Studio"),
        _ANSWER,
        "Ctrl+Shift+Y",
        Icon.STUDIO,
    ),
    MessageCommand(
        "message-inspect",
        lambda: QCoreApplication.translate("Commands", "Inspect answer"),
        lambda: QCoreApplication.translate("Transcript", "Inspect"),
        _ANSWER,
        shortcuts.INSPECT,
        Icon.CODE,
    ),
    MessageCommand(
        "message-branch",
        lambda: QCoreApplication.translate("Commands", "Branch from here"),
        lambda: QCoreApplication.translate("Transcript", "Branch from here"),
        _ANY,
        "Ctrl+Shift+B",
        Icon.BRANCH,
    ),
    MessageCommand(
        "message-regenerate-with",
        lambda: QCoreApplication.translate("Commands", "Regenerate with another model or parameters"),
        lambda: QCoreApplication.translate("Transcript", "Regenerate with"),
        _ANSWER,
        "Ctrl+Alt+R",
        Icon.SLIDERS,
    ),
    MessageCommand(
        "message-copy-image",
        lambda: QCoreApplication.translate("Commands", "Copy message as image"),
        lambda: QCoreApplication.translate("Transcript", "Copy as image"),
        _ANY,
        "Ctrl+Alt+C",
        Icon.IMAGE,
    ),
    MessageCommand(
        "message-save-image",
        lambda: QCoreApplication.translate("Commands", "Save message as image"),
        lambda: QCoreApplication.translate("Transcript", "Save as image"),
        _ANY,
        "Ctrl+Alt+S",
        Icon.DOWNLOAD,
    ),
    MessageCommand(
        "message-previous-version",
        lambda: QCoreApplication.translate("Commands", "Previous version"),
        lambda: QCoreApplication.translate("Transcript", "Previous version"),
        _ANY,
        shortcuts.PREVIOUS_VERSION,
        Icon.CHEVRON_LEFT,
    ),
    MessageCommand(
        "message-next-version",
        lambda: QCoreApplication.translate("Commands", "Next version"),
        lambda: QCoreApplication.translate("Transcript", "Next version"),
        _ANY,
        shortcuts.NEXT_VERSION,
        Icon.CHEVRON_RIGHT,
    ),
    MessageCommand(
        "message-thoughts",
        lambda: QCoreApplication.translate("Commands", "Show or hide thoughts"),
        lambda: QCoreApplication.translate("Transcript", "Thoughts"),
        _ANSWER,
        "Ctrl+Shift+T",
        Icon.THINKING,
    ),
    MessageCommand(
        "call-allow",
        lambda: QCoreApplication.translate("Commands", "Allow tool call"),
        lambda: QCoreApplication.translate("Transcript", "Allow"),
        _ANSWER,
        "Alt+A",
        Icon.CHECK,
    ),
    MessageCommand(
        "call-always",
        lambda: QCoreApplication.translate("Commands", "Always allow tool"),
        lambda: QCoreApplication.translate("Transcript", "Always allow"),
        _ANSWER,
        "Alt+Shift+A",
        Icon.CHECK,
    ),
    MessageCommand(
        "call-deny",
        lambda: QCoreApplication.translate("Commands", "Deny tool call"),
        lambda: QCoreApplication.translate("Transcript", "Deny"),
        _ANSWER,
        "Alt+D",
        Icon.CLOSE,
    ),
    MessageCommand(
        "message-console",
        lambda: QCoreApplication.translate("Commands", "Open the console page for web search"),
        lambda: QCoreApplication.translate("Transcript", "Open the console"),
        _ANSWER,
        "",
        Icon.LINK,
    ),
    MessageCommand(
        "message-without-search",
        lambda: QCoreApplication.translate("Commands", "Answer without search"),
        lambda: QCoreApplication.translate("Transcript", "Answer without search"),
        _ANSWER,
        "Ctrl+Shift+Q",
        Icon.REDO,
    ),
    MessageCommand(
        "message-force-search",
        lambda: QCoreApplication.translate("Commands", "Force search and retry"),
        lambda: QCoreApplication.translate("Transcript", "Force search and retry"),
        _ANSWER,
        "Ctrl+Shift+G",
        Icon.GLOBE,
    ),
)


def add_message_commands(window: Window, view: ChatView) -> None:
    """Add the commands; each is offered while its button exists and is enabled."""

    def branches() -> None:
        window.show_view("chat")
        view.branches.click()

    window.add_command(
        "chat-branches",
        lambda: QCoreApplication.translate("Commands", "Branches of this conversation"),
        branches,
        "Ctrl+Alt+B",
        enabled=view.branches.isEnabled,
        view="chat",
        is_local=True,
        icon=Icon.BRANCH,
    )
    _add_scroll_commands(window, view)
    for command in MESSAGE_COMMANDS:
        window.add_command(
            command.key,
            command.label,
            lambda command=command: _press(window, view, command),  # type: ignore[misc]
            command.shortcut,
            enabled=lambda command=command: _is_offered(view, command),  # type: ignore[misc]
            view="chat",
            is_local=True,
            icon=command.icon,
        )


def _add_scroll_commands(window: Window, view: ChatView) -> None:
    assert view.transcript is not None
    transcript = view.transcript
    for key, label, scroll, shortcut, icon in (
        (
            "transcript-first",
            lambda: QCoreApplication.translate("Commands", "First message"),
            transcript.go_to_first,
            "Alt+Home",
            Icon.CHEVRON_UP,
        ),
        (
            "transcript-latest",
            lambda: QCoreApplication.translate("Commands", "Jump to latest message"),
            transcript.jump_to_latest,
            "Alt+End",
            Icon.CHEVRON_DOWN,
        ),
    ):

        def run(scroll: Callable[[], None] = scroll) -> None:
            window.show_view("chat")
            scroll()

        window.add_command(key, label, run, shortcut, view="chat", is_local=True, icon=icon)


def _press(window: Window, view: ChatView, command: MessageCommand) -> None:
    window.show_view("chat")
    transcript = view.transcript
    if transcript is not None and not transcript.at_hand.is_known:
        transcript.jump_to_latest()  # The last message had no widget.
    button = _button(view, command)
    if button is not None:
        button.click()


def _is_offered(view: ChatView, command: MessageCommand) -> bool:
    """Whether the command can run; while the last message has no widget, that is not known before it is run."""
    transcript = view.transcript
    return transcript is not None and (not transcript.at_hand.is_known or _button(view, command) is not None)


def _button(view: ChatView, command: MessageCommand) -> QAbstractButton | None:
    """The enabled button of the message at hand; of versions, that of the last message which has several."""
    transcript = view.transcript
    if transcript is None or not transcript.at_hand.is_known:
        return None
    for message in transcript.at_hand.of(command.roles):
        if not command.key.endswith("-version"):
            message.footer.build_more()
        areas = (message.footer,) if command.key.endswith("-version") else message.command_areas()
        button = _find_within(message, areas, command.key, command.button())
        if button is not None or not command.key.endswith("-version"):
            return button
    return None


def find_button(parent: QWidget, key: str, name: str) -> QAbstractButton | None:
    """The enabled button of a command below a widget, by its property `COMMAND` or its accessible name.

    A button behind More actions counts, although it is hidden.
    """
    return _find_within(parent, (parent,), key, name)


def _find_within(parent: QWidget, areas: Iterable[QWidget], key: str, name: str) -> QAbstractButton | None:
    """As `find_button`, looked for only in some areas below the widget."""
    for area in areas:
        for button in area.findChildren(QAbstractButton):
            is_named = name in (button.accessibleName(), button.text())
            is_offered = button.isEnabled() and (button.isVisibleTo(parent) or button.property(BEHIND_MORE))
            if (button.property(COMMAND) == key or is_named) and is_offered:
                return button
    return None
