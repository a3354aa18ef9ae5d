"""The studio's commands in the command palette."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.ui.studio.view import StudioView
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.window import Window


def add_studio_commands(window: Window, view: StudioView) -> None:
    """Add a command for each button of the studio. They are offered once the studio has been opened."""
    sessions, takes = view.session_panel, view.takes_panel
    add_button_commands(
        window,
        "studio",
        (
            ButtonCommand(
                "studio-speak", lambda: QCoreApplication.translate("Commands", "Speak, or stop speaking"), view.speak
            ),
            ButtonCommand("voice-hear", lambda: QCoreApplication.translate("Commands", "Hear voice"), view.hear),
            ButtonCommand("session-new", lambda: QCoreApplication.translate("Commands", "New session"), sessions.new),
            ButtonCommand(
                "session-rename", lambda: QCoreApplication.translate("Commands", "Rename session"), sessions.rename
            ),
            ButtonCommand(
                "session-delete", lambda: QCoreApplication.translate("Commands", "Delete session"), sessions.delete
            ),
            ButtonCommand(
                "take-play", lambda: QCoreApplication.translate("Commands", "Play or pause take"), takes.player.play
            ),
            ButtonCommand("take-redo", lambda: QCoreApplication.translate("Commands", "Redo take"), takes.redo),
            ButtonCommand(
                "take-part-again", lambda: QCoreApplication.translate("Commands", "Speak part again"), takes.parts.again
            ),
            ButtonCommand(
                "take-reuse", lambda: QCoreApplication.translate("Commands", "Reuse settings of take"), takes.reuse
            ),
            ButtonCommand("take-keep", lambda: QCoreApplication.translate("Commands", "Keep as voice"), takes.keep),
            ButtonCommand("take-star", lambda: QCoreApplication.translate("Commands", "Star take"), takes.star),
            ButtonCommand("take-export", lambda: QCoreApplication.translate("Commands", "Export take"), takes.export),
            ButtonCommand("take-delete", lambda: QCoreApplication.translate("Commands", "Delete take"), takes.delete),
            ButtonCommand(
                "transcribe-file", lambda: QCoreApplication.translate("Commands", "Transcribe file"), view.transcribe
            ),
        ),
    )
