"""Finds settings by the names of controls and the choices they offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

_KINDS = (QLineEdit, QComboBox, QAbstractSpinBox, QAbstractButton, QListView, QPlainTextEdit)


class SearchResult(NamedTuple):
    """A control that was found, its page and its name."""

    page: str
    name: str
    control: QWidget


def find(pages: Mapping[str, QWidget], query: str) -> list[SearchResult]:
    """Find the controls whose name or choices contain every word of the query; name matches come first."""
    query_words = query.casefold().split()
    if not query_words:
        return []
    by_name, by_choice = [], []
    for page, content in pages.items():
        names: set[str] = set()
        for control, name, choices in _controls(content):
            if name in names:
                continue
            names.add(name)
            if all(word in name.casefold() for word in query_words):
                by_name.append(SearchResult(page, name, control))
            elif all(word in f"{name} {choices}".casefold() for word in query_words):
                by_choice.append(SearchResult(page, name, control))
    return by_name + by_choice


def _controls(page: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    """The controls of a page with name and choices, in creation order."""
    for control in page.findChildren(QWidget):
        is_internal = isinstance(control.parent(), (QComboBox, QAbstractSpinBox, QLineEdit))
        if is_internal or not isinstance(control, _KINDS) or not control.isVisibleTo(page):
            continue
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
        if not name:
            continue
        choices = ""
        if isinstance(control, QComboBox):
            choices = " ".join(control.itemText(row) for row in range(control.count()))
        yield control, name, choices
