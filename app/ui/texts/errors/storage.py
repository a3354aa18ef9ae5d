"""Something could not be saved, or what was saved can't be read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code
from app.ui.texts.errors.message import ErrorMessage, MessageTable

STORAGE_MESSAGES: MessageTable = {
    Code.HOME_IN_USE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "Another MiMo Workbench is using {path}."),
        QCoreApplication.translate("Errors", "Use that window, close it, or start with a different --home folder."),
    ),
    Code.DATABASE_CLOSED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The program is closing; this was not saved."),
        QCoreApplication.translate("Errors", "Start it again and repeat the last step."),
    ),
    Code.NOT_KEPT: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "This item was deleted, or its audio is missing."),
        QCoreApplication.translate("Errors", "A backup may still contain it: Settings, Data."),
    ),
    Code.GRID_UNREADABLE: lambda: ErrorMessage(
        QCoreApplication.translate(
            "Errors", "The audition grid of this session is damaged, or was saved by a newer version."
        ),
        QCoreApplication.translate("Errors", "It was left as it is. For another grid begin a new session."),
    ),
    Code.BACKUP_UNREADABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The backup can't be read: {reason}."),
        QCoreApplication.translate("Errors", "Nothing was changed. Choose an older backup."),
    ),
    Code.IMPORT_UNREADABLE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} can't be imported here, or it is damaged."),
        QCoreApplication.translate(
            "Errors",
            "Import a conversation (.json) with Import conversation in Chat, a voice with Import voice in Voices, and "
            "everything (.zip) with Import in Settings, Data.",
        ),
    ),
    Code.IMPORT_NEWER: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} was exported by a newer version of MiMo Workbench."),
        QCoreApplication.translate("Errors", "Update MiMo Workbench here, then import the file again."),
    ),
    Code.IMPORT_TOO_LARGE: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{name} is larger or more deeply nested than an export ever is."),
        QCoreApplication.translate(
            "Errors", "Nothing was imported. Export it again in the program it comes from, in several parts if need be."
        ),
    ),
    Code.DATABASE_EMPTY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The database was empty at the start, although there are backups."),
        QCoreApplication.translate("Errors", "Restore the last backup to get your conversations and takes back."),
    ),
    Code.DISK_FULL: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The disk is full, so {path} was not saved."),
        QCoreApplication.translate("Errors", "Free some space, then try again. What is on screen is not lost."),
    ),
    Code.HOME_READ_ONLY: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "{path} is not writable."),
        QCoreApplication.translate("Errors", "Start with --home and a folder you can write to."),
    ),
    Code.NO_KEYRING: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "No keychain is available on this computer."),
        QCoreApplication.translate("Errors", "The key is kept only until the program closes."),
    ),
    Code.KEYRING_FAILED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The keychain did not save the key: {reason}."),
        QCoreApplication.translate(
            "Errors", "The key is kept only until the program closes. Unlock the keychain and save the key again."
        ),
    ),
    Code.SETTINGS_DAMAGED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The settings file, or part of it, could not be read."),
        QCoreApplication.translate("Errors", "Default values are used instead. The old file was saved as {path}."),
    ),
    Code.KEYS_DAMAGED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The key file could not be read."),
        QCoreApplication.translate("Errors", "It was saved as {path}. Enter the keys again in Settings, Services."),
    ),
    Code.DATABASE_DAMAGED: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The database is damaged."),
        QCoreApplication.translate("Errors", "It was saved as {path}. You can restore a backup in Settings, Data."),
    ),
    Code.DATABASE_NEWER: lambda: ErrorMessage(
        QCoreApplication.translate("Errors", "The database was written by a newer version of MiMo Workbench."),
        QCoreApplication.translate("Errors", "Install that version, or start with a different --home folder."),
    ),
}
