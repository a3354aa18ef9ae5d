"""Direction: free words, or three layers written as the platform's director mode (mimo-api 3.7 d)."""

from __future__ import annotations

from app.core.tags import language_of

_LABELS = {"zh": ("角色：", "场景：", "指导：\n"), "en": ("Role: ", "Scene: ", "Guidance:\n")}


def layered(role: str, scene: str, guidance: str) -> str:
    """The layers that have words, labelled in their language and apart by an empty line."""
    layers = (role.strip(), scene.strip(), guidance.strip())
    labels = _LABELS[language_of(" ".join(layers))]
    return "\n\n".join(label + words for label, words in zip(labels, layers, strict=True) if words)
