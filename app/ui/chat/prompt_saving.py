"""Saves, renames and deletes prompts of the library, says so, and offers to undo it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from app.core.prompt_library import PromptKind, SavedPrompt
from app.services.prompts import PromptLibrary, SavedVersion
from app.ui.reported_tasks import Spawn
from app.ui.widgets.notifications import Notifier


class PromptSaving:
    """Changes of the prompt library with a notification each."""

    def __init__(self, prompts: PromptLibrary, notifier: Notifier, run: Spawn) -> None:
        self._prompts, self._notifier, self._run = prompts, notifier, run

    def save(self, name: str, text: str, kind: PromptKind) -> None:
        """Save a text under a name; if the name exists, as a further version."""
        self._run(self._save(name, text, kind))

    async def _save(self, name: str, text: str, kind: PromptKind) -> None:
        saved = await self._prompts.save(name, text, kind)
        if saved.is_unchanged:
            self._notifier.info(partial(_unchanged, saved.prompt.name))
        else:
            self._notifier.success(partial(_saved, saved), undo=lambda: self._run(self._prompts.undo_save(saved)))

    def rename(self, prompt: SavedPrompt, name: str) -> None:
        """Rename a prompt; a name that another one has is refused."""
        self._run(self._rename(prompt.id, name))

    async def _rename(self, prompt_id: str, name: str) -> None:
        before = await self._prompts.rename(prompt_id, name)
        self._notifier.success(
            lambda: QCoreApplication.translate("Chat", "“{before}” is now named “{name}”.").format(
                before=before.name, name=name
            ),
            undo=lambda: self._run(self._prompts.undo_rename(before)),
        )

    def delete(self, prompt: SavedPrompt) -> None:
        """Delete a prompt with all its versions."""
        self._run(self._delete(prompt))

    async def _delete(self, prompt: SavedPrompt) -> None:
        await self._prompts.delete(prompt.id)
        self._notifier.info(
            lambda: QCoreApplication.translate("Chat", "“{title}” was deleted.").format(title=prompt.name),
            undo=lambda: self._run(self._prompts.restore(prompt.id)),
        )


def _saved(saved: SavedVersion) -> str:
    if saved.before is None:
        return QCoreApplication.translate("Chat", "Saved as {name}.").format(name=saved.prompt.name)
    return QCoreApplication.translate("Chat", "Saved as version {n} of {name}.").format(
        n=saved.number, name=saved.prompt.name
    )


def _unchanged(name: str) -> str:
    return QCoreApplication.translate("Chat", "{name} already has this text.").format(name=name)
