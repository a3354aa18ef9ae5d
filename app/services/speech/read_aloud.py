"""Reads chat answers aloud as takes that play while they are generated."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.core.errors import WorkbenchError
from app.core.messages import new_id
from app.core.observers import notify
from app.core.takes import Take, VoiceSnapshot
from app.services.models import Models
from app.services.speech.playback import Playback
from app.services.speech.ports import GrowingSource
from app.services.speech.take_service import TakeService

ORIGIN = "chat"

_CODE = re.compile(r"```.*?(?:```|$)", re.DOTALL)
# Bounded, so that unclosed brackets take linear time.
_LINK = re.compile(r"!?\[([^\]\n]{0,400})\]\([^)\n]{0,2000}\)")
_RULE = re.compile(r"[ \t:|-]*")
_MARK = re.compile(r"(?:#{1,6}|[-*+]|\d{1,9}\.|>)[ \t]+")
_STRESS = re.compile(r"[*_~]{1,3}")
_GAP = re.compile(r"\n\s*\n")


def spoken_text(markdown: str) -> str:
    """Return the text of an answer without Markdown syntax and code blocks. Runs in linear time."""
    text = _LINK.sub(r"\1", _CODE.sub(" ", markdown).replace("`", ""))
    text = "\n".join(_spoken_line(line) for line in text.split("\n"))
    return _GAP.sub("\n\n", _STRESS.sub("", text)).strip()


def _spoken_line(line: str) -> str:
    """Strip list, heading and quote markers from a line; table cells are separated by commas."""
    if _RULE.fullmatch(line):
        return ""
    stripped = line.strip(" \t")
    mark = _MARK.match(stripped)
    words = stripped[mark.end() :] if mark is not None else line
    return ", ".join(cell.strip(" \t") for cell in words.split("|")) if "|" in words else words


class ReadAloud:
    """Reads one answer at a time.

    Attributes:
        on_failed: called with the reason when an answer could not be read.
    """

    def __init__(
        self, service: TakeService, playback: Playback, models: Models, voice: Callable[[], VoiceSnapshot]
    ) -> None:
        """`voice` returns the voice to use; called for each answer."""
        self._service = service
        self._playback = playback
        self._models = models
        self._voice = voice
        self._message = ""
        self._take = ""
        self.on_failed: list[Callable[[WorkbenchError], None]] = []
        service.on_sound.append(self._on_sound)
        service.on_failed.append(self._on_take_failed)

    def toggle(self, message_id: str, markdown: str) -> None:
        """Read an answer, or stop if it is the one being read. Raises InputError (NO_TEXT)."""
        previous = self._message if self._is_speaking else ""
        self.silence()
        if previous == message_id:
            return
        voice = self._voice()
        model = self._models.chosen("speech" if voice.kind == "builtin" else "speech-clone")
        spec = Take(new_id(), voice, spoken_text(markdown), model=model, origin=ORIGIN)
        self._message, self._take = message_id, self._service.generate(spec).id

    def silence(self) -> None:
        """Stop playback and an unfinished generation."""
        if self._is_speaking:
            self._service.stop(self._take)
            self._playback.stop()
        self._message = self._take = ""

    @property
    def _is_speaking(self) -> bool:
        made = self._take in self._service.running()
        return bool(self._take) and (made or (self._playback.key == self._take and self._playback.playing))

    def _on_sound(self, take: Take, source: GrowingSource) -> None:
        if take.id == self._take:
            self._playback.play_stream(take, source)

    def _on_take_failed(self, take: Take, error: WorkbenchError) -> None:
        if take.id == self._take:
            notify(self.on_failed, error)
