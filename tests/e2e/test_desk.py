"""The harness itself, on a window that is not the workbench."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Start
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window

TOY = [sys.executable, str(Path(__file__).with_name("toy.py"))]


@pytest.fixture
def toy(open_window: Start) -> Window:
    return open_window(TOY)


def test_controls_are_found_pressed_and_read(toy: Window) -> None:
    toy.find("Message", "text").set_text("hello 你好")
    toy.find("Echo").press()
    assert toy.find("echo hello 你好", "label").text == "echo hello 你好"


def test_a_row_is_selected(toy: Window) -> None:
    toy.find("Rows", "list").find("second").press()
    toy.find("row second")


def test_values_and_checks_are_set_and_read(toy: Window) -> None:
    times = toy.find("Times", "spin button")
    times.set_value(7)
    assert times.value == 7
    loud = toy.find("Loud", "check box")
    assert not loud.checked
    loud.press()
    loud.wait_for(lambda node: node.checked)


def test_the_keyboard_reaches_the_focused_control(toy: Window) -> None:
    toy.find("Message").focus()
    toy.type("typed ")
    toy.key("exclam")
    toy.find("Message").wait_for(lambda node: node.text == "typed !")


def test_what_is_hidden_is_found_only_when_asked_for(toy: Window) -> None:
    assert not toy.has("Hidden")
    assert toy.find("Hidden", showing=False, timeout=0)


def test_a_missing_control_fails_and_shows_what_is_there(toy: Window) -> None:
    with pytest.raises(AssertionError, match=r"'No such thing'(.|\n)*'Echo'"):
        toy.find("No such thing", timeout=0.1)


def test_a_line_on_stderr_is_a_complaint(desk: VirtualDesktop, tmp_path: Path) -> None:
    window = Window(desk, TOY, tmp_path)
    try:
        window.find("Complain").press()
        window.find("Message").wait_for(lambda _: bool(window.complaints()))
        assert window.complaints() == ["QToy: something is not right"]
    finally:
        window.kill()


def test_sigterm_ends_it_with_exit_code_zero(toy: Window) -> None:
    assert toy.close() == 0


def test_a_screenshot_shows_the_window(toy: Window, tmp_path: Path) -> None:
    toy.screenshot(tmp_path / "desk.png")
    size = subprocess.run(
        ["identify", "-format", "%w %h %k", str(tmp_path / "desk.png")], capture_output=True, text=True, check=True
    )
    width, height, colours = map(int, size.stdout.split())
    assert (width, height) == (1440, 900)
    assert colours > 10


def test_the_sound_server_has_the_sink_and_the_microphone(desk: VirtualDesktop) -> None:
    def listed(kind: str) -> str:
        asked = ["pactl", "list", "short", kind]
        return subprocess.run(asked, env=desk.environment, capture_output=True, text=True, check=True).stdout

    assert "\tout\t" in listed("sinks")
    assert "\tmic\t" in listed("sources")
