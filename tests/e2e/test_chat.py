"""The chat through the accessibility tree: the contract's names, attachments, the inspector, the tree of messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import ask, wait_for_reply, with_service
from tests.e2e.window import Window

CONTRACT = {
    "check box": (
        "Think first", "Parameters", "Inspector", "Tools", "JSON mode", "Stream", "Web search", "Force search",
        "Send earlier thinking", "Ask before each tool", "Talk", "Keep my recordings",
    ),
    "push button": (
        "Send", "Attach", "Attach by address", "Dictate", "New conversation", "Remove attachment", "Add address",
        "Check address", "Copy as curl", "Copy as Python", "Send again", "Compare with", "Add tool", "Remove tool",
        "Try tool",
    ),
    "text": (
        "Message", "Model", "Search conversations", "Find in conversation", "Attachment address", "System prompt",
        "Prompt preset", "Task preset", "Resolution", "Stop sequences", "Search location", "Extra body", "Request",
        "Response", "Python library", "Tool name", "Tool description", "Tool parameters", "Sample arguments",
        "Canned result", "Tool answer", "Conversation voice",
    ),
    "spin button": (
        "Temperature", "Top P", "Max tokens", "Frequency penalty", "Presence penalty", "Search keywords",
        "Search results", "Frames per second",
    ),
    "list": ("Conversations", "Attachments", "Calls", "Tool list"),
    "page tab": ("Request", "Response", "Events"),
}  # fmt: skip
"""The names of the chat in the contract, by role; a choice is the text of its editable box."""


@pytest.fixture
def window(start_workbench: StartProgram) -> Window:
    return with_service(start_workbench())


def test_the_empty_chat_has_every_name_of_the_contract(window: Window) -> None:
    window.find(beginning="Context ", role="label")
    tree = window.dump(showing=False)
    missing = [(role, name) for role, names in CONTRACT.items() for name in names if f"[{role}] '{name}'" not in tree]
    assert missing == []
    assert "[label] 'Timeline" in tree


def attach(window: Window, path: Path) -> None:
    """Attach a file as a person does who types its path into the file dialog."""
    window.find("Attach", "push button").press()
    window.find(beginning="File name", role="text", timeout=20).set_text(str(path))
    window.find("Open", "push button").press()


def test_what_the_model_saw_is_there_after_a_restart(start_workbench: StartProgram, tmp_path: Path) -> None:
    picture = tmp_path / "harbour.png"
    Image.new("RGB", (320, 200), (30, 90, 160)).save(picture)
    window = start_workbench()
    window.find(beginning="Service Demo service", timeout=30)
    attach(window, picture)
    window.find("Attachments", "list").find(beginning="harbour.png", timeout=20)
    ask(window, "What colour is this picture?")
    answer = wait_for_reply(window, "MiMo 1").find("Answer").text
    assert "320" in answer or "blue" in answer.lower(), answer
    draft = window.find("Attachments", "list", showing=False)
    assert not draft.find_all(role="list item"), "sent, so no longer in the draft"
    picture.unlink()
    assert window.close() == 0
    again = start_workbench()
    again.find("You 1", "panel", timeout=30).find("Open harbour.png", timeout=20)


def test_an_edited_request_is_sent_again_as_a_version(window: Window) -> None:
    ask(window, "Say hello")
    wait_for_reply(window, "MiMo 1")
    window.find("Inspector", "check box").press()
    window.find("Calls", "list").find(beginning="Answer 1", timeout=20).press()
    request = window.find("Request", "text").wait_for(lambda field: "Say hello" in field.text)
    body = json.loads(request.text)
    body["messages"][-1]["content"] = "Say goodbye"
    request.set_text(json.dumps(body))
    window.find("Send again", "push button").wait_for(lambda button: button.enabled).press()
    window.find(beginning="2 / 2", timeout=30)


def test_a_message_is_deleted_and_comes_back(window: Window) -> None:
    ask(window, "Say hello")
    message = wait_for_reply(window, "MiMo 1")
    message.find("Send to Studio", "push button")
    message.find("Delete message", "push button").press()
    window.find("Undo", "push button").press()
    window.find("MiMo 1", "panel").find("Answer")
    window.find("MiMo 1", "panel").find("Branch from here", "push button").press()
    window.find("Conversations", "list").wait_for(lambda rows: len(rows.find_all(role="list item")) == 2)
