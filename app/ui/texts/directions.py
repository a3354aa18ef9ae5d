"""Texts for saved directions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.voices import Direction, DirectionKind


def direction_kind(kind: DirectionKind) -> str:
    """What a saved direction is a part of: `Role`."""
    match kind:
        case "whole":
            return QCoreApplication.translate("Directions", "Whole direction")
        case "role":
            return QCoreApplication.translate("Directions", "Role")
        case "scene":
            return QCoreApplication.translate("Directions", "Scene")
        case "guidance":
            return QCoreApplication.translate("Directions", "Guidance")
        case "free":
            return QCoreApplication.translate("Directions", "Free words")


def direction_words(direction: Direction) -> str:
    """What a direction says, in one line."""
    parts = (direction.words, direction.role, direction.scene, direction.guidance)
    return " · ".join(" ".join(part.split()) for part in parts if part.strip())


def name_taken(kind: DirectionKind, name: str) -> str:
    """That there is one of this name already, and what to do."""
    match kind:
        case "whole":
            text = QCoreApplication.translate("Directions", "There is a direction “{name}” already.")
        case "role":
            text = QCoreApplication.translate("Directions", "There is a role “{name}” already.")
        case "scene":
            text = QCoreApplication.translate("Directions", "There is a scene “{name}” already.")
        case "guidance":
            text = QCoreApplication.translate("Directions", "There is guidance “{name}” already.")
        case "free":
            text = QCoreApplication.translate("Directions", "There are free words “{name}” already.")
    return text.format(name=name)
