"""The saved prompts: listed, found, saved with versions, and deleted with undo."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Container, Iterable, Mapping
from typing import NamedTuple

from app.core.errors import Code, InputError
from app.core.messages import new_id
from app.core.numbered_names import numbered_names
from app.core.observers import Event
from app.core.prompt_library import (
    MAX_NAME_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_VERSIONS,
    PromptKind,
    PromptVersion,
    SavedPrompt,
    prompt_name,
    prompt_note,
)
from app.core.settings import SAVED_PROMPTS, Settings
from app.services.ports import PromptStore


class SavedVersion(NamedTuple):
    """What saving a text has led to.

    Attributes:
        prompt: the prompt as it is now.
        before: the prompt as it was; None if it is new.
    """

    prompt: SavedPrompt
    before: SavedPrompt | None

    @property
    def number(self) -> int:
        """The number of its newest version, from 1."""
        return len(self.prompt.versions)

    @property
    def is_unchanged(self) -> bool:
        """Whether the text was already the newest version, so that nothing was saved."""
        return self.prompt is self.before


class PromptLibrary:
    """All saved prompts of this home, in memory. Methods that change something raise StorageError.

    Attributes:
        is_loaded: whether the prompts of earlier runs are here.
        on_change: a prompt was added, changed or deleted.
    """

    def __init__(self, store: PromptStore, settings: Settings, now: Callable[[], float] = time.time) -> None:
        self._store = store
        self._settings = settings
        self._now = now
        self._prompts: dict[str, SavedPrompt] = {}
        self._adopted: dict[str, str] = {}
        self._write_lock = asyncio.Lock()
        self.is_loaded = False
        self.on_change: Event[()] = Event()

    async def load(self) -> None:
        """Read all prompts, then move into the store what earlier versions of the program kept in the settings.

        Raises StorageError. Safe to repeat: a text that is already a version of its prompt is not added again.
        """
        async with self._write_lock:
            self._prompts = {prompt.id: prompt for prompt in await self._store.listed()}
            await self._adopt_settings()
            self.is_loaded = True
        self.on_change.emit()

    async def adopt_settings(self) -> None:
        """Move prompts of the settings into the store, such as those of an older archive. Raises StorageError."""
        if self._settings.get(SAVED_PROMPTS):
            async with self._write_lock:
                await self._adopt_settings()
            self.on_change.emit()

    async def take_back(self, imported: Mapping[str, str]) -> None:
        """Undo an import: delete what this run moved from the settings, unless it has been changed since.

        `imported` has the texts by name, as they were in the settings. Raises StorageError.
        """
        async with self._write_lock:
            for text in imported.values():
                prompt = self._prompts.get(self._adopted.pop(text, ""))
                if prompt is not None and [version.text for version in prompt.versions] == [text]:
                    await self._remove(prompt.id)
        self.on_change.emit()

    async def _adopt_settings(self) -> None:
        older: dict[str, str] = self._settings.get(SAVED_PROMPTS)
        for name, text in older.items():
            for free in numbered_names(prompt_name(name) or name):
                prompt = self.named(free, "system")
                if prompt is None:
                    prompt = self._new(free, text, "system", "")
                    await self._put(prompt)
                    self._adopted[text] = prompt.id
                    break
                if any(version.text == text for version in prompt.versions):
                    break
        # Only now: if anything before failed, it is tried again at the next start.
        if older and self._settings.get(SAVED_PROMPTS) == older:
            self._settings.set(SAVED_PROMPTS, {})

    def listed(self, kind: PromptKind | None = None) -> tuple[SavedPrompt, ...]:
        """Return the prompts of a kind, or all, the last saved first."""
        prompts = (prompt for prompt in self._prompts.values() if kind is None or prompt.kind == kind)
        return tuple(sorted(prompts, key=lambda prompt: (-prompt.updated, prompt.name.casefold())))

    def search(self, query: str) -> tuple[SavedPrompt, ...]:
        """Return the prompts whose names or tags have words that begin with those of `query`; see `listed`."""
        return tuple(prompt for prompt in self.listed() if prompt.matches(query))

    def get(self, prompt_id: str) -> SavedPrompt | None:
        return self._prompts.get(prompt_id)

    def named(self, name: str, kind: PromptKind) -> SavedPrompt | None:
        """Return the prompt of this exact name, or None."""
        return next((prompt for prompt in self.listed(kind) if prompt.name == name), None)

    async def save(self, name: str, text: str, kind: PromptKind, note: str = "") -> SavedVersion:
        """Save a text under a name: as a new prompt, or as a further version of the one that has this name.

        Raises ValueError for an empty name, InputError: PROMPT_TOO_LONG, PROMPT_VERSIONS_FULL.
        """
        name = _checked(name)
        _check_length(text)
        async with self._write_lock:
            before = self.named(name, kind)
            saved = await self._save(before, text, note, lambda: self._new(name, text, kind, note))
        if not saved.is_unchanged:
            self.on_change.emit()
        return saved

    async def save_version(self, prompt_id: str, text: str, note: str = "") -> SavedVersion:
        """Save a text as a further version of a prompt. Raises InputError as `save`, and NOT_KEPT if it is gone."""
        _check_length(text)
        async with self._write_lock:
            saved = await self._save(self._existing(prompt_id), text, note, None)
        if not saved.is_unchanged:
            self.on_change.emit()
        return saved

    async def add_new(self, prompt: SavedPrompt) -> SavedPrompt:
        """Add a prompt with the id and the versions it has; its name gets a number if that is taken.

        Raises InputError PROMPT_TOO_LONG.
        """
        return (await self.add_all((prompt,)))[0]

    async def add_all(self, prompts: Iterable[SavedPrompt]) -> tuple[SavedPrompt, ...]:
        """Add prompts as `add_new` does, and say once that something changed; return them as they are now."""
        added: list[SavedPrompt] = []
        try:
            async with self._write_lock:
                taken = {(other.kind, other.name) for other in self._prompts.values()}
                for prompt in prompts:
                    _check_length(prompt.text)
                    named = prompt.renamed(_unique(_checked(prompt.name), prompt.kind, taken))
                    taken.add((named.kind, named.name))
                    await self._put(named)
                    added.append(named)
        finally:
            if added:
                self.on_change.emit()
        return tuple(added)

    async def _save(
        self, before: SavedPrompt | None, text: str, note: str, new: Callable[[], SavedPrompt] | None
    ) -> SavedVersion:
        if before is None:
            assert new is not None
            prompt = new()
        elif before.text == text and before.versions:
            return SavedVersion(before, before)
        elif len(before.versions) >= MAX_VERSIONS:
            raise InputError(Code.PROMPT_VERSIONS_FULL, most=MAX_VERSIONS)
        else:
            prompt = before.with_version(text, self._moment(), prompt_note(note))
        await self._put(prompt)
        return SavedVersion(prompt, before)

    async def retag(self, prompt_id: str, tags: Iterable[str]) -> SavedPrompt:
        """Give a prompt these tags; return it as it was. Raises InputError NOT_KEPT."""
        return await self._change(prompt_id, lambda prompt: prompt.tagged(tags))

    async def change_kind(self, prompt_id: str, kind: PromptKind) -> SavedPrompt:
        """Make a prompt one of another kind; return it as it was. Raises InputError: NAME_TAKEN, NOT_KEPT."""

        def changed(prompt: SavedPrompt) -> SavedPrompt:
            other = self.named(prompt.name, kind)
            if other is not None and other.id != prompt_id:
                raise InputError(Code.NAME_TAKEN, name=prompt.name)
            return prompt.of_kind(kind)

        return await self._change(prompt_id, changed)

    async def _change(self, prompt_id: str, change: Callable[[SavedPrompt], SavedPrompt]) -> SavedPrompt:
        async with self._write_lock:
            before = self._existing(prompt_id)
            after = change(before)
            if after == before:
                return before
            await self._put(after)
        self.on_change.emit()
        return before

    async def rename(self, prompt_id: str, name: str) -> SavedPrompt:
        """Rename a prompt; return it as it was. Raises InputError: NAME_TAKEN, NOT_KEPT if it was deleted."""
        name = _checked(name)
        async with self._write_lock:
            before = self._existing(prompt_id)
            other = self.named(name, before.kind)
            if other is not None and other.id != prompt_id:
                raise InputError(Code.NAME_TAKEN, name=name)
            await self._put(before.renamed(name))
        self.on_change.emit()
        return before

    async def undo_save(self, saved: SavedVersion) -> None:
        """Remove the version that was saved, and the prompt if it has no other; those saved since stay.

        Nothing happens if the prompt was deleted since. Raises StorageError.
        """
        async with self._write_lock:
            prompt = self._prompts.get(saved.prompt.id)
            if prompt is None or saved.is_unchanged:
                return
            left = prompt.without_version(saved.prompt.versions[-1])
            if left.versions:
                await self._put(left)
            else:
                await self._remove(prompt.id)
        self.on_change.emit()

    async def undo_rename(self, before: SavedPrompt) -> None:
        """Give a prompt its name of before, unless it was deleted since. Raises InputError: NAME_TAKEN."""
        if before.id in self._prompts:
            await self.rename(before.id, before.name)

    async def delete(self, prompt_id: str) -> None:
        """Soft-delete a prompt with all its versions; `restore` undoes it. Raises StorageError."""
        async with self._write_lock:
            await self._remove(prompt_id)
        self.on_change.emit()

    async def restore(self, prompt_id: str) -> None:
        """Undo `delete`. Raises StorageError."""
        async with self._write_lock:
            await self._store.restore(prompt_id)
            self._prompts[prompt_id] = await self._store.get(prompt_id)
        self.on_change.emit()

    def _existing(self, prompt_id: str) -> SavedPrompt:
        prompt = self._prompts.get(prompt_id)
        if prompt is None:
            raise InputError(Code.NOT_KEPT, id=prompt_id)
        return prompt

    def _new(self, name: str, text: str, kind: PromptKind, note: str) -> SavedPrompt:
        moment = self._moment()
        return SavedPrompt(new_id(), name, kind, (), (PromptVersion(text, prompt_note(note), moment),), moment, moment)

    def _moment(self) -> float:
        """Now, to the microsecond: as a file of a prompt says it."""
        return round(self._now(), 6)

    async def _remove(self, prompt_id: str) -> None:
        await self._store.delete(prompt_id)
        self._prompts.pop(prompt_id, None)

    async def _put(self, prompt: SavedPrompt) -> None:
        await self._store.keep(prompt)
        self._prompts[prompt.id] = prompt


def _check_length(text: str) -> None:
    if len(text) > MAX_TEXT_LENGTH:
        raise InputError(Code.PROMPT_TOO_LONG, most=MAX_TEXT_LENGTH, length=len(text))


def _unique(name: str, kind: PromptKind, taken: Container[tuple[PromptKind, str]]) -> str:
    """The name with a number, for which a long one gives its end."""
    return next(
        free
        for number in numbered_names("")
        if (kind, free := prompt_name(name[: MAX_NAME_LENGTH - len(number)]) + number) not in taken
    )


def _checked(typed: str) -> str:
    name = prompt_name(typed)
    if not name:
        raise ValueError("a prompt needs a name")
    return name
