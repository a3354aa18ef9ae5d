"""A chip for one parameter of a column, marked where it differs from the base column."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import Silent
from app.ui.widgets.painted_button import Look
from app.ui.widgets.spin_box import SpinBox

DIFFERS = "≠"
_MAX_WIDTH = 108
"""Logical pixels, before text scaling."""


class DifferingChip(Chip):
    """A checkable chip whose colour says whether it differs, and whose words say what is chosen."""

    def __init__(self) -> None:
        self._differs = False
        self._words = ""
        super().__init__("")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, *, differs: bool) -> None:
        """Show what is chosen."""
        self._words, self._differs = words, differs
        self.setText(f"{DIFFERS} {words}" if differs else words)
        self.updateGeometry()
        self.update()

    @property
    def differs(self) -> bool:
        return self._differs

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(min(size.width(), theme().px(_MAX_WIDTH)), size.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def look(self) -> Look:
        colours = theme()
        if self._differs:
            fill = colours.mixed("soft", "soft_text", 0.08) if self.hot() or self.isDown() else colours.colour("soft")
            return Look(fill, None, "soft_text")
        if self.isDown():
            return Look(colours.colour("sunken"), colours.colour("wave"), "text")
        return Look(colours.colour("raised" if self.hot() else "surface"), colours.colour("line"), "text2")


class DifferingSpin(QWidget):
    """A number with its caption before it, which is marked where the number differs."""

    def __init__(self, low: float, high: float, step: float, *, decimals: int = 0, width: int = 78) -> None:
        super().__init__()
        self.caption = Silent(size=Type.SMALL)
        self.spin = SpinBox("", low, high, step, decimals=decimals)
        self._width = width
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S6)
        row.addWidget(self.caption)
        row.addWidget(self.spin)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self.spin.setFixedWidth(theme().px(self._width))

    def show_caption(self, words: str, *, differs: bool) -> None:
        """Name the number, and say whether it differs."""
        self.caption.setText(f"{DIFFERS} {words}" if differs else words)
        self.caption.set_ink("soft_text" if differs else "text2")
