"""Speech requests and their answers (mimo-api section 3)."""

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
from app.mimo.audio_bytes import AudioBytes
from app.mimo.openai_events import FINISH_REASONS, joined_text, parse_chunk, usage_from
from app.mimo.openai_wire import Delta

SAMPLE_LIMIT = 10 * 1024 * 1024
"""Characters of a sample as a data address, with its beginning (mimo-api section 10; 10 MB may mean 10^7)."""


def speech_body(request: SpeechRequest) -> dict[str, Any]:
    """The JSON body of one take. A system message never goes to a speech model (mimo-api 3.6).

    Raises `InputError` NO_TEXT, NO_DESCRIPTION, NO_SAMPLE or SAMPLE_TOO_LARGE.
    """
    voice = request.voice
    audio: dict[str, Any] = {"format": "pcm16" if request.stream else request.container}
    instruction = request.direction
    may_be_silent = False
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
            may_be_silent = True
    if not request.text.strip() and not may_be_silent:
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


def data_url(sound: bytes, mime: str) -> str:
    """A sound as the only form both cloning and recognition take. Raises `InputError` NO_SAMPLE or SAMPLE_TOO_LARGE."""
    if not sound:
        raise InputError(Code.NO_SAMPLE, field="sample")
    beginning = f"data:{mime};base64,"
    size = len(beginning) + (len(sound) + 2) // 3 * 4
    if size > SAMPLE_LIMIT:
        raise InputError(Code.SAMPLE_TOO_LARGE, size=size, limit=SAMPLE_LIMIT)
    return beginning + base64.b64encode(sound).decode("ascii")


class SpeechEventParser:
    """The records of one speech answer to events: many small pieces, one giant block, or a whole file.

    Attributes:
        begun: sound came.
    """

    def __init__(self, request: SpeechRequest, call_id: str = "") -> None:
        self.begun = False
        self.complete = False
        self.done = False
        self._call_id = call_id
        self._started = False
        self._base64 = Base64Stream()
        self._bytes = AudioBytes("pcm16" if request.stream else request.container, unwrap=request.stream)
        self._words: list[str] = []
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
                self._sound(self._bytes.close(self._base64.close()), events)
                self._refuse_if_silent()
                self.complete = True
                events.append(Finished(reason))
        if chunk.usage is not None and (usage := usage_from(chunk.usage)) is not None:
            events.append(UsageReported(usage))
        return events

    def close(self) -> list[SpeechEvent]:
        """The body ended. A sound without a finish reason is cut short, unless `[DONE]` stood for one."""
        if self.complete:
            return []
        events: list[SpeechEvent] = []
        self._sound(self._bytes.close(self._base64.close()), events)
        if not self.done:
            raise TransportError(Code.CUT_SHORT)
        self._refuse_if_silent()
        self.complete = True
        return [*events, Finished("stop")]

    def _read_delta(self, delta: Delta, events: list[SpeechEvent]) -> None:
        preview = delta.final_text_preview
        if preview and preview != self._preview:
            self._preview = preview
            events.append(PreviewText(preview))
        if delta.content:
            self._words.append(delta.content if isinstance(delta.content, str) else joined_text(delta.content))
        if delta.audio is not None and delta.audio.data:
            self._sound(self._bytes.feed(self._base64.feed(delta.audio.data)), events)

    def _sound(self, found: list[AudioFormat | AudioDelta], events: list[SpeechEvent]) -> None:
        self.begun = self.begun or bool(found)
        events.extend(found)

    def _refuse_if_silent(self) -> None:
        """A refusal arrives as text with status 200, where a sound was asked for (mimo-api section 9)."""
        words = "".join(self._words).strip()
        if (self._refused or is_refusal(words)) and not self.begun:
            raise ServiceError(Code.CONTENT_REFUSED, status=200, message=words, param="")


class Base64Stream:
    """Base64 text in pieces to bytes: each piece padded on its own, or one text cut anywhere."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, text: str) -> bytes:
        """Raises `TransportError(GARBAGE)` for what is not base64."""
        if text.startswith("data:"):
            text = text.partition(",")[2]
        if not self._rest and len(text) % 4 == 0 and "\n" not in text:
            return _decoded(text)
        text = self._rest + "".join(text.split())
        whole = len(text) - len(text) % 4
        self._rest = text[whole:]
        return _decoded(text[:whole])

    def close(self) -> bytes:
        """What an end without padding still held."""
        rest, self._rest = self._rest, ""
        return _decoded(rest + "=" * (-len(rest) % 4)) if len(rest) > 1 else b""


def _decoded(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text.encode("ascii"), strict_mode="=" not in text[:-2])
    except (binascii.Error, UnicodeEncodeError) as cause:
        raise TransportError(Code.GARBAGE, beginning=text[:200]) from cause
