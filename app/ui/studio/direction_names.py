"""Asks for the name under which a direction is saved; one that exists is replaced only when that is said."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.labels import Hint
from app.ui.widgets.rename_field import RenameField


class DirectionName(Retranslated):
    """A field for a name. Enter or the button beside it saves under it, Escape leaves.

    Signals:
        typed: the name was edited.
        named: the name is complete.
        replace_pressed: the direction that has this name is to be replaced.
        closed: the field was left by Escape.
    """

    typed = Signal()
    named = Signal()
    replace_pressed = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._may_replace = False
        self.field, self.accept, self.hint = RenameField(""), GhostButton(), Hint(wrap=True)
        self.field.textChanged.connect(lambda _text: self.typed.emit())
        self.field.returnPressed.connect(self._on_enter)
        self.field.escaped.connect(self.closed)
        self.accept.clicked.connect(self._on_accept)
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        row.addWidget(self.field, 1)
        row.addWidget(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.hide()
        self.retranslate()

    def ask(self, name: str) -> None:
        """Show the field with a name to begin with, and move the focus into it."""
        self.show()
        self.field.setText(name)
        self.say("")
        self.field.setFocus()
        self.field.selectAll()

    def say(self, hint: str, *, may_replace: bool = False) -> None:
        """Show a hint below the field, and whether the one of this name can be replaced."""
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.field.setAccessibleDescription(hint)
        self._may_replace = may_replace
        self._show_action()

    def _on_enter(self) -> None:
        """Save; a name that exists is only replaced by its button, which gets the focus."""
        commit_composition()
        if self._may_replace:
            self.accept.setFocus()
        else:
            self.named.emit()

    def _on_accept(self) -> None:
        if self._may_replace:
            self.replace_pressed.emit()
        else:
            self.named.emit()

    def _show_action(self) -> None:
        """Name the button for what pressing it does."""
        if self._may_replace:
            name = text = QCoreApplication.translate("Directions", "Replace it")
        else:
            name = QCoreApplication.translate("Directions", "Save under name")
            text = QCoreApplication.translate("Directions", "Save")
        self.accept.setText(text)
        self.accept.setAccessibleName(name)

    def retranslate(self) -> None:
        self.field.setAccessibleName(QCoreApplication.translate("Directions", "Direction name"))
        self.field.setPlaceholderText(QCoreApplication.translate("Directions", "Name, then Enter"))
        self._show_action()
