"""The runs of the open desk and how far their answers are, those of this session of the program and earlier ones."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.errors import WorkbenchError
from app.core.messages import Message
from app.core.side_by_side import BesideRun
from app.services.bench.answer_run import AnswerRun, AnswerState
from app.services.bench.desk import OpenDesk
from app.services.chat.message_changes import error_in
from app.services.record_keeper import RecordKeeper


class RunAnswers:
    """What is known of the answers of runs.

    Attributes:
        made: the answers that were made in this session of the program, or are being made, by id.
    """

    def __init__(self, desk: OpenDesk, runs: RecordKeeper[BesideRun]) -> None:
        self._desk = desk
        self._runs = runs
        self.made: dict[str, AnswerRun] = {}

    @property
    def run(self) -> BesideRun | None:
        """The run whose answers are shown."""
        return self._runs.get(self._desk.desk.run)

    def runs_here(self) -> list[BesideRun]:
        """The runs of the open conversation, the newest first."""
        conversation = self._desk.desk.conversation
        here = [run for run in self._runs.in_order() if run.conversation == conversation]
        return sorted(here, key=lambda run: run.created, reverse=True)

    def of_column(self, column_id: str) -> tuple[str, ...]:
        """The answers of a column of the shown run, in the order in which they were asked for."""
        run = self.run
        place = run.place_of(column_id) if run is not None else None
        return run.columns[place].answers if run is not None and place is not None else ()

    @property
    def running(self) -> bool:
        """Whether an answer of any run is being made."""
        return any(answer.is_active for answer in self.made.values())

    def active(self, answers: Iterable[str]) -> list[AnswerRun]:
        """Those of these answers that are being made."""
        return [run for each in answers if (run := self.made.get(each)) is not None and run.is_active]

    def answer_run(self, answer: str) -> AnswerRun | None:
        """The making of an answer in this session of the program."""
        return self.made.get(answer)

    def message(self, answer: str) -> Message | None:
        """An answer as far as there is one."""
        if (made := self.made.get(answer)) is not None:
            return made.snapshot()
        tree = self._desk.tree
        return tree[answer] if answer in tree else None  # noqa: SIM401 (a tree is no dictionary)

    def state(self, answer: str) -> AnswerState:
        """How far an answer is."""
        if (made := self.made.get(answer)) is not None:
            return made.state
        message = self.message(answer)
        if message is None or not message.replies:
            run = self.run
            return "unsent" if run is not None and any(answer in each.unsent for each in run.columns) else "lost"
        if message.replies[-1].failure is not None:
            return "failed"
        match message.replies[-1].finish:
            case "error":
                return "lost"
            case "stopped":
                return "stopped"
        return "done"

    def error(self, answer: str) -> WorkbenchError | None:
        """Why an answer failed."""
        if (made := self.made.get(answer)) is not None:
            return made.error
        message = self.message(answer)
        return error_in(message) if message is not None else None
