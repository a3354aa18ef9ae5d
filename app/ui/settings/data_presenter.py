"""Lets the data page act: sizes, backups, export and import, the end of everything."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.core.errors import WorkbenchError
from app.core.settings import BACKUP_COUNT, BACKUP_LIMIT, DECLARED
from app.ui.files import ask_to_open, ask_to_save
from app.ui.settings.data_page import DataPage
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import Places, SettingsParts
from app.ui.texts.errors import words
from app.ui.texts.numbers import count, size
from app.ui.widgets.rows import Row

FILE_NAME = "mimo-workbench.zip"
_HIDDEN = "•••"
_STAY = ("remembered", "audio")
"""Settings of these pages belong to this computer: an archive's are not taken over."""


class DataPresenter(PagePresenter):
    """Joins the data page with what is kept.

    Signals:
        settings_taken: settings came out of an archive and hold now.
    """

    settings_taken = Signal()

    def __init__(self, page: DataPage, parts: SettingsParts) -> None:
        super().__init__(page, parts)
        self._page = page
        self._offered: dict[str, Any] = {}
        page.open_folder.connect(self._open_folder)
        page.back_up.connect(lambda: self.spawn(self._back_up()))
        page.restore.connect(lambda key: self.spawn(self._restore(key)))
        page.export_all.connect(lambda: self.spawn(self._export()))
        page.import_all.connect(lambda: self.spawn(self._import()))
        page.erase.connect(lambda: self.spawn(self._erase()))
        page.notice.acted.connect(self._take_settings)

    def show(self) -> None:
        """Sizes and backups as they are now."""
        self.spawn(self._show())

    async def _show(self) -> None:
        places = self.parts.places
        sizes = await asyncio.to_thread(_sizes, places)
        backups = await asyncio.to_thread(self.parts.keeping.backups)
        said = QCoreApplication.translate(
            "Data",
            "{all} altogether: words {words}, sounds and attachments {blobs}, backups {backups}, the rest {rest}.",
        )
        self._page.show_home(
            _HIDDEN if self.presenting else str(places.home),
            said.format(**{name: size(octets) for name, octets in sizes.items()}),
        )
        self._page.show_backups([Row(backup.path.name, _moment(backup.made), size(backup.size)) for backup in backups])

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.parts.places.home)))

    async def _back_up(self) -> None:
        get = self.parts.settings.get
        await self.parts.keeping.back_up(get(BACKUP_COUNT), get(BACKUP_LIMIT) << 20)
        self.parts.messages.done(QCoreApplication.translate("Data", "The backup is made."), replace="backup")
        await self._show()

    async def _restore(self, key: str) -> None:
        """Bring back what a backup holds beyond what is here; nothing is taken away."""
        backup = next((one for one in self.parts.keeping.backups() if one.path.name == key), None)
        if backup is None:
            return
        restored = await self.parts.keeping.restore(backup)
        self.parts.messages.done(_came(restored), replace="backup")

    async def _export(self) -> None:
        title = QCoreApplication.translate("Data", "Export everything")
        kinds = QCoreApplication.translate("Data", "Everything as one file (*.zip)")
        target = await ask_to_save(self._page, title, kinds, FILE_NAME, self.parts.settings)
        if target is None:
            return
        self._page.show_busy(QCoreApplication.translate("Data", "Exporting"))
        try:
            await self.parts.archive.export(target)
        finally:
            self._page.show_busy("")
        octets = await asyncio.to_thread(lambda: target.stat().st_size)
        said = QCoreApplication.translate("Data", "Everything is in {name} ({size}). Keys are not.")
        self.parts.messages.done(said.format(name=target.name, size=size(octets)), replace="archive")

    async def _import(self) -> None:
        title = QCoreApplication.translate("Data", "Import")
        kinds = QCoreApplication.translate("Data", "Everything as one file (*.zip)")
        source = await ask_to_open(self._page, title, kinds, self.parts.settings)
        if source is None:
            return
        self._page.show_busy(QCoreApplication.translate("Data", "Importing"))
        try:
            brought = await self.parts.archive.import_(source)
        finally:
            self._page.show_busy("")
        self._offered = {
            key: value
            for key, value in brought.settings.items()
            if key in DECLARED and DECLARED[key].page not in _STAY and key != "presentation_mode"
        }
        self.parts.messages.done(_came(brought.rows), replace="archive")
        if self._offered:
            self._page.notice.say(
                "neutral",
                QCoreApplication.translate("Data", "The file holds settings and services too; yours are unchanged."),
                QCoreApplication.translate("Data", "Take its settings"),
            )
        await self._show()

    def _take_settings(self) -> None:
        """The archive's settings hold from now on; undoing brings back those from before."""
        settings, offered = self.parts.settings, self._offered
        self._offered = {}
        self._page.notice.clear()
        before = {key: settings.get(DECLARED[key]) for key in offered}
        taken = self._set_all(offered)

        def undo() -> None:
            self._set_all({key: before[key] for key in taken})

        said = QCoreApplication.translate("Data", "{n} settings were taken over.").format(n=count(len(taken)))
        self.parts.messages.done(said, undo=undo, replace="archive")

    def _set_all(self, values: dict[str, Any]) -> list[str]:
        """Set what can be used; the keys that were."""
        taken = []
        for key, value in values.items():
            try:
                self.parts.settings.set(DECLARED[key], value)
            except WorkbenchError as error:
                self.parts.messages.warn(str(words(error)), replace=f"setting {key}")
            else:
                taken.append(key)
        self.settings_taken.emit()
        return taken

    async def _erase(self) -> None:
        """Keys first: they are outside the home, and the profiles that name them are about to go."""
        for profile in self.parts.profiles.all():
            await self.parts.keys.remove(profile.id)
        self.parts.erase()


def _sizes(places: Places) -> dict[str, int]:
    """Octets of what is kept, by part."""
    whole = _size_of(places.home)
    database = sum(path.stat().st_size for path in places.database.parent.glob(f"{places.database.name}*"))
    blobs, backups = _size_of(places.blobs), _size_of(places.backups)
    rest = max(0, whole - database - blobs - backups)
    return {"all": whole, "words": database, "blobs": blobs, "backups": backups, "rest": rest}


def _size_of(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue  # It went while we looked.
    return total


def _moment(made: float) -> str:
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(made)), QLocale.FormatType.ShortFormat)


def _came(rows: dict[str, int]) -> str:
    """How much came back, said in things a person knows."""
    things = rows.get("conversations", 0) + rows.get("takes", 0) + rows.get("things", 0)
    if not things and not rows.get("messages", 0):
        return QCoreApplication.translate("Data", "Everything in it was here already.")
    return QCoreApplication.translate(
        "Data",
        "Brought back: {conversations} conversations, {messages} messages, {takes} takes, {things} other things.",
    ).format(
        conversations=count(rows.get("conversations", 0)),
        messages=count(rows.get("messages", 0)),
        takes=count(rows.get("takes", 0)),
        things=count(rows.get("things", 0)),
    )
