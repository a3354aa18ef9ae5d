"""The widget of a user message, which can be edited in place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.messages import Media, Message
from app.ui.chat.markdown.plain import PlainView
from app.ui.chat.transcript.edit_field import EditDraft, EditField
from app.ui.chat.transcript.message_view import MessageView
from app.ui.texts import numbers
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout

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
        # The hover-only buttons are beside the bubble: below it they would leave a gap.
        self.column.removeWidget(self.footer)
        bubble_row = QHBoxLayout()
        bubble_row.setSpacing(Space.S4)
        bubble_row.addStretch(1)
        bubble_row.addWidget(self.footer, 0, Qt.AlignmentFlag.AlignBottom)
        bubble_row.addWidget(self.bubble)
        self.bubble.reserved_width = self.footer.sizeHint().width() + Space.S4
        self.parts.addLayout(bubble_row)
        self._attachments = QWidget()
        attachment_row = QHBoxLayout(self._attachments)
        attachment_row.setContentsMargins(0, 0, 0, 0)
        attachment_row.addStretch(1)
        chips = QWidget()
        self._chips = FlowLayout(chips)
        attachment_row.addWidget(chips)
        self.parts.addWidget(self._attachments)
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
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        media = [part for part in message.parts if isinstance(part, Media)]
        for part in media:
            self._chips.addWidget(_media_chip(part))
        self._attachments.setVisible(bool(media))

    def part_widgets(self) -> list[QWidget]:
        return [self.bubble, *super().part_widgets()]

    def fit_bubble(self) -> None:
        """Adapt the bubble to a changed page width."""
        self.bubble.fit()

    def begin_editing(self) -> None:
        """Replace the bubble with an edit field."""
        if self._edit_field is None:
            self._open_edit_field().editor.setFocus()
            self.editing_began.emit()

    def _open_edit_field(self) -> EditField:
        may_be_empty = any(isinstance(part, Media) for part in self.message.parts)
        field = self._edit_field = EditField(self.message.text, may_be_empty=may_be_empty)
        field.set_running(self._is_running)
        field.submitted.connect(self.edited)
        field.cancelled.connect(self.end_editing)
        self.parts.insertWidget(0, field)
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
            self.footer.show()
            if self.footer.edit_button is not None:
                self.footer.edit_button.setFocus()

    def set_running(self, running: bool) -> None:
        super().set_running(running)
        self._is_running = running
        if self._edit_field is not None:
            self._edit_field.set_running(running)


class _Bubble(QWidget):
    """The box around the user's text.

    Attributes:
        reserved_width: logical pixels of its row that other widgets take.
    """

    def __init__(self) -> None:
        super().__init__()
        self.reserved_width = 0
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
        """Make the bubble as wide as its text, up to the width of the message."""
        max_width = theme().px(MAX_BUBBLE_WIDTH)
        parent = self.parentWidget()
        if parent is not None and parent.width() > 60:
            max_width = min(max_width, parent.width() - self.reserved_width)
        self.setFixedWidth(min(max_width, self.text_view.unwrapped_width() + 28))
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


def _media_chip(media: Media) -> Chip:
    icon = {"image": Icon.IMAGE, "audio": Icon.SPEAKER, "video": Icon.VIDEO}.get(media.mime.split("/")[0], Icon.FILE)
    name = media.name or (media.url if not media.url.startswith("data:") else media.mime)
    if len(name) > 48:
        name = name[:22] + "…" + name[-22:]
    chip = Chip(f"{name} · {numbers.size(media.size)}" if media.size else name, icon, checkable=False)
    chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return chip
