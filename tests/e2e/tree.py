"""The accessibility tree from here: `Tree` asks the driver, `Node` is one object in it."""

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
SECONDS = 10.0
"""How long a thing that is expected may take to appear."""


class Gone(AssertionError):
    """The object left the tree while it was used, or can't do what was asked."""


class Tree:
    """The driver process and the conversation with it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._driver = subprocess.Popen(
            # The bindings' newer names are missing from the releases we support.
            [SYSTEM_PYTHON, "-I", "-W", "ignore::DeprecationWarning", str(DRIVER)],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(self, do: str, **arguments: object) -> Any:
        """One request; Gone where the object is no longer there."""
        assert self._driver.stdin is not None
        self._driver.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._driver.stdin.flush()
        return self.answer(do, **arguments)

    def answer(self, do: str, **arguments: object) -> Any:
        """The next answer, where one request has several."""
        assert self._driver.stdout is not None
        line = self._driver.stdout.readline()
        if not line:
            raise RuntimeError(f"the accessibility driver ended with code {self._driver.wait()}")
        answer = json.loads(line)
        if "gone" in answer:
            raise Gone(f"{do} {arguments}: {answer['gone']}")
        return answer["ok"]

    def answered(self) -> bool:
        """Whether an answer is there to be read."""
        assert self._driver.stdout is not None
        ready, _, _ = select.select([self._driver.stdout], [], [], 0)
        return bool(ready)

    def application(self, pid: int, timeout: float = 30.0) -> Node:
        """The top of a program's tree, once it has a window."""
        number = self.ask("application", pid=pid, timeout=timeout)
        if number is None:
            raise AssertionError(f"process {pid} did not appear in the accessibility tree within {timeout} s")
        return Node(self, number)

    def close(self) -> None:
        self._driver.communicate()


class Node:
    """One accessible object. Its properties ask the program anew each time."""

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
        timeout: float = SECONDS,
    ) -> Node:
        """The first object below this one with that exact name (or its beginning) and role; waits until it is there."""
        wanted = {"name": name, "role": role, "beginning": beginning}
        number = self._tree.ask("find", within=self._number, showing=showing, timeout=timeout, **wanted)
        if number is None:
            raise AssertionError(f"no {wanted} within {timeout} s in\n{self.dump()}")
        return Node(self._tree, number)

    def find_all(self, name: str | None = None, role: str | None = None, *, showing: bool = True) -> list[Node]:
        numbers = self._tree.ask("find_all", within=self._number, showing=showing, name=name, role=role)
        return [Node(self._tree, number) for number in numbers]

    def has(self, name: str | None = None, role: str | None = None, *, beginning: str | None = None) -> bool:
        """Whether such an object shows now."""
        wanted = {"name": name, "role": role, "beginning": beginning}
        return self._tree.ask("find", within=self._number, showing=True, timeout=0, **wanted) is not None

    @property
    def name(self) -> str:
        return str(self._look()["name"])

    @property
    def role(self) -> str:
        return str(self._look()["role"])

    @property
    def text(self) -> str:
        """What the text interface holds; where there is none, the name."""
        return str(self._look()["text"])

    @property
    def value(self) -> float:
        return float(self._look()["value"])

    @property
    def states(self) -> set[str]:
        """Such as `enabled`, `showing`, `checked`, `focused`, `busy`."""
        return set(self._look()["states"])

    @property
    def enabled(self) -> bool:
        return "enabled" in self.states

    @property
    def checked(self) -> bool:
        return "checked" in self.states

    @property
    def texts(self) -> str:
        """All text that shows in and below it, for assertions on words."""
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
        """x, y, width and height on the screen, in pixels."""
        x, y, width, height = self._tree.ask("extents", object=self._number)
        return x, y, width, height

    def wait_for(self, condition: Callable[[Node], bool], timeout: float = SECONDS) -> Node:
        """Wait until the condition holds for it; returns the object itself."""
        end = time.monotonic() + timeout
        while not condition(self):
            if time.monotonic() > end:
                raise AssertionError(f"did not come to hold within {timeout} s: {self._look()}")
            time.sleep(0.03)
        return self

    def words(self) -> list[str]:
        """Every name, description and text below this one, shown or not."""
        found: list[str] = self._tree.ask("words", within=self._number)
        return found

    def dump(self, *, showing: bool = True) -> str:
        return "\n".join(self._tree.ask("tree", within=self._number, showing=showing))

    def _look(self) -> dict[str, Any]:
        found: dict[str, Any] = self._tree.ask("look", object=self._number)
        return found
