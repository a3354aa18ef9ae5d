"""Everything that can be done by name: the palette lists it, and shortcuts run it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """One thing to do.

    Attributes:
        key: stable name.
        words: gives its name in the language of now.
        run: does it.
        shortcut: as Qt writes key sequences; empty for none.
        possible: whether it can be done now.
    """

    key: str
    words: Callable[[], str]
    run: Callable[[], object]
    shortcut: str = ""
    possible: Callable[[], bool] = lambda: True


class Commands:
    """All commands, in the order of their adding."""

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}

    def add(self, command: Command) -> None:
        """Add a command, or replace the one of its key."""
        self._commands[command.key] = command

    def matching(self, typed: str) -> list[Command]:
        """Those possible now whose name contains every word typed; names that begin with it first."""
        wanted = typed.casefold().split()
        found = [
            command
            for command in self._commands.values()
            if command.possible() and all(word in command.words().casefold() for word in wanted)
        ]
        return sorted(found, key=lambda command: not command.words().casefold().startswith(typed.casefold().strip()))

    def run(self, key: str) -> None:
        """Raises KeyError for a command that does not exist."""
        command = self._commands[key]
        if command.possible():
            command.run()
