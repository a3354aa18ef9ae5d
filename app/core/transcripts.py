"""What was recognised in a file or a recording, as it is stored."""

from __future__ import annotations

import msgspec

from app.core.bounds import bound

MAX_TITLE_LENGTH = 60


class Transcript(msgspec.Struct, frozen=True):
    """The text of one transcription, with what the user changed in it.

    Attributes:
        source: the name of the transcribed file, without its folder; empty for a recording and for typed text.
        audio: digest of the blob with the recording; empty for a file, which stays where it is.
        length: seconds of sound; 0 while it is not known.
        done: seconds of it that were recognised.
        created, updated: Unix time in seconds.
    """

    id: str
    text: str = ""
    source: str = ""
    audio: str = ""
    length: float = 0.0
    done: float = 0.0
    created: float = 0.0
    updated: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created", "updated"), durations=("length", "done"))

    @property
    def is_unfinished(self) -> bool:
        """Whether the recognition ended before the end of the sound."""
        return 0 < self.done < self.length

    @property
    def title(self) -> str:
        """The beginning of the text in one line; empty if there is no text."""
        line = " ".join(self.text[: 4 * MAX_TITLE_LENGTH].split())
        return line if len(line) <= MAX_TITLE_LENGTH else line[: MAX_TITLE_LENGTH - 1].rstrip() + "…"


def excerpt_of(text: str, words: str, width: int = MAX_TITLE_LENGTH) -> str | None:
    """The text around the first of the words, if it has all of them; None otherwise."""
    folded, wanted = text.casefold(), words.casefold().split()
    if not wanted or not all(word in folded for word in wanted):
        return None
    start = max(0, folded.find(wanted[0]) - width // 3)
    piece = " ".join(text[start : start + width].split())
    return ("…" if start else "") + piece + ("…" if start + width < len(text) else "")
