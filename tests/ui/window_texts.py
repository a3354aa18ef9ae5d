"""Everything a window says: what is drawn, and what assistive technology reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from app.ui.widgets.row_model import RowRole

_ITEM_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    # What the delegates of the program draw besides.
    RowRole.SUBTITLE,
    RowRole.BADGE,
    RowRole.SECTION,
)
_IN_ANY_TEXT = frozenset(("and", "LUFS"))
"""Words by which no sentence is known: what others write has them too, and so has a measured value in any language."""
_PLACEHOLDER = re.compile(r"\{\w+\}|%\w+")


def texts(window: QWidget) -> Iterator[tuple[str, str]]:
    """Where and what, for the window and all widgets below it, shown or not; texts may be empty."""
    for widget in (window, *window.findChildren(QWidget)):
        for kind, text in (*_of_any(widget), *_of_kind(widget)):
            yield f"{_path(widget)} {kind}", text


def _of_any(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tool tip", widget.toolTip()
    yield "status tip", widget.statusTip()
    yield "help", widget.whatsThis()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()
    yield "window title", widget.windowTitle()
    for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
        yield "action", action.text()


def _of_kind(widget: QWidget) -> Iterator[tuple[str, str]]:
    match widget:
        case QAbstractButton() | QLabel():
            yield "text", widget.text()
        case QLineEdit():
            yield "text", widget.text()
            yield "placeholder", widget.placeholderText()
        case QPlainTextEdit() | QTextEdit():
            yield "text", widget.toPlainText()
            yield "placeholder", widget.placeholderText()
        case QTabBar():
            for index in range(widget.count()):
                yield "tab", widget.tabText(index)
                yield "tab's tool tip", widget.tabToolTip(index)
        case QComboBox():
            yield from _of_items(widget.model())
        case QAbstractItemView() if widget.model() is not None:
            yield from _of_items(widget.model())
        case _:
            for name in ("text", "placeholder", "title"):
                value = getattr(widget, name, None)
                if callable(value) and isinstance(said := _called(value), str):
                    yield name, said


def _called(function: object) -> object:
    try:
        return function()  # type: ignore[operator]
    except TypeError:
        return None


def _of_items(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        for role in _ITEM_ROLES:
            if isinstance(value := index.data(role), str):
                yield f"item {row}", value


def _path(widget: QWidget) -> str:
    names = []
    part: QWidget | None = widget
    while part is not None:
        names.append(type(part).__name__)
        part = part.parentWidget()
    return " < ".join(names[:5])


class Sentences:
    """The sentences of the program in the source language that another language words differently."""

    def __init__(self, translations: Path) -> None:
        self._plain: set[str] = set()
        self._with_gaps: list[re.Pattern[str]] = []
        self._known: dict[str, bool] = {}
        for message in ElementTree.parse(translations).iter("message"):
            translation = message.find("translation")
            assert translation is not None
            source = message.findtext("source", "")
            parts = _PLACEHOLDER.split(source)
            words = set(re.findall("[A-Za-z]{3,}", " ".join(parts)))
            if source == "".join(translation.itertext()).strip() or not words - _IN_ANY_TEXT:
                continue
            if len(parts) == 1:
                self._plain.add(source)
            else:
                self._with_gaps.append(re.compile(".+?".join(map(re.escape, parts)), re.DOTALL))

    def has(self, text: str) -> bool:
        """Whether the text, or a part of a list in it, is such a sentence."""
        if text not in self._known:
            self._known[text] = _has_word(text) and self._is_sentence(text)
        return self._known[text]

    def _is_sentence(self, text: str) -> bool:
        parts = {text, *(part.strip() for separator in ("\n", " · ", ", ") for part in text.split(separator))}
        return not self._plain.isdisjoint(parts) or any(
            pattern.fullmatch(part) for part in parts if _has_word(part) for pattern in self._with_gaps
        )


def _has_word(text: str) -> bool:
    return re.search("[A-Za-z]{3}", text) is not None
