"""A row that becomes a column when its children don't fit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayoutItem, QWidget

from app.ui.theme.tokens import Space

_SIDE_BY_SIDE = QBoxLayout.Direction.LeftToRight
_STACKED = QBoxLayout.Direction.TopToBottom


class ResponsiveRow(QWidget):
    """A row whose direction depends on the width its children need, so that large text stacks earlier.

    A nested row stays in one line as long as it fits by itself: a heading moves above its buttons before the buttons
    are stacked.
    """

    def __init__(self, *parts: QWidget | QBoxLayout, gap: int = Space.S12, grow: tuple[int, ...] = ()) -> None:
        """`grow` holds the stretch factors of the parts; by default they share the width equally."""
        super().__init__()
        self._box = QBoxLayout(_SIDE_BY_SIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for index, part in enumerate(parts):
            stretch = grow[index] if grow else 1
            if isinstance(part, QWidget):
                self._box.addWidget(part, stretch)
                if isinstance(part, ResponsiveRow) and not stretch:
                    # When stacked, do not stretch it to the width of the widest part.
                    self._box.setAlignment(part, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            else:
                # A part may be taller than the others because of the notice below its field.
                part.addStretch(1)
                self._box.addLayout(part, stretch)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest part, because the parts can be stacked."""
        widths = (item.minimumSize().width() for item in self._visible_items())
        return QSize(max(widths, default=0), self._box.minimumSize().height())

    def sizeHint(self) -> QSize:
        """Return the width of one line, so that a stacked row can become a row again."""
        hint = self._box.sizeHint()
        return QSize(max(hint.width(), self.one_line_width()), hint.height())

    def one_line_width(self) -> int:
        """The width all parts need side by side, in pixels."""
        widths = [_one_line_width(item) for item in self._visible_items()]
        return sum(widths) + self._box.spacing() * max(0, len(widths) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_direction()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._update_direction()
        return super().event(event)

    def _update_direction(self) -> None:
        direction = _SIDE_BY_SIDE if self.width() >= self.one_line_width() else _STACKED
        if direction != self._box.direction():
            self._box.setDirection(direction)

    def _visible_items(self) -> list[QLayoutItem]:
        """The items that are not hidden."""
        items = (self._box.itemAt(index) for index in range(self._box.count()))
        return [item for item in items if item is not None and not item.isEmpty()]


def _one_line_width(item: QLayoutItem) -> int:
    widget = item.widget()
    return widget.one_line_width() if isinstance(widget, ResponsiveRow) else item.minimumSize().width()
