"""Shows and edits the prices of a service's models, from the price list or entered by the user."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.prices import Tier
from app.ui.retranslate import Retranslated
from app.ui.settings.page import field
from app.ui.settings.responsive_row import ResponsiveRow
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, Heading, Label
from app.ui.widgets.spin_field import SpinField

MAX_PRICE = 100_000.0
"""The highest accepted price per million tokens; more is a typing error."""


class PricesSection(Retranslated):
    """Edits the prices of one model at a time.

    Signals:
        currency_chosen: `USD` or `CNY`.
        model_chosen: id of the model whose prices are to be shown.
        own_entered: the user's prices per million tokens, a `Tier`.
        own_removed: use the price list again.
    """

    currency_chosen = Signal(str)
    model_chosen = Signal(str)
    own_entered = Signal(object)
    own_removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = Heading()
        self.dollars, self.yuan = Chip(""), Chip("")
        self.dollars.clicked.connect(lambda: self._choose_currency("USD"))
        self.yuan.clicked.connect(lambda: self._choose_currency("CNY"))
        self._description = Label(ink="text2", wrap=True)
        self.model = Choice("")
        self.model.chosen.connect(self.model_chosen)
        self._model_caption = Caption()
        self.miss, self.hit, self.output = (
            SpinField("", 0.0, MAX_PRICE, 0.1, decimals=4, slider=False) for _ in range(3)
        )
        self.own, self.listed = Button(), Button()
        self.own.clicked.connect(self._enter_own)
        self.listed.clicked.connect(self.own_removed)
        self._editor = QWidget()
        self._tier: Tier | None = None
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S8)
        head.addWidget(self._heading, 1)
        head.addWidget(self.dollars)
        head.addWidget(self.yuan)
        buttons = FlowLayout(gap=Space.S8)
        buttons.addWidget(self.own)
        buttons.addWidget(self.listed)
        editor = QVBoxLayout(self._editor)
        editor.setContentsMargins(0, 0, 0, 0)
        editor.setSpacing(Space.S8)
        editor.addLayout(field(self._model_caption, self.model))
        editor.addWidget(ResponsiveRow(self.miss, self.hit, self.output))
        editor.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S8, 0, 0)
        column.setSpacing(Space.S8)
        column.addLayout(head)
        column.addWidget(self._description)
        column.addWidget(self._editor)

    def reset(self) -> None:
        """Drop unsaved input, because other prices are shown next."""
        self._tier = None

    def show_models(self, models: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer models as pairs of id and name, and select one."""
        self.model.set_choices(models)
        self.model.set_key(chosen)

    def show_price(self, sentence: str, currency: str, tier: Tier | None, *, own: bool, editable: bool) -> None:
        """Show the prices of the chosen model; `editable` is False for a service without prices.

        Unsaved input stays as long as the prices themselves are the same.
        """
        self._description.setText(sentence)
        for chip, name in ((self.dollars, "USD"), (self.yuan, "CNY")):
            chip.setChecked(currency == name)
            chip.setVisible(editable)
        self._editor.setVisible(editable)
        self.listed.setEnabled(own)
        if tier is not None and tier != self._tier:
            for number, value in ((self.miss, tier.miss), (self.hit, tier.hit), (self.output, tier.output)):
                number.replace_value(value)
        self._tier = tier

    def _enter_own(self) -> None:
        """Use the prices in the fields. A field that is not understood says so and gets the focus instead."""
        hit, miss, output = self.hit.value(), self.miss.value(), self.output.value()
        refused = next((field for field in (self.miss, self.hit, self.output) if field.number.refusal), None)
        if refused is not None:
            refused.setFocus()
        elif hit is not None and miss is not None and output is not None:
            self.own_entered.emit(Tier(hit, miss, output))

    def _choose_currency(self, currency: str) -> None:
        self.dollars.setChecked(currency == "USD")
        self.yuan.setChecked(currency == "CNY")
        self.currency_chosen.emit(currency)

    def retranslate(self) -> None:
        self._heading.setText(QCoreApplication.translate("Prices", "Prices"))
        self.dollars.setText(QCoreApplication.translate("Prices", "$"))
        self.yuan.setText(QCoreApplication.translate("Prices", "¥"))
        for chip, name in (
            (self.dollars, QCoreApplication.translate("Prices", "Prices in dollars")),
            (self.yuan, QCoreApplication.translate("Prices", "Prices in yuan")),
        ):
            chip.setAccessibleName(name)
            chip.setToolTip(name)
        caption = QCoreApplication.translate("Prices", "Priced model")
        self._model_caption.setText(caption)
        self.model.set_name(caption)
        self.miss.set_name(QCoreApplication.translate("Prices", "Price of input"))
        self.hit.set_name(QCoreApplication.translate("Prices", "Price of cached input"))
        self.output.set_name(QCoreApplication.translate("Prices", "Price of output"))
        self.own.setText(QCoreApplication.translate("Prices", "Use my prices"))
        self.listed.setText(QCoreApplication.translate("Prices", "Use the list prices"))
