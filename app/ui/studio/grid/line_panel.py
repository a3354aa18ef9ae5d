"""The line of an audition grid: shown with its tags in one row, and changed in place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.tags import tags_in
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import Button, GhostButton
from app.ui.widgets.fields import TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, ElidedLabel
from app.ui.widgets.themed import Themed, paint_box

MAX_SHOWN = 2_000
"""Characters of a line that are painted; far more than fit into one row."""


class TaggedLine(ElidedLabel):
    """One row of text whose tags have their colours."""

    def __init__(self) -> None:
        super().__init__(size=Type.HEADING)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours, metrics = QPainter(self), theme(), QFontMetrics(self.font())
        text = " ".join(self.text()[:MAX_SHOWN].split())
        painter.setFont(self.font())
        left, right, middle = 0.0, float(self.width()), self.height() / 2
        for words, token in _runs(text):
            pad = Space.S6 if token else 0
            wide = metrics.horizontalAdvance(words) + 2 * pad
            is_last = left + wide > right
            if is_last:
                words = metrics.elidedText(
                    words + " …", Qt.TextElideMode.ElideRight, max(0, int(right - left - 2 * pad))
                )
                wide = metrics.horizontalAdvance(words) + 2 * pad
            if token and words:
                box = QRectF(left, middle - metrics.height() / 2 - 1, wide, metrics.height() + 2)
                paint_box(painter, box, Radius.BADGE, colours.colour(f"{token}_soft"))
            painter.setPen(colours.colour(token or "text"))
            painter.drawText(QRectF(left + pad, 0, wide, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += wide
            if is_last:
                return


def _runs(text: str) -> list[tuple[str, str]]:
    """The text in pieces, each with the token of its colour; empty for plain text."""
    runs, done = [], 0
    for tag in tags_in(text):
        runs += [
            (text[done : tag.start], ""),
            (text[tag.start : tag.stop], "thinking" if tag.kind == "style" else "tool"),
        ]
        done = tag.stop
    return [(words, token) for words, token in (*runs, (text[done:], "")) if words]


class LinePanel(Themed, Retranslated):
    """Shows the line; Change makes a field of it.

    Signals:
        changed: the new line.
        studio_text_wanted: the text of the studio is to be put into the field.
    """

    changed = Signal(str)
    studio_text_wanted = Signal()
    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._caption = Caption()
        self.line = TaggedLine()
        self.change = GhostButton("", Icon.EDIT)
        self.field = TextArea("", min_lines=2, max_lines=5, bare=False)
        self.studio_text = GhostButton("")
        self.cancel, self.use = Button(), Button()
        shown, edited = QWidget(), QWidget()
        row = QHBoxLayout(shown)
        row.setContentsMargins(Space.S12, Space.S4, Space.S6, Space.S4)
        row.setSpacing(Space.S12)
        row.addWidget(self._caption)
        row.addWidget(self.line, 1)
        row.addWidget(self.change)
        column = QVBoxLayout(edited)
        column.setContentsMargins(Space.S12, Space.S8, Space.S12, Space.S8)
        column.setSpacing(Space.S8)
        column.addWidget(self.field)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=Space.S8)
        for button in (self.use, self.cancel, self.studio_text):
            flow.addWidget(button)
        column.addWidget(buttons)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(shown)
        self._pages.addWidget(edited)
        self.change.clicked.connect(self.edit)
        self.cancel.clicked.connect(self.leave)
        self.use.clicked.connect(self._finish)
        self.studio_text.clicked.connect(self.studio_text_wanted)
        self.retranslate()
        self.follow_theme()

    @property
    def is_editing(self) -> bool:
        return self._pages.currentIndex() == 1

    def show_line(self, text: str) -> None:
        """Show a line; what is being typed stays."""
        self.line.setText(text)

    def set_locked(self, locked: bool) -> None:
        """Keep the line from being changed while it is being spoken."""
        self.change.setEnabled(not locked)
        reason = QCoreApplication.translate("Grid", "Stop the grid to change its line.")
        self.change.setToolTip(reason if locked else "")

    def edit(self) -> None:
        """Make a field of the line."""
        self.field.setPlainText(self.line_text())
        self._pages.setCurrentIndex(1)
        self.updateGeometry()
        self.field.setFocus()

    def leave(self) -> None:
        """Show the line again, as it was."""
        if self.is_editing:
            self._pages.setCurrentIndex(0)
            self.updateGeometry()
            self.change.setFocus()

    def draft(self) -> str | None:
        """The line that is being typed; None while none is."""
        return self.field.toPlainText() if self.is_editing else None

    def resume(self, draft: str | None) -> None:
        """Go on with a line that was being typed; with None, show the line."""
        self._pages.setCurrentIndex(int(draft is not None))
        self.field.setPlainText(draft or "")
        self.updateGeometry()

    def line_text(self) -> str:
        """The whole line, also while it is shown masked."""
        return self.line.full_text

    def sizeHint(self) -> QSize:
        return self._shown().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._shown().minimumSizeHint()

    def _shown(self) -> QWidget:
        shown = self._pages.currentWidget()
        assert shown is not None
        return shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_editing:
            self.leave()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_editing and event.modifiers():
            self._finish()
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        text = self.field.toPlainText()
        self.leave()
        if text != self.line_text():
            self.changed.emit(text)

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        paint_box(QPainter(self), area, Radius.ROW, theme().colour("raised"), theme().colour("line"))

    def retranslate(self) -> None:
        self._caption.setText(QCoreApplication.translate("Grid", "Line"))
        self.change.setText(QCoreApplication.translate("Grid", "Change"))
        self.change.setAccessibleName(QCoreApplication.translate("Grid", "Change line"))
        self.field.setAccessibleName(QCoreApplication.translate("Grid", "Grid line"))
        self.field.setPlaceholderText(QCoreApplication.translate("Grid", "What every voice says"))
        self.use.setText(QCoreApplication.translate("Grid", "Use this line"))
        self.cancel.setText(QCoreApplication.translate("Grid", "Cancel"))
        self.studio_text.setText(QCoreApplication.translate("Grid", "Take the studio's text"))
