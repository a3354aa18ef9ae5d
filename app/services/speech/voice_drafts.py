"""Saves what is typed in the Design and Clone tabs, so that it comes back after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.voices import VoiceDraft
from app.services.record_autosaver import RecordAutosaver
from app.services.tasks import TaskSet

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import RecordStore


class VoiceDrafts(RecordAutosaver[VoiceDraft]):
    """The drafts of the tabs by their ids."""

    def __init__(self, store: RecordStore[VoiceDraft], tasks: TaskSet) -> None:
        super().__init__(store, tasks, "voice draft")
