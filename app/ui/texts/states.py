"""Words for states and outcomes that the lower layers name by code."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.messages import FinishReason, ToolState


def finish(reason: FinishReason | None) -> str:
    """How a reply ended, in a word or two."""
    match reason:
        case "stop":
            return QCoreApplication.translate("States", "Finished")
        case "length":
            return QCoreApplication.translate("States", "Token limit reached")
        case "tool_calls":
            return QCoreApplication.translate("States", "Called tools")
        case "content_filter":
            return QCoreApplication.translate("States", "Refused by the content filter")
        case "repetition_truncation":
            return QCoreApplication.translate("States", "Cut for repeating itself")
        case "stopped":
            return QCoreApplication.translate("States", "Stopped")
        case "error":
            return QCoreApplication.translate("States", "Broke off")
    return QCoreApplication.translate("States", "Ended without a reason")


def finish_advice(reason: FinishReason | None) -> str:
    """One sentence with what to do, for endings a person should know about; empty for the ordinary ones."""
    match reason:
        case "length":
            return QCoreApplication.translate(
                "States", "The answer reached the token limit: raise Max tokens, or ask MiMo to go on."
            )
        case "content_filter":
            return QCoreApplication.translate(
                "States", "The platform's content filter ended this answer: rephrase without sensitive content."
            )
        case "repetition_truncation":
            return QCoreApplication.translate(
                "States", "The platform cut the answer because it repeated itself: regenerate, or vary the prompt."
            )
    return ""


def tool_state(state: ToolState, *, ran: bool) -> str:
    """What a tool call is doing. One that is done although no tool `ran` was answered by a person."""
    match state:
        case "streaming":
            return QCoreApplication.translate("States", "arriving")
        case "waiting":
            return QCoreApplication.translate("States", "waiting for approval")
        case "running":
            return QCoreApplication.translate("States", "running")
        case "done":
            done = QCoreApplication.translate("States", "done")
            return done if ran else QCoreApplication.translate("States", "answered")
        case "failed":
            return QCoreApplication.translate("States", "failed")
        case "denied":
            return QCoreApplication.translate("States", "denied")
        case "stopped":
            return QCoreApplication.translate("States", "stopped")
