"""What is said about the open sample: its facts, and what saving it needs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.services.speech.sample_editor import SampleEditor
from app.ui.texts.numbers import seconds, size


def sample_facts(editor: SampleEditor, *, named: bool) -> str:
    """Length, rate, bit depth, channels and size of the opened file, behind its name if that stands nowhere else."""
    opened = editor.opened
    if opened is None:
        return ""
    sound = opened.sound
    whole = opened.part[1] if opened.part is not None else sound.seconds
    if sound.channels == 1:
        channels = QCoreApplication.translate("Voices", "mono")
    elif sound.channels == 2:
        channels = QCoreApplication.translate("Voices", "stereo")
    else:
        channels = QCoreApplication.translate("Voices", "{n} channels").format(n=sound.channels)
    name = (opened.name,) if named else ()
    format_ = ", ".join(part for part in (f"{sound.rate / 1000:g} kHz", _depth(sound.depth), channels) if part)
    return " · ".join((*name, seconds(whole), format_, size(opened.size)))


def _depth(depth: str) -> str:
    if depth == "float":
        return QCoreApplication.translate("Voices", "float")
    return QCoreApplication.translate("Voices", "{n} bit").format(n=depth) if depth else ""


def saving_needs(editor: SampleEditor, *, needs_consent: bool, has_name: bool) -> str:
    """What saving needs, or what it will save."""
    needs = []
    if editor.is_too_large:
        needs.append(QCoreApplication.translate("Voices", "smaller sample"))
    if needs_consent:
        needs.append(QCoreApplication.translate("Voices", "consent"))
    if not has_name:
        needs.append(QCoreApplication.translate("Voices", "a name"))
    if needs:
        return QCoreApplication.translate("Voices", "Needs: {what}").format(what=", ".join(needs))
    if editor.edited is None:
        return ""
    return QCoreApplication.translate("Voices", "Saves {t} as").format(t=seconds(editor.edited.seconds))
