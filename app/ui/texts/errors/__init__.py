"""What happened and what to do next, for every error code.

The tables hold one message for each code. The other modules of the program need only `error_message`, and
`stored_error_message` where the code alone is known.
"""

from __future__ import annotations

from app.ui.texts.errors.formatting import error_message, error_sentences
from app.ui.texts.errors.message import ErrorMessage
from app.ui.texts.errors.recovery import conversation_not_shown_message, restore_backup_label, unreadable_rows_message
from app.ui.texts.errors.stored import stored_error_message

__all__ = [
    "ErrorMessage",
    "conversation_not_shown_message",
    "error_message",
    "error_sentences",
    "restore_backup_label",
    "stored_error_message",
    "unreadable_rows_message",
]
