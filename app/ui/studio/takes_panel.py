"""The panel with the takes of the open session, what can be done with the selected ones, and the player."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.settings import EQUAL_LOUDNESS, Settings
from app.core.takes import Take
from app.ui.studio.latency_strip import LatencyStrip
from app.ui.studio.part_list import PartList
from app.ui.studio.player_bar import PlayerBar
from app.ui.studio.take_filter import TakeFilter
from app.ui.studio.take_list import TakeList
from app.ui.studio.take_model import TakeModel
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Hint
from app.ui.widgets.notice_area import NoticeArea, ScrollPastEnd
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.wrapping_row import WrappingRow

_LOW = 680
"""Logical pixels of height below which the rows need the room more than the names of the latency strip."""


class _Listed(EmptyStateContainer):
    """The list, with one empty state while there are no takes and another while none passes the filter."""

    def __init__(self, rows: TakeList, model: TakeModel, empty: EmptyState, no_match: EmptyState) -> None:
        self._model, self._nothing, self._no_match = model, empty, no_match
        super().__init__(rows, empty)
        layout = self.layout()
        assert isinstance(layout, QGridLayout)
        layout.addWidget(no_match, 0, 0)
        no_match.raise_()

    def _update_visibility(self) -> None:
        has_takes, has_rows = bool(self._model.takes()), bool(self._model.rowCount())
        self._nothing.setVisible(not has_takes)
        self._no_match.setVisible(has_takes and not has_rows)


class TakesPanel(Panel):
    """Lists the takes and plays the leading one of those that are selected.

    Attributes:
        example: the button of the empty state, which fills in an example.
        show_all: the button of the state in which no take passes the filter.
        lineage: what the leading take was made from; pressing it goes there.
        more: opens the menu of the selected takes.

    Signals:
        audition_wanted: an audition page of the selected takes is to be made.
        votes_wanted: votes for audition pages are to be read in.
    """

    audition_wanted = Signal()
    votes_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.model = TakeModel()
        self.list = TakeList("", selects_many=True)
        self.list.setModel(self.model)
        self._past_end = ScrollPastEnd(self.list.verticalScrollBar())
        self.filtering = IconButton(Icon.SEARCH, "")
        self.filtering.setCheckable(True)
        self.filter = TakeFilter()
        self.equal_loudness = Chip("")
        self.equal_loudness.setChecked(settings.get(EQUAL_LOUDNESS))
        self.several = Hint("", wrap=True)
        self.several.hide()
        self.compare, self.blind = GhostButton(), Chip("")
        self.parts = PartList()
        self.player = PlayerBar()
        self.star = IconButton(Icon.STAR, "")
        self.redo, self.reuse = IconButton(Icon.REDO, ""), IconButton(Icon.UNDO, "")
        self.keep, self.export = IconButton(Icon.VOICES, ""), IconButton(Icon.DOWNLOAD, "")
        self.subtitles = IconButton(Icon.SUBTITLES, "")
        self.copy, self.delete = IconButton(Icon.COPY, ""), IconButton(Icon.TRASH, "")
        self.check_words, self.check_drift = IconButton(Icon.EAR, ""), IconButton(Icon.DRIFT, "")
        self.ask = IconButton(Icon.CHAT, "")
        self.more, self.stop = IconButton(Icon.MORE, ""), IconButton(Icon.STOP, "")
        self.stop.hide()
        # With these, the row would not fit beside Compare: they are in the menu, and each has a key or a command.
        for button in (self.subtitles, self.copy, self.check_words):
            button.hide()
        self.star.setCheckable(True)
        self.star.toggled.connect(lambda on: self.star.set_glyph(Icon.STAR_FILLED if on else Icon.STAR))
        self.lineage = GhostButton("", Icon.BRANCH)
        self.lineage.hide()
        self.latency = LatencyStrip()
        self.note = LineField("")
        self._empty, self._no_match = EmptyState(Icon.STUDIO, ""), EmptyState(Icon.SEARCH, "")
        self.example, self.show_all = self._empty.step, self._no_match.step
        self._lay_out()
        self.filtering.toggled.connect(self.filter.set_open)
        self.filter.closed.connect(self._close_filter)
        self.show_all.clicked.connect(self.filter.show_all)
        self.player.played.connect(self.model.set_played)
        for keys, button in (
            ("S", self.star), ("Delete", self.delete), (QKeySequence.StandardKey.Copy, self.copy),
            ("W", self.check_words), ("D", self.check_drift), ("A", self.ask),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self.list, button.click)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _lay_out(self) -> None:
        self.add_action(WrappingRow(self.filtering, self.equal_loudness, self.blind))
        actions = QWidget()
        flow = FlowLayout(actions, gap=Space.S2, line_gap=Space.S2)
        flow.setContentsMargins(Space.S12, Space.S2, Space.S12, Space.S2)
        for button in (*self.take_buttons(), self.stop, self.more, self.compare):
            flow.addWidget(button)
        annotated = QHBoxLayout()
        annotated.setSpacing(Space.S8)
        annotated.addWidget(self.note, 1)
        annotated.addWidget(self.lineage)
        below = QVBoxLayout()
        below.setContentsMargins(Space.S16, Space.S2, Space.S16, Space.S4)
        below.setSpacing(Space.S4)
        below.addWidget(self.several)
        below.addWidget(self.latency)
        below.addLayout(annotated)
        self._listed = _Listed(self.list, self.model, self._empty, self._no_match)
        self.body.addWidget(self.filter)
        self.body.addWidget(self._listed, 1)
        self.body.addWidget(self.parts)
        self.body.addWidget(actions)
        self.body.addLayout(below)
        self.body.addWidget(Divider())
        self.body.addWidget(self.player)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.latency.set_low(self.height() < theme().px(_LOW))

    def take_buttons(self) -> tuple[IconButton, ...]:
        """The buttons for takes that have ended, with those that only the menu shows."""
        return (
            self.star, self.redo, self.reuse, self.keep, self.export, self.subtitles, self.copy, self.check_words,
            self.check_drift, self.ask, self.delete,
        )  # fmt: skip

    def _close_filter(self) -> None:
        self.filtering.setChecked(False)
        self.list.setFocus()

    def selected_takes(self) -> list[Take]:
        """The selected takes, in the order of the list."""
        found = (self.model.take(key) for key in self.list.selected_keys())
        return [take for take in found if take is not None]

    def lead(self) -> Take | None:
        """The take that is shown below the list and played: the one that was selected last."""
        return self.model.take(self.list.selected_key())

    def notice_area(self) -> NoticeArea:
        """The list, which can be scrolled past what notifications cover."""
        return NoticeArea(self._listed, reserve=self._past_end.set_height)

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.set_title(QCoreApplication.translate("Studio", "Takes"))
        self.list.setAccessibleName(QCoreApplication.translate("Studio", "Takes"))
        self.list.restyle()
        self.filtering.set_name(QCoreApplication.translate("Studio", "Filter and sort takes"))
        self.filter.retranslate()
        self.equal_loudness.setText(QCoreApplication.translate("Studio", "Equal loudness"))
        self.redo.set_name(QCoreApplication.translate("Studio", "Redo"))
        self.reuse.set_name(QCoreApplication.translate("Studio", "Reuse settings"))
        self.keep.set_name(QCoreApplication.translate("Studio", "Keep as voice"))
        self.star.set_name(QCoreApplication.translate("Studio", "Star"))
        self.export.set_name(QCoreApplication.translate("Studio", "Export"))
        self.subtitles.set_name(QCoreApplication.translate("Studio", "Save subtitles"))
        self.copy.set_name(QCoreApplication.translate("Studio", "Copy take"))
        self.delete.set_name(QCoreApplication.translate("Studio", "Delete take"))
        self.check_words.set_name(QCoreApplication.translate("Health", "Check words"))
        self.check_drift.set_name(QCoreApplication.translate("Health", "Check drift"))
        self.ask.set_name(QCoreApplication.translate("Health", "Ask MiMo about this take"))
        self.more.set_name(QCoreApplication.translate("Studio", "More take actions"))
        self.stop.set_name(QCoreApplication.translate("Studio", "Stop take"))
        self.compare.setText(QCoreApplication.translate("Compare", "Compare"))
        self.compare.setToolTip(QCoreApplication.translate("Compare", "Compare the chosen takes, or those with a star"))
        self.blind.setText(QCoreApplication.translate("Compare", "Blind"))
        self.blind.setToolTip(QCoreApplication.translate("Compare", "Compare takes without knowing which is which"))
        self.parts.retranslate()
        self.latency.describe()
        self.note.setAccessibleName(QCoreApplication.translate("Studio", "Note"))
        self.note.setPlaceholderText(QCoreApplication.translate("Studio", "Note"))
        self._empty.set_words(
            QCoreApplication.translate("Studio", "Each take you generate appears here, ready to play and compare."),
            QCoreApplication.translate("Studio", "Try an example"),
        )
        self._no_match.set_words(
            QCoreApplication.translate("Studio", "No take matches the filter."),
            QCoreApplication.translate("Studio", "Show all takes"),
        )
