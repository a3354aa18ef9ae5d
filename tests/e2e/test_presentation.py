"""Presentation mode in the real window: no personal data is in the tree until the mode is left."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

from app.core.resources import resource_path
from app.core.voices import Voice
from app.storage.database import Database
from app.storage.home import open_home
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
    home = tmp_path / USER_NAME / "workbench"
    asyncio.run(plant(home))
    return open_window(workbench(home=home))


async def plant(folder: Path) -> None:
    """Make a home with a saved voice and a saved prompt that are named after the user."""
    home = open_home(folder)
    prompt = {f"Prompt of {USER_NAME}": f"You are {USER_NAME}."}
    home.settings.write_text(json.dumps({"version": 1, "values": {"saved_prompts": prompt}}), encoding="utf-8")
    database = await Database.open(home)
    await database.voices.keep(Voice("v", f"Voice of {USER_NAME}", "designed", description=f"Sounds like {USER_NAME}."))
    await database.close()


def show_view(window: Window, name: str) -> None:
    """Show a view and wait until it is there: a press takes effect only after it has returned."""
    window.find(name, "check box").press()
    window.find(name, "check box").wait_for(lambda button: button.checked)


def text_of_all_views(window: Window) -> list[str]:
    """All text that a user can read or hear, in every view and on every page of the settings."""
    found: list[str] = []
    for view in ("Chat", "Bench", "Studio", "Voices", "Settings"):
        show_view(window, view)
        if view == "Bench":
            for page in ("Beside", "Cases", "Prompts"):
                window.find(page, "page tab", timeout=20).press()
                found += window.all_text()
        if view == "Settings":
            for page in ("Network", "Audio", "Appearance", "Data", "About", "Services"):
                row = window.find("Settings pages", "list").find(page, "list item")
                row.press()
                row.wait_for(lambda row: "selected" in row.states)
                found += window.all_text()
        found += window.all_text()
    return found


DRAFTS = {
    "Chat": ("Message",),
    "Bench": ("Prompt text", "Version note"),
    "Studio": ("Text to speak",),
    "Voices": ("Voice description", "Preview text"),
}
"""Fields by view into which something personal is typed before the mode begins."""


def write_drafts(window: Window, text: str) -> None:
    """Type a text into every field of `DRAFTS`; of the voices that is the tab Design."""
    for view, fields in DRAFTS.items():
        show_view(window, view)
        if view == "Voices":
            window.find("Design", timeout=20).press()
        if view == "Bench":
            window.find("Prompts", "page tab", timeout=20).press()
            window.find("Prompt library", "list").find(beginning=f"Prompt of {USER_NAME}", timeout=20)
        for field in fields:
            window.find(field, "text").set_text(text)
    window.find("Chat", "check box").press()


def open_tab(window: Window, tab: str) -> None:
    """Show a tab of the voices."""
    window.find("Voices", "check box").press()
    window.find(tab, timeout=20).press()


def begin_renaming(window: Window) -> None:
    """Open every field for a new name, which holds the old one."""
    open_tab(window, "Library")
    row = window.find("Saved voices", "list").find(beginning=f"Voice of {USER_NAME}", timeout=20)
    if "selected" not in row.states:
        row.press()
    window.find("Rename", "push button").wait_for(lambda button: button.enabled).press()
    window.find("New name", "text").wait_for(lambda node: USER_NAME in node.text)
    window.find("Studio", "check box").press()
    window.find("Rename session").press()
    window.find("Session title", "text").set_text(f"Session of {USER_NAME}")
    window.find("Chat", "check box").press()
    window.find("Show conversations").press()  # Folded away beside the inspector.
    window.find("Rename conversation").press()
    window.find("Conversation title", "text").set_text(f"Chat of {USER_NAME}")


def open_sample(window: Window, folder: Path) -> None:
    """Open a sample by its path, and name the voice to be made from it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.wav"
    copyfile(resource_path("samples", "lighthouse.wav"), path)
    open_tab(window, "Clone")
    window.find("Sample file", "text").set_text(str(path))
    window.find("Sample checks", "list", timeout=20)
    window.find("Voice name", "text").set_text(f"Clone of {USER_NAME}")


def containing(texts: list[str], *secrets: str) -> list[str]:
    return [text for text in texts for secret in secrets if secret.lower() in text.lower()]


def test_presentation_mode_hides_all_personal_data(window: Window, service: DemoService, tmp_path: Path) -> None:
    window.find("Message", "text", timeout=20)
    ask(window, f"{USER_NAME} keeps {tmp_path}/{USER_NAME}/line.wav")
    wait_for_reply(window, "MiMo 1")
    service.arm(f"param=Incorrect_API_key_provided:_sk-pr***{KEY[-4:]}")
    ask(window, "And now?")
    window.find(beginning="The service did not accept the request", timeout=20)
    window.find("System prompt", "text").set_text(f"You are {USER_NAME}.")
    window.find("Inspector", "check box").press()
    window.find("Calls", "list", timeout=20)
    open_sample(window, tmp_path / USER_NAME)
    begin_renaming(window)
    write_drafts(window, f"{USER_NAME} is in {tmp_path}/{USER_NAME}/draft.txt, the key is {KEY}")
    secrets = (USER_NAME, str(tmp_path), KEY[-4:])
    before = window.all_text()
    planted = ("Voice of", "Clone of", "Prompt of", "You are", "Chat of", "Session of", "Sounds like")
    for secret in (*(f"{words} {USER_NAME}" for words in planted), str(tmp_path), "sample.wav"):
        assert containing(before, secret), f"{secret} is visible outside presentation mode"
    window.find("Settings", "check box").press()
    window.find("Presentation mode", "check box").press()
    window.find("Presentation", "label")
    assert containing(text_of_all_views(window), *secrets) == []
    open_tab(window, "Library")
    window.find("Export voice").press()
    window.find("File name", timeout=20)
    assert containing(window.all_text(), *secrets) == []
    window.find("Cancel", "push button").press()
    window.find("Settings", "check box").press()
    window.find("MiMo Workbench", "frame")
    window.find("Presentation mode", "check box").press()
    window.find("Chat", "check box").press()
    window.find("Message", "text").wait_for(lambda node: KEY in node.text)
    message = window.find("You 1", "panel").find("Words", "text")
    message.wait_for(lambda node: str(tmp_path) in node.text and USER_NAME in node.text)
