"""Settings of the real program, controlled through the accessibility tree only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import ask, wait_for_reply
from tests.e2e.tree import Node
from tests.e2e.window import Window

WRONG_KEY = "tp-planted-0123456789abcdef"
TESTS = ("Key", "Models", "Chat", "Streaming", "Web search", "Speech")
CONTROLS = (
    ("list", "Settings pages"), ("list", "Service profiles"), ("list", "Test results"),
    *(("push button", name) for name in ("Add service", "Save key", "Remove key", "Test connection",
                                         "Use this service")),
    *(("text", name) for name in ("Service type", "Protocol", "Authentication", "Base URL")),
    ("password text", "API key"),
)  # fmt: skip


@pytest.fixture
def window(start_workbench: StartProgram) -> Window:
    opened = start_workbench()
    opened.find(beginning="Service Demo service", timeout=20)
    opened.find("Settings", "check box").press()
    opened.find("Settings pages", "list")
    return opened


def page(window: Window, name: str) -> None:
    row = window.find("Settings pages", "list").find(name, "list item")
    row.press()
    row.wait_for(lambda row: "selected" in row.states)
    assert window.has("Presentation mode", "check box")


def saved_settings(home: Path) -> dict[str, object]:
    values: dict[str, object] = json.loads((home / "settings.json").read_text(encoding="utf-8"))["values"]
    return values


def result(window: Window, name: str) -> Node:
    return window.find("Test results", "list").find(beginning=f"{name}, works", timeout=40)


def test_all_settings_pages_can_be_used(window: Window, tmp_path: Path) -> None:
    home = tmp_path / "home"
    for role, name in CONTROLS:
        assert window.has(name, role), (role, name)

    # Test the connection to the demo service.
    window.find("Test connection", "push button").press()
    for name in TESTS:
        result(window, name)

    # Add a service. A key of the wrong kind is refused with an explanation and is not saved anywhere.
    window.find("Service type", "text").set_text("Pay-as-you-go")
    window.find("Add service", "push button").press()
    window.find(beginning="Pay-as-you-go 2, ", role="list item")
    window.find("API key", "password text").set_text(WRONG_KEY)
    window.find(beginning="This is a Token Plan key")
    window.find("Save key", "push button").press()
    window.find(beginning="This key is not the kind")
    assert all(WRONG_KEY.encode() not in path.read_bytes() for path in home.rglob("*") if path.is_file())
    window.find("Remove service", "push button").press()
    window.wait_for(lambda window: not window.has(beginning="Pay-as-you-go 2, ", role="list item"))
    window.find("Undo", "push button").press()
    window.find(beginning="Pay-as-you-go 2, ", role="list item")

    # Change theme and language while the window is open.
    page(window, "Appearance")
    window.find("Theme", "text").set_text("Dark")
    window.find("Language", "text").set_text("简体中文")
    window.find("设置页面", "list")
    window.find("语言", "text").set_text("English")
    window.find("Settings pages", "list")
    window.find("Text size", "spin button").set_value(150)
    assert saved_settings(home)["theme"] == "dark"
    assert saved_settings(home)["text_size"] == 150
    window.find("Text size", "spin button").set_value(100)

    # A search result is scrolled into view.
    window.find("Search settings", "text").set_text("retries")
    window.find("Found settings", "list").find(beginning="Retries", role="list item").press()
    window.find("Retries", "spin button").set_value(5)
    assert saved_settings(home)["retries"] == 5
    window.find("Search settings", "text").set_text("")

    page(window, "Audio")
    assert window.has("Output device", "text")
    assert window.has("Input device", "text")
    window.find("Play a test tone", "push button").press()
    meter = window.find("Microphone meter", "check box")
    for on in (True, False):
        meter.press()
        meter.wait_for(lambda meter, on=on: meter.checked is on)

    page(window, "About")
    window.find("Diagnostics", "text").wait_for(lambda shown: "MiMo Workbench" in shown.text)


def test_erasing_everything_closes_the_program_and_empties_the_home(window: Window, tmp_path: Path) -> None:
    home = tmp_path / "home"
    page(window, "Data")
    window.find("Back up now", "push button").press()
    window.find(beginning="Backup created")
    window.find("Erase everything", "push button").press()
    window.find("Confirmation", "text").set_text("ERASE")
    window.find("Erase and close", "push button").press()
    assert window.process.wait(20) == 0
    assert [path.name for path in home.iterdir()] == ["lock"]


def test_usage_is_kept_after_a_restart(start_workbench: StartProgram) -> None:
    first = start_workbench()
    first.find(beginning="Service Demo service", timeout=20)
    ask(first, "Hello there")
    wait_for_reply(first, "MiMo 1")
    assert first.close() == 0
    second = start_workbench()
    second.find(beginning="Service Demo service", timeout=20)
    second.find("Settings", "check box").press()
    used = second.find("Spend by model", "list").find(beginning="mimo-v", role="list item").name
    assert "1 calls, this run –, today" in used
