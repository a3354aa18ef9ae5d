"""The commands of the Prompts page in the command palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.ui.bench.prompts.page import PromptsPage
from app.ui.bench.prompts.presenter import PromptsPresenter
from app.ui.theme.icons import Icon
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.window import Window


def add_prompt_commands(
    window: Window, page: PromptsPage, presenter: PromptsPresenter, reveal: Callable[[], object]
) -> None:
    """Add a command for each action of the page, which `reveal` shows; offered once the bench has been opened."""

    def show(act: Callable[[], object]) -> None:
        window.show_view("bench")
        reveal()
        act()

    text, versions = page.text, page.versions
    add_button_commands(
        window,
        "bench",
        (
            ButtonCommand("prompt-new", lambda: QCoreApplication.translate("Commands", "New prompt"), page.new, reveal),
            ButtonCommand(
                "prompt-save", lambda: QCoreApplication.translate("Commands", "Save prompt version"), text.save, reveal,
                icon=Icon.CHECK,
            ),
            ButtonCommand(
                "prompt-chat", lambda: QCoreApplication.translate("Commands", "Use prompt in Chat"), text.to_chat,
                reveal, icon=Icon.CHAT,
            ),
            ButtonCommand(
                "prompt-bench", lambda: QCoreApplication.translate("Commands", "Use prompt in Bench"), text.to_bench,
                reveal,
            ),
            ButtonCommand(
                "prompt-duplicate", lambda: QCoreApplication.translate("Commands", "Duplicate prompt"),
                versions.duplicate, reveal,
            ),
            ButtonCommand(
                "prompt-rename", lambda: QCoreApplication.translate("Commands", "Rename prompt"), text.rename, reveal
            ),
            ButtonCommand(
                "prompt-delete", lambda: QCoreApplication.translate("Commands", "Delete prompt"), text.delete, reveal
            ),
            ButtonCommand(
                "prompts-import", lambda: QCoreApplication.translate("Commands", "Import prompts"), page.import_, reveal
            ),
            ButtonCommand(
                "prompt-export", lambda: QCoreApplication.translate("Commands", "Export prompt"), page.export, reveal
            ),
        ),
    )  # fmt: skip
    window.add_command(
        "prompts-import-folder",
        lambda: QCoreApplication.translate("Commands", "Import a folder of prompts"),
        lambda: show(presenter.import_folder),
        view="bench",
        icon=Icon.UPLOAD,
    )
    window.add_command(
        "prompts-export-all",
        lambda: QCoreApplication.translate("Commands", "Export all prompts"),
        lambda: show(presenter.export_all),
        view="bench",
        icon=Icon.DOWNLOAD,
    )
