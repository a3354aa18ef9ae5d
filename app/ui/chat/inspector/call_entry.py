"""One row of the list of calls."""

from __future__ import annotations

from typing import NamedTuple

from app.ui.theme.icons import Icon
from app.ui.widgets.chips import Kind


class CallEntry(NamedTuple):
    """One request of a call.

    Attributes:
        call_id: the call; `number` is that of the request, from 0: a call that is retried has several.
        title: what it is, in words; `subtitle` says when it was and how long it took.
        badge: its outcome.
    """

    call_id: str
    number: int
    title: str
    subtitle: str
    badge: str
    badge_kind: Kind
    icon: Icon

    @property
    def key(self) -> str:
        return entry_key(self.call_id, self.number)


def entry_key(call_id: str, number: int) -> str:
    """The key of a row."""
    return f"{call_id}#{number}"


def from_key(key: str) -> tuple[str, int]:
    """The call and the number of its request that a key is of."""
    call_id, _, number = key.rpartition("#")
    return call_id, int(number)
