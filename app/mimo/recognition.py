"""Recognition requests and their answers (mimo-api section 4)."""

from __future__ import annotations

from typing import Any

from app.core.errors import Code, ServiceError
from app.core.events import ChatEvent, Finished, Started, TextDelta, UsageReported, Waiting
from app.core.refusals import is_refusal, may_become_refusal
from app.core.requests import RecognitionRequest
from app.mimo.openai_events import OpenAiEventParser
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


class RecognitionEventParser:
    """The words of a recording; whatever else a chat answer may hold has no place here.

    Attributes:
        begun: words came, so that the wait is for more of them.
    """

    def __init__(self, call_id: str = "") -> None:
        self.begun = False
        self.complete = False
        self.done = False
        self._chat = OpenAiEventParser(call_id)
        self._held = ""
        """Words that are not shown as a transcript, because they may still turn out to be a refusal."""
        self._holding = True

    def read(self, content: str, event: str = "") -> list[RecognitionEvent]:
        """As of a chat. Raises `ServiceError(CONTENT_REFUSED)` where a refusal stands in place of the words."""
        events = self._transcript(self._chat.read(content, event))
        self.complete, self.done = self._chat.complete, self._chat.done
        return events

    def close(self) -> list[RecognitionEvent]:
        self._chat.done = self.done
        events = self._transcript(self._chat.close())
        self.complete = self._chat.complete
        return events

    def _transcript(self, events: list[ChatEvent]) -> list[RecognitionEvent]:
        if Finished("content_filter") in events:
            raise _refused(self._held + "".join(found.text for found in events if isinstance(found, TextDelta)))
        transcript: list[RecognitionEvent] = []
        for found in events:
            match found:
                case TextDelta(text):
                    self.begun = True
                    if text := self._certain(text):
                        transcript.append(TextDelta(text))
                case Finished():
                    if is_refusal(self._held):
                        raise _refused(self._held)
                    if self._held:
                        transcript.append(TextDelta(self._release()))
                    transcript.append(found)
                case Started() | UsageReported() | Waiting():
                    transcript.append(found)
                case _:
                    pass
        return transcript

    def _certain(self, text: str) -> str:
        """Of the words so far and `text` what is a transcript for certain and was not given yet."""
        if not self._holding:
            return text
        self._held += text
        return "" if may_become_refusal(self._held) else self._release()

    def _release(self) -> str:
        words, self._held, self._holding = self._held, "", False
        return words


def _refused(words: str) -> ServiceError:
    return ServiceError(Code.CONTENT_REFUSED, status=200, message=words.strip(), param="")
