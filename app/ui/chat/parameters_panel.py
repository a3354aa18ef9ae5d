"""How the model is asked: system prompt, sampling, tools. What thinking forces is locked with the reason beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.prompts import PRESETS, TASKS, Task
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import count
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.scroll import ScrollArea
from app.ui.widgets.slider import SpinField
from app.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from app.core.requests import Sampling

MOST_TOKENS = 131_072
MOST_STOPS = 4
OWN = "own"
"""In place of a preset's key: the system prompt is somebody's own words."""
THINKING_TEMPERATURE = 1.0
"""What the platform samples with while a model thinks; without thinking it is the default (WIRE.md section 2)."""


class ParametersPanel(Retranslated):
    """Edits the parameters of the open conversation.

    Signals:
        system_changed: the system prompt as typed, its placeholders unfilled.
        sampling_changed: changed fields of `Sampling` as a dict.
        ask_changed: whether every tool call waits for approval.
    """

    system_changed = Signal(str)
    sampling_changed = Signal(dict)
    ask_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = self._thinking = False
        self._most_tokens = MOST_TOKENS
        self._panel = Panel()
        self.preset = Choice("", compact=True)
        self.preset.chosen.connect(self._preset_chosen)
        self.system = TextArea("", least=4, most=9)
        self.system.textChanged.connect(self._system_typed)
        self.task = Choice("")
        self.task.chosen.connect(self._task_chosen)
        self.temperature = SpinField("", 0.0, 1.5, 0.1, decimals=2)
        self.top_p = SpinField("", 0.01, 1.0, 0.01, decimals=2)
        self.max_tokens = SpinField("", 1, MOST_TOKENS, 256, slider=False, empty=" ")
        self.frequency = SpinField("", -2.0, 2.0, 0.1, decimals=1)
        self.presence = SpinField("", -2.0, 2.0, 0.1, decimals=1)
        self.stop = LineField("", mono=True)
        self.stop.editingFinished.connect(self._stops_typed)
        self._stops: tuple[str, ...] = ()
        self._too_many: tuple[str, ...] = ()
        self._left_out = Hint(wrap=True)
        self._left_out.hide()
        self.json_mode, self.stream, self.send_thinking, self.ask = Switch(), Switch(), Switch(), Switch()
        for field, name in (
            (self.temperature, "temperature"),
            (self.top_p, "top_p"),
            (self.max_tokens, "max_tokens"),
            (self.frequency, "frequency_penalty"),
            (self.presence, "presence_penalty"),
        ):
            field.value_changed.connect(lambda value, name=name: self._changed(name, value))
        for switch, name in (
            (self.json_mode, "json_mode"),
            (self.stream, "stream"),
            (self.send_thinking, "send_thinking"),
        ):
            switch.toggled.connect(lambda on, name=name: self._changed(name, on))
        self.ask.toggled.connect(lambda on: None if self._showing else self.ask_changed.emit(on))
        self._system_caption, self._task_caption, self._stop_caption = Caption(), Caption(), Caption()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        # The scroll bar has its own room at the right.
        column.setContentsMargins(Space.S16, 0, Space.S12, Space.S16)
        column.setSpacing(Space.S12)
        system = QHBoxLayout()
        system.addWidget(self._system_caption)
        system.addStretch(1)
        system.addWidget(self.preset)
        for rows in ((system, self.system), (self._task_caption, self.task)):
            column.addLayout(_stack(rows))
        for field in (self.temperature, self.top_p, self.max_tokens):
            column.addWidget(field)
        column.addLayout(_stack((self._stop_caption, self.stop, self._left_out)))
        for switch in (self.json_mode, self.stream, self.send_thinking, self.ask):
            column.addWidget(switch)
        column.addWidget(self.frequency)
        column.addWidget(self.presence)
        column.addStretch(1)
        scroll = ScrollArea(content)
        self._panel.body.addWidget(scroll, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._panel)

    def add_action(self, widget: QWidget) -> None:
        """Put a control at the right of the panel's header."""
        self._panel.add_action(widget)

    def show_ask(self, ask: bool) -> None:
        """Show whether tools ask first; nothing is announced."""
        self._showing = True
        self.ask.setChecked(ask)
        self._showing = False

    def show_parameters(self, system: str, sampling: Sampling, ask: bool, *, thinking: bool, most_tokens: int) -> None:
        """Show what holds; nothing is announced. While the model thinks its sampling is forced (WIRE.md section 2)."""
        self._showing = True
        if system != self.system.toPlainText():
            self.system.setPlainText(system)
        self._show_preset(next((key for key, text in PRESETS.items() if text == system), OWN))
        temperature = THINKING_TEMPERATURE if sampling.temperature is None else sampling.temperature
        self.temperature.set_value(THINKING_TEMPERATURE if thinking else temperature)
        self.top_p.set_value(0.95 if sampling.top_p is None else sampling.top_p)
        self.max_tokens.set_value(sampling.max_tokens)
        self.frequency.set_value(sampling.frequency_penalty or 0.0)
        self.presence.set_value(sampling.presence_penalty or 0.0)
        self.stop.setText(" | ".join(sampling.stop))
        if sampling.stop != self._stops:
            # What was left out was left out of those before.
            self._stops, self._too_many = sampling.stop, ()
        self.json_mode.setChecked(sampling.json_mode)
        self.stream.setChecked(sampling.stream)
        self.send_thinking.setChecked(sampling.send_thinking)
        self.ask.setChecked(ask)
        self._thinking, self._most_tokens = thinking, most_tokens
        self._explain()
        self._show_task(Task(thinking, temperature, self.top_p.number.value()))
        self._show_stops(len(sampling.stop))
        self._showing = False

    def _explain(self) -> None:
        """What is forced, may be ignored or holds by default is said beside it (WIRE.md sections 2 and 13)."""
        if self._thinking:
            self.temperature.lock(QCoreApplication.translate("Parameters", "fixed while thinking"))
        else:
            self.temperature.unlock()
        ignored = QCoreApplication.translate("Parameters", "may be ignored")
        self.top_p.set_remark(ignored if self._thinking else "")
        default = QCoreApplication.translate("Parameters", "default, {n}").format(n=count(self._most_tokens))
        self.max_tokens.set_remark(default)
        self._left_out.setVisible(bool(self._too_many))
        self._left_out.setText(
            QCoreApplication.translate("Parameters", "The service takes {most} at most, left out: {words}").format(
                most=MOST_STOPS, words=" | ".join(self._too_many)
            )
        )

    def _changed(self, name: str, value: Any) -> None:
        if not self._showing:
            self.sampling_changed.emit({name: value})

    def _system_typed(self) -> None:
        if not self._showing:
            self.system_changed.emit(self.system.toPlainText())

    def _show_preset(self, key: str) -> None:
        """Words of one's own are a choice only while they are there."""
        if (self.preset.findData(OWN) >= 0) != (key == OWN):
            self.preset.set_choices(_preset_names(own=key == OWN))
        self.preset.set_key(key)

    def _preset_chosen(self, key: str) -> None:
        if key != OWN:
            self.system_changed.emit(PRESETS[key])

    def _task_chosen(self, key: str) -> None:
        self.sampling_changed.emit(TASKS[key]._asdict())

    def _show_task(self, chosen: Task) -> None:
        """The chosen preset stays shown as long as its values hold; several presets share theirs."""
        holding = [key for key, task in TASKS.items() if _same(task, chosen)]
        if self.task.key() not in holding:
            self.task.set_key(holding[0] if holding else None)

    def _stops_typed(self) -> None:
        stops = tuple(part.strip() for part in self.stop.text().split("|") if part.strip())
        self._stops, self._too_many = stops[:MOST_STOPS], stops[MOST_STOPS:]
        self._show_stops(len(stops))
        self._explain()
        self._changed("stop", self._stops)

    def _show_stops(self, number: int) -> None:
        self._stop_caption.setText(
            QCoreApplication.translate("Parameters", "Stop sequences ({n} of {most}, split by |)").format(
                n=min(number, MOST_STOPS), most=MOST_STOPS
            )
        )

    def retranslate(self) -> None:
        self._panel.set_title(QCoreApplication.translate("Parameters", "Parameters"))
        self._system_caption.setText(QCoreApplication.translate("Parameters", "System prompt"))
        self.system.setAccessibleName(QCoreApplication.translate("Parameters", "System prompt"))
        self.system.setPlaceholderText(
            QCoreApplication.translate("Parameters", "How MiMo should behave. {date} and {week} are filled in.")
        )
        self.preset.set_name(QCoreApplication.translate("Parameters", "Prompt preset"))
        self.preset.set_choices(_preset_names(own=self.preset.key() == OWN))
        self._task_caption.setText(QCoreApplication.translate("Parameters", "Task preset"))
        self.task.set_name(QCoreApplication.translate("Parameters", "Task preset"))
        self.task.set_choices(_task_names())
        self.temperature.set_name(QCoreApplication.translate("Parameters", "Temperature"))
        self.top_p.set_name(QCoreApplication.translate("Parameters", "Top P"))
        self.max_tokens.set_name(QCoreApplication.translate("Parameters", "Max tokens"))
        self.max_tokens.set_empty_text(QCoreApplication.translate("Parameters", "Model default"))
        self.frequency.set_name(QCoreApplication.translate("Parameters", "Frequency penalty"))
        self.presence.set_name(QCoreApplication.translate("Parameters", "Presence penalty"))
        self.stop.setAccessibleName(QCoreApplication.translate("Parameters", "Stop sequences"))
        self._show_stops(len([part for part in self.stop.text().split("|") if part.strip()]))
        self.json_mode.setText(QCoreApplication.translate("Parameters", "JSON mode"))
        self.stream.setText(QCoreApplication.translate("Parameters", "Stream"))
        self.send_thinking.setText(QCoreApplication.translate("Parameters", "Send earlier thinking"))
        self.ask.setText(QCoreApplication.translate("Parameters", "Ask before each tool"))
        self._explain()


def _stack(rows: Sequence[QWidget | QHBoxLayout]) -> QVBoxLayout:
    """A caption close above its field."""
    column = QVBoxLayout()
    column.setSpacing(Space.S4)
    for row in rows:
        if isinstance(row, QWidget):
            column.addWidget(row)
        else:
            column.addLayout(row)
    return column


def _same(task: Task, chosen: Task) -> bool:
    """Whether a preset's values hold; its numbers don't matter while thinking."""
    close = abs(task.temperature - chosen.temperature) < 1e-6 and abs(task.top_p - chosen.top_p) < 1e-6
    return task.thinking == chosen.thinking and (task.thinking or close)


def _preset_names(*, own: bool) -> tuple[tuple[str, str], ...]:
    names = (
        ("mimo-en", QCoreApplication.translate("Parameters", "MiMo, English")),
        ("mimo-zh", QCoreApplication.translate("Parameters", "MiMo, Chinese")),
        ("none", QCoreApplication.translate("Parameters", "None")),
    )
    return (*names, (OWN, QCoreApplication.translate("Parameters", "Own words"))) if own else names


def _task_names() -> tuple[tuple[str, str], ...]:
    return (
        ("conversation", QCoreApplication.translate("Parameters", "Conversation")),
        ("coding", QCoreApplication.translate("Parameters", "Coding")),
        ("tools", QCoreApplication.translate("Parameters", "Tool use")),
        ("writing", QCoreApplication.translate("Parameters", "Writing")),
        ("web", QCoreApplication.translate("Parameters", "Web")),
        ("mathematics", QCoreApplication.translate("Parameters", "Mathematics")),
    )
