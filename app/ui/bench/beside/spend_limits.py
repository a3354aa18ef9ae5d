"""The most that a run may cost, with a number for each currency in which its columns are billed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.bench.beside.differing_chip import DifferingSpin
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import money_sign
from app.ui.theme.tokens import Space

_STEP = 0.05


class SpendLimits(Retranslated):
    """One number for each currency; nothing is converted.

    Signals:
        changed: a currency, and its limit or None for none.
    """

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spins: list[DifferingSpin] = []
        self._currencies: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S8)
        self.show_limits(("USD",), {})

    def show_limits(self, currencies: Sequence[str], limits: Mapping[str, float]) -> None:
        """Show the limits in these currencies. Emits no signal."""
        is_renamed = tuple(currencies) != self._currencies
        self._currencies = tuple(currencies)
        for place in range(len(self._spins), len(currencies)):
            spin = DifferingSpin(0.001, 1000, _STEP, decimals=3, width=96)
            spin.spin.set_empty_text(QCoreApplication.translate("Beside", "none"))
            spin.spin.valueChanged.connect(lambda _value, place=place: self._emit(place))
            self._spins.append(spin)
            self._row.addWidget(spin)
        for place, spin in enumerate(self._spins):
            spin.setVisible(place < len(currencies))
        for currency, spin in zip(currencies, self._spins, strict=False):
            blocked = spin.spin.blockSignals(True)
            spin.spin.set_number(limits.get(currency))
            spin.spin.blockSignals(blocked)
        if is_renamed:
            self.retranslate()

    def _emit(self, place: int) -> None:
        if place < len(self._currencies):
            self.changed.emit(self._currencies[place], self._spins[place].spin.number_in_use())

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        for place, (currency, spin) in enumerate(zip(self._currencies, self._spins, strict=False)):
            sign = money_sign(currency).strip()
            spin.show_caption(translate("Beside", "limit {currency}").format(currency=sign), differs=False)
            name = translate("Beside", "Limit of a run")
            if place:
                name = translate("Beside", "Limit of a run in {currency}").format(currency=sign)
            spin.spin.setAccessibleName(name)
            told = translate(
                "Beside",
                "The most that one run may cost in {currency}, all its columns that are billed in it together, with "
                "what it has cost already. Nothing is converted.",
            ).format(currency=sign)
            spin.setToolTip(told)
            spin.spin.set_description(told)
            spin.spin.set_empty_text(translate("Beside", "none"))
