"""Texts about the consent of a recorded speaker."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.voices import Voice, lacks_consent, needs_consent
from app.ui.texts.numbers import short_date


def consent_wording() -> str:
    """What the speaker agrees to; stored with the voice as it was shown."""
    return QCoreApplication.translate(
        "Voices",
        "The speaker agrees that this recording, which is personal acoustic data, is sent to the service with every "
        "request and that speech is made in this voice.",
    )


def consent_state(voice: Voice) -> str:
    """What is known about the consent of a voice, in one sentence."""
    consent = voice.consent
    if not needs_consent(voice):
        if voice.source == "designed":
            return QCoreApplication.translate("Voices", "A designed voice: no person was recorded, none has to agree.")
        return QCoreApplication.translate(
            "Voices", "Kept from a built-in voice: no person was recorded, none has to agree."
        )
    if consent is not None and consent.withdrawn:
        text = QCoreApplication.translate("Voices", "Withdrawn on {date}. This voice is not spoken.")
        return text.format(date=short_date(consent.withdrawn))
    if lacks_consent(voice) or consent is None:
        return QCoreApplication.translate(
            "Voices", "Nothing says that the speaker agreed. This voice is not spoken until then."
        )
    date = short_date(consent.given)
    if consent.voice:
        text = QCoreApplication.translate("Voices", "Inherited from “{voice}”, whose speaker agreed on {date}.")
        return text.format(voice=consent.voice, date=date)
    return QCoreApplication.translate("Voices", "The speaker agreed on {date}.").format(date=date)


def consent_request(voice: Voice) -> str:
    """Asks for the consent of a voice that was about to be used."""
    text = QCoreApplication.translate("Voices", "“{name}” is not spoken without its speaker’s consent.")
    return f"{text.format(name=voice.name)} {consent_wording()}"


def unknown_speaker_request() -> str:
    """Asks for consent where nothing is known of the voice that spoke a take."""
    text = QCoreApplication.translate(
        "Voices", "Nothing says that the speaker behind this take agreed, so no voice is made from it."
    )
    return f"{text} {consent_wording()}"


def consent_confirmation() -> str:
    """The label of the button that confirms consent."""
    return QCoreApplication.translate("Voices", "The speaker has agreed")
