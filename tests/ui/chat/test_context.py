"""The context counter, its warning, and what can be left out or summarised."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.context_estimate import ContextUse
from app.core.conversation import Conversation
from app.core.errors import Code, ServiceError
from app.core.events import Finished, TextDelta, UsageReported
from app.core.messages import Usage
from app.core.presentation_mask import PresentationMask
from app.core.settings import PARAMETERS_OPEN
from app.core.summaries import with_summary
from app.services.chat.request_building import SUMMARY_HEADING
from app.ui.chat.context import presenter
from app.ui.chat.context.counter import ContextCounter
from app.ui.chat.context.offer import ContextOffer
from app.ui.chat.offer_area import OfferArea
from app.ui.chat.transcript.edit_field import EditField
from app.ui.chat.transcript.left_out import LeftOutLine, Veil
from app.ui.theme.theme import theme
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.chat.harness import ChatHarness, chat


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenter, "PAUSE_MS", 5)


def reply(text: str, prompt: int) -> list[object]:
    return [TextDelta(text), Finished("stop"), UsageReported(Usage(prompt=prompt, completion=10))]


def counter(harness: ChatHarness) -> ContextCounter:
    (found,) = harness.view.findChildren(ContextCounter)
    return found


def offer(harness: ChatHarness) -> ContextOffer | None:
    return next((offer for offer in harness.view.findChildren(ContextOffer) if offer.isVisible()), None)


async def talk(harness: ChatHarness, *texts: str) -> None:
    for text in texts:
        await harness.ask(text)
        await harness.settled()


async def test_the_counter_is_there_at_once_and_follows_draft_and_answers(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("Hello", 5000)) as harness:
        label = counter(harness)
        await harness.until(lambda: label.text() == "Context ≈ 0 of 1M")
        harness.view.composer.field.setPlainText("x" * 4000)
        await harness.until(lambda: label.text() == "Context ≈ 1K of 1M")
        assert "What is being typed: 1" in label.toolTip()
        await talk(harness, "Hi")
        await harness.until(lambda: label.text() == "Context ≈ 5K of 1M")
        assert "counted by the service" in label.toolTip()
        assert not label.is_warning
        assert offer(harness) is None


async def test_the_message_on_its_way_is_counted_and_the_count_never_drops(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    slow = [gate, *reply("Two", 6500)]
    async with chat(qtbot, tmp_path, reply("One", 5000), slow) as harness:
        label, shown = counter(harness), list[int]()
        await talk(harness, "Hi")
        await harness.until(lambda: label.text() == "Context ≈ 5K of 1M")
        harness.view.composer.field.setPlainText("x" * 4000)
        await harness.until(lambda: label.text() == "Context ≈ 6K of 1M")
        show_use = label.show_use

        def note(use: ContextUse) -> None:
            shown.append(use.tokens)
            show_use(use)

        label.show_use = note  # type: ignore[method-assign]
        harness.button("Send").click()
        await harness.until(lambda: bool(harness.script.requests[1:]))
        harness.view.composer.field.setPlainText("y" * 40)
        await harness.until(lambda: shown[-1] == 6020)
        assert min(shown) >= 6010, "what was sent is part of the next request"
        gate.set()
        await harness.settled()
        await harness.until(lambda: shown[-1] == 6520)


async def test_leaving_out_is_offered_at_eighty_per_cent_marked_and_undone(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("One", 10), reply("Two", 900_000), reply("Three", 30)) as harness:
        await talk(harness, "First", "Second")
        await harness.until(lambda: offer(harness) is not None)
        shown, session = offer(harness), harness.workspace.current
        assert shown is not None
        assert session is not None
        assert counter(harness).text() == "Context ≈ 900K of 1M · 85 %"
        assert "fills 85 % of the context of MiMo" in shown.reason.accessibleName()
        assert shown.anyway_button.isHidden()
        shown.number.setValue(2)
        assert shown.last.text() == "up to “One”"
        assert "costs at most ≈ $0.0010" in shown.effect.text()
        first, second = session.branch[:2]
        shown.leave_out_button.click()
        assert list(session.conversation.left_out) == [first.id, second.id]
        assert not shown.isVisible()
        lines = [line for line in harness.view.findChildren(LeftOutLine) if line.isVisible()]
        assert len(lines) == len([veil for veil in harness.view.findChildren(Veil) if veil.isVisible()]) == 2
        await talk(harness, "Third")
        assert [message.text for message in harness.script.requests[-1].messages] == ["Second", "Two", "Third"]
        lines[0].button.click()
        assert list(session.conversation.left_out) == [second.id]
        assert len([line for line in harness.view.findChildren(LeftOutLine) if line.isVisible()]) == 1
        harness.undos[-1]()
        assert list(session.conversation.left_out) == [first.id, second.id]
        harness.view.composer.field.setPlainText("draft")
        identifier = session.id
        await harness.workspace.settle(identifier)
    async with chat(qtbot, tmp_path) as harness:
        await harness.workspace.open(identifier)
        marked = [line for line in harness.view.findChildren(LeftOutLine) if line.isVisible()]
        assert len(marked) == 2, "also after a restart"


async def test_a_message_that_does_not_fit_stays_until_it_is_sent_anyway(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("One", 1_048_000), reply("Two", 10)) as harness:
        await talk(harness, "First")
        long = "x" * 4000
        await harness.ask(long)
        assert len(harness.script.requests) == 1
        assert harness.view.composer.text() == long
        shown = offer(harness)
        assert shown is not None
        assert shown.reason.accessibleName().startswith("This message does not fit")
        shown.anyway_button.click()
        await harness.settled()
        assert len(harness.script.requests) == 2
        assert harness.view.composer.text() == ""
        assert offer(harness) is None


@pytest.mark.parametrize("way", ["anyway", "leave out"])
async def test_another_answer_that_does_not_fit_is_not_asked_for_until_it_is_confirmed(
    qtbot: QtBot, tmp_path: Path, way: str
) -> None:
    answers = reply("One", 1_048_500), reply("Two", 10), reply("Three", 10)
    async with chat(qtbot, tmp_path, *answers) as harness:
        await talk(harness, "First")
        session = harness.workspace.current
        assert session is not None
        shown = await _offered(harness)
        shown.close_button.click()
        harness.view.composer.field.setPlainText("x" * 4000)
        harness.button("Send").click()
        (await _offered(harness)).anyway_button.click()
        await harness.settled()
        assert len(harness.script.requests) == 2 and offer(harness) is None
        harness.view.composer.field.setPlainText("draft")
        leaf = session.branch[-1].id
        model, sampling = session.conversation.model, session.conversation.sampling
        harness.presenter.tree._regenerate(session, leaf, model, sampling)  # as its dialog does
        shown = await _offered(harness)
        shown.close_button.click()
        harness.button("Regenerate").click()
        shown = await _offered(harness)
        assert shown.reason.accessibleName().startswith("This conversation does not fit: it takes")
        assert len(harness.script.requests) == 2 and session.branch[-1].id == leaf
        if way == "anyway":
            shown.anyway_button.click()
        else:
            shown.number.setValue(2)
            shown.leave_out_button.click()
            harness.button("Regenerate").click()
        await harness.settled()
        assert len(harness.script.requests) == 3 and session.branch[-1].text == "Three"
        sent = [message.text[:5] for message in harness.script.requests[-1].messages]
        assert sent == (["First", "One", "xxxxx"] if way == "anyway" else ["xxxxx"])
        assert harness.view.composer.text() == "draft"


async def test_an_edited_message_that_does_not_fit_stays_in_its_editor(qtbot: QtBot, tmp_path: Path) -> None:
    answers = reply("One", 1_048_000), reply("Two", 20), reply("Three", 10)
    async with chat(qtbot, tmp_path, *answers) as harness:
        await talk(harness, "First")
        (await _offered(harness)).close_button.click()
        await talk(harness, "Second")
        session = harness.workspace.current
        assert session is not None and len(harness.script.requests) == 2
        harness.button("Edit message").click()
        editor = next(each for each in harness.view.findChildren(EditField) if each.isVisible())
        editor.editor.setPlainText("y" * 4000)
        editor.send.click()
        shown = await _offered(harness)
        assert shown.reason.accessibleName().startswith("This message does not fit")
        assert len(harness.script.requests) == 2 and editor.isVisible()
        editor.editor.setPlainText("z" * 4000)
        shown.anyway_button.click()
        await harness.settled()
        assert harness.script.requests[-1].messages[-1].text == "z" * 4000, "what is in the editor now"
        assert session.branch[-1].text == "Three"
        assert not [each for each in harness.view.findChildren(EditField) if each.isVisible()]


async def test_an_edit_that_was_cancelled_is_not_sent_anyway(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("One", 1_048_000), reply("Two", 20)) as harness:
        await talk(harness, "First")
        (await _offered(harness)).close_button.click()
        await talk(harness, "Second")
        harness.button("Edit message").click()
        editor = next(each for each in harness.view.findChildren(EditField) if each.isVisible())
        editor.editor.setPlainText("y" * 4000)
        editor.send.click()
        shown = await _offered(harness)
        editor.cancel.click()
        shown.anyway_button.click()
        assert len(harness.script.requests) == 2 and offer(harness) is None


async def _offered(harness: ChatHarness) -> ContextOffer:
    await harness.until(lambda: offer(harness) is not None)
    shown = offer(harness)
    assert shown is not None
    return shown


async def test_a_summary_is_written_edited_used_and_undone(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    summary = [TextDelta("They "), gate, TextDelta("greeted."), Finished("stop")]
    async with chat(qtbot, tmp_path, reply("One", 900_000), summary, reply("Two", 20)) as harness:
        await talk(harness, "First")
        await harness.until(lambda: offer(harness) is not None)
        shown, session = offer(harness), harness.workspace.current
        assert shown is not None
        assert session is not None
        shown.number.setValue(2)
        shown.summarise_button.click()
        await harness.until(lambda: shown.summary.toPlainText() == "They ")
        request = harness.script.requests[-1]
        assert [message.text for message in request.messages[:2]] == ["First", "One"]
        assert request.messages[-1].text.startswith("Summarise")
        assert (shown.summarise_button.text(), shown.use_button.isEnabled()) == ("Stop the summary", False)
        gate.set()
        await harness.until(shown.use_button.isEnabled)
        assert shown.summary.toPlainText() == "They greeted."
        shown.summary.setPlainText("They greeted each other.")
        shown.use_button.click()
        conversation = session.conversation
        assert (conversation.summary, len(conversation.left_out)) == ("They greeted each other.", 2)
        await talk(harness, "Second")
        texts = [message.text for message in harness.script.requests[-1].messages]
        assert texts == [f"{SUMMARY_HEADING}They greeted each other.", "Second"]
        harness.undos[-1]()
        assert (session.conversation.summary, session.conversation.left_out) == ("", ())


async def test_another_version_of_a_summarised_message_is_marked_as_it_is_sent(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("One", 10), reply("Two", 10), reply("Three", 10)) as harness:
        await talk(harness, "First", "Second")
        session = harness.workspace.current
        assert session is not None
        session.configure(**_fields(with_summary(session.conversation, session.branch, 2, "They greeted.")))

        def marked() -> int:
            return len([line for line in harness.view.findChildren(LeftOutLine) if line.isVisible()])

        assert marked() == 2
        leaf = session.conversation.leaf
        session.edit(session.branch[0].id, "First again")
        await harness.settled()
        assert [message.text for message in harness.script.requests[-1].messages] == ["First again"]
        assert marked() == 0
        session.show_branch(leaf or "")
        await harness.until(lambda: marked() == 2)


def _fields(conversation: Conversation) -> dict[str, object]:
    return {name: getattr(conversation, name) for name in ("left_out", "summary", "summary_of")}


async def test_a_failed_or_stopped_summary_keeps_what_arrived(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    failing = [TextDelta("Half"), ServiceError(Code.SERVER_ERROR, status=500, message="boom")]
    stopped = [TextDelta("Again"), gate]
    async with chat(qtbot, tmp_path, reply("One", 900_000), failing, stopped) as harness:
        await talk(harness, "First")
        await harness.until(lambda: offer(harness) is not None)
        shown, session = offer(harness), harness.workspace.current
        assert shown is not None
        assert session is not None
        shown.summarise_button.click()
        await harness.until(lambda: shown.summarise_button.text() == "Summarise them" and bool(shown.progress.text()))
        assert shown.summary.toPlainText() == "Half"
        assert shown.progress.text() != ""
        shown.summarise_button.click()
        await harness.until(lambda: shown.summary.toPlainText() == "Again")
        shown.summarise_button.click()
        await harness.until(lambda: shown.summarise_button.text() == "Summarise them")
        assert "Stopped" in shown.progress.text()
        shown.summary.setPlainText("Mine")
        harness.button("New conversation").click()
        assert offer(harness) is None
        await harness.workspace.open(session.id)
        await harness.until(lambda: offer(harness) is shown)
        assert shown.summary.toPlainText() == "Mine", "what was typed is there again"


async def test_typing_costs_the_same_in_a_long_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("One", 10)) as harness:
        await talk(harness, "First")
        label = counter(harness)
        await harness.until(lambda: "counted by the service" in label.toolTip())
        session = harness.workspace.current
        assert session is not None
        measured = []
        tree_branch = session.tree.branch
        session.tree.branch = lambda leaf: measured.append(leaf) or tree_branch(leaf)  # type: ignore[method-assign,func-returns-value]
        QTest.keyClicks(harness.view.composer.field, "abcd" * 20)
        await harness.until(lambda: "typed: 20" in label.toolTip())
        assert measured == [], "the messages are not counted again for what is typed"


def test_a_summary_is_masked_while_presenting_and_comes_back_whole(qtbot: QtBot) -> None:
    offer = ContextOffer()
    qtbot.addWidget(offer)
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    try:
        offer.show_summary("")
        offer.set_summarising(True)
        for piece in ("Ann", "ika likes", " tea."):
            offer.append_summary(piece)
        assert "Annika" not in offer.summary.document().toPlainText()
        offer.set_summarising(False)
        assert "Annika" not in offer.summary.document().toPlainText()
        assert offer.summary.toPlainText() == "Annika likes tea."
    finally:
        presentation_cover().set_mask(None)
    assert offer.summary.document().toPlainText() == "Annika likes tea."


async def test_a_summary_that_is_stopped_by_leaving_stays_with_its_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    summary = [TextDelta("Half"), gate]
    async with chat(qtbot, tmp_path, reply("One", 900_000), summary, reply("Two", 900_000)) as harness:
        await talk(harness, "First")
        await harness.until(lambda: offer(harness) is not None)
        shown, first = offer(harness), harness.workspace.current
        assert shown is not None
        assert first is not None
        shown.summarise_button.click()
        await harness.until(lambda: shown.summary.toPlainText() == "Half")
        harness.button("New conversation").click()
        await talk(harness, "Second")
        await harness.until(lambda: offer(harness) is not None)
        assert shown.summary.toPlainText() == ""
        assert shown.summarise_button.text() == "Summarise them"
        await harness.workspace.open(first.id)
        await harness.until(lambda: shown.summary.toPlainText() == "Half")


@pytest.mark.parametrize("scale", [1.0, 2.0])
async def test_in_a_low_window_offer_panel_and_message_leave_each_other_room(
    qtbot: QtBot, tmp_path: Path, scale: float
) -> None:
    async with chat(qtbot, tmp_path, reply("One", 1_048_000)) as harness:
        window, view = QWidget(), harness.view
        qtbot.addWidget(window)
        window.resize(868, 570)
        view.setParent(window)
        view.setGeometry(window.rect())
        window.show()
        view.show()
        theme().set_text_scale(scale)
        try:
            await talk(harness, "First")
            await harness.ask("x" * 4000)
            shown = await _offered(harness)
            area, composer = view.findChild(OfferArea), view.composer
            assert isinstance(area, OfferArea)
            send = harness.button("Send")

            def place(part: QWidget) -> QRect:
                return QRect(part.mapTo(view, QPoint(0, 0)), part.size())

            def fits() -> bool:
                return (
                    place(composer.field).bottom() < place(send).top()
                    and place(area).bottom() < place(composer).top()
                    and place(composer).bottom() < view.height()
                )

            layout = shown.layout()
            assert layout is not None
            # Nothing in it is squeezed.
            await harness.until(lambda: fits() and shown.height() >= layout.totalHeightForWidth(shown.width()))
            assert area.height() >= min(shown.height(), 240)
            view.open_panel(PARAMETERS_OPEN)
            side = view._side
            await harness.until(lambda: fits() and place(side).bottom() < place(composer).top())
            assert side.height() >= 160 * scale
            view._side.close_page()
            shown.close_button.click()
            await harness.until(lambda: fits() and composer.field.height() > 150)
        finally:
            theme().set_text_scale(1.0)
            view.setParent(None)
