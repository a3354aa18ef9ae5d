"""A conversation side by side: every answer a branch, each column on its own, and nothing is overwritten."""

from __future__ import annotations

import asyncio

import msgspec
import pytest

from app.core.errors import Code
from app.core.messages import Message, Text
from app.core.side_by_side import DraftTurn, tool_turns
from app.services.bench.side_by_side import SideBySide
from app.services.chat.session import ChatSession
from tests.plugins.demo_service import DemoService
from tests.services.bench.conftest import OTHER, PRO, UNPRICED, Opened


async def run(side: SideBySide, message: str = "") -> tuple[str, ...]:
    """Run the desk to its end; return the answers."""
    if message:
        side.desk.edit(message=message)
    begun = await side.begin()
    assert begun is not None
    await ended(side)
    shown = side.answers.run
    assert shown is not None
    return shown.answers


async def ended(side: SideBySide) -> None:
    tasks = [each.task for each in side.answers.made.values() if each.task is not None]
    await asyncio.wait(tasks, timeout=20)


def session_of(side: SideBySide) -> ChatSession:
    assert side.desk.session is not None
    return side.desk.session


def text_of(side: SideBySide, answer: str) -> str:
    message = side.answers.message(answer)
    assert message is not None
    return message.text


async def test_columns_answer_with_what_each_has(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        _, two = side.desk.desk.columns
        side.desk.set_column(1, msgspec.structs.replace(two, system="Be brief."))
        answers = await run(side, "How are you?")
        assert [side.answers.state(each) for each in answers] == ["done", "done"]
        tree = session_of(side).tree
        assert tree[answers[0]].parent == tree[answers[1]].parent
        assert tree.version(answers[0])[1] == 2
        asked = {request["body"]["model"]: request["body"]["messages"] for request in demo_service.requests()}
        assert asked[PRO] == [{"role": "user", "content": "How are you?"}]
        assert asked[OTHER][0] == {"role": "system", "content": "Be brief."}


async def test_the_kept_answer_goes_on_and_the_others_stay(opened: Opened) -> None:
    async with opened() as side:
        _, second = await run(side, "How are you?")
        assert await side.keep(second)
        session = session_of(side)
        assert session.branch[-1].id == second
        assert session.conversation.model == OTHER
        assert session.tree.version(second)[1] == 2
        assert side.desk.turns[0].text == "How are you?"
        assert side.desk.desk.message == ""


async def test_runs_and_the_draft_are_there_after_a_restart(opened: Opened) -> None:
    async with opened() as side:
        answers = await run(side, "How are you?")
        text = text_of(side, answers[1])
        more = await run(side)
        side.desk.edit(message="And now")
        assert not set(more) & set(answers)
    async with opened() as side:
        assert side.desk.desk.message == "And now"
        newest, first = side.answers.runs_here()
        assert newest.answers == more
        side.show_run(first.id)
        assert [side.answers.state(each) for each in answers] == ["done", "done"]
        assert text_of(side, answers[1]) == text
        assert side.desk.tree.version(answers[0])[1] == 4, "the same question is asked once"


async def test_one_fails_alone_and_is_asked_again(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        demo_service.arm("status=429")
        answers = await run(side, "How are you?")
        states = [side.answers.state(each) for each in answers]
        assert sorted(states) == ["done", "failed"]
        failed = answers[states.index("failed")]
        error = side.answers.error(failed)
        assert error is not None and error.code is Code.TOO_MANY_REQUESTS
        await side.retry(failed)
        await ended(side)
        shown = side.answers.run
        assert shown is not None
        assert [side.answers.state(each) for each in shown.answers] == ["done", "done"]
        assert failed not in shown.answers, "it had nothing"


async def test_what_came_of_a_cut_answer_stays(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        demo_service.arm("cut=900")
        answers = await run(side, "Tell me about tea.")
        cut = next(each for each in answers if side.answers.state(each) == "failed")
        await side.retry(cut)
        await ended(side)
        shown = side.answers.run
        assert shown is not None and len(shown.answers) == 3
        assert cut in session_of(side).tree


async def test_an_unknown_model_and_an_unknown_service_fail_in_their_column(opened: Opened) -> None:
    async with opened() as side:
        _, two = side.desk.desk.columns
        side.desk.add_column()
        side.desk.set_column(1, msgspec.structs.replace(two, model="no-such-model"))
        side.desk.set_column(2, msgspec.structs.replace(two, id="three", profile="second"))
        answers = await run(side, "How are you?")
        assert [side.answers.state(each) for each in answers] == ["done", "failed", "failed"]


async def test_a_stopped_column_keeps_what_came_and_the_other_goes_on(
    opened: Opened, demo_service: DemoService
) -> None:
    async with opened() as side:
        demo_service.arm("drip=0.004", 2)
        side.desk.edit(message="Tell me about tea.")
        begun = await side.begin()
        assert begun is not None
        first, second = begun.answers
        async with asyncio.timeout(20):
            while not text_of(side, first):
                await asyncio.sleep(0.01)
        side.stop_column(begun.columns[0].column.id)
        await ended(side)
        assert side.answers.state(first) == "stopped" and text_of(side, first)
        assert side.answers.state(second) == "done"
        assert session_of(side).tree[first].replies[-1].finish == "stopped"


async def test_several_answers_a_column(opened: Opened) -> None:
    async with opened() as side:
        side.desk.edit(repeats=3)
        answers = await run(side, "How are you?")
        assert len(answers) == 6
        shown = side.answers.run
        assert shown is not None and [len(each.answers) for each in shown.columns] == [3, 3]


async def test_the_limit_stops_what_would_cost_more(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        side.desk.edit(repeats=3, spend_limits={"USD": 0.012})
        answers = await run(side, "How are you?")
        states = [side.answers.state(each) for each in answers]
        assert "unsent" in states and "done" in states
        unsent = answers[states.index("unsent")]
        error = side.answers.error(unsent)
        assert error is not None and error.code is Code.RUN_SPEND_LIMIT
        assert len(demo_service.requests()) < 6


async def test_each_currency_has_its_own_limit_and_nothing_is_converted(opened: Opened) -> None:
    async with opened() as side:
        _, two = side.desk.desk.columns
        side.desk.set_column(1, msgspec.structs.replace(two, profile="second"))
        assert side.currencies() == ("USD", "CNY")
        expected = side.expected()
        assert expected.unknown == 0 and expected.of("USD") > 0 and expected.of("CNY") > 0
        side.desk.edit(spend_limits={"USD": 1.0, "CNY": 0.001})
        answers = await run(side, "How are you?")
        assert [side.answers.state(each) for each in answers] == ["done", "unsent"]
        error = side.answers.error(answers[1])
        assert error is not None and (error.params["limit"], error.params["currency"]) == (0.001, "CNY")
        assert side.spent().of("USD") > 0 and side.spent().of("CNY") == 0


async def test_a_column_without_a_price_is_named_as_not_counted(opened: Opened) -> None:
    async with opened() as side:
        assert side.uncounted() == ()
        side.desk.set_column(1, msgspec.structs.replace(side.desk.desk.columns[1], model=UNPRICED))
        assert side.uncounted() == (1,)
        assert side.expected().unknown == 1


async def test_what_a_run_cost_before_a_restart_counts_for_its_limit(opened: Opened) -> None:
    async with opened() as side:
        await run(side, "How are you?")
        cost = side.spent().of("USD")
        assert cost > 0
    async with opened() as side:
        assert side.spent().of("USD") == pytest.approx(cost)
        side.desk.edit(spend_limits={"USD": cost + 0.001})
        await side.again(side.desk.desk.columns[0].id)
        await ended(side)
        shown = side.answers.run
        assert shown is not None and side.answers.state(shown.columns[0].answers[-1]) == "unsent"


async def test_the_limit_holds_while_something_else_is_shown(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        side.desk.edit(message="How are you?", repeats=3, spend_limits={"USD": 0.012})
        begun = await side.begin()
        assert begun is not None
        await side.desk.open_blank()
        await ended(side)
        errors = [error.code for each in begun.answers if (error := side.answers.error(each)) is not None]
        assert errors and set(errors) == {Code.RUN_SPEND_LIMIT}
        assert len(demo_service.requests()) < 6


async def test_what_an_archive_has_prepared_is_there_when_it_is_opened(opened: Opened) -> None:
    async with opened() as side:
        async with opened() as other:
            other.desk.edit(message="From elsewhere")
        await side.reload()
        await side.desk.open_blank()
        assert side.desk.desk.message == "From elsewhere"


async def test_one_answer_is_written_from_all(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        answers = await run(side, "How are you?")
        assert await side.join(PRO)
        await ended(side)
        shown = side.answers.run
        assert shown is not None
        (joined,) = shown.joined
        tree = session_of(side).tree
        assert tree[joined].parent == tree[answers[0]].parent
        assert tree[answers[0]].written_from == 0
        sent = demo_service.requests()[-1]["body"]["messages"][-1]["content"]
        assert all(text_of(side, each) in sent for each in answers)
    async with opened() as side:
        assert session_of(side).tree[joined].written_from == 2, "it is known after a restart"


async def test_edited_turns_make_a_branch_only_when_they_are_run(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        answers = await run(side, "How are you?")
        await side.keep(answers[0])
        session = session_of(side)
        before, leaf = len(session.tree), session.conversation.leaf
        question, answer = side.desk.turns
        call, result = tool_turns(1)
        system = DraftTurn("s", "developer", "Count in {{language}}.")
        edited = msgspec.structs.replace(answer, text="I am well.")
        side.desk.set_turns([system, msgspec.structs.replace(question, name="Ann"), edited, call, result])
        side.desk.edit(message="And you?", variables={"language": "French"})
        assert len(session.tree) == before
        side.desk.set_turns([each for each in side.desk.turns if each is not side.desk.turns[0]])
        side.desk.undo()
        assert len(side.desk.turns) == 5
        await run(side)
        assert session.conversation.leaf == leaf, "the conversation shows what it showed"
        sent = demo_service.requests()[-1]["body"]["messages"]
        assert sent[0] == {"role": "developer", "content": "Count in French."}
        assert sent[1] == {"role": "user", "content": "How are you?", "name": "Ann"}
        assert sent[2]["content"] == "I am well."
        assert sent[3]["tool_calls"][0]["id"] == sent[4]["tool_call_id"] == "call_1"
        assert sent[-1] == {"role": "user", "content": "And you?"}


async def test_a_last_answer_is_the_beginning_of_every_answer(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        side.desk.set_turns([DraftTurn("q", "user", "How are you?"), DraftTurn("p", "assistant", "Very well, because")])
        answers = await run(side)
        assert all(text_of(side, each).startswith("Very well, because") for each in answers)
        assert demo_service.requests()[-1]["body"]["messages"][-1] == {
            "role": "assistant",
            "content": "Very well, because",
        }


async def test_a_conversation_is_opened_with_its_last_question(opened: Opened) -> None:
    async with opened() as side:
        answers = await run(side, "How are you?")
        await side.keep(answers[0])
        session = session_of(side)
        await side.desk.open_blank()
        await side.desk.open_conversation(session.id)
        assert side.desk.desk.message == "How are you?" and side.desk.turns == ()
        side.desk.edit(message="Who are you?")
        await side.desk.open_blank()
        await side.desk.open_conversation(session.id)
        assert side.desk.desk.message == "Who are you?", "what was typed stays"


async def test_what_was_never_sent_and_what_was_lost_are_told_apart(opened: Opened, demo_service: DemoService) -> None:
    async with opened() as side:
        answers = await run(side, "How are you?")
        shown, session = side.answers.run, session_of(side)
        assert shown is not None
        parent = session.tree[answers[0]].parent
        # As a kill leaves it: one answer had begun, another was still waiting.
        lost = Message("lost", "assistant", (Text("So far"),), parent)
        await side._store.keep_messages(session.id, (lost,), show=False, begun=True)
        killed = shown.with_answer(0, "lost").with_sent("lost").with_answer(1, "waiting")
        side.runs.put(killed)
    sent = len(demo_service.requests())
    async with opened() as side:
        assert side.answers.state("lost") == "lost" and text_of(side, "lost") == "So far"
        assert side.answers.state("waiting") == "unsent"
        assert len(demo_service.requests()) == sent, "nothing is sent again by itself"
