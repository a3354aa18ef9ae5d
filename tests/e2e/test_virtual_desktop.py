"""Tests of the harness, on a window that is not the workbench."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window

FAKE_APP = [sys.executable, str(Path(__file__).with_name("fake_app.py"))]


@pytest.fixture
def app(open_window: StartProgram) -> Window:
    return open_window(FAKE_APP)


def test_controls_can_be_found_pressed_and_read(app: Window) -> None:
    app.find("Message", "text").set_text("hello 你好")
    app.find("Echo").press()
    assert app.find("echo hello 你好", "label").text == "echo hello 你好"


def test_pressing_a_row_selects_it(app: Window) -> None:
    app.find("Rows", "list").find("second").press()
    app.find("row second")


def test_values_and_check_boxes_can_be_set_and_read(app: Window) -> None:
    times = app.find("Times", "spin button")
    times.set_value(7)
    assert times.value == 7
    loud = app.find("Loud", "check box")
    assert not loud.checked
    loud.press()
    loud.wait_for(lambda node: node.checked)


def test_keys_reach_the_focused_control(app: Window) -> None:
    app.find("Message").focus()
    app.type("typed ")
    app.key("exclam")
    app.find("Message").wait_for(lambda node: node.text == "typed !")


def test_hidden_controls_are_found_only_on_request(app: Window) -> None:
    assert not app.has("Hidden")
    assert app.find("Hidden", showing=False, timeout=0)


def test_missing_control_fails_with_the_visible_ones(app: Window) -> None:
    with pytest.raises(AssertionError, match=r"'No such thing'(.|\n)*'Echo'"):
        app.find("No such thing", timeout=0.1)


def test_output_on_stderr_is_unexpected(desktop: VirtualDesktop, tmp_path: Path) -> None:
    window = Window(desktop, FAKE_APP, tmp_path)
    try:
        window.find("Warn").press()
        window.find("Message").wait_for(lambda _: bool(window.unexpected_output()))
        assert window.unexpected_output() == ["FakeApp: something went wrong"]
    finally:
        window.kill()


def test_sigterm_ends_the_program_with_exit_code_zero(app: Window) -> None:
    assert app.close() == 0


def test_screenshot_shows_the_window(app: Window, tmp_path: Path) -> None:
    app.screenshot(tmp_path / "screenshot.png")
    size = subprocess.run(
        ["identify", "-format", "%w %h %k", str(tmp_path / "screenshot.png")],
        capture_output=True,
        text=True,
        check=True,
    )
    width, height, colours = map(int, size.stdout.split())
    assert (width, height) == (1440, 900)
    assert colours > 10


def test_sound_server_has_the_sink_and_the_microphone(desktop: VirtualDesktop) -> None:
    def listed(kind: str) -> str:
        asked = ["pactl", "list", "short", kind]
        return subprocess.run(asked, env=desktop.environment, capture_output=True, text=True, check=True).stdout

    assert "\tout\t" in listed("sinks")
    assert "\tmic\t" in listed("sources")
