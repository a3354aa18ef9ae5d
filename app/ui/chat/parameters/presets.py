"""The choices of system prompts and tasks, and which of them is in effect."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.prompts import Task

SAVED = "saved:"
"""Begins the key of one of the user's own prompts; its name follows."""
CUSTOM = "own"
"""In place of a preset's key when the system prompt, or the parameters, match no preset."""


def is_in_effect(task: Task, chosen: Task) -> bool:
    """Whether the values of a task preset are in effect; its numbers don't matter while thinking."""
    is_close = abs(task.temperature - chosen.temperature) < 1e-6 and abs(task.top_p - chosen.top_p) < 1e-6
    return task.thinking == chosen.thinking and (task.thinking or is_close)


def preset_names(*, custom: bool) -> tuple[tuple[str, str], ...]:
    """Key and name of the platform's prompts; with `custom`, of one that is none of them too."""
    names = (
        ("mimo-en", QCoreApplication.translate("Parameters", "MiMo, English")),
        ("mimo-zh", QCoreApplication.translate("Parameters", "MiMo, Chinese")),
        ("none", QCoreApplication.translate("Parameters", "None")),
    )
    return (*names, (CUSTOM, QCoreApplication.translate("Parameters", "Custom"))) if custom else names


def task_names(*, custom: bool) -> tuple[tuple[str, str], ...]:
    """Key and name of the task presets; with `custom`, of values that are none of them too."""
    names = (
        ("conversation", QCoreApplication.translate("Parameters", "Conversation")),
        ("coding", QCoreApplication.translate("Parameters", "Coding")),
        ("tools", QCoreApplication.translate("Parameters", "Tool use")),
        ("writing", QCoreApplication.translate("Parameters", "Writing")),
        ("web", QCoreApplication.translate("Parameters", "Web")),
        ("mathematics", QCoreApplication.translate("Parameters", "Mathematics")),
    )
    return (*names, (CUSTOM, QCoreApplication.translate("Parameters", "Custom"))) if custom else names
