"""Whose consent a clone needs, by where its sample comes from, and how it is saved with it."""

from __future__ import annotations

import asyncio
from typing import Literal, NamedTuple

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.takes import Take
from app.core.voices import Voice
from app.services.speech.library import VoiceLibrary
from app.services.speech.ports import Blobs
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
    if spoke is not None and spoke.consent is not None:
        text = QCoreApplication.translate("Voices", "The consent to “{voice}” of {date} holds for this voice too.")
        return ConsentNeed(False, text.format(voice=spoke.name, date=short_date(spoke.consent.given)))
    if spoke is not None and spoke.source == "designed":
        return ConsentNeed(
            False, QCoreApplication.translate("Voices", "No person was recorded, so nobody has to agree.")
        )
    return ConsentNeed(
        True, QCoreApplication.translate("Voices", "A cloned voice spoke this take; its speaker has to agree.")
    )


async def save_clone(
    library: VoiceLibrary, blobs: Blobs, editor: SampleEditor, need: ConsentNeed, take: Take | None, name: str,
    statement: str,
) -> Voice:  # fmt: skip
    """Save the edited sample as a voice; `statement` is what the speaker agreed to, empty without.

    A sample that needs no consent of its own is kept as the take that it comes from. Raises as `VoiceLibrary`.
    """
    sample = editor.sample()
    if need.is_asked or take is None:
        return await library.save_clone(sample, name, statement)
    digest = await asyncio.to_thread(blobs.put, sample)
    assert editor.edited is not None
    edited = msgspec.structs.replace(take, audio=digest, frames=len(editor.edited.samples), rate=editor.edited.rate)
    return await library.keep_take(edited, name)
