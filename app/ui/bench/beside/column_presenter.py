"""Connects one column to what it asks with, and shows its answer as it arrives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.catalogue import catalogue
from app.core.messages import ToolCallRef
from app.core.sent_parameters import parameter_states
from app.core.side_by_side import Column, differing_fields
from app.services.bench.answer_run import AnswerState
from app.ui.bench.beside.answer_frames import AnswerFrames
from app.ui.bench.beside.answer_updater import AnswerUpdater
from app.ui.bench.beside.column import ColumnView
from app.ui.chat.transcript.call_approval import CardDecision
from app.ui.texts.errors import error_message
from app.ui.texts.parameters import lock_reason
from app.ui.texts.side_by_side import lost_text, state_text
from app.ui.theme.icons import Icon
from app.ui.widgets.chips import Kind
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.services.bench.side_by_side import SideBySide

_KINDS: dict[AnswerState, tuple[Kind, Icon]] = {
    "waiting": ("neutral", Icon.CLOCK),
    "running": ("neutral", Icon.EDIT),
    "done": ("good", Icon.CHECK),
    "failed": ("bad", Icon.ERROR),
    "stopped": ("neutral", Icon.STOP),
    "unsent": ("warn", Icon.WARNING),
    "lost": ("warn", Icon.WARNING),
}


class ColumnPresenter(QObject):
    """One column at a place.

    Attributes:
        on_drawn: called after new words were drawn.
    """

    def __init__(
        self, view: ColumnView, place: int, side: SideBySide, frames: AnswerFrames, *,
        retry: Callable[[str], object], open_link: Callable[[str], object], replay: Callable[..., object],
        on_drawn: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._view, self._place, self._side, self._frames = view, place, side, frames
        self._retry, self._open_link, self._replay = retry, open_link, replay
        self._chosen: int | None = None
        self._wants_last = self._has_words = False
        self._run_id = ""
        self._shown = ""
        self._shown_settings: tuple[Column, Column] | None = None
        self._shown_state: tuple[AnswerState | None, bool, bool, bool] | None = None
        self._updater: AnswerUpdater | None = None
        self.on_drawn = on_drawn
        view.model.chosen.connect(partial(self._set, "model"))
        view.settings.changed.connect(self._set)
        view.settings.tool_switched.connect(self._switch_tool)
        view.step.connect(self._step)
        presentation_cover().changed.connect(self._draw_again)

    # -- settings

    @property
    def _column(self) -> Column | None:
        columns = self._side.desk.desk.columns
        return columns[self._place] if self._place < len(columns) else None

    def _set(self, name: str, value: object) -> None:
        column = self._column
        if column is None:
            return
        if name in ("thinking", "temperature", "max_tokens"):
            changed = msgspec.structs.replace(
                column, sampling=msgspec.structs.replace(column.sampling, **{name: value})
            )  # fmt: skip
        else:
            changed = msgspec.structs.replace(column, **{name: value})
        self._side.desk.set_column(self._place, changed)

    def _switch_tool(self, name: str, on: bool) -> None:
        column = self._column
        if column is not None:
            tools = [each for each in column.tools if each != name] + ([name] if on else [])
            self._set("tools", tuple(tools))

    def show_settings(self) -> None:
        """Show what the column asks with, and what of that differs from the base column."""
        column, desk = self._column, self._side.desk.desk
        if column is None:
            return
        base = desk.columns[min(desk.base, len(desk.columns) - 1)]
        if self._shown_settings == (column, base):
            return
        self._shown_settings = column, base
        model, profile = catalogue().model(column.model), self._side.connections.profile(column.profile)
        states = parameter_states(model, profile, column.sampling.thinking)
        temperature = states.get("temperature")
        lock = lock_reason(temperature) if temperature is not None and not temperature.is_sent else ""
        self._view.model.set_key(column.model)
        self._view.settings.show_column(
            column, differing_fields(column, base), thinks=model.thinks(column.sampling.thinking),
            temperature_lock=lock,
        )  # fmt: skip

    # -- the answer

    @property
    def answer_id(self) -> str:
        """Id of the answer that is shown; empty for none."""
        return self._shown

    @property
    def state(self) -> AnswerState | None:
        return self._side.answers.state(self._shown) if self._shown else None

    def _answers(self) -> tuple[str, ...]:
        column = self._column
        return self._side.answers.of_column(column.id) if column is not None else ()

    def _step(self, by: int) -> None:
        answers = self._answers()
        if self._shown in answers:
            self._chosen = min(max(0, answers.index(self._shown) + by), len(answers) - 1)
            self.show_answer()

    def show_answer(self) -> None:
        """Show the answer of the run at hand that was chosen, else the last one that has anything."""
        run, answers = self._side.answers.run, self._answers()
        run_id = run.id if run is not None else ""
        if run_id != self._run_id or (self._chosen is not None and self._chosen >= len(answers)):
            self._chosen = None
            self._wants_last = self._wants_last and run_id == self._run_id
        if run_id != self._run_id and run_id:
            self._view.settings.fold()
        self._run_id = run_id
        answer_id = "" if not answers else answers[self._chosen if self._chosen is not None else self._first(answers)]
        message = self._side.answers.message(answer_id) if answer_id else None
        self._view.set_answers(
            answers.index(answer_id) + 1 if answer_id else 0, len(answers),
            message.written_from if message is not None else 0,
        )  # fmt: skip
        is_missing = self._view.answer is None and bool(answer_id)
        if answer_id != self._shown or (is_missing and self._side.answers.message(answer_id) is not None):
            self._begin(answer_id)
        self._show_state()

    def _first(self, answers: tuple[str, ...]) -> int:
        """The answer to show first: of those asked for together the first, else the one that was asked for last."""
        run = self._side.answers.run
        is_later = run is not None and (len(answers) > run.repeats or answers[-1] in run.joined)
        return len(answers) - 1 if is_later or self._wants_last else 0

    def _begin(self, answer_id: str) -> None:
        self._leave()
        self._shown, self._shown_state, self._has_words = answer_id, None, False
        message = self._side.answers.message(answer_id) if answer_id else None
        if message is None:
            self._view.clear_answer()
            return
        answer = self._view.begin_answer(message, 1)
        answer.retry.connect(self._ask_again)
        answer.open_link.connect(self._open_link)
        answer.decided.connect(self._decide)
        answer.answered.connect(self._side.answer_call)
        answer.replayed.connect(self._replay)
        made = self._side.answers.answer_run(answer_id)
        if made is not None and made.is_active:
            answer.begin()
            self._updater = AnswerUpdater(answer, made, self._drawn, self.ended, self._frames)
            self._updater.follow()
        else:
            answer.set_message(message)
            self._frames.schedule(answer, self._drawn)
        self._view.note_words()

    def _draw_again(self) -> None:
        """Show the answer with what is masked now."""
        if self._shown:
            self._begin(self._shown)
            self._show_state()

    def _decide(self, place: ToolCallRef, decision: CardDecision) -> None:
        self._side.decide(place, decision.kind, decision.reason, decision.arguments)

    def _ask_again(self) -> None:
        self._chosen, self._wants_last = None, True
        self._retry(self._shown)

    def show_last(self) -> None:
        """Show the answer that is asked for next."""
        self._chosen, self._wants_last = None, True

    def set_system(self, text: str) -> None:
        """Use a system prompt."""
        self._set("system", text)

    def _leave(self) -> None:
        if self._updater is not None:
            self._updater.leave()
            self._updater = None
        if self._view.answer is not None:
            self._frames.forget(self._view.answer)

    def _drawn(self) -> None:
        self._view.note_words()
        self._view.follow_end()
        self._show_state()
        self.on_drawn()

    def offer_again(self) -> None:
        """Show the settings among the choices that there are now."""
        self._shown_settings = None
        self.show_settings()

    def retranslate(self) -> None:
        self._shown_state = None
        self.offer_again()
        self._show_state()

    def _show_state(self) -> None:
        view, state = self._view, self.state
        has_words = self._words()
        thinks = state == "running" and not has_words and self._thinks()
        # Not for every new word: the layouts above would be done again.
        if self._shown_state == (state, has_words, thinks, self._side.answers.run is not None):
            return
        is_new = self._shown_state is None or self._shown_state[0] != state
        self._shown_state = state, has_words, thinks, self._side.answers.run is not None
        view.state.setVisible(state is not None)
        is_active = state in ("waiting", "running")
        view.keep.setEnabled(state == "done")
        view.copy.setEnabled(has_words)
        view.again.setEnabled(self._side.answers.run is not None and not is_active)
        if not is_active and view.stop.hasFocus():  # Else the keyboard would go on to the next column.
            view.again.setFocus()
        view.stop.setVisible(is_active)
        if state is None:
            return
        kind, icon = _KINDS[state]
        shown: AnswerState = "waiting" if state == "running" and not has_words and not thinks else state
        if shown != state:
            kind, icon = _KINDS[shown]
        view.state.set_kind(
            "thinking" if thinks else kind, state_text(shown, thinks=thinks), Icon.THINKING if thinks else icon
        )
        if is_new:
            self._show_failure(state)

    def _thinks(self) -> bool:
        message = self._side.answers.message(self._shown)
        return message is not None and any(getattr(part, "text", "") for part in message.parts)

    def _words(self) -> bool:
        if self._has_words:  # Of an answer that grows all is joined to be looked at.
            return True
        message = self._side.answers.message(self._shown) if self._shown else None
        self._has_words = message is not None and bool(message.text)
        return self._has_words

    def _show_failure(self, state: AnswerState) -> None:
        answer = self._view.answer
        if answer is None:
            return
        error = self._side.answers.error(self._shown)
        if state in ("waiting", "running", "done"):
            answer.clear_failure()
        elif error is not None:
            shown = error_message(error)
            answer.show_failure(" ".join(text for text in (shown.what, shown.next_step) if text), "retry")
        elif state == "stopped":
            answer.show_failure(QCoreApplication.translate("Beside", "Stopped. What arrived is kept."), "retry")
        else:
            answer.show_failure(lost_text(state), "retry")

    def ended(self) -> None:
        """The answer has ended: show it whole."""
        message = self._side.answers.message(self._shown) if self._shown else None
        if message is not None and self._view.answer is not None:
            self._leave()
            self._view.answer.set_message(message)
            self._frames.schedule(self._view.answer, self._drawn)
            self._view.note_words()
        self._show_state()
