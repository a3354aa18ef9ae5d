"""The available models: the service's live list, classified by the catalogue, or else the catalogue itself."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

from app.core.catalogue import Model, ModelKind, catalogue
from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.core.requests import ModelEntry
from app.core.settings import MODELS, Settings
from app.services.connection import Connection

log = logging.getLogger(__name__)


def offered(live: Iterable[ModelEntry] | None, typed: Sequence[str]) -> tuple[Model, ...]:
    """Return the models the service lists, or else the catalogue's, followed by those the user typed in."""
    listed = catalogue().merged(tuple(live or ()) or None)
    known = {model.id for model in listed}
    return (*listed, *catalogue().merged(ModelEntry(name) for name in typed if name not in known))


class Models:
    """The models of the active service.

    Attributes:
        error: why the live list could not be read, or None.
        on_change: the list or a choice changed.
    """

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self._connection = connection
        self._settings = settings
        self._asked = 0
        self._models: tuple[Model, ...] = catalogue().merged(None)
        self.error: WorkbenchError | None = None
        self.on_change: Event[()] = Event()

    async def refresh(self) -> None:
        """Read the live list of the active service; without one, use the catalogue's models."""
        self._asked += 1
        asked, profile = self._asked, self._connection.profile
        live: tuple[ModelEntry, ...] | None = None
        error: WorkbenchError | None = None
        try:
            async with self._connection.client() as (_, client):
                live = await client.models()
        except WorkbenchError as failure:
            log.info("no live model list: %s", failure)
            error = failure
        if asked != self._asked or self._connection.profile != profile:
            return  # The service was switched or changed meanwhile; its list is being read.
        self.error = error
        self._models = offered(live, self._connection.profile.models)
        self.on_change.emit()

    def of_kind(self, kind: ModelKind) -> tuple[Model, ...]:
        """Return the models of one class, best known first, retired ones last."""
        return tuple(model for model in self._models if model.kind == kind)

    def all(self) -> tuple[Model, ...]:
        return self._models

    def chosen(self, kind: ModelKind) -> str:
        """Return the model used for a class with this service: the chosen one, else the first, else empty."""
        kept = self._settings.get(MODELS).get(self._connection.profile.id, {}).get(kind, "")
        offered = self.of_kind(kind)
        if kept and (any(model.id == kept for model in offered) or self.error is not None):
            return str(kept)
        return offered[0].id if offered else str(kept)

    def choose(self, kind: ModelKind, model_id: str) -> None:
        """Save the model to use for a class with the active service."""
        table = self._settings.get(MODELS)
        table.setdefault(self._connection.profile.id, {})[kind] = model_id
        self._settings.set(MODELS, table)
        self.on_change.emit()
