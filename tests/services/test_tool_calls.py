"""Calls answered by the user, refused with a reason, beyond the limit of rounds, and with arguments that don't fit."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.core.conversation import Conversation, MessageTree
from app.core.errors import Code
from app.core.events import Finished, TextDelta, ToolCallDelta
from app.core.messages import ToolCall, ToolCallRef
from app.core.requests import ChatRequest, FunctionTool
from app.services.chat.approval import Approvals, Decision
from app.services.chat.session import ChatSession
from app.services.tasks import TaskSet
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Tool, Toolbox
from tests.services.test_chat_session import OneClient, Script, Watching
from tests.waiting import wait_until

DONE = [TextDelta("Done."), Finished("stop")]
ROOM = FunctionTool("ask_desk", "", {"type": "object", "properties": {"room": {"type": "integer"}}})


class Talk:
    """A conversation with the built-in tools, one that the user answers, and one that never ends."""

    def __init__(self, tasks: TaskSet, *exchanges: list[Any]) -> None:
        self.script, self.approvals, self.watching = Script(*exchanges), Approvals(ask=False), Watching()
        toolbox = Toolbox(builtin_tools())
        self.started = asyncio.Event()

        async def never(arguments: dict[str, Any]) -> Any:
            self.started.set()
            await asyncio.Event().wait()

        async def unused(arguments: dict[str, Any]) -> Any:
            pytest.fail("the user answers")

        slow = FunctionTool("slow", "", {"type": "object"})
        toolbox.set_own([Tool(ROOM, unused, asks_user=True), Tool(slow, never)], {})
        self.session = ChatSession(
            Conversation("c", model="mimo-v2.6-pro", tools=("calculate", "ask_desk", "slow")), MessageTree(),
            connection=OneClient(self.script), toolbox=toolbox, approvals=self.approvals, tasks=tasks,  # type: ignore[arg-type]
            now=lambda: 1.0,
        )  # fmt: skip
        self.session.subscribe(self.watching)

    @property
    def calls(self) -> list[ToolCall]:
        return [part for part in self.session.branch[-1].parts if isinstance(part, ToolCall)]

    def place(self, call: ToolCall) -> ToolCallRef:
        return ToolCallRef(self.session.branch[-1].id, call.step, call.id)

    async def until_waiting(self, count: int = 1) -> None:
        await wait_until(lambda: self.watching.states.count("waiting") == count)


@pytest.fixture
async def tasks() -> AsyncIterator[TaskSet]:
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))
    yield tasks
    await tasks.aclose()


def call(name: str, arguments: str, n: int = 0) -> list[Any]:
    return [ToolCallDelta(n, f"id_{name}_{n}_{arguments}", name, arguments)]


def rounds(count: int) -> list[list[Any]]:
    return [[*call("calculate", json.dumps({"expression": f"{n}+1"})), Finished("tool_calls")] for n in range(count)]


async def test_the_user_answers_a_tool_of_their_own_even_when_nothing_is_asked(tasks: TaskSet) -> None:
    talk = Talk(tasks, [*call("ask_desk", '{"room": 3}'), Finished("tool_calls")], DONE)
    talk.session.send("Book")
    await talk.until_waiting()
    (waiting,) = talk.calls
    assert waiting.asks_user
    decisions: tuple[Decision, ...] = ("allow", "always")
    for decision in decisions:
        talk.session.decide(talk.place(waiting), decision)
    assert talk.session.allow_all() == 0
    assert talk.approvals.always == set(), "there is nothing to allow"
    talk.session.answer_call(talk.place(waiting), "booked")
    await talk.session.wait()
    assert [(each.state, each.result) for each in talk.calls] == [("done", "booked")]


async def test_the_reason_of_a_denial_goes_to_the_model(tasks: TaskSet) -> None:
    talk = Talk(tasks, [*call("ask_desk", "{}"), Finished("tool_calls")], DONE)
    talk.session.send("Book")
    await talk.until_waiting()
    talk.session.decide(talk.place(talk.calls[0]), "deny", "周五不行")
    await talk.session.wait()
    assert json.loads(talk.calls[0].result or "") == {"error": "The user declined this call.", "reason": "周五不行"}
    assert talk.calls[0].state == "denied"


async def test_arguments_that_do_not_fit_are_neither_asked_about_nor_run(tasks: TaskSet) -> None:
    talk = Talk(
        tasks, [*call("ask_desk", '{"room": "three"}'), *call("nothing", "{}", 1), Finished("tool_calls")], DONE
    )
    talk.approvals.ask = True
    talk.session.send("Book")
    await talk.session.wait()
    assert [each.state for each in talk.calls] == ["failed", "failed"]
    assert "three" in json.loads(talk.calls[0].result or "")["error"]
    assert talk.watching.states == ["failed", "failed"], "nothing waited"
    assert talk.session.branch[-1].text == "Done.", "the model is told and goes on"


async def test_after_the_limit_of_rounds_the_user_is_asked(tasks: TaskSet) -> None:
    talk = Talk(tasks, *rounds(5), DONE)
    talk.approvals.max_rounds = 2
    talk.session.send("Sums")
    await talk.session.wait()
    assert talk.watching.error is not None
    assert (talk.watching.error.code, talk.watching.error.params["rounds"]) == (Code.TOOL_ROUNDS, 2)
    assert len(talk.script.requests) == 2
    message = talk.session.branch[-1].id
    assert talk.session.continue_answer(message)
    await talk.session.wait()
    assert len(talk.script.requests) == 4, "two more rounds"
    talk.session.continue_answer(message)
    await talk.session.wait()
    assert (talk.session.branch[-1].text, len(talk.calls)) == ("Done.", 5)
    assert talk.session.error_of(message) is None


async def test_stopping_at_the_limit_ends_the_answer_for_good(tasks: TaskSet) -> None:
    talk = Talk(tasks, *rounds(3))
    talk.approvals.max_rounds = 1
    talk.session.send("Sums")
    await talk.session.wait()
    message = talk.session.branch[-1]
    assert message.replies[-1].failure is not None
    talk.session.accept_end(message.id)
    assert talk.session.branch[-1].replies[-1].failure is None
    assert talk.session.error_of(message.id) is None
    assert talk.watching.told[-1] == "ended"


async def test_all_waiting_calls_are_allowed_at_once(tasks: TaskSet) -> None:
    both = [*call("calculate", '{"expression": "1+1"}'), *call("calculate", '{"expression": "2+2"}', 1)]
    talk = Talk(tasks, [*both, Finished("tool_calls")], DONE)
    talk.approvals.ask = True
    talk.session.send("Sums")
    await talk.until_waiting(2)
    assert talk.session.allow_all() == 2
    await talk.session.wait()
    assert [each.state for each in talk.calls] == ["done", "done"]
    assert talk.approvals.always == set(), "once, not always"


async def test_stop_ends_a_running_tool(tasks: TaskSet) -> None:
    talk = Talk(tasks, [*call("slow", "{}"), Finished("tool_calls")], DONE)
    talk.session.send("Wait")
    await asyncio.wait_for(talk.started.wait(), 5)
    talk.session.stop()
    await talk.session.wait()
    assert [each.state for each in talk.calls] == ["stopped"]
    assert len(talk.script.requests) == 1


async def test_a_tool_that_only_an_edited_request_offers_is_answered_by_the_user(tasks: TaskSet) -> None:
    talk = Talk(tasks, DONE, [*call("find_objects", '{"room": 3}'), Finished("tool_calls")], DONE)
    talk.session.send("Hi")
    await talk.session.wait()
    tools = [{"type": "function", "function": {"name": "find_objects"}}, {"type": "web_search"}, 3]
    edited = ChatRequest("mimo-v2.6-pro", (), recorded={"messages": [], "tools": tools})
    assert talk.session.send_recorded(talk.session.branch[-1].id, 0, edited)
    await talk.until_waiting()
    assert talk.calls[0].asks_user
    talk.session.answer_call(talk.place(talk.calls[0]), "two tapestries")
    await talk.session.wait()
    assert [(each.state, each.result) for each in talk.calls] == [("done", "two tapestries")]
