"""Offers to leave out or summarise the first messages of a conversation that fills the model's context."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.alerts import Alert
from app.ui.widgets.buttons import Button, GhostButton, IconButton
from app.ui.widgets.fields import TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, ElidedLabel, Hint, Label
from app.ui.widgets.number_parts import RefusalLabel
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.themed import Themed, paint_box

FRAME_MS = 33
"""Milliseconds between two looks at a summary that arrives."""
_SPIN_WIDTH = 84
_MAX_WIDTH = 784
"""Logical pixels, before text scaling; the offer is as wide as the composer below."""


class _Reason(Themed, Alert):
    """The sentence that says why this is shown; announced as an alert."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._kind = "warn"
        self._sentence: Callable[[], str] = str
        self._icon = QLabel()
        self._label = Label(size=Type.CONTROL, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.follow_theme()

    def spoken(self) -> str:
        return self._label.text()

    def say(self, sentence: Callable[[], str], kind: str) -> None:
        """Show a sentence: `warn`, `bad`, or `neutral` for none of them."""
        self._kind, self._sentence = kind, sentence
        self._label.setText(sentence())
        self.restyle()

    def retranslate(self) -> None:
        self._label.setText(self._sentence())
        self.name_again()

    def restyle(self) -> None:
        icon = Icon.INFO if self._kind == "neutral" else Icon.WARNING
        ink = "text2" if self._kind == "neutral" else self._kind
        self._icon.setPixmap(pixmap(icon, ink, 16, self.devicePixelRatioF()))


class ContextOffer(Themed, Retranslated):
    """Chooses how many of the first messages are left out or summarised.

    Signals:
        number_changed: how many messages are chosen.
        leave_out, summarise: the button was pressed.
        stop: the running summary is to be stopped.
        use_summary: the text to send in place of the messages.
        send_anyway: send although it may not fit.
        closed: the offer was dismissed.
    """

    number_changed = Signal(int)
    leave_out = Signal()
    summarise = Signal()
    stop = Signal()
    use_summary = Signal(str)
    send_anyway = Signal()
    closed = Signal()
    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_summarising = False
        self._arrived = self._undrawn = ""
        self._progress: Callable[[], str] = str
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self.draw_summary)
        self.reason = _Reason()
        self.close_button = IconButton(Icon.CLOSE, "", side=26)
        self.close_button.clicked.connect(self.closed)
        self._caption = Caption()
        self.number = SpinBox("", 1, 1, 1)
        self.number.valueChanged.connect(lambda value: self.number_changed.emit(round(value)))
        self.last = ElidedLabel(size=Type.SMALL, ink="text2")
        self._refusal = RefusalLabel(self.number)
        self.effect = Hint(wrap=True)
        self.leave_out_button, self.summarise_button = Button(""), Button("")
        self.anyway_button = GhostButton("")
        self.leave_out_button.clicked.connect(self.leave_out)
        self.summarise_button.clicked.connect(self._summarise_clicked)
        self.anyway_button.clicked.connect(self.send_anyway)
        self.anyway_button.hide()
        self.summary = TextArea("", min_lines=2, max_lines=10)
        self.use_button = Button("")
        self.use_button.clicked.connect(lambda: self.use_summary.emit(self.summary.toPlainText()))
        self.progress = Hint(wrap=True)
        self._lay_out()
        self.show_summary(None)
        self.hide()
        self.retranslate()
        self.follow_theme()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.S8)
        top.addWidget(self.reason, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        choice = QHBoxLayout()
        choice.setSpacing(Space.S8)
        choice.addWidget(self._caption)
        choice.addWidget(self.number)
        choice.addWidget(self.last, 1)
        self._buttons = QWidget()
        buttons = FlowLayout(self._buttons)
        for button in (self.leave_out_button, self.summarise_button, self.anyway_button):
            buttons.addWidget(button)
        use = QHBoxLayout()
        use.addWidget(self.progress, 1)
        use.addWidget(self.use_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S12)
        column.setSpacing(Space.S8)
        column.addLayout(top)
        column.addLayout(choice)
        column.addWidget(self._refusal)
        column.addWidget(self.effect)
        column.addWidget(self._buttons)
        column.addWidget(self.summary)
        column.addLayout(use)

    def show_offer(
        self, reason: Callable[[], str], kind: str, *, most: int, number: int | None, may_send: bool
    ) -> None:
        """Open the offer: why, how many messages can be chosen, and how many are; None keeps the number.

        `may_send` offers to send anyway. A summary that is shown or being made stays.
        """
        self.reason.say(reason, kind)
        self.anyway_button.setVisible(may_send)
        self.number.setRange(1, max(1, most))
        if number is not None:
            self.number.setValue(min(max(1, number), max(1, most)))
        self.summarise_button.setEnabled(most > 0)
        for control in (self.number, self.leave_out_button):
            control.setEnabled(most > 0 and not self._is_summarising)
        self.show()
        self.number_changed.emit(self.chosen)

    @property
    def chosen(self) -> int:
        """How many messages are chosen."""
        return round(self.number.value())

    def show_choice(self, last: str, effect: str) -> None:
        """Show the beginning of the last chosen message, and what leaving out and summarising would do."""
        self.last.setText(last)
        self.effect.setText(effect)

    def show_summary(self, text: str | None) -> None:
        """Show a summary to edit; None hides it."""
        for part in (self.summary, self.use_button, self.progress):
            part.setVisible(text is not None)
        # What making one would cost is of no use any more, and there is little room in a low window.
        self.effect.setVisible(text is None)
        if text is not None and text != self.summary.toPlainText():
            self.summary.setPlainText(text)

    def append_summary(self, text: str) -> None:
        """Append what has arrived of the summary; it is drawn with the next frame."""
        self._arrived += text
        self._undrawn += text
        if not self._frame.isActive():
            self._frame.start()

    def draw_summary(self) -> None:
        """Draw what has arrived of the summary now."""
        self._frame.stop()
        if self._undrawn:
            self.summary.append_text(self._undrawn)
            self.summary.moveCursor(self.summary.textCursor().MoveOperation.End)
        self._undrawn = ""

    def summary_text(self) -> str:
        """The summary as far as it has arrived or as it was edited, never masked."""
        return self._arrived if self._is_summarising else self.summary.toPlainText()

    def set_summarising(self, summarising: bool) -> None:
        """Show that a summary is being made, which the button stops then."""
        self._is_summarising = summarising
        if summarising:
            self._arrived = self._undrawn = ""
            self.summary.setReadOnly(True)
            self.summary.setPlainText("")
        else:
            self._frame.stop()
            self._undrawn = ""
            # A field that can be edited masks its text in another way than one that can't.
            self.summary.setReadOnly(False)
            self.summary.setPlainText(self._arrived)
        self.use_button.setEnabled(not summarising)
        self.number.setEnabled(not summarising)
        self.leave_out_button.setEnabled(not summarising)
        self.retranslate()

    def say_progress(self, sentence: Callable[[], str]) -> None:
        """Say how the summary goes, or what became of it."""
        self._progress = sentence
        self.progress.setText(sentence())

    def _summarise_clicked(self) -> None:
        if self._is_summarising:
            self.stop.emit()
        else:
            self.number.finish()
            self.summarise.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._is_summarising:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme()
        paint_box(QPainter(self), QRectF(self.rect()), Radius.PANEL, colours.colour("surface"), colours.colour("line"))

    def restyle(self) -> None:
        self.number.setFixedWidth(theme().px(_SPIN_WIDTH))
        self.setMaximumWidth(theme().px(_MAX_WIDTH))

    def retranslate(self) -> None:
        self.reason.retranslate()
        self.progress.setText(self._progress())
        self.close_button.set_name(QCoreApplication.translate("Context", "Not now"))
        self._caption.setText(QCoreApplication.translate("Context", "The first messages:"))
        name = QCoreApplication.translate("Context", "Messages to leave out")
        self.number.setAccessibleName(name)
        self.number.lineEdit().setAccessibleName(name)
        self.number.retranslate()
        self.leave_out_button.setText(QCoreApplication.translate("Context", "Leave out earlier messages"))
        self.summarise_button.setText(
            QCoreApplication.translate("Context", "Stop the summary")
            if self._is_summarising
            else QCoreApplication.translate("Context", "Summarise them")
        )
        self.anyway_button.setText(QCoreApplication.translate("Context", "Send anyway"))
        self.summary.setAccessibleName(QCoreApplication.translate("Context", "Summary"))
        self.summary.setPlaceholderText(
            QCoreApplication.translate("Context", "Sent in place of the messages that are left out")
        )
        self.use_button.setText(QCoreApplication.translate("Context", "Use this summary"))
