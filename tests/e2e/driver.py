"""Reads and controls the accessibility tree on behalf of a test process that can't import pyatspi.

Runs under the system's Python, as pyatspi comes with the distribution. Reads one JSON request per line from stdin,
`{"command": name, …arguments}`, and writes one JSON answer per line: `{"ok": value}`, or `{"error": reason}` if an
object has left the tree. Objects are represented by numbers. Nothing is cached: every request queries the program.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

MAX_DEPTH = 60
MAX_CHILDREN = 2000
POLL_SECONDS = 0.05
MAX_OBJECTS = 4000

Accessible = Any
Request = dict


class Objects:
    """Assigns numbers to accessible objects; the oldest are dropped."""

    def __init__(self) -> None:
        self._known: dict[int, Accessible] = {}
        self._next = 1

    def number(self, accessible: Accessible) -> int:
        number, self._next = self._next, self._next + 1
        self._known[number] = accessible
        self._known.pop(number - MAX_OBJECTS, None)
        return number

    def __getitem__(self, number: int) -> Accessible:
        return self._known[number]


OBJECTS = Objects()


def application(request: Request) -> int | None:
    """Find the accessible application of a process, or null after `timeout` seconds."""

    def search() -> int | None:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == request["pid"] and child.get_child_count():
                return OBJECTS.number(child)
        return None

    return _poll(search, request["timeout"])


def find(request: Request) -> int | None:
    """Find the first matching object below `within`, or null after `timeout` seconds."""
    within = OBJECTS[request["within"]]

    def search() -> int | None:
        for accessible in _matching(within, request):
            return OBJECTS.number(accessible)
        return None

    return _poll(search, request["timeout"])


def find_all(request: Request) -> list[int]:
    return [OBJECTS.number(accessible) for accessible in _matching(OBJECTS[request["within"]], request)]


def properties(request: Request) -> dict[str, object]:
    """Return the properties of an object that a screen reader uses."""
    accessible = OBJECTS[request["object"]]
    value = accessible.get_value_iface()
    return {
        "name": accessible.get_name(),
        "role": accessible.get_role_name(),
        "text": _text(accessible),
        "value": value.get_current_value() if value else None,
        "states": _states(accessible),
        "actions": _actions(accessible),
        "description": accessible.get_description(),
        "children": accessible.get_child_count(),
    }


def press(request: Request) -> str:
    """Perform the object's main action and return its name."""
    accessible = OBJECTS[request["object"]]
    offered = _actions(accessible)
    for preferred in ("Press", "Toggle", "SetFocus"):
        if preferred in offered:
            accessible.get_action_iface().do_action(offered.index(preferred))
            return preferred
    raise LookupError(f"no suitable action among {offered}")


def set_text(request: Request) -> bool:
    return bool(OBJECTS[request["object"]].get_editable_text_iface().set_text_contents(request["text"]))


def set_value(request: Request) -> bool:
    return bool(OBJECTS[request["object"]].get_value_iface().set_current_value(request["value"]))


def focus(request: Request) -> bool:
    return bool(OBJECTS[request["object"]].get_component_iface().grab_focus())


def extents(request: Request) -> list[int]:
    """Return x, y, width and height on the screen in pixels."""
    box = OBJECTS[request["object"]].get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    return [box.x, box.y, box.width, box.height]


def tree(request: Request) -> list[str]:
    """Return the objects below an object, one line each, indented by depth."""
    return [
        "  " * depth
        + f"[{accessible.get_role_name()}] {accessible.get_name()!r} {' '.join(_states(accessible))}"
        + (f" text={text[:120]!r}" if (text := _text(accessible)) and text != accessible.get_name() else "")
        for depth, accessible in _walk(OBJECTS[request["within"]], showing=request["showing"])
    ]


def all_text(request: Request) -> list[str]:
    """Return all names, descriptions and texts below an object, visible or not."""
    result: set[str] = set()
    for _, accessible in _walk(OBJECTS[request["within"]], showing=False):
        try:
            result |= {accessible.get_name() or "", accessible.get_description() or "", _text(accessible) or ""}
        except GLib.Error:  # The object has left the tree meanwhile.
            continue
    return sorted(result - {""})


def wait_for_input(request: Request) -> float | None:
    """Return the monotonic time of the first text insertion in the control `name`; null after `timeout` seconds.

    Listens for events instead of polling, so as not to slow the program down. Answers `{"ok": "listening"}` first.
    """
    insertion_times: list[float] = []

    def on_insert(event: Accessible) -> None:
        if event.source is not None and event.source.get_name() == request["name"]:
            insertion_times.append(time.monotonic())

    listener = Atspi.EventListener.new(on_insert)
    listener.register("object:text-changed:insert")
    print(json.dumps({"ok": "listening"}), flush=True)
    end = time.monotonic() + request["timeout"]
    context = GLib.MainContext.default()
    while not insertion_times and time.monotonic() < end:
        if not context.iteration(False):
            time.sleep(0.001)
    listener.deregister("object:text-changed:insert")
    return insertion_times[0] if insertion_times else None


def _matching(within: Accessible, request: Request) -> Iterator[Accessible]:
    name, prefix, role = request.get("name"), request.get("prefix"), request.get("role")
    for _, accessible in _walk(within, showing=request["showing"]):
        if accessible is within:
            continue
        try:
            label = accessible.get_name() or ""
            if name is not None and label != name:
                continue
            if prefix is not None and not label.startswith(prefix):
                continue
            if role is not None and accessible.get_role_name() != role:
                continue
        except GLib.Error:
            continue
        yield accessible


def _walk(accessible: Accessible, showing: bool, depth: int = 0) -> Iterator[tuple[int, Accessible]]:
    """Walk the tree depth first. With `showing`, hidden objects are skipped with everything below them."""
    try:
        if showing and depth > 1 and not accessible.get_state_set().contains(Atspi.StateType.SHOWING):
            return
        count = min(accessible.get_child_count(), MAX_CHILDREN)
    except GLib.Error:
        return
    yield depth, accessible
    if depth == MAX_DEPTH:
        return
    for index in range(count):
        try:
            child = accessible.get_child_at_index(index)
        except GLib.Error:
            return
        if child is not None:
            yield from _walk(child, showing, depth + 1)


def _text(accessible: Accessible) -> str:
    text = accessible.get_text_iface()
    return Atspi.Text.get_text(text, 0, -1) if text else accessible.get_name()


def _states(accessible: Accessible) -> list[str]:
    return sorted(state.value_nick for state in accessible.get_state_set().get_states())


def _actions(accessible: Accessible) -> list[str]:
    action = accessible.get_action_iface()
    return [action.get_action_name(index) for index in range(action.get_n_actions())] if action else []


def _poll(search: Callable[[], int | None], timeout: float) -> int | None:
    end = time.monotonic() + timeout
    while True:
        try:
            result = search()
        except GLib.Error:  # An object left the tree during the walk.
            result = None
        if result is not None or time.monotonic() >= end:
            return result
        time.sleep(POLL_SECONDS)


COMMANDS = {
    command.__name__: command
    for command in (
        application,
        find,
        find_all,
        properties,
        press,
        set_text,
        set_value,
        focus,
        extents,
        tree,
        all_text,
        wait_for_input,
    )
}


def main() -> None:
    Atspi.init()
    Atspi.set_timeout(5000, 15000)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"ok": COMMANDS[request.pop("command")](request)}
        except (GLib.Error, LookupError, AttributeError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
