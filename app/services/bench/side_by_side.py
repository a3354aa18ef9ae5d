"""Runs a conversation side by side: each answer is a branch of it, stopped, failed and retried by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import msgspec

from app.core.conversation import Conversation, title_from
from app.core.errors import StorageError, WorkbenchError
from app.core.messages import Message, Reply, ToolCallRef, new_id
from app.core.observers import Event
from app.core.profiles import Profile
from app.core.side_by_side import BesideRun, Column, RunColumn, can_be_answered
from app.services.bench.answer_run import AnswerRun
from app.services.bench.desk import OpenDesk
from app.services.bench.profile_connections import ProfileConnections
from app.services.bench.run_answers import RunAnswers
from app.services.bench.run_budget import Amount, RunBudget
from app.services.bench.run_limits import RunLimits
from app.services.bench.run_requests import Plan, RunRequests
from app.services.chat.approval import Approvals, Decision
from app.services.chat.message_changes import attachment_name
from app.services.chat.session import ChatSession
from app.services.chat.session_observer import SessionObserver
from app.services.chat.workspace import Workspace
from app.services.ports import ConversationStore
from app.services.record_keeper import RecordKeeper
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox

MAX_TOGETHER = 8
"""Answers that are made at the same time; the request limit of each service holds besides."""


class SideBySide:
    """The runs of this home, and the answers that are being made.

    Attributes:
        desk: what is prepared.
        runs: all runs, as they were made.
        answers: how far the answers are.
        on_change: a run or the state of an answer changed.
        on_answer: emits every answer that is going to be made.
        on_reply: emits how a request went, also of one that failed.
        on_failed: emits every error while saving.
    """

    def __init__(
        self, desk: OpenDesk, runs: RecordKeeper[BesideRun], workspace: Workspace, store: ConversationStore,
        connections: ProfileConnections, toolbox: Toolbox, approvals: Approvals, budget: RunBudget, tasks: TaskSet,
        now: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self.desk = desk
        self.runs = runs
        self.budget = budget
        self.connections = connections
        self._workspace = workspace
        self._store = store
        self._toolbox = toolbox
        self._approvals = approvals
        self._tasks = tasks
        self._now = now
        self._requests = RunRequests(desk, toolbox, now)
        self.answers = RunAnswers(desk, runs)
        self._limits = RunLimits(desk, runs, self.answers, budget, connections.profile, tasks)
        self._room = asyncio.Semaphore(MAX_TOGETHER)
        self._run_lock = asyncio.Lock()
        self.on_change: Event[()] = Event()
        self.on_answer: Event[AnswerRun] = Event()
        self.on_reply: Event[Reply] = Event()
        self.on_failed: Event[WorkbenchError] = Event()

    async def load(self) -> None:
        """Read the runs of earlier sessions, and open what was prepared last. Raises StorageError."""
        await self.runs.load()
        await self.desk.restore()

    async def reload(self) -> None:
        """Read what a backup or an archive has added. Raises StorageError."""
        await self.runs.load()
        await self.desk.reload()

    # -- costs

    def expected(self) -> Amount:
        """What pressing Run beside now would cost, roughly."""
        desk = self.desk.desk
        branch = self._requests.plan().branch
        calls = []
        for column in desk.columns:
            profile = self.connections.profile(column.profile)
            request = self._requests.request(column, branch, profile)
            calls += [(profile, request, self.budget.prompt_tokens(request))] * desk.repeats
        return self.budget.expected(calls)

    def spent(self) -> Amount:
        """What the answers of the shown run have cost so far."""
        return self._limits.spent(self.answers.run)

    def currencies(self) -> tuple[str, ...]:
        """The currencies in which the columns are billed, that of the service in use first; it is never empty."""
        found = {self._currency(column) for column in self.desk.desk.columns} - {None}
        usual = self.budget.usual_currency
        others = sorted(each for each in found if each is not None and each != usual)
        return (usual, *others) if usual in found or not others else tuple(others)

    def uncounted(self) -> tuple[int, ...]:
        """The places of the columns whose price is unknown: no limit counts them."""
        columns = enumerate(self.desk.desk.columns)
        return tuple(place for place, column in columns if self._currency(column) is None)

    def _currency(self, column: Column) -> str | None:
        return self.budget.price_currency(self.connections.profile(column.profile), column.model)

    def profile_of(self, answer_id: str) -> Profile:
        """The service that an answer of the shown run was asked of."""
        run = self.answers.run
        columns = run.columns if run is not None else ()
        return self.connections.profile(next((c.column.profile for c in columns if answer_id in c.answers), ""))

    # -- running

    async def begin(self) -> BesideRun | None:
        """Run the desk: make what is missing of its branch, and ask every column. None if there is nothing to answer.

        Raises StorageError, and sends nothing.
        """
        async with self._run_lock:
            desk = self.desk.desk
            if self._tasks.refusing or not can_be_answered(self.desk.turns, desk):
                return None
            plan = self._requests.plan()
            session = await self._grown(plan, desk.columns)
            if self.desk.desk.conversation != session.id:
                self.desk.adopt(session)
            moment = self._now()
            run = BesideRun(
                new_id(),
                session.id,
                _title(plan),
                tuple(RunColumn(column) for column in desk.columns),
                desk.repeats,
                moment,
                moment,
            )
            await self.connections.renew()
            made: list[tuple[AnswerRun, Column]] = []
            for _ in range(desk.repeats):  # The first answer of each column is asked for before any second one.
                for place, column in enumerate(desk.columns):
                    answer = self._new_answer(session, plan, column)
                    run = run.with_answer(place, answer.id)
                    made.append((answer, column))
            self.runs.put(run)
            self._start(run.id, made)
            self.desk.edit(run=run.id)
            return run

    async def again(self, column_id: str) -> None:
        """Ask a column once more for the shown run, with its present settings; also one that was added since."""
        run, session = self.answers.run, self.desk.session
        column = next((each for each in self.desk.desk.columns if each.id == column_id), None)
        if run is None or session is None or column is None or self._tasks.refusing:
            return
        if (place := run.place_of(column_id)) is None:
            place = len(run.columns)
            run = msgspec.structs.replace(run, columns=(*run.columns, RunColumn(column)))
        plan = self._plan_of(run, session)
        await self.connections.renew()
        answer = self._new_answer(session, plan, column)
        self._keep(run.with_answer(place, answer.id))
        self._start(run.id, [(answer, column)])

    async def retry(self, answer_id: str) -> None:
        """Ask again for an answer that failed, was stopped, lost or never sent.

        One of which something came stays as a version; it is not sent again by itself.
        """
        run = self.answers.run
        place = next((at for at, each in enumerate(run.columns) if answer_id in each.answers), None) if run else None
        if run is None or place is None:
            return
        message = self.answers.message(answer_id)
        if message is None or not message.parts:
            columns = list(run.columns)
            old = columns[place]
            columns[place] = msgspec.structs.replace(
                old,
                answers=tuple(each for each in old.answers if each != answer_id),
                unsent=tuple(each for each in old.unsent if each != answer_id),
            )
            self._keep(msgspec.structs.replace(run, columns=tuple(columns)))
            self.answers.made.pop(answer_id, None)
            session = self.desk.session
            if session is not None and answer_id in session.tree and not session.tree.has_children(answer_id):
                session.tree.remove(answer_id)
                await self._store.forget_messages((answer_id,))
        await self.again(run.columns[place].column.id)

    async def join(self, model: str, profile: str = "") -> bool:
        """Let a model write one answer from all that are complete. False if there are fewer than two."""
        run, session = self.answers.run, self.desk.session
        texts = [text for each in (run.answers if run else ()) if (text := self._complete_text(each))]
        if run is None or session is None or len(texts) < 2 or self._tasks.refusing:
            return False
        wanted = self.desk.desk.columns[min(self.desk.desk.base, len(self.desk.desk.columns) - 1)]
        base = run.place_of(wanted.id) or 0
        column = msgspec.structs.replace(run.columns[base].column, model=model, profile=profile, system="", tools=())
        plan = self._plan_of(run, session)
        service = self.connections.profile(profile)
        request = self._requests.joining(column, plan.branch, texts, service)
        message = msgspec.structs.replace(self._requests.answer(plan), parts=(), written_from=len(texts))
        answer = AnswerRun(session.id, message, request, service, self.budget.prompt_tokens(request))
        joined = run.with_answer(base, answer.id)
        self._keep(msgspec.structs.replace(joined, joined=(*run.joined, answer.id)))
        self._start(run.id, [(answer, column)])
        return True

    def stop(self) -> None:
        """Stop every answer that is being made; what has arrived is kept."""
        for answer in self.answers.made.values():
            answer.stop()

    def stop_column(self, column_id: str) -> None:
        """Stop the answers of one column of the shown run."""
        for answer in self.answers.active(self.answers.of_column(column_id)):
            answer.stop()

    async def keep(self, answer_id: str) -> bool:
        """Let an answer continue the conversation, with what its column asked with; the others stay as branches.

        False, and nothing changes, while a reply runs there.
        """
        run, session = self.answers.run, self.desk.session
        if run is None or session is None or answer_id not in session.tree or not session.show_branch(answer_id):
            return False
        column = next(each.column for each in run.columns if answer_id in each.answers)
        session.configure(
            model=column.model, system=column.system, sampling=column.sampling, tools=column.tools,
            variables=session.conversation.variables | self.desk.desk.variables,
        )  # fmt: skip
        self._keep(msgspec.structs.replace(run, kept=answer_id))
        self.desk.follow(session)
        await self._workspace.settle(session.id)
        return True

    def show_run(self, run_id: str) -> None:
        """Show the answers of an earlier run, with its columns."""
        run = self.runs.get(run_id)
        if run is not None:
            self.desk.edit(run=run.id, columns=tuple(each.column for each in run.columns))
            self.on_change.emit()

    def decide(self, place: ToolCallRef, decision: Decision, reason: str = "", arguments: str | None = None) -> None:
        """Decide a waiting call of a tool, as `Approvals.decide`."""
        self._approvals.decide(place, decision, reason, arguments)

    def answer_call(self, place: ToolCallRef, text: str) -> None:
        """Answer a waiting call in place of the tool."""
        self._approvals.answer(place, text)

    async def aclose(self) -> None:
        """Stop every answer, and save what has arrived."""
        self.stop()
        tasks = [answer.task for answer in self.answers.made.values() if answer.task is not None]
        if tasks:
            await asyncio.wait(tasks)
        self._limits.close()
        await self.desk.flush()
        await self.runs.aclose()
        await self.connections.aclose()

    # -- the making of answers

    async def _grown(self, plan: Plan, columns: tuple[Column, ...]) -> ChatSession:
        """The conversation with all messages of a plan; a new one if there is none yet."""
        session = self.desk.session
        if session is None:
            moment, first = self._now(), columns[0]
            title = next((named for each in plan.branch if each.role == "user" and (named := _named(each))), "")
            conversation = Conversation(
                new_id(), title, first.model, first.system, first.sampling, created=moment, updated=moment,
                leaf=plan.parent, tools=first.tools, variables=self.desk.desk.variables,
            )  # fmt: skip
            await self._store.keep(conversation)
            await self._store.keep_messages(conversation.id, plan.missing, show=False)
            await self._workspace.reload()
            return await self._workspace.read(conversation.id)
        if plan.missing:
            await self._store.keep_messages(session.id, plan.missing, show=False)
            for message in plan.missing:
                session.tree.add(message)
        return session

    def _plan_of(self, run: BesideRun, session: ChatSession) -> Plan:
        """The branch that a run answered."""
        known = next((each for each in run.answers if each in session.tree), None)
        parent = session.tree[known].parent if known is not None else None
        if known is None and (
            made := next((self.answers.made[each] for each in run.answers if each in self.answers.made), None)
        ):
            parent = made.message.parent
        return Plan(parent, (), session.tree.branch(parent)) if parent else self._requests.plan()

    def _new_answer(self, session: ChatSession, plan: Plan, column: Column) -> AnswerRun:
        profile = self.connections.profile(column.profile)
        request = self._requests.request(column, plan.branch, profile)
        message = self._requests.answer(plan)
        session.tree.reserve(message.id)  # Whichever ends first, versions are in the order of the columns.
        return AnswerRun(session.id, message, request, profile, self.budget.prompt_tokens(request))

    def _start(self, run_id: str, made: list[tuple[AnswerRun, Column]]) -> None:
        for answer, column in made:
            self.answers.made[answer.id] = answer
            self.on_answer.emit(answer)
            answer.subscribe(_Replies(self.on_reply.emit))
            answer.task = self._tasks.spawn(self._make(run_id, answer, column), "an answer side by side")
        self._limits.begin(run_id)
        self.on_change.emit()

    async def _make(self, run_id: str, answer: AnswerRun, column: Column) -> None:
        try:
            async with self._room:
                run = self.runs.get(run_id)
                refusal = self._limits.refusal(run, answer) if run is not None else None
                if refusal is not None:
                    answer.state, answer.error = "unsent", refusal
                    return
                answer.state = "running"
                self._note_sent(run_id, answer.id)
                connection = self.connections.of(column.profile)
                await answer.run(connection, self._toolbox, self._approvals, self._store, self.on_failed.emit)
        except asyncio.CancelledError:
            answer.state, answer.error = "unsent", answer.stopped_by
        except StorageError as error:
            if answer.is_active:
                answer.state, answer.error = "unsent", error
            self.on_failed.emit(error)
        finally:
            self._ended(answer)

    def _ended(self, answer: AnswerRun) -> None:
        session, message = self.desk.session, answer.message
        if session is None or session.id != answer.conversation_id:
            session = self._workspace.session(answer.conversation_id)
        if session is not None and answer.state != "unsent" and (not message.parent or message.parent in session.tree):
            session.tree.add(message)
            tokens = message.usage.total if message.usage is not None else 0
            leaf = session.conversation.leaf
            session.configure(tokens=session.conversation.tokens + tokens)
            if not self.answers.active(self.answers.made):
                # Shows the versions there are now; a new conversation ends with the first answer.
                session.show_branch(message.id if leaf == message.parent and leaf is not None else leaf or message.id)
        answer.emit_end()
        self.on_change.emit()

    def _note_sent(self, run_id: str, answer_id: str) -> None:
        run = self.runs.get(run_id)
        if run is not None:
            self._keep(run.with_sent(answer_id))

    def _keep(self, run: BesideRun) -> None:
        self.runs.put(msgspec.structs.replace(run, updated=self._now()))
        self.on_change.emit()

    def _complete_text(self, answer_id: str) -> str:
        message = self.answers.message(answer_id)
        return message.text if message is not None and self.answers.state(answer_id) == "done" else ""


class _Replies(SessionObserver):
    def __init__(self, emit: Callable[[Reply], object]) -> None:
        self._emit = emit

    def step_ended(self, message_id: str, reply: Reply) -> None:
        self._emit(reply)


def _title(plan: Plan) -> str:
    return next((_named(message) for message in reversed(plan.branch) if message.role == "user"), "")


def _named(message: Message) -> str:
    return title_from(message.text) or title_from(attachment_name(message))
