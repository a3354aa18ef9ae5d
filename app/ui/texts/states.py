"""Texts for states and outcomes that the lower layers identify by a code."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.messages import FinishReason, ToolState


def finish_text(reason: FinishReason | None) -> str:
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
            return QCoreApplication.translate("States", "Cut off for repeating itself")
        case "stopped":
            return QCoreApplication.translate("States", "Stopped")
        case "error":
            return QCoreApplication.translate("States", "Interrupted")
    return QCoreApplication.translate("States", "Ended, no reason given")


def finish_advice(reason: FinishReason | None, *, spent_on_thinking: bool = False) -> str:
    """Explain an ending the user should know about and what to do; empty for ordinary endings."""
    match reason:
        case "length" if spent_on_thinking:
            return QCoreApplication.translate(
                "States",
                "All tokens of the limit were spent on thinking, so there is no answer. Raise Max tokens, or turn "
                "Thinking off.",
            )
        case "length":
            return QCoreApplication.translate(
                "States", "The answer reached the token limit. Continue it, or raise Max tokens and regenerate."
            )
        case "content_filter":
            return QCoreApplication.translate(
                "States", "The platform's content filter stopped this answer. Rephrase without sensitive content."
            )
        case "repetition_truncation":
            return QCoreApplication.translate(
                "States",
                "The platform cut off the answer because it repeated itself. Regenerate it, or change the prompt.",
            )
    return ""


def tool_state_text(state: ToolState, *, ran: bool, asks_user: bool = False) -> str:
    """The state of a tool call. If it is done but no tool `ran`, the user answered it; `asks_user`: only they can."""
    match state:
        case "streaming":
            return QCoreApplication.translate("States", "receiving")
        case "waiting":
            if asks_user:
                return QCoreApplication.translate("States", "waiting for your answer")
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
