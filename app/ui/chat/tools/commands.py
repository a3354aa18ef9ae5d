"""The commands of tools in the command palette."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.settings import TOOLS_OPEN
from app.ui.chat.presenter import ChatPresenter
from app.ui.chat.view import ChatView
from app.ui.theme.icons import Icon
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.window import Window


def add_tool_commands(window: Window, view: ChatView, presenter: ChatPresenter) -> None:
    """Add what the buttons of the Tools page do, and allowing all calls that wait."""
    assert view.tools is not None
    panel = view.tools

    def reveal() -> None:
        view.open_panel(TOOLS_OPEN)

    def is_offered() -> bool:
        return view.offers_panel(TOOLS_OPEN)

    add_button_commands(
        window,
        "chat",
        (
            ButtonCommand(
                "tools-add",
                lambda: QCoreApplication.translate("Commands", "Add tool"),
                panel.add,
                reveal,
                "Ctrl+Alt+N",
                is_offered=is_offered,
            ),
            ButtonCommand(
                "tools-try",
                lambda: QCoreApplication.translate("Commands", "Try tool"),
                panel.form.trial.button,
                reveal,
                "Ctrl+Alt+T",
                Icon.PLAY,
                is_offered=is_offered,
            ),
            ButtonCommand(
                "tools-paste",
                lambda: QCoreApplication.translate("Commands", "Paste tools as JSON"),
                panel.paste,
                reveal,
                "Ctrl+Alt+V",
                is_offered=is_offered,
            ),
            ButtonCommand(
                "tools-import",
                lambda: QCoreApplication.translate("Commands", "Import tools"),
                panel.import_,
                reveal,
                "Ctrl+Alt+I",
                is_offered=is_offered,
            ),
            ButtonCommand(
                "tools-export",
                lambda: QCoreApplication.translate("Commands", "Export tools"),
                panel.export,
                reveal,
                "Ctrl+Alt+E",
                is_offered=is_offered,
            ),
            ButtonCommand(
                "tools-remove",
                lambda: QCoreApplication.translate("Commands", "Remove tool"),
                panel.remove,
                reveal,
                is_offered=is_offered,
            ),
        ),
    )

    def allow_all() -> None:
        window.show_view("chat")
        presenter.allow_all()

    window.add_command(
        "tools-allow-all",
        lambda: QCoreApplication.translate("Commands", "Allow all waiting tool calls once"),
        allow_all,
        "Ctrl+Alt+A",
        enabled=presenter.is_waiting,
        view="chat",
        is_local=True,
        icon=Icon.CHECK,
    )
