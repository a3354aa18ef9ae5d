"""Direction: free words and three layers, written as the platform's director mode (WIRE.md section 3.7)."""

from __future__ import annotations

from typing import NamedTuple

from app.core.tags import language_of

_LABELS = {"zh": ("角色：", "场景：", "指导：\n"), "en": ("Role: ", "Scene: ", "Guidance:\n")}
_BETWEEN = "\n\n"


class Layers(NamedTuple):
    """How a line is to be spoken: in free words, by whom, where, and how exactly."""

    free: str = ""
    role: str = ""
    scene: str = ""
    guidance: str = ""


def written(layers: Layers) -> str:
    """Free words first, then the layers that have words, labelled in their language, apart by empty lines."""
    free, *parts = (part.strip() for part in layers)
    labels = _LABELS[language_of(" ".join(parts))]
    labelled = [label + words for label, words in zip(labels, parts, strict=True) if words]
    return _BETWEEN.join([free, *labelled] if free else labelled)


def read(direction: str) -> Layers:
    """The layers of a direction that `written` made; any other is free words."""
    for labels in _LABELS.values():
        parts = ["", "", ""]
        rest = direction
        # The last label first: what stands before it belongs to the layers above.
        for place in reversed(range(len(labels))):
            before, found, words = (_BETWEEN + rest).rpartition(_BETWEEN + labels[place])
            if found:
                parts[place] = words
                rest = before.removeprefix(_BETWEEN)
        if any(parts):
            return Layers(rest, *parts)
    return Layers(direction)
