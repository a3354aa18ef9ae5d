"""Audio could not be played, recorded or read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

AUDIO_MESSAGES: MessageTable = {
    Code.NO_PORTAUDIO: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "Audio needs the PortAudio library, which is not installed."),
        QCoreApplication.translate(
            "Errors", "Install it (Debian, Ubuntu: apt install libportaudio2). Everything else works."
        ),
    ),
    Code.NO_OUTPUT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "No output device was found."),
        QCoreApplication.translate("Errors", "Connect one, or choose it in Settings, Audio."),
    ),
    Code.NO_INPUT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "No microphone was found."),
        QCoreApplication.translate("Errors", "Connect one, or choose it in Settings, Audio. You can also use a file."),
    ),
    Code.DEVICE_LOST: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The audio device was disconnected."),
        QCoreApplication.translate("Errors", "Playback is paused. Press Play to continue on another device."),
    ),
    Code.MICROPHONE_LOST: lambda: ErrorMessage(
        QCoreApplication.translate(
            "Errors", "The microphone “{device}” was disconnected. What was recorded until then is kept."
        ),
        QCoreApplication.translate("Errors", "Choose another one in Settings, Audio."),
    ),
    Code.DEVICE_BUSY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The audio device can't be opened: {reason}."),
        QCoreApplication.translate(
            "Errors", "Close the program that is using it, or choose another device in Settings, Audio."
        ),
    ),
    Code.ALREADY_RECORDING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The workbench is already recording elsewhere."),
        QCoreApplication.translate("Errors", "Stop that recording, then try again."),
    ),
    Code.SOUND_EMPTY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The audio is empty."),
        QCoreApplication.translate("Errors", "Try again, or choose another file."),
    ),
    Code.SOUND_UNREADABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} can't be read as audio."),
        QCoreApplication.translate("Errors", "Choose a WAV, FLAC, MP3, OGG or AIFF file."),
    ),
    Code.SOUND_FORMAT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} is in an audio format that is not supported."),
        QCoreApplication.translate("Errors", "Choose a WAV, FLAC, MP3, OGG or AIFF file."),
    ),
    Code.SOUND_NEEDS_FFMPEG: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "Reading {name} needs ffmpeg, which is not installed."),
        QCoreApplication.translate("Errors", "Install ffmpeg, or convert the file to WAV or MP3."),
    ),
    Code.SOUND_TOO_LARGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} is larger than the limit of {limit}."),
        QCoreApplication.translate("Errors", "Shorten it first."),
    ),
    Code.SAMPLE_TOO_LARGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The sample is too large to send with a request ({limit})."),
        QCoreApplication.translate("Errors", "Trim it. 10 to 30 seconds of speech are enough."),
    ),
}
