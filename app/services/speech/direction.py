"""Direction: free words, or three layers written as the platform's director mode (mimo-api 3.7 d)."""

from __future__ import annotations

from app.core.tags import language_of

_LABELS = {"zh": ("角色：", "场景：", "指导：\n"), "en": ("Role: ", "Scene: ", "Guidance:\n")}


def layered(role: str, scene: str, guidance: str) -> str:
    """The layers that have words, labelled in their language and apart by an empty line."""
    layers = (role.strip(), scene.strip(), guidance.strip())
    labels = _LABELS[language_of(" ".join(layers))]
    return "\n\n".join(label + words for label, words in zip(labels, layers, strict=True) if words)


def layers(direction: str) -> tuple[str, str, str] | None:
    """Role, scene and guidance of a direction that `layered` wrote; None for free words."""
    for labels in _LABELS.values():
        parts = ["", "", ""]
        rest = direction
        for place in reversed(range(len(labels))):
            # The last label first: what stands before it belongs to the layers above.
            at = 0 if rest.startswith(labels[place]) else rest.find("\n\n" + labels[place])
            if at >= 0:
                parts[place] = rest[at:].lstrip("\n").removeprefix(labels[place])
                rest = rest[:at]
        if not rest and any(parts):
            return parts[0], parts[1], parts[2]
    return None
