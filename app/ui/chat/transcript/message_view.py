"""The base of a message's widget: its parts in order of arrival, an error if it was interrupted, and its footer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.messages import Message, Role
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.transcript.accessible_group import AccessibleGroup
from app.ui.chat.transcript.message_footer import MessageFooter, running_reason
from app.ui.widgets.notices import InlineNotice


class MessageView(AccessibleGroup):
    """The name, parts and footer that messages of every role share.

    Signals:
        edited: new text for this message.
        editing_began: an edit field was opened; its top must be in view.
        decided, answered, replayed: about a tool call; the first argument is its `ToolCallRef`.
        open_link, retry: as in `Transcript`.
    """

    edited = Signal(str)
    editing_began = Signal()
    decided = Signal(object, str)
    answered = Signal(object, str)
    replayed = Signal(object, str, object)
    open_link = Signal(str)
    retry = Signal()

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self._ordinal = ordinal
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.parts = QVBoxLayout()
        self.parts.setSpacing(10)
        self.column.addLayout(self.parts)
        self.notice = InlineNotice()
        self.notice.acted.connect(self.retry)
        self.column.addWidget(self.notice)
        self.footer = MessageFooter(message.role)
        self.column.addWidget(self.footer)

    def retranslate(self) -> None:
        self.setAccessibleName(_accessible_name(self.message.role, self._ordinal))

    def restore_reading_order(self) -> None:
        """Order the children for assistive technology, whose tree follows creation and raising, not the layout."""
        self.notice.raise_()
        self.footer.raise_()

    def set_running(self, running: bool) -> None:
        """Lock what can't be done while a reply runs."""
        self.footer.set_running(running)
        self.notice.action.setEnabled(not running)
        self.notice.action.setToolTip(running_reason() if running else "")

    @property
    def has_backlog(self) -> bool:
        """Whether another `flush` is needed to draw everything that has arrived."""
        return False

    def flush(self) -> bool:
        """Draw what has arrived, as much as a frame has time for; true when anything changed."""
        return False

    def part_widgets(self) -> list[QWidget]:
        """The widgets of the parts, from top to bottom."""
        items = (self.parts.itemAt(index) for index in range(self.parts.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    def text_views(self) -> list[ReadingText]:
        """The text widgets of the message, from top to bottom."""
        return self.findChildren(ReadingText)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.footer.update()
        return super().event(event)


def _accessible_name(role: Role, ordinal: int) -> str:
    match role:
        case "user":
            return QCoreApplication.translate("Transcript", "You {n}").format(n=ordinal)
        case "assistant":
            return QCoreApplication.translate("Transcript", "MiMo {n}").format(n=ordinal)
        case "system":
            return QCoreApplication.translate("Transcript", "System {n}").format(n=ordinal)
        case "developer":
            return QCoreApplication.translate("Transcript", "Developer {n}").format(n=ordinal)
    return QCoreApplication.translate("Transcript", "Tool {n}").format(n=ordinal)
