"""The registry of commands, which the command palette lists and shortcuts run."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Command(NamedTuple):
    """A command.

    Attributes:
        key: stable identifier.
        label: returns the name in the current language.
        run: executes the command.
        shortcut: in Qt's portable key sequence format; empty for none.
        enabled: returns whether the command can run now.
    """

    key: str
    label: Callable[[], str]
    run: Callable[[], object]
    shortcut: str = ""
    enabled: Callable[[], bool] = lambda: True


class Commands:
    """All commands, in the order in which they were added."""

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}

    def add(self, command: Command) -> None:
        """Add a command, replacing one with the same key."""
        self._commands[command.key] = command

    def matching(self, typed: str) -> list[Command]:
        """The enabled commands whose name contains every typed word; names that start with the text come first."""
        words = typed.casefold().split()
        matches = [
            command
            for command in self._commands.values()
            if command.enabled() and all(word in command.label().casefold() for word in words)
        ]
        return sorted(matches, key=lambda command: not command.label().casefold().startswith(typed.casefold().strip()))

    def run(self, key: str) -> None:
        """Run a command if it is enabled. Raises KeyError if it does not exist."""
        command = self._commands[key]
        if command.enabled():
            command.run()
