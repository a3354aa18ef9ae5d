"""Saves a prompt that was written on the Cases page in the library."""

from __future__ import annotations

from app.core.numbered_names import unique_name
from app.core.prompt_library import PromptKind, prompt_name
from app.core.variables import variable_names
from app.services.prompts import PromptLibrary, SavedVersion


async def save_written(prompts: PromptLibrary, text: str) -> SavedVersion:
    """Save a text as a new prompt that is named after how it begins. Raises InputError as `PromptLibrary.save`.

    Without a variable it is a system prompt: as a message, it would be the same for every case.
    """
    kind: PromptKind = "prompt" if variable_names(text) else "system"
    name = unique_name(prompt_name(text) or "?", {prompt.name for prompt in prompts.listed(kind)})
    return await prompts.save(name, text, kind)
