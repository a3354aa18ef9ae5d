"""Whose consent a clone needs, by where its sample comes from, and how it is saved with it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from app.core.takes import Take
from app.core.voices import Voice, VoiceStep, needs_consent
from app.services.speech.library import VoiceLibrary
from app.services.speech.sample_checks import Fix
from app.services.speech.sample_editor import SampleEditor
from app.ui.texts.numbers import short_date

SourceKind = Literal["file", "recording", "take"]


class ConsentNeed(NamedTuple):
    """Whether the speaker has to agree, and what is said about it."""

    is_asked: bool
    note: str


def consent_need(kind: SourceKind, take: Take | None, library: VoiceLibrary) -> ConsentNeed:
    """Decide it. A recording of a person needs consent; what a built-in or designed voice spoke does not.

    A take of a cloned voice inherits the consent of that voice.
    """
    if kind != "take" or take is None:
        return ConsentNeed(
            True,
            QCoreApplication.translate("Voices", "A person was recorded. Date and wording stay with the voice."),
        )
    if take.voice.kind != "cloned":
        return ConsentNeed(
            False, QCoreApplication.translate("Voices", "No person was recorded, so nobody has to agree.")
        )
    spoke = library.voice(take.voice.id) if take.voice.id else None
    if spoke is not None and spoke.consent is not None and spoke.consent.is_valid:
        text = QCoreApplication.translate("Voices", "The consent to “{voice}” of {date} holds for this voice too.")
        return ConsentNeed(False, text.format(voice=spoke.name, date=short_date(spoke.consent.given)))
    if spoke is not None and not needs_consent(spoke):
        return ConsentNeed(
            False, QCoreApplication.translate("Voices", "No person was recorded, so nobody has to agree.")
        )
    return ConsentNeed(
        True, QCoreApplication.translate("Voices", "A cloned voice spoke this take; its speaker has to agree.")
    )


async def save_clone(
    library: VoiceLibrary, editor: SampleEditor, kind: SourceKind, take: Take | None, name: str, statement: str
) -> Voice:
    """Save the edited sample as a voice; `statement` is what the speaker agreed to, empty without.

    A sample that comes from a take is kept as that take, with the consent of the voice that spoke it. Raises as
    `VoiceLibrary`.
    """
    sample = editor.sample()
    if take is None:
        return await library.save_clone(sample, name, statement, _steps(editor, kind, len(sample)))
    return await library.keep_take(take, name, statement, cut=sample, steps=_steps(editor, "take", len(sample)))


def _steps(editor: SampleEditor, kind: SourceKind, size: int) -> tuple[VoiceStep, ...]:
    """How the sample was made: what it comes from, what was done to it, and what is sent."""
    opened, edited = editor.opened, editor.edited
    assert opened is not None and edited is not None
    done = editor.edits.fixes | editor.edits.shrunk
    fixes = tuple(fix.value for fix in Fix if fix in done)
    steps = [VoiceStep(
        kind, opened.name, seconds=opened.sound.seconds, rate=opened.sound.rate, channels=opened.sound.channels,
        size=opened.size,
    )]  # fmt: skip
    if editor.edits.trim != (0, opened.milliseconds) and Fix.TRIM not in done:
        steps.append(VoiceStep("stretch", seconds=edited.seconds))
    if fixes:
        steps.append(VoiceStep("fixes", fixes=fixes, seconds=edited.seconds))
    steps.append(VoiceStep("sample", seconds=edited.seconds, rate=edited.rate, channels=edited.channels, size=size))
    return tuple(steps)
