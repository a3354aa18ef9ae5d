"""What was typed for a prompt and is not saved as a version yet."""

from __future__ import annotations

import msgspec

from app.core.bounds import bound
from app.core.prompt_library import PromptKind


class PromptDraft(msgspec.Struct, frozen=True):
    """The state of one prompt on the Prompts page that is no version.

    Attributes:
        id: that of the prompt; for one that was never saved, the id it gets when it is.
        text: the text as typed; None while it is that of the newest version.
        note, reason: the note for the next version, and what made the user write it, in the user's words or ours.
        base: how many versions there were when the text was begun.
        values: values of variables, for trying.
        name, kind, tags: of a prompt that was never saved, or was deleted elsewhere while it had a draft.
        updated: Unix time in seconds.
    """

    id: str
    text: str | None = None
    note: str = ""
    reason: str = ""
    base: int = 0
    values: dict[str, str] = {}
    name: str = ""
    kind: PromptKind = "prompt"
    tags: tuple[str, ...] = ()
    updated: float = 0.0

    def __post_init__(self) -> None:
        bound(self, counts=("base",), timestamps=("updated",))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that could be lost."""
        return self.text is None and not (self.note or self.values)


def same_text(first: str, second: str) -> bool:
    """Whether two texts are the same for someone who reads them in a text field, which knows one kind of line end."""
    return first == second or as_shown(first) == as_shown(second)


def as_shown(text: str) -> str:
    """A text as a text field holds it: every line end is a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\u2028", "\n")
