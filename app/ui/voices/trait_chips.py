"""Chips that write what a voice is like into its description, a row a dimension."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.voice_traits import Dimension, dimensions
from app.ui.retranslate import Retranslated
from app.ui.texts.voice_design import dimension_name, ui_language
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption

_CAPTION_WIDTH = 92


class _TraitChip(Chip):
    """A chip as narrow as its words allow."""

    padding = 8
    gap = 4


class _ChipRow(QWidget):
    """The chips of one dimension: some, those that are lit, and all once they are asked for."""

    pressed = Signal(object)

    def __init__(self, dimension: Dimension) -> None:
        super().__init__()
        self._dimension = dimension
        self._lit: Collection[str] = ()
        self.chips = {trait.id: _TraitChip("") for trait in dimension.trait}
        self.more = _TraitChip("…")
        flow = FlowLayout(self, gap=Space.S4)
        for trait in dimension.trait:
            chip = self.chips[trait.id]
            chip.clicked.connect(lambda _on=False, trait=trait: self.pressed.emit(trait))
            flow.addWidget(chip)
        flow.addWidget(self.more)
        self.more.toggled.connect(lambda _on: self._fit())

    def show_lit(self, lit: Collection[str]) -> None:
        """Light the chips of these traits."""
        self._lit = lit
        for trait_id, chip in self.chips.items():
            chip.setChecked(trait_id in lit)
            chip.set_glyph(Icon.CHECK if trait_id in lit else None)
        self._fit()

    def _fit(self) -> None:
        for place, (trait_id, chip) in enumerate(self.chips.items()):
            is_shown = place < self._dimension.visible or self.more.isChecked() or trait_id in self._lit
            if chip.isHidden() is is_shown:
                chip.setVisible(is_shown)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return QSize(theme().px(200), layout.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def retranslate(self) -> None:
        language = ui_language()
        for trait in self._dimension.trait:
            self.chips[trait.id].setText(trait.words_in(language).label)
        name = QCoreApplication.translate("Design", "More of {name}").format(name=dimension_name(self._dimension.name))
        self.more.setAccessibleName(name)
        self.more.setToolTip(name)


class TraitChips(Retranslated):
    """All rows.

    Signals:
        pressed: the trait whose chip was pressed.
    """

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._captions = [Caption() for _ in dimensions()]
        self.rows = [_ChipRow(dimension) for dimension in dimensions()]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S8)
        self._grid.setVerticalSpacing(Space.S6)
        self._grid.setColumnStretch(1, 1)
        for at, (caption, row) in enumerate(zip(self._captions, self.rows, strict=True)):
            self._grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(row, at, 1)
            row.pressed.connect(self.pressed)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.show_lit(())
        self.retranslate()

    def show_lit(self, lit: Collection[str]) -> None:
        """Light the chips of the traits with these ids."""
        for row in self.rows:
            row.show_lit(lit)

    def _restyle(self) -> None:
        for caption, row in zip(self._captions, self.rows, strict=True):
            caption.setMinimumHeight(row.more.sizeHint().height())
        self._grid.setColumnMinimumWidth(0, theme().px(_CAPTION_WIDTH))

    def retranslate(self) -> None:
        for caption, row, dimension in zip(self._captions, self.rows, dimensions(), strict=True):
            caption.setText(dimension_name(dimension.name))
            row.retranslate()
