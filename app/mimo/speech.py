"""Speech request bodies and responses (WIRE.md section 3)."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from app.core.errors import Code, InputError, ServiceError, TransportError
from app.core.events import (
    AudioDelta,
    AudioFormat,
    Finished,
    PreviewText,
    SpeechEvent,
    Started,
    UsageReported,
)
from app.core.refusals import is_refusal
from app.core.requests import BuiltinVoice, ClonedVoice, DesignedVoice, SpeechRequest
from app.mimo.audio_bytes import AudioDecoder
from app.mimo.openai_events import FINISH_REASONS, parse_chunk, usage_from
from app.mimo.openai_wire import Delta
from app.mimo.thoughts import plain_text

MAX_SAMPLE_LENGTH = 10 * 1024 * 1024
"""Maximum length of a sample's data URL in characters (WIRE.md section 10; 10 MB may mean 10^7)."""


def speech_body(request: SpeechRequest) -> dict[str, Any]:
    """The JSON body of one take. A system message never goes to a speech model (WIRE.md section 3.6).

    Raises `InputError` NO_TEXT, NO_DESCRIPTION, NO_SAMPLE or SAMPLE_TOO_LARGE.
    """
    voice = request.voice
    audio: dict[str, Any] = {"format": "pcm16" if request.stream else request.container}
    instruction = request.direction
    text_is_optional = False
    if isinstance(voice, BuiltinVoice):
        audio["voice"] = voice.id
    elif isinstance(voice, ClonedVoice):
        audio["voice"] = data_url(voice.sample, voice.mime)
    elif isinstance(voice, DesignedVoice):
        instruction = voice.description
        if not instruction.strip():
            raise InputError(Code.NO_DESCRIPTION, field="description")
        if voice.polish:
            audio["optimize_text_preview"] = True
            text_is_optional = True
    if not request.text.strip() and not text_is_optional:
        raise InputError(Code.NO_TEXT, field="text")
    messages = [{"role": "user", "content": instruction}] if instruction else []
    if request.text.strip():
        messages.append({"role": "assistant", "content": request.text})
    body: dict[str, Any] = {"model": request.model, "messages": messages, "audio": audio, "stream": request.stream}
    optional = {
        "temperature": request.temperature,
        "top_p": request.top_p,
        "max_completion_tokens": request.max_tokens,
    }
    return body | {name: value for name, value in optional.items() if value is not None}


def data_url(audio: bytes, mime: str) -> str:
    """Audio as a data URL, for cloning and recognition. Raises `InputError` NO_SAMPLE or SAMPLE_TOO_LARGE."""
    if not audio:
        raise InputError(Code.NO_SAMPLE, field="sample")
    prefix = f"data:{mime};base64,"
    size = len(prefix) + (len(audio) + 2) // 3 * 4
    if size > MAX_SAMPLE_LENGTH:
        raise InputError(Code.SAMPLE_TOO_LARGE, size=size, limit=MAX_SAMPLE_LENGTH)
    return prefix + base64.b64encode(audio).decode("ascii")


class SpeechEventParser:
    """Turns the records of one speech response into typed events. See `EventParser`.

    The audio may come as many small deltas, as one large delta, or as a whole file.
    """

    def __init__(self, request: SpeechRequest, call_id: str = "") -> None:
        self.begun = False
        self.complete = False
        self.done = False
        self._call_id = call_id
        self._started = False
        self._base64 = Base64Stream()
        self._audio = AudioDecoder(unwrap=request.stream)
        self._texts: list[str] = []
        self._refused = False
        self._preview = ""

    def read(self, content: str, event: str = "") -> list[SpeechEvent]:
        if content.startswith("[DONE]"):
            self.done = True
            return []
        chunk = parse_chunk(content)
        events: list[SpeechEvent] = []
        if not self._started:
            self._started = True
            events.append(Started(chunk.id or "", chunk.model or "", self._call_id))
        for choice in chunk.choices or ():
            delta = choice.delta or choice.message
            if delta is not None:
                self._read_delta(delta, events)
            if choice.finish_reason and not self.complete:
                reason = FINISH_REASONS.get(choice.finish_reason, "stop")
                self._refused = reason == "content_filter"
                self._add_audio(self._audio.close(self._base64.close()), events)
                self._raise_if_refused()
                self.complete = True
                events.append(Finished(reason))
        self._read_preview(chunk.final_text_preview, events)
        if isinstance(chunk.usage, dict):
            self._read_preview(chunk.usage.get("final_text_preview"), events)
        if chunk.usage is not None and (usage := usage_from(chunk.usage)) is not None:
            events.append(UsageReported(usage))
        return events

    def close(self) -> list[SpeechEvent]:
        """The events at the end of the body. Audio without finish reason or `[DONE]` was cut short."""
        if self.complete:
            return []
        events: list[SpeechEvent] = []
        self._add_audio(self._audio.close(self._base64.close()), events)
        if not self.done:
            raise TransportError(Code.CUT_SHORT)
        self._raise_if_refused()
        self.complete = True
        return [*events, Finished("stop")]

    def _read_delta(self, delta: Delta, events: list[SpeechEvent]) -> None:
        self._read_preview(delta.final_text_preview, events)
        if delta.content:
            self._texts.append(plain_text(delta.content))
        if delta.audio is not None and delta.audio.data:
            self._add_audio(self._audio.feed(self._base64.feed(delta.audio.data)), events)

    def _read_preview(self, preview: object, events: list[SpeechEvent]) -> None:
        """Add the spoken text, which is in the message, in `usage` or at the top level (WIRE.md section 3.6)."""
        if preview and isinstance(preview, str) and preview != self._preview:
            self._preview = preview
            events.append(PreviewText(preview))

    def _add_audio(self, audio_events: list[AudioFormat | AudioDelta], events: list[SpeechEvent]) -> None:
        self.begun = self.begun or bool(audio_events)
        events.extend(audio_events)

    def _raise_if_refused(self) -> None:
        """Raise CONTENT_REFUSED for a refusal, which is text with status 200 instead of audio (WIRE.md section 9)."""
        text = "".join(self._texts).strip()
        if (self._refused or is_refusal(text)) and not self.begun:
            raise ServiceError(Code.CONTENT_REFUSED, status=200, message=text, param="")


class Base64Stream:
    """Decodes base64 text in parts: each part padded separately, or one text split anywhere."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> bytes:
        """Decode the next part. Raises `TransportError(GARBAGE)` for invalid base64."""
        if text.startswith("data:"):
            text = text.partition(",")[2]
        if not self._rest and len(text) % 4 == 0 and "\n" not in text:
            return _decode(text)
        text = self._rest + "".join(text.split())
        end = len(text) - len(text) % 4
        self._rest = text[end:]
        return _decode(text[:end])

    def close(self) -> bytes:
        """Decode the rest of a text without padding."""
        rest, self._rest = self._rest, ""
        return _decode(rest + "=" * (-len(rest) % 4)) if len(rest) > 1 else b""


def _decode(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text.encode("ascii"), strict_mode="=" not in text[:-2])
    except (binascii.Error, UnicodeEncodeError) as cause:
        raise TransportError(Code.GARBAGE, beginning=text[:200]) from cause
