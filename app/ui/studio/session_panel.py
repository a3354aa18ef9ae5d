"""The panel that lists the sessions of the studio, with search, renaming and deleting."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Panel
from app.ui.widgets.rename_field import RenameField
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel


class SessionPanel(Panel):
    """Lists the sessions and offers what can be done with the open one.

    Attributes:
        no_match: shown when the search finds no session.
        title_field: edits the title of the open session; hidden otherwise.
    """

    def __init__(self) -> None:
        super().__init__()
        self.list = RowList("")
        self.model = RowModel()
        self.list.setModel(self.model)
        # It takes the height that the panels below leave, however many sessions there are.
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.search = SearchField("")
        self.no_match = Hint(wrap=True)
        self.no_match.hide()
        self.new = GhostButton("", Icon.PLUS)
        self.title_field = RenameField("")
        self.title_field.hide()
        self.rename, self.delete = IconButton(Icon.EDIT, ""), IconButton(Icon.TRASH, "")
        # A click leaves the keyboard focus in the title, so that the same button closes the field.
        self.rename.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for keys, button in (("F2", self.rename), ("Del", self.delete)):
            QShortcut(QKeySequence(keys), self.list, button.click).setContext(Qt.ShortcutContext.WidgetShortcut)
        self._lay_out()

    def _lay_out(self) -> None:
        self.add_action(self.new)
        fields = QVBoxLayout()
        fields.setContentsMargins(Space.S12, 0, Space.S12, 0)
        fields.addWidget(self.title_field)
        fields.addWidget(self.search)
        fields.addWidget(self.no_match)
        actions = QHBoxLayout()
        actions.setContentsMargins(Space.S12, 0, Space.S12, 0)
        actions.addWidget(self.rename)
        actions.addWidget(self.delete)
        actions.addStretch(1)
        self.body.addLayout(fields)
        self.body.addWidget(self.list)
        self.body.addLayout(actions)

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.set_title(QCoreApplication.translate("Studio", "Sessions"))
        self.list.setAccessibleName(QCoreApplication.translate("Studio", "Sessions"))
        self.search.setAccessibleName(QCoreApplication.translate("Studio", "Search sessions"))
        self.search.setPlaceholderText(QCoreApplication.translate("Studio", "Search sessions"))
        self.title_field.setAccessibleName(QCoreApplication.translate("Studio", "Session title"))
        self.rename.set_name(QCoreApplication.translate("Studio", "Rename session"))
        self.delete.set_name(QCoreApplication.translate("Studio", "Delete session"))
        self.new.setText(QCoreApplication.translate("Studio", "New session"))
