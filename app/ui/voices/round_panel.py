"""The candidates of a round with the machinery of the compare room, and the earlier rounds below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.preview_lines import starters
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.compare_model import RowTexts
from app.ui.studio.compare.rows import FLIP_KEYS, CompareList
from app.ui.studio.compare.ruler import Ruler
from app.ui.studio.compare.take_keys import take_key
from app.ui.texts.comparison import equal_loudness_text
from app.ui.texts.voice_design import candidate_name, candidate_spoken, figures_caption, ui_language
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.voices.earlier_rounds import EarlierList
from app.ui.voices.round_foot import RoundFoot
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import ElidedLabel, PanelTitle
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.wrapping_row import WrappingRow

_STARTERS = 3
CANDIDATE_TEXTS = RowTexts(candidate_name, candidate_spoken, by_place=True)


class _Beginning(EmptyState):
    """What the candidates are for, and descriptions to start from."""

    def __init__(self) -> None:
        super().__init__(Icon.VOICES, "")
        self.starters = [Button() for _ in range(_STARTERS)]
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        row = WrappingRow(*self.starters)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(row)
        middle.addStretch(1)
        column.insertLayout(column.count() - 1, middle)


class RoundPanel(Retranslated):
    """The widgets; `RoundPresenter` gives them a round.

    Signals:
        starter_chosen: the text of a description to start from.
        play_pressed, flip_pressed, number_pressed, star_pressed, step_pressed: as in `CompareRoom`.
    """

    starter_chosen = Signal(str)
    play_pressed = Signal()
    flip_pressed = Signal()
    number_pressed = Signal(int)
    star_pressed = Signal()
    step_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._heading_text = self._subtitle_text = ""
        self._heading, self._subtitle = PanelTitle(), ElidedLabel(size=Type.CONTROL, ink="text2")
        self.equal_loudness, self.blind = Chip("", Icon.CHECK), Chip("", Icon.EYE_OFF)
        self.equal_loudness.setChecked(True)
        self.ruler = Ruler()
        self.list = CompareList(CANDIDATE_TEXTS, figures=True)
        self.beginning = _Beginning()
        self.starters = self.beginning.starters
        self._earlier_title = PanelTitle()
        self._earlier_hint = ElidedLabel(size=Type.SMALL, ink="text2")
        self.search = SearchField("")
        self.show_round, self.use_round = IconButton(Icon.EYE, ""), IconButton(Icon.EDIT, "")
        self.delete_round = IconButton(Icon.TRASH, "")
        self.earlier = EarlierList()
        self.foot = RoundFoot()
        self.page = Panel()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(Space.S16, Space.S12 - 1, Space.S12, Space.S8)
        header.setSpacing(Space.S8)
        header.addWidget(self._heading)
        header.addWidget(self._subtitle, 1)
        header.addWidget(WrappingRow(self.equal_loudness, self.blind))
        compared = QWidget()
        over = QGridLayout(compared)
        over.setContentsMargins(0, 0, 0, 0)
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ruler)
        column.addWidget(self.list, 1)
        self._rows = rows
        over.addWidget(rows, 0, 0)
        over.addWidget(self.beginning, 0, 0)
        self.beginning.raise_()
        title = QHBoxLayout()
        title.setContentsMargins(Space.S16, Space.S8, Space.S12, Space.S4)
        title.setSpacing(Space.S8)
        title.addWidget(self._earlier_title)
        title.addWidget(self._earlier_hint, 1)
        for button in (self.show_round, self.use_round, self.delete_round):
            title.addWidget(button)
        title.addWidget(self.search)
        earlier = QWidget()
        below = QVBoxLayout(earlier)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(Divider())
        below.addLayout(title)
        below.addWidget(self.earlier, 1)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(compared)
        self._split.addWidget(earlier)
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([460, 230])
        self.page.body.setContentsMargins(0, 0, 0, 0)
        self.page.body.addLayout(header)
        self.page.body.addWidget(self._split, 1)
        self.page.body.addWidget(Divider())
        self.page.body.addWidget(self.foot)
        self._pages.addWidget(self.page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self.list.reshaped.connect(self._fit_ruler)
        for at, button in enumerate(self.starters):
            button.clicked.connect(lambda _on=False, at=at: self.starter_chosen.emit(starters(ui_language())[at].text))
        self.foot.play.clicked.connect(self.play_pressed)
        self.foot.flip.clicked.connect(self.flip_pressed)
        self.foot.star.clicked.connect(self.star_pressed)
        self.earlier.row_selected.connect(lambda _key: self._show_earlier_actions())
        self.earlier.earlier.modelReset.connect(self._show_earlier_actions)
        for action, signal in (
            (self.show_round, self.earlier.show_pressed),
            (self.use_round, self.earlier.use_pressed),
            (self.delete_round, self.earlier.delete_pressed),
        ):
            action.clicked.connect(lambda _on=False, signal=signal: signal.emit(self.earlier.selected_key() or ""))
        # A shortcut, because Shift+Space would press the button that has the focus.
        shortcut = QShortcut(QKeySequence(FLIP_KEYS), self.page, self.flip_pressed.emit)
        shortcut.setAutoRepeat(False)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for pressed in (self.foot.play, self.foot.flip, self.foot.star):
            pressed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.installEventFilter(self)
        self._show_earlier_actions()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the keys that the list of candidates leaves to what is around it."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            pressed = take_key(event)
            if pressed is not None:
                self._act(pressed.act, pressed.value)
                return True
        return False

    def _act(self, act: str, value: int) -> None:
        if act == "play":
            self.play_pressed.emit()
        elif act == "star":
            self.star_pressed.emit()
        elif act == "step":
            self.step_pressed.emit(value)
        elif act == "number":
            self.number_pressed.emit(value)

    def show_heading(self, heading: str, subtitle: str) -> None:
        """Name the round that is shown; both empty before the first."""
        self._heading_text, self._subtitle_text = heading, subtitle
        self._heading.setText(heading or QCoreApplication.translate("Design", "Candidates"))
        self._subtitle.setText(subtitle)
        self.beginning.setVisible(not heading)
        self.ruler.setVisible(bool(heading))

    @property
    def heading(self) -> str:
        """The name of the round that is shown; empty for none."""
        return self._heading_text

    def set_position(self, milliseconds: int) -> None:
        self.ruler.set_position(milliseconds)
        self.list.set_position(milliseconds)

    def show_room(self, room: QWidget | None) -> None:
        """Show a room in the place of the round; None for the round again."""
        if room is not None and self._pages.indexOf(room) < 0:
            self._pages.addWidget(room)
        self._pages.setCurrentWidget(room or self.page)

    def _show_earlier_actions(self) -> None:
        key = self.earlier.selected_key()
        is_listed = key is not None and self.earlier.selectionModel().hasSelection()
        buttons: Sequence[QAbstractButton] = (self.show_round, self.use_round, self.delete_round)
        for button in buttons:
            button.setEnabled(is_listed)

    def _fit_ruler(self) -> None:
        self.ruler.set_scale(self.list.row_geometry(), figures_caption=figures_caption())

    def retranslate(self) -> None:
        self.equal_loudness.setText(equal_loudness_text(with_target=True))
        self.equal_loudness.setAccessibleName(QCoreApplication.translate("Studio", "Equal loudness"))
        self.blind.setText(QCoreApplication.translate("Compare", "Blind"))
        self.list.setAccessibleName(QCoreApplication.translate("Voices", "Candidate takes"))
        self.ruler.setAccessibleName(QCoreApplication.translate("Studio", "Position"))
        self.beginning.set_words(
            QCoreApplication.translate(
                "Design",
                "Every press of Design voice makes a round: candidates of one description, each another voice. "
                "Compare them by ear and keep the one you like. Start from one of these, or write your own.",
            )
        )
        for button, starter in zip(self.starters, starters(ui_language()), strict=True):
            button.setText(starter.title)
            button.setToolTip(starter.text)
        self._earlier_title.setText(QCoreApplication.translate("Design", "Earlier rounds"))
        self._earlier_hint.setText(QCoreApplication.translate("Design", "every round stays, with its sound"))
        self.search.setAccessibleName(QCoreApplication.translate("Design", "Search rounds"))
        self.search.setPlaceholderText(QCoreApplication.translate("Design", "Search"))
        self.show_round.set_name(QCoreApplication.translate("Design", "Show round"))
        self.use_round.set_name(QCoreApplication.translate("Design", "Use round"))
        self.delete_round.set_name(QCoreApplication.translate("Design", "Delete round"))
        self.earlier.setAccessibleName(QCoreApplication.translate("Design", "Earlier descriptions"))
        self.earlier.use_text = QCoreApplication.translate("Design", "Use")
        self.earlier.viewport().update()
        self.show_heading(self._heading_text, self._subtitle_text)
        self._fit_ruler()
