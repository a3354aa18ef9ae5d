"""Connects the saved system prompts of the parameters to the library of prompts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.services.prompts import PromptLibrary
from app.ui.chat.parameters_panel import ParametersPanel
from app.ui.chat.prompt_saving import PromptSaving
from app.ui.reported_tasks import Spawn
from app.ui.widgets.notifications import Notifier


class SavedPromptsPresenter(QObject):
    """Offers the saved system prompts as presets, saves the shown one, and removes saved ones."""

    def __init__(self, parameters: ParametersPanel, prompts: PromptLibrary, notifier: Notifier, run: Spawn) -> None:
        super().__init__(parameters)
        self._parameters, self._prompts = parameters, prompts
        saving = PromptSaving(prompts, notifier, run)
        parameters.saved_prompts.saved.connect(lambda name, text: saving.save(name, text, "system"))
        parameters.saved_prompts.removed.connect(partial(self._remove, saving))
        self.destroyed.connect(prompts.on_change.subscribe(self._show))
        self._show()

    def _show(self) -> None:
        self._parameters.show_saved_prompts({prompt.name: prompt.text for prompt in self._prompts.listed("system")})

    def _remove(self, saving: PromptSaving, name: str) -> None:
        prompt = self._prompts.named(name, "system")
        if prompt is not None:
            saving.delete(prompt)
