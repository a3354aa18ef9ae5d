"""Recognition requests and their answers (mimo-api section 4)."""

from __future__ import annotations

from typing import Any

from app.core.errors import Code, ServiceError
from app.core.events import Finished, Started, TextDelta, UsageReported, Waiting
from app.core.requests import RecognitionRequest
from app.mimo.openai_events import OpenAiReader
from app.mimo.speech import data_url

RecognitionEvent = Started | TextDelta | UsageReported | Finished | Waiting


def recognition_body(request: RecognitionRequest) -> dict[str, Any]:
    """The only four fields the reference allows: one sound, and nothing else.

    Raises `InputError` NO_SAMPLE or SAMPLE_TOO_LARGE.
    """
    sound = {"type": "input_audio", "input_audio": {"data": data_url(request.sound, request.mime)}}
    return {
        "model": request.model,
        "messages": [{"role": "user", "content": [sound]}],
        "asr_options": {"language": request.language},
        "stream": request.stream,
    }


class RecognitionReader:
    """The words of a recording; whatever else a chat answer may hold has no place here."""

    def __init__(self, call_id: str = "") -> None:
        self.complete = False
        self.done = False
        self._chat = OpenAiReader(call_id)

    def read(self, content: str, event: str = "") -> list[RecognitionEvent]:
        """As of a chat. Raises `ServiceError(CONTENT_REFUSED)` where a refusal stands in place of the words."""
        events = self._chat.read(content, event)
        if Finished("content_filter") in events:
            words = "".join(found.text for found in events if isinstance(found, TextDelta))
            raise ServiceError(Code.CONTENT_REFUSED, status=200, message=words.strip(), param="")
        self.complete, self.done = self._chat.complete, self._chat.done
        return [found for found in events if isinstance(found, RecognitionEvent)]

    def close(self) -> list[RecognitionEvent]:
        self._chat.done = self.done
        return [found for found in self._chat.close() if isinstance(found, RecognitionEvent)]
