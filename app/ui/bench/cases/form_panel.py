"""A side panel with a title, a button that closes it, and fields."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import Caption, PanelTitle
from app.ui.widgets.scroll_area import ScrollArea


class FormPanel(Retranslated):
    """Holds the fields of one page of the side panel, below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.title = PanelTitle()
        self.close_button = IconButton(Icon.CLOSE, "")
        head = QHBoxLayout()
        head.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        content = QWidget()
        self.fields = QVBoxLayout(content)
        self.fields.setContentsMargins(Space.S16, 0, Space.S16, Space.S12)
        self.fields.setSpacing(Space.S8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(ScrollArea(content, fill="surface"), 1)

    def add(self, widget: QWidget, caption: Caption | None = None) -> None:
        """Add a field, with a caption above it."""
        if caption is not None:
            self.fields.addWidget(caption)
        self.fields.addWidget(widget)

    def end(self, *buttons: QWidget) -> None:
        """Add buttons in a row below the fields."""
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.fields.addLayout(row)
        self.fields.addStretch(1)

    def retranslate(self) -> None:
        self.close_button.set_name(QCoreApplication.translate("Cases", "Close panel"))
