"""The stops of the Tab key within a window, in reading order.

Qt's own order is that in which widgets were created and given a parent. It breaks whenever a widget is added later,
moved to another layout or replaced, so the order is computed from the layouts whenever Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QSplitter, QWidget


def next_stop(window: QWidget, focused: QWidget | None, *, forward: bool) -> QWidget | None:
    """The stop after or before the focused widget, starting again at the other end; None if there is no stop.

    Stops are in the order of the layouts; floating widgets follow those of their parent's layout. A widget whose
    attribute `moves_focus_inside` is true is one stop here and moves the focus among its children.

    The focused widget need not be a stop any more: Qt asks for the next one while it is being hidden or disabled.
    """
    stops = list(_stops_in(window, focused))
    here = focused
    while here is not None and here not in stops:
        here = here.parentWidget() if here is not window else None
    if here is not None:
        index = stops.index(here)
        stops = [*stops[index + 1 :], *stops[:index]]
    return stops[0 if forward else -1] if stops else None


def _stops_in(widget: QWidget, focused: QWidget | None) -> Iterator[QWidget]:
    if _is_stop(widget) or widget is focused:
        yield widget
    if getattr(widget, "moves_focus_inside", False):
        return
    for child in _children_in_order(widget, focused):
        yield from _stops_in(child, focused)


def _is_stop(widget: QWidget) -> bool:
    accepts_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return accepts_tab and widget.focusProxy() is None and widget.isEnabled()


def _children_in_order(parent: QWidget, focused: QWidget | None) -> list[QWidget]:
    """The visible children, and the one with the focus: those of the layout, then the others from the top down."""
    children = [
        child
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if not child.isWindow() and (child.isVisibleTo(parent) or _holds(child, focused))
    ]
    if len(children) < 2:
        return children
    if isinstance(parent, QSplitter):
        return sorted(children, key=parent.indexOf)
    layout = parent.layout()
    placed = list(_widgets_of(layout)) if layout is not None else []
    order = {widget: index for index, widget in reversed(list(enumerate(placed)))}
    return sorted(children, key=lambda child: (order.get(child, len(placed)), child.y(), child.x()))


def _holds(widget: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (widget is focused or widget.isAncestorOf(focused))


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
    position: tuple[int, int, int, int] = layout.getItemPosition(index)  # type: ignore[assignment]
    return position[:2]
