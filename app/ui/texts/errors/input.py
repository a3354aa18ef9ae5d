"""Something the user entered or chose can't be used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

INPUT_MESSAGES: MessageTable = {
    Code.MEDIA_UNSUPPORTED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "This service does not accept {mime} in a message."),
        QCoreApplication.translate("Errors", "Remove it, or choose another model or protocol."),
    ),
    Code.SETTING_INVALID: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "“{value}” is not valid for {label}."),
        QCoreApplication.translate("Errors", "Nothing was changed."),
    ),
    Code.NO_TEXT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There is no text to speak."),
        QCoreApplication.translate("Errors", "Enter some text first."),
    ),
    Code.TOO_MANY_PARTS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The text would take more than {limit} parts."),
        QCoreApplication.translate("Errors", "Nothing was sent. Speak it in several sessions."),
    ),
    Code.ONLY_CODE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There is nothing to read aloud in this answer: it is only code."),
        QCoreApplication.translate("Errors", "Copy it instead."),
    ),
    Code.GRID_TOO_LARGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "A grid has at most {most} columns and {most} rows."),
        QCoreApplication.translate("Errors", "Nothing was added. Remove one first."),
    ),
    Code.NO_CASES: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The file has no rows."),
        QCoreApplication.translate("Errors", "Nothing was added. Choose a CSV or JSONL file with a row per case."),
    ),
    Code.CASES_NOT_TEXT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The file is not a text: it may be a picture or an archive."),
        QCoreApplication.translate("Errors", "Nothing was added. Choose a CSV or JSONL file with a row per case."),
    ),
    Code.CASES_TOO_LARGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "A file of cases has at most {limit} bytes; this one has {size}."),
        QCoreApplication.translate("Errors", "Nothing was added. Split the file."),
    ),
    Code.SPEND_LIMIT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The next request could pass the spend limit of the run."),
        QCoreApplication.translate("Errors", "Raise the limit on the Cases page, then run the cases again."),
    ),
    Code.PRICE_UNKNOWN: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The price of {model} is unknown, so a spend limit can't be kept."),
        QCoreApplication.translate("Errors", "Nothing was sent. Enter the price in Settings, or set the limit to 0."),
    ),
    Code.WORDS_TOO_LONG: lambda: ErrorMessage(
        QCoreApplication.translate(
            "Errors", "A direction or description has at most {most} characters; this one has {length}."
        ),
        QCoreApplication.translate("Errors", "Nothing was added. Shorten it."),
    ),
    Code.TEMPERATURE_RANGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "A temperature is a number from {low} to {high}."),
        QCoreApplication.translate("Errors", "Nothing was added. Enter one of these."),
    ),
    Code.NO_SKETCH: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The character sketch is empty."),
        QCoreApplication.translate("Errors", "Write a sentence or two about the character, and try again."),
    ),
    Code.NO_DESCRIPTION: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The voice has no description yet."),
        QCoreApplication.translate("Errors", "Describe in a sentence who is speaking and how."),
    ),
    Code.NO_DIRECTION: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There is nothing to save yet."),
        QCoreApplication.translate("Errors", "Write it first, then save it under a name."),
    ),
    Code.NO_SAMPLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There is no sample to clone the voice from."),
        QCoreApplication.translate("Errors", "Choose or record a sample."),
    ),
    Code.SAMPLE_SILENT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "No speech was found in the sample."),
        QCoreApplication.translate("Errors", "Record or choose one with 10 to 60 seconds of speech."),
    ),
    Code.NO_CONSENT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The speaker's consent is not confirmed."),
        QCoreApplication.translate("Errors", "If the speaker agrees, confirm it with “The speaker has agreed”."),
    ),
    Code.NO_NAME: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The voice has no name."),
        QCoreApplication.translate("Errors", "Enter a name."),
    ),
    Code.NAME_TAKEN: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "There is already one named “{name}”."),
        QCoreApplication.translate("Errors", "Choose another name."),
    ),
    Code.NO_MODEL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service offers no model for this."),
        QCoreApplication.translate("Errors", "Choose another service in Settings."),
    ),
    Code.FILE_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The file {path} does not exist."),
        QCoreApplication.translate("Errors", "Check the path."),
    ),
    Code.FILE_IS_FOLDER: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{path} is a folder."),
        QCoreApplication.translate("Errors", "Choose a file in it."),
    ),
    Code.FILE_IS_SPECIAL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{path} is a device, a pipe or a socket, not a file."),
        QCoreApplication.translate("Errors", "Choose a file."),
    ),
    Code.FILE_UNREADABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{path} can't be read: {reason}."),
        QCoreApplication.translate("Errors", "Check that you have permission to read it."),
    ),
    Code.FILE_ENCODING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{path} is not in UTF-8: line {line} can't be read."),
        QCoreApplication.translate("Errors", "Save it in UTF-8 with a text editor, then open it again."),
    ),
    Code.FILE_NOT_WRITTEN: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{path} can't be written: {reason}."),
        QCoreApplication.translate("Errors", "Choose another location."),
    ),
    Code.FOLDER_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The folder {path} does not exist."),
        QCoreApplication.translate("Errors", "Choose another folder, or create it. Nothing was lost."),
    ),
}


def consent_variant(code: Code, params: Mapping[str, Any]) -> ErrorMessage | None:
    """The message where consent is missing for a known voice; None for everything else."""
    if code is not Code.NO_CONSENT or not params.get("voice"):
        return None
    return ErrorMessage(
        QCoreApplication.translate(
            "Errors", "“{voice}” has no consent from its speaker, so nothing is spoken or saved with it."
        ),
        QCoreApplication.translate("Errors", "If the speaker agrees, confirm it in Voices, Library."),
    )
