"""From a speech or recognition body to what it asks for, with the platform's refusals (WIRE.md sections 3.6 and 4)."""

from __future__ import annotations

from typing import Any, Literal, TypeVar, cast

import msgspec

from app.demo import dataurl, tokens
from app.demo.chat.question import Language, language_of
from app.demo.chat.script import script
from app.demo.errors import incorrect, too_long
from app.demo.models import Kind, Model
from app.demo.speech.schema import Assistant, Developer, RecognitionBody, SpeechBody, System, User
from app.demo.speech.synthesis_request import LONGEST, SynthesisRequest

BUILT_IN = ("冰糖", "茉莉", "苏打", "白桦", "Mia", "Chloe", "Milo", "Dean")
DEFAULT_VOICE = "mimo_default"
_OLD_VOICES = {"mimo_default": "", "default_zh": "冰糖", "default_en": "Mia"}
_BASE64_LIMIT = 10 * 1024 * 1024
_SAMPLE_FORMATS = ("mpeg", "mp3", "wav")
_FORMATS = {"wav": "wav", "mp3": "mp3", "pcm": "pcm16", "pcm16": "pcm16"}
_NOT_FOR_SPEECH = ("response_format", "stop", "thinking", "tools", "tool_choice")
_LANGUAGES = ("zh", "en", "auto")
TOKENS_PER_SECOND = 12.5

T = TypeVar("T")
Container = Literal["wav", "mp3", "pcm16"]


class SpeechOrder(msgspec.Struct, frozen=True):
    """A checked speech request.

    Attributes:
        preview: the spoken text goes back as `final_text_preview`.
        prompt_tokens: what was sent.
    """

    model: Model
    line: SynthesisRequest
    container: Container
    stream: bool
    preview: bool
    prompt_tokens: int


class RecognitionOrder(msgspec.Struct, frozen=True):
    """A checked recognition request.

    Attributes:
        file: the sound.
        language: to answer in where nothing is recognised.
        max_tokens: of the text.
    """

    model: Model
    file: bytes
    language: Language
    stream: bool
    max_tokens: int


def read_speech(body: dict[str, Any], model: Model) -> SpeechOrder:
    """Raises:
    Refusal: with the platform's text for the mistake.
    """
    if refused := next((name for name in _NOT_FOR_SPEECH if name in body), None):
        raise incorrect(f"{refused} is not supported for TTS model")
    speech = _shaped(body, SpeechBody)
    for number, message in enumerate(speech.messages):
        if isinstance(message, System | Developer):
            raise incorrect(f"messages[{number}] system role is not allowed for TTS model")
    text = next((_text(m.content) for m in reversed(speech.messages) if isinstance(m, Assistant)), None)
    direction = next((_text(m.content) for m in reversed(speech.messages) if isinstance(m, User)), "")
    audio = speech.audio
    preview = bool(audio and audio.optimize_text_preview)
    voice = _voice(model, audio.voice if audio else None, direction, text or "")
    if preview and model.kind is not Kind.DESIGN:
        raise incorrect("audio.optimize_text_preview is only supported for voice design model")
    if text is None and not preview:
        raise incorrect("messages must contain an assistant role for TTS model")
    if not (text or "").strip() and not preview:
        raise incorrect("assistant message content must not be empty for TTS model")
    sent = tokens.count(direction) + tokens.count(text or "")
    if sent > model.context:
        raise too_long(sent, model.context)
    limit = speech.max_completion_tokens or speech.max_tokens or model.default_tokens
    return SpeechOrder(
        model=model,
        line=SynthesisRequest(
            _polished(text, direction) if preview else text or "",
            direction,
            voice,
            min(limit / TOKENS_PER_SECOND, LONGEST),
            sings=model.kind is Kind.TTS,
            elements=model.id == "mimo-v2-tts",
        ),
        container=_container(audio.format if audio else None, bool(speech.stream)),
        stream=bool(speech.stream),
        preview=preview,
        prompt_tokens=sent,
    )


def read_recognition(body: dict[str, Any], model: Model) -> RecognitionOrder:
    """Raises:
    Refusal: with the platform's text for the mistake.
    """
    limits = [body.get("max_completion_tokens"), body.get("max_tokens")]
    if any(isinstance(limit, int) and limit > model.default_tokens for limit in limits):
        raise incorrect(f"This model supports at most {model.default_tokens}")
    recognition = _shaped(body, RecognitionBody)
    language = recognition.asr_options.language if recognition.asr_options else None
    if language is not None and language not in _LANGUAGES:
        raise incorrect(f"asr_options.language must be one of: {', '.join(_LANGUAGES)}. Got: {language}")
    parts = [part for message in recognition.messages for part in _parts(message.content)]
    roles = [message.role for message in recognition.messages]
    if "system" in roles or "developer" in roles or any(part.get("type") == "text" for part in parts):
        raise incorrect("ASR request must not include text parts; text prompt is injected by the server")
    if stranger := next((role for role in roles if role != "user"), None):
        raise incorrect(f"ASR request must have a user message only, found role: {stranger}")
    sounds = [part for part in parts if part.get("type") == "input_audio"]
    if len(sounds) != 1:
        raise incorrect(f"ASR requires exactly one input_audio part, found: {len(sounds)}")
    if other := next((part for part in parts if part.get("type") != "input_audio"), None):
        raise incorrect(f"ASR request must not include parts beside input_audio, found: {other.get('type')}")
    return RecognitionOrder(
        model,
        _sound_file(sounds[0].get("input_audio")),
        "zh" if language == "zh" else "en",
        bool(recognition.stream),
        recognition.max_completion_tokens or recognition.max_tokens or model.default_tokens,
    )


def _shaped(body: dict[str, Any], shape: type[T]) -> T:
    try:
        return msgspec.convert(body, shape)
    except msgspec.ValidationError as mismatch:
        raise incorrect(str(mismatch)) from mismatch


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(part.text for part in content)
    return content or ""


def _container(given: str | None, stream: bool) -> Container:
    """Default wav, pcm when streaming; `pcm` and `pcm16` are the same (WIRE.md section 3.1)."""
    if given is None:
        return "pcm16" if stream else "wav"
    if given not in _FORMATS:
        raise incorrect(f"audio.format must be one of: {', '.join(_FORMATS)}. Got: {given}")
    return cast(Container, _FORMATS[given])


def _voice(model: Model, voice: str | None, direction: str, text: str) -> str | bytes:
    if model.kind is Kind.DESIGN:
        if voice is not None:
            raise incorrect("audio.voice is not supported for voice design model")
        if not direction.strip():
            raise incorrect("user message content must not be empty for voice design model")
        return ""
    if model.kind is Kind.CLONE:
        return _sample(voice)
    own = "冰糖" if language_of(text) == "zh" else "Mia"
    if model.served_by and voice in _OLD_VOICES:
        return _OLD_VOICES[voice] or own
    if voice is None or voice == DEFAULT_VOICE:
        return own
    if voice not in BUILT_IN:
        raise incorrect(f"Unknown voice: {voice}. Available voices: [{', '.join((DEFAULT_VOICE, *BUILT_IN))}]")
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
        # The prefix may count (WIRE.md section 10): the strict reading.
        raise incorrect("audio.voice base64 string must not exceed 10 MB")
    return _bytes(sample)


def _sound_file(input_audio: Any) -> bytes:
    if not isinstance(input_audio, dict) or not isinstance(input_audio.get("data"), str):
        raise incorrect("input_audio.data is required")
    given = input_audio.get("format")
    sample = dataurl.parse(input_audio["data"])
    if sample is None:
        sample = dataurl.DataUrl(f"audio/{given}", input_audio["data"])
    kind = sample.mime.removeprefix("audio/")
    if kind not in _SAMPLE_FORMATS or given not in (None, "wav", "mp3"):
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


def _polished(text: str | None, description: str) -> str:
    """The text to speak after polishing: written where there was none, tidied and rounded off where it was short."""
    words = script(language_of(text or description)).words
    if not text or not text.strip():
        return words["preview"].strip()
    tidy = text.strip()
    tidy = tidy[0].upper() + tidy[1:]
    if tidy[-1].isalnum():
        tidy += "。" if language_of(tidy) == "zh" else "."
    return f"{tidy}{words['preview_more']}" if tokens.count(tidy) < 16 else tidy
