"""The panel with the takes of the open session, what can be done with the selected one, and the player."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.core.settings import EQUAL_LOUDNESS, Settings
from app.ui.studio.part_list import PartList
from app.ui.studio.player_bar import PlayerBar
from app.ui.studio.take_list import TakeList, TakeModel
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import LineField
from app.ui.widgets.notice_area import NoticeArea, ScrollPastEnd
from app.ui.widgets.panel import Divider, Panel


class TakesPanel(Panel):
    """Lists the takes and plays the selected one.

    Attributes:
        example: the button of the empty state, which fills in an example.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.model = TakeModel()
        self.list = TakeList("")
        self.list.setModel(self.model)
        self._past_end = ScrollPastEnd(self.list.verticalScrollBar())
        self.starred = Chip("", Icon.STAR)
        self.equal_loudness = Chip("")
        self.equal_loudness.setChecked(settings.get(EQUAL_LOUDNESS))
        self.parts = PartList()
        self.player = PlayerBar()
        self.redo, self.reuse = GhostButton("", Icon.REDO), GhostButton("", Icon.UNDO)
        self.keep, self.star = GhostButton("", Icon.VOICES), GhostButton("", Icon.STAR)
        self.star.setCheckable(True)
        self.star.toggled.connect(lambda on: self.star.set_glyph(Icon.STAR_FILLED if on else Icon.STAR))
        self.export, self.delete = GhostButton("", Icon.DOWNLOAD), GhostButton("", Icon.TRASH)
        self.note = LineField("")
        self._empty = EmptyState(Icon.STUDIO, "")
        self.example = self._empty.step
        self._lay_out()

    def _lay_out(self) -> None:
        self.add_action(self.starred)
        self.add_action(self.equal_loudness)
        actions = QWidget()
        self._actions = QGridLayout(actions)
        self._actions.setContentsMargins(Space.S8, 0, Space.S8, Space.S4)
        self._actions.setHorizontalSpacing(Space.S8)
        self._actions.setVerticalSpacing(Space.S2)
        note = QHBoxLayout()
        note.setContentsMargins(Space.S16, 0, Space.S16, Space.S4)
        note.addWidget(self.note)
        self._listed = EmptyStateContainer(self.list, self._empty)
        self.body.addWidget(self._listed, 1)
        self.body.addWidget(self.parts)
        self.body.addWidget(actions)
        self.body.addLayout(note)
        self.body.addWidget(Divider())
        self.body.addWidget(self.player)

    def notice_area(self) -> NoticeArea:
        """The list, which can be scrolled past what notifications cover."""
        return NoticeArea(self._listed, reserve=self._past_end.set_height)

    def set_columns(self, columns: int) -> None:
        """Arrange the buttons below the list in `columns` columns."""
        buttons = (self.redo, self.reuse, self.keep, self.star, self.export, self.delete)
        for index, button in enumerate(buttons):
            self._actions.addWidget(button, index // columns, index % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(len(buttons)):
            self._actions.setColumnStretch(column, 1 if column < columns else 0)

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.set_title(QCoreApplication.translate("Studio", "Takes"))
        self.list.setAccessibleName(QCoreApplication.translate("Studio", "Takes"))
        self.starred.setText(QCoreApplication.translate("Studio", "Starred"))
        self.starred.setToolTip(QCoreApplication.translate("Studio", "Show only takes with a star"))
        self.equal_loudness.setText(QCoreApplication.translate("Studio", "Equal loudness"))
        self.redo.setText(QCoreApplication.translate("Studio", "Redo"))
        self.reuse.setText(QCoreApplication.translate("Studio", "Reuse settings"))
        self.keep.setText(QCoreApplication.translate("Studio", "Keep as voice"))
        self.star.setText(QCoreApplication.translate("Studio", "Star"))
        self.export.setText(QCoreApplication.translate("Studio", "Export"))
        self.delete.setText(QCoreApplication.translate("Studio", "Delete take"))
        self.parts.retranslate()
        self.note.setAccessibleName(QCoreApplication.translate("Studio", "Note"))
        self.note.setPlaceholderText(QCoreApplication.translate("Studio", "Note"))
        self._empty.set_words(
            QCoreApplication.translate("Studio", "Each take you generate appears here, ready to play and compare."),
            QCoreApplication.translate("Studio", "Try an example"),
        )
