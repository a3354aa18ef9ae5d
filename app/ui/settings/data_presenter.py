"""Lets the data page act: sizes, backups, export and import, the end of everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.core.presentation_mask import COVER
from app.core.settings import BACKUP_COUNT, BACKUP_LIMIT, PRESENTATION_MODE
from app.services.settings_import import offer, take
from app.ui.files import ask_to_open, ask_to_save
from app.ui.settings.data_page import DataPage
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import HomePaths, SettingsDependencies
from app.ui.texts.errors import words
from app.ui.texts.numbers import count, size
from app.ui.widgets.rows import Row

FILE_NAME = "mimo-workbench.zip"


class _Progress(QObject):
    """Carries words from the thread that works to the window's."""

    came = Signal(str)


class DataPresenter(PagePresenter):
    """Joins the data page with what is kept.

    Signals:
        settings_taken: settings came out of an archive and hold now.
    """

    settings_taken = Signal()

    def __init__(self, page: DataPage, parts: SettingsDependencies) -> None:
        super().__init__(page, parts)
        self._page = page
        self._archived: dict[str, Any] = {}
        self._told_of_keys = False
        self._travelling: asyncio.Task[Any] | None = None
        self._progress = _Progress(self)
        self._progress.came.connect(self._show_progress)
        page.open_folder.connect(self._open_folder)
        page.back_up.connect(lambda: self.spawn(self._back_up()))
        page.restore.connect(lambda key: self.spawn(self._restore(key)))
        page.export_all.connect(lambda: self._travel(self._export()))
        page.import_all.connect(lambda: self._travel(self._import()))
        page.stop.connect(self._stop)
        page.erase.connect(lambda: self.spawn(self._erase()))
        page.notice.acted.connect(self._take_settings)
        parts.settings.watch(PRESENTATION_MODE, lambda _on: self._show_offer())

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
            COVER if self.presenting else str(places.home),
            said.format(**{name: size(octets) for name, octets in sizes.items()}),
            with_keys=await asyncio.to_thread(places.secrets.exists),
            may_open=not self.presenting,
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

    def _travel(self, work: Coroutine[Any, Any, None]) -> None:
        """One export or import at a time, which can be stopped."""
        if self._travelling is not None:
            work.close()
            return
        self._travelling = self.spawn(work)
        if self._travelling is not None:
            self._travelling.add_done_callback(self._arrived)

    def _arrived(self, _task: object) -> None:
        self._travelling = None
        self._page.show_busy("")

    def _stop(self) -> None:
        if self._travelling is not None:
            self._travelling.cancel()
            said = QCoreApplication.translate("Data", "Stopped. What was here before is here unchanged.")
            self.parts.messages.say(said, replace="archive")

    def _show_progress(self, words: str) -> None:
        # The last news may come when all is over.
        if self._travelling is not None:
            self._page.show_busy(words)

    def _begun(self, words: str) -> Callable[[float], None]:
        """Say what goes on; what is returned tells how much of it is done, from any thread."""
        self._page.show_busy(words)
        return lambda share: self._progress.came.emit(f"{words}  {share:.0%}")

    async def _export(self) -> None:
        title = QCoreApplication.translate("Data", "Export everything")
        kinds = QCoreApplication.translate("Data", "Everything as one file (*.zip)")
        target = await ask_to_save(self._page, title, kinds, FILE_NAME, self.parts.settings)
        if target is None:
            return
        await self.parts.archive.export(target, self._begun(QCoreApplication.translate("Data", "Exporting")))
        octets = await asyncio.to_thread(lambda: target.stat().st_size)
        said = QCoreApplication.translate("Data", "Everything is in {name} ({size}). Keys are not.")
        self.parts.messages.done(said.format(name=target.name, size=size(octets)), replace="archive")

    async def _import(self) -> None:
        title = QCoreApplication.translate("Data", "Import")
        kinds = QCoreApplication.translate("Data", "Everything as one file (*.zip)")
        source = await ask_to_open(self._page, title, kinds, self.parts.settings)
        if source is None:
            return
        tell = self._begun(QCoreApplication.translate("Data", "Importing"))
        brought = await self.parts.archive.import_(source, tell)
        self._archived = brought.settings
        self.parts.messages.done(_came(brought.rows), replace="archive")
        self._show_offer()
        await self._show()

    def _show_offer(self) -> None:
        """What of the archive's settings could hold here, before anything does."""
        if not self._archived:
            return
        found = offer(self.parts.settings, self._archived)
        if not found.values and not found.elsewhere:
            return
        said = [QCoreApplication.translate("Data", "The file holds settings too; yours are unchanged.")]
        if found.values:
            differ = QCoreApplication.translate("Data", "Different from yours: {n}.")
            said.append(differ.format(n=count(len(found.values))))
        for services, sentence in (
            (found.added, QCoreApplication.translate("Data", "New services: {names}.")),
            (found.changed, QCoreApplication.translate("Data", "Services that would change: {names}.")),
            (
                found.elsewhere,
                QCoreApplication.translate("Data", "Left out, because yours have other addresses: {names}."),
            ),
        ):
            if services:
                # Names of services may be those of people: before an audience only how many there are.
                names = count(len(services)) if self.presenting else ", ".join(service.name for service in services)
                said.append(sentence.format(names=names))
        act = QCoreApplication.translate("Data", "Take its settings") if found.values else ""
        self._page.notice.say("neutral", " ".join(said), act)

    def _take_settings(self) -> None:
        """What of the archive's settings may hold here does from now on; undoing brings back those from before."""
        settings, archived = self.parts.settings, self._archived
        self._archived = {}
        self._page.notice.clear()
        taken = len(offer(settings, archived).values)
        take_back = take(settings, archived)
        self.settings_taken.emit()

        def undo() -> None:
            take_back()
            self.settings_taken.emit()

        said = QCoreApplication.translate("Data", "Settings taken over: {n}").format(n=count(taken))
        self.parts.messages.done(said, undo=undo, replace="archive")

    async def _erase(self) -> None:
        """Keys first: they are outside the home. One that can't be removed keeps nothing else from going."""
        failures = await self.parts.keys.remove_all(self.parts.profiles.key_names())
        if failures and not self._told_of_keys:
            self._told_of_keys = True
            said = QCoreApplication.translate(
                "Data", "A key could not be removed: {reason} Remove it in the keychain of this computer, or go on."
            )
            self._page.notice.say("bad", said.format(reason=words(failures[0])))
            self._page.show_busy("")
            return
        self.parts.erase()


def _sizes(places: HomePaths) -> dict[str, int]:
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
        "Brought back. Conversations: {conversations} · Messages: {messages} · Takes: {takes} · Others: {things}",
    ).format(
        conversations=count(rows.get("conversations", 0)),
        messages=count(rows.get("messages", 0)),
        takes=count(rows.get("takes", 0)),
        things=count(rows.get("things", 0)),
    )
