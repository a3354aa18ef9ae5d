"""The models that this service offers, as documented by the platform (WIRE.md sections 0 to 2)."""

from __future__ import annotations

from enum import Enum
from typing import Any

import msgspec

from app.demo.errors import Refusal, unsupported_model


class ModelKind(Enum):
    CHAT = "chat"
    TTS = "tts"
    DESIGN = "voicedesign"
    CLONE = "voiceclone"
    ASR = "asr"


class Model(msgspec.Struct, frozen=True):
    """One model id.

    Attributes:
        accepts_images: whether images are accepted.
        accepts_audio: whether audio and video are accepted.
        max_tokens: highest `max_completion_tokens`.
        default_tokens: default of `max_completion_tokens`.
        context: prompt limit in tokens.
        thinks_by_default: whether thinking is on if the request does not specify it.
        injected_tokens: tokens of the system prompt that the platform adds if none is sent.
        retired: date on which the platform retires the model, "" if it does not. The demo service goes on answering it,
            for old conversations (WIRE.md section 13).
        tokens_per_minute: TPM limit.
    """

    id: str
    kind: ModelKind = ModelKind.CHAT
    accepts_images: bool = False
    accepts_audio: bool = False
    max_tokens: int = 131_072
    default_tokens: int = 131_072
    context: int = 1_048_576
    thinks_by_default: bool = True
    injected_tokens: int = 0
    retired: str = ""
    tokens_per_minute: int = 10_000_000


_SPEECH_CONTEXT = 8_192
_INJECTED_TOKENS = 240
_V25_RETIRED = "2026-10-21"

MODELS = {
    model.id: model
    for model in (
        Model(
            "mimo-v2.5",
            accepts_images=True,
            accepts_audio=True,
            default_tokens=32_768,
            injected_tokens=_INJECTED_TOKENS,
            retired=_V25_RETIRED,
        ),
        Model(
            "mimo-v2.5-asr",
            ModelKind.ASR,
            max_tokens=4_096,
            default_tokens=4_096,
            context=_SPEECH_CONTEXT,
            tokens_per_minute=10_000,
        ),
        Model("mimo-v2.5-pro", injected_tokens=_INJECTED_TOKENS, retired=_V25_RETIRED),
        *(
            Model(id, kind, max_tokens=8_192, default_tokens=8_192, context=_SPEECH_CONTEXT)
            for id, kind in (
                ("mimo-v2.5-tts", ModelKind.TTS),
                ("mimo-v2.5-tts-voiceclone", ModelKind.CLONE),
                ("mimo-v2.5-tts-voicedesign", ModelKind.DESIGN),
            )
        ),
        Model("mimo-v2.6-flash", accepts_images=True, accepts_audio=True),
        Model("mimo-v2.6-pro", accepts_images=True, accepts_audio=True),
        Model("mimo-v2.6-pro-ultraspeed", accepts_images=True, accepts_audio=True),
    )
}
"""The recorded model list, in its order (WIRE.md section 1)."""


def get_model(id: str) -> Model:
    """Look up a model by its exact id.

    Raises:
        Refusal: the platform does not know the id: other case, a suffix such as `[1m]`, or a v2 id, which ended.
    """
    model = MODELS.get(id)
    if model is None:
        raise unsupported_model(id)
    return model


def get_chat_model(id: str) -> Model:
    """Look up a chat model, for the Anthropic endpoint, which supports neither speech nor recognition.

    Raises:
        Refusal: the id is unknown or not a chat model.
    """
    model = get_model(id)
    if model.kind is not ModelKind.CHAT:
        raise Refusal(400, "Param Incorrect", f"model {id} is not supported on this endpoint")
    return model


def listing() -> dict[str, Any]:
    """Body of the model list."""
    return {"object": "list", "data": [{"id": id, "object": "model", "owned_by": "xiaomi"} for id in MODELS]}
