"""What a call is, in words: "Answer 1, try 2", "Speak answer 1", "Dictation", "Model list"."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from app.core.call_record import CallSummary, TryRecord
from app.core.messages import Message
from app.services.chat.session import ChatSession
from app.services.ports import Call, Try
from app.ui.chat.inspector.call_entry import CallEntry
from app.ui.texts.numbers import seconds, short_time
from app.ui.theme.icons import Icon
from app.ui.widgets.chips import Kind

_ICONS = {"chat": Icon.CHAT, "speech": Icon.STUDIO, "recognition": Icon.MIC, "models": Icon.LIST}
_MAX_SPOKEN = 40
"""Characters of a spoken text in a title."""


class CallTitles:
    """Names the calls of one conversation, and those without one, for one refresh of the list."""

    def __init__(self, session: ChatSession | None) -> None:
        self._session = session
        self._places: dict[str, tuple[str, int]] = {}
        self._numbers: dict[str, int] = {}
        self._spoken: list[tuple[int, str]] | None = None
        if session is None:
            return
        running = session.branch[-1] if session.running and session.branch else None
        for message in (*session.tree, *((running,) if running is not None else ())):
            for step, reply in enumerate(message.replies):
                if reply.call_id:
                    self._places[reply.call_id] = message.id, step
        if running is not None and session.step is not None:
            self._places[session.step.call_id] = running.id, len(running.replies)

    def owns(self, call_id: str) -> bool:
        """Whether a call is of the conversation."""
        return call_id in self._places

    def entries(self, call: Call | CallSummary) -> list[CallEntry]:
        """The rows of a call, its last request first."""
        tries = _tries(call)
        title = self._title(call)
        rows = []
        for number in reversed(range(len(tries))):
            name = title
            if len(tries) > 1:
                name = QCoreApplication.translate("Inspector", "{call}, try {n}").format(call=title, n=number + 1)
            badge, kind = _badge(call, tries, number)
            rows.append(
                CallEntry(
                    call.id,
                    number,
                    name,
                    _subtitle(call, tries, number),
                    badge,
                    kind,
                    Icon.EDIT if call.edited else _ICONS.get(call.kind, Icon.CODE),
                )
            )
        return rows

    def _title(self, call: Call | CallSummary) -> str:
        match call.kind:
            case "chat":
                return self._answer_title(call)
            case "speech":
                return self._speech_title(call)
            case "recognition":
                return QCoreApplication.translate("Inspector", "Dictation")
            case "models":
                return QCoreApplication.translate("Inspector", "Model list")
            case _:
                return call.kind

    def _answer_title(self, call: Call | CallSummary) -> str:
        place = self._places.get(call.id)
        if place is None or self._session is None:
            return QCoreApplication.translate("Inspector", "Answer elsewhere")
        message_id, step = place
        title = QCoreApplication.translate("Inspector", "Answer {n}").format(n=self._number(message_id))
        version, _ = self._session.tree.version(message_id)
        if version > 1:
            title = QCoreApplication.translate("Inspector", "{call}, version {n}").format(call=title, n=version)
        if step:
            title = QCoreApplication.translate("Inspector", "{call}, step {n}").format(call=title, n=step + 1)
        return title

    def _number(self, message_id: str) -> int:
        """The place of an answer among those of its branch, from 1."""
        number = self._numbers.get(message_id)
        if number is None:
            assert self._session is not None
            branch = self._session.tree.branch(message_id)
            number = self._numbers[message_id] = sum(message.role == "assistant" for message in branch)
        return number

    def _speech_title(self, call: Call | CallSummary) -> str:
        spoken = _spoken_text(call)
        for number, text in self._answers() if spoken else ():
            if spoken in text:
                return QCoreApplication.translate("Inspector", "Speak answer {n}").format(n=number)
        if not spoken:
            return QCoreApplication.translate("Inspector", "Speech")
        words = " ".join(spoken.split())
        words = words if len(words) <= _MAX_SPOKEN else words[:_MAX_SPOKEN] + "…"
        return QCoreApplication.translate("Inspector", "Speak “{words}”").format(words=words)

    def _answers(self) -> Sequence[tuple[int, str]]:
        """The answers of the visible branch as they are read aloud."""
        if self._spoken is None:
            self._spoken = [] if self._session is None else list(_read_aloud(self._session.branch))
        return self._spoken


def _read_aloud(branch: Sequence[Message]) -> Iterator[tuple[int, str]]:
    answers = (message for message in branch if message.role == "assistant")
    for number, message in enumerate(answers, 1):
        yield number, _for_the_ear(message.text)


@lru_cache(maxsize=200)
def _for_the_ear(markdown: str) -> str:
    # Imported here: the Markdown parser is not needed before an answer was read aloud.
    from app.core.markdown.ear import spoken_text

    return spoken_text(markdown)


def _spoken_text(call: Call | CallSummary) -> str:
    """The text of a speech call, empty if it is not at hand."""
    if isinstance(call, CallSummary):
        return ""
    try:
        messages = json.loads(call.request)["messages"]
        return str(next(message["content"] for message in messages if message["role"] == "assistant"))
    except (ValueError, LookupError, TypeError, StopIteration):
        return ""


def _tries(call: Call | CallSummary) -> Sequence[Try]:
    if isinstance(call, CallSummary):
        return call.tries or (TryRecord(ended=call.seconds, status=call.status, error=call.error),)
    return call.attempts or (TryRecord(),)


def _badge(call: Call | CallSummary, tries: Sequence[Try], number: int) -> tuple[str, Kind]:
    """The outcome of one request of a call."""
    attempt, is_last = tries[number], number == len(tries) - 1
    if is_last and not isinstance(call, CallSummary) and call.ended is None:
        return QCoreApplication.translate("Inspector", "running"), "accent"
    if is_last and call.stopped:
        return QCoreApplication.translate("Inspector", "stopped"), "neutral"
    error = attempt.error or (call.error if is_last else None)
    if attempt.status is not None and (attempt.status >= 400 or not error):
        return str(attempt.status), "bad" if attempt.status >= 400 else "good"
    return QCoreApplication.translate("Inspector", "failed"), "bad"


def _subtitle(call: Call | CallSummary, tries: Sequence[Try], number: int) -> str:
    attempt = tries[number]
    started = call.started + attempt.at
    is_today = datetime.fromtimestamp(started).date() == datetime.now().date()
    clock = datetime.fromtimestamp(started).strftime("%H:%M") if is_today else short_time(started)
    if attempt.ended is not None:
        duration = attempt.ended - attempt.at
    else:
        ended = call.seconds if isinstance(call, CallSummary) else call.ended
        duration = (ended if ended is not None else time.time() - call.started) - attempt.at
    edited = QCoreApplication.translate("Inspector", "edited") if call.edited else ""
    return " · ".join(filter(None, (clock, edited, seconds(max(0.0, duration)))))
