"""The library: search, tags, kind and order above the list of prompts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.core.prompt_library import PromptKind
from app.services.prompt_search import ORDERS, Order, Wanted
from app.ui.bench.prompts.prompt_list import PromptList, PromptModel
from app.ui.bench.prompts.tag_filter import TagFilter
from app.ui.retranslate import Retranslated
from app.ui.texts.prompts import kind_name, order_name
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import SearchField
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.wrapping_row import WrappingRow

_KINDS: tuple[PromptKind, ...] = ("system", "prompt")


class LibraryColumn(Retranslated):
    """Lists prompts.

    Signals:
        arranged: another search, filter or order is wanted.
        step_requested: the button of the empty list: begin a prompt, or show all of them.
    """

    arranged = Signal()
    step_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search, self.tags = SearchField(""), TagFilter()
        self.kind, self.order = Choice("", compact=True), Choice("", compact=True)
        self.model, self.list = PromptModel(), PromptList()
        self.list.setModel(self.model)
        self.empty = EmptyState(Icon.LIST, "")
        self._is_filtered = False
        panel = Panel()
        top = QVBoxLayout()
        top.setContentsMargins(Space.S12, Space.S12, Space.S12, Space.S8)
        top.setSpacing(Space.S8)
        top.addWidget(self.search)
        top.addWidget(self.tags)
        top.addWidget(WrappingRow(self.kind, self.order, gap=Space.S6))
        panel.body.addLayout(top)
        panel.body.addWidget(Divider())
        panel.body.addSpacing(Space.S4)
        panel.body.addWidget(EmptyStateContainer(self.list, self.empty), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.search.textChanged.connect(lambda _text: self.arranged.emit())
        self.tags.changed.connect(self.arranged)
        self.kind.chosen.connect(lambda _key: self.arranged.emit())
        self.order.chosen.connect(lambda _key: self.arranged.emit())
        self.empty.step.clicked.connect(self.step_requested)
        self.retranslate()

    def wanted(self) -> Wanted:
        """What is to be listed."""
        kind = next((kind for kind in _KINDS if kind == self.kind.key()), None)
        order: Order = next((order for order in ORDERS if order == self.order.key()), "changed")
        return Wanted(self.search.text(), kind, self.tags.lit, order)

    def show_all(self) -> None:
        """Clear the search and the filters."""
        self.search.clear()
        self.kind.set_key("")
        self.tags.show_all()

    def reserve(self, height: int) -> None:
        """Let the list be scrolled past what a notification covers."""
        self.list.setViewportMargins(0, 0, 0, height)

    def show_empty(self, *, is_filtered: bool) -> None:
        """Say why there are no prompts: none fits, or there are none yet."""
        self._is_filtered = is_filtered
        if is_filtered:
            self.empty.set_words(
                QCoreApplication.translate("Prompts", "No prompt matches the search and the filters."),
                QCoreApplication.translate("Prompts", "Show all prompts"),
            )
        else:
            self.empty.set_words(
                QCoreApplication.translate(
                    "Prompts",
                    "Prompts you use again are kept here, with every version. Create one, or drop Markdown files here.",
                ),
                QCoreApplication.translate("Prompts", "Begin a prompt"),
            )

    def retranslate(self) -> None:
        name = QCoreApplication.translate("Prompts", "Search prompts")
        self.search.setAccessibleName(name)
        self.search.setPlaceholderText(QCoreApplication.translate("Prompts", "Search names, text, tags, notes"))
        self.list.setAccessibleName(QCoreApplication.translate("Prompts", "Prompt library"))
        for choice, key, label, choices in (
            (
                self.kind,
                self.kind.key() or "",
                QCoreApplication.translate("Prompts", "Kind of prompts"),
                [
                    ("", QCoreApplication.translate("Prompts", "Every kind")),
                    *((kind, kind_name(kind)) for kind in _KINDS),
                ],
            ),
            (
                self.order,
                self.order.key() or "changed",
                QCoreApplication.translate("Prompts", "Order of prompts"),
                [(order, order_name(order)) for order in ORDERS],
            ),
        ):
            choice.set_name(label)
            choice.set_choices(choices)
            choice.set_key(key)
        self.show_empty(is_filtered=self._is_filtered)
