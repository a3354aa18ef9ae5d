"""A reply with a thousand tool calls: shown over many frames, in their order, so that Stop is not kept waiting."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Reply, Text, Thinking, ToolCall
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


def looked_through(view: AssistantMessageView) -> list[QAbstractButton]:
    """The buttons among which a command of the palette looks for its own."""
    return [button for area in view.command_areas() for button in area.findChildren(QAbstractButton)]


def test_commands_do_not_look_through_the_cards_of_finished_calls(qtbot: QtBot) -> None:
    view = streaming(qtbot)
    finished = tuple(call(number, "done") for number in range(COUNT))
    view.set_message(Message("m", "assistant", (Thinking("Hm.", 0), *finished), replies=(Reply("a", "a"),)))
    qtbot.waitUntil(lambda: [card.call for card in cards(view)] == list(finished))
    assert view.footer.copy_button in looked_through(view)
    assert not [button for button in looked_through(view) if any(card.isAncestorOf(button) for card in cards(view))]
    assert "Thoughts" in [button.accessibleName() for button in looked_through(view)]


def test_commands_reach_the_card_of_a_call_that_waits(qtbot: QtBot) -> None:
    view = AssistantMessageView(Message("m", "assistant", ()), 1)
    qtbot.addWidget(view)
    view.begin()
    view.update_tool_call(call(0, "done"))
    view.update_tool_call(call(1, "waiting", "{}"))
    assert "Allow" in [button.text() for button in looked_through(view)]
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in view.findChildren(QTimer)))
