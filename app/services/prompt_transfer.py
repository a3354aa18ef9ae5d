"""Imports prompts from Markdown files, and exports them."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from app.core.errors import Code, InputError, WorkbenchError
from app.core.file_names import file_name, numbered
from app.core.given_files import problem_of
from app.core.prompt_files import SUFFIX, SUFFIXES, Cut, ReadPrompt, prompt_file, read_prompt
from app.core.prompt_library import SavedPrompt
from app.services.prompts import PromptLibrary

MAX_FILES = 1_000
"""Files of one import."""
_NUMBER = re.compile(r" \d{1,4}\Z")
MAX_SEEN = 100_000
"""Files of any sort in a folder that is searched for prompts."""


class TextFiles(Protocol):
    """Reads and writes whole text files. Both methods block and raise StorageError."""

    def read(self, path: Path, /) -> str: ...
    def write(self, path: Path, text: str, /) -> None: ...


class LeftOut(NamedTuple):
    """A file that is not imported, by its name, and why."""

    name: str
    error: WorkbenchError


class ShortenedFile(NamedTuple):
    """A file, by its name, of which not all could be kept, and what that is."""

    name: str
    cuts: tuple[Cut, ...]


class PromptImport(NamedTuple):
    """What an import has led to.

    Attributes:
        added: the new prompts; the name of one is numbered if it was taken.
        known: names of prompts of the library that are the same as those of a file.
        shortened: files of new prompts that had longer names, notes or tags.
    """

    added: tuple[SavedPrompt, ...]
    known: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    shortened: tuple[ShortenedFile, ...] = ()


class PromptTransfer:
    """Reads and writes the files of prompts."""

    def __init__(
        self,
        library: PromptLibrary,
        files: TextFiles,
        redact: Callable[[str], str],
        now: Callable[[], float] = time.time,
    ) -> None:
        """`redact` takes the keys of the services out of what is written."""
        self._library, self._files, self._redact, self._now = library, files, redact, now
        self._import_lock = asyncio.Lock()

    async def import_(self, paths: Sequence[Path]) -> PromptImport:
        """Add the prompts of files, and of the Markdown and text files in folders.

        Raises InputError TOO_MANY_FILES, and StorageError if the database can't be written; what is wrong with single
        files is in the result.
        """
        read, left_out = await asyncio.to_thread(self._read_all, paths)
        async with self._import_lock:
            here = {_content_key(prompt): prompt.name for prompt in self._library.listed()}
            known = [here[key] for _, found in read if (key := _content_key(found.prompt)) in here]
            fresh = [(name, found) for name, found in read if _content_key(found.prompt) not in here]
            added = await self._library.add_all([found.prompt for _, found in fresh])
            shortened = tuple(ShortenedFile(name, found.cuts) for name, found in fresh if found.cuts)
            return PromptImport(added, tuple(known), tuple(left_out), shortened)

    async def take_back(self, imported: PromptImport) -> None:
        """Undo an import: delete what it added, unless it has been changed since. Raises StorageError."""
        for prompt in imported.added:
            present = self._library.get(prompt.id)
            if present is not None and present.versions == prompt.versions:
                await self._library.delete(prompt.id)

    async def export(self, prompt: SavedPrompt, path: Path) -> None:
        """Write a prompt with all its versions to a file. Raises StorageError."""
        await asyncio.to_thread(self._write, prompt, path)

    def file_name(self, prompt: SavedPrompt) -> str:
        """The name that is proposed for the file of a prompt."""
        return file_name(self._redact(prompt.name), SUFFIX)

    def _write(self, prompt: SavedPrompt, path: Path) -> None:
        self._files.write(path, self._redact(prompt_file(prompt)))

    async def export_all(self, prompts: Sequence[SavedPrompt], folder: Path) -> int:
        """Write each prompt to a file of its own in a folder, in which nothing is replaced; return their number."""

        def write() -> int:
            taken: set[str] = set()
            for prompt in prompts:
                self._write(prompt, _free(folder, self.file_name(prompt), taken))
            return len(prompts)

        return await asyncio.to_thread(write)

    def _read_all(self, paths: Sequence[Path]) -> tuple[list[tuple[str, ReadPrompt]], list[LeftOut]]:
        read: list[tuple[str, ReadPrompt]] = []
        left_out: list[LeftOut] = []
        for path in _listed(paths, left_out):
            try:
                read.append((path.name, read_prompt(self._content(path), path.stem, round(self._now(), 6))))
            except WorkbenchError as error:
                left_out.append(LeftOut(path.name, error))
        return read, left_out

    def _content(self, path: Path) -> str:
        try:
            problem = problem_of(path)
        except OSError as error:
            raise InputError(Code.FILE_UNREADABLE, path=str(path), message=str(error)) from error
        if problem is not None:
            raise InputError(problem, path=str(path))
        return self._files.read(path)


def _content_key(prompt: SavedPrompt) -> tuple[object, ...]:
    """What is the same of two prompts that are one: kind, every version, and the name but for a number behind it."""
    texts = tuple((version.text, version.note) for version in prompt.versions)
    return _NUMBER.sub("", prompt.name), prompt.kind, texts


def _listed(paths: Iterable[Path], left_out: list[LeftOut]) -> list[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        try:
            inside = _inside(path) if path.is_dir() else (path,)
            for each in inside:
                found[each] = None
                if len(found) > MAX_FILES:
                    raise InputError(Code.TOO_MANY_FILES, most=MAX_FILES)
        except OSError as error:
            left_out.append(LeftOut(path.name, InputError(Code.FILE_UNREADABLE, path=str(path), message=str(error))))
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    """The Markdown and text files of a folder and those in it, in order; what is hidden is passed over."""
    seen = 0
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        seen += len(names)
        if seen > MAX_SEEN:
            raise InputError(Code.TOO_MANY_FILES, most=MAX_FILES)
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Path(where, name)


def _free(folder: Path, name: str, taken: set[str]) -> Path:
    number, candidate = 1, name
    while candidate.casefold() in taken or (folder / candidate).exists():
        number += 1
        candidate = numbered(name, number)
    taken.add(candidate.casefold())
    return folder / candidate
