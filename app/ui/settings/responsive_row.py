"""Things side by side as long as there is room, one below the other otherwise."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayoutItem, QWidget

from app.ui.theme.tokens import Space

_SIDE_BY_SIDE = QBoxLayout.Direction.LeftToRight
_STACKED = QBoxLayout.Direction.TopToBottom


class ResponsiveRow(QWidget):
    """Measures what is inside: large text stacks it where small text would not.

    One inside another stays in one piece as long as that has room for itself: a heading goes above its buttons before
    these go one below the other.
    """

    def __init__(self, *parts: QWidget | QBoxLayout, gap: int = Space.S12, grow: tuple[int, ...] = ()) -> None:
        """`grow` says how the width is shared; without it equally."""
        super().__init__()
        self._box = QBoxLayout(_SIDE_BY_SIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for index, part in enumerate(parts):
            stretch = grow[index] if grow else 1
            if isinstance(part, QWidget):
                self._box.addWidget(part, stretch)
                if isinstance(part, ResponsiveRow) and not stretch:
                    # Above each other, it is not stretched to the width of the widest.
                    self._box.setAlignment(part, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            else:
                # One may be taller than the others, by what is said below its field.
                part.addStretch(1)
                self._box.addLayout(part, stretch)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part: being narrower than all together is what this is for."""
        widths = (item.minimumSize().width() for item in self._visible_items())
        return QSize(max(widths, default=0), self._box.minimumSize().height())

    def sizeHint(self) -> QSize:
        """As wide as one line: what is stacked now would never ask for more."""
        hint = self._box.sizeHint()
        return QSize(max(hint.width(), self.one_line_width()), hint.height())

    def one_line_width(self) -> int:
        """What all parts need side by side, in pixels."""
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
        """What is not hidden."""
        items = (self._box.itemAt(index) for index in range(self._box.count()))
        return [item for item in items if item is not None and not item.isEmpty()]


def _one_line_width(item: QLayoutItem) -> int:
    widget = item.widget()
    return widget.one_line_width() if isinstance(widget, ResponsiveRow) else item.minimumSize().width()
