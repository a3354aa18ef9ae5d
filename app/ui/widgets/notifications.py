"""Posts notifications to the message bar from anywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

NoticeKind = Literal["neutral", "good", "warn", "bad"]
Act = Callable[[], object]
Wording = str | Callable[[], str]
"""A text, or a function that returns it in the current language, for what is shown across a change of language."""


class Notification(NamedTuple):
    """One notification.

    Attributes:
        topic: a later notification of the same topic replaces this one; empty for no topic.
        offer: the label of a button and its action.
        wording: returns the text in the current language; None if it is known in one language only.
        stays: whether it belongs to no view and so remains when the current view is left.
    """

    text: str
    kind: NoticeKind = "neutral"
    undo: Act | None = None
    retry: Act | None = None
    topic: str = ""
    offer: tuple[Wording, Act] | None = None
    stays: bool = False
    wording: Callable[[], str] | None = None

    @property
    def lasts(self) -> bool:
        """Whether it remains when the view it was posted in is left."""
        return self.stays or self.kind == "bad" or any((self.undo, self.retry, self.offer))

    def same_news(self, other: Notification) -> bool:
        """Whether showing both would only repeat the same text. Those with an undo action are never the same."""
        return (self.text, self.kind) == (other.text, other.kind) and self.undo is None and other.undo is None


class Notifier(QObject):
    """Collects notifications from anywhere; those posted before a window listens are queued.

    Signals:
        posted: a `Notification`, once there is a listener.
        withdrawn: the topic whose notification is to be removed.
        left: a view was left; its notifications are to be removed.
    """

    posted = Signal(object)
    withdrawn = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._queue: list[Notification] = []
        self._listening = False

    def listen(self, show: Callable[[Notification], None]) -> None:
        """Send every notification to `show` from now on, the queued ones first."""
        self.posted.connect(show)
        self._listening = True
        queue, self._queue = self._queue, []
        for message in queue:
            show(message)

    def post(self, message: Notification) -> None:
        if self._listening:
            self.posted.emit(message)
        else:
            self._queue.append(message)

    def withdraw(self, topic: str) -> None:
        """Remove the notification of a topic that no longer applies."""
        self._queue = [message for message in self._queue if message.topic != topic]
        self.withdrawn.emit(topic)

    def info(self, text: Wording, *, undo: Act | None = None, topic: str = "") -> None:
        self.post(_notification(text, "neutral", undo=undo, topic=topic))

    def success(self, text: Wording, *, undo: Act | None = None, topic: str = "") -> None:
        self.post(_notification(text, "good", undo=undo, topic=topic))

    def warning(
        self,
        text: Wording,
        *,
        retry: Act | None = None,
        topic: str = "",
        offer: tuple[Wording, Act] | None = None,
        stays: bool = False,
    ) -> None:
        self.post(_notification(text, "warn", retry=retry, topic=topic, offer=offer, stays=stays))

    def error(self, text: Wording, *, retry: Act | None = None, topic: str = "") -> None:
        self.post(_notification(text, "bad", retry=retry, topic=topic))


def worded(wording: Wording) -> str:
    """The text in the current language, as far as it is known in it."""
    return wording if isinstance(wording, str) else wording()


def _notification(
    text: Wording,
    kind: NoticeKind,
    *,
    undo: Act | None = None,
    retry: Act | None = None,
    topic: str = "",
    offer: tuple[Wording, Act] | None = None,
    stays: bool = False,
) -> Notification:
    wording = None if isinstance(text, str) else text
    return Notification(worded(text), kind, undo, retry, topic, offer, stays, wording)
