"""What a blind test found: the sentence first, then the takes by name, pair by pair, and what chance alone gives."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.comparison import Comparison
from app.core.comparison_result import Score, best_pair, more_pairs, scores
from app.core.takes import Take
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.chance_chart import ChanceChart
from app.ui.studio.compare.mini_wave import MiniWave
from app.ui.studio.compare.pair_table import PairTable
from app.ui.texts.comparison import (
    chance_caption,
    letters_text,
    more_pairs_text,
    of_pairs,
    short_name,
    ties_and_order,
    verdict_explanation,
    verdict_sentence,
    voice_of,
)
from app.ui.texts.speech import gain
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import Button, PlayButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.labels import ElidedLabel, Hint, Label, Title
from app.ui.widgets.panel import Panel
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.themed import Themed, paint_box

PAGE_WIDTH = 760
_STACK_BELOW = 640
_STACK_CARDS_BELOW = 480


class ScoreCard(Themed, QFrame):
    """A take of the test with its name, how many pairs it won, and its sound.

    Signals:
        pressed: its play button was pressed.
    """

    pressed = Signal()
    ring_radius = Radius.PANEL

    def __init__(self) -> None:
        super().__init__()
        self._is_best = self._is_starred = False
        self._name = Label(size=Type.HEADING, weight=Type.SEMIBOLD)
        self._star = Label()
        self._voice = ElidedLabel(size=Type.SMALL, ink="text2")
        self._letters = Hint()
        self._won = Title()
        self._heard = Hint()
        self.play = PlayButton("", side=30)
        self.play.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.play.clicked.connect(self.pressed)
        self._wave = MiniWave()
        self._gain = Badge("")
        head, names, counts, sound = QHBoxLayout(), QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        names.setSpacing(Space.S2)
        counts.setSpacing(Space.S2)
        title = QHBoxLayout()
        title.setSpacing(Space.S6)
        title.addWidget(self._name)
        title.addWidget(self._star)
        title.addStretch(1)
        names.addLayout(title)
        for part in (self._voice, self._letters):
            names.addWidget(part)
        counts.addWidget(self._won, 0, Qt.AlignmentFlag.AlignRight)
        counts.addWidget(self._heard, 0, Qt.AlignmentFlag.AlignRight)
        counts.addStretch(1)
        head.addLayout(names, 1)
        head.addLayout(counts)
        sound.setSpacing(Space.S12)
        sound.addWidget(self.play)
        sound.addWidget(self._wave, 1)
        sound.addWidget(self._gain)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S12)
        column.addLayout(head)
        column.addLayout(sound)
        self.follow_theme()

    def show_score(
        self,
        comparison: Comparison,
        score: Score,
        take: Take | None,
        decibels: float | None,
        longest: int,
        *,
        best: bool,
    ) -> None:
        """Show how a take did; `take` is None if it was deleted, and then it can't be played."""
        self._is_best = best
        snapshot = comparison.takes[score.take]
        name = short_name(comparison, score.take)
        self._name.setText(name)
        self._is_starred = take is not None and take.stars > 0
        self._show_star()
        direction = " ".join(snapshot.direction.split())
        parts = [voice_of(snapshot), direction]
        if take is None:
            parts.append(QCoreApplication.translate("Compare", "this take was deleted"))
        self._voice.setText(" · ".join(part for part in parts if part))
        self._letters.setText(letters_text(score.as_a, score.heard - score.as_a))
        self._won.setText(str(score.won))
        self._won.set_ink("soft_text" if best else "text")
        self._heard.setText(of_pairs(score.heard))
        play = QCoreApplication.translate("Compare", "Play {name}").format(name=name)
        self.play.setAccessibleName(play)
        self.play.setToolTip(play)
        self.play.setEnabled(take is not None and take.frames > 0)
        self._wave.set_take(take, longest)
        self._gain.setVisible(decibels is not None)
        self._gain.setText(gain(decibels) if decibels is not None else "")
        self.update()

    def _show_star(self) -> None:
        self._star.setVisible(self._is_starred)
        self._star.setPixmap(pixmap(Icon.STAR_FILLED, "accent", 14, self.devicePixelRatioF()))
        self._star.setToolTip(QCoreApplication.translate("Compare", "This take has a star."))

    def show_playing(self, playing: bool) -> None:
        self.play.set_playing(playing)

    def restyle(self) -> None:
        self._show_star()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme()
        fill, line, width = ("soft", "accent", 2.0) if self._is_best else ("raised", "line", 1.0)
        paint_box(QPainter(self), QRectF(self.rect()), Radius.PANEL, colours.colour(fill), colours.colour(line), width)


class _MoreBar(Themed, QFrame):
    """A quiet bar with what more pairs could settle."""

    ring_radius = Radius.CONTROL

    def restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_box(QPainter(self), QRectF(self.rect()), Radius.CONTROL, theme().colour("sunken"))


class VerdictPage(Retranslated):
    """Shows one finished test.

    Attributes:
        more: goes on with more pairs.

    Signals:
        play_pressed: id of the take whose play button was pressed.
    """

    play_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._takes: Mapping[str, Take] = {}
        self._gains: Mapping[str, float] = {}
        self._cards: list[ScoreCard] = []
        self.verdict, self._explanation = Title(wrap=True), Label(ink="text2", wrap=True)
        self._cards_box = QWidget()
        self._cards_layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._cards_box)
        self._pairs_panel, self._chance_panel = Panel(fill="raised"), Panel(fill="raised")
        self._pairs_hint, self._chance_hint = (ElidedLabel(size=Type.SMALL, ink="text3") for _ in range(2))
        self._table, self._ties = PairTable(), Label(size=Type.SMALL, ink="text2", wrap=True)
        self._chart, self._caption = ChanceChart(), Label(size=Type.SMALL, ink="text2", wrap=True)
        self._more_bar, self._more_text = _MoreBar(), Label(size=Type.CONTROL, wrap=True)
        self.more = Button()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(theme().px(PAGE_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S16)
        self._cards_layout.setContentsMargins(0, 0, 0, 0)
        self._cards_layout.setSpacing(Space.S12)
        self._table_scroll = ScrollArea(self._table, fill="raised")
        self._table_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._table_scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill_panel(self._pairs_panel, self._pairs_hint, self._table_scroll, self._ties)
        self._fill_panel(self._chance_panel, self._chance_hint, self._chart, self._caption)
        self._panels = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._panels.setSpacing(Space.S16)
        self._panels.addWidget(self._pairs_panel, 1)
        self._panels.addWidget(self._chance_panel, 1)
        more = QHBoxLayout(self._more_bar)
        more.setContentsMargins(Space.S12, Space.S8, Space.S8, Space.S8)
        more.addWidget(self._more_text, 1)
        more.addWidget(self.more)
        for part in (self.verdict, self._explanation, self._cards_box):
            column.addWidget(part)
        column.addLayout(self._panels)
        column.addWidget(self._more_bar)
        page = QWidget()
        around = QVBoxLayout(page)
        around.setContentsMargins(Space.S16, Space.S16, Space.S16, Space.S16)
        around.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        around.addLayout(row)
        around.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(page))

    @staticmethod
    def _fill_panel(panel: Panel, hint: ElidedLabel, drawing: QWidget, caption: Label) -> None:
        panel.add_action(hint)
        box = QVBoxLayout()
        box.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        box.setSpacing(Space.S8)
        box.addWidget(drawing)
        box.addWidget(caption)
        box.addStretch(1)
        panel.body.addLayout(box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        narrow = self.width() < theme().px(_STACK_BELOW)
        is_narrower = self.width() < theme().px(_STACK_CARDS_BELOW)
        self._panels.setDirection(down if narrow else across)
        self._cards_layout.setDirection(down if is_narrower or len(self._cards) != 2 else across)

    def show_comparison(self, comparison: Comparison, takes: Mapping[str, Take], gains: Mapping[str, float]) -> None:
        """Show a test with the takes of it that exist, by id, and their gains in dB as they are played now."""
        self._comparison, self._takes, self._gains = comparison, takes, gains
        if len(self._cards) != len(comparison.takes):
            self._make_cards(len(comparison.takes))
        self._fit()
        self.retranslate()

    def _make_cards(self, count: int) -> None:
        """Make a card per take. They stay while the takes are as many, so that none loses the focus."""
        self._clear_cards()
        for place in range(count):
            card = ScoreCard()
            card.pressed.connect(partial(self._press, place))
            self._cards_layout.addWidget(card, 1)
            self._cards.append(card)

    def _press(self, place: int) -> None:
        if self._comparison is not None:
            self.play_pressed.emit(self._comparison.takes[scores(self._comparison)[place].take].id)

    def clear(self) -> None:
        """Forget the test: while another one is blind, nothing of it may be found here."""
        self._comparison, self._takes, self._gains = None, {}, {}
        self._clear_cards()
        for label in (self.verdict, self._explanation, self._ties, self._caption, self._more_text):
            label.setText("")
        self.verdict.setAccessibleName("")
        for drawing in (self._table, self._chart):
            drawing.setAccessibleDescription("")

    def _clear_cards(self) -> None:
        for card in self._cards:
            self._cards_layout.removeWidget(card)
            card.setParent(None)
            card.deleteLater()
        self._cards = []

    def show_playing(self, take_id: str, current: str) -> None:
        """Mark the take that plays, empty for none. The focus goes along to the current one: Space then pauses it."""
        if self._comparison is None:
            return
        ids = [self._comparison.takes[score.take].id for score in scores(self._comparison)]
        for shown, card in zip(ids, self._cards, strict=True):
            card.show_playing(shown == take_id)
        if current in ids and any(card.play.hasFocus() for card in self._cards):
            self._cards[ids.index(current)].play.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_play(self) -> PlayButton | None:
        """The play button of the best take that can be played."""
        return next((card.play for card in self._cards if card.play.isEnabled()), None)

    def retranslate(self) -> None:
        self._pairs_panel.set_title(QCoreApplication.translate("Compare", "Pair by pair"))
        self._table.setAccessibleName(QCoreApplication.translate("Compare", "Pair by pair"))
        self._pairs_hint.setText(QCoreApplication.translate("Compare", "order as heard"))
        chance = QCoreApplication.translate("Compare", "What chance alone gives")
        self._chance_panel.set_title(chance)
        self._chart.setAccessibleName(chance)
        self._chance_hint.setText(QCoreApplication.translate("Compare", "exact binomial, two-sided"))
        self.more.setAccessibleName(QCoreApplication.translate("Compare", "Hear more pairs"))
        comparison = self._comparison
        if comparison is None:
            return
        best, listed = best_pair(comparison), scores(comparison)
        sentence = verdict_sentence(comparison)
        self.verdict.setText(sentence)
        spoken = QCoreApplication.translate("Compare", "Verdict: {sentence}").format(sentence=sentence)
        self.verdict.setAccessibleName(spoken)
        self._explanation.setText(verdict_explanation(comparison))
        longest = max((round(1000 * take.frames / take.rate) for take in self._takes.values()), default=0)
        is_decided = best.decided > 0 and (len(listed) > 2 or 2 * best.won > best.decided)
        for score, card in zip(listed, self._cards, strict=True):
            take_id = comparison.takes[score.take].id
            card.show_score(
                comparison, score, self._takes.get(take_id), self._gains.get(take_id), longest,
                best=is_decided and score.take == best.winner,
            )  # fmt: skip
        self._table.show_comparison(comparison)
        self._table.setMinimumWidth(self._table.minimumSizeHint().width())
        self._table_scroll.setFixedHeight(self._table.height() + Space.S12)
        self._ties.setText(ties_and_order(comparison))
        self._chance_panel.setVisible(best.decided > 0)
        self._chart.show_result(best.won, best.decided)
        self._chart.setAccessibleDescription(chance_caption(comparison, best))
        self._caption.setText(chance_caption(comparison, best))
        more = more_pairs(comparison)
        self._more_text.setText(more_pairs_text(more, best))
        self.more.setEnabled(more is not None and len(self._takes) == len(comparison.takes))
        self.more.setText(
            QCoreApplication.translate("Compare", "Hear {n} more pairs").format(n=more.pairs)
            if more is not None
            else QCoreApplication.translate("Compare", "Hear more pairs")
        )
