"""The messages for errors of which only the code was stored, and perhaps the service's words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code, WorkbenchError
from app.core.sentence_joiner import without_chinese_gaps
from app.ui.texts.errors.formatting import error_message
from app.ui.texts.errors.message import ErrorMessage

_TIMEOUTS = frozenset({Code.CONNECT_TIMEOUT, Code.FIRST_BYTE_TIMEOUT, Code.IDLE_TIMEOUT, Code.TOTAL_TIMEOUT})


def stored_error_message(code: str, detail: str = "") -> ErrorMessage:
    """Return the message for a stored code, perhaps of another version of the program.

    Neither the host nor the time limit was stored, so the sentence is about “the service”.
    """
    known = Code(code) if code in set(Code) else Code.UNEXPECTED
    if known in _TIMEOUTS:
        what = QCoreApplication.translate("Errors", "The service did not answer in time.")
    else:
        the_service = QCoreApplication.translate("Errors", "the service")
        what = without_chinese_gaps(error_message(WorkbenchError(known, message=detail, host=the_service)).what)
    # What to do must not depend on a host that is not known.
    next_step = error_message(WorkbenchError(known, message=detail)).next_step
    return ErrorMessage(what[:1].upper() + what[1:], next_step)
