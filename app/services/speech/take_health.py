"""What is found in the sound of a take when it ends, and in its words when it is read back."""

from __future__ import annotations

import msgspec

from app.core.read_back import check_words
from app.core.takes import ReadBack, Take, TakeFinding, TakeState
from app.services.speech.ports import Audio, Samples

MAX_HOLES = 20
MAX_HEARD_SHOWN = 200
"""Characters of what was heard in a finding that says that it is something else."""
IN_WORDS = frozenset({"missing", "added", "unlike"})
"""The codes of findings that a check of the words makes."""


def find_in_sound(samples: Samples, rate: int, audio: Audio, state: TakeState) -> tuple[TakeFinding, ...]:
    """Return the findings of a whole sound of shape (frames, 1), the gravest first. Blocks: call it in a thread.

    A take that broke off ends abruptly, and its state says so.
    """
    faults = audio.faults(samples, rate)
    if faults.silent:
        return (TakeFinding("silent", seconds=len(samples) / rate),)
    found: list[TakeFinding] = []
    if faults.abrupt and state == "done":
        found.append(TakeFinding("abrupt", at=len(samples) / rate))
    found += [TakeFinding("hole", start / rate, (end - start) / rate) for start, end in faults.holes[:MAX_HOLES]]
    if faults.clipped:
        found.append(TakeFinding("clips"))
    return tuple(found)


def find_in_words(take: Take, heard: str) -> tuple[TakeFinding, ...]:
    """Return what differs between what a take should say and what was heard. Blocks: call it in a thread."""
    check = check_words(take.spoken or take.text, heard)
    if check.likeness == "unlike":
        return (TakeFinding("unlike", words=heard[:MAX_HEARD_SHOWN]),)
    phrases = (("missing", check.missing), ("added", check.added))
    return tuple(TakeFinding(code, words="\n".join(words)) for code, words in phrases if words)


def with_read_back(take: Take, read_back: ReadBack, found: tuple[TakeFinding, ...]) -> Take:
    """Return a take with the result of its last check in the place of an earlier one."""
    others = tuple(finding for finding in take.findings if finding.code not in IN_WORDS)
    return msgspec.structs.replace(take, findings=(*others, *found), read_back=read_back)
