"""The settings of the next take, as entered in the studio's controls."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject

from app.core.catalogue import catalogue
from app.core.resources import resource_path
from app.core.takes import Take
from app.services.speech.direction import Layers, as_sent, read, written
from app.services.speech.sessions import SpeechSessions
from app.ui.studio.view import StudioView
from app.ui.studio.voice_picker import VoicePicker


class TakeSettings(QObject):
    """Reads the controls as a take, and fills them from one."""

    def __init__(self, view: StudioView, sessions: SpeechSessions, voice_picker: VoicePicker) -> None:
        super().__init__(view)
        self._view, self._sessions, self._voice_picker = view, sessions, voice_picker
        self._reused: Take | None = None

    def take(self) -> Take:
        """The take described by the controls, for the open session."""
        view = self._view
        container: Any = view.format.key() or "wav"
        temperature, top_p, tokens = view.temperature.value(), view.top_p.value(), view.max_tokens.value()
        return Take(
            "", self._voice_picker.voice(), view.text.plain_text(), written(view.layers_given()),
            model=view.model.key() or "", container=container, stream=view.stream.isChecked(),
            temperature=None if temperature == _default("temperature") else temperature,
            top_p=None if top_p == _default("top_p") else top_p, max_tokens=None if tokens is None else round(tokens),
            session=self._sessions.current.id, parent=self._reused_id() or None,
            relation="reuse" if self._reused_id() else "",
        )  # fmt: skip

    def _reused_id(self) -> str:
        """The id of the take whose settings were filled in, in this session."""
        reused = self._reused
        return reused.id if reused is not None and reused.session == self._sessions.current.id else ""

    def forget_reused(self) -> None:
        """A take was begun with what was filled in: the next one is made from nothing but the controls."""
        self._reused = None

    def reuse(self, take: Take) -> None:
        """Fill the controls with the settings of a take. The next take is made from it."""
        view, self._reused = self._view, take
        view.text.set_plain_text(take.text)
        view.show_layers(as_sent(read(take.direction)))
        self._voice_picker.reuse(take)
        view.stream.setChecked(take.stream)
        view.temperature.replace_value(_default("temperature") if take.temperature is None else take.temperature)
        view.top_p.replace_value(_default("top_p") if take.top_p is None else take.top_p)
        view.max_tokens.replace_value(take.max_tokens)

    def fill_example(self) -> None:
        """Fill the controls with the example that shows what direction does."""
        example = msgspec.toml.decode(resource_path("samples", "examples.toml").read_bytes())["old_timer"]
        self._view.text.set_plain_text(example["text"])
        self._view.show_layers(Layers("", example["role"], example["scene"], example["guidance"]))
        self._voice_picker.choose(example["voice"])
        self._view.voices.select_key(example["voice"])


def _default(parameter: str) -> float:
    return catalogue().range_of(parameter, "speech").default
