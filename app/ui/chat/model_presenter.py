"""Connects the choice of the model to the open conversation."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QObject

from app.core.catalogue import catalogue
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.ui.chat.model_choice import ModelChoice, ModelLine
from app.ui.texts.models import model_marks, model_name, model_names, model_sentence
from app.ui.widgets.notifications import Notifier


class ModelPresenter(QObject):
    """Offers the models of the active service, and uses the chosen one for the open conversation and for new ones."""

    def __init__(self, choice: ModelChoice, *, workspace: Workspace, models: Models, notifier: Notifier) -> None:
        super().__init__(choice)
        self._choice, self._workspace, self._models, self._notifier = choice, workspace, models, notifier
        self._shown = ""
        choice.chosen.connect(self.choose)
        choice.refused.connect(self.refuse)

    def choose(self, model_id: str) -> None:
        """Use this model for the open conversation and for new ones; one that is not offered is refused."""
        session = self._workspace.current_or_new()
        if self.offers(model_id):
            session.configure(model=model_id)
            self._models.choose("chat", model_id)
        else:
            self.show(session.conversation.model)
            self.refuse(model_id)

    def offers(self, model_id: str) -> bool:
        """Whether the active service offers this model; true when its model list could not be loaded."""
        return self._models.error is not None or any(model.id == model_id for model in self._models.of_kind("chat"))

    def refuse(self, typed: str) -> None:
        """Say that there is no such model."""
        self._notifier.warning(
            QCoreApplication.translate(
                "Chat",
                "There is no model “{name}” here. Choose one from the list, "
                "or add it under Further models for this service in Settings.",
            ).format(name=typed),
            topic="model",
        )

    def show_all(self) -> None:
        """List the models of the active service, and show the one in use."""
        offered = self._models.of_kind("chat")
        names, now = model_names(offered), datetime.now(UTC)
        self._choice.show_models(
            [ModelLine(model.id, names[model.id], model_sentence(model), model_marks(model, now)) for model in offered]
        )
        session = self._workspace.current
        self._shown = ""
        self.show(session.conversation.model if session is not None else self._models.chosen("chat"))

    def show(self, model_id: str) -> None:
        """Show the model in use."""
        if model_id == self._shown and model_id == self._choice.key():
            return
        self._shown = model_id
        model = catalogue().model(model_id)
        self._choice.set_key(model_id)
        lines = (model_name(model), model_sentence(model), model_marks(model, datetime.now(UTC)))
        self._choice.setToolTip("\n".join(lines))
