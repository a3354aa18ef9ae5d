"""Says what of a call is not kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.json_window import JsonWindow
from app.services.call_history import MAX_TEXT_LENGTH, SavedCall
from app.services.ports import Call
from app.ui.texts.numbers import count, size


def request_note(call: Call, window: JsonWindow) -> str:
    """What of a request is not kept; empty if it is whole."""
    if isinstance(call, SavedCall) and len(call.request) >= MAX_TEXT_LENGTH and not window.is_json:
        text = QCoreApplication.translate(
            "Inspector", "This call is from an earlier run: only its first {n} characters are saved. {size} were sent."
        )
        return text.format(n=count(MAX_TEXT_LENGTH), size=size(call.request_bytes))
    if call.elided:
        return QCoreApplication.translate(
            "Inspector", "Attached files are not recorded. Send again adds those that the conversation still has."
        )
    return ""


def response_note(call: Call, number: int) -> str:
    """What of a response is not kept; empty if it is whole."""
    if number < len(call.attempts) - 1:
        return QCoreApplication.translate(
            "Inspector", "Another try followed: only the first 16 kB of this response are kept."
        )
    if not call.left_out:
        return ""
    if isinstance(call, SavedCall):
        text = QCoreApplication.translate(
            "Inspector",
            "This call is from an earlier run: only its first {n} characters are saved. {size} were received.",
        )
        return text.format(n=count(MAX_TEXT_LENGTH), size=size(call.response_bytes))
    if call.left_out >= call.response_bytes:
        return QCoreApplication.translate("Inspector", "The response was dropped to make room for newer calls.")
    text = QCoreApplication.translate("Inspector", "{left_out} from the middle of {size} are not kept.")
    return text.format(left_out=size(call.left_out), size=size(call.response_bytes))
