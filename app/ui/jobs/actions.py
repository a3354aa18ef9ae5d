"""What can be done with a job, as buttons of its row."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from PySide6.QtCore import QCoreApplication

from app.ui.theme.icons import Icon


class Action(StrEnum):
    """An action. Their accessible names are a public contract."""

    UP = "up"
    DOWN = "down"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    SEND_AGAIN = "send-again"
    LET_GO = "let-go"
    RETRY = "retry"
    SHOW = "show"


Style = Literal["icon", "box", "plain"]
"""An icon alone, a button with a border, or a text alone."""

STYLES: dict[Action, tuple[Style, Icon | None]] = {
    Action.UP: ("icon", Icon.CHEVRON_UP),
    Action.DOWN: ("icon", Icon.CHEVRON_DOWN),
    Action.PAUSE: ("icon", Icon.PAUSE),
    Action.RESUME: ("box", Icon.PLAY),
    Action.STOP: ("icon", Icon.STOP),
    Action.SEND_AGAIN: ("box", None),
    Action.LET_GO: ("box", None),
    Action.RETRY: ("box", Icon.REDO),
    Action.SHOW: ("plain", None),
}
"""The style of each action's button, and its icon."""


def action_name(action: Action) -> str:
    """The accessible name of an action."""
    match action:
        case Action.UP:
            return QCoreApplication.translate("Jobs", "Move up")
        case Action.DOWN:
            return QCoreApplication.translate("Jobs", "Move down")
        case Action.PAUSE:
            return QCoreApplication.translate("Jobs", "Pause job")
        case Action.RESUME:
            return QCoreApplication.translate("Jobs", "Resume job")
        case Action.STOP:
            return QCoreApplication.translate("Jobs", "Stop job")
        case Action.SEND_AGAIN:
            return QCoreApplication.translate("Jobs", "Send again")
        case Action.LET_GO:
            return QCoreApplication.translate("Jobs", "Let it go")
        case Action.RETRY:
            return QCoreApplication.translate("Jobs", "Retry failed")
        case Action.SHOW:
            return QCoreApplication.translate("Jobs", "Show job")


def action_text(action: Action, failed: int) -> str:
    """The text on the button of an action, of a job with so many failed calls; empty for an icon alone."""
    match action:
        case Action.RESUME:
            return QCoreApplication.translate("Jobs", "Resume")
        case Action.RETRY:
            return QCoreApplication.translate("Jobs", "Retry {n}").format(n=failed)
        case Action.SHOW:
            return QCoreApplication.translate("Jobs", "Show")
        case Action.SEND_AGAIN | Action.LET_GO:
            return action_name(action)
    return ""
