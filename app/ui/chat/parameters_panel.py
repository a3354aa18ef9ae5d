"""The page of request parameters: system prompt, sampling, tools. What is forced or ignored is locked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.catalogue import ParameterState, catalogue
from app.core.prompts import PRESETS, TASKS, Task
from app.core.sent_parameters import parameter_states
from app.core.stop_sequences import stops_from_text, text_from_stops
from app.ui.chat.parameters.defaults_bar import DefaultsBar
from app.ui.chat.parameters.extra_body_row import ExtraBodyRow
from app.ui.chat.parameters.number_row import NumberRow
from app.ui.chat.parameters.page_header import PageHeader
from app.ui.chat.parameters.presets import CUSTOM, SAVED, is_in_effect, preset_names, task_names
from app.ui.chat.parameters.row import MarkedRow, ParameterRow
from app.ui.chat.parameters.switch_row import SwitchRow
from app.ui.chat.parameters.system_row import SystemRow
from app.ui.chat.saved_prompts import SavedPrompts
from app.ui.chat.talk.options import TalkOptionsSection
from app.ui.chat.web_search_section import WebSearchSection
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import count
from app.ui.texts.parameters import explain_parameter, lock_label, lock_reason, parameter_caption, parameter_name
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Divider
from app.ui.widgets.scroll_area import ScrollArea

if TYPE_CHECKING:
    from app.core.requests import Sampling

MAX_TOKENS = 131_072
MAX_STOP_SEQUENCES = 4
THINKING_TEMPERATURE = 1.0
"""The temperature that thinking forces, which is also the default without thinking (WIRE.md section 2)."""
THINKING_TOP_P = 0.95
"""The same for Top P."""
_MAX_TOKENS_WIDTH = 140
_SAMPLING_SWITCHES = ("json_mode", "stream", "send_thinking")


class ParametersPanel(Retranslated):
    """Edits the parameters of the open conversation.

    Signals:
        system_changed: the system prompt as typed, with its placeholders.
        sampling_changed: the changed fields of `Sampling` as a dict.
        task_changed: the key of the task preset that was chosen; its values follow as `sampling_changed`.
        ask_changed: whether every tool call needs approval.
        extra_body_changed: the additional body fields as typed, and the dict to send.
        reset: the name of a parameter that is to have its default again; empty for all.
        default_set, default_cleared: new conversations begin with these parameters, or no longer with own ones.
    """

    system_changed = Signal(str)
    sampling_changed = Signal(dict)
    task_changed = Signal(str)
    ask_changed = Signal(bool)
    extra_body_changed = Signal(str, object)
    reset = Signal(str)
    default_set = Signal()
    default_cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_updating = False
        self._default_max_tokens = MAX_TOKENS
        self._saved: dict[str, str] = {}
        self._chosen_preset = ""
        self._conversation_id = ""
        self._stops: tuple[str, ...] = ()
        self._rejected_stops: tuple[str, ...] = ()
        self._shown_task: Task | None = None
        self._states: Mapping[str, ParameterState] = {}
        self._changed: Collection[str] = ()
        self._rows: dict[str, MarkedRow] = {}
        self.page_header = PageHeader()
        self.preset = Choice("", compact=True)
        self.saved_prompts = SavedPrompts()
        self.system = TextArea("", min_lines=4, max_lines=9)
        self.task = Choice("")
        self.temperature = NumberRow("temperature", 0.0, 1.5, 0.1, decimals=2)
        self.top_p = NumberRow("top_p", 0.01, 1.0, 0.01, decimals=2)
        self.max_tokens = NumberRow("max_tokens", 1, MAX_TOKENS, 256, slider=False, width=_MAX_TOKENS_WIDTH, empty=" ")
        self.frequency = NumberRow("frequency_penalty", -2.0, 2.0, 0.1, decimals=1)
        self.presence = NumberRow("presence_penalty", -2.0, 2.0, 0.1, decimals=1)
        self._numbers = (self.temperature, self.top_p, self.max_tokens, self.frequency, self.presence)
        self._json_row, self._stream_row, self._send_thinking_row = map(SwitchRow, _SAMPLING_SWITCHES)
        self._ask_row = SwitchRow("ask")
        self.json_hint = self._json_row.hint
        self.json_mode, self.stream = self._json_row.switch, self._stream_row.switch
        self.send_thinking, self.ask = self._send_thinking_row.switch, self._ask_row.switch
        self.stop = TextArea("", mono=True, min_lines=2, max_lines=MAX_STOP_SEQUENCES)
        self._stop_row = ParameterRow("stop", self.stop, beside=False)
        self._stop_hint = Hint(wrap=True)
        self._stop_hint.hide()
        self._stop_row.body.addWidget(self._stop_hint)
        self._extra_row = ExtraBodyRow()
        self.extra_body = self._extra_row.field
        self._system_row = SystemRow(self.system, self.preset)
        self._system_row.body.addWidget(self.saved_prompts)
        self._task_row = ParameterRow("task", self.task, beside=False)
        self.web_search = WebSearchSection()
        self.talk_options = TalkOptionsSection()
        self._defaults = DefaultsBar()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        content = QWidget()
        self.column = QVBoxLayout(content)
        # The scroll bar takes its own space on the right.
        self.column.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S16)
        self.column.setSpacing(Space.S12)
        self.column.addWidget(self.page_header)
        for row in (self._system_row, self._task_row, self.temperature, self.top_p, self.max_tokens):
            self.column.addWidget(row)
        self.column.addWidget(Divider())
        self.column.addWidget(self.web_search)
        self.column.addWidget(Divider())
        for row in (self._json_row, self._stream_row, self._send_thinking_row, self._ask_row):
            self.column.addWidget(row)
        self.column.addWidget(Divider())
        for row in (self._stop_row, self.frequency, self.presence, self._extra_row):
            self.column.addWidget(row)
        for part in (Divider(), self.talk_options, Divider(), self._defaults):
            self.column.addWidget(part)
        self.column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollArea(content))

    def _connect(self) -> None:
        self.preset.chosen.connect(self._preset_chosen)
        self.system.textChanged.connect(self._system_typed)
        self.task.chosen.connect(self._task_chosen)
        self.stop.textChanged.connect(self._stops_typed)
        for row in self._numbers:
            row.value_changed.connect(lambda value, name=row.name: self._emit_change(name, value))
        for switch_row in (self._json_row, self._stream_row, self._send_thinking_row):
            switch_row.switch.toggled.connect(lambda on, name=switch_row.name: self._emit_change(name, on))
        self.ask.toggled.connect(lambda on: None if self._is_updating else self.ask_changed.emit(on))
        self._extra_row.typed.connect(self.extra_body_changed)
        self.page_header.reset.connect(lambda: self.reset.emit(""))
        self._defaults.set_clicked.connect(self.default_set)
        self._defaults.clear_clicked.connect(self.default_cleared)
        switches = (self._json_row, self._stream_row, self._send_thinking_row, self._ask_row)
        others = (self._stop_row, self._extra_row, *self.web_search.rows)
        self._add_rows((self._system_row, *self._numbers, *switches, *others))
        self._task_row.set_explanation(partial(self._explain, "task"))

    def _add_rows(self, rows: Iterable[MarkedRow]) -> None:
        """Mark these rows as changed or locked, explain them, and emit `reset` for them."""
        for row in rows:
            self._rows[row.name] = row
            row.reset.connect(partial(self.reset.emit, row.name))
            row.set_explanation(partial(self._explain, row.name))
            row.set_title(parameter_name(row.name), parameter_caption(row.name))

    def _explain(self, name: str) -> str:
        return explain_parameter(name, self._states.get(name))

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
        extra_body: str = "",
        states: Mapping[str, ParameterState] | None = None,
    ) -> None:
        """Show the parameters in effect. Emits no signal.

        `asks_for_json`: whether the prompt or a message contains the word, without which JSON mode yields no JSON. Text
        that was typed and not used stays until another conversation is shown. `task` is the key of the task preset that
        was chosen last: several have the same values. `states`: what the model, the mode and the service do to the
        parameters; None for a model of the platform, where thinking forces some of the sampling (WIRE.md section 2).
        """
        self._is_updating = True
        if conversation_id != self._conversation_id:
            self._conversation_id = conversation_id
            self._discard_typed()
        self._states = states if states is not None else _platform_states(thinking)
        self._default_max_tokens = default_max_tokens
        if system != self.system.toPlainText():
            self.system.setPlainText(system)
        self._show_preset()
        temperature = THINKING_TEMPERATURE if sampling.temperature is None else sampling.temperature
        self.temperature.set_value(self._shown_value("temperature", sampling.temperature, THINKING_TEMPERATURE))
        top_p = THINKING_TOP_P if sampling.top_p is None else sampling.top_p
        self.top_p.set_value(self._shown_value("top_p", sampling.top_p, THINKING_TOP_P))
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
        self._extra_row.show_text(extra_body)
        self.show_json_hint(shown=sampling.json_mode and not asks_for_json)
        self._show_remarks()
        are_set = sampling.temperature is not None and sampling.top_p is not None
        self._show_task(Task(thinking, temperature, top_p), task, are_set=are_set)
        self._show_stop_count(len(sampling.stop))
        self._is_updating = False

    def show_changes(self, changed: Collection[str], *, has_own: bool) -> None:
        """Mark these parameters as changed; `has_own`: they are compared with the user's own defaults."""
        self._changed = changed
        for name, row in self._rows.items():
            row.set_changed(name in changed)
        if not changed and self.page_header.button.hasFocus():
            self.system.setFocus()  # The button is about to be disabled.
        self.page_header.show_changes(len(changed), has_own=has_own)
        self._defaults.show_state(has_own=has_own)

    def show_json_hint(self, *, shown: bool) -> None:
        """Show or hide the remark that no message asks for JSON."""
        self.json_hint.setVisible(shown)

    def _shown_value(self, name: str, typed: float | None, default: float) -> float:
        """The value to show: the one that is forced, else the typed one, else the default."""
        state = self._states.get(name)
        if state is not None and state.effect == "locked" and state.value is not None:
            return state.value
        if typed is not None:
            return typed
        return state.default if state is not None and state.default is not None else default

    def commit_typed(self) -> None:
        """Use what is typed in the number fields now, before another conversation is opened."""
        for field in self._numbers:
            field.number.finish()
        self.web_search.commit_typed()

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
        locks_itself = {row.name for row in self.web_search.rows}
        for name, row in self._rows.items():
            if name in locks_itself:
                continue
            state = self._states.get(name)
            is_locked = state is not None and not state.is_sent
            row.set_lock(
                lock_label(state.reason) if state is not None and is_locked else "",
                lock_reason(state) if state is not None else "",
            )
            row.set_changed(name in self._changed)
        default = QCoreApplication.translate("Parameters", "default, {n}").format(n=count(self._default_max_tokens))
        self.max_tokens.set_empty_text(default)
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
        names = preset_names(custom=custom)
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
        matching = [key for key, task in TASKS.items() if is_in_effect(task, chosen)]
        if self.task.key() in matching:
            return
        is_switched_off = before is not None and before == chosen._replace(thinking=True)
        is_choice = chosen.thinking or (are_set and not is_switched_off)
        key = matching[0] if matching and is_choice else CUSTOM
        if is_choice and picked in matching:
            key = picked
        if (self.task.findData(CUSTOM) >= 0) != (key == CUSTOM):
            self.task.set_choices(task_names(custom=key == CUSTOM))
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
        self._stop_row.caption.setText(
            QCoreApplication.translate("Parameters", "Stop sequences ({n} of {most})").format(
                n=min(number, MAX_STOP_SEQUENCES), most=MAX_STOP_SEQUENCES
            )
        )

    def retranslate(self) -> None:
        for name, row in self._rows.items():
            row.set_title(parameter_name(name), parameter_caption(name))
        self._task_row.set_title(parameter_name("task"), parameter_caption("task"))
        self.system.setPlaceholderText(
            QCoreApplication.translate("Parameters", "How MiMo should behave. {date} and {week} are filled in.")
        )
        self.preset.set_name(QCoreApplication.translate("Parameters", "Prompt preset"))
        self.preset.set_choices(self._preset_names(custom=self.preset.key() == CUSTOM))
        self.task.set_name(parameter_name("task"))
        self.task.set_choices(task_names(custom=self.task.key() == CUSTOM))
        self.stop.setPlaceholderText(QCoreApplication.translate("Parameters", "One per line, \\n for a line break"))
        self._show_stop_count(len(stops_from_text(self.stop.toPlainText())))
        self.json_hint.setText(
            QCoreApplication.translate(
                "Parameters",
                "JSON mode works only if the system prompt or a message asks for JSON. Add the word JSON there.",
            )
        )
        self._show_remarks()


def _platform_states(thinking: bool) -> dict[str, ParameterState]:
    """What thinking does to the parameters of the platform's models."""
    return parameter_states(catalogue().default_model("chat"), None, thinking)
