"""The row below the system prompt that saves it under a name, or removes a saved one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.prompt_library import MAX_NAME_LENGTH
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import LineField


class SavedPrompts(Retranslated):
    """Saves the shown system prompt under a name.

    Signals:
        saved: name and text of a prompt to save; a prompt of this name gets another version.
        removed: name of a saved prompt to remove.
    """

    saved = Signal(str, str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._name = ""
        self.save, self.remove = GhostButton("", Icon.PLUS), GhostButton("", Icon.TRASH)
        self.save.clicked.connect(self._ask_name)
        self.remove.clicked.connect(lambda: self.removed.emit(self._name))
        self.name = LineField("")
        self.name.setMaxLength(MAX_NAME_LENGTH)
        self.name.returnPressed.connect(self._save)
        self.name.hide()
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.name, self._cancel)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S4)
        buttons.addWidget(self.save)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addLayout(buttons)
        column.addWidget(self.name)
        self.retranslate()

    def show_prompt(self, text: str, name: str) -> None:
        """Show what can be done with this system prompt; `name` is empty unless it is a saved one."""
        self._text, self._name = text, name
        self.save.setEnabled(bool(text.strip()) and not name)
        self.remove.setVisible(bool(name))

    def _ask_name(self) -> None:
        self.name.show()
        self.name.setFocus()

    def _save(self) -> None:
        commit_composition()
        name = " ".join(self.name.text().split())
        if name:
            self._cancel()
            self.saved.emit(name, self._text)

    def _cancel(self) -> None:
        self.name.clear()
        self.name.hide()
        self.save.setFocus()

    def retranslate(self) -> None:
        self.save.setText(QCoreApplication.translate("Parameters", "Save prompt"))
        self.remove.setText(QCoreApplication.translate("Parameters", "Remove prompt"))
        self.name.setAccessibleName(QCoreApplication.translate("Parameters", "Prompt name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Parameters", "Name of the prompt, then Enter"))
