"""The library tab: the saved voices and what can be done with the selected one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.voices.library_list import LibraryList, VoiceModel
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.rename_field import RenameField


class LibraryTab(Retranslated):
    """Lists the saved voices and offers actions for the selected one."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = InlineNotice(dismissable=True)
        self.voices = LibraryList("")
        self.voice_model = VoiceModel()
        self.voices.setModel(self.voice_model)
        self.empty = EmptyState(Icon.VOICES, "")
        self.play, self.rename = GhostButton("", Icon.PLAY), GhostButton("", Icon.EDIT)
        self.delete = GhostButton("", Icon.TRASH)
        self.export, self.import_ = GhostButton("", Icon.DOWNLOAD), GhostButton("", Icon.FOLDER)
        self._playing = False
        self.name = RenameField("")
        self._caption = Caption()
        actions = QWidget()
        flow = FlowLayout(actions)
        for button in (self.play, self.rename, self.export, self.import_, self.delete):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S16, Space.S24, Space.S16)
        column.setSpacing(Space.S8)
        listed = EmptyStateContainer(self.voices, self.empty)
        self.notices = OverlaidNotices(
            listed, lambda height: self.voices.setViewportMargins(0, 0, 0, height), self.notice
        )
        column.addWidget(listed, 1)
        column.addWidget(self._caption)
        column.addWidget(self.name)
        column.addWidget(actions)
        self.voices.setMinimumHeight(240)
        self.retranslate()

    def show_playing(self, playing: bool) -> None:
        """Name the button for what pressing it does."""
        self._playing = playing
        self.play.set_glyph(Icon.PAUSE if playing else Icon.PLAY)
        self.play.setText(
            QCoreApplication.translate("Voices", "Pause")
            if playing
            else QCoreApplication.translate("Voices", "Play voice")
        )

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        self.empty.set_words(
            QCoreApplication.translate("Voices", "Voices you design or clone are saved here, ready for the studio."),
            QCoreApplication.translate("Voices", "Design a voice"),
        )
        self.voices.setAccessibleName(QCoreApplication.translate("Voices", "Saved voices"))
        self.show_playing(self._playing)
        self.rename.setText(QCoreApplication.translate("Voices", "Rename"))
        self.delete.setText(QCoreApplication.translate("Voices", "Delete voice"))
        self.export.setText(QCoreApplication.translate("Voices", "Export voice"))
        self.import_.setText(QCoreApplication.translate("Voices", "Import voice"))
        self._caption.setText(QCoreApplication.translate("Voices", "New name"))
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "New name"))
