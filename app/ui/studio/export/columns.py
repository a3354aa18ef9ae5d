"""Options at the left and what comes of them at the right, or one below the other where they don't fit."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.scroll_area import ScrollArea

LEFT_WIDTH = 400
BESIDE_FROM = 760
"""Logical width from which the panels stand beside each other."""
_LOWEST = 260
_NO_LIMIT = 16_777_215


class Columns(QWidget):
    """Two panels. The left one scrolls beside the right one; below each other both scroll together."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._right = right
        self._is_beside: bool | None = None
        content = QWidget()
        self._stack = QVBoxLayout(content)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(Space.S12)
        self._stack.addWidget(left, 1)
        self._area = ScrollArea(content, fill="bg")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S12)
        self._row.addWidget(self._area)
        theme().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = theme().px
        is_beside = self.width() >= px(BESIDE_FROM)
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            (self._row if is_beside else self._stack).addWidget(self._right, 1)
        self._area.setMinimumWidth(min(px(LEFT_WIDTH), self.width() // 2) if is_beside else 0)
        self._area.setMaximumWidth(px(LEFT_WIDTH) if is_beside else _NO_LIMIT)
        self._right.setMinimumHeight(0 if is_beside else px(_LOWEST))
