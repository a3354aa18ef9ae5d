"""A tool call failed, or a run reached its limit. Except for a loop, the model has got a tool's error as its result."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

TOOLS_MESSAGES: MessageTable = {
    Code.TOOL_UNKNOWN: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The model asked for a tool that does not exist: {name}."),
        QCoreApplication.translate("Errors", "The model was told and can continue."),
    ),
    Code.TOOL_ARGUMENTS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The arguments for {name} are not valid: {reason}."),
        QCoreApplication.translate("Errors", "The model was told. You can edit the arguments and replay."),
    ),
    Code.TOOL_FAILED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} failed: {reason}."),
        QCoreApplication.translate("Errors", "The model was told."),
    ),
    Code.TOOL_LOOP: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} was called again with the same arguments and result."),
        QCoreApplication.translate("Errors", "Go on, or stop here and ask a clearer question."),
    ),
    Code.TOOL_ROUNDS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{rounds} rounds of tool calls."),
        QCoreApplication.translate("Errors", "Go on?"),
    ),
    Code.RUN_SPEND_LIMIT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The run would cost more than its limit of {limit}."),
        QCoreApplication.translate("Errors", "Raise the limit, or ask this column again."),
    ),
    Code.TOOLS_FULL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There are {most} tools of your own, which is the most."),
        QCoreApplication.translate("Errors", "Remove some that you no longer need, then add new ones."),
    ),
}
