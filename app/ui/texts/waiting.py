"""Why a request is waiting before it is sent."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.events import Waiting
from app.ui.texts.numbers import seconds


def waiting_message(event: Waiting) -> str:
    """Say why a request waits, for how long, and its position in the queue if it is not the first."""
    time = seconds(event.seconds)
    if event.reason == "retry":
        return QCoreApplication.translate("Chat", "The service did not answer. Trying again in {time}.").format(
            time=time
        )
    if event.position > 1:
        return QCoreApplication.translate(
            "Chat", "The request limit is reached. Sending in {time}, number {place} in the queue."
        ).format(time=time, place=event.position)
    return QCoreApplication.translate("Chat", "The request limit is reached. Sending in {time}.").format(time=time)
