"""Which sessions a search finds: by title, text, direction, grid, and by their takes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from app.core.takes import SpeechSession

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import TakeSearch

_MAX_TAKES = 500


class SessionFilter(NamedTuple):
    """The result of a search. One without words matches every session.

    Attributes:
        words: case-folded; a session matches if its own text has all of them.
        spoken: ids of the sessions with a take that matches.
        more: further text of sessions by their ids.
    """

    words: tuple[str, ...] = ()
    spoken: frozenset[str] = frozenset()
    more: Mapping[str, str] = MappingProxyType({})

    def matches(self, session: SpeechSession, title: str) -> bool:
        """Whether the search finds a session, which is shown with `title`."""
        if session.id in self.spoken:
            return True
        layers = (session.direction, session.role, session.scene, session.guidance)
        written = "\n".join((title, session.text, *layers, self.more.get(session.id, ""))).casefold()
        return all(word in written for word in self.words)


async def search_sessions(query: str, takes: TakeSearch, more: Mapping[str, str]) -> SessionFilter:
    """Search for sessions; `more` is further text of them by their ids. Raises StorageError."""
    if not query.strip():
        return SessionFilter()
    hits = await takes.takes(query, _MAX_TAKES)
    return SessionFilter(tuple(query.casefold().split()), frozenset(hit.take.session for hit in hits), more)
