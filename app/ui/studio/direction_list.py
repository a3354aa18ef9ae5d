"""The list of saved directions and of the examples, with what can be done with the selected one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.voices import DIRECTION_KINDS
from app.ui.retranslate import Retranslated
from app.ui.texts.directions import direction_kind
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel

_LIST_HEIGHT = 96
ALL = "all"


class DirectionList(Retranslated):
    """Finds a direction and offers what can be done with it.

    Signals:
        query_changed: the search or the kind was changed.
    """

    query_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search, self.kind = SearchField(""), Choice("", compact=True)
        self.list, self.model = RowList(""), RowModel()
        self.list.setModel(self.model)
        self.no_match = Hint(wrap=True)
        self.no_match.hide()
        self.use = Button()
        self.rename, self.delete = IconButton(Icon.EDIT, ""), IconButton(Icon.TRASH, "")
        for keys, button in (("F2", self.rename), ("Del", self.delete), ("Return", self.use), ("Enter", self.use)):
            QShortcut(QKeySequence(keys), self.list, button.click).setContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.doubleClicked.connect(lambda _index: self.use.click())
        self.search.textChanged.connect(lambda _text: self.query_changed.emit())
        self.kind.chosen.connect(lambda _key: self.query_changed.emit())
        finding = QHBoxLayout()
        finding.setSpacing(Space.S8)
        finding.addWidget(self.search, 1)
        finding.addWidget(self.kind)
        actions = QHBoxLayout()
        actions.addWidget(self.use)
        actions.addWidget(self.rename)
        actions.addWidget(self.delete)
        actions.addStretch(1)
        column = QVBoxLayout(self)
        # Room for the focus ring of the search.
        column.setContentsMargins(0, Space.S4, 0, 0)
        column.setSpacing(Space.S8)
        column.addLayout(finding)
        column.addWidget(self.list, 1)
        column.addWidget(self.no_match)
        column.addLayout(actions)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def _fit(self) -> None:
        self.list.setMinimumHeight(theme().px(_LIST_HEIGHT))

    def show_selected(self, *, may_use: bool, may_change: bool) -> None:
        """Offer what can be done with the selected direction."""
        self.use.setEnabled(may_use)
        for button in (self.rename, self.delete):
            button.setEnabled(may_change)

    def retranslate(self) -> None:
        self.search.setAccessibleName(QCoreApplication.translate("Directions", "Search directions"))
        self.search.setPlaceholderText(QCoreApplication.translate("Directions", "Search directions"))
        self.kind.set_name(QCoreApplication.translate("Directions", "Kind of direction"))
        chosen = self.kind.key() or ALL
        kinds = [(kind, direction_kind(kind)) for kind in DIRECTION_KINDS]
        self.kind.set_choices([(ALL, QCoreApplication.translate("Directions", "All kinds")), *kinds])
        self.kind.set_key(chosen)
        self.list.setAccessibleName(QCoreApplication.translate("Directions", "Directions"))
        self.use.setText(QCoreApplication.translate("Directions", "Use direction"))
        self.rename.set_name(QCoreApplication.translate("Directions", "Rename direction"))
        self.delete.set_name(QCoreApplication.translate("Directions", "Delete direction"))
