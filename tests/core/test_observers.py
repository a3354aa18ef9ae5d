"""A listener that fails stops no other, and one that left is not called; what nobody heard is held where it matters."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from app.core.observers import Event, HeldEvent
from app.core.settings import TEXT_SIZE, Settings

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = {"list", "set", "dict", "deque", "WeakSet"}


def test_one_that_fails_is_reported_and_the_others_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: reported.append(kind.__name__))
    seen: list[int] = []

    def fails(value: int) -> None:
        raise OverflowError(value)

    event: Event[int] = Event()
    leave_failing = event.subscribe(fails)
    event.subscribe(seen.append)
    assert not event.emit(5)
    leave_failing()
    assert event.emit(6)
    assert (seen, reported) == ([5, 6], ["OverflowError"])
    settings = Settings()
    settings.watch(TEXT_SIZE, fails)
    settings.watch(TEXT_SIZE, seen.append)
    settings.set(TEXT_SIZE, 120)
    assert (seen[-1], reported[-1]) == (120, "OverflowError")


def test_an_event_that_reports_errors_is_given_the_failure_of_a_listener(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: pytest.fail("reported twice"))
    reported: list[Exception] = []
    event: Event[int] = Event(reported.append)
    event.subscribe(lambda value: 1 // value)
    assert not event.emit(0) and event.emit(1)
    assert [type(error) for error in reported] == [ZeroDivisionError]


def test_a_listener_can_leave_an_event() -> None:
    event: Event[int] = Event()
    seen: list[int] = []
    leave = event.subscribe(seen.append)
    event.subscribe(seen.append)
    event.emit(1)
    leave()
    leave()
    assert event.emit(2) and len(event) == 1
    assert seen == [1, 1, 2]


def test_listeners_that_come_or_go_meanwhile_count_from_the_next_time_on() -> None:
    event: Event[int] = Event()
    seen: list[str] = []

    def first(value: int) -> None:
        seen.append(f"first {value}")
        leave_second()
        event.subscribe(lambda value: seen.append(f"third {value}"))
        leave_first()

    leave_first = event.subscribe(first)
    leave_second = event.subscribe(lambda value: seen.append(f"second {value}"))
    event.emit(1)
    event.emit(2)
    assert seen == ["first 1", "second 1", "third 2"]


def test_a_held_event_reaches_the_first_listener_once() -> None:
    event: HeldEvent[str] = HeldEvent()
    for text in ("disk full", "no keyring", "disk full"):
        event.emit(text)
    first: list[str] = []
    later: list[str] = []
    event.subscribe(first.append)
    event.subscribe(later.append)
    event.emit("again")
    assert (first, later) == (["disk full", "no keyring", "again"], ["again"])


def test_what_is_held_can_be_forgotten() -> None:
    event: HeldEvent[str] = HeldEvent()
    event.emit("disk full")
    event.forget()
    heard: list[str] = []
    event.subscribe(heard.append)
    assert heard == []


def test_no_class_keeps_its_own_list_of_observers() -> None:
    """An `Event` also unsubscribes, and one listener that fails stops no other."""
    found = []
    for path in (ROOT / "app").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if path.name == "observers.py" or ("Callable[[" not in source and "Observer]" not in source):
            continue
        found += [f"{path.relative_to(ROOT)}: {kept}" for kept in _observer_lists(source)]
    assert found == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("self.on_change: list[Callable[[], None]] = []", 1),
        ("self._told: dict[str, list[Callable[[int], object]]] = {}", 1),
        ("observers: set[SessionObserver] = set()", 1),
        ("self.on_change: Event[()] = Event()", 0),
        ("self._factories: dict[str, Callable[[], QWidget]] = {}", 0),
        ("self.on_shown: Callable[[], None] = nothing", 0),
    ],
)
def test_such_a_list_is_found(line: str, count: int) -> None:
    assert len(_observer_lists(line)) == count


def _observer_lists(source: str) -> list[str]:
    """The declarations of collections of functions that return nothing, or of observers."""
    declared = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.AnnAssign))
    return [ast.unparse(node) for node in declared if _is_observer_list(node.annotation)]


def _is_observer_list(kind: ast.expr) -> bool:
    if not isinstance(kind, ast.Subscript) or ast.unparse(kind.value) not in COLLECTIONS:
        return False
    return any(
        (isinstance(part, ast.Name) and part.id.endswith("Observer"))
        or (
            isinstance(part, ast.Subscript)
            and ast.unparse(part.value) == "Callable"
            and ast.unparse(part.slice).rstrip(")").endswith(("], None", "], object", "], Any"))
        )
        for part in ast.walk(kind.slice)
    )
