"""Hands and eyes on the accessibility tree, for a program that can't import pyatspi itself.

Runs under the system's Python (pyatspi comes from the distribution). Reads one JSON request a line on stdin, `{"do":
name, …arguments}`, and writes one JSON answer a line: `{"ok": value}` or `{"gone": why}` when an object left the tree.
Objects travel as numbers. Nothing is cached: every look asks the program under test again.
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

DEEPEST = 60
MOST_CHILDREN = 2000
POLL_SECONDS = 0.05
OBJECTS_KEPT = 4000

Accessible = Any
Request = dict


class Objects:
    """Numbers for accessible objects, the oldest forgotten."""

    def __init__(self) -> None:
        self._known: dict[int, Accessible] = {}
        self._next = 1

    def number(self, accessible: Accessible) -> int:
        number, self._next = self._next, self._next + 1
        self._known[number] = accessible
        self._known.pop(number - OBJECTS_KEPT, None)
        return number

    def __getitem__(self, number: int) -> Accessible:
        return self._known[number]


OBJECTS = Objects()


def application(request: Request) -> int | None:
    """The accessible application of a process."""

    def look() -> int | None:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_process_id() == request["pid"] and child.get_child_count():
                return OBJECTS.number(child)
        return None

    return _until(look, request["timeout"])


def find(request: Request) -> int | None:
    """The first object below `within` that fits, or null after `timeout` seconds."""
    within = OBJECTS[request["within"]]

    def look() -> int | None:
        for accessible in _fitting(within, request):
            return OBJECTS.number(accessible)
        return None

    return _until(look, request["timeout"])


def find_all(request: Request) -> list[int]:
    return [OBJECTS.number(accessible) for accessible in _fitting(OBJECTS[request["within"]], request)]


def look(request: Request) -> dict[str, object]:
    """What a screen reader would know of one object."""
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
    """Do the object's main action; the name of it."""
    accessible = OBJECTS[request["object"]]
    offered = _actions(accessible)
    for wanted in ("Press", "Toggle", "SetFocus"):
        if wanted in offered:
            accessible.get_action_iface().do_action(offered.index(wanted))
            return wanted
    raise LookupError(f"no action to press among {offered}")


def set_text(request: Request) -> bool:
    return bool(OBJECTS[request["object"]].get_editable_text_iface().set_text_contents(request["text"]))


def set_value(request: Request) -> bool:
    return bool(OBJECTS[request["object"]].get_value_iface().set_current_value(request["value"]))


def focus(request: Request) -> bool:
    return bool(OBJECTS[request["object"]].get_component_iface().grab_focus())


def extents(request: Request) -> list[int]:
    """x, y, width, height in pixels of the screen."""
    box = OBJECTS[request["object"]].get_component_iface().get_extents(Atspi.CoordType.SCREEN)
    return [box.x, box.y, box.width, box.height]


def tree(request: Request) -> list[str]:
    """Everything below an object, a line each, indented by depth."""
    return [
        "  " * depth
        + f"[{accessible.get_role_name()}] {accessible.get_name()!r} {' '.join(_states(accessible))}"
        + (f" text={text[:120]!r}" if (text := _text(accessible)) and text != accessible.get_name() else "")
        for depth, accessible in _walk(OBJECTS[request["within"]], showing=request["showing"])
    ]


def words(request: Request) -> list[str]:
    """Every name, description and text below an object, shown or not."""
    found: set[str] = set()
    for _, accessible in _walk(OBJECTS[request["within"]], showing=False):
        try:
            found |= {accessible.get_name() or "", accessible.get_description() or "", _text(accessible) or ""}
        except GLib.Error:  # It left the tree meanwhile.
            continue
    return sorted(found - {""})


def typed(request: Request) -> float | None:
    """When the first text was put into the control `name`, on the monotonic clock; null after `timeout` seconds.

    Listens instead of asking, so that the program is not slowed down. Says `{"ok": "listening"}` before it waits.
    """
    seen: list[float] = []

    def inserted(event: Accessible) -> None:
        if event.source is not None and event.source.get_name() == request["name"]:
            seen.append(time.monotonic())

    listener = Atspi.EventListener.new(inserted)
    listener.register("object:text-changed:insert")
    print(json.dumps({"ok": "listening"}), flush=True)
    end = time.monotonic() + request["timeout"]
    context = GLib.MainContext.default()
    while not seen and time.monotonic() < end:
        if not context.iteration(False):
            time.sleep(0.001)
    listener.deregister("object:text-changed:insert")
    return seen[0] if seen else None


def _fitting(within: Accessible, request: Request) -> Iterator[Accessible]:
    name, beginning, role = request.get("name"), request.get("beginning"), request.get("role")
    for _, accessible in _walk(within, showing=request["showing"]):
        if accessible is within:
            continue
        try:
            label = accessible.get_name() or ""
            if name is not None and label != name:
                continue
            if beginning is not None and not label.startswith(beginning):
                continue
            if role is not None and accessible.get_role_name() != role:
                continue
        except GLib.Error:
            continue
        yield accessible


def _walk(accessible: Accessible, showing: bool, depth: int = 0) -> Iterator[tuple[int, Accessible]]:
    """Depth first. With `showing`, what is hidden is left out with everything in it."""
    try:
        if showing and depth > 1 and not accessible.get_state_set().contains(Atspi.StateType.SHOWING):
            return
        count = min(accessible.get_child_count(), MOST_CHILDREN)
    except GLib.Error:
        return
    yield depth, accessible
    if depth == DEEPEST:
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


def _until(look: Callable[[], int | None], timeout: float) -> int | None:
    end = time.monotonic() + timeout
    while True:
        try:
            found = look()
        except GLib.Error:  # Something left the tree while it was walked.
            found = None
        if found is not None or time.monotonic() >= end:
            return found
        time.sleep(POLL_SECONDS)


ABILITIES = {
    ability.__name__: ability
    for ability in (application, find, find_all, look, press, set_text, set_value, focus, extents, tree, words, typed)
}


def main() -> None:
    Atspi.init()
    Atspi.set_timeout(5000, 15000)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"ok": ABILITIES[request.pop("do")](request)}
        except (GLib.Error, LookupError, AttributeError) as error:
            answer = {"gone": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
