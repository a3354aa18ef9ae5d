"""The name and a one-sentence description of every model, by its note in the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import Model, ModelNote


def model_name(model: Model) -> str:
    """The display name of a model; its id if it is unknown."""
    names = {
        ModelNote.V26_PRO: "MiMo V2.6 Pro",
        ModelNote.V26_FLASH: "MiMo V2.6 Flash",
        ModelNote.V26_PRO_ULTRASPEED: "MiMo V2.6 Pro UltraSpeed",
        ModelNote.V25_PRO: "MiMo V2.5 Pro",
        ModelNote.V25: "MiMo V2.5",
        ModelNote.V2_PRO: "MiMo V2 Pro",
        ModelNote.V2_OMNI: "MiMo V2 Omni",
        ModelNote.V2_FLASH: "MiMo V2 Flash",
        ModelNote.V25_TTS: "MiMo Speech 2.5",
        ModelNote.V25_TTS_VOICEDESIGN: "MiMo Voice Design 2.5",
        ModelNote.V25_TTS_VOICECLONE: "MiMo Voice Clone 2.5",
        ModelNote.V2_TTS: "MiMo Speech 2",
        ModelNote.V25_ASR: "MiMo Recognition 2.5",
    }
    return names.get(model.note, model.id)


def model_short_name(model: Model) -> str:
    """The display name without the maker's, for where there is little room."""
    return model_name(model).removeprefix("MiMo ")


def model_names(models: Sequence[Model]) -> dict[str, str]:
    """The display names of several models by id; where two have the same, the id follows."""
    names = {model.id: model_name(model) for model in models}
    common = {name for name, number in Counter(names.values()).items() if number > 1}
    return {key: f"{name} · {key}" if name in common else name for key, name in names.items()}


def model_marks(model: Model, now: datetime) -> str:
    """What a model can do, and whether it is retired or needs a contract, in a few words."""
    words = {
        "image": QCoreApplication.translate("Models", "images"),
        "audio": QCoreApplication.translate("Models", "audio"),
        "video": QCoreApplication.translate("Models", "video"),
        "thinking": QCoreApplication.translate("Models", "thinking"),
        "tools": QCoreApplication.translate("Models", "tools"),
        "search": QCoreApplication.translate("Models", "web search"),
        "json": "JSON",
    }
    marks = [words[ability] for ability in words if model.can(ability)]
    if model.retired(now):
        marks.insert(0, QCoreApplication.translate("Models", "retired"))
    if model.contract:
        marks.insert(0, QCoreApplication.translate("Models", "needs a contract"))
    return " · ".join(marks)


def model_sentence(model: Model) -> str:
    """Describe in one sentence what a model is good at."""
    match model.note:
        case ModelNote.V26_PRO:
            return QCoreApplication.translate("Models", "The most capable: reasoning, code and tools. Accepts images.")
        case ModelNote.V26_FLASH:
            return QCoreApplication.translate("Models", "Fast and inexpensive for everyday use. Accepts images.")
        case ModelNote.V26_PRO_ULTRASPEED:
            return QCoreApplication.translate("Models", "The most capable model at high speed, by contract only.")
        case ModelNote.V25_PRO:
            return QCoreApplication.translate("Models", "The most capable of its generation. Text only.")
        case ModelNote.V25:
            return QCoreApplication.translate("Models", "Accepts text, images, audio and video.")
        case ModelNote.V2_PRO | ModelNote.V2_OMNI | ModelNote.V2_FLASH:
            return QCoreApplication.translate("Models", "An earlier generation, no longer offered by the platform.")
        case ModelNote.V25_TTS:
            return QCoreApplication.translate("Models", "Speaks and sings with built-in voices, and can stream.")
        case ModelNote.V25_TTS_VOICEDESIGN:
            return QCoreApplication.translate("Models", "Creates a voice from a description.")
        case ModelNote.V25_TTS_VOICECLONE:
            return QCoreApplication.translate("Models", "Speaks with a voice cloned from a sample.")
        case ModelNote.V2_TTS:
            return QCoreApplication.translate(
                "Models", "The earlier speech model, supported only for opening old projects."
            )
        case ModelNote.V25_ASR:
            return QCoreApplication.translate("Models", "Transcribes recordings in Chinese and English.")
        case ModelNote.UNKNOWN_SPEECH | ModelNote.UNKNOWN_SPEECH_DESIGN | ModelNote.UNKNOWN_SPEECH_CLONE:
            return QCoreApplication.translate("Models", "A speech model this version does not know yet.")
        case ModelNote.UNKNOWN_RECOGNITION:
            return QCoreApplication.translate("Models", "A recognition model this version does not know yet.")
        case ModelNote.UNKNOWN_CHAT:
            return QCoreApplication.translate("Models", "A chat model this version does not know yet.")
