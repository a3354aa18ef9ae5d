"""The models that this service offers, as documented by the platform (WIRE.md sections 0 and 2)."""

from __future__ import annotations

from enum import Enum
from typing import Any

import msgspec

from app.demo.errors import Refusal, incorrect


class ModelKind(Enum):
    CHAT = "chat"
    TTS = "tts"
    DESIGN = "voicedesign"
    CLONE = "voiceclone"
    ASR = "asr"


class Model(msgspec.Struct, frozen=True):
    """One model id.

    Attributes:
        served_by: id of the model that actually answers and that `response.model` names; set for routed v2 ids.
        accepts_images: whether images are accepted.
        accepts_audio: whether audio and video are accepted.
        default_tokens: default of `max_completion_tokens`.
        context: prompt limit in tokens.
        thinks_by_default: whether thinking is on if the request does not specify it.
        retired: date on which the platform retires the model, "" if it does not. Retired models are still served here.
        tokens_per_minute: TPM limit.
    """

    id: str
    kind: ModelKind = ModelKind.CHAT
    served_by: str = ""
    accepts_images: bool = False
    accepts_audio: bool = False
    default_tokens: int = 131_072
    context: int = 1_048_576
    thinks_by_default: bool = True
    retired: str = ""
    tokens_per_minute: int = 10_000_000

    @property
    def response_model(self) -> str:
        return self.served_by or self.id


_SPEECH_CONTEXT = 8_192
_V25_RETIRED = "2026-10-21"
_V2_RETIRED = "2026-06-30"

MODELS = {
    model.id: model
    for model in (
        Model("mimo-v2.6-pro", accepts_images=True),
        Model("mimo-v2.6-flash", accepts_images=True),
        Model("mimo-v2.5", accepts_images=True, accepts_audio=True, default_tokens=32_768, retired=_V25_RETIRED),
        Model("mimo-v2.5-pro", retired=_V25_RETIRED),
        Model("mimo-v2.5-tts", ModelKind.TTS, default_tokens=8_192, context=_SPEECH_CONTEXT),
        Model("mimo-v2.5-tts-voicedesign", ModelKind.DESIGN, default_tokens=8_192, context=_SPEECH_CONTEXT),
        Model("mimo-v2.5-tts-voiceclone", ModelKind.CLONE, default_tokens=8_192, context=_SPEECH_CONTEXT),
        Model("mimo-v2.5-asr", ModelKind.ASR, default_tokens=4_096, context=_SPEECH_CONTEXT, tokens_per_minute=10_000),
        Model("mimo-v2-pro", served_by="mimo-v2.5-pro", retired=_V2_RETIRED),
        Model(
            "mimo-v2-omni",
            served_by="mimo-v2.5",
            accepts_images=True,
            accepts_audio=True,
            default_tokens=32_768,
            retired=_V2_RETIRED,
        ),
        Model(
            "mimo-v2-flash",
            served_by="mimo-v2.5",
            accepts_images=True,
            accepts_audio=True,
            default_tokens=65_536,
            thinks_by_default=False,
            retired=_V2_RETIRED,
        ),
        Model(
            "mimo-v2-tts",
            ModelKind.TTS,
            "mimo-v2.5-tts",
            default_tokens=8_192,
            context=_SPEECH_CONTEXT,
            retired=_V2_RETIRED,
        ),
    )
}


def get_model(id: str) -> Model:
    """Look up a model by id. The `[1m]` suffix that some tools append is ignored.

    Raises:
        Refusal: the platform does not know the id.
    """
    model = MODELS.get(id.removesuffix("[1m]"))
    if model is None:
        raise incorrect(f"Not supported model {id}")
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
    """Body of `GET /v1/models`: all v2.6 and v2.5 ids, without ids that are routed to another model."""
    ids = sorted(model.id for model in MODELS.values() if not model.served_by)
    return {"object": "list", "data": [{"id": id, "object": "model", "owned_by": "xiaomi"} for id in ids]}
