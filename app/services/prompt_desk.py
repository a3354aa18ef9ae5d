"""The prompts with what is typed for them: everything the Prompts page shows and changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from app.core.messages import new_id
from app.core.observers import Event
from app.core.prompt_drafts import PromptDraft, as_shown, same_text
from app.core.prompt_library import PromptKind, PromptVersion, SavedPrompt, prompt_name, prompt_note, prompt_tags
from app.services.prompt_drafts import PromptDrafts
from app.services.prompts import PromptLibrary, SavedVersion


class PromptEntry(NamedTuple):
    """One prompt as it is worked on.

    Attributes:
        name: empty for a new one without a name.
        versions: those that are saved; none for a new one.
        text: as it is typed, or that of the newest version.
        is_changed: whether `text` is not saved.
        is_behind: whether a version was saved elsewhere after the text was begun.
        values: values of variables, for trying.
        updated: when it was saved or typed last, Unix time in seconds.
    """

    id: str
    name: str
    kind: PromptKind
    tags: tuple[str, ...]
    versions: tuple[PromptVersion, ...]
    text: str
    note: str
    reason: str
    is_changed: bool
    is_behind: bool
    values: dict[str, str]
    updated: float

    @property
    def number(self) -> int:
        """The number of the version that the text is, or will be when it is saved; from 1."""
        return len(self.versions) + self.is_changed

    @property
    def is_new(self) -> bool:
        """Whether no version of it is saved."""
        return not self.versions


class DeskSave(NamedTuple):
    """What saving has led to.

    Attributes:
        saved: what is in the library now.
        from_id: the id under which it was typed; a new prompt gets another one when it is saved.
        draft: what was typed.
    """

    saved: SavedVersion
    from_id: str
    draft: PromptDraft | None


class PromptDesk:
    """Joins the library with the drafts. Methods that change the library raise StorageError and InputError.

    Attributes:
        library, drafts: what is saved, and what is typed.
        on_change: emits the id of a prompt whose draft has changed, or an empty id if anything in the library has.
    """

    def __init__(self, library: PromptLibrary, drafts: PromptDrafts, now: Callable[[], float] = time.time) -> None:
        self.library, self.drafts = library, drafts
        self._now = now
        self._are_drafts_loaded = False
        self.on_change: Event[str] = Event()
        library.on_change.subscribe(lambda: self.on_change.emit(""))

    async def load(self) -> None:
        """Read the drafts of earlier runs and imports. Raises StorageError."""
        await self.drafts.load()
        self._are_drafts_loaded = True
        self.on_change.emit("")

    @property
    def is_loaded(self) -> bool:
        """Whether everything of earlier runs is here, so that what is missing is gone."""
        return self._are_drafts_loaded and self.library.is_loaded

    def entry(self, prompt_id: str) -> PromptEntry | None:
        """Return a prompt, saved or not; None if it is gone, and nothing was typed for it."""
        prompt, draft = self.library.get(prompt_id), self.drafts.get(prompt_id)
        if prompt is not None:
            return _entry(prompt, draft)
        return _unsaved(draft) if draft is not None and _shows(draft) else None

    def entries(self) -> list[PromptEntry]:
        """Return all prompts, in no order."""
        prompts = self.library.listed()
        known = {prompt.id for prompt in prompts}
        entries = [_entry(prompt, self.drafts.get(prompt.id)) for prompt in prompts]
        return entries + [_unsaved(draft) for draft in self.drafts.all() if draft.id not in known and _shows(draft)]

    # -- what is typed --------------------------------------------------------------------------------------------

    def begin(self, name: str = "", kind: PromptKind = "prompt", text: str = "", tags: Iterable[str] = ()) -> str:
        """Begin a prompt that is not saved yet; return its id."""
        draft = PromptDraft(
            new_id(), text, name=prompt_name(name), kind=kind, tags=prompt_tags(tags), updated=self._now()
        )
        self.drafts.edit(draft)
        self.on_change.emit(draft.id)
        return draft.id

    def type_text(self, prompt_id: str, text: str, *, note: str | None = None, reason: str | None = None) -> None:
        """Make this the text of a prompt; a `note` or `reason` comes with it."""
        entry = self.entry(prompt_id)
        if entry is None:
            return
        is_saved = bool(entry.versions) and same_text(entry.versions[-1].text, text)
        before = self.drafts.get(prompt_id)
        is_begun = before is None or before.text is None
        self._set(
            prompt_id,
            text=None if is_saved else text,
            base=len(entry.versions) if is_begun or is_saved else before.base if before else 0,
            note=entry.note if note is None else note,
            reason=(before.reason if before is not None else "") if reason is None else reason,
        )

    def type_note(self, prompt_id: str, note: str) -> None:
        self._set(prompt_id, note=note)

    def set_reason(self, prompt_id: str, reason: str) -> None:
        """Note what makes the user write the next version. It shows as soon as the text has changed."""
        self._set(prompt_id, reason=prompt_note(reason))

    def set_value(self, prompt_id: str, name: str, value: str) -> None:
        """Set the value of a variable, for trying; an empty one takes it away."""
        entry = self.entry(prompt_id)
        if entry is not None and entry.values.get(name, "") != value:
            values = {key: text for key, text in {**entry.values, name: value}.items() if text}
            self._set(prompt_id, values=values)

    def catch_up(self, prompt_id: str) -> None:
        """Note that the user has seen the versions that were saved elsewhere meanwhile."""
        entry = self.entry(prompt_id)
        if entry is not None:
            self._set(prompt_id, base=len(entry.versions))

    def put_draft(self, prompt_id: str, draft: PromptDraft | None) -> None:
        """Bring back what was typed before, to undo something."""
        self.drafts.edit(draft or PromptDraft(prompt_id))
        self.on_change.emit(prompt_id)

    def _set(self, prompt_id: str, **changes: object) -> None:
        draft, prompt = self.drafts.get(prompt_id), self.library.get(prompt_id)
        before = draft or PromptDraft(prompt_id)
        if prompt is not None:
            # Kept with the draft, in case the prompt is deleted elsewhere.
            changes |= {"name": prompt.name, "kind": prompt.kind, "tags": prompt.tags}
        after = msgspec.structs.replace(before, **changes)
        if after != before:
            self.drafts.edit(msgspec.structs.replace(after, updated=self._now()))
            self.on_change.emit(prompt_id)

    # -- what is saved --------------------------------------------------------------------------------------------

    async def save(self, prompt_id: str) -> DeskSave | None:
        """Save the text as a version, with the note; None if there is nothing to save any more.

        Raises ValueError without a name.
        """
        entry, draft = self.entry(prompt_id), self.drafts.get(prompt_id)
        if entry is None:
            return None
        note = prompt_note(entry.note)
        if self.library.get(prompt_id) is not None:
            saved = await self.library.save_version(prompt_id, entry.text, note)
        else:
            if not entry.name:
                raise ValueError("a prompt needs a name")
            moment = round(self._now(), 6)
            version = PromptVersion(entry.text, note, moment)
            # A new id, because one that was deleted elsewhere keeps its own, with all its versions.
            prompt = SavedPrompt(new_id(), entry.name, entry.kind, entry.tags, (version,), moment, moment)
            saved = SavedVersion(await self.library.add_new(prompt), None)
        present = self.drafts.get(prompt_id)
        if present is not None and not saved.is_unchanged:
            # What was typed while it was saved stays.
            is_saved = present.text is None or same_text(present.text, entry.text)
            left = msgspec.structs.replace(
                present, id=saved.prompt.id, text=None if is_saved else present.text, reason="", base=saved.number,
                note="" if present.note == entry.note else present.note, name=saved.prompt.name,
            )  # fmt: skip
            self.drafts.edit(left)
            if saved.prompt.id != prompt_id:
                await self.drafts.delete(prompt_id)
            self.on_change.emit(saved.prompt.id)
        return DeskSave(saved, prompt_id, draft)

    async def undo_save(self, save: DeskSave) -> None:
        """Take the version away again, and make its text what is typed, unless something else is typed by now."""
        await self.library.undo_save(save.saved)
        await self.drafts.restore(save.from_id)
        present = self.drafts.get(save.from_id)
        if present is None or present.text is None:
            self.put_draft(save.from_id, save.draft)
        self.on_change.emit(save.from_id)

    async def rename(self, prompt_id: str, name: str) -> None:
        """Rename a prompt, saved or not."""
        if self.library.get(prompt_id) is not None:
            await self.library.rename(prompt_id, name)
        else:
            self._set(prompt_id, name=prompt_name(name))

    async def retag(self, prompt_id: str, tags: Iterable[str]) -> None:
        if self.library.get(prompt_id) is not None:
            await self.library.retag(prompt_id, tags)
        else:
            self._set(prompt_id, tags=prompt_tags(tags))

    async def change_kind(self, prompt_id: str, kind: PromptKind) -> None:
        if self.library.get(prompt_id) is not None:
            await self.library.change_kind(prompt_id, kind)
        else:
            self._set(prompt_id, kind=kind)

    async def duplicate(self, prompt_id: str, name: str) -> str | None:
        """Save a copy with all versions and the tags; what is typed comes along. None for one that is not saved."""
        prompt, draft = self.library.get(prompt_id), self.drafts.get(prompt_id)
        if prompt is None:
            return None
        copy = msgspec.structs.replace(
            prompt, id=new_id(), name=prompt_name(name), created=self._now(), updated=self._now()
        )
        added = await self.library.add_new(copy)
        if draft is not None and not draft.is_empty:
            self.put_draft(added.id, msgspec.structs.replace(draft, id=added.id, name=added.name))
        return added.id

    async def delete(self, prompt_id: str) -> bool:
        """Soft-delete a prompt with what is typed for it; return whether it was saved, which `restore` has to know."""
        is_saved = self.library.get(prompt_id) is not None
        if is_saved:
            await self.library.delete(prompt_id)
        await self.drafts.delete(prompt_id)
        self.on_change.emit(prompt_id)
        return is_saved

    async def restore(self, prompt_id: str, *, was_saved: bool) -> None:
        """Undo `delete`."""
        if was_saved and self.library.get(prompt_id) is None:
            await self.library.restore(prompt_id)
        await self.drafts.restore(prompt_id)
        self.on_change.emit(prompt_id)


def _shows(draft: PromptDraft) -> bool:
    """Whether a draft without a saved prompt is listed: as long as something of it could be lost."""
    return draft.text is not None


def _entry(prompt: SavedPrompt, draft: PromptDraft | None) -> PromptEntry:
    typed = draft.text if draft is not None else None
    # The same text may have been saved elsewhere meanwhile.
    is_changed = typed is not None and not (typed == prompt.text or as_shown(typed) == as_shown(prompt.text))
    return PromptEntry(
        prompt.id, prompt.name, prompt.kind, prompt.tags, prompt.versions,
        typed if typed is not None and is_changed else prompt.text,
        draft.note if draft is not None else "", draft.reason if draft is not None and is_changed else "",
        is_changed, draft is not None and is_changed and draft.base < len(prompt.versions),
        draft.values if draft is not None else {},
        max(prompt.updated, draft.updated if draft is not None and is_changed else 0.0),
    )  # fmt: skip


def _unsaved(draft: PromptDraft) -> PromptEntry:
    return PromptEntry(
        draft.id, draft.name, draft.kind, draft.tags, (), draft.text or "", draft.note, draft.reason, True, False,
        draft.values, draft.updated,
    )  # fmt: skip
