"""Imports prompts from files and folders, and exports them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from app.core.prompt_files import SUFFIX, SUFFIXES, Cut
from app.core.prompt_library import MAX_NAME_LENGTH, MAX_NOTE_LENGTH, MAX_TAG_LENGTH, MAX_TAGS
from app.services.prompt_transfer import LeftOut, PromptImport, ShortenedFile
from app.ui.bench.context import BenchContext
from app.ui.bench.prompts.open_prompt import OpenPrompt
from app.ui.bench.prompts.page import PromptsPage
from app.ui.bench.prompts.text_presenter import TOPIC
from app.ui.files import ask_for_folder, ask_to_open_several, ask_to_save, initial_folder
from app.ui.reported_tasks import Spawn
from app.ui.texts.errors import error_sentences
from app.ui.texts.numbers import count
from app.ui.texts.prompts import version_name
from app.ui.widgets.presentation_cover import presentation_cover

MAX_NAMED = 8
"""Files that are named with the reason why they are left out; of more the number is said."""


class FilesPresenter(QObject):
    """Connects Import and Export."""

    def __init__(self, page: PromptsPage, opened: OpenPrompt, context: BenchContext, run: Spawn) -> None:
        super().__init__(page)
        self._page, self._open, self._context, self._run = page, opened, context, run
        self._transfer, self._notifier = context.prompt_transfer, context.notifier
        page.import_.clicked.connect(lambda: run(self._ask_and_import()))
        page.export.clicked.connect(lambda: run(self._export()))
        page.dropped.connect(self.import_files)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import these files, and those in folders among them."""
        self._run(self._import(paths))

    async def _ask_and_import(self) -> None:
        title = QCoreApplication.translate("Prompts", "Import prompts")
        endings = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        paths = await ask_to_open_several(self._page, title, f"Markdown ({endings})", self._context.settings)
        if paths:
            await self._import(paths)

    async def import_folder(self) -> None:
        """Ask for a folder, and import what is in it."""
        folder = await self._folder(QCoreApplication.translate("Prompts", "Import a folder of prompts"))
        if folder is not None:
            await self._import([folder])

    async def _import(self, paths: Sequence[Path]) -> None:
        self._open.take_typed()
        imported = await self._transfer.import_(paths)
        notice = self._page.notice
        notice.clear()
        if imported.left_out or imported.shortened:
            notice.say("warn", lambda: _problems_text(imported))
        if imported.added:
            self._open.open(imported.added[0].id)
            self._notifier.success(
                lambda: _imported_text(imported),
                undo=lambda: self._run(self._transfer.take_back(imported)),
                topic=TOPIC,
            )
        elif not imported.left_out:
            self._notifier.info(lambda: _imported_text(imported), topic=TOPIC)

    async def _export(self) -> None:
        entry = self._open.entry()
        prompt = self._context.prompts.get(entry.id) if entry is not None else None
        if entry is None or prompt is None:
            return
        title = QCoreApplication.translate("Prompts", "Export prompt")
        proposed = self._transfer.file_name(prompt)
        path = await ask_to_save(self._page, title, f"Markdown (*{SUFFIX})", proposed, self._context.settings)
        if path is None:
            return
        await self._transfer.export(prompt, path)
        is_whole = not entry.is_changed

        def wording() -> str:
            if is_whole:
                text = QCoreApplication.translate("Prompts", "“{prompt}” was exported to {name}, with every version.")
            else:
                text = QCoreApplication.translate(
                    "Prompts", "“{prompt}” was exported to {name}, up to {version}. What is not saved is not in it."
                )
            return text.format(prompt=prompt.name, name=path.name, version=version_name(len(prompt.versions)))

        self._notifier.success(wording, topic=TOPIC)

    async def export_all(self) -> None:
        """Ask for a folder, and write a file for each prompt into it."""
        self._open.take_typed()
        folder = await self._folder(QCoreApplication.translate("Prompts", "Export all prompts"))
        if folder is None:
            return
        number = await self._transfer.export_all(self._context.prompts.listed(), folder)
        self._notifier.success(
            lambda: QCoreApplication.translate("Prompts", "{n} prompts were exported to {name}.").format(
                n=count(number), name=folder.name
            ),
            topic=TOPIC,
        )

    async def _folder(self, title: str) -> Path | None:
        if presentation_cover().active:
            return presentation_cover().folder
        return await ask_for_folder(self._page, title, initial_folder(self._context.settings))


def _imported_text(imported: PromptImport) -> str:
    parts = []
    if len(imported.added) == 1:
        parts.append(
            QCoreApplication.translate("Prompts", "“{name}” was imported.").format(name=imported.added[0].name)
        )
    elif imported.added:
        parts.append(
            QCoreApplication.translate("Prompts", "{n} prompts were imported.").format(n=count(len(imported.added)))
        )
    if len(imported.known) == 1:
        parts.append(
            QCoreApplication.translate("Prompts", "“{name}” is already in the library, with the same versions.").format(
                name=imported.known[0]
            )
        )
    elif imported.known:
        parts.append(
            QCoreApplication.translate(
                "Prompts", "{n} prompts are already in the library, with the same versions."
            ).format(n=count(len(imported.known)))
        )
    return " ".join(parts) or QCoreApplication.translate("Prompts", "No Markdown or text file was found there.")


def _problems_text(imported: PromptImport) -> str:
    parts = [_left_out_text(imported.left_out)] if imported.left_out else []
    if imported.shortened:
        parts.append(_shortened_text(imported.shortened))
    return "\n".join(parts)


def _shortened_text(shortened: Sequence[ShortenedFile]) -> str:
    """Which files are not whole in the library, and what was cut of each."""
    lines = [QCoreApplication.translate("Prompts", "Imported, but not all was kept. The files are as they were.")]
    for each in shortened[:MAX_NAMED]:
        lines.append(f"{each.name}: {' '.join(_cut_text(cut) for cut in each.cuts)}")
    return _and_more(lines, len(shortened))


def _cut_text(cut: Cut) -> str:
    translate = QCoreApplication.translate
    if cut == "name":
        return translate("Prompts", "The name was cut to {n} characters.").format(n=MAX_NAME_LENGTH)
    if cut == "note":
        return translate("Prompts", "Notes were cut to {n} characters.").format(n=MAX_NOTE_LENGTH)
    if cut == "tag":
        return translate("Prompts", "Tags were cut to {n} characters.").format(n=MAX_TAG_LENGTH)
    return translate("Prompts", "Only the first {n} tags were kept.").format(n=MAX_TAGS)


def _and_more(lines: list[str], number: int) -> str:
    if number > MAX_NAMED:
        lines.append(QCoreApplication.translate("Prompts", "And {n} more.").format(n=count(number - MAX_NAMED)))
    return "\n".join(lines)


def _left_out_text(left_out: Sequence[LeftOut]) -> str:
    if len(left_out) == 1:
        text = QCoreApplication.translate("Prompts", "A file was not imported.")
    else:
        text = QCoreApplication.translate("Prompts", "{n} files were not imported.").format(n=count(len(left_out)))
    lines = [text, *(f"{each.name}: {error_sentences(each.error)}" for each in left_out[:MAX_NAMED])]
    return _and_more(lines, len(left_out))
