"""Asks with which model and parameters an answer is made again. They hold for this version only."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.core.catalogue import catalogue
from app.core.requests import Sampling
from app.ui.chat.parameters_panel import MAX_TOKENS
from app.ui.texts.models import model_names
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, Hint, Label
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.switch import CheckBox

WIDTH = 380
"""Logical pixels, before text scaling."""


class VersionDialog(QDialog):
    """The parameters of one answer, at first those of the conversation.

    Signals:
        chosen: model and `Sampling`.
        refused: a model was typed that is not offered.
    """

    chosen = Signal(str, object)
    refused = Signal(str)

    def __init__(self, models: Sequence[str], model: str, sampling: Sampling, parent: QWidget) -> None:
        super().__init__(parent)
        self._sampling = sampling
        self.setWindowTitle(QCoreApplication.translate("Versions", "Regenerate with"))
        self.model = Choice(
            QCoreApplication.translate("Versions", "Model for this version"), free=True, takes_keys=True
        )
        self.model.set_choices(model_names([catalogue().model(name) for name in models]).items())
        self.model.set_key(model)
        self.model.refused.connect(self.refused)
        self.model.chosen.connect(self._show_rules)
        self.thinks = CheckBox(QCoreApplication.translate("Versions", "Think first for this version"))
        self.thinks.setChecked(catalogue().model(model).thinks(sampling.thinking))
        self.thinks.toggled.connect(self._show_rules)
        default = QCoreApplication.translate("Versions", "default")
        self.temperature = SpinField("", 0.0, 1.5, 0.1, decimals=2, slider=False, empty=default)
        self.temperature.set_name(QCoreApplication.translate("Versions", "Temperature for this version"))
        self.top_p = SpinField("", 0.01, 1.0, 0.01, decimals=2, slider=False, empty=default)
        self.top_p.set_name(QCoreApplication.translate("Versions", "Top P for this version"))
        self.max_tokens = SpinField("", 1, MAX_TOKENS, 256, slider=False, empty=default)
        self.max_tokens.set_name(QCoreApplication.translate("Versions", "Max tokens for this version"))
        for field, value in (
            (self.temperature, sampling.temperature),
            (self.top_p, sampling.top_p),
            (self.max_tokens, sampling.max_tokens),
        ):
            field.set_value(value)
        self.make = PrimaryButton(QCoreApplication.translate("Versions", "Make this version"))
        self.make.setDefault(True)
        self.make.clicked.connect(self._choose)
        self.cancel = Button(QCoreApplication.translate("Versions", "Cancel"))
        self.cancel.clicked.connect(self.reject)
        self._lay_out()
        self._show_rules()
        # Qt would open it no higher than two thirds of the screen and squeeze what is in it.
        wide = self.sizeHint().width()
        self.resize(wide, self.heightForWidth(wide))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S24, Space.S24, Space.S16)
        column.setSpacing(Space.S12)
        column.addWidget(Label(self.windowTitle(), size=Type.HEADING, weight=Type.SEMIBOLD))
        hint = QCoreApplication.translate(
            "Versions", "These hold for this answer only. The conversation keeps its own model and parameters."
        )
        column.addWidget(Hint(hint, wrap=True))
        caption = QVBoxLayout()
        caption.setSpacing(Space.S4)
        caption.addWidget(Caption(QCoreApplication.translate("Versions", "Model for this version")))
        caption.addWidget(self.model)
        column.addLayout(caption)
        column.addWidget(self.thinks)
        for field in (self.temperature, self.top_p, self.max_tokens):
            column.addWidget(field)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S8)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.make)
        column.addLayout(buttons)
        self.setMinimumWidth(theme().px(WIDTH))

    def _show_rules(self) -> None:
        """Lock what the chosen model does not take."""
        model = catalogue().model(self.model.key() or "")
        may_think = model.may("thinking")
        self.thinks.setEnabled(may_think)
        if not may_think:
            self.thinks.setChecked(False)
        for field in (self.temperature, self.top_p):
            if self.thinks.isChecked():
                field.lock(QCoreApplication.translate("Versions", "set by the service while thinking"))
            else:
                field.unlock()

    def _choose(self) -> None:
        model = self.model.key()
        if not model:
            return
        may_think = catalogue().model(model).may("thinking")
        sampling = msgspec.structs.replace(
            self._sampling,
            thinking=self.thinks.isChecked() if may_think else None,
            temperature=self.temperature.value(),
            top_p=self.top_p.value(),
            max_tokens=self.max_tokens.value(),
        )
        self.accept()
        self.chosen.emit(model, sampling)
