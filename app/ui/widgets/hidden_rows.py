"""Keeps the rows of a hidden list from being reported as showing.

Qt takes the state of a row from where the view says it is (QAccessibleTableCell::state), also while the view itself is
hidden, and its interface can't be replaced from Python. A hidden view therefore says that its rows are nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtWidgets import QAbstractItemView, QListView

if TYPE_CHECKING:
    _View = QListView
else:
    _View = object


class HiddenRows(_View):
    """To be inherited before a list view: while it is hidden, its rows are invisible to assistive technology."""

    _is_measured = False

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        return super().visualRect(index) if self._is_measured or self.isVisible() else QRect()

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Tell the places of the rows also while hidden, to Qt, which scrolls or computes the height of a pop-up."""
        before, self._is_measured = self._is_measured, True
        try:
            yield
        finally:
            self._is_measured = before

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll to a row, which needs its place, also while the list is hidden."""
        with self.measured():
            super().scrollTo(index, hint)


class ListWithHiddenRows(HiddenRows, QListView):
    """A plain list view, for the list of a combo box."""
