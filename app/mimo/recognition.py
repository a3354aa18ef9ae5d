"""Recognition request bodies and responses (WIRE.md section 4)."""

from __future__ import annotations

from typing import Any

from app.core.errors import Code, ServiceError
from app.core.events import ChatEvent, Finished, RecognitionEvent, Sending, Started, TextDelta, UsageReported, Waiting
from app.core.refusals import is_refusal, may_become_refusal
from app.core.requests import RecognitionRequest
from app.mimo.openai_events import OpenAiEventParser
from app.mimo.speech import data_url


def recognition_body(request: RecognitionRequest) -> dict[str, Any]:
    """The JSON body of one recognition: one audio part and only the four fields the reference allows.

    Raises `InputError` NO_SAMPLE or SAMPLE_TOO_LARGE.
    """
    audio = {"type": "input_audio", "input_audio": {"data": data_url(request.sound, request.mime)}}
    return {
        "model": request.model,
        "messages": [{"role": "user", "content": [audio]}],
        "asr_options": {"language": request.language},
        "stream": request.stream,
    }


class RecognitionEventParser:
    """Turns the records of one recognition response into typed events. See `EventParser`.

    Events of a chat response other than text are dropped.
    """

    def __init__(self, call_id: str = "") -> None:
        self.begun = False
        self.complete = False
        self.done = False
        self._chat_parser = OpenAiEventParser(call_id, has_tags=False)
        self._withheld = ""
        """Text that is withheld because it may still turn out to be a refusal."""
        self._is_withholding = True

    def read(self, content: str, event: str = "") -> list[RecognitionEvent]:
        """As for a chat. Raises `ServiceError(CONTENT_REFUSED)` for a refusal in place of the transcript."""
        events = self._transcript_events(self._chat_parser.read(content, event))
        self.complete, self.done = self._chat_parser.complete, self._chat_parser.done
        return events

    def close(self) -> list[RecognitionEvent]:
        self._chat_parser.done = self.done
        events = self._transcript_events(self._chat_parser.close())
        self.complete = self._chat_parser.complete
        return events

    def _transcript_events(self, events: list[ChatEvent]) -> list[RecognitionEvent]:
        if Finished("content_filter") in events:
            raise _refused(self._withheld + "".join(event.text for event in events if isinstance(event, TextDelta)))
        transcript: list[RecognitionEvent] = []
        for event in events:
            match event:
                case TextDelta(text):
                    self.begun = True
                    if confirmed := self._confirmed(text):
                        transcript.append(TextDelta(confirmed))
                case Finished():
                    if is_refusal(self._withheld):
                        raise _refused(self._withheld)
                    if self._withheld:
                        transcript.append(TextDelta(self._release()))
                    transcript.append(event)
                case Started() | UsageReported() | Waiting() | Sending():
                    transcript.append(event)
                case _:
                    pass
        return transcript

    def _confirmed(self, text: str) -> str:
        """The text, with `text` appended, that is certainly a transcript and was not returned before."""
        if not self._is_withholding:
            return text
        self._withheld += text
        return "" if may_become_refusal(self._withheld) else self._release()

    def _release(self) -> str:
        text, self._withheld, self._is_withholding = self._withheld, "", False
        return text


def _refused(text: str) -> ServiceError:
    return ServiceError(Code.CONTENT_REFUSED, status=200, message=text.strip(), param="")
