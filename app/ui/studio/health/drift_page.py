"""The page that says how much takes of one request differ."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from app.core.drift import USUAL_TAKES, TakeMeasures
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.buttons import RisingButton
from app.ui.studio.health.spread_plot import SpreadPlot
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.labels import Hint, Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.spin_box import SpinBox

MAX_MORE_TAKES = 20
_LENGTH_REACH, _PITCH_REACH, _LEVEL_REACH = 0.1, 2.0, 3.0
"""What the scales reach to both sides: a share of the length, semitones, LU."""


class DriftPage(Retranslated):
    """Shows the sentence, a dot for each take, and the measured takes.

    Attributes:
        verdict: what was measured; `gaps` is what could not be.
        more: how many takes `speak` makes; it stops them while it makes them.
        plan: what making them will take, or how far it is.
        notice: why nothing can be measured.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_running = False
        self.verdict, self.gaps = Label(size=Type.HEADING, weight=Type.SEMIBOLD, wrap=True), Hint(wrap=True)
        self.notice = InlineNotice()
        self._names = [Hint() for _ in range(3)]
        self._plots = [SpreadPlot() for _ in range(3)]
        self.list, self._model = RowList(""), RowModel()
        self.list.setModel(self._model)
        self.more = SpinBox("", 1, MAX_MORE_TAKES, 1)
        self.more.setValue(USUAL_TAKES - 1)
        self._caption = Hint()
        self.plan, self.speak = Label(size=Type.SMALL, ink="text2", wrap=True), RisingButton()
        self.speak.set_primary(True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S12)
        grid.setVerticalSpacing(Space.S4)
        grid.setColumnStretch(1, 1)
        for row, (name, plot) in enumerate(zip(self._names, self._plots, strict=True)):
            grid.addWidget(name, row, 0)
            grid.addWidget(plot, row, 1)
        top = QVBoxLayout()
        top.setContentsMargins(Space.S16, Space.S4, Space.S16, Space.S12)
        top.setSpacing(Space.S8)
        for line in (self.notice, self.verdict, self.gaps):
            top.addWidget(line)
        top.addLayout(grid)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        foot.setSpacing(Space.S12)
        foot.addWidget(self.plan, 1)
        for part in (self._caption, self.more, self.speak):
            foot.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Divider())
        column.addWidget(self.list, 1)
        column.addWidget(Divider())
        column.addLayout(foot)

    def show_measures(self, sentence: str, gaps: str, takes: Sequence[TakeMeasures]) -> None:
        """Show what was measured of takes; an empty sentence and none of them where nothing was."""
        self.verdict.setText(sentence)
        self.verdict.setVisible(bool(sentence))
        self.gaps.setText(gaps)
        self.gaps.setVisible(bool(gaps))
        lengths = [take.seconds for take in takes]
        values = (
            (lengths, _LENGTH_REACH * sum(lengths) / len(lengths) if lengths else 1.0),
            ([12 * math.log2(take.pitch_hz) for take in takes if take.pitch_hz], _PITCH_REACH),
            ([take.loudness for take in takes if take.loudness is not None], _LEVEL_REACH),
        )
        for name, plot, (shown, reach) in zip(self._names, self._plots, values, strict=True):
            plot.show_values(shown, reach)
            for part in (name, plot):
                part.setVisible(bool(sentence) and len(shown) > 1)

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._model.set_rows(rows)
        if self.list.selected_key() is None and rows:
            self.list.select_key(rows[0].key)

    def show_running(self, is_running: bool) -> None:
        """Turn the button into one that stops, or back."""
        self._is_running = is_running
        self.speak.set_primary(not is_running)
        self.more.setEnabled(not is_running)
        self.retranslate()

    def retranslate(self) -> None:
        names = (
            QCoreApplication.translate("Health", "Length"),
            QCoreApplication.translate("Health", "Pitch"),
            QCoreApplication.translate("Health", "Level"),
        )
        for label, name in zip(self._names, names, strict=True):
            label.setText(name)
        self.list.setAccessibleName(QCoreApplication.translate("Health", "Measured takes"))
        self.more.setAccessibleName(QCoreApplication.translate("Health", "More takes"))
        self._caption.setText(QCoreApplication.translate("Health", "More takes"))
        if self._is_running:
            self.speak.setText(QCoreApplication.translate("Health", "Stop speaking"))
        else:
            self.speak.setText(QCoreApplication.translate("Health", "Speak more takes"))
