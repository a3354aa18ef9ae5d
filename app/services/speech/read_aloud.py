"""Hearing an answer of the chat: spoken as a take of its own while it is made, silent again on the second press."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.core.errors import WorkbenchError
from app.core.messages import new_id
from app.core.takes import Take, VoiceSnapshot
from app.services.models import Models
from app.services.speech.playback import Playback
from app.services.speech.ports import GrowingSource
from app.services.speech.take_service import TakeService

PLACE = "chat"

_CODE = re.compile(r"```.*?(?:```|$)", re.DOTALL)
# Bounded, so that brackets which are never closed cost no more than their number.
_LINK = re.compile(r"!?\[([^\]\n]{0,400})\]\([^)\n]{0,2000}\)")
_RULE = re.compile(r"[ \t:|-]*")
_MARK = re.compile(r"(?:#{1,6}|[-*+]|\d{1,9}\.|>)[ \t]+")
_STRESS = re.compile(r"[*_~]{1,3}")
_GAP = re.compile(r"\n\s*\n")


def spoken_text(markdown: str) -> str:
    """The words of an answer without its marks; code blocks are left out. Takes time in proportion to its length."""
    text = _LINK.sub(r"\1", _CODE.sub(" ", markdown).replace("`", ""))
    text = "\n".join(_spoken_line(line) for line in text.split("\n"))
    return _GAP.sub("\n\n", _STRESS.sub("", text)).strip()


def _spoken_line(line: str) -> str:
    """A line without the mark of a list, a heading or a quotation; the cells of a table with commas between."""
    if _RULE.fullmatch(line):
        return ""
    stripped = line.strip(" \t")
    mark = _MARK.match(stripped)
    words = stripped[mark.end() :] if mark is not None else line
    return ", ".join(cell.strip(" \t") for cell in words.split("|")) if "|" in words else words


class ReadAloud:
    """Speaks one answer at a time.

    Attributes:
        on_failed: told why an answer could not be spoken.
    """

    def __init__(
        self, service: TakeService, playback: Playback, models: Models, voice: Callable[[], VoiceSnapshot]
    ) -> None:
        """`voice` gives the voice to speak with, asked for each answer."""
        self._service = service
        self._playback = playback
        self._models = models
        self._voice = voice
        self._message = ""
        self._take = ""
        self.on_failed: list[Callable[[WorkbenchError], None]] = []
        service.on_sound.append(self._sound_begins)
        service.on_failed.append(self._take_failed)

    def toggle(self, message_id: str, markdown: str) -> None:
        """Speak this answer; when it is the one that sounds or is being made, stop. Raises InputError (NO_TEXT)."""
        was = self._message if self._sounding else ""
        self.silence()
        if was == message_id:
            return
        voice = self._voice()
        model = self._models.chosen("speech" if voice.kind == "builtin" else "speech-clone")
        wish = Take(new_id(), voice, spoken_text(markdown), model=model, origin=PLACE)
        self._message, self._take = message_id, self._service.speak(wish).id

    def silence(self) -> None:
        """Be quiet, and stop making what is not finished."""
        if self._sounding:
            self._service.stop(self._take)
            self._playback.stop()
        self._message = self._take = ""

    @property
    def _sounding(self) -> bool:
        made = self._take in self._service.running()
        return bool(self._take) and (made or (self._playback.key == self._take and self._playback.playing))

    def _sound_begins(self, take: Take, source: GrowingSource) -> None:
        if take.id == self._take:
            self._playback.play_arriving(take, source)

    def _take_failed(self, take: Take, error: WorkbenchError) -> None:
        if take.id == self._take:
            for tell in self.on_failed:
                tell(error)
