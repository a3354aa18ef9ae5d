"""Presentation mode in the real window: nothing of its user is anywhere in the tree; leaving it brings all back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window, workbench
from tests.plugins import demo_service as demo
from tests.plugins.demo_service import DemoService

KEY = "sk-presented0123456789wxyz"
PERSON = "annikaberg"


@pytest.fixture
def service() -> Iterator[DemoService]:
    started = demo.start("--pace", "0", "--no-limits", "--key", KEY)
    yield started
    demo.stop(started)


@pytest.fixture
def window(
    desk: VirtualDesktop, open_window: Start, service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Window:
    """On a home below a folder named after its user, with a key, talking to a service on this computer."""
    for name, value in {"LOGNAME": PERSON, "MIMO_API_KEY": KEY, "MIMO_BASE_URL": service.base_url}.items():
        monkeypatch.setitem(desk.environment, name, value)
    return open_window(workbench(home=tmp_path / PERSON / "workbench"))


def everywhere(window: Window) -> list[str]:
    """Everything a person could read or hear, view after view, with the inspector open and every page of settings."""
    found: list[str] = []
    for view in ("Chat", "Studio", "Voices", "Settings"):
        window.find(view, "check box").press()
        if view == "Settings":
            for page in ("Network", "Audio", "Appearance", "Data", "About", "Services"):
                window.find("Settings pages", "list").find(page, "list item").press()
                found += window.words()
        found += window.words()
    return found


def telling(words: list[str], *secrets: str) -> list[str]:
    return [text for text in words for secret in secrets if secret.lower() in text.lower()]


def test_an_audience_reads_nothing_of_the_user(window: Window, service: DemoService, tmp_path: Path) -> None:
    window.find("Message", "text", timeout=20).set_text(f"{PERSON} keeps {tmp_path}/{PERSON}/line.wav")
    window.find("Send", "push button").press()
    window.find(beginning="Usage", timeout=30)
    window.find("Inspector", "check box").press()
    window.find("Calls", "list", timeout=20)
    secrets = (PERSON, str(tmp_path), KEY[-4:])
    before = window.words()
    for secret in secrets[:2]:
        assert telling(before, secret), f"{secret} is shown as long as nobody looks on"
    window.find("Settings", "check box").press()
    window.find("Presentation mode", "check box").press()
    window.find("Presentation", "label")
    assert telling(everywhere(window), *secrets) == []
    window.find("MiMo Workbench", "frame")
    window.find("Presentation mode", "check box").press()
    window.find("Chat", "check box").press()
    said = window.find("You 1", "panel").find("Words", "text")
    said.wait_for(lambda words: str(tmp_path) in words.text and PERSON in words.text)
