"""Messages for prompts and the files they are imported from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

PROMPT_MESSAGES: MessageTable = {
    Code.PROMPT_TOO_LONG: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The text has more than {most} characters."),
        QCoreApplication.translate("Errors", "Shorten it, or split it into several prompts."),
    ),
    Code.PROMPT_VERSIONS_FULL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The prompt has {most} versions, and no more can be saved."),
        QCoreApplication.translate("Errors", "Duplicate it and continue with the copy."),
    ),
    Code.PROMPT_FILE_OPEN: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The front matter begins with --- but has no end."),
        QCoreApplication.translate("Errors", "Add a line --- after it."),
    ),
    Code.PROMPT_FILE_LINE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "Line {line} of the front matter can't be read."),
        QCoreApplication.translate("Errors", "Correct it, or remove it."),
    ),
    Code.PROMPT_FILE_EMPTY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There is no prompt in the file."),
        QCoreApplication.translate("Errors", "Write its text below the front matter."),
    ),
    Code.TOO_MANY_FILES: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There are more than {most} files."),
        QCoreApplication.translate("Errors", "Import fewer at once."),
    ),
}
