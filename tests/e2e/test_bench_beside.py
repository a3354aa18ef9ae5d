"""Answers side by side through the accessibility tree: from a typed message to the branches in the chat."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import ask, wait_for_reply, with_service
from tests.e2e.tree import Node
from tests.e2e.window import Window

CONTRACT = {
    "check box": ("Think first", "Difference"),
    "push button": ("Keep this answer", "Remove column", "Add column", "Run beside"),
    "text": ("Message", "Answer", "Differences", "Model", "System prompt"),
    "spin button": ("Temperature",),
    "page tab": ("Beside",),
    "panel": ("Column 1", "Column 2"),
}


@pytest.fixture
def window(start_workbench: StartProgram) -> Window:
    opened = with_service(start_workbench())
    opened.find("Bench", "check box").press()
    opened.find("Column 2", "panel", timeout=20)
    return opened


def finished(window: Window, number: int) -> Node:
    column = window.find(f"Column {number}", "panel")
    column.find("finished", timeout=60)
    return column


def test_the_empty_page_has_every_name_of_the_contract(window: Window) -> None:
    window.find(beginning="Usage", role="label", timeout=20)
    tree = window.dump(showing=False)
    missing = [(role, name) for role, names in CONTRACT.items() for name in names if f"[{role}] '{name}'" not in tree]
    assert missing == []


def test_two_columns_answer_one_is_kept_and_both_are_branches(window: Window) -> None:
    window.find("Message", "text").set_text("Say hello to {{who}}")
    second = window.find("Column 2", "panel")
    second.find("System prompt", "text").set_text("Be brief.")
    window.find("Variable who", "text").set_text("Hebei")
    window.find("Run beside", "push button").press()
    answers = [finished(window, number).find("Answer").text for number in (1, 2)]
    assert all(answers)
    assert "so far" not in window.find("Column 1", "panel").find(beginning="Usage", role="label").name
    window.find("Difference", "check box").press()
    window.find("Differences", "text").wait_for(lambda node: "Be brief." in node.text, 20)
    second.find("Keep this answer", "push button").press()
    reply = window.find("MiMo 1", "panel", timeout=20)
    assert reply.find("Answer").text == answers[1]
    assert window.find("You 1", "panel").visible_text.count("Say hello to Hebei")
    window.find("Previous version", "push button").wait_for(lambda node: node.enabled).press()
    window.find("MiMo 1", "panel").wait_for(lambda node: node.find("Answer").text == answers[0], 20)


def test_a_conversation_of_the_chat_is_opened_and_survives_a_restart(
    start_workbench: StartProgram, window: Window
) -> None:
    window.find("Message", "text").set_text("Say hello")
    window.find("Run beside", "push button").press()
    finished(window, 1)
    window.find("Edit turns", "check box").press()
    window.find("Add system turn", "push button").press()
    window.find("Turn text 1", "text").set_text("You are a station.")
    window.find("Undo edit", "push button").press()
    window.find("Redo edit", "push button").wait_for(lambda node: node.enabled).press()
    window.find("Turn text 1", "text").wait_for(lambda node: node.text == "You are a station.")
    window.find("Message", "text").set_text("Say more")
    assert window.close() == 0
    again = with_service(start_workbench())
    again.find("Bench", "check box").press()
    again.find("Message", "text", timeout=20).wait_for(lambda node: node.text == "Say more", 20)
    finished(again, 1)
    again.find("Edit turns", "check box").press()
    assert again.find("Turn text 1", "text").text == "You are a station."


def test_what_came_before_a_kill_is_there_and_nothing_is_sent_again(
    start_workbench: StartProgram, window: Window
) -> None:
    window.find("Message", "text").set_text("Tell me about yourself.")
    window.find("Run beside", "push button").press()
    column = window.find("Column 1", "panel")
    column.find("writing", timeout=60)
    column.find("Answer").wait_for(lambda node: len(node.text) > 90, 60)
    window.kill()
    again = with_service(start_workbench())
    again.find("Bench", "check box").press()
    column = again.find("Column 1", "panel", timeout=20)
    column.find("cut off", timeout=20)
    kept = column.find("Answer").text
    assert kept and "appears here" not in kept
    assert again.find("Run beside", "push button").enabled, "nothing runs"
    column.find("Retry", "push button").press()
    finished(again, 1)
    assert again.find("Column 2", "panel").has("cut off")


def test_the_open_conversation_is_answered_in_other_ways(start_workbench: StartProgram) -> None:
    window = with_service(start_workbench())
    ask(window, "Say hello")
    first = wait_for_reply(window, "MiMo 1").find("Answer").text
    window.find("Compare side by side", "push button").press()
    window.find("Column 1", "panel", timeout=20)
    window.find("Message", "text").wait_for(lambda node: node.text == "Say hello", 20)
    window.find("Run beside", "push button").wait_for(lambda node: node.enabled).press()
    finished(window, 2)
    window.find("Chat", "check box").press()
    assert window.find("MiMo 1", "panel", timeout=20).find("Answer").text == first, "it shows what it showed"
    window.find("Next version", "push button", timeout=20).wait_for(lambda node: node.enabled)


def test_a_prompt_takes_the_place_of_a_typed_message_which_undo_puts_back(window: Window) -> None:
    window.find("Message", "text").set_text("Typed before")
    window.find("Prompts", "page tab").press()
    window.find("New prompt", "push button", timeout=20).press()
    # The press takes effect later: a text that is set before would begin a prompt of its own.
    window.find("Prompt library", "list").find(beginning="Untitled prompt, v1, not saved", timeout=20)
    window.find("Prompt text", "text").wait_for(lambda node: node.enabled, 20).set_text("Take orders.")
    window.find("Use in Bench", "push button").wait_for(lambda node: node.enabled, 20).press()
    message = window.find("Message", "text", timeout=20)
    message.wait_for(lambda node: node.text == "Take orders.", 20)
    window.find("Undo", "push button", timeout=20).press()
    message.wait_for(lambda node: node.text == "Typed before", 20)
