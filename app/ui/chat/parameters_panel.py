"""The panel of request parameters: system prompt, sampling, tools. Values that thinking forces are locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.prompts import PRESETS, TASKS, Task
from app.core.stop_sequences import stops_from_text, text_from_stops
from app.ui.chat.saved_prompts import SavedPrompts
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import count
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from app.core.requests import Sampling

MAX_TOKENS = 131_072
MAX_STOP_SEQUENCES = 4
SAVED = "saved:"
"""Begins the key of one of the user's own prompts; its name follows."""
CUSTOM = "own"
"""In place of a preset's key when the system prompt, or the parameters, match no preset."""
THINKING_TEMPERATURE = 1.0
"""The temperature that thinking forces, which is also the default without thinking (WIRE.md section 2)."""


THINKING_TOP_P = 0.95
"""The same for Top P."""


class ParametersPanel(Retranslated):
    """Edits the parameters of the open conversation.

    Signals:
        system_changed: the system prompt as typed, with its placeholders.
        sampling_changed: the changed fields of `Sampling` as a dict.
        task_changed: the key of the task preset that was chosen; its values follow as `sampling_changed`.
        ask_changed: whether every tool call needs approval.
    """

    system_changed = Signal(str)
    sampling_changed = Signal(dict)
    task_changed = Signal(str)
    ask_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_updating = self._is_thinking = False
        self._default_max_tokens = MAX_TOKENS
        self._saved: dict[str, str] = {}
        self._chosen_preset = ""
        self._panel = Panel()
        self.preset = Choice("", compact=True)
        self.preset.chosen.connect(self._preset_chosen)
        self.saved_prompts = SavedPrompts()
        self.system = TextArea("", min_lines=4, max_lines=9)
        self.system.textChanged.connect(self._system_typed)
        self.task = Choice("")
        self.task.chosen.connect(self._task_chosen)
        self.temperature = SpinField("", 0.0, 1.5, 0.1, decimals=2)
        self.top_p = SpinField("", 0.01, 1.0, 0.01, decimals=2)
        self.max_tokens = SpinField("", 1, MAX_TOKENS, 256, slider=False, empty=" ")
        self.frequency = SpinField("", -2.0, 2.0, 0.1, decimals=1)
        self.presence = SpinField("", -2.0, 2.0, 0.1, decimals=1)
        self._numbers = (self.temperature, self.top_p, self.max_tokens, self.frequency, self.presence)
        self._conversation_id = ""
        self.stop = TextArea("", mono=True, min_lines=2, max_lines=MAX_STOP_SEQUENCES)
        self.stop.textChanged.connect(self._stops_typed)
        self._stops: tuple[str, ...] = ()
        self._rejected_stops: tuple[str, ...] = ()
        self._shown_task: Task | None = None
        self._json_hint = Hint(wrap=True)
        self._json_hint.hide()
        self._stop_hint = Hint(wrap=True)
        self._stop_hint.hide()
        self.json_mode, self.stream, self.send_thinking, self.ask = Switch(), Switch(), Switch(), Switch()
        for field, name in (
            (self.temperature, "temperature"),
            (self.top_p, "top_p"),
            (self.max_tokens, "max_tokens"),
            (self.frequency, "frequency_penalty"),
            (self.presence, "presence_penalty"),
        ):
            field.value_changed.connect(lambda value, name=name: self._emit_change(name, value))
        for switch, name in (
            (self.json_mode, "json_mode"),
            (self.stream, "stream"),
            (self.send_thinking, "send_thinking"),
        ):
            switch.toggled.connect(lambda on, name=name: self._emit_change(name, on))
        self.ask.toggled.connect(lambda on: None if self._is_updating else self.ask_changed.emit(on))
        self._system_caption, self._task_caption, self._stop_caption = Caption(), Caption(), Caption()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        # The scroll bar takes its own space on the right.
        column.setContentsMargins(Space.S16, 0, Space.S12, Space.S16)
        column.setSpacing(Space.S12)
        system = QHBoxLayout()
        system.addWidget(self._system_caption)
        system.addStretch(1)
        system.addWidget(self.preset)
        for rows in ((system, self.system, self.saved_prompts), (self._task_caption, self.task)):
            column.addLayout(_stack(rows))
        for field in (self.temperature, self.top_p, self.max_tokens):
            column.addWidget(field)
        column.addLayout(_stack((self._stop_caption, self.stop, self._stop_hint)))
        for part in (self.json_mode, self._json_hint, self.stream, self.send_thinking, self.ask):
            column.addWidget(part)
        column.addWidget(self.frequency)
        column.addWidget(self.presence)
        column.addStretch(1)
        scroll = ScrollArea(content)
        self._panel.body.addWidget(scroll, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._panel)

    def add_action(self, widget: QWidget) -> None:
        """Add a control at the right end of the panel's header."""
        self._panel.add_action(widget)

    def show_ask(self, ask: bool) -> None:
        """Show whether tools need approval. Emits no signal."""
        self._is_updating = True
        self.ask.setChecked(ask)
        self._is_updating = False

    def show_parameters(
        self,
        system: str,
        sampling: Sampling,
        ask: bool,
        *,
        thinking: bool,
        default_max_tokens: int,
        asks_for_json: bool = True,
        conversation_id: str = "",
        task: str = "",
    ) -> None:
        """Show the parameters in effect. Emits no signal. Thinking forces some of the sampling (WIRE.md section 2).

        `asks_for_json`: whether the prompt or a message contains the word, without which JSON mode yields no JSON. Text
        that was typed and not used stays until another conversation is shown. `task` is the key of the task preset that
        was chosen last: several have the same values.
        """
        self._is_updating = True
        if conversation_id != self._conversation_id:
            self._conversation_id = conversation_id
            self._discard_typed()
        if system != self.system.toPlainText():
            self.system.setPlainText(system)
        self._show_preset()
        temperature = THINKING_TEMPERATURE if sampling.temperature is None else sampling.temperature
        self.temperature.set_value(THINKING_TEMPERATURE if thinking else temperature)
        top_p = THINKING_TOP_P if sampling.top_p is None else sampling.top_p
        self.top_p.set_value(THINKING_TOP_P if thinking else top_p)
        self.max_tokens.set_value(sampling.max_tokens)
        self.frequency.set_value(sampling.frequency_penalty or 0.0)
        self.presence.set_value(sampling.presence_penalty or 0.0)
        if sampling.stop != stops_from_text(self.stop.toPlainText())[:MAX_STOP_SEQUENCES]:
            self.stop.setPlainText(text_from_stops(sampling.stop))
        if sampling.stop != self._stops:
            # The hint about rejected stop sequences was about the previous ones.
            self._stops, self._rejected_stops = sampling.stop, ()
        self.json_mode.setChecked(sampling.json_mode)
        self.stream.setChecked(sampling.stream)
        self.send_thinking.setChecked(sampling.send_thinking)
        self.ask.setChecked(ask)
        self._is_thinking, self._default_max_tokens = thinking, default_max_tokens
        self._json_hint.setVisible(sampling.json_mode and not asks_for_json)
        self._show_remarks()
        are_set = sampling.temperature is not None and sampling.top_p is not None
        self._show_task(Task(thinking, temperature, top_p), task, are_set=are_set)
        self._show_stop_count(len(sampling.stop))
        self._is_updating = False

    def commit_typed(self) -> None:
        """Use what is typed in the number fields now, before another conversation is opened."""
        for field in self._numbers:
            field.number.finish()

    def _discard_typed(self) -> None:
        """Drop refused numbers and stop sequences, and the preset, which belong to the conversation that was left."""
        for field in self._numbers:
            field.number.discard_typed()
        self._stops, self._rejected_stops = (), ()
        self.stop.clear()
        self._shown_task = None
        self.task.set_key(None)

    def _show_remarks(self) -> None:
        """Mark the values that are forced, may be ignored or are defaults (WIRE.md sections 2 and 13)."""
        for field in (self.temperature, self.top_p):
            if self._is_thinking:
                field.lock(QCoreApplication.translate("Parameters", "fixed while thinking"))
            else:
                field.unlock()
        default = QCoreApplication.translate("Parameters", "default, {n}").format(n=count(self._default_max_tokens))
        self.max_tokens.set_remark(default)
        self._stop_hint.setVisible(bool(self._rejected_stops))
        self._stop_hint.setText(
            QCoreApplication.translate("Parameters", "The service accepts at most {most}; left out: {words}").format(
                most=MAX_STOP_SEQUENCES, words=", ".join(text_from_stops((stop,)) for stop in self._rejected_stops)
            )
        )

    def _emit_change(self, name: str, value: Any) -> None:
        if not self._is_updating:
            self.sampling_changed.emit({name: value})

    def _system_typed(self) -> None:
        if not self._is_updating:
            self.system_changed.emit(self.system.toPlainText())

    def _presets(self) -> dict[str, str]:
        """The texts of all presets by key: the platform's and the user's own."""
        return PRESETS | {SAVED + name: text for name, text in self._saved.items()}

    def show_saved_prompts(self, saved: Mapping[str, str]) -> None:
        """Offer the user's own prompts, by name, among the presets."""
        self._saved = dict(saved)
        self.preset.set_choices(self._preset_names(custom=self.preset.key() == CUSTOM))
        self._show_preset()

    def _preset_names(self, *, custom: bool) -> tuple[tuple[str, str], ...]:
        saved = tuple((SAVED + name, name) for name in sorted(self._saved, key=str.casefold))
        names = _preset_names(custom=custom)
        return (*names[:3], *saved, *names[3:])

    def _show_preset(self) -> None:
        """Offer the custom prompt as a choice only while the system prompt is one."""
        system = self.system.toPlainText()
        matching = [key for key, text in self._presets().items() if text == system]
        # Several names may stand for one text: the one chosen stays shown.
        key = self._chosen_preset if self._chosen_preset in matching else (matching or [CUSTOM])[-1]
        if (self.preset.findData(CUSTOM) >= 0) != (key == CUSTOM):
            self.preset.set_choices(self._preset_names(custom=key == CUSTOM))
        self.preset.set_key(key)
        self.saved_prompts.show_prompt(system, key.removeprefix(SAVED) if key.startswith(SAVED) else "")

    def _preset_chosen(self, key: str) -> None:
        if key != CUSTOM:
            self._chosen_preset = key
            self.system_changed.emit(self._presets()[key])

    def _task_chosen(self, key: str) -> None:
        if key != CUSTOM:
            self.task_changed.emit(key)
            self.sampling_changed.emit(TASKS[key]._asdict())

    def _show_task(self, chosen: Task, picked: str, *, are_set: bool) -> None:
        """Keep the picked preset shown while its values are in effect, because several presets share theirs.

        Values that were not set (`are_set`), or that remain after thinking was switched off, were not chosen as a
        preset, even if one has the same: these are custom, as are all values that no preset has.
        """
        before, self._shown_task = self._shown_task, chosen
        if chosen == before:
            return
        matching = [key for key, task in TASKS.items() if _is_in_effect(task, chosen)]
        if self.task.key() in matching:
            return
        is_switched_off = before is not None and before == chosen._replace(thinking=True)
        is_choice = chosen.thinking or (are_set and not is_switched_off)
        key = matching[0] if matching and is_choice else CUSTOM
        if is_choice and picked in matching:
            key = picked
        if (self.task.findData(CUSTOM) >= 0) != (key == CUSTOM):
            self.task.set_choices(_task_names(custom=key == CUSTOM))
        self.task.set_key(key)

    def _stops_typed(self) -> None:
        if self._is_updating:
            return
        stops = stops_from_text(self.stop.toPlainText())
        self._stops, self._rejected_stops = stops[:MAX_STOP_SEQUENCES], stops[MAX_STOP_SEQUENCES:]
        self._show_stop_count(len(stops))
        self._show_remarks()
        self._emit_change("stop", self._stops)

    def _show_stop_count(self, number: int) -> None:
        self._stop_caption.setText(
            QCoreApplication.translate("Parameters", "Stop sequences ({n} of {most})").format(
                n=min(number, MAX_STOP_SEQUENCES), most=MAX_STOP_SEQUENCES
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
        self.preset.set_choices(self._preset_names(custom=self.preset.key() == CUSTOM))
        self._task_caption.setText(QCoreApplication.translate("Parameters", "Task preset"))
        self.task.set_name(QCoreApplication.translate("Parameters", "Task preset"))
        self.task.set_choices(_task_names(custom=self.task.key() == CUSTOM))
        self.temperature.set_name(QCoreApplication.translate("Parameters", "Temperature"))
        self.top_p.set_name(QCoreApplication.translate("Parameters", "Top P"))
        self.max_tokens.set_name(QCoreApplication.translate("Parameters", "Max tokens"))
        self.max_tokens.set_empty_text(QCoreApplication.translate("Parameters", "Model default"))
        self.frequency.set_name(QCoreApplication.translate("Parameters", "Frequency penalty"))
        self.presence.set_name(QCoreApplication.translate("Parameters", "Presence penalty"))
        self.stop.setAccessibleName(QCoreApplication.translate("Parameters", "Stop sequences"))
        self.stop.setPlaceholderText(QCoreApplication.translate("Parameters", "One per line, \\n for a line break"))
        self._show_stop_count(len(stops_from_text(self.stop.toPlainText())))
        self._json_hint.setText(
            QCoreApplication.translate(
                "Parameters",
                "JSON mode works only if the system prompt or a message asks for JSON. Add the word JSON there.",
            )
        )
        self.json_mode.setText(QCoreApplication.translate("Parameters", "JSON mode"))
        self.stream.setText(QCoreApplication.translate("Parameters", "Stream"))
        self.send_thinking.setText(QCoreApplication.translate("Parameters", "Send earlier thinking"))
        self.ask.setText(QCoreApplication.translate("Parameters", "Ask before each tool"))
        self._show_remarks()


def _stack(rows: Sequence[QWidget | QHBoxLayout]) -> QVBoxLayout:
    """A column with a caption close above its field."""
    column = QVBoxLayout()
    column.setSpacing(Space.S4)
    for row in rows:
        if isinstance(row, QWidget):
            column.addWidget(row)
        else:
            column.addLayout(row)
    return column


def _is_in_effect(task: Task, chosen: Task) -> bool:
    """Whether the values of a task preset are in effect; its numbers don't matter while thinking."""
    is_close = abs(task.temperature - chosen.temperature) < 1e-6 and abs(task.top_p - chosen.top_p) < 1e-6
    return task.thinking == chosen.thinking and (task.thinking or is_close)


def _preset_names(*, custom: bool) -> tuple[tuple[str, str], ...]:
    names = (
        ("mimo-en", QCoreApplication.translate("Parameters", "MiMo, English")),
        ("mimo-zh", QCoreApplication.translate("Parameters", "MiMo, Chinese")),
        ("none", QCoreApplication.translate("Parameters", "None")),
    )
    return (*names, (CUSTOM, QCoreApplication.translate("Parameters", "Custom"))) if custom else names


def _task_names(*, custom: bool) -> tuple[tuple[str, str], ...]:
    names = (
        ("conversation", QCoreApplication.translate("Parameters", "Conversation")),
        ("coding", QCoreApplication.translate("Parameters", "Coding")),
        ("tools", QCoreApplication.translate("Parameters", "Tool use")),
        ("writing", QCoreApplication.translate("Parameters", "Writing")),
        ("web", QCoreApplication.translate("Parameters", "Web")),
        ("mathematics", QCoreApplication.translate("Parameters", "Mathematics")),
    )
    return (*names, (CUSTOM, QCoreApplication.translate("Parameters", "Custom"))) if custom else names
