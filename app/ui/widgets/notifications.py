"""The way to the message bar for everything in the window that has news."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

NoticeKind = Literal["neutral", "good", "warn", "bad"]
Act = Callable[[], object]


class Notification(NamedTuple):
    """One message, in words. `replace` names a topic: a later message of the same topic takes its place.

    `offer`: words of a button, and what it does. `stays`: it belongs to no view, and outlives the one it came in.
    """

    text: str
    kind: NoticeKind = "neutral"
    undo: Act | None = None
    retry: Act | None = None
    topic: str = ""
    offer: tuple[str, Act] | None = None
    stays: bool = False

    @property
    def lasts(self) -> bool:
        """Whether it is still worth showing when the view it came in is left."""
        return self.stays or self.kind == "bad" or any((self.undo, self.retry, self.offer))

    def same_news(self, other: Notification) -> bool:
        """Whether showing both would only say the same thing twice; what can be undone is never the same."""
        return (self.text, self.kind) == (other.text, other.kind) and self.undo is None and other.undo is None


class Notifier(QObject):
    """Takes messages from anywhere; what is said before a window listens waits for it.

    Signals:
        posted: a `Notification`, once somebody listens.
        withdrawn: a topic that is over; its message goes.
        left: a view was left; messages that belong to it go.
    """

    posted = Signal(object)
    withdrawn = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Notification] = []
        self._listening = False

    def listen(self, hear: Callable[[Notification], None]) -> None:
        """Send every message to `hear` from now on, those that waited first."""
        self.posted.connect(hear)
        self._listening = True
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            hear(message)

    def post(self, message: Notification) -> None:
        if self._listening:
            self.posted.emit(message)
        else:
            self._waiting.append(message)

    def withdraw(self, topic: str) -> None:
        """Take back the message of a topic: what it told of is no longer so."""
        self._waiting = [message for message in self._waiting if message.topic != topic]
        self.withdrawn.emit(topic)

    def info(self, text: str, *, undo: Act | None = None, topic: str = "") -> None:
        self.post(Notification(text, "neutral", undo=undo, topic=topic))

    def success(self, text: str, *, undo: Act | None = None, topic: str = "") -> None:
        self.post(Notification(text, "good", undo=undo, topic=topic))

    def warning(
        self,
        text: str,
        *,
        retry: Act | None = None,
        topic: str = "",
        offer: tuple[str, Act] | None = None,
        stays: bool = False,
    ) -> None:
        self.post(Notification(text, "warn", retry=retry, topic=topic, offer=offer, stays=stays))

    def error(self, text: str, *, retry: Act | None = None, topic: str = "") -> None:
        self.post(Notification(text, "bad", retry=retry, topic=topic))
