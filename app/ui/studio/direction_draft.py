"""The preview of a direction that the chat model drafts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, GhostButton
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Hint
from app.ui.widgets.notices import InlineNotice


class DirectionDraft(Retranslated):
    """Shows the draft as it arrives; it is adopted or dismissed. What is typed stays until then."""

    def __init__(self) -> None:
        super().__init__()
        self.text = TextArea("", min_lines=5, max_lines=5)
        self.text.setReadOnly(True)
        self.state, self.notice = Hint(wrap=True), InlineNotice()
        self.adopt, self.dismiss = Button(), GhostButton()
        actions = QHBoxLayout()
        actions.setSpacing(Space.S8)
        actions.addWidget(self.adopt)
        actions.addWidget(self.dismiss)
        actions.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S8)
        for part in (self.state, self.notice, self.text):
            column.addWidget(part)
        column.addLayout(actions)
        self.retranslate()

    def begin(self) -> None:
        """Show an empty draft that is being written."""
        self.text.setPlainText("")
        self.notice.clear()
        self.adopt.setEnabled(False)

    def retranslate(self) -> None:
        self.text.setAccessibleName(QCoreApplication.translate("Directions", "Draft"))
        self.adopt.setText(QCoreApplication.translate("Directions", "Adopt draft"))
        self.dismiss.setText(QCoreApplication.translate("Directions", "Dismiss draft"))
