"""Where a view lets the notifications of the window lie over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollBar, QWidget


class NoticeArea(NamedTuple):
    """A part of a view; notifications lie over its bottom right corner.

    Attributes:
        frees_controls: whether notifications are placed higher up, or fewer shown, so that they cover no control.
        share: the largest share of the area's width that they take.
        reserve: called with the height in pixels that they cover, so that what is below them can be scrolled up.
    """

    widget: QWidget
    frees_controls: bool = False
    share: float = 1.0
    reserve: Callable[[int], None] | None = None


@runtime_checkable
class HasNoticeArea(Protocol):
    """A view that says which part of it notifications may cover."""

    def notice_area(self) -> NoticeArea: ...


class ScrollPastEnd(QObject):
    """Lets an area that scrolls be scrolled past its end, without moving anything when the distance changes."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._height = 0
        self._natural = bar.maximum()
        self._is_setting = False
        bar.rangeChanged.connect(self._on_range_changed)
        bar.valueChanged.connect(self._apply)

    @property
    def height(self) -> int:
        """How far the area can be scrolled past its end, in pixels."""
        return self._height

    def set_height(self, height: int) -> None:
        """Set the distance in pixels. Where the user has scrolled further, it shrinks as the user scrolls back."""
        self._height = height
        self._apply()

    @property
    def natural_maximum(self) -> int:
        """The scroll value that shows the end of the content at the bottom."""
        return self._natural

    def _on_range_changed(self, _minimum: int, maximum: int) -> None:
        if not self._is_setting:
            self._natural = maximum
            self._apply()

    def _apply(self) -> None:
        # Content that fits does not scroll: a scroll bar would take room from it.
        maximum = max(self._natural + self._height, self._bar.value()) if self._natural > 0 else self._natural
        self._is_setting = True
        self._bar.setMaximum(maximum)
        self._is_setting = False
