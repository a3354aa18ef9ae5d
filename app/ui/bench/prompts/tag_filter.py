"""The tags of the library as chips with the number of prompts that have them; those that are lit filter the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QSizePolicy

from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import count
from app.ui.theme.tokens import Space
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.presentation_cover import presentation_cover

FEW = 3
"""Tags that are shown until the others are asked for; lit ones always are."""
MOST = 200


class _TagChip(Chip):
    """A chip of a tag, masked while presenting."""

    def __init__(self, tag: str, number: int) -> None:
        self._tag, self._number = tag, number
        super().__init__("")

    def show_number(self, number: int) -> None:
        self._number = number
        self.restyle()

    def restyle(self) -> None:
        tag = presentation_cover().mask(self._tag)
        self.setText(f"{tag} {count(self._number)}".replace("&", "&&"))
        self.setAccessibleName(QCoreApplication.translate("Prompts", "Tag {tag}").format(tag=tag))
        self.setAccessibleDescription(count(self._number))
        super().restyle()


class TagFilter(Retranslated):
    """The chips.

    Signals:
        changed: other tags are lit.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chips: dict[str, _TagChip] = {}
        self._counts: Sequence[tuple[str, int]] = ()
        self._total = 0
        self._flow = FlowLayout(self, gap=Space.S6)
        self.all = Chip("")
        self.all.setChecked(True)
        self.more = Chip("", checkable=False)
        self.all.clicked.connect(self.show_all)
        self.more.clicked.connect(self._unfold)
        self._is_unfolded = False
        self._flow.addWidget(self.all)
        self._flow.addWidget(self.more)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.retranslate()

    @property
    def lit(self) -> frozenset[str]:
        return frozenset(tag for tag, chip in self._chips.items() if chip.isChecked())

    def show_all(self) -> None:
        """Light no tag: every prompt is listed."""
        for chip in self._chips.values():
            chip.setChecked(False)
        self._on_lit()

    def show_counts(self, total: int, counts: Sequence[tuple[str, int]]) -> None:
        """Show the number of all prompts, and of those that have each tag, in this order."""
        self._total, self._counts = total, tuple(counts[:MOST])
        self._arrange()

    def _unfold(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._arrange()

    def _on_lit(self) -> None:
        self.all.setChecked(not self.lit)
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        lit = self.lit
        shown = [
            (tag, number)
            for place, (tag, number) in enumerate(self._counts)
            if self._is_unfolded or place < FEW or tag in lit
        ]
        gone = self._chips.keys() - {tag for tag, _ in shown}
        if list(self._chips) != [tag for tag, _ in shown]:
            for tag in gone:
                chip = self._chips.pop(tag)
                self._flow.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            before, self._chips = self._chips, {}
            while self._flow.takeAt(0) is not None:
                pass
            self._flow.addWidget(self.all)
            for tag, number in shown:
                self._chips[tag] = before.get(tag) or self._new(tag, number)
                self._flow.addWidget(self._chips[tag])
                self._chips[tag].show()
            self._flow.addWidget(self.more)
            self._order_tabs()
        for tag, number in shown:
            self._chips[tag].show_number(number)
        self.retranslate()
        if gone & lit:
            self._on_lit()

    def _order_tabs(self) -> None:
        previous = self.all
        for chip in (*self._chips.values(), self.more):
            self.setTabOrder(previous, chip)
            previous = chip

    def _new(self, tag: str, number: int) -> _TagChip:
        chip = _TagChip(tag, number)
        chip.clicked.connect(lambda _on=False: self._on_lit())
        return chip

    def retranslate(self) -> None:
        self.all.setText(QCoreApplication.translate("Prompts", "All {n}").format(n=count(self._total)))
        self.all.setAccessibleName(QCoreApplication.translate("Prompts", "All prompts"))
        hidden = len(self._counts) - len(self._chips)
        if self._is_unfolded:
            self.more.setText(QCoreApplication.translate("Prompts", "Fewer"))
            self.more.setAccessibleName(QCoreApplication.translate("Prompts", "Fewer tags"))
        else:
            self.more.setText(f"+ {count(hidden)}")
            self.more.setAccessibleName(QCoreApplication.translate("Prompts", "More tags"))
        self.more.setVisible((self._is_unfolded and len(self._counts) > FEW) or hidden > 0)
