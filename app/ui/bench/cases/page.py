"""The Cases page of the bench."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.retranslate import Retranslated


class CasesPage(Retranslated):
    """A table of cases, run against versions of a prompt.

    Attributes:
        head: what stands beside the tabs while the page is shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        self.retranslate()
