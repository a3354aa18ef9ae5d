"""A file or an address can't be attached to a message (WIRE.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable


def _formats() -> str:
    return QCoreApplication.translate(
        "Errors", "Use JPEG, PNG, GIF, WebP or BMP; MP3, WAV, FLAC, M4A or OGG; MP4, MOV, AVI or WMV."
    )


ATTACHMENT_MESSAGES: MessageTable = {
    Code.ATTACHMENT_EMPTY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "“{name}” is empty."),
        QCoreApplication.translate("Errors", "Choose another file."),
    ),
    Code.ATTACHMENT_FORMAT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "“{name}” is no image, sound or video that the service takes."),
        _formats(),
    ),
    Code.ATTACHMENT_TOO_LARGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "“{name}” has {size}; a file in a message may have at most {limit}."),
        QCoreApplication.translate("Errors", "Make it smaller, or attach it by its address (up to {url_limit})."),
    ),
    Code.ATTACHMENT_MISSING: lambda: ErrorMessage(
        QCoreApplication.translate(
            "Errors", "The file of “{name}” is missing in the home folder, or was changed there."
        ),
        QCoreApplication.translate("Errors", "Leave it out of later turns, or attach it again."),
    ),
    Code.TOO_MANY_ATTACHMENTS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "A message can have at most {count} attachments."),
        QCoreApplication.translate("Errors", "Send these first, then attach the others."),
    ),
    Code.ADDRESS_INVALID: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "“{url}” is not an address of the web."),
        QCoreApplication.translate("Errors", "Enter one that begins with https://, without a password in it."),
    ),
    Code.ADDRESS_NOT_HTTPS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The service fetches only https addresses; this one begins with http://."),
        QCoreApplication.translate("Errors", "Use the https address, or attach the file itself."),
    ),
    Code.ADDRESS_PRIVATE: lambda: ErrorMessage(
        QCoreApplication.translate(
            "Errors", "{host} is this computer or in its network, where the service can't fetch anything."
        ),
        QCoreApplication.translate("Errors", "Attach the file itself."),
    ),
    Code.ADDRESS_STATUS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{host} answered with status {status} instead of a file."),
        QCoreApplication.translate("Errors", "Check the address."),
    ),
    Code.ADDRESS_REDIRECTS: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "That address leads on to another one: {target}."),
        QCoreApplication.translate("Errors", "If you trust it, enter that address."),
    ),
    Code.ADDRESS_IS_PAGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "That address answers with a web page, not with a file."),
        QCoreApplication.translate("Errors", "Use the address of the image, sound or video itself."),
    ),
    Code.ADDRESS_FORMAT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "That address answers with {type}, which the service does not take."),
        _formats(),
    ),
}


def attachment_variant(code: Code, params: Mapping[str, Any]) -> ErrorMessage | None:
    """A more exact message where the format or the way of attaching is known."""
    if code is Code.ATTACHMENT_FORMAT and params.get("format"):
        what = QCoreApplication.translate("Errors", "“{name}” is {format}, which the service does not take.")
        return ErrorMessage(what, _formats())
    if code is Code.ATTACHMENT_TOO_LARGE and params.get("by_address"):
        return ErrorMessage(
            QCoreApplication.translate("Errors", "“{name}” has {size}; behind an address the limit is {limit}."),
            QCoreApplication.translate("Errors", "Use a smaller file."),
        )
    return None
