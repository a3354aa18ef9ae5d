"""Things side by side as long as there is room, one below the other otherwise."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from app.ui.theme.tokens import Space

_SIDE_BY_SIDE = QBoxLayout.Direction.LeftToRight
_STACKED = QBoxLayout.Direction.TopToBottom


class Beside(QWidget):
    """Measures what is inside: large text stacks it where small text would not."""

    def __init__(self, *parts: QWidget | QLayout, gap: int = Space.S12, grow: tuple[int, ...] = ()) -> None:
        """`grow` says how the width is shared; without it equally."""
        super().__init__()
        self._box = QBoxLayout(_SIDE_BY_SIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        for place, part in enumerate(parts):
            share = grow[place] if grow else 1
            if isinstance(part, QWidget):
                self._box.addWidget(part, share)
            else:
                self._box.addLayout(part, share)
                # One may be taller than the others, by what is said below its field.
                self._box.setAlignment(part, Qt.AlignmentFlag.AlignTop)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest part: being narrower than all together is what this is for."""
        return QSize(max(self._widths(), default=0), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widths = self._widths()
        needed = sum(widths) + self._box.spacing() * max(0, len(widths) - 1)
        direction = _SIDE_BY_SIDE if self.width() >= needed else _STACKED
        if direction != self._box.direction():
            self._box.setDirection(direction)

    def _widths(self) -> list[int]:
        """Least widths of what is not hidden."""
        items = (self._box.itemAt(place) for place in range(self._box.count()))
        return [item.minimumSize().width() for item in items if item is not None and not item.isEmpty()]
