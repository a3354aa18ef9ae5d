"""Ends notifications about the open conversation when their cause is gone."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.ui.widgets.notifications import Notification, Notifier

_SUBJECTS = frozenset({"attachments", "leak", "model", "resend", "running", "studio", "thinking", "variables"})
"""First words of the topics of what is refused or explained in a conversation."""


class PassingNotices(QObject):
    """Remembers the warnings and errors about the open conversation that are shown."""

    def __init__(self, notifier: Notifier, parent: QObject) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._topics: set[str] = set()
        notifier.posted.connect(self._note)

    def _note(self, message: Notification) -> None:
        if message.kind in ("warn", "bad") and _subject(message.topic) in _SUBJECTS:
            self._topics.add(message.topic)

    def end(self, subject: str = "") -> None:
        """Withdraw those with this first word in their topic, by default all: a reply began, or the view changed."""
        ended = {topic for topic in self._topics if not subject or _subject(topic) == subject}
        self._topics -= ended
        for topic in sorted(ended):
            self._notifier.withdraw(topic)


def _subject(topic: str) -> str:
    return topic.partition(" ")[0]
