"""The job queue in the real window: several takes at once, a kill in the middle of them, and what is decided after."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.conftest import StartProgram
from tests.e2e.tree import ElementGone, Node
from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window, workbench
from tests.plugins import demo_service as demo
from tests.plugins.demo_service import DemoService

KEY = "sk-jobs0123456789abcdefgh"
TEXT = "The ferry leaves at nine."
PATIENCE_SECONDS = 40.0
"""How long a condition may take on a busy machine; on a quiet one each is met within two seconds."""
NEVER = 600
"""Seconds until an answer that the test does not wait for."""
LATER = 60
"""Seconds after which the service wants a refused request again; the longest that the program waits."""


@pytest.fixture
def service() -> Iterator[DemoService]:
    """A service that outlives the program, so that it has counted what was sent before and after the kill."""
    started = demo.start("--pace", "0", "--no-limits", "--key", KEY)
    yield started
    demo.stop(started)


@pytest.fixture
def start(
    desktop: VirtualDesktop,
    open_window: StartProgram,
    service: DemoService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], Window]:
    """Return a function that starts the workbench with that service, always with the same home."""
    monkeypatch.setitem(desktop.environment, "MIMO_API_KEY", KEY)
    monkeypatch.setitem(desktop.environment, "MIMO_BASE_URL", service.base_url)
    return lambda: open_window(workbench(home=tmp_path / "home"))


def wait_for(look: Callable[[], object], expected: object) -> None:
    """Wait until what is looked at is as expected; an object that leaves the tree meanwhile means that it is not."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            seen = look()
        except ElementGone as error:
            seen = error
        if seen == expected:
            return
        assert time.monotonic() < end, f"{expected} expected, and there is {seen}"
        time.sleep(0.05)


def spoken(service: DemoService) -> int:
    """The number of requests for speech since the last reset."""
    return sum("audio" in (request["body"] or {}) for request in service.requests())


def stored_calls(home: Path) -> Counter[str]:
    """How many calls of the jobs are stored in each state, which is what is left of them after a kill."""
    (database,) = home.glob("*.db")
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT body FROM things WHERE kind = 'job-item'").fetchall()
    return Counter(json.loads(body)[0]["state"] for (body,) in rows)


def names(rows: Node) -> list[str]:
    return [row.name for row in rows.find_all(None, "list item")]


def open_studio(window: Window) -> None:
    window.find("Studio", "check box", timeout=PATIENCE_SECONDS).press()
    window.find("Takes at once", "spin button", timeout=PATIENCE_SECONDS)


def speak(window: Window, takes: int) -> None:
    """Set how many takes are made at once, and press Speak once it stands for so many."""
    spin = window.find("Takes at once", "spin button")
    spin.set_value(takes)
    spin.wait_for(lambda spin: spin.value == takes, timeout=PATIENCE_SECONDS)
    window.find("Speak", "push button", timeout=PATIENCE_SECONDS).press()


def press_in_row(window: Window, action: str) -> None:
    """Press a button of the selected job."""
    button = window.find(action, "push button", timeout=PATIENCE_SECONDS)
    button.wait_for(lambda button: button.enabled, timeout=PATIENCE_SECONDS).press()


def wait_for_job(jobs: Node, *parts: str) -> None:
    """Wait until the first job of the list says all of this."""

    def says() -> list[str]:
        return [part for part in parts if part in "".join(names(jobs)[:1])]

    wait_for(says, list(parts))


def test_takes_survive_a_kill_and_are_decided_on(
    start: Callable[[], Window], service: DemoService, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    window = start()
    open_studio(window)
    takes = window.find("Takes", "list")
    assert names(takes) == []
    window.find("Text to speak", "text").set_text(TEXT)
    speak(window, 5)
    wait_for(lambda: sum(name.endswith(", done") for name in names(takes)), 5)
    wait_for(lambda: stored_calls(home), {"done": 5})
    assert len(names(takes)) == spoken(service) == 5

    # Two of eight are answered, three are not within the test, and three are refused until later.
    service.arm("delay=0", 2)
    service.arm(f"delay={NEVER}", 3)
    service.arm(f"status=429;retry-after={LATER}", 3)
    speak(window, 8)
    wait_for(lambda: stored_calls(home), {"done": 7, "sent": 3, "queued": 3})
    wait_for(lambda: len(names(takes)), 13)
    window.kill()
    wait_for(lambda: service.state()["running"], 0)
    assert spoken(service) == 13
    service.reset()

    window = start()
    window.find("A job was interrupted when the program ended.", "alert", timeout=PATIENCE_SECONDS)
    window.find("Jobs 1 waiting, 1 to decide", "push button", timeout=PATIENCE_SECONDS).press()
    jobs = window.find("Jobs", "list", timeout=PATIENCE_SECONDS)
    wait_for_job(jobs, "the program was closed", "2 of 8 done before the pause, 3 lost", "3 requests")
    wait_for(lambda: stored_calls(home), {"done": 7, "lost": 3, "queued": 3})
    assert spoken(service) == 0, "nothing is sent by itself"

    press_in_row(window, "Resume job")
    wait_for_job(jobs, "3 sent, answers lost", "5 of 8 done")
    wait_for(lambda: stored_calls(home), {"done": 10, "lost": 3})
    assert spoken(service) == 3, "only what had not been sent"

    service.arm("cut=0", 2)
    press_in_row(window, "Send again")
    wait_for_job(jobs, "2 sent, answers lost", "6 of 8 done")
    wait_for(lambda: stored_calls(home), {"done": 11, "lost": 2})
    assert spoken(service) == 6, "what was lost, and once"

    press_in_row(window, "Let it go")
    wait_for_job(jobs, "stopped after 6 of 8")
    wait_for(lambda: stored_calls(home), {"done": 11, "stopped": 2})
    window.find("Jobs", "push button", timeout=PATIENCE_SECONDS)
    window.key("Escape")
    wait_for(lambda: window.has("Jobs", "list"), False)
    assert spoken(service) == 6
