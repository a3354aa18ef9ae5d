"""Presentation mode in the real window: no personal data is in the tree until the mode is left."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.test_workbench import ask, wait_for_reply
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window, workbench
from tests.plugins import demo_service as demo
from tests.plugins.demo_service import DemoService

KEY = "sk-presented0123456789wxyz"
USER_NAME = "annikaberg"


@pytest.fixture
def service() -> Iterator[DemoService]:
    started = demo.start("--pace", "0", "--no-limits", "--key", KEY)
    yield started
    demo.stop(started)


@pytest.fixture
def window(
    desktop: VirtualDesktop,
    open_window: StartProgram,
    service: DemoService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Window:
    """The workbench with a home in a folder named after its user, a key, and a local service."""
    for name, value in {"LOGNAME": USER_NAME, "MIMO_API_KEY": KEY, "MIMO_BASE_URL": service.base_url}.items():
        monkeypatch.setitem(desktop.environment, name, value)
    return open_window(workbench(home=tmp_path / USER_NAME / "workbench"))


def show_view(window: Window, name: str) -> None:
    """Show a view and wait until it is there: a press takes effect only after it has returned."""
    window.find(name, "check box").press()
    window.find(name, "check box").wait_for(lambda button: button.checked)


def text_of_all_views(window: Window) -> list[str]:
    """All text that a user can read or hear, in every view and on every page of the settings."""
    found: list[str] = []
    for view in ("Chat", "Studio", "Voices", "Settings"):
        show_view(window, view)
        if view == "Settings":
            for page in ("Network", "Audio", "Appearance", "Data", "About", "Services"):
                row = window.find("Settings pages", "list").find(page, "list item")
                row.press()
                row.wait_for(lambda row: "selected" in row.states)
                found += window.all_text()
        found += window.all_text()
    return found


DRAFTS = {"Chat": ("Message",), "Studio": ("Text to speak",), "Voices": ("Voice description", "Preview text")}
"""Fields by view into which something personal is typed before the mode begins."""


def write_drafts(window: Window, text: str) -> None:
    """Type a text into every field of `DRAFTS`; of the voices that is the tab Design."""
    for view, fields in DRAFTS.items():
        show_view(window, view)
        if view == "Voices":
            window.find("Design", timeout=20).press()
        for field in fields:
            window.find(field, "text").set_text(text)
    window.find("Chat", "check box").press()


def containing(texts: list[str], *secrets: str) -> list[str]:
    return [text for text in texts for secret in secrets if secret.lower() in text.lower()]


def test_presentation_mode_hides_all_personal_data(window: Window, service: DemoService, tmp_path: Path) -> None:
    window.find("Message", "text", timeout=20)
    ask(window, f"{USER_NAME} keeps {tmp_path}/{USER_NAME}/line.wav")
    wait_for_reply(window, "MiMo 1")
    window.find("Inspector", "check box").press()
    window.find("Calls", "list", timeout=20)
    write_drafts(window, f"{USER_NAME} is in {tmp_path}/{USER_NAME}/draft.txt, the key is {KEY}")
    secrets = (USER_NAME, str(tmp_path), KEY[-4:])
    before = window.all_text()
    for secret in secrets[:2]:
        assert containing(before, secret), f"{secret} is visible outside presentation mode"
    window.find("Settings", "check box").press()
    window.find("Presentation mode", "check box").press()
    window.find("Presentation", "label")
    assert containing(text_of_all_views(window), *secrets) == []
    window.find("MiMo Workbench", "frame")
    window.find("Presentation mode", "check box").press()
    window.find("Chat", "check box").press()
    window.find("Message", "text").wait_for(lambda node: KEY in node.text)
    message = window.find("You 1", "panel").find("Words", "text")
    message.wait_for(lambda node: str(tmp_path) in node.text and USER_NAME in node.text)
