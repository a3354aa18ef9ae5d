"""The studio's commands in the command palette."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.ui.studio.takes_panel import TakesPanel
from app.ui.studio.view import StudioView
from app.ui.theme.icons import Icon
from app.ui.view_commands import ButtonCommand, add_button_commands
from app.ui.window import Window


def _add_export_commands(window: Window, takes: TakesPanel, takes_shown: Callable[[], bool]) -> None:
    """Add the commands for the tabs of the export page that have no button beside the takes."""
    window.add_command(
        "audition-page",
        lambda: QCoreApplication.translate("Commands", "Make an audition page"),
        takes.audition_wanted.emit,
        enabled=lambda: takes.export.isEnabled() and takes_shown(),
        view="studio",
        is_local=True,
        icon=Icon.GLOBE,
    )
    window.add_command(
        "audition-votes",
        lambda: QCoreApplication.translate("Commands", "Read votes for an audition page"),
        takes.votes_wanted.emit,
        enabled=takes_shown,
        view="studio",
        is_local=True,
        icon=Icon.GLOBE,
    )


def add_studio_commands(window: Window, view: StudioView) -> None:
    """Add a command for each button of the studio. They are offered once the studio has been opened."""
    sessions, takes, direction = view.session_panel, view.takes_panel, view.direction_panel
    recognition = view.recognition_panel

    def takes_shown() -> bool:
        """Whether the list of takes can be shown: behind a room or a page nobody sees which take would be meant."""
        return view.room is None and view.page is None

    _add_export_commands(window, takes, takes_shown)
    add_button_commands(
        window,
        "studio",
        (
            ButtonCommand(
                "studio-speak", lambda: QCoreApplication.translate("Commands", "Speak, or stop speaking"), view.speak
            ),
            ButtonCommand(
                "studio-grid", lambda: QCoreApplication.translate("Commands", "Open the audition grid"), view.text.grid
            ),
            ButtonCommand("voice-hear", lambda: QCoreApplication.translate("Commands", "Hear voice"), view.hear),
            ButtonCommand("session-new", lambda: QCoreApplication.translate("Commands", "New session"), sessions.new),
            ButtonCommand(
                "session-rename",
                lambda: QCoreApplication.translate("Commands", "Rename session"),
                sessions.rename,
                reveal=view.reveal_sessions,
            ),
            ButtonCommand(
                "session-delete", lambda: QCoreApplication.translate("Commands", "Delete session"), sessions.delete
            ),
            ButtonCommand(
                "take-play",
                lambda: QCoreApplication.translate("Commands", "Play or pause take"),
                takes.player.play,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-redo",
                lambda: QCoreApplication.translate("Commands", "Redo take"),
                takes.redo,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-part-again",
                lambda: QCoreApplication.translate("Commands", "Speak part again"),
                takes.parts.again,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-reuse",
                lambda: QCoreApplication.translate("Commands", "Reuse settings of take"),
                takes.reuse,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "takes-compare",
                lambda: QCoreApplication.translate("Commands", "Compare takes"),
                takes.compare,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "takes-blind",
                lambda: QCoreApplication.translate("Commands", "Compare takes blind"),
                takes.blind,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-keep",
                lambda: QCoreApplication.translate("Commands", "Keep as voice"),
                takes.keep,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-star",
                lambda: QCoreApplication.translate("Commands", "Star take"),
                takes.star,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-export",
                lambda: QCoreApplication.translate("Commands", "Export take"),
                takes.export,
                shortcut="Ctrl+E",
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-check-words",
                lambda: QCoreApplication.translate("Commands", "Check words of takes"),
                takes.check_words,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-check-drift",
                lambda: QCoreApplication.translate("Commands", "Check drift of takes"),
                takes.check_drift,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-ask",
                lambda: QCoreApplication.translate("Commands", "Ask MiMo about this take"),
                takes.ask,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-copy",
                lambda: QCoreApplication.translate("Commands", "Copy take"),
                takes.copy,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-delete",
                lambda: QCoreApplication.translate("Commands", "Delete take"),
                takes.delete,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "take-subtitles",
                lambda: QCoreApplication.translate("Commands", "Save subtitles of take"),
                takes.subtitles,
                is_offered=takes_shown,
            ),
            ButtonCommand(
                "transcribe-file",
                lambda: QCoreApplication.translate("Commands", "Transcribe file"),
                view.transcribe,
                reveal=view.reveal_sessions,
            ),
            ButtonCommand(
                "transcribe-record",
                lambda: QCoreApplication.translate("Commands", "Record speech to transcribe"),
                recognition.record,
                reveal=view.reveal_sessions,
            ),
            ButtonCommand(
                "transcribe-again",
                lambda: QCoreApplication.translate("Commands", "Transcribe again"),
                recognition.again,
                reveal=view.reveal_sessions,
            ),
            ButtonCommand(
                "transcript-copy",
                lambda: QCoreApplication.translate("Commands", "Copy transcript"),
                recognition.copy,
            ),
            ButtonCommand(
                "transcript-use",
                lambda: QCoreApplication.translate("Commands", "Use transcript as text"),
                recognition.use,
            ),
            ButtonCommand(
                "transcript-chat",
                lambda: QCoreApplication.translate("Commands", "Send transcript to Chat"),
                recognition.send,
            ),
            ButtonCommand(
                "studio-side",
                lambda: QCoreApplication.translate("Commands", "Show or hide sessions and parameters"),
                view.text.side,
            ),
            ButtonCommand(
                "directions",
                lambda: QCoreApplication.translate("Commands", "Saved directions"),
                direction.open_saved,
                reveal=view.reveal_direction,
            ),
            ButtonCommand(
                "direction-save",
                lambda: QCoreApplication.translate("Commands", "Save direction"),
                direction.save_whole,
                reveal=view.reveal_direction,
            ),
            ButtonCommand(
                "direction-draft",
                lambda: QCoreApplication.translate("Commands", "Draft a direction for me"),
                direction.make_draft,
                reveal=view.reveal_direction,
            ),
            ButtonCommand(
                "voice-library",
                lambda: QCoreApplication.translate("Commands", "Saved voices"),
                view.voice_panel.library,
            ),
        ),
    )
