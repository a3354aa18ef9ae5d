"""The registry of commands and of the things one can go to: the command palette lists it, shortcuts run it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.core.fuzzy import Match, match
from app.ui.language import in_other_languages
from app.ui.theme.icons import Icon

PALETTE_SHORTCUT = "Ctrl+K"
CHEAT_SHEET_SHORTCUT = "Ctrl+/"
MAX_RECENT = 30
"""Commands whose recent use is remembered."""


class Command(NamedTuple):
    """A command.

    Attributes:
        key: stable identifier.
        label: returns the name in the current language.
        run: executes the command.
        shortcut: in Qt's portable key sequence format; empty for none.
        enabled: returns whether the command can run now.
        view: name of the view it belongs to; empty for one of the whole window.
        is_local: its shortcut works in its view only.
        is_bound: False if a widget handles its shortcut itself, so that the window must not.
        goes: whether it only leads somewhere.
        icon: shown in the palette.
        terms: returns further words by which it is found, such as synonyms.
    """

    key: str
    label: Callable[[], str]
    run: Callable[[], object]
    shortcut: str = ""
    enabled: Callable[[], bool] = lambda: True
    view: str = ""
    is_local: bool = False
    is_bound: bool = True
    goes: bool = False
    icon: Icon | None = None
    terms: Callable[[], str] = lambda: ""


class Found(NamedTuple):
    """A command that a query found, and how.

    Attributes:
        other_name: its name in another language, if that is what was found; empty otherwise.
    """

    command: Command
    match: Match
    other_name: str = ""


class Thing(NamedTuple):
    """Something the palette can lead to, such as a voice or a conversation.

    Attributes:
        key: identifier, unique among the things of its source.
        title, detail: names it; the detail is less prominent and is searched too.
        run: opens it.
        terms: further words by which it is found, which are not shown.
        play: lets it be heard without leaving the palette; None if it has no sound.
    """

    key: str
    title: str
    detail: str
    icon: Icon
    run: Callable[[], object]
    play: Callable[[], object] | None = None
    terms: str = ""

    @property
    def searched(self) -> str:
        """All that a query may find it by, beginning with the title."""
        return " ".join(part for part in (self.title, self.detail, self.terms) if part)


class ThingSource(NamedTuple):
    """All things of one kind.

    Attributes:
        key: stable identifier of the kind.
        heading: returns the name of the kind, in the plural and the current language.
        listed: returns the things there are now.
        search: starts a search in the content of the things, and passes what it finds to the second argument; nothing,
            to say that more is listed by now.
    """

    key: str
    heading: Callable[[], str]
    listed: Callable[[], Sequence[Thing]]
    search: Callable[[str, Callable[[Sequence[Thing]], None]], None] | None = None


class Commands:
    """All commands, in the order in which they were added, and the sources of things.

    Attributes:
        recent: keys of the commands run last, newest first.
        on_run: called after a command was run.
    """

    def __init__(self) -> None:
        self._commands: dict[str, Command] = {}
        self._sources: dict[str, ThingSource] = {}
        self._other_names: list[dict[str, str]] | None = None
        self.recent: list[str] = []
        self.on_run: Callable[[], None] = lambda: None

    def add(self, command: Command) -> None:
        """Add a command, replacing one with the same key."""
        self._commands[command.key] = command
        self._other_names = None

    def add_things(self, source: ThingSource) -> None:
        """Add a source of things, replacing one with the same key."""
        self._sources[source.key] = source

    def all(self) -> tuple[Command, ...]:
        """Every command, enabled or not."""
        return tuple(self._commands.values())

    def sources(self) -> tuple[ThingSource, ...]:
        """The sources of things, in the order in which they were added."""
        return tuple(self._sources.values())

    def forget_names(self) -> None:
        """Forget the names in other languages, because the language of the window has changed."""
        self._other_names = None

    def find(self, typed: str) -> list[Found]:
        """The enabled commands whose name in any language fits what was typed; the best first, of equals the latest.

        Names that have only the letters, or a slip, are left out where a name has the words as typed.
        """
        enabled = [command for command in self._commands.values() if command.enabled()]
        found = [each for command in enabled if (each := self._find(command, typed)) is not None]
        if any(each.match.is_exact for each in found):
            found = [each for each in found if each.match.is_exact]
        age = {key: index for index, key in enumerate(self.recent)}

        def order(each: Found) -> tuple[int, int, float]:
            rank = each.match.rank if typed.strip() else 0.0
            return round(rank), age.get(each.command.key, MAX_RECENT), rank

        return sorted(found, key=order)

    def _find(self, command: Command, typed: str) -> Found | None:
        name = command.label()
        own = match(typed, name)
        if own is not None and own.is_exact:
            return Found(command, own)
        others = [names.get(command.key, "") for names in self._names_elsewhere()]
        fits = [Found(command, fit, other) for other in others if other != name and (fit := match(typed, other))]
        if (terms := command.terms()) and (fit := match(typed, terms, loose=False)):
            fits.append(Found(command, fit._replace(rank=fit.rank + 1, positions=())))
        if own is not None:
            fits.append(Found(command, own))
        return min(fits, key=lambda fit: (not fit.match.is_exact, fit.match.rank), default=None)

    def _names_elsewhere(self) -> list[dict[str, str]]:
        """The names of all commands in each of the other languages."""
        if self._other_names is None:
            self._other_names = in_other_languages(
                lambda: {command.key: command.label() for command in self._commands.values()}
            )
        return self._other_names

    def run(self, key: str) -> None:
        """Run a command if it is enabled. Raises KeyError if it does not exist."""
        command = self._commands[key]
        if command.enabled():
            self.recent = [key, *(other for other in self.recent if other != key)][:MAX_RECENT]
            command.run()
            self.on_run()

    def run_shortcut(self, shortcut: str, view: str) -> None:
        """Run the enabled command of a shortcut in the shown view."""
        candidates = [command for command in self._commands.values() if command.shortcut == shortcut]
        here = [command for command in candidates if not command.is_local or command.view == view]
        for command in sorted(here, key=lambda command: not command.is_local):
            if command.enabled():
                self.run(command.key)
                return
