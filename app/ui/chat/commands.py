"""The chat's commands in the command palette, and their shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN, TOOLS_OPEN, FlagSetting
from app.ui.chat.message_commands import add_message_commands, find_button
from app.ui.chat.presenter import ChatPresenter
from app.ui.chat.view import ChatView
from app.ui.theme.icons import Icon
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.window import Window


class _NamedButton(NamedTuple):
    """A command that presses a button of the composer, found by its accessible name, as soon as there is one."""

    key: str
    label: Callable[[], str]
    button: Callable[[], str]
    shortcut: str
    icon: Icon


_COMPOSER = (
    _NamedButton(
        "chat-attach",
        lambda: QCoreApplication.translate("Commands", "Attach files"),
        lambda: QCoreApplication.translate("Composer", "Attach"),
        "Ctrl+Shift+A",
        Icon.ATTACH,
    ),
    _NamedButton(
        "chat-attach-address",
        lambda: QCoreApplication.translate("Commands", "Attach by address"),
        lambda: QCoreApplication.translate("Composer", "Attach by address"),
        "Ctrl+Shift+L",
        Icon.LINK,
    ),
    _NamedButton(
        "chat-dictate",
        lambda: QCoreApplication.translate("Commands", "Dictate, or stop dictating"),
        lambda: QCoreApplication.translate("Composer", "Dictate"),
        "Ctrl+Shift+M",
        Icon.MIC,
    ),
    _NamedButton(
        "chat-templates",
        lambda: QCoreApplication.translate("Commands", "Insert a template"),
        lambda: QCoreApplication.translate("Composer", "Templates"),
        "Ctrl+Shift+O",
        Icon.LIST,
    ),
)


def add_chat_commands(window: Window, view: ChatView, presenter: ChatPresenter) -> None:
    """Add the chat's commands; each shows the chat before it acts."""
    _add_conversation_commands(window, view, presenter)
    _add_composer_commands(window, view, presenter)
    _add_panel_commands(window, view)
    add_message_commands(window, view)


def _add_conversation_commands(window: Window, view: ChatView, presenter: ChatPresenter) -> None:
    assert view.conversations is not None
    panel = view.conversations

    def in_chat(act: Callable[[], object]) -> Callable[[], None]:
        def run() -> None:
            window.show_view("chat")
            act()

        return run

    def search() -> None:
        view.unfold_conversations()
        panel.focus_search()

    for key, label, act, shortcut, icon in (
        (
            "chat-new",
            lambda: QCoreApplication.translate("Commands", "New conversation"),
            lambda: presenter.conversations.begin(),
            "Ctrl+N",
            Icon.PLUS,
        ),
        (
            "chat-find",
            lambda: QCoreApplication.translate("Commands", "Find in conversation"),
            view.open_find,
            "Ctrl+F",
            Icon.SEARCH,
        ),
        (
            "chat-search",
            lambda: QCoreApplication.translate("Commands", "Search conversations"),
            search,
            "Ctrl+Shift+F",
            Icon.SEARCH,
        ),
        (
            "chat-import",
            lambda: QCoreApplication.translate("Commands", "Import conversation"),
            lambda: presenter.conversations.import_(),
            "Ctrl+O",
            Icon.UPLOAD,
        ),
    ):
        is_local = key in ("chat-search", "chat-import")
        window.add_command(key, label, in_chat(act), shortcut, view="chat", is_local=is_local, icon=icon)
    for key, label, by, shortcut, icon in (
        (
            "chat-previous",
            lambda: QCoreApplication.translate("Commands", "Previous conversation"),
            -1,
            "Ctrl+PgUp",
            Icon.CHEVRON_UP,
        ),
        (
            "chat-next",
            lambda: QCoreApplication.translate("Commands", "Next conversation"),
            1,
            "Ctrl+PgDown",
            Icon.CHEVRON_DOWN,
        ),
    ):
        window.add_command(
            key,
            label,
            in_chat(lambda by=by: panel.step(by)),  # type: ignore[misc]
            shortcut,
            enabled=lambda by=by: panel.can_step(by),  # type: ignore[misc]
            view="chat",
            is_local=True,
            icon=icon,
        )
    add_button_commands(
        window,
        "chat",
        (
            ButtonCommand(
                "chat-rename",
                lambda: QCoreApplication.translate("Commands", "Rename conversation"),
                panel.button("rename"),
                view.unfold_conversations,
                "Ctrl+F2",
            ),
            ButtonCommand(
                "chat-pin",
                lambda: QCoreApplication.translate("Commands", "Pin conversation"),
                panel.button("pin"),
                shortcut="Ctrl+Shift+K",
            ),
            ButtonCommand(
                "chat-delete",
                lambda: QCoreApplication.translate("Commands", "Delete conversation"),
                panel.button("delete"),
                shortcut="Ctrl+Shift+Del",
            ),
            ButtonCommand(
                "chat-export",
                lambda: QCoreApplication.translate("Commands", "Export conversation"),
                panel.button("export"),
                shortcut="Ctrl+S",
            ),
        ),
    )


def _add_composer_commands(window: Window, view: ChatView, presenter: ChatPresenter) -> None:
    composer = view.composer

    def stop() -> None:
        window.show_view("chat")
        composer.stop.emit()

    def choose_model() -> None:
        window.show_view("chat")
        view.model.setFocus()
        edit = view.model.lineEdit()
        if edit is not None:
            edit.selectAll()

    def write() -> None:
        window.show_view("chat")
        composer.field.setFocus()

    window.add_command(
        "chat-stop",
        lambda: QCoreApplication.translate("Commands", "Stop"),
        stop,
        "Esc",
        enabled=lambda: composer.running,
        view="chat",
        is_bound=False,  # Escape does more, and less where a field has a use for it.
        icon=Icon.STOP,
    )

    def leave_out() -> None:
        window.show_view("chat")
        presenter.context.offer()

    window.add_command(
        "chat-leave-out",
        lambda: QCoreApplication.translate("Commands", "Leave out or summarise earlier messages"),
        leave_out,
        view="chat",
        is_local=True,
        icon=Icon.LIST,
    )
    window.add_command(
        "chat-write",
        lambda: QCoreApplication.translate("Commands", "Write a message"),
        write,
        "Ctrl+L",
        view="chat",
        is_local=True,
        icon=Icon.EDIT,
    )
    window.add_command(
        "chat-model",
        lambda: QCoreApplication.translate("Commands", "Choose model"),
        choose_model,
        "Ctrl+M",
        view="chat",
        is_local=True,
        icon=Icon.SLIDERS,
    )
    add_button_commands(
        window,
        "chat",
        (
            ButtonCommand(
                "chat-think",
                lambda: QCoreApplication.translate("Commands", "Think first, or answer at once"),
                composer.think,
                shortcut="Ctrl+Shift+H",
            ),
            ButtonCommand(
                "chat-web-search",
                lambda: QCoreApplication.translate("Commands", "Turn web search on or off"),
                composer.search,
                shortcut="Ctrl+Shift+W",
            ),
        ),
    )

    def press(command: _NamedButton) -> None:
        window.show_view("chat")
        button = find_button(composer, command.key, command.button())
        if button is not None:
            button.click()

    for command in _COMPOSER:
        window.add_command(
            command.key,
            command.label,
            lambda command=command: press(command),  # type: ignore[misc]
            command.shortcut,
            enabled=lambda command=command: find_button(composer, command.key, command.button()) is not None,  # type: ignore[misc]
            view="chat",
            is_local=True,
            icon=command.icon,
        )


def _add_panel_commands(window: Window, view: ChatView) -> None:
    for setting, label, shortcut, icon in (
        (
            PARAMETERS_OPEN,
            lambda: QCoreApplication.translate("Commands", "Show or hide parameters"),
            "Alt+1",
            Icon.SLIDERS,
        ),
        (
            INSPECTOR_OPEN,
            lambda: QCoreApplication.translate("Commands", "Show or hide the inspector"),
            "Alt+2",
            Icon.CODE,
        ),
        (
            TOOLS_OPEN,
            lambda: QCoreApplication.translate("Commands", "Show or hide tools"),
            "Alt+3",
            Icon.TOOL,
        ),
    ):

        def toggle(setting: FlagSetting = setting) -> None:
            window.show_view("chat")
            view.toggle_panel(setting)

        window.add_command(
            f"chat-{setting.key}",
            label,
            toggle,
            shortcut,
            enabled=partial(view.offers_panel, setting),
            view="chat",
            is_local=True,
            icon=icon,
        )
        view.panel_toggle(setting).show_shortcut(shortcut)
