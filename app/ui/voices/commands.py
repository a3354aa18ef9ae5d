"""The commands of the voices view in the command palette."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from app.ui.theme.icons import Icon
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.voices.view import VoicesView
from app.ui.window import Window


def add_voices_commands(window: Window, view: VoicesView) -> None:
    """Add a command for each action of the three tabs. They are offered once the view has been opened."""
    design, clone, library = view.design, view.clone, view.library
    show_design, show_clone, show_library = (partial(view.tabs.setCurrentIndex, index) for index in range(3))
    add_button_commands(
        window,
        "voices",
        (
            ButtonCommand(
                "voice-design",
                lambda: QCoreApplication.translate("Commands", "Design voice, or stop designing"),
                design.design,
                show_design,
            ),
            ButtonCommand(
                "voice-keep", lambda: QCoreApplication.translate("Commands", "Keep voice"), design.keep, show_design
            ),
            ButtonCommand(
                "sample-choose",
                lambda: QCoreApplication.translate("Commands", "Choose sample"),
                clone.choose,
                show_clone,
            ),
            ButtonCommand(
                "sample-record",
                lambda: QCoreApplication.translate("Commands", "Record sample, or stop recording"),
                clone.record,
                show_clone,
            ),
            ButtonCommand(
                "sample-play",
                lambda: QCoreApplication.translate("Commands", "Play or pause sample"),
                clone.play,
                show_clone,
            ),
            ButtonCommand(
                "voice-try",
                lambda: QCoreApplication.translate("Commands", "Speak with this voice"),
                clone.speak,
                show_clone,
            ),
            ButtonCommand(
                "voice-save", lambda: QCoreApplication.translate("Commands", "Save voice"), clone.save, show_clone
            ),
            ButtonCommand(
                "voice-play",
                lambda: QCoreApplication.translate("Commands", "Play or pause voice"),
                library.play,
                show_library,
            ),
            ButtonCommand(
                "voice-export",
                lambda: QCoreApplication.translate("Commands", "Export voice"),
                library.export,
                show_library,
            ),
            ButtonCommand(
                "voice-import",
                lambda: QCoreApplication.translate("Commands", "Import voice"),
                library.import_,
                show_library,
            ),
            ButtonCommand(
                "voice-duplicate",
                lambda: QCoreApplication.translate("Commands", "Duplicate voice"),
                library.detail.duplicate,
                show_library,
            ),
            ButtonCommand(
                "voice-drift",
                lambda: QCoreApplication.translate("Commands", "Check drift of voice, or stop"),
                library.detail.check_drift,
                show_library,
            ),
            ButtonCommand(
                "voice-use",
                lambda: QCoreApplication.translate("Commands", "Use voice in Studio"),
                library.detail.use,
                show_library,
            ),
            ButtonCommand(
                "voice-delete",
                lambda: QCoreApplication.translate("Commands", "Delete voice"),
                library.delete,
                show_library,
            ),
        ),
    )

    def rename() -> None:
        """Let the user type the new name; Enter saves it."""
        window.show_view("voices")
        show_library()
        library.detail.open_name()

    window.add_command(
        "voice-rename",
        lambda: QCoreApplication.translate("Commands", "Rename voice"),
        rename,
        enabled=library.rename.isEnabled,
        view="voices",
        icon=Icon.EDIT,
    )
