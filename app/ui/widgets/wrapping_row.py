"""Controls in a row that asks for one line and wraps where there is no room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.tokens import Space
from app.ui.widgets.flow_layout import FlowLayout


class WrappingRow(QWidget):
    """A row as wide as all its controls side by side, if it gets that; else it wraps."""

    def __init__(self, *parts: QWidget, gap: int = Space.S8) -> None:
        super().__init__()
        self._parts, self._gap = parts, gap
        flow = FlowLayout(self, gap=gap)
        for part in parts:
            flow.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        shown = [part.sizeHint() for part in self._parts if not part.isHidden()]
        wide = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(wide, max((size.height() for size in shown), default=0))
