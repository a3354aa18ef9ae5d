"""The saved prompts in the command palette, found by name, kind, tags and the notes of versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.services.prompts import PromptLibrary
from app.ui.commands import Thing, ThingSource
from app.ui.texts.prompts import kind_name, version_name
from app.ui.theme.icons import Icon


def prompt_things(library: PromptLibrary, open_: Callable[[str], object]) -> ThingSource:
    """The source for the palette; `open_` opens a prompt by its id."""

    def listed() -> Sequence[Thing]:
        return [
            Thing(
                prompt.id,
                prompt.name,
                " · ".join((kind_name(prompt.kind), version_name(len(prompt.versions)), *prompt.tags)),
                Icon.LIST,
                partial(open_, prompt.id),
                terms=" ".join(version.note for version in prompt.versions if version.note),
            )
            for prompt in library.listed()
        ]

    return ThingSource("prompts", lambda: QCoreApplication.translate("Bench", "Prompts"), listed)
