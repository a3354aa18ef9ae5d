"""The demo service could not be started, or stopped."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

DEMO_MESSAGES: MessageTable = {
    Code.DEMO_NOT_INSTALLED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The demo service is not installed (missing: {missing})."),
        QCoreApplication.translate(
            "Errors", "Start the program with “python3 packaging/bootstrap.py run”, or install the extra “demo”."
        ),
    ),
    Code.DEMO_DIED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The demo service stopped unexpectedly."),
        QCoreApplication.translate("Errors", "It restarts with the next request."),
    ),
    Code.DEMO_START: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The demo service did not start: {reason}."),
        QCoreApplication.translate("Errors", "Try again, or choose another service in Settings."),
    ),
}
