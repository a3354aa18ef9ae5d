"""The list of prompts: name, version and time, tags and kind. Only rows in sight are put into words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.services.prompt_desk import PromptEntry
from app.ui.texts.prompts import entry_name, kind_name, moment_text, unsaved_name, version_name
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.chips import kind_tokens
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 60
TAGS_ROLE = RowRole.MARKS + 1
CHANGED_ROLE = RowRole.MARKS + 2


class PromptModel(RowModel):
    """The prompts of the list."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[PromptEntry] = []
        self._places: dict[str, int] = {}
        self._found = ""

    def set_entries(self, entries: Sequence[PromptEntry], found: str = "") -> None:
        """Show these prompts, with the words of a query marked in their names."""
        before, self._entries, self._found = self._entries, list(entries), found
        self._places = {entry.id: place for place, entry in enumerate(entries)}
        if [entry.id for entry in before] != [entry.id for entry in entries]:
            self.beginResetModel()
            self._rows = [Row(entry.id, "") for entry in entries]
            self.endResetModel()
        elif entries:
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))

    def update_entry(self, entry: PromptEntry) -> bool:
        """Show a prompt that has changed in its row, wherever that is; false if it has none."""
        place = self._places.get(entry.id)
        if place is None:
            return False
        self._entries[place] = entry
        self.dataChanged.emit(self.index(place), self.index(place))
        return True

    def entry(self, key: str | None) -> PromptEntry | None:
        place = self._places.get(key or "")
        return None if place is None else self._entries[place]

    def row_of(self, key: str) -> int:
        return self._places.get(key, -1)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, mask = self._entries[index.row()], presentation_cover().mask
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return mask(entry_name(entry))
            case RowRole.SUBTITLE:
                return kind_name(entry.kind)
            case RowRole.BADGE:
                return _state(entry)
            case RowRole.FOUND:
                return self._found
            case r if r == TAGS_ROLE:
                return tuple(map(mask, entry.tags))
            case r if r == CHANGED_ROLE:
                return entry.is_changed
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    (mask(entry_name(entry)), _state(entry), *map(mask, entry.tags), kind_name(entry.kind))
                )
            case RowRole.KEY:
                return entry.id
        return None


def _state(entry: PromptEntry) -> str:
    """The version, and when it was saved; or that it is not."""
    if entry.is_changed:
        return unsaved_name(entry.number)
    return " · ".join(filter(None, (version_name(entry.number), moment_text(entry.updated, time.time()))))


class _PromptDelegate(RowDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, height=_ROW_HEIGHT)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme().px(120), theme().px(_ROW_HEIGHT))

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        inner = row.adjusted(Space.S12, 0, -Space.S12, 0)
        title, small = theme().font(Type.CONTROL, Type.MEDIUM), theme().font(Type.SMALL)
        tiny = theme().font(Type.TINY, Type.MEDIUM if index.data(CHANGED_ROLE) else Type.REGULAR)
        tall, below = QFontMetrics(title).height(), QFontMetrics(small).height() + Space.S4
        top = inner.center().y() - (tall + Space.S4 + below) / 2
        ink = "soft_text" if selected else "text3"
        name = QRectF(inner.left(), top, inner.width(), tall)
        state = str(index.data(RowRole.BADGE))
        width = QFontMetrics(tiny).horizontalAdvance(state)
        changed = bool(index.data(CHANGED_ROLE))
        self._paint_line(
            painter, QRectF(name.right() - width, top, width + 1, tall), tiny, "soft_text" if changed else ink, state
        )
        name.setRight(name.right() - width - Space.S8)
        found, mark = str(index.data(RowRole.FOUND) or ""), "surface" if selected else "warn_soft"
        self._paint_line(painter, name, title, "soft_text" if selected else "text", str(index.data()), found, mark)
        line = QRectF(inner.left(), top + tall + Space.S4, inner.width(), below)
        kind = str(index.data(RowRole.SUBTITLE))
        width = QFontMetrics(tiny).horizontalAdvance(kind)
        self._paint_line(
            painter, QRectF(line.right() - width, line.top(), width + 1, below), theme().font(Type.TINY), ink, kind
        )
        line.setRight(line.right() - width - Space.S8)
        tags = index.data(TAGS_ROLE)
        if tags:
            _paint_tags(painter, line, tags)
        else:
            none = QCoreApplication.translate("Prompts", "no tags")
            self._paint_line(painter, line, theme().font(Type.TINY), ink, none)


def _paint_tags(painter: QPainter, area: QRectF, tags: Sequence[str]) -> None:
    """Draw the tags that fit, from the left, and how many there are more."""
    font = theme().font(Type.TINY, Type.MEDIUM)
    metrics, (ink, fill) = QFontMetrics(font), kind_tokens("neutral")
    left, tall, pad = area.left(), metrics.height() + 4, theme().px(7)
    painter.setFont(font)
    for place, tag in enumerate(tags):
        width = metrics.horizontalAdvance(tag) + 2 * pad
        more = f"+{len(tags) - place}"
        rest = metrics.horizontalAdvance(more) + Space.S4 if place + 1 < len(tags) else 0
        if left + width + rest > area.right():
            painter.setPen(theme().colour("text3"))
            painter.drawText(
                QRectF(left, area.top(), area.right() - left, area.height()), Qt.AlignmentFlag.AlignVCenter, more
            )
            break
        box = QRectF(left, area.center().y() - tall / 2, width, tall)
        paint_box(painter, box, Radius.BADGE, theme().colour(fill), theme().colour("line"))
        painter.setPen(theme().colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag)
        left += width + Space.S4


class PromptList(RowList):
    """A list of prompts that opens as fast with a thousand of them as with ten.

    Signals:
        rename_pressed, delete_pressed: F2, or Delete, was pressed.
    """

    rename_pressed = Signal()
    delete_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("")
        self.setItemDelegate(_PromptDelegate(self))
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() == Qt.Key.Key_F2:
            self.rename_pressed.emit()
        elif is_plain and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _index_of(self, key: str | None) -> QModelIndex:
        model = self.model()
        return model.index(model.row_of(key), 0) if key and isinstance(model, PromptModel) else QModelIndex()
