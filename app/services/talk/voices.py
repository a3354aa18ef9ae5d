"""The voice of a conversation: the one chosen for it, or the default of the language."""

from __future__ import annotations

from collections.abc import Callable

from app.core.conversation import Conversation
from app.core.takes import VoiceSnapshot
from app.core.voices import Voice
from app.services.speech.builtin import BUILTIN, BuiltinProfile
from app.services.speech.library import VoiceLibrary, used

DEFAULT_VOICES = {"en": "Mia", "zh": "冰糖"}


class ConversationVoices:
    """Finds the voices of conversations. `on_change` of the library tells when its voices changed."""

    def __init__(self, library: VoiceLibrary, language: Callable[[], str]) -> None:
        """`language` returns the code of the window's language."""
        self.library = library
        self._language = language

    @property
    def default(self) -> str:
        """The id of the voice that speaks where none was chosen."""
        return DEFAULT_VOICES["zh" if self._language().startswith("zh") else "en"]

    def builtin(self) -> tuple[BuiltinProfile, ...]:
        """The built-in voices, but for the one that the service chooses."""
        return BUILTIN[1:]

    def own(self) -> tuple[Voice, ...]:
        """The voices of the library."""
        return tuple(self.library.voices)

    def chosen(self, conversation: Conversation) -> str:
        """The id of the voice of a conversation; of the default one if its own was deleted."""
        return self._snapshot(conversation.voice or self.default).id

    def voice(self, conversation: Conversation) -> VoiceSnapshot:
        """The voice that speaks the answers of a conversation."""
        return self._snapshot(conversation.voice or self.default)

    def _snapshot(self, voice_id: str) -> VoiceSnapshot:
        own = self.library.voice(voice_id)
        if own is not None:
            return used(own)
        found = next((voice for voice in BUILTIN if voice.id == voice_id), None)
        return found.used() if found is not None else self._snapshot(self.default)
