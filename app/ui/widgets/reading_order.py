"""The stops of the Tab key within a window, in reading order.

Qt's own order is that in which widgets were created and given a parent. It breaks whenever a widget is added later,
moved to another layout or replaced, so the order is computed from the layouts whenever Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QSplitter, QWidget


def next_stop(window: QWidget, focused: QWidget | None, *, forward: bool) -> QWidget | None:
    """The stop after or before the focused widget, starting again at the other end; None if there is no other.

    Stops are in the order of the layouts; floating widgets follow those of their parent's layout. A widget whose
    attribute `moves_focus_inside` is true is one stop here and moves the focus among its children.

    The focused widget need not be a stop any more: Qt asks for the next one while it is being hidden or disabled.
    """
    here = _place_of(focused, window)
    # Only what lies between one stop and the next is looked at: a window has hundreds of widgets.
    beyond = iter(()) if here is None else (_after if forward else _before)(here, window, focused)
    found = next(beyond, None)
    if found is None:
        found = next((stop for stop in _stops_in(window, focused, forward) if stop is not here), None)
    return found


def _place_of(focused: QWidget | None, window: QWidget) -> QWidget | None:
    """The widget from which the walk goes on: the focused one, or what moves the focus inside around it."""
    place, widget = focused, focused
    while widget is not None and widget is not window:
        if widget.isWindow():
            return None
        widget = widget.parentWidget()
        if widget is not None and _moves_focus_inside(widget):
            place = widget
    return None if widget is None else place


def _after(here: QWidget, window: QWidget, focused: QWidget | None) -> Iterator[QWidget]:
    """The stops behind a widget, up to the end of the window."""
    if not _moves_focus_inside(here):
        for child in _children_in_order(here, focused):
            yield from _stops_in(child, focused, forward=True)
    for child, parent in _up_to(window, here):
        siblings = _children_in_order(parent, focused)
        for sibling in siblings[siblings.index(child) + 1 :]:
            yield from _stops_in(sibling, focused, forward=True)


def _before(here: QWidget, window: QWidget, focused: QWidget | None) -> Iterator[QWidget]:
    """The stops before a widget, the nearest first, back to the beginning of the window."""
    for child, parent in _up_to(window, here):
        siblings = _children_in_order(parent, focused)
        for sibling in reversed(siblings[: siblings.index(child)]):
            yield from _stops_in(sibling, focused, forward=False)
        if _is_stop(parent):
            yield parent


def _up_to(window: QWidget, here: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    """A widget with its parent, that one with its parent, and so on until the parent is the window."""
    while here is not window:
        parent = here.parentWidget()
        assert parent is not None, "it lies in the window"
        yield here, parent
        here = parent


def _stops_in(widget: QWidget, focused: QWidget | None, forward: bool) -> Iterator[QWidget]:
    """The stops of a widget and what is in it; a widget comes before its children, so backwards it comes last."""
    if forward and _is_stop(widget):
        yield widget
    if not _moves_focus_inside(widget):
        children = _children_in_order(widget, focused)
        for child in children if forward else reversed(children):
            yield from _stops_in(child, focused, forward)
    if not forward and _is_stop(widget):
        yield widget


def _moves_focus_inside(widget: QWidget) -> bool:
    return bool(getattr(widget, "moves_focus_inside", False))


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
