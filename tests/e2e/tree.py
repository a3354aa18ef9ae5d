"""Access to the accessibility tree: `Tree` talks to the driver, `Node` is an object in the tree."""

from __future__ import annotations

import json
import select
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

SYSTEM_PYTHON = "/usr/bin/python3"
DRIVER = Path(__file__).with_name("driver.py")
DEFAULT_TIMEOUT_SECONDS = 10.0
"""How long an expected object may take to appear."""


class ElementGone(AssertionError):
    """The object has left the tree, or does not support the request."""


class Tree:
    """The driver process and the requests to it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._driver = subprocess.Popen(
            # The deprecated names are needed for older releases of the bindings.
            [SYSTEM_PYTHON, "-I", "-W", "ignore::DeprecationWarning", str(DRIVER)],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, command: str, **arguments: object) -> Any:
        """Send a request and return its answer.

        Raises:
            ElementGone: the object has left the tree, or does not support the request.
        """
        assert self._driver.stdin is not None
        self._driver.stdin.write(json.dumps({"command": command, **arguments}) + "\n")
        self._driver.stdin.flush()
        return self.read_answer(command, **arguments)

    def read_answer(self, command: str, **arguments: object) -> Any:
        """Read the next answer, for requests with several."""
        assert self._driver.stdout is not None
        line = self._driver.stdout.readline()
        if not line:
            raise RuntimeError(f"the accessibility driver ended with code {self._driver.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise ElementGone(f"{command} {arguments}: {answer['error']}")
        return answer["ok"]

    def has_answer(self) -> bool:
        """Whether an answer can be read without waiting."""
        assert self._driver.stdout is not None
        ready, _, _ = select.select([self._driver.stdout], [], [], 0)
        return bool(ready)

    def application(self, pid: int, timeout: float = 30.0) -> Node:
        """Wait until a program has a window and return the root of its tree."""
        number = self.ask("application", pid=pid, timeout=timeout)
        if number is None:
            raise AssertionError(f"process {pid} did not appear in the accessibility tree within {timeout} s")
        return Node(self, number)

    def close(self) -> None:
        self._driver.communicate()


class Node:
    """An accessible object. Its properties are queried again on each access."""

    def __init__(self, tree: Tree, number: int) -> None:
        self._tree = tree
        self._number = number

    def find(
        self,
        name: str | None = None,
        role: str | None = None,
        *,
        beginning: str | None = None,
        showing: bool = True,
        timeout: float = DEFAULT_TIMEOUT_SECONDS,
    ) -> Node:
        """Wait for an object below this one and return the first match by exact name, its beginning, and role."""
        criteria = {"name": name, "role": role, "prefix": beginning}
        number = self._tree.ask("find", within=self._number, showing=showing, timeout=timeout, **criteria)
        if number is None:
            raise AssertionError(f"no {criteria} within {timeout} s in\n{self.dump()}")
        return Node(self._tree, number)

    def find_all(self, name: str | None = None, role: str | None = None, *, showing: bool = True) -> list[Node]:
        numbers = self._tree.ask("find_all", within=self._number, showing=showing, name=name, role=role)
        return [Node(self._tree, number) for number in numbers]

    def has(self, name: str | None = None, role: str | None = None, *, beginning: str | None = None) -> bool:
        """Whether a matching object is visible now."""
        criteria = {"name": name, "role": role, "prefix": beginning}
        return self._tree.ask("find", within=self._number, showing=True, timeout=0, **criteria) is not None

    @property
    def name(self) -> str:
        return str(self._properties()["name"])

    @property
    def role(self) -> str:
        return str(self._properties()["role"])

    @property
    def text(self) -> str:
        """Text of the text interface, or the name if there is none."""
        return str(self._properties()["text"])

    @property
    def value(self) -> float:
        return float(self._properties()["value"])

    @property
    def states(self) -> set[str]:
        """States such as `enabled`, `showing`, `checked`, `focused`, `busy`."""
        return set(self._properties()["states"])

    @property
    def enabled(self) -> bool:
        return "enabled" in self.states

    @property
    def checked(self) -> bool:
        return "checked" in self.states

    @property
    def visible_text(self) -> str:
        """All visible text in and below this object."""
        return "\n".join(node.text for node in [self, *self.find_all()] if node.text)

    def press(self) -> None:
        self._tree.ask("press", object=self._number)

    def set_text(self, text: str) -> None:
        if not self._tree.ask("set_text", object=self._number, text=text):
            raise AssertionError(f"{self.name!r} did not take the text {text!r}")

    def set_value(self, value: float) -> None:
        self._tree.ask("set_value", object=self._number, value=value)

    def focus(self) -> None:
        self._tree.ask("focus", object=self._number)

    def extents(self) -> tuple[int, int, int, int]:
        """Return x, y, width and height on the screen in pixels."""
        x, y, width, height = self._tree.ask("extents", object=self._number)
        return x, y, width, height

    def wait_for(self, condition: Callable[[Node], bool], timeout: float = DEFAULT_TIMEOUT_SECONDS) -> Node:
        """Wait until the condition is true for this object, and return it."""
        end = time.monotonic() + timeout
        while not condition(self):
            if time.monotonic() > end:
                raise AssertionError(f"the condition was not met within {timeout} s: {self._properties()}")
            time.sleep(0.03)
        return self

    def all_text(self) -> list[str]:
        """Return all names, descriptions and texts below this object, visible or not."""
        result: list[str] = self._tree.ask("all_text", within=self._number)
        return result

    def dump(self, *, showing: bool = True) -> str:
        return "\n".join(self._tree.ask("tree", within=self._number, showing=showing))

    def _properties(self) -> dict[str, Any]:
        result: dict[str, Any] = self._tree.ask("properties", object=self._number)
        return result
