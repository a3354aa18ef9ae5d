"""Asks for the consent of a voice's speaker where it is missing, with one button, and records it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.takes import Take
from app.core.voices import Voice
from app.services.speech.library import VoiceLibrary
from app.ui.reported_tasks import Spawn
from app.ui.texts.consent import consent_confirmation, consent_request, consent_wording, unknown_speaker_request
from app.ui.texts.speech import default_voice_name
from app.ui.widgets.notifications import Notifier


class ConsentRequests:
    """Answers what lacks consent with a notification, in whichever view it was to be used."""

    def __init__(self, library: VoiceLibrary, notifier: Notifier, spawn: Spawn) -> None:
        self._library, self._notifier, self._spawn = library, notifier, spawn

    def ask(self, voice: Voice) -> None:
        """Ask for the consent to a voice that was refused."""
        self._notifier.warning(
            lambda: consent_request(voice),
            topic=_topic(voice.id),
            offer=(consent_confirmation, lambda: self._spawn(self.give(voice))),
        )

    def ask_for_take(self, take: Take) -> None:
        """Ask for the consent of whoever is behind a take, of which no voice was made."""

        async def keep() -> None:
            voice = await self._library.keep_take(take, default_voice_name(take), consent_wording())
            self._notifier.withdraw(_topic(take.id))
            self._notifier.success(
                lambda: QCoreApplication.translate("Studio", "“{name}” is in the library.").format(name=voice.name),
                undo=lambda: self._spawn(self._library.delete(voice)),
            )

        self._notifier.warning(
            unknown_speaker_request,
            topic=_topic(take.id),
            offer=(consent_confirmation, lambda: self._spawn(keep())),
        )

    async def give(self, voice: Voice) -> None:
        """Record the consent for a voice and say so. Raises StorageError."""
        await self._library.give_consent(voice, consent_wording())
        self._notifier.withdraw(_topic(voice.id))
        self._notifier.success(
            lambda: QCoreApplication.translate("Voices", "The consent for “{name}” is recorded.").format(
                name=voice.name
            ),
            undo=lambda: self._spawn(self._library.put_back_consents([voice])),
        )


def _topic(key: str) -> str:
    return f"consent {key}"
