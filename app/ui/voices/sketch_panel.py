"""The sketch of a character, and the description that the chat model drafts from it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, GhostButton
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.notices import InlineNotice


class SketchPanel(Retranslated):
    """A sketch, the button that has it described, and the draft until it is adopted or dismissed.

    Attributes:
        describe: begins a draft, and stops it while it is written.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_running = False
        self._caption = Caption()
        self.sketch = TextArea("", min_lines=1, max_lines=3)
        self.describe = Button("", Icon.WAND)
        self.draft = QWidget()
        self.text = TextArea("", min_lines=2, max_lines=4)
        self.text.setReadOnly(True)
        self.state, self.notice = Hint(wrap=True), InlineNotice()
        self.adopt, self.dismiss = Button(), GhostButton()
        head = QHBoxLayout()
        head.setSpacing(Space.S8)
        head.addWidget(self.sketch, 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.describe, 0, Qt.AlignmentFlag.AlignTop)
        actions = QHBoxLayout()
        actions.setSpacing(Space.S8)
        for part in (self.adopt, self.dismiss):
            actions.addWidget(part)
        actions.addStretch(1)
        drafted = QVBoxLayout(self.draft)
        drafted.setContentsMargins(0, 0, 0, 0)
        drafted.setSpacing(Space.S8)
        for shown in (self.state, self.notice, self.text):
            drafted.addWidget(shown)
        drafted.addLayout(actions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S8)
        column.addWidget(self._caption)
        column.addLayout(head)
        column.addWidget(self.draft)
        self.draft.hide()
        self.retranslate()

    def begin(self) -> None:
        """Show an empty draft that is being written."""
        self.text.setPlainText("")
        self.notice.clear()
        self.adopt.setEnabled(False)
        self.draft.show()

    def show_running(self, running: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_running = running
        text = (
            QCoreApplication.translate("Design", "Stop describing")
            if running
            else QCoreApplication.translate("Design", "Describe it for me")
        )
        self.describe.setText(text)
        self.describe.set_glyph(Icon.STOP if running else Icon.WAND)
        self.describe.setAccessibleName(text)

    def retranslate(self) -> None:
        name = QCoreApplication.translate("Design", "Character sketch")
        self._caption.setText(name)
        self.sketch.setAccessibleName(name)
        self.sketch.setPlaceholderText(QCoreApplication.translate("Design", "Who is it, and what do they do all day?"))
        self.text.setAccessibleName(QCoreApplication.translate("Design", "Drafted description"))
        self.adopt.setText(QCoreApplication.translate("Design", "Use this description"))
        self.dismiss.setText(QCoreApplication.translate("Design", "Dismiss description"))
        self.show_running(self._is_running)
