"""Function tools of the user's own: their names, their answers, and what they hold as typed."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum
from typing import Literal

import msgspec

from app.core.bounds import bound
from app.core.requests import FunctionTool

ToolAnswer = Literal["ask", "canned", "builtin"]
"""Who answers a call: the user each time, a fixed result, or a built-in tool."""

MAX_NAME_LENGTH = 64
MAX_TOOLS = 500
"""Tools of the user's own; an import of more is refused."""
MAX_FORMER_NAMES = 20
BUILTIN_PREFIX = "builtin:"
"""Begins the id of a record that only holds the sample arguments typed for a built-in tool."""

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class NameFault(StrEnum):
    """Why a tool can't have a name."""

    EMPTY = "empty"
    LONG = "long"
    CHARACTERS = "characters"
    TAKEN = "taken"
    BUILTIN = "builtin"


class ToolDefinition(msgspec.Struct, frozen=True):
    """A function tool defined by the user.

    Attributes:
        tool: what the model gets. Its name is always valid and its own; `parameters` are those of the last schema
            that held.
        result: the fixed answer of a canned tool.
        schema: the parameters exactly as typed, which may be no JSON; None where they were never typed.
        typed_name: a name that is being typed and can't be used (yet); None where the name is the tool's.
        sample: arguments to try it with, as typed.
        builtin: name of the built-in tool that answers.
        former: earlier names, oldest first: conversations that chose the tool by one of them keep it.
        created: Unix time in seconds.
    """

    id: str
    tool: FunctionTool
    answer: ToolAnswer = "ask"
    result: str = ""
    created: float = 0.0
    schema: str | None = None
    typed_name: str | None = None
    sample: str = ""
    builtin: str = ""
    former: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        bound(self, timestamps=("created",))

    @property
    def schema_text(self) -> str:
        """The parameters as text: as typed, else formatted."""
        if self.schema is not None:
            return self.schema
        if not self.tool.parameters:
            return ""
        return msgspec.json.format(msgspec.json.encode(self.tool.parameters), indent=2).decode()


def name_fault(name: str, taken: Collection[str], builtin: Collection[str]) -> NameFault | None:
    """Why a tool can't be called so; None if it can. `taken` are names of the user's other tools."""
    if not name:
        return NameFault.EMPTY
    if len(name) > MAX_NAME_LENGTH:
        return NameFault.LONG
    if not _NAME.fullmatch(name):
        return NameFault.CHARACTERS
    if name in builtin:
        return NameFault.BUILTIN
    return NameFault.TAKEN if name in taken else None


def free_name(wanted: str, taken: Collection[str]) -> str:
    """`wanted` in allowed characters, with the first number that makes it unique: `book_room_2`."""
    plain = re.sub(r"[^a-zA-Z0-9_-]+", "_", wanted).strip("_")[:MAX_NAME_LENGTH] or "new_tool"
    name, number = plain, 1
    while name in taken:
        number += 1
        ending = f"_{number}"
        name = plain[: MAX_NAME_LENGTH - len(ending)] + ending
    return name
