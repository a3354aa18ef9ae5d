"""The cover of presentation mode: masks the texts that widgets show, everywhere at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.core.presentation_mask import PresentationMask
from app.ui.theme.theme import theme

PRESENTATION_TEXT_SCALE = 1.2
"""Factor by which text is enlarged for an audience."""


class PresentationCover(QObject):
    """Masks texts of the whole window while it is active.

    Attributes:
        folder: the folder that file dialogs list while it is active.

    Signals:
        changed: it was activated, deactivated or given another mask; texts on screen must be set again.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._mask: PresentationMask | None = None
        self.folder = Path()

    @property
    def active(self) -> bool:
        return self._mask is not None

    def set_mask(self, mask: PresentationMask | None, folder: Path | None = None) -> None:
        """Use this mask from now on; None deactivates the cover. `folder` replaces the attribute if given."""
        self._mask = mask
        self.folder = folder or self.folder
        self.changed.emit()
        # Labels and lists set their texts again on a theme change.
        if not theme().set_enlargement(PRESENTATION_TEXT_SCALE if mask is not None else 1.0):
            theme().changed.emit()

    def mask(self, text: str) -> str:
        """Return `text` as it may be shown now."""
        return text if self._mask is None else self._mask.apply(text)


_instance: PresentationCover | None = None


def presentation_cover() -> PresentationCover:
    """The cover of the application, which must exist."""
    global _instance
    if _instance is None or not isValid(_instance):
        application = QApplication.instance()
        if application is None:
            raise RuntimeError("the presentation cover needs a QApplication")
        _instance = PresentationCover(application)
    return _instance
