"""A conversation that is held: streaming, tools with approval, stop, branches, failures."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from app.core.conversation import Conversation, MessageTree, part_id
from app.core.errors import Code, ServiceError, WorkbenchError
from app.core.events import ChatEvent, Finished, TextDelta, ThinkingDelta, ToolCallDelta
from app.core.messages import FinishReason, Media, Message, Text, Thinking, ToolCall, ToolCallRef
from app.core.profiles import Profile
from app.core.requests import ChatRequest, Sampling, WebSearch
from app.core.web_search import SearchOutcome, search_outcome, with_forced_search, without_search
from app.services.chat.approval import Approvals
from app.services.chat.session import ChatSession, SessionObserver
from app.services.chat.turn import DENIED
from app.services.tasks import TaskSet
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Toolbox
from tests.waiting import wait_until

SAY_HELLO: list[ChatEvent] = [ThinkingDelta("Hm. "), TextDelta("Hello"), TextDelta("!"), Finished("stop")]


class Script:
    """A client that plays one list of events per request; an exception in it is raised, a coroutine awaited."""

    def __init__(self, *exchanges: list[Any]) -> None:
        self.exchanges = list(exchanges)
        self.requests: list[ChatRequest] = []

    async def chat(self, request: ChatRequest) -> AsyncIterator[ChatEvent]:
        self.requests.append(request)
        for event in self.exchanges.pop(0):
            if isinstance(event, BaseException):
                raise event
            if isinstance(event, asyncio.Event):
                await event.wait()
            else:
                yield event


class OneClient:
    """A connection that always has the same client."""

    def __init__(self, client: Script) -> None:
        self._client = client
        self.profile = Profile("demo", "demo", "Demo", "http://127.0.0.1/v1")

    def client(self) -> Any:
        from contextlib import asynccontextmanager

        @asynccontextmanager
        async def lease() -> AsyncIterator[tuple[Profile, Script]]:
            yield self.profile, self._client

        return lease()

    def explain(self, error: Exception, profile: Profile) -> Exception:
        return error


class Watching(SessionObserver):
    def __init__(self) -> None:
        self.told: list[str] = []
        self.states: list[str] = []
        self.error: WorkbenchError | None = None
        self.running = False

    def message_added(self, message: Message) -> None:
        self.told.append(f"added {message.role}")

    def branch_changed(self) -> None:
        self.told.append("branch")

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self.states.append(call.state)

    def message_ended(self, message: Message) -> None:
        self.told.append("ended")

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        self.told.append("failed")
        self.error = error

    def thinking_left_out(self, message_id: str) -> None:
        self.told.append("without thinking")

    def running_changed(self, running: bool) -> None:
        self.running = running


Make = Callable[..., tuple[ChatSession, Script, Watching]]


@pytest.fixture
async def make() -> AsyncIterator[Make]:
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))

    def make(
        *exchanges: list[Any], ask: bool = False, approvals: Approvals | None = None, tasks: TaskSet = tasks
    ) -> tuple[ChatSession, Script, Watching]:
        script = Script(*exchanges)
        session = ChatSession(
            Conversation("c", model="mimo-v2.6-pro"),
            MessageTree(),
            connection=OneClient(script),  # type: ignore[arg-type]
            toolbox=Toolbox(builtin_tools()),
            approvals=approvals or Approvals(ask=ask),
            tasks=tasks,
            now=lambda: 1.0,
        )
        session.configure(tools=("calculate",))
        watching = Watching()
        session.subscribe(watching)
        return session, script, watching

    yield make
    await tasks.aclose()


def calls(*arguments: str) -> list[ChatEvent]:
    found: list[ChatEvent] = []
    for index, expression in enumerate(arguments):
        found.append(ToolCallDelta(index, f"call_{index}_{expression}", "calculate", '{"expression": "'))
        found.append(ToolCallDelta(index, None, None, f'{expression}"}}'))
    return [*found, Finished("tool_calls")]


def place(session: ChatSession, call_id: str, step: int = 0) -> ToolCallRef:
    """Of a call in the last message."""
    return ToolCallRef(session.branch[-1].id, step, call_id)


async def test_a_turn_streams_and_ends(make: Make) -> None:
    session, script, watching = make(SAY_HELLO)
    session.send("Hi there")
    assert session.running
    await session.wait()
    user, answer = session.branch
    assert (user.text, answer.text) == ("Hi there", "Hello!")
    assert [type(part) for part in answer.parts] == [Thinking, Text]
    assert answer.replies[0].finish == "stop"
    assert watching.told == ["added user", "added assistant", "ended"]
    assert session.conversation.title == "Hi there"
    assert script.requests[0].messages == (user,)


async def test_tools_run_side_by_side_and_the_model_goes_on(make: Make) -> None:
    session, script, watching = make([TextDelta("Let me see."), *calls("1+1", "2*3")], SAY_HELLO)
    session.send("Sums")
    await session.wait()
    answer = session.branch[-1]
    results = [part.result for part in answer.parts if isinstance(part, ToolCall)]
    assert results == ['{"expression": "1+1", "result": 2}', '{"expression": "2*3", "result": 6}']
    assert [reply.finish for reply in answer.replies] == ["tool_calls", "stop"]
    assert script.requests[1].messages[-1].parts[-1].result == results[-1]  # type: ignore[union-attr]
    assert watching.states.count("done") == 2


async def test_approval_denied_answered_and_allowed(make: Make) -> None:
    session, _, watching = make(calls("1+1", "2+2", "3+3"), SAY_HELLO, ask=True)
    session.send("Sums")
    await wait_until(lambda: watching.states.count("waiting") == 3)
    session.decide(place(session, "call_0_1+1"), "deny")
    session.answer_call(place(session, "call_1_2+2"), "five")
    session.decide(place(session, "call_2_3+3"), "allow")
    await session.wait()
    made = [part for part in session.branch[-1].parts if isinstance(part, ToolCall)]
    assert [(call.state, call.result) for call in made] == [
        ("denied", DENIED),
        ("done", "five"),
        ("done", '{"expression": "3+3", "result": 6}'),
    ]


async def test_a_failed_tool_is_told_to_the_model(make: Make) -> None:
    session, script, _ = make(calls("1/0"), SAY_HELLO)
    session.send("Divide")
    await session.wait()
    call = session.branch[-1].parts[0]
    assert isinstance(call, ToolCall)
    assert call.state == "failed"
    assert call.result == '{"error": "division by zero"}'
    assert len(script.requests) == 2


async def test_the_same_call_with_the_same_result_stops_the_loop(make: Make) -> None:
    again = [ToolCallDelta(0, "other_id", "calculate", '{"expression": "1+1"}'), Finished("tool_calls")]
    session, _, watching = make(calls("1+1"), again, SAY_HELLO)
    session.send("Sum")
    await session.wait()
    assert watching.error is not None
    assert watching.error.code == Code.TOOL_LOOP
    session.continue_answer(session.branch[-1].id)
    await session.wait()
    assert session.branch[-1].text == "Hello!"
    assert len(session.branch[-1].replies) == 3


async def test_stopping_keeps_what_arrived(make: Make) -> None:
    never = asyncio.Event()
    session, _, watching = make([TextDelta("Half an ans"), never])
    session.send("Hi")
    await wait_until(lambda: session.branch[-1].text != "")
    session.stop()
    await session.wait()
    answer = session.branch[-1]
    assert answer.text == "Half an ans"
    assert answer.replies[-1].finish == "stopped"
    assert not session.running
    assert watching.told[-1] == "ended"


async def test_stopping_stops_a_waiting_tool(make: Make) -> None:
    session, _, watching = make(calls("1+1"), ask=True)
    session.send("Sum")
    await wait_until(lambda: "waiting" in watching.states)
    session.stop()
    await session.wait()
    assert watching.states[-1] == "stopped"


async def test_a_failure_keeps_the_part_and_retry_makes_a_version(make: Make) -> None:
    lost = WorkbenchError(Code.CONNECTION_LOST, host="example.org")
    session, script, watching = make([TextDelta("Half"), lost], SAY_HELLO)
    session.send("Hi")
    await session.wait()
    broken = session.branch[-1]
    assert broken.text == "Half"
    assert watching.error is lost
    assert session.error_of(broken.id) is lost
    session.retry(broken.id)
    await session.wait()
    answer = session.branch[-1]
    assert answer.text == "Hello!"
    assert session.tree.version(answer.id) == (2, 2)
    assert len(script.requests[1].messages) == 1


async def test_retrying_an_empty_failure_leaves_no_trace(make: Make) -> None:
    session, _, _ = make([WorkbenchError(Code.UNREACHABLE)], SAY_HELLO)
    session.send("Hi")
    await session.wait()
    session.retry(session.branch[-1].id)
    await session.wait()
    assert session.tree.version(session.branch[-1].id) == (1, 1)
    assert len(session.tree) == 2


async def test_editing_and_regenerating_make_branches_that_can_be_switched(make: Make) -> None:
    session, _, _ = make(SAY_HELLO, [TextDelta("Other"), Finished("stop")], [TextDelta("Third"), Finished("stop")])
    session.send("One")
    await session.wait()
    session.regenerate(session.branch[1].id)
    await session.wait()
    assert session.branch[1].text == "Other"
    session.edit(session.branch[0].id, "Two")
    await session.wait()
    assert [message.text for message in session.branch] == ["Two", "Third"]
    assert session.tree.version(session.branch[0].id) == (2, 2)
    session.switch(session.branch[0].id, -1)
    assert [message.text for message in session.branch] == ["One", "Other"]
    session.switch(session.branch[1].id, -1)
    assert session.branch[1].text == "Hello!"


async def test_the_branch_last_looked_at_is_shown_again_after_an_edit(make: Make) -> None:
    session, _, _ = make(SAY_HELLO, [TextDelta("Other"), Finished("stop")], SAY_HELLO)
    session.send("One")
    await session.wait()
    session.regenerate(session.branch[1].id)
    await session.wait()
    session.switch(session.branch[1].id, -1)
    assert session.branch[1].text == "Hello!"
    session.edit(session.branch[0].id, "Two")
    await session.wait()
    session.switch(session.branch[0].id, -1)
    assert [message.text for message in session.branch] == ["One", "Hello!"]


async def test_replaying_an_edited_call(make: Make) -> None:
    session, script, _ = make(calls("1+1"), SAY_HELLO, [TextDelta("Three."), Finished("stop")])
    session.send("Sum")
    await session.wait()
    old = session.branch[-1]
    session.replay(place(session, "call_0_1+1"), '{"expression": "1+2"}', "3")
    await session.wait()
    answer = session.branch[-1]
    assert answer.text == "Three."
    assert session.tree.version(answer.id) == (2, 2)
    sent = script.requests[-1].messages[-1].parts[0]
    assert isinstance(sent, ToolCall)
    assert (sent.arguments, sent.result) == ('{"expression": "1+2"}', "3")
    assert session.tree[old.id] == old


@pytest.mark.parametrize("decision", ["deny", "stop"])
async def test_replaying_changed_arguments_runs_the_tool_again_with_approval(make: Make, decision: str) -> None:
    approvals = Approvals(ask=True)
    session, script, watching = make(calls("1+1"), SAY_HELLO, SAY_HELLO, approvals=approvals)
    session.send("Sum")
    await wait_until(lambda: "waiting" in watching.states)
    call_ref = place(session, "call_0_1+1")
    approvals.decide(call_ref, "deny") if decision == "deny" else session.stop()
    await session.wait()
    watching.states.clear()
    script.exchanges = [SAY_HELLO]
    assert session.replay(call_ref, '{"expression": "1+2"}', None)
    await wait_until(lambda: "waiting" in watching.states)
    approvals.decide(place(session, "call_0_1+1"), "allow")
    await session.wait()
    assert watching.states == ["waiting", "running", "done"]
    sent = script.requests[-1].messages[-1].parts[0]
    assert isinstance(sent, ToolCall)
    assert (sent.arguments, sent.state) == ('{"expression": "1+2"}', "done")
    assert sent.result == '{"expression": "1+2", "result": 3}'
    assert session.branch[-1].text == "Hello!"


async def test_replaying_one_call_runs_those_beside_it_that_were_never_answered(make: Make) -> None:
    session, script, watching = make(calls("1+1", "2+2"), ask=True)
    session.send("Sums")
    await wait_until(lambda: watching.states.count("waiting") == 2)
    session.stop()
    await session.wait()
    script.exchanges, watching.states = [SAY_HELLO], []
    session.replay(place(session, "call_0_1+1"), '{"expression": "1+1"}', "two")
    await wait_until(lambda: watching.states == ["waiting"])
    session.decide(place(session, "call_1_2+2"), "allow")
    await session.wait()
    sent = [part for part in script.requests[-1].messages[-1].parts if isinstance(part, ToolCall)]
    assert [call.result for call in sent] == ["two", '{"expression": "2+2", "result": 4}']


async def test_whatever_can_not_start_while_a_reply_runs_says_so_and_changes_nothing(make: Make) -> None:
    never = asyncio.Event()
    session, script, _ = make(calls("1+1"), SAY_HELLO, [never])
    session.send("One")
    await session.wait()
    user, answer = session.branch
    session.send("Two")
    await wait_until(lambda: len(script.requests) == 3)
    before = session.branch
    assert not session.edit(user.id, "Other")
    assert not session.regenerate(answer.id)
    assert not session.retry(answer.id)
    assert not session.continue_answer(answer.id)
    assert not session.replay(ToolCallRef(answer.id, 0, "call_0_1+1"), "{}", None)
    assert not session.switch(answer.id, -1)
    assert session.branch == before
    session.stop()
    await session.wait()


async def test_nothing_starts_while_a_reply_runs(make: Make) -> None:
    never = asyncio.Event()
    session, script, _ = make([never])
    session.send("One")
    session.send("Two")
    await wait_until(lambda: len(script.requests) == 1)
    session.stop()
    await session.wait()
    assert [message.text for message in session.tree if message.role == "user"] == ["One"]


SEARCH_IS_OFF = ServiceError(Code.SEARCH_OFF, message="Param Incorrect", param="webSearchEnabled is false")


async def test_with_search_switched_off_nothing_is_sent_again_until_the_user_asks_for_it(make: Make) -> None:
    session, script, watching = make([SEARCH_IS_OFF], calls("1+1"), SAY_HELLO)
    session.configure(web_search=WebSearch(force=True), searches=True)
    session.send("What is new?")
    await session.wait()
    failed = session.branch[-1]
    assert watching.error is not None and watching.error.code is Code.SEARCH_OFF
    assert len(script.requests) == 1 and search_outcome(failed) is SearchOutcome.OFF
    assert session.retry(failed.id, without_search)
    await session.wait()
    answer = session.branch[-1]
    assert answer.text == "Hello!" and failed.id not in session.tree, "the empty answer is replaced"
    assert [request.web_search for request in script.requests] == [WebSearch(force=True), None, None]
    assert [len(request.tools) for request in script.requests] == [1, 1, 1], "only the search is left out"
    assert session.conversation.searches, "the next message searches again"
    assert [reply.search for reply in answer.replies] == ["", ""] and search_outcome(answer) is None


async def test_an_answer_without_sources_is_made_again_with_a_forced_search(make: Make) -> None:
    session, script, _ = make(SAY_HELLO, SAY_HELLO, SAY_HELLO)
    session.configure(web_search=WebSearch(results=3), searches=True)
    session.send("What is new?")
    await session.wait()
    first = session.branch[-1]
    assert first.replies[0].search == "offered" and search_outcome(first) is SearchOutcome.NOTHING
    assert session.retry(first.id, lambda request: with_forced_search(request, WebSearch()))
    await session.wait()
    second = session.branch[-1]
    assert session.tree.siblings(second.id) == (first.id, second.id)
    assert script.requests[1].web_search == WebSearch(force=True, results=3)
    assert second.replies[0].search == "forced" and search_outcome(second) is SearchOutcome.NOTHING_FORCED
    session.send("And now?")
    await session.wait()
    assert script.requests[2].web_search == WebSearch(results=3), "it is forced for one answer only"


@pytest.mark.parametrize(
    "profile",
    [
        Profile("a", "token-plan-cn", "Plan", "https://token-plan-cn.xiaomimimo.com/v1"),
        Profile("a", "payg", "Plan by its host", "https://token-plan-sgp.xiaomimimo.com/v1"),
        Profile("a", "payg", "Anthropic", "https://api.xiaomimimo.com/anthropic", protocol="anthropic"),
    ],
)
async def test_a_locked_search_is_not_sent_and_its_values_stay(make: Make, profile: Profile) -> None:
    session, script, _ = make(SAY_HELLO)
    session._connection.profile = profile  # type: ignore[misc]
    session.configure(web_search=WebSearch(force=True), searches=True)
    session.send("What is new?")
    await session.wait()
    assert script.requests[0].web_search is None
    assert session.conversation.searches and session.conversation.web_search == WebSearch(force=True)
    assert search_outcome(session.branch[-1]) is None, "no search was offered, so none is missed"


async def test_an_account_whose_search_is_off_although_none_was_asked_for_is_an_error(make: Make) -> None:
    session, script, watching = make([SEARCH_IS_OFF])
    session.send("Hi")
    await session.wait()
    assert watching.error is not None and watching.error.code is Code.SEARCH_OFF
    assert len(script.requests) == 1


ADD = ToolCallDelta(0, None, "calculate", '{"expression": "1+1"}')
"""A call as services send it that give it no id."""


async def test_allowing_a_call_allows_no_other_that_has_its_id(make: Make) -> None:
    approvals = Approvals()
    first, script, one = make([ADD, Finished("tool_calls")], SAY_HELLO, approvals=approvals)
    second, _, two = make([ADD, Finished("tool_calls")], SAY_HELLO, approvals=approvals)
    first.send("Sum")
    second.send("Sum")
    await wait_until(lambda: (one.states, two.states) == (["waiting"], ["waiting"]))
    first.decide(place(first, "call_0_0"), "allow")
    await first.wait()
    assert one.states == ["waiting", "running", "done"] and len(script.requests) == 2
    assert two.states == ["waiting"] and second.running
    second.decide(place(second, "call_0_0"), "deny")
    await second.wait()
    assert two.states == ["waiting", "denied"]


async def test_two_calls_with_one_id_are_two(make: Make) -> None:
    twice = [ToolCallDelta(n, "same", "calculate", f'{{"expression": "1+{n}"}}') for n in range(2)]
    session, script, watching = make([*twice, Finished("tool_calls")], SAY_HELLO, ask=True)
    session.send("Sums")
    await wait_until(lambda: watching.states.count("waiting") == 2)
    first, second = (part.id for part in session.branch[-1].parts if isinstance(part, ToolCall))
    session.decide(place(session, first), "allow")
    session.answer_call(place(session, second), "many")
    await session.wait()
    sent = [part for part in script.requests[1].messages[-1].parts if isinstance(part, ToolCall)]
    assert [(call.id, call.result) for call in sent] == [(first, '{"expression": "1+0", "result": 1}'),
                                                         (second, "many")]  # fmt: skip


async def test_replaying_a_call_whose_id_an_earlier_step_has_too(make: Make) -> None:
    def ask(expression: str) -> list[ChatEvent]:
        return [ToolCallDelta(0, "same", "calculate", f'{{"expression": "{expression}"}}'), Finished("tool_calls")]

    session, script, _ = make(ask("1+1"), ask("2+2"), SAY_HELLO, SAY_HELLO)
    session.send("Sums")
    await session.wait()
    session.replay(place(session, "same", 1), '{"expression": "2+3"}', "5")
    await session.wait()
    sent = [part for part in script.requests[-1].messages[-1].parts if isinstance(part, ToolCall)]
    assert [call.result for call in sent] == ['{"expression": "1+1", "result": 2}', "5"]


async def test_a_call_that_was_cut_off_is_stopped_not_run(make: Make) -> None:
    session, script, watching = make([ToolCallDelta(0, "c", "calculate", '{"expre'), Finished("length")])
    session.send("Sum")
    await session.wait()
    (call,) = session.branch[-1].parts
    assert isinstance(call, ToolCall)
    assert (call.state, call.arguments) == ("stopped", '{"expre')
    assert watching.states == ["stopped"] and len(script.requests) == 1


async def test_two_equal_calls_side_by_side_are_no_loop(make: Make) -> None:
    session, _, watching = make(calls("1+1", "1+1"), SAY_HELLO)
    session.send("Sums")
    await session.wait()
    assert watching.error is None and session.branch[-1].text == "Hello!"


async def test_a_failure_is_told_when_the_reply_is_over(make: Make) -> None:
    running: list[bool] = []
    session, _, watching = make([WorkbenchError(Code.OVERLOADED)])

    class Late(SessionObserver):
        def message_failed(self, message: Message, error: WorkbenchError) -> None:
            running.append(session.running)

    session.subscribe(Late())
    session.send("Hi")
    await session.wait()
    assert running == [False] and watching.told[-1] == "failed" and not watching.running


async def test_endlessly_nested_arguments_are_the_models_mistake(make: Make) -> None:
    deep = [ToolCallDelta(0, "c", "calculate", "[" * 100_000), Finished("tool_calls")]
    session, script, watching = make(deep, SAY_HELLO)
    session.send("Sum")
    await session.wait()
    assert watching.states == ["failed"] and watching.error is None
    assert len(script.requests) == 2


async def test_when_our_own_code_fails_the_turn_says_so_and_its_calls_are_stopped(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(box: Toolbox, name: str, arguments: str, *rest: object) -> str:
        if "1+1" in arguments:
            raise LookupError("a mistake of ours")
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(Toolbox, "outcome", fails)
    session, _, watching = make(calls("1+1", "2+2"))
    reported: list[BaseException] = []
    session._tasks.report = reported.append
    session.send("Sums")
    await session.wait()
    assert [type(error) for error in reported] == [LookupError]
    assert watching.error is not None and watching.error.code is Code.UNEXPECTED
    assert [part.state for part in session.branch[-1].parts if isinstance(part, ToolCall)] == ["stopped", "stopped"]


async def test_retrying_an_empty_failure_that_was_answered_keeps_what_follows(make: Make) -> None:
    session, _, _ = make([WorkbenchError(Code.UNREACHABLE)], SAY_HELLO, SAY_HELLO)
    session.send("One")
    await session.wait()
    failed = session.branch[-1]
    session.send("Two")
    await session.wait()
    session.retry(failed.id)
    await session.wait()
    assert [message.text for message in session.branch] == ["One", "Hello!"]
    assert session.tree.version(session.branch[-1].id) == (2, 2)
    session.switch(session.branch[-1].id, -1)
    assert [message.text for message in session.branch] == ["One", "", "Two", "Hello!"]


THOUGHTS_ARE_MISSING = ServiceError(Code.REASONING_MISSING, param="The reasoning_content must be passed back.")


async def test_where_earlier_thoughts_are_missing_the_answer_comes_without_thinking(make: Make) -> None:
    session, script, watching = make([THOUGHTS_ARE_MISSING], calls("1+1"), SAY_HELLO)
    session.send("Go on")
    await session.wait()
    assert watching.error is None and session.branch[-1].text == "Hello!"
    assert [request.sampling.thinking for request in script.requests] == [None, False, False]
    assert watching.told.count("without thinking") == 1
    assert session.conversation.sampling.thinking is None, "only this answer"


async def test_thoughts_that_are_missing_still_are_an_error(make: Make) -> None:
    session, script, watching = make([THOUGHTS_ARE_MISSING], [THOUGHTS_ARE_MISSING])
    session.send("Go on")
    await session.wait()
    assert watching.error is not None and watching.error.code is Code.REASONING_MISSING
    assert len(script.requests) == 2, "tried once more, not for ever"


async def test_nothing_is_sent_once_the_program_ends(make: Make) -> None:
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))
    session, _, watching = make([TextDelta("Half"), WorkbenchError(Code.UNREACHABLE)], tasks=tasks)
    assert session.send("First")
    await session.wait()
    before = list(session.tree), list(watching.told)
    tasks.refuse()
    failed = session.branch[-1].id
    assert not session.send("Too late")
    session.retry(failed)
    session.regenerate(failed)
    session.edit(session.branch[0].id, "Too late")
    assert (list(session.tree), watching.told) == before
    assert not session.running
    await tasks.aclose()


@pytest.mark.parametrize("finish", [None, "length"])
async def test_a_cut_tool_call_is_not_asked_for_approval(make: Make, finish: FinishReason | None) -> None:
    cut: list[Any] = [TextDelta("Let me see."), ToolCallDelta(0, "a", "calculate", '{"expr')]
    session, script, watching = make([*cut, Finished(finish)] if finish else cut, ask=True)
    session.configure(tools=("calculate",))
    session.send("Sum")
    await session.wait()
    (call,) = [part for part in session.branch[-1].parts if isinstance(part, ToolCall)]
    assert call.is_cut
    assert "waiting" not in watching.states
    assert len(script.requests) == 1


async def test_a_call_that_can_not_be_read_is_answered_without_asking(make: Make) -> None:
    bad = [ToolCallDelta(0, "a", "calculate", '{"expr'), Finished("tool_calls")]
    session, _, watching = make(bad, [TextDelta("Sorry"), Finished("stop")], ask=True)
    session.configure(tools=("calculate",))
    session.send("Sum")
    await session.wait()
    assert "waiting" not in watching.states
    (call,) = [part for part in session.branch[-1].parts if isinstance(part, ToolCall)]
    assert call.state == "failed"


CUT: list[Any] = [ThinkingDelta("Hm."), TextDelta("Half a sen"), Finished("length")]


async def test_a_cut_answer_goes_on_without_a_break_and_without_new_thinking(make: Make) -> None:
    session, script, _ = make(CUT, [TextDelta("tence"), TextDelta("."), Finished("stop")], SAY_HELLO)
    session.send("Say it")
    await session.wait()
    answer = session.branch[-1]
    assert session.continue_answer(answer.id)
    await session.wait()
    whole = session.branch[-1]
    assert whole.id == answer.id and whole.text == "Half a sentence."
    assert whole.parts[-1] == Text("tence.", 1, continues=True)
    assert [reply.finish for reply in whole.replies] == ["length", "stop"]
    request = script.requests[1]
    assert request.messages[-1].parts == answer.parts and request.sampling.thinking is False
    assert not whole.can_continue and not session.continue_answer(whole.id)
    session.send("Next")
    await session.wait()
    assert script.requests[2].sampling.thinking is not False, "only the continued part is without thinking"


async def test_a_continued_answer_may_call_tools_and_think_again(make: Make) -> None:
    calling = [TextDelta("tence. "), *calls("1+1")]
    session, script, _ = make(CUT, calling, [ThinkingDelta("So."), TextDelta("Two."), Finished("stop")])
    session.send("Say it")
    await session.wait()
    session.continue_answer(session.branch[-1].id)
    await session.wait()
    assert session.branch[-1].text == "Half a sentence. \n\nTwo."
    assert script.requests[2].sampling.thinking is not False


async def test_what_fails_before_a_word_came_can_still_be_continued(make: Make) -> None:
    lost = WorkbenchError(Code.CONNECTION_LOST, host="example.org")
    session, _, _ = make([TextDelta("Half"), lost], [lost], [TextDelta(" done"), Finished("stop")])
    session.send("Hi")
    await session.wait()
    answer = session.branch[-1].id
    assert session.continue_answer(answer)
    await session.wait()
    assert session.branch[-1].text == "Half" and session.error_of(answer) is lost
    assert session.continue_answer(answer)
    await session.wait()
    assert session.branch[-1].text == "Half done" and session.error_of(answer) is None


@pytest.mark.parametrize(
    ("arrives", "can_continue"),
    [
        ([TextDelta("Half"), Finished("length")], True),
        ([TextDelta("Half")], True),
        ([TextDelta("Whole"), Finished("stop")], False),
        ([TextDelta("No, no"), Finished("content_filter")], False),
        ([TextDelta("again and again"), Finished("repetition_truncation")], False),
        ([ThinkingDelta("Only thought"), Finished("length")], False),
        ([TextDelta("  "), Finished("length")], False),
    ],
)
async def test_which_answers_can_be_continued(make: Make, arrives: list[Any], can_continue: bool) -> None:
    session, _, _ = make(arrives)
    session.send("Hi")
    await session.wait()
    assert session.branch[-1].can_continue is can_continue
    assert session.continue_answer(session.branch[-1].id) is can_continue
    session.stop()
    await session.wait()


async def test_parameters_of_a_version_hold_for_it_alone(make: Make) -> None:
    session, script, _ = make(SAY_HELLO, SAY_HELLO, SAY_HELLO)
    session.send("Hi")
    await session.wait()
    before = session.conversation
    session.regenerate(
        session.branch[-1].id, model="other", sampling=Sampling(temperature=0.2, top_p=0.5, max_tokens=9)
    )
    await session.wait()
    reply = session.branch[-1].replies[-1]
    assert (reply.asked, reply.temperature, reply.top_p, reply.max_tokens) == ("other", 0.2, 0.5, 9)
    assert (session.conversation.model, session.conversation.sampling) == (before.model, before.sampling)
    session.send("Again")
    await session.wait()
    assert script.requests[-1].model == before.model


async def test_deleting_a_version_shows_the_one_beside_it(make: Make) -> None:
    session, _, _ = make(SAY_HELLO, SAY_HELLO, SAY_HELLO)
    session.send("Hi")
    await session.wait()
    first = session.branch[-1].id
    session.regenerate(first)
    await session.wait()
    second = session.branch[-1].id
    session.send("More")
    await session.wait()
    leaf = session.conversation.leaf
    cut = session.delete(second)
    assert cut is not None and len(cut.messages) == 3 and session.conversation.leaf == first
    session.restore(cut)
    assert session.conversation.leaf == leaf and session.tree.siblings(first) == (first, second)
    cut = session.delete(first)
    assert cut is not None and session.conversation.leaf == leaf, "another branch stays visible"
    session.restore(cut)
    assert session.tree.siblings(first) == (first, second)


PICTURE, SOUND = Media("image/png", "blob:1", "quay.png"), Media("audio/flac", "blob:2", "clap.flac")


async def test_attachments_of_the_draft_go_out_with_it_and_again_with_every_turn(make: Make) -> None:
    session, script, _ = make(SAY_HELLO, SAY_HELLO)
    session.configure(draft="", attachments=(PICTURE, SOUND))
    session.send("", (PICTURE, SOUND))
    await session.wait()
    assert session.conversation.attachments == () and session.conversation.title == "quay.png"
    asked = session.branch[0]
    session.configure(left_out=(part_id(asked.id, 0),))
    session.send("And now?")
    await session.wait()
    first, second = script.requests
    assert first.messages[0].parts == (PICTURE, SOUND)
    assert second.messages[0].parts == (SOUND,), "one was left out of later turns"
    assert session.tree[asked.id].parts == (PICTURE, SOUND), "but is still there"


async def test_an_edited_message_keeps_its_attachments_and_what_of_them_is_left_out(make: Make) -> None:
    session, script, _ = make(SAY_HELLO, SAY_HELLO, SAY_HELLO)
    session.send("Look and listen", (PICTURE, SOUND))
    await session.wait()
    session.configure(left_out=(part_id(session.branch[0].id, 2),), draft="half a", attachments=(PICTURE,))
    session.edit(session.branch[0].id, "Look")
    await session.wait()
    assert script.requests[1].messages[0].parts == (Text("Look"), PICTURE)
    assert (session.conversation.draft, session.conversation.attachments) == ("half a", (PICTURE,))
    session.edit(session.branch[0].id, "Listen", (SOUND,))
    await session.wait()
    assert session.branch[0].parts == (Text("Listen"), SOUND)
    assert script.requests[2].messages[0].parts == (Text("Listen"),)
