"""The stops of the Tab key within a window, in reading order.

Qt's own order is that in which widgets were created and given a parent. It breaks whenever a widget is added later,
moved to another layout or replaced, so the order is computed from the layouts whenever Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QSplitter, QWidget


def tab_stops(window: QWidget) -> list[QWidget]:
    """The widgets that Tab visits, in the order of the layouts; floating widgets follow those of their parent's layout.

    A widget whose attribute `moves_focus_inside` is true is one stop here and moves the focus among its children.
    """
    return list(_stops_in(window))


def next_stop(window: QWidget, focused: QWidget | None, *, forward: bool) -> QWidget | None:
    """The stop after or before the focused widget, starting again at the other end; None if there is no stop."""
    stops = tab_stops(window)
    if not stops:
        return None
    here = focused
    while here is not None and here not in stops:
        here = here.parentWidget() if here is not window else None
    if here is None:
        return stops[0 if forward else -1]
    return stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]


def _stops_in(widget: QWidget) -> Iterator[QWidget]:
    if _is_stop(widget):
        yield widget
    if getattr(widget, "moves_focus_inside", False):
        return
    for child in _children_in_order(widget):
        yield from _stops_in(child)


def _is_stop(widget: QWidget) -> bool:
    accepts_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return accepts_tab and widget.focusProxy() is None and widget.isEnabled()


def _children_in_order(parent: QWidget) -> list[QWidget]:
    """The visible children: those of the layout, then the others from top to bottom and left to right."""
    children = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisibleTo(parent) and not child.isWindow()
    ]
    if isinstance(parent, QSplitter):
        return sorted(children, key=parent.indexOf)
    layout = parent.layout()
    placed = list(_widgets_of(layout)) if layout is not None else []
    order = {widget: index for index, widget in reversed(list(enumerate(placed)))}
    return sorted(children, key=lambda child: (order.get(child, len(placed)), child.y(), child.x()))


def _widgets_of(layout: QLayout) -> Iterator[QWidget]:
    indexes = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        indexes.sort(key=lambda index: _cell(layout, index))
    for index in indexes:
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets_of(inner)


def _cell(layout: QGridLayout, index: int) -> tuple[int, int]:
    row, column, *_ = layout.getItemPosition(index)  # type: ignore[misc]
    return row, column
