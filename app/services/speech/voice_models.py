"""Which models speak with which voices."""

from __future__ import annotations

from app.core.catalogue import ModelKind

_KINDS: dict[str, ModelKind] = {"builtin": "speech", "designed": "speech-design", "cloned": "speech-clone"}


def model_kind(voice_kind: str) -> ModelKind:
    """The kind of the models that speak with a kind of voice (`VoiceSnapshot.kind`)."""
    return _KINDS[voice_kind]
