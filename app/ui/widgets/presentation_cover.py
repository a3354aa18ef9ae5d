"""The veil of presentation mode: what widgets show passes through it, so that it holds everywhere at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.core.presentation_mask import PresentationMask
from app.ui.theme.theme import theme

ENLARGED = 1.2
"""How much larger type is for those who sit in the last row."""


class PresentationCover(QObject):
    """Up or down for the whole window.

    Attributes:
        folder: what choosers list while it is up.

    Signals:
        changed: it went up, came down or covers something else; words that are shown are to be set again.
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
        """Cover from now on what `mask` covers; None shows everything again."""
        self._mask = mask
        self.folder = folder or self.folder
        self.changed.emit()
        # Labels and lists set their words anew when they are dressed anew.
        if not theme().set_enlargement(ENLARGED if mask is not None else 1.0):
            theme().changed.emit()

    def mask(self, text: str) -> str:
        """`text` as it may be shown now."""
        return text if self._mask is None else self._mask.apply(text)


_instance: PresentationCover | None = None


def presentation_cover() -> PresentationCover:
    """The one veil. The application must exist."""
    global _instance
    if _instance is None or not isValid(_instance):
        application = QApplication.instance()
        if application is None:
            raise RuntimeError("the veil needs a QApplication")
        _instance = PresentationCover(application)
    return _instance
