"""A reply with a thousand tool calls: shown over many frames, in their order, so that Stop is not kept waiting."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.core.messages import Message, Reply, Text, ToolCall
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.card_queue import AT_ONCE
from app.ui.chat.transcript.tool_card import ToolCard

COUNT = 60


def call(number: int, state: str = "streaming", arguments: str = "") -> ToolCall:
    return ToolCall(f"call_{number}", "calculate", arguments, 0, state)  # type: ignore[arg-type]


def cards(view: AssistantMessageView) -> list[ToolCard]:
    return [widget for widget in view.part_widgets() if isinstance(widget, ToolCard)]


def streaming(qtbot: QtBot) -> AssistantMessageView:
    view = AssistantMessageView(Message("m", "assistant", ()), 1)
    qtbot.addWidget(view)
    view.begin()
    for number in range(COUNT):
        view.update_tool_call(call(number))
        view.append_arguments(0, f"call_{number}", f'{{"n": {number}}}')
    return view


def test_many_cards_are_built_in_later_frames_in_their_order(qtbot: QtBot) -> None:
    view = streaming(qtbot)
    assert len(cards(view)) == AT_ONCE
    view.append_text(1, "All done.")
    view.flush()
    qtbot.waitUntil(lambda: len(cards(view)) == COUNT)
    view.flush()
    assert [card.call.id for card in cards(view)] == [f"call_{number}" for number in range(COUNT)]
    assert [card.call.arguments for card in cards(view)] == [f'{{"n": {number}}}' for number in range(COUNT)]
    assert view.part_widgets()[-1].accessibleName() == "Answer"
    assert not isinstance(view.part_widgets()[-1], ToolCard)


def test_stop_updates_few_cards_at_once_and_all_in_the_end(qtbot: QtBot) -> None:
    view = streaming(qtbot)
    stopped = tuple(call(number, "stopped", f'{{"n": {number}}}') for number in range(COUNT))
    view.set_message(Message("m", "assistant", (*stopped, Text("Stopped.", 1)), replies=(Reply("a", "a"),)))
    assert len(cards(view)) == AT_ONCE
    qtbot.waitUntil(lambda: [card.call for card in cards(view)] == list(stopped))


def test_a_search_finds_text_in_cards_that_are_not_built_yet(qtbot: QtBot) -> None:
    view = streaming(qtbot)
    view.text_views()
    assert len(cards(view)) == COUNT
