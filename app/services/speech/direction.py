"""Directions: free text and three layers, formatted as in the platform's director mode (WIRE.md section 3.7)."""

from __future__ import annotations

from typing import NamedTuple

from app.core.tags import language_of

_LABELS = {"zh": ("角色：", "场景：", "指导：\n"), "en": ("Role: ", "Scene: ", "Guidance:\n")}
_BETWEEN = "\n\n"


class Layers(NamedTuple):
    """How a line is to be spoken: free text, role, scene and guidance."""

    free: str = ""
    role: str = ""
    scene: str = ""
    guidance: str = ""


def as_sent(layers: Layers) -> Layers:
    """One form of a direction that has both, as earlier versions could send: the free words begin the guidance."""
    if not (layers.free and any(layers[1:])):
        return layers
    return Layers("", layers.role, layers.scene, "\n".join(filter(None, (layers.free, layers.guidance))))


def written(layers: Layers) -> str:
    """Format a direction: free text, then the non-empty layers labelled in their language, separated by blank lines."""
    free, *parts = (part.strip() for part in layers)
    labels = _LABELS[language_of(" ".join(parts))]
    labelled = [label + words for label, words in zip(labels, parts, strict=True) if words]
    return _BETWEEN.join([free, *labelled] if free else labelled)


def read(direction: str) -> Layers:
    """Parse a direction made by `written`; any other text is free text."""
    for labels in _LABELS.values():
        parts = ["", "", ""]
        rest = direction
        # From the last label to the first: text before a label belongs to an earlier layer.
        for index in reversed(range(len(labels))):
            before, label, text = (_BETWEEN + rest).rpartition(_BETWEEN + labels[index])
            if label:
                parts[index] = text
                rest = before.removeprefix(_BETWEEN)
        if any(parts):
            return Layers(rest, *parts)
    return Layers(direction)
