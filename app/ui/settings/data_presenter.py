"""Connects the Data page to backups, export, import and erasing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app.core.presentation_mask import COVER
from app.core.sentence_joiner import join_sentences
from app.core.settings import BACKUP_COUNT, BACKUP_LIMIT, PRESENTATION_MODE
from app.services.settings_import import apply, preview
from app.ui.files import ask_to_open, ask_to_save
from app.ui.settings.data_page import DataPage
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import HomePaths, SettingsDependencies
from app.ui.texts.errors import error_message
from app.ui.texts.numbers import count, short_time, size
from app.ui.widgets.row_model import Row

FILE_NAME = "mimo-workbench.zip"


class _Progress(QObject):
    """Carries progress texts from the worker thread to the GUI thread."""

    changed = Signal(str)


class DataPresenter(PagePresenter):
    """Connects the Data page to the stored data.

    Signals:
        settings_imported: settings from an archive were applied or undone.
    """

    settings_imported = Signal()

    def __init__(self, page: DataPage, dependencies: SettingsDependencies) -> None:
        super().__init__(page, dependencies)
        self._page = page
        self._archived_settings: dict[str, Any] = {}
        self._key_failure_shown = False
        self._transfer: asyncio.Task[Any] | None = None
        self._progress = _Progress(self)
        self._progress.changed.connect(self._show_progress)
        page.folder_requested.connect(self._open_folder)
        page.backup_requested.connect(lambda: self.spawn(self._back_up()))
        page.restore_requested.connect(lambda key: self.spawn(self._restore(key)))
        page.export_requested.connect(lambda: self._start_transfer(self._export()))
        page.import_requested.connect(lambda: self._start_transfer(self._import()))
        page.stop_requested.connect(self._stop)
        page.erase_confirmed.connect(lambda: self.spawn(self._erase()))
        page.notice.acted.connect(self._import_settings)
        dependencies.settings.watch(PRESENTATION_MODE, lambda _on: self._show_offer())

    def show(self) -> None:
        """Refresh sizes and backups."""
        self.spawn(self._show())

    async def _show(self) -> None:
        places = self.dependencies.paths
        sizes = await asyncio.to_thread(_sizes, places)
        backups = await asyncio.to_thread(self.dependencies.backup_store.backups)
        text = QCoreApplication.translate(
            "Data",
            "{all} in total: text {words}, audio and attachments {blobs}, backups {backups}, other {rest}.",
        )
        shown = text.format(**{name: size(size_) for name, size_ in sizes.items()})
        number, recorded = await self.dependencies.backup_store.recordings()
        if number:
            kept = QCoreApplication.translate("Data", "Recordings of what you said: {n} ({size}).")
            shown = join_sentences(shown, kept.format(n=count(number), size=size(recorded)))
        self._page.show_home(
            COVER if self.presenting else str(places.home),
            shown,
            has_key_file=await asyncio.to_thread(places.secrets.exists),
            can_open=not self.presenting,
        )
        self._page.show_backups(
            [Row(backup.path.name, short_time(backup.made), size(backup.size)) for backup in backups]
        )

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.dependencies.paths.home)))

    async def _back_up(self) -> None:
        get = self.dependencies.settings.get
        await self.dependencies.backup_store.back_up(get(BACKUP_COUNT), get(BACKUP_LIMIT) << 20)
        self.dependencies.notifier.success(QCoreApplication.translate("Data", "Backup created."), topic="backup")
        await self._show()

    async def _restore(self, key: str) -> None:
        """Add what a backup has and this computer lacks; nothing is removed."""
        backups = self.dependencies.backup_store.backups()
        backup = next((backup for backup in backups if backup.path.name == key), None)
        if backup is None:
            return
        restored = await self.dependencies.backup_store.restore(backup)
        self.dependencies.notifier.success(_restored_text(restored), topic="backup")

    def _start_transfer(self, work: Coroutine[Any, Any, None]) -> None:
        """Start an export or import unless one is running."""
        if self._transfer is not None:
            work.close()
            return
        self._transfer = self.spawn(work)
        if self._transfer is not None:
            self._transfer.add_done_callback(self._on_transfer_done)

    def _on_transfer_done(self, _task: object) -> None:
        self._transfer = None
        self._page.show_busy("")

    def _stop(self) -> None:
        if self._transfer is not None:
            self._transfer.cancel()
            text = QCoreApplication.translate("Data", "Stopped. Nothing here was changed.")
            self.dependencies.notifier.info(text, topic="archive")

    def _show_progress(self, words: str) -> None:
        # The last progress may arrive after the end.
        if self._transfer is not None:
            self._page.show_busy(words)

    def _show_started(self, words: str) -> Callable[[float], None]:
        """Show what has started; returns a function that reports its progress in [0, 1] from any thread."""
        self._page.show_busy(words)
        return lambda share: self._progress.changed.emit(f"{words}  {share:.0%}")

    async def _export(self) -> None:
        title = QCoreApplication.translate("Data", "Export everything")
        kinds = QCoreApplication.translate("Data", "Everything as one file (*.zip)")
        target = await ask_to_save(self._page, title, kinds, FILE_NAME, self.dependencies.settings)
        if target is None:
            return
        await self.dependencies.archiver.export(
            target, self._show_started(QCoreApplication.translate("Data", "Exporting"))
        )
        size_ = await asyncio.to_thread(lambda: target.stat().st_size)
        text = QCoreApplication.translate("Data", "Everything except API keys was exported to {name} ({size}).")
        self.dependencies.notifier.success(text.format(name=target.name, size=size(size_)), topic="archive")

    async def _import(self) -> None:
        title = QCoreApplication.translate("Data", "Import")
        kinds = QCoreApplication.translate("Data", "Everything as one file (*.zip)")
        source = await ask_to_open(self._page, title, kinds, self.dependencies.settings)
        if source is None:
            return
        report_progress = self._show_started(QCoreApplication.translate("Data", "Importing"))
        imported = await self.dependencies.archiver.import_(source, report_progress)
        self._archived_settings = imported.settings
        self.dependencies.notifier.success(_restored_text(imported.rows), topic="archive")
        self._show_offer()
        await self._show()

    def _show_offer(self) -> None:
        """Offer the settings of the imported archive before any of them is applied."""
        if not self._archived_settings:
            return
        offered = preview(self.dependencies.settings, self._archived_settings)
        if not offered.values and not offered.elsewhere:
            return
        text = [QCoreApplication.translate("Data", "The file also contains settings. Yours have not been changed.")]
        if offered.values:
            differ = QCoreApplication.translate("Data", "Different from yours: {n}.")
            text.append(differ.format(n=count(len(offered.values))))
        for services, sentence in (
            (offered.added, QCoreApplication.translate("Data", "New services: {names}.")),
            (offered.changed, QCoreApplication.translate("Data", "Services that would change: {names}.")),
            (
                offered.elsewhere,
                QCoreApplication.translate("Data", "Skipped because yours have different addresses: {names}."),
            ),
        ):
            if services:
                # Service names may be people's names: in presentation mode, show only how many there are.
                names = count(len(services)) if self.presenting else ", ".join(service.name for service in services)
                text.append(sentence.format(names=names))
        act = QCoreApplication.translate("Data", "Import these settings") if offered.values else ""
        self._page.notice.say("neutral", join_sentences(*text), act)

    def _import_settings(self) -> None:
        """Apply the settings of the imported archive; undoing restores the previous ones."""
        settings, archived = self.dependencies.settings, self._archived_settings
        self._archived_settings = {}
        self._page.notice.clear()
        taken = len(preview(settings, archived).values)
        take_back = apply(settings, archived, self.dependencies.take_back_prompts)
        self.settings_imported.emit()

        def undo() -> None:
            take_back()
            self.settings_imported.emit()

        def text() -> str:
            return QCoreApplication.translate("Data", "Settings imported: {n}").format(n=count(taken))

        self.dependencies.notifier.success(text, undo=undo, topic="archive")

    async def _erase(self) -> None:
        """Erase everything, keys first because they are outside the home folder.

        A key that can't be removed does not stop the rest from being erased when the user confirms again.
        """
        failures = await self.dependencies.keys.remove_all(self.dependencies.profiles.key_names())
        if failures and not self._key_failure_shown:
            self._key_failure_shown = True
            text = QCoreApplication.translate(
                "Data",
                "A key could not be removed: {reason} Remove it from this computer's keychain, or erase "
                "again to continue without removing it.",
            )
            self._page.notice.say("bad", text.format(reason=error_message(failures[0])))
            self._page.show_busy("")
            return
        self.dependencies.erase()


def _sizes(places: HomePaths) -> dict[str, int]:
    """Sizes of the stored data in bytes, by kind."""
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
            continue  # The file was deleted meanwhile.
    return total


def _restored_text(rows: dict[str, int]) -> str:
    """A sentence with the numbers of restored or imported items."""
    records = rows.get("conversations", 0) + rows.get("takes", 0) + rows.get("things", 0)
    if not records and not rows.get("messages", 0):
        return QCoreApplication.translate("Data", "Nothing to add: everything in the file is already here.")
    return QCoreApplication.translate(
        "Data",
        "Added. Conversations: {conversations} · Messages: {messages} · Takes: {takes} · Other items: {things}",
    ).format(
        conversations=count(rows.get("conversations", 0)),
        messages=count(rows.get("messages", 0)),
        takes=count(rows.get("takes", 0)),
        things=count(rows.get("things", 0)),
    )
