"""A pair of a blind test: A and B, two preferences and a tie of equal weight, and how far the test is."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.comparison import Comparison, resting
from app.core.sentence_joiner import join_sentences
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.buttons import KeyButton
from app.ui.texts.comparison import times_heard
from app.ui.texts.numbers import clock
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import PlayButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.labels import Hint, Label, Title
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.themed import Themed, paint_box
from app.ui.widgets.wrapping_row import WrappingRow

PAGE_WIDTH = 660
LETTERS = "ABCDEFGHI"
_LETTER = 62
_CARD_HEIGHT = 240
_LOW_CARD_HEIGHT = 130
_LOW_BELOW = 480
_SEGMENT_HEIGHT = 6
_MAX_SEGMENTS = 40
Shown = Literal["a", "b"]


class SideCard(Themed, QFrame):
    """One side of a pair: its letter, its play button and how often it was heard.

    Signals:
        pressed: the card or its button was pressed.
    """

    pressed = Signal()
    ring_radius = Radius.PANEL

    def __init__(self, letter: str) -> None:
        super().__init__()
        self.letter = letter
        self._is_current = False
        self._letter = Label(letter, size=_LETTER, weight=Type.SEMIBOLD)
        self.play = PlayButton("", side=40)
        self.play.clicked.connect(self.pressed)
        self.state = Label(size=Type.SMALL, ink="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        column.setSpacing(Space.S8)
        column.addStretch(1)
        for part in (self._letter, self.play, self.state):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.follow_theme()

    def set_low(self, is_low: bool) -> None:
        """Take less height, in a low window."""
        self._letter.set_size(_LETTER // 2 if is_low else _LETTER)
        self.setMinimumHeight(theme().px(_LOW_CARD_HEIGHT if is_low else _CARD_HEIGHT))

    def show_state(self, *, current: bool, playing: bool, text: str) -> None:
        """Show whether this side is the one that Space plays, and what is known of it."""
        self._is_current = current
        self.play.set_playing(playing)
        self.state.setText(text)
        self.state.set_ink("soft_text" if current else "text2")
        self._letter.set_ink("soft_text" if current else "text")
        self.update()

    def restyle(self) -> None:
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled() and self.rect().contains(event.pos()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme()
        fill, line, width = ("soft", "accent", 2.0) if self._is_current else ("raised", "line", 1.0)
        paint_box(QPainter(self), QRectF(self.rect()), Radius.PANEL, colours.colour(fill), colours.colour(line), width)


class Segments(Themed, QWidget):
    """A segment per pair: answered, being heard, to come."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._done, self._total = 0, 0
        self.follow_theme()

    def set_progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(220), _SEGMENT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), _SEGMENT_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._total:
            return
        painter, colours = QPainter(self), theme()
        gap = 4 if self._total <= _MAX_SEGMENTS else 0
        wide = (self.width() - gap * (self._total - 1)) / self._total
        for place in range(self._total):
            box = QRectF(place * (wide + gap), 0, wide, self.height())
            fill = colours.colour("accent") if place < self._done else colours.mixed("line", "text", 0.06)
            if place == self._done:
                paint_box(painter, box, 3, colours.colour("surface"), colours.colour("accent"), 1.5)
            else:
                paint_box(painter, box, 3 if gap else 0, fill)


class BlindArea(ScrollArea):
    """Scrolls the page where it does not fit, after it was divided for the room that there is."""

    def __init__(self, page: BlindPage) -> None:
        super().__init__(page)
        self._page = page

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._page.fit(self.viewport().width(), self.viewport().height())
        super().resizeEvent(event)


class BlindPage(Retranslated):
    """Shows one pair after the other.

    Signals:
        side_pressed: `a` or `b`: that side is to be played, or paused.
        answered: the choice: `a`, `b` or `tie`.
    """

    side_pressed = Signal(str)
    answered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._comparison: Comparison | None = None
        self._shown_state: tuple[Shown, bool, int, dict[Shown, int]] = ("a", False, 0, {"a": 0, "b": 0})
        self.question, self._step, self._progress = Title(), Label(ink="text2"), Label(size=Type.SMALL, ink="text2")
        self._segments = Segments()
        self.cards: dict[Shown, SideCard] = {"a": SideCard("A"), "b": SideCard("B")}
        self.prefer_a, self.tie, self.prefer_b = KeyButton("Left"), KeyButton("Down"), KeyButton("Right")
        self._pair_caption, self._rest_caption = Hint(), Hint()
        self._letters = [Badge(letter) for letter in LETTERS]
        self._pair = WrappingRow(self._pair_caption, *self._letters, self._rest_caption)
        self._lay_out()
        for side, card in self.cards.items():
            card.pressed.connect(lambda side=side: self.side_pressed.emit(side))
        for button, choice in ((self.prefer_a, "a"), (self.tie, "tie"), (self.prefer_b, "b")):
            button.clicked.connect(lambda _on=False, choice=choice: self.answered.emit(choice))
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(theme().px(PAGE_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S16)
        titles, counts = QVBoxLayout(), QVBoxLayout()
        titles.setSpacing(Space.S4)
        counts.setSpacing(Space.S8)
        titles.addWidget(self.question)
        titles.addWidget(self._step)
        counts.addStretch(1)
        counts.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignRight)
        counts.addWidget(self._segments)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.addLayout(titles, 2)
        self._head.addLayout(counts, 1)
        cards = QHBoxLayout()
        cards.setSpacing(Space.S16)
        for card in self.cards.values():
            cards.addWidget(card, 1)
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers.setSpacing(Space.S16)
        for button, share in ((self.prefer_a, 5), (self.tie, 3), (self.prefer_b, 5)):
            self._answers.addWidget(button, share)
        column.addLayout(self._head)
        column.addLayout(cards)
        column.addLayout(self._answers)
        pair = QHBoxLayout()
        pair.addStretch(1)
        pair.addWidget(self._pair)
        pair.addStretch(1)
        column.addLayout(pair)
        around = QVBoxLayout(self)
        around.setContentsMargins(Space.S16, Space.S16, Space.S16, Space.S16)
        around.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inside, 100)
        row.addStretch(1)
        around.addLayout(row)
        around.addStretch(1)

    def fit(self, width: int, height: int) -> None:
        """Divide an area of this size. The size of the page says nothing: it does not become lower than its cards."""
        for card in self.cards.values():
            card.set_low(height < theme().px(_LOW_BELOW))
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._answers.setDirection(down if width < theme().px(430) else across)
        self._head.setDirection(down if width < theme().px(500) else across)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show the pair that is heard now, or that all were answered."""
        self._comparison = comparison
        self._segments.set_progress(len(comparison.answers), len(comparison.pairs))
        waits = comparison.pair is not None
        for part in self.cards.values():
            part.setEnabled(waits)
        self._pair.setVisible(waits and len(comparison.takes) > 2)
        for place, letter in enumerate(self._letters):
            letter.setVisible(place < len(comparison.takes))
            letter.set_kind("accent" if place < 2 else "neutral")
        self.retranslate()

    def show_state(self, current: Shown, playing: bool, position_ms: int, heard: dict[Shown, int]) -> None:
        """Show which side is current, whether it plays and where, and how often each was started."""
        self._follow_current(current)
        self._shown_state = (current, playing, position_ms, heard)
        has_pair = self._comparison is not None and self._comparison.pair is not None
        self._show_answerable(has_pair and all(heard.values()), has_pair=has_pair)
        for side, card in self.cards.items():
            is_playing = playing and side == current
            if not has_pair:
                text = ""
            elif is_playing:
                time = clock(position_ms / 1000)
                text = QCoreApplication.translate("Compare", "playing, {time} in").format(time=time)
            else:
                text = times_heard(heard[side])
            card.show_state(current=has_pair and side == current, playing=is_playing, text=text)
            name = (
                QCoreApplication.translate("Compare", "Pause {letter}")
                if is_playing
                else QCoreApplication.translate("Compare", "Play {letter}")
            ).format(letter=card.letter)
            card.play.setAccessibleName(name)
            card.play.setToolTip(name)

    def _show_answerable(self, may_answer: bool, *, has_pair: bool) -> None:
        """Let the pair be answered once both sides were heard, and say so until then."""
        reason = QCoreApplication.translate("Compare", "Hear A and B before you answer.")
        for button in (self.prefer_a, self.tie, self.prefer_b):
            button.setEnabled(may_answer)
            text = reason if has_pair and not may_answer else ""
            if button.toolTip() != text:
                button.setToolTip(text)
                button.setAccessibleDescription(text)
        comparison = self._comparison
        if comparison is None or not has_pair:
            return
        step = QCoreApplication.translate("Compare", "Pair {n} of {total}.").format(
            n=len(comparison.answers) + 1, total=len(comparison.pairs)
        )
        hint = QCoreApplication.translate("Compare", "Flip as often as you like.") if may_answer else reason
        line = join_sentences(step, hint)
        if line != self._step.text():
            self._step.setText(line)

    def _follow_current(self, current: Shown) -> None:
        """Take the focus along from one play button to the other, so that Space pauses what plays."""
        other = self.cards["b" if current == "a" else "a"].play
        if current != self._shown_state[0] and other.hasFocus():
            self.cards[current].play.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.prefer_a.setText(QCoreApplication.translate("Compare", "Prefer A"))
        self.tie.setText(QCoreApplication.translate("Compare", "Tie"))
        self.prefer_b.setText(QCoreApplication.translate("Compare", "Prefer B"))
        self._pair_caption.setText(QCoreApplication.translate("Compare", "This pair"))
        comparison = self._comparison
        if comparison is None:
            return
        done, total = len(comparison.answers), len(comparison.pairs)
        if comparison.pair is None:
            self.question.setText(QCoreApplication.translate("Compare", "Every pair is answered"))
            self._step.setText(QCoreApplication.translate("Compare", "Reveal shows the names and the verdict."))
        else:
            self.question.setText(QCoreApplication.translate("Compare", "Which would you keep?"))
        self._progress.setText(
            QCoreApplication.translate("Compare", "{n} of {total} answered").format(n=done, total=total)
        )
        rest = resting(comparison)
        letters = ", ".join(LETTERS[2 : 2 + rest])
        self._rest_caption.setText(
            QCoreApplication.translate("Compare", "{letters} rest; letters are drawn anew for every pair").format(
                letters=letters
            )
            if rest > 1
            else QCoreApplication.translate("Compare", "{letters} rests; letters are drawn anew for every pair").format(
                letters=letters
            )
        )
        self.show_state(*self._shown_state)
