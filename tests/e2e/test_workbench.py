"""The real program: answering, tool approval, stopping, recovery and shutdown."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.tree import Node
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window, wait_until_ended, workbench
from tests.plugins import demo_service as demo

TOOL_QUESTION = "What time is it in Beijing?"
LONG_QUESTION = "Compare tea and coffee."
LONG_ANSWER_ENDS = "A cup you enjoy beats a cup that is correct."
SLOW_PACE = "0.05"
"""Speed of a demo service whose long answer takes more than a minute."""
KEY = "sk-slow0123456789abcdefgh"


@pytest.fixture
def window(start_workbench: StartProgram) -> Window:
    return with_service(start_workbench())


@pytest.fixture
def slow_window(
    desktop: VirtualDesktop, open_window: StartProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    """The workbench with a service that takes more than a minute for a long answer."""
    service = demo.start("--pace", SLOW_PACE, "--no-limits", "--key", KEY)
    monkeypatch.setitem(desktop.environment, "MIMO_API_KEY", KEY)
    monkeypatch.setitem(desktop.environment, "MIMO_BASE_URL", service.base_url)
    yield open_window(workbench(home=tmp_path / "home"))
    demo.stop(service)


SLOW_ONCE = """
import os, sys
if "app.demo" in sys.orig_argv:
    try:
        os.close(os.open({marker!r}, os.O_CREAT | os.O_EXCL))
        sys.argv += ["--pace", {pace!r}]
    except FileExistsError:
        pass
"""
"""A `sitecustomize` that slows the first demo service of a program, and none after it."""


@pytest.fixture
def slow_at_first(
    desktop: VirtualDesktop, start_workbench: StartProgram, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Window:
    """The workbench whose demo service takes more than a minute for a long answer until it is started again."""
    folder = tmp_path / "site"
    folder.mkdir()
    script = SLOW_ONCE.format(marker=str(tmp_path / "slowed"), pace=SLOW_PACE)
    (folder / "sitecustomize.py").write_text(script, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(folder), desktop.environment.get("PYTHONPATH"))))
    monkeypatch.setitem(desktop.environment, "PYTHONPATH", path)
    opened = with_service(start_workbench())
    # The process is there before its Python has begun.
    end = time.monotonic() + 20
    while not (tmp_path / "slowed").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert (tmp_path / "slowed").exists()
    return opened


def with_service(opened: Window) -> Window:
    """Wait until the program and its demo service run."""
    opened.find(beginning="Service Demo service", timeout=20)
    # The models are requested after the first paint, so the service's process may start a little later.
    end = time.monotonic() + 20
    while not opened.children and time.monotonic() < end:
        time.sleep(0.05)
    return opened


def kill_service_in_mid_reply(window: Window) -> None:
    """Ask, and kill the demo service once something of the reply is there, long before its end."""
    (service,) = window.children
    window.expected_lines.add("WARNING app.services.demo_process: demo service ended with status -9")
    ask(window, LONG_QUESTION)
    window.find("MiMo 1", "panel", timeout=20).find("Thoughts", "check box", timeout=20)
    assert window.has("Stop", "push button")
    service.kill()


def ask(window: Window, question: str) -> None:
    window.find("Message", "text").set_text(question)
    window.find("Send", "push button").press()


def wait_for_reply(window: Window, name: str) -> Node:
    """Wait until the reply of the message `name` has ended: it shows its usage, and the composer can send again."""
    message = window.find(name, "panel", timeout=30)
    message.find(beginning="Usage", timeout=30)
    window.find("Send", "push button", timeout=30)
    return message


def wait_for_words(window: Window, name: str, ending: str) -> None:
    """Wait until the answer of the message `name` contains `ending`; the message may be replaced meanwhile."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        try:
            if ending in window.find(name, "panel", timeout=1).find("Answer", timeout=1).text:
                return
        except AssertionError:  # `ElementGone` is one.
            continue
    raise AssertionError(f"{name} does not say {ending!r}:\n{window.dump()}")


@pytest.mark.parametrize(
    ("role", "name"),
    [
        *[
            ("check box", name)
            for name in ("Chat", "Studio", "Voices", "Settings", "Think first", "Parameters", "Tools")
        ],
        *[("text", name) for name in ("Message", "Model", "Search conversations", "System prompt", "Prompt preset")],
        *[("push button", name) for name in ("Send", "New conversation")],
        *[("spin button", name) for name in ("Temperature", "Top P", "Max tokens", "Presence penalty")],
        ("list", "Conversations"),
    ],
)
def test_empty_view_has_all_controls(empty: Window, role: str, name: str) -> None:
    assert empty.has(name, role)


@pytest.fixture(scope="module")
def empty(desktop: VirtualDesktop, tmp_path_factory: pytest.TempPathFactory) -> Window:
    folder = tmp_path_factory.mktemp("empty")
    opened = Window(desktop, workbench("--demo", home=folder / "home"), folder)
    opened.find(beginning="Service Demo service", timeout=20)
    yield opened
    assert opened.close() == 0
    assert opened.unexpected_output() == []


def test_question_is_answered_with_thinking_a_tool_call_and_usage(window: Window) -> None:
    window.find("Tools", "check box").press()
    window.find("Use in this conversation", "check box").press()
    window.find("Tool list", "list").find(beginning="Date and time").wait_for(lambda row: row.checked)
    ask(window, TOOL_QUESTION)
    call = window.find("Tool call get_current_time", "panel", timeout=20)
    call.find("waiting for approval", "label")
    assert "Asia/Shanghai" in call.find("Arguments", "text").text
    assert window.has("Stop", "push button")
    call.find("Allow", "push button").press()
    message = wait_for_reply(window, "MiMo 1")
    assert message.has("Thoughts", "check box")
    assert "The clock says" in message.find("Answer").text
    window.find("Send", "push button")


def test_a_tool_of_ones_own_is_defined_tried_and_denied_with_a_reason(window: Window) -> None:
    window.find("Tools", "check box").press()
    window.find("Add tool", "push button").press()
    name = window.find("Tool name", "text").wait_for(lambda field: field.text == "new_tool")
    name.set_text("book_room")
    window.find("Tool parameters", "text").set_text(
        '{"type": "object",\n"properties": {"room": {"type": "integer"},\n"minutes": "integer"}}'
    )
    window.find(beginning="Line 3: “minutes” takes a schema")
    window.find('Put {"type": "integer"}', "push button").press()
    window.find("Tool answer", "text").set_text("Canned")
    window.find("Canned result", "text").set_text('{"booked": true}')
    window.find("Sample arguments", "text").set_text('{"room": 3}')
    window.find("Try tool", "push button").wait_for(lambda button: button.enabled).press()
    assert window.find("Trial result", "text").text == '{"booked": true}'
    window.find("Use in this conversation", "check box").press()
    window.find("Tool list", "list").find("book_room, canned").wait_for(lambda row: row.checked)
    ask(window, "Book room 3 for 90 minutes")
    call = window.find("Tool call book_room", "panel", timeout=20)
    call.find("Reason", "text").set_text("Not on Friday")
    call.find("Deny", "push button").press()
    assert "Not on Friday" in call.find("Result", "text").text
    wait_for_reply(window, "MiMo 1")


def test_typed_message_is_sent_with_enter(window: Window) -> None:
    window.find("Message", "text").focus()
    window.type("Hello there")
    window.key("Return")
    assert window.find("You 1", "panel").find("Words", "text").text == "Hello there"
    wait_for_reply(window, "MiMo 1")


def test_reply_can_be_stopped(slow_window: Window) -> None:
    ask(slow_window, LONG_QUESTION)
    slow_window.find("Stop", "push button").press()
    # Long before the end of the answer.
    slow_window.find("Send", "push button")


def test_retry_recovers_from_a_killed_demo_service(slow_at_first: Window) -> None:
    window = slow_at_first
    kill_service_in_mid_reply(window)
    window.find("Retry", "push button", timeout=20).press()
    # The text received before is still shown as the previous version; only the ending identifies the new answer.
    wait_for_words(window, "MiMo 1", LONG_ANSWER_ENDS)
    wait_for_reply(window, "MiMo 1")
    assert not window.has("Retry", "push button")


def test_retry_during_shutdown_is_ignored(slow_at_first: Window) -> None:
    window = slow_at_first
    kill_service_in_mid_reply(window)
    window.find("Retry", "push button", timeout=20).press()  # It arrives 100 ms later, during shutdown.
    assert window.close() == 0


def test_sigterm_ends_the_workbench_and_the_demo_service(window: Window) -> None:
    services = window.children
    assert len(services) == 1
    assert window.close() == 0
    wait_until_ended(services)


def test_demo_service_ends_when_the_workbench_is_killed(window: Window) -> None:
    services = window.children
    assert len(services) == 1
    window.kill()
    wait_until_ended(services)


def test_second_start_on_the_same_home_exits(window: Window, desktop: VirtualDesktop, tmp_path: Path) -> None:
    command = workbench("--demo", home=tmp_path / "home")
    second = subprocess.run(command, env=desktop.environment, capture_output=True, text=True, timeout=30)
    assert second.returncode == 0
    assert "already open" in second.stdout
    assert window.has("Send", "push button")


def test_rows_of_hidden_lists_are_not_showing_and_not_focused(window: Window) -> None:
    window.find("Settings", "check box").press()
    window.find("Settings pages", "list").find("Network", "list item").press()
    window.find("Chat", "check box").press()
    window.find("Message", "text")
    rows = window.find("Settings pages", "list", showing=False).find_all(None, "list item", showing=False)
    assert rows
    for row in rows:
        row.wait_for(lambda row: not row.states & {"showing", "visible", "focused"})
