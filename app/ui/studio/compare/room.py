"""The compare room: compared takes in rows with names, a blind test of them, and its verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.takes import Take
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.blind_page import BlindArea, BlindPage
from app.ui.studio.compare.compare_model import RowTexts
from app.ui.studio.compare.footer import CompareFooter
from app.ui.studio.compare.rows import FLIP_KEYS, CompareList
from app.ui.studio.compare.ruler import Ruler
from app.ui.studio.compare.take_keys import take_key
from app.ui.studio.compare.verdict_page import VerdictPage
from app.ui.texts.comparison import equal_loudness_text
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import ElidedLabel, Hint, Label, PanelTitle
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.panel import Divider
from app.ui.widgets.themed import Themed, paint_box
from app.ui.widgets.wrapping_row import WrappingRow

Page = Literal["takes", "blind", "verdict"]


class _Surface(Themed, QFrame):
    """The painted panel of the room."""

    ring_radius = Radius.PANEL

    def __init__(self) -> None:
        super().__init__()
        self.follow_theme()

    def restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_box(QPainter(self), QRectF(self.rect()), Radius.PANEL, theme().colour("surface"), theme().colour("line"))


class CompareRoom(Retranslated):
    """The widgets of the room; `ComparePresenter` gives them takes and a meaning.

    Signals:
        play_pressed: Space: play or pause what is current.
        flip_pressed: Shift+Space or Flip: go over to the other of the last two at the same spot.
        number_pressed: the place of a take, from 1.
        star_pressed: star the current take, or take the star away.
        step_pressed: Left or Right: by how many milliseconds the playhead is to be moved.
        undo_pressed: Undo, while `can_undo` says that there is something to take back.

    Attributes:
        can_undo: returns whether a rating or an answer can be taken back.
    """

    play_pressed = Signal()
    flip_pressed = Signal()
    number_pressed = Signal(int)
    star_pressed = Signal()
    step_pressed = Signal(int)
    undo_pressed = Signal()

    def __init__(self, candidates: RowTexts | None = None) -> None:
        """`candidates`: how the rows are called where candidates are compared; by default they are takes."""
        super().__init__()
        self._page: Page = "takes"
        self.can_undo: Callable[[], bool] = lambda: False
        self._subtitle_text = ""
        self._heading, self._subtitle = PanelTitle(), ElidedLabel(size=Type.CONTROL, ink="text2")
        self.equal_loudness, self.blind, self.rating = Chip("", Icon.CHECK), Chip("", Icon.EYE_OFF), Chip("")
        self.equal_loudness.setChecked(True)
        self.done = GhostButton()
        self.ruler, self.list = Ruler(), CompareList(candidates or RowTexts())
        self._reason_mark, self._reason = Label(), Hint(wrap=True)
        self.as_delivered = GhostButton(ink="soft_text")
        self.as_delivered.setCheckable(True)
        self.takes_page = QWidget()
        self.blind_page, self.verdict_page = BlindPage(), VerdictPage()
        self.footer = CompareFooter(of_candidates=candidates is not None)
        self._of_candidates = candidates is not None
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(Space.S16, Space.S12 - 1, Space.S12, Space.S8)
        header.setSpacing(Space.S8)
        header.addWidget(self._heading)
        header.addWidget(self._subtitle, 1)
        header.addWidget(WrappingRow(self.equal_loudness, self.blind, self.rating, self.done))
        takes = QVBoxLayout(self.takes_page)
        takes.setContentsMargins(0, 0, 0, 0)
        takes.setSpacing(0)
        reason = QHBoxLayout()
        reason.setContentsMargins(Space.S24, Space.S8, Space.S12, Space.S8)
        reason.setSpacing(Space.S8)
        self._reason_box = QWidget()
        self._reason_box.setLayout(reason)
        reason.addWidget(self._reason_mark, 0, Qt.AlignmentFlag.AlignVCenter)
        reason.addWidget(self._reason, 1)
        reason.addWidget(self.as_delivered)
        takes.addWidget(self.ruler)
        takes.addWidget(self.list, 1)
        takes.addWidget(self._reason_box)
        self.list.put_rating_on(self.takes_page)
        self._pages = QStackedWidget()
        for page in (self.takes_page, BlindArea(self.blind_page), self.verdict_page):
            self._pages.addWidget(page)
        self._surface = _Surface()
        column = QVBoxLayout(self._surface)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self._pages, 1)
        column.addWidget(Divider())
        column.addWidget(self.footer)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._surface)
        theme().changed.connect(self._show_mark)
        self._show_mark()

    def _connect(self) -> None:
        self.list.reshaped.connect(self._fit_ruler)
        self.footer.flip.clicked.connect(self.flip_pressed)
        self.footer.play.clicked.connect(self.play_pressed)
        self.as_delivered.toggled.connect(lambda on: self.equal_loudness.setChecked(not on))
        self.equal_loudness.toggled.connect(lambda on: self.as_delivered.setChecked(not on))
        # A shortcut, because Shift+Space would press the button that has the focus.
        self._add_key(FLIP_KEYS, self.flip_pressed.emit)
        self._answer_keys = [
            self._add_key(key, button.click)
            for key, button in (
                ("Left", self.blind_page.prefer_a),
                ("Down", self.blind_page.tie),
                ("Right", self.blind_page.prefer_b),
            )
        ]

        for button in self.findChildren(QAbstractButton):
            # A click leaves the keyboard where it is: Space goes on to play, and does not press the button again.
            if button.focusPolicy() == Qt.FocusPolicy.StrongFocus:
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.installEventFilter(self)

    def _add_key(self, keys: str, act: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self, act)
        # A key that is held would answer every pair.
        shortcut.setAutoRepeat(False)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    @property
    def page(self) -> Page:
        return self._page

    def notice_area(self) -> NoticeArea:
        """The page: header and foot stay free."""
        return NoticeArea(self._pages, frees_controls=True)

    def show_page(self, page: Page, subtitle: str, *, takes: int) -> None:
        """Show the takes with names, the blind test or the verdict."""
        self._page = page
        self._subtitle_text = subtitle
        self._pages.setCurrentIndex(("takes", "blind", "verdict").index(page))
        for shortcut in self._answer_keys:
            shortcut.setEnabled(page == "blind")
        self.rating.setEnabled(page == "takes")
        self.footer.show_page(named=page == "takes", blind=page == "blind", takes=takes, rating=self.rating.isChecked())
        self.retranslate()

    def show_takes(self, takes: Sequence[Take]) -> None:
        """Fill the rows."""
        self.list.compared.set_takes(takes)
        self._fit_ruler()

    def forget_names(self) -> None:
        """Leave nothing in any widget, shown or not, that tells a take: no name, length, outline, gain or result."""
        self.show_takes(())
        self.list.compared.set_gains({})
        self.show_reason("")
        self.set_position(0)
        self.footer.show_time(0, 0)
        self.footer.set_keep(0)
        self.list.rating.forget()
        self.verdict_page.clear()

    def show_reason(self, sentence: str) -> None:
        self._reason.setText(sentence)

    def set_position(self, milliseconds: int) -> None:
        self.ruler.set_position(milliseconds)
        self.list.set_position(milliseconds)

    def focus(self) -> None:
        """Give the keyboard to what the page is for."""
        target = {
            "takes": self.list,
            "blind": self.blind_page.cards["a"].play,
            "verdict": self.verdict_page.first_play() or self.done,
        }[self._page]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Take Undo before the window does, while there is something to take back here."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.can_undo()
        ):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the keyboard into the room when one of its buttons is clicked."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.take_focus()
        return super().eventFilter(watched, event)

    def take_focus(self) -> None:
        """Bring the keyboard into the room, if it is elsewhere."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that no control in the room wanted."""
        pressed = take_key(event)
        if event.matches(QKeySequence.StandardKey.Undo) and self.can_undo():
            self.undo_pressed.emit()
        elif pressed is None or (self._page != "takes" and pressed.act not in ("play", "none")):
            super().keyPressEvent(event)
        elif pressed.act == "play":
            self.play_pressed.emit()
        elif pressed.act == "step":
            self.step_pressed.emit(pressed.value)
        elif pressed.act == "number":
            self.number_pressed.emit(pressed.value)
        elif pressed.act == "star":
            self.star_pressed.emit()

    def _fit_ruler(self) -> None:
        self.ruler.set_scale(self.list.row_geometry(), QCoreApplication.translate("Compare", "rating"))

    def _show_mark(self) -> None:
        self._reason_mark.setPixmap(pixmap(Icon.INFO, "text2", 16, self.devicePixelRatioF()))

    def retranslate(self) -> None:
        self._heading.setText(QCoreApplication.translate("Compare", "Compare"))
        self._subtitle.setText(self._subtitle_text)
        self.equal_loudness.setText(equal_loudness_text(with_target=self._page == "takes"))
        self.equal_loudness.setAccessibleName(QCoreApplication.translate("Studio", "Equal loudness"))
        self.blind.setText(QCoreApplication.translate("Compare", "Blind"))
        self.rating.setText(QCoreApplication.translate("Compare", "Rating"))
        self.rating.setAccessibleName(QCoreApplication.translate("Compare", "Show ratings"))
        self.rating.setToolTip(
            (
                QCoreApplication.translate("Compare", "Rate each candidate from 0 to 100")
                if self._of_candidates
                else QCoreApplication.translate("Compare", "Rate each take from 0 to 100")
            )
            if self._page == "takes"
            else QCoreApplication.translate("Compare", "Takes are rated where their names are shown.")
        )
        self.done.setText(QCoreApplication.translate("Compare", "Done"))
        self.list.setAccessibleName(QCoreApplication.translate("Compare", "Compared takes"))
        self.list.rating.setAccessibleName(QCoreApplication.translate("Compare", "Rating"))
        self.list.rating.setAccessibleDescription(
            QCoreApplication.translate("Compare", "From 0 to 100; −1 for not rated")
        )
        self.list.rating.setToolTip(
            QCoreApplication.translate(
                "Compare", "Type a number from 0 to 100, or move the knob. Delete takes the rating back."
            )
        )
        self.ruler.setAccessibleName(QCoreApplication.translate("Studio", "Position"))
        self.as_delivered.setText(QCoreApplication.translate("Compare", "Play as delivered"))
        self._fit_ruler()
