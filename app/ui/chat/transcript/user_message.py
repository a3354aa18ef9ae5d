"""The widget of a user message, which can be edited in place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.messages import Media, Message
from app.ui.chat.attachments.message_cards import MessageCards
from app.ui.chat.markdown.plain import PlainView
from app.ui.chat.transcript.edit_field import EditDraft, EditField
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.spoken_line import SpokenLine
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.buttons import GhostButton

MAX_BUBBLE_WIDTH = 560
"""Logical pixels, before text scaling."""
TAIL_RADIUS = 4
FOLDED_LINES = 12
"""Lines shown of a long message until the user asks for all."""
MAX_LINES = 20
"""Lines of a message that is shown as a whole in any case."""


class UserMessageView(MessageView):
    """A message of the user: a bubble on the right with its attachments below."""

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(message, ordinal, parent)
        self.column.setSpacing(Space.S4)
        self.bubble = _Bubble()
        # The hover-only buttons are beside the bubble where there is room: below it they leave a gap.
        self.column.removeWidget(self.footer)
        self._bubble_row = QHBoxLayout()
        self._bubble_row.setSpacing(Space.S4)
        self._bubble_row.addStretch(1)
        self._bubble_row.addWidget(self.footer, 0, Qt.AlignmentFlag.AlignBottom)
        # It takes what there is, up to its widest: a fixed width would keep the column from becoming narrower.
        self._bubble_row.addWidget(self.bubble, 1_000)
        self.parts.addLayout(self._bubble_row)
        self._below = QHBoxLayout()
        self._below.addStretch(1)
        self.parts.addLayout(self._below)
        self.attachments = MessageCards()
        self.parts.addWidget(self.attachments)
        self._spoken: SpokenLine | None = None
        self._page_width = 0
        self._edit_field: EditField | None = None
        self._is_running = False
        self.footer.edit.connect(self.begin_editing)
        self.set_message(message)
        self.restore_reading_order()
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.bubble.retranslate()

    def set_message(self, message: Message) -> None:
        self.message = message
        self.bubble.set_text(message.text)
        self.bubble.setVisible(bool(message.text))
        self.footer.set_has_text(bool(message.text))
        self.attachments.set_message(message)
        if message.spoken is not None:
            if self._spoken is None:
                self._spoken = SpokenLine()
                self._spoken.play.clicked.connect(lambda: self.footer.acted.emit("recording"))
                self.parts.insertWidget(self.parts.indexOf(self._bubble_row) + 1, self._spoken)
            self._spoken.show_spoken(message.spoken)

    def set_plays_recording(self, plays: bool) -> None:
        """Show whether the recording of this message plays."""
        if self._spoken is not None:
            self._spoken.set_plays(plays)

    def part_widgets(self) -> list[QWidget]:
        return [self.bubble, *super().part_widgets()]

    def fit_page(self, width: int) -> None:
        self._page_width = width
        self._fit()

    def _fit(self) -> None:
        self.bubble.fit()
        row = self.bubble.maximumWidth() + Space.S4 + self.footer.sizeHint().width()
        is_beside = self._bubble_row.indexOf(self.footer) >= 0
        fits = row <= (self._page_width or self.width())
        if fits and not is_beside:
            self._bubble_row.insertWidget(1, self.footer, 0, Qt.AlignmentFlag.AlignBottom)
        elif is_beside and not fits:
            self._below.addWidget(self.footer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def begin_editing(self) -> None:
        """Replace the bubble with an edit field."""
        if self._edit_field is None:
            self._open_edit_field().editor.setFocus()
            self.editing_began.emit()

    def _open_edit_field(self) -> EditField:
        media = tuple(part for part in self.message.parts if isinstance(part, Media))
        field = self._edit_field = EditField(self.message.text, media)
        self.attachments.hide()
        field.set_running(self._is_running)
        field.submitted.connect(self.edited)
        field.cancelled.connect(self.end_editing)
        self.parts.insertWidget(0, field)
        # A layout shows new widgets only from the event loop, and what is hidden takes no part in its heights.
        field.show()
        self.bubble.hide()
        self.footer.hide()
        return field

    def edit_draft(self) -> EditDraft | None:
        """The unsubmitted edit, or None while the message is not being edited."""
        return self._edit_field.draft() if self._edit_field is not None else None

    def resume_editing(self, draft: EditDraft) -> None:
        """Reopen the edit field with an unsubmitted edit, without moving the keyboard focus."""
        self._open_edit_field().set_draft(draft)

    def end_editing(self) -> None:
        """Close the edit field and show the bubble again."""
        field, self._edit_field = self._edit_field, None
        if field is not None:
            self.parts.removeWidget(field)
            field.hide()
            field.deleteLater()
            self.bubble.setVisible(bool(self.message.text))
            self.attachments.setVisible(any(isinstance(part, Media) for part in self.message.parts))
            self.footer.show()
            if self.footer.edit_button is not None:
                self.footer.edit_button.setFocus()

    def set_running(self, running: bool) -> None:
        super().set_running(running)
        self._is_running = running
        if self._edit_field is not None:
            self._edit_field.set_running(running)


class _Bubble(QWidget):
    """The box around the user's text."""

    def __init__(self) -> None:
        super().__init__()
        self.text_view = PlainView(ground="bubble")
        self._is_unfolded = False
        self.fold_button = GhostButton()
        self.fold_button.clicked.connect(self._toggle)
        self.fold_button.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.setSpacing(Space.S4)
        box.addWidget(self.text_view)
        box.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        theme().changed.connect(self.fit)
        self.text_view.document().documentLayout().documentSizeChanged.connect(self._fold)

    def retranslate(self) -> None:
        self.text_view.setAccessibleName(QCoreApplication.translate("Transcript", "Words"))
        if self._is_unfolded:
            self.fold_button.setText(QCoreApplication.translate("Transcript", "Show less"))
        else:
            self.fold_button.setText(QCoreApplication.translate("Transcript", "Show all"))

    def set_text(self, text: str) -> None:
        self.text_view.set_text(text)
        self.fit()

    def reveal(self) -> None:
        """Show the whole text."""
        if not self._is_unfolded:
            self._toggle()

    def _toggle(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self.retranslate()
        self._fold()

    def _fold(self) -> None:
        """Fold a long text, unless the user has unfolded it."""
        is_long = self.text_view.whole_height > MAX_LINES * self.text_view.line_height
        self.text_view.set_folded(FOLDED_LINES if is_long and not self._is_unfolded else 0)
        self.fold_button.setVisible(is_long)

    def fit(self) -> None:
        """Let the bubble be as wide as its text, up to the width of the message."""
        self.setMaximumWidth(min(theme().px(MAX_BUBBLE_WIDTH), self.text_view.unwrapped_width() + 28))
        self._fold()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, Radius.PANEL, Radius.PANEL)
        corner = QPainterPath()
        side = Radius.PANEL
        box = QRectF(area.right() - side, area.bottom() - side, side, side)
        corner.addRoundedRect(box, TAIL_RADIUS, TAIL_RADIUS)
        painter.fillPath(shape.united(corner).simplified(), theme().colour("bubble"))


def edited_text(transcript: QWidget, message_id: str) -> str | None:
    """The text in the open editor of a message; None if it is not being edited."""
    draft = edit_draft(transcript, message_id, None)
    return draft.text if draft is not None else None


def edit_draft(transcript: QWidget, message_id: str, otherwise: EditDraft | None) -> EditDraft | None:
    """What the open editor of a message holds, None if it has none; `otherwise` if the message has no widget."""
    views = (view for view in transcript.findChildren(UserMessageView) if view.message.id == message_id)
    return next((view.edit_draft() for view in views), otherwise)
