"""Parses and validates speech and recognition requests, with the platform's errors (WIRE.md sections 3.6 and 4)."""

from __future__ import annotations

from typing import Any, Literal, TypeVar, cast

import msgspec

from app.demo import dataurl, tokens
from app.demo.chat.question import Language, language_of
from app.demo.chat.script import load_script
from app.demo.errors import incorrect, token_limit, too_long
from app.demo.models import Model, ModelKind
from app.demo.speech.schema import (
    AssistantMessage,
    DeveloperMessage,
    RecognitionBody,
    SpeechBody,
    SystemMessage,
    UserMessage,
)
from app.demo.speech.synthesis_request import MAX_SECONDS, SynthesisRequest

BUILT_IN = ("冰糖", "茉莉", "苏打", "白桦", "Mia", "Chloe", "Milo", "Dean")
DEFAULT_VOICE = "mimo_default"
_BASE64_LIMIT = 10 * 1024 * 1024
_SAMPLE_FORMATS = ("mpeg", "mp3", "wav")
_FORMATS = {"wav": "wav", "mp3": "mp3", "pcm": "pcm16", "pcm16": "pcm16"}
_UNSUPPORTED_FIELDS = ("response_format", "stop", "thinking", "tools", "tool_choice")
_LANGUAGES = ("zh", "en", "auto")
TOKENS_PER_SECOND = 12.5
CACHED_TOKENS = 109
"""Tokens of the platform's frame around a speech request, served from its cache (WIRE.md section 3.6)."""
_FRAME_TOKENS = 174

T = TypeVar("T")
Container = Literal["wav", "mp3", "pcm16"]


class SpeechRequest(msgspec.Struct, frozen=True):
    """A validated speech request.

    Attributes:
        preview: whether the spoken text is returned as `final_text_preview`.
        prompt_tokens: tokens of the direction, the text as sent, and the frame around them.
    """

    model: Model
    synthesis: SynthesisRequest
    container: Container
    stream: bool
    preview: bool
    prompt_tokens: int


class RecognitionRequest(msgspec.Struct, frozen=True):
    """A validated recognition request.

    Attributes:
        file: the audio file.
        language: language of the answer if nothing is recognised.
        max_tokens: token limit of the transcript.
    """

    model: Model
    file: bytes
    language: Language
    stream: bool
    max_tokens: int


def parse_speech(body: dict[str, Any], model: Model, *, has_default_voice: bool = True) -> SpeechRequest:
    """Validate a speech request.

    Args:
        has_default_voice: whether `mimo_default` is a known voice; on some clusters it was not (WIRE.md section 3.2).

    Raises:
        Refusal: the request is invalid; has the platform's error text.
    """
    if unsupported := next((name for name in _UNSUPPORTED_FIELDS if name in body), None):
        raise incorrect(f"{unsupported} is not supported for TTS model")
    _check_token_limits(body, model)
    speech = _converted(body, SpeechBody)
    for number, message in enumerate(speech.messages):
        if isinstance(message, SystemMessage | DeveloperMessage):
            raise incorrect(f"messages[{number}] system role is not allowed for TTS model")
    text = next((_text(m.content) for m in reversed(speech.messages) if isinstance(m, AssistantMessage)), None)
    direction = next((_text(m.content) for m in reversed(speech.messages) if isinstance(m, UserMessage)), "")
    audio = speech.audio
    preview = bool(audio and audio.optimize_text_preview)
    voice = _voice(model, audio.voice if audio else None, direction, text or "", has_default_voice)
    if preview and model.kind is not ModelKind.DESIGN:
        raise incorrect("audio.optimize_text_preview is only supported for voice design model")
    if text is None and not preview:
        raise incorrect("messages must contain an assistant role for TTS model")
    if not (text or "").strip() and not preview:
        raise incorrect("assistant message content must not be empty for TTS model")
    prompt_tokens = _FRAME_TOKENS + tokens.count(direction) + tokens.count(text or "")
    if prompt_tokens > model.context:
        raise too_long(prompt_tokens, model.context)
    limit = speech.max_completion_tokens or speech.max_tokens or model.default_tokens
    return SpeechRequest(
        model=model,
        synthesis=SynthesisRequest(
            _optimised_text(text, direction) if preview else text or "",
            direction,
            voice,
            min(limit / TOKENS_PER_SECOND, MAX_SECONDS),
            can_sing=model.kind is ModelKind.TTS,
        ),
        container=_container(audio.format if audio else None, bool(speech.stream)),
        stream=bool(speech.stream),
        preview=preview,
        prompt_tokens=prompt_tokens,
    )


def parse_recognition(body: dict[str, Any], model: Model) -> RecognitionRequest:
    """Validate a recognition request.

    Raises:
        Refusal: the request is invalid; has the platform's error text.
    """
    _check_token_limits(body, model)
    recognition = _converted(body, RecognitionBody)
    language = recognition.asr_options.language if recognition.asr_options else None
    if language is not None and language not in _LANGUAGES:
        raise incorrect(f"asr_options.language must be one of: {', '.join(_LANGUAGES)}. Got: {language}")
    if not any(message.role == "user" and isinstance(message.content, list) for message in recognition.messages):
        raise incorrect("ASR request requires a user message with input_audio content")
    parts = [part for message in recognition.messages for part in _parts(message.content)]
    if any(message.role != "user" for message in recognition.messages) or any(p.get("type") == "text" for p in parts):
        raise incorrect("ASR request must not include text parts; text prompt is injected by the server")
    audio_parts = [part for part in parts if part.get("type") == "input_audio"]
    if len(audio_parts) != 1:
        raise incorrect(f"ASR requires exactly one input_audio part, found: {len(audio_parts)}")
    if other_part := next((part for part in parts if part.get("type") != "input_audio"), None):
        raise incorrect(f"ASR request must not include parts beside input_audio, found: {other_part.get('type')}")
    return RecognitionRequest(
        model,
        _audio_file(audio_parts[0].get("input_audio")),
        "zh" if language == "zh" else "en",
        bool(recognition.stream),
        recognition.max_completion_tokens or recognition.max_tokens or model.default_tokens,
    )


def _converted(body: dict[str, Any], schema: type[T]) -> T:
    try:
        return msgspec.convert(body, schema)
    except msgspec.ValidationError as error:
        raise incorrect(str(error)) from error


def _check_token_limits(body: dict[str, Any], model: Model) -> None:
    for field in ("max_completion_tokens", "max_tokens"):
        if type(value := body.get(field)) is int and (refusal := token_limit(field, value, model.max_tokens)):
            raise refusal


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(part.text for part in content)
    return content or ""


def _container(format_name: str | None, stream: bool) -> Container:
    """The default is wav; a stream is always pcm, whatever was asked; `pcm` is `pcm16` (WIRE.md section 3.1)."""
    if format_name is not None and format_name not in _FORMATS:
        raise incorrect(f"audio.format must be one of: {', '.join(_FORMATS)}. Got: {format_name}")
    return "pcm16" if stream else cast(Container, _FORMATS[format_name or "wav"])


def _voice(model: Model, voice: str | None, direction: str, text: str, has_default_voice: bool) -> str | bytes:
    if model.kind is ModelKind.DESIGN:
        if voice is not None:
            raise incorrect("audio.voice is not supported for voice design model")
        if not direction.strip():
            raise incorrect("user message content must not be empty for voice design model")
        return ""
    if model.kind is ModelKind.CLONE:
        return _sample(voice)
    available = (DEFAULT_VOICE, *BUILT_IN) if has_default_voice else BUILT_IN
    if voice is not None and voice not in available:
        raise incorrect(f"Unknown voice: {voice}. Available voices: [{', '.join(available)}]")
    if voice is None or voice == DEFAULT_VOICE:
        return "冰糖" if language_of(text) == "zh" else "Mia"
    return voice


def _sample(voice: str | None) -> bytes:
    if not voice:
        raise incorrect("audio.voice must not be empty for voice clone model")
    sample = dataurl.parse(voice)
    if sample is None:
        raise incorrect("audio.voice must be a DataURL for voice clone model")
    kind = sample.mime.removeprefix("audio/")
    if kind not in _SAMPLE_FORMATS:
        raise incorrect(f"Unsupported audio.voice source format: {kind}. Supported formats: [wav, mp3]")
    if len(voice) > _BASE64_LIMIT:
        # It is undocumented whether the prefix counts (WIRE.md section 10); this is the strict interpretation.
        raise incorrect("audio.voice base64 string must not exceed 10 MB")
    return _bytes(sample)


def _audio_file(input_audio: Any) -> bytes:
    if not isinstance(input_audio, dict) or not isinstance(input_audio.get("data"), str):
        raise incorrect("input_audio.data is required")
    format_name = input_audio.get("format")
    sample = dataurl.parse(input_audio["data"])
    if sample is None:
        sample = dataurl.DataUrl(f"audio/{format_name}", input_audio["data"])
    kind = sample.mime.removeprefix("audio/")
    if kind not in _SAMPLE_FORMATS or format_name not in (None, "wav", "mp3"):
        raise incorrect("input_audio.format must be one of: wav, mp3")
    if len(sample.base64) > _BASE64_LIMIT:
        raise incorrect("input_audio.data base64 string must not exceed 10 MB")
    return _bytes(sample)


def _bytes(url: dataurl.DataUrl) -> bytes:
    try:
        return url.decoded()
    except ValueError as error:
        raise incorrect(str(error)) from error


def _parts(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, list):
        return [part for part in content if isinstance(part, dict)]
    return [{"type": "text", "text": content}]


def _optimised_text(text: str | None, description: str) -> str:
    """The text to speak after optimisation: invented if there is none, tidied up, and extended if it is short."""
    sentences = load_script(language_of(text or description)).sentences
    if not text or not text.strip():
        return sentences["preview"].strip()
    optimised = text.strip()
    optimised = optimised[0].upper() + optimised[1:]
    if optimised[-1].isalnum():
        optimised += "。" if language_of(optimised) == "zh" else "."
    return f"{optimised}{sentences['preview_more']}" if tokens.count(optimised) < 16 else optimised
