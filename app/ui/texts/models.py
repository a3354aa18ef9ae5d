"""The name and a one-sentence description of every model, by its note in the catalogue."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import Model, ModelNote


def model_name(model: Model) -> str:
    """The display name of a model; its id if it is unknown."""
    names = {
        ModelNote.V26_PRO: "MiMo 2.6 Pro",
        ModelNote.V26_FLASH: "MiMo 2.6 Flash",
        ModelNote.V26_PRO_ULTRASPEED: "MiMo 2.6 Pro UltraSpeed",
        ModelNote.V25_PRO: "MiMo 2.5 Pro",
        ModelNote.V25: "MiMo 2.5",
        ModelNote.V2_PRO: "MiMo 2 Pro",
        ModelNote.V2_OMNI: "MiMo 2 Omni",
        ModelNote.V2_FLASH: "MiMo 2 Flash",
        ModelNote.V25_TTS: "MiMo Speech 2.5",
        ModelNote.V25_TTS_VOICEDESIGN: "MiMo Voice Design 2.5",
        ModelNote.V25_TTS_VOICECLONE: "MiMo Voice Clone 2.5",
        ModelNote.V2_TTS: "MiMo Speech 2",
        ModelNote.V25_ASR: "MiMo Recognition 2.5",
    }
    return names.get(model.note, model.id)


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
