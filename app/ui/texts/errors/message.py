"""The form of an error message, and of the tables that hold one for each code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from app.core.errors import Code
from app.core.sentence_joiner import join_sentences


class ErrorMessage(NamedTuple):
    """One sentence that says what happened, and one that says what to do next (may be empty).

    In a table, `{name}` stands for a parameter of the error.
    """

    what: str
    next_step: str

    def __str__(self) -> str:
        return join_sentences(self.what, self.next_step)


MessageTable = Mapping[Code, Callable[[], ErrorMessage]]
"""Functions, because a sentence is translated when it is shown: the language may change while the program runs."""
