"""The models this service answers for, as the platform documents them (WIRE.md sections 0 and 2)."""

from __future__ import annotations

from enum import Enum
from typing import Any

import msgspec

from app.demo.errors import Refusal, incorrect


class Kind(Enum):
    CHAT = "chat"
    TTS = "tts"
    DESIGN = "voicedesign"
    CLONE = "voiceclone"
    ASR = "asr"


class Model(msgspec.Struct, frozen=True):
    """One id.

    Attributes:
        served_by: the id that really answers and that `response.model` names; differs for routed v2 ids.
        sees, hears: takes images; takes sound and video.
        default_tokens: `max_completion_tokens` where the request names none.
        context: prompt limit in tokens.
        thinks: thinking is on where the request does not say.
        retired: date the platform took (or takes) it off line, "" for none; still served here.
        tokens_per_minute: TPM limit.
    """

    id: str
    kind: Kind = Kind.CHAT
    served_by: str = ""
    sees: bool = False
    hears: bool = False
    default_tokens: int = 131_072
    context: int = 1_048_576
    thinks: bool = True
    retired: str = ""
    tokens_per_minute: int = 10_000_000

    @property
    def answers_as(self) -> str:
        return self.served_by or self.id


_SPEECH_CONTEXT = 8_192
_LEAVING = "2026-10-21"
_GONE = "2026-06-30"

MODELS = {
    model.id: model
    for model in (
        Model("mimo-v2.6-pro", sees=True),
        Model("mimo-v2.6-flash", sees=True),
        Model("mimo-v2.5", sees=True, hears=True, default_tokens=32_768, retired=_LEAVING),
        Model("mimo-v2.5-pro", retired=_LEAVING),
        Model("mimo-v2.5-tts", Kind.TTS, default_tokens=8_192, context=_SPEECH_CONTEXT),
        Model("mimo-v2.5-tts-voicedesign", Kind.DESIGN, default_tokens=8_192, context=_SPEECH_CONTEXT),
        Model("mimo-v2.5-tts-voiceclone", Kind.CLONE, default_tokens=8_192, context=_SPEECH_CONTEXT),
        Model("mimo-v2.5-asr", Kind.ASR, default_tokens=4_096, context=_SPEECH_CONTEXT, tokens_per_minute=10_000),
        Model("mimo-v2-pro", served_by="mimo-v2.5-pro", retired=_GONE),
        Model("mimo-v2-omni", served_by="mimo-v2.5", sees=True, hears=True, default_tokens=32_768, retired=_GONE),
        Model(
            "mimo-v2-flash",
            served_by="mimo-v2.5",
            sees=True,
            hears=True,
            default_tokens=65_536,
            thinks=False,
            retired=_GONE,
        ),
        Model("mimo-v2-tts", Kind.TTS, "mimo-v2.5-tts", default_tokens=8_192, context=_SPEECH_CONTEXT, retired=_GONE),
    )
}


def model(id: str) -> Model:
    """The model of this id; the `[1m]` switch some tools append is taken off.

    Raises:
        Refusal: an id the platform does not know.
    """
    found = MODELS.get(id.removesuffix("[1m]"))
    if found is None:
        raise incorrect(f"Not supported model {id}")
    return found


def chat_model(id: str) -> Model:
    """A chat model, for the Anthropic side, which takes neither speech nor recognition.

    Raises:
        Refusal: any other id.
    """
    found = model(id)
    if found.kind is not Kind.CHAT:
        raise Refusal(400, "Param Incorrect", f"model {id} is not supported on this endpoint")
    return found


def listing() -> dict[str, Any]:
    """`GET /v1/models`: v2.6 and v2.5 ids alike, without those that another model answers for."""
    ids = sorted(model.id for model in MODELS.values() if not model.served_by)
    return {"object": "list", "data": [{"id": id, "object": "model", "owned_by": "xiaomi"} for id in ids]}
