"""The chat's commands in the command palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN, TOOLS_OPEN, FlagSetting
from app.ui.chat.presenter import ChatPresenter
from app.ui.chat.view import ChatView
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.window import Window


def add_chat_commands(window: Window, view: ChatView, presenter: ChatPresenter) -> None:
    """Add the chat's commands; each shows the chat before it acts."""

    def begin() -> None:
        window.show_view("chat")
        presenter.conversations.begin()

    def find() -> None:
        window.show_view("chat")
        view.open_find()

    window.add_command("chat-new", lambda: QCoreApplication.translate("Commands", "New conversation"), begin, "Ctrl+N")
    window.add_command(
        "chat-find", lambda: QCoreApplication.translate("Commands", "Find in conversation"), find, "Ctrl+F"
    )

    def export() -> None:
        window.show_view("chat")
        presenter.conversations.export()

    def import_() -> None:
        window.show_view("chat")
        presenter.conversations.import_()

    def stop() -> None:
        window.show_view("chat")
        view.composer.stop.emit()

    def choose_model() -> None:
        window.show_view("chat")
        view.model.setFocus()
        edit = view.model.lineEdit()
        if edit is not None:
            edit.selectAll()

    window.add_command(
        "chat-stop",
        lambda: QCoreApplication.translate("Commands", "Stop"),
        stop,
        enabled=lambda: view.composer.running,
    )
    window.add_command("chat-model", lambda: QCoreApplication.translate("Commands", "Choose model"), choose_model)
    assert view.conversations is not None
    panel = view.conversations

    add_button_commands(
        window,
        "chat",
        (
            ButtonCommand(
                "chat-rename",
                lambda: QCoreApplication.translate("Commands", "Rename conversation"),
                panel.button("rename"),
                view.unfold_conversations,
            ),
            ButtonCommand(
                "chat-pin", lambda: QCoreApplication.translate("Commands", "Pin conversation"), panel.button("pin")
            ),
            ButtonCommand(
                "chat-delete",
                lambda: QCoreApplication.translate("Commands", "Delete conversation"),
                panel.button("delete"),
            ),
        ),
    )
    window.add_command("chat-export", lambda: QCoreApplication.translate("Commands", "Export conversation"), export)
    window.add_command("chat-import", lambda: QCoreApplication.translate("Commands", "Import conversation"), import_)

    def toggle_panel(setting: FlagSetting) -> Callable[[], None]:
        def toggle() -> None:
            window.show_view("chat")
            view.toggle_panel(setting)

        return toggle

    for setting, name in (
        (TOOLS_OPEN, lambda: QCoreApplication.translate("Commands", "Show or hide tools")),
        (INSPECTOR_OPEN, lambda: QCoreApplication.translate("Commands", "Show or hide the inspector")),
        (PARAMETERS_OPEN, lambda: QCoreApplication.translate("Commands", "Show or hide parameters")),
    ):
        window.add_command(f"chat-{setting.key}", name, toggle_panel(setting))
