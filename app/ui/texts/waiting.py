"""What a call waits for before it is sent."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.events import Waiting
from app.ui.texts.numbers import seconds


def waiting_words(event: Waiting) -> str:
    """The reason, how long, and the place in the queue where others go first."""
    time = seconds(event.seconds)
    if event.reason == "retry":
        return QCoreApplication.translate("Chat", "The service did not answer: trying again in {time}.").format(
            time=time
        )
    if event.position > 1:
        return QCoreApplication.translate(
            "Chat", "The request limit is reached: sending in {time}, number {place} in the queue."
        ).format(time=time, place=event.position)
    return QCoreApplication.translate("Chat", "The request limit is reached: sending in {time}.").format(time=time)
