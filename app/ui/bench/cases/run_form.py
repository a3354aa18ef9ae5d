"""The side panel for the name of a set, and for how it is run."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, Signal

from app.core.cases import CaseSet
from app.core.catalogue import Model, catalogue
from app.core.requests import Sampling
from app.ui.bench.cases.form_panel import FormPanel
from app.ui.texts.models import model_names
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.switch import CheckBox

MAX_TOKENS = 131_072


class RunForm(FormPanel):
    """The name of the set, and the models and parameters of its runs.

    Signals:
        named: the name that was typed.
        changed: model, judging model and `Sampling`.
    """

    named = Signal(str)
    changed = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._sampling = Sampling()
        self._models: Sequence[Model] = ()
        self._shown = CaseSet("")
        self.name, self._name_caption = LineField(""), Caption("")
        self.service = Hint(wrap=True)
        self.model, self._model_caption = Choice("", free=True, takes_keys=True), Caption("")
        self.judge, self._judge_caption = Choice("", free=True, takes_keys=True), Caption("")
        self.thinks = CheckBox("")
        self.temperature = SpinField("", 0.0, 1.5, 0.1, decimals=2, slider=False, empty=" ")
        self.max_tokens = SpinField("", 1, MAX_TOKENS, 256, slider=False, empty=" ")
        self.name.editingFinished.connect(lambda: self.named.emit(self.name.text()))
        self.model.chosen.connect(self._change)
        self.judge.chosen.connect(self._change)
        self.thinks.clicked.connect(self._change)
        self.temperature.value_changed.connect(self._change)
        self.max_tokens.value_changed.connect(self._change)
        self.add(self.name, self._name_caption)
        self.add(self.service)
        self.add(self.model, self._model_caption)
        self.add(self.judge, self._judge_caption)
        for field in (self.thinks, self.temperature, self.max_tokens):
            self.add(field)
        self.end()
        self.retranslate()

    def show_set(self, cases: CaseSet, model: str, judge: str, models: Sequence[Model], service: str) -> None:
        """Show the settings of a set; `model` and `judge` are those in use."""
        self._shown, self._sampling, self._models = cases, cases.sampling, models
        if not self.name.hasFocus():
            self.name.setText(cases.name)
        for choice, key in ((self.model, model), (self.judge, judge)):
            choice.set_choices(model_names([*models, catalogue().model(key)] if key else list(models)).items())
            choice.set_key(key or None)
        may_think = catalogue().model(model).may("thinking")
        thinks = catalogue().model(model).thinks(cases.sampling.thinking)
        self.thinks.setEnabled(may_think)
        self.thinks.setChecked(may_think and thinks)
        for field, value in (
            (self.temperature, cases.sampling.temperature),
            (self.max_tokens, cases.sampling.max_tokens),
        ):
            if field.value() != value:
                field.replace_value(value)
        if thinks:
            self.temperature.lock(QCoreApplication.translate("Cases", "set by the service while thinking"))
        else:
            self.temperature.unlock()
        text = QCoreApplication.translate("Cases", "Runs are made with the service in use: {name}.")
        self.service.setText(text.format(name=service))

    def _change(self, *_: object) -> None:
        model = self.model.key() or ""
        thinks = self.thinks.isChecked() if catalogue().model(model).may("thinking") else None
        was = catalogue().model(model).thinks(self._sampling.thinking)
        sampling = msgspec.structs.replace(
            self._sampling,
            thinking=self._sampling.thinking if thinks == was else thinks,
            temperature=self.temperature.value(),
            max_tokens=self.max_tokens.value(),
        )
        self.changed.emit(model, self.judge.key() or "", sampling)

    def retranslate(self) -> None:
        super().retranslate()
        self.title.setText(QCoreApplication.translate("Cases", "Set and run"))
        self.name.setAccessibleName(QCoreApplication.translate("Cases", "Set name"))
        self._name_caption.setText(QCoreApplication.translate("Cases", "Set name"))
        self.model.set_name(QCoreApplication.translate("Cases", "Model of the run"))
        self._model_caption.setText(QCoreApplication.translate("Cases", "Model"))
        self.judge.set_name(QCoreApplication.translate("Cases", "Judging model"))
        self._judge_caption.setText(QCoreApplication.translate("Cases", "Judging model"))
        self.thinks.setText(QCoreApplication.translate("Cases", "Think first in this run"))
        default = QCoreApplication.translate("Cases", "default")
        self.temperature.set_name(QCoreApplication.translate("Cases", "Temperature of the run"))
        self.temperature.set_empty_text(default)
        self.max_tokens.set_name(QCoreApplication.translate("Cases", "Max tokens of the run"))
        self.max_tokens.set_empty_text(default)
