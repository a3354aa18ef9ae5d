"""What is to be said on a page: in place, and of a field as its description too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize

from app.ui.theme.theme import theme
from app.ui.widgets.fields import LineField
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import NoticeKind

_NARROWEST = 120


class PageMessage(InlineNotice):
    """Is as wide as there is room: long words or a long button make no page wider than its window."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(_NARROWEST), super().minimumSizeHint().height())


class FieldMessage(PageMessage):
    """What is wrong with what stands in a field.

    `is_good` tells when that is over; without it, whoever said it takes it back.
    """

    def __init__(self, line: LineField, is_good: Callable[[str], bool] | None = None) -> None:
        super().__init__()
        self._line, self._is_good = line, is_good
        line.textChanged.connect(self._look_again)

    def say(self, kind: NoticeKind, sentence: str, action: str = "") -> None:
        super().say(kind, sentence, action)
        self._line.setAccessibleDescription(self.spoken())

    def clear(self) -> None:
        self._line.setAccessibleDescription("")
        super().clear()

    def name_again(self) -> None:
        super().name_again()
        if not self.isHidden():
            self._line.setAccessibleDescription(self.spoken())

    @property
    def refuses(self) -> bool:
        """Whether what is in the field was not taken."""
        return self.kind == "bad" and not self.isHidden()

    def _look_again(self, text: str) -> None:
        if self.refuses and self._is_good is not None and self._is_good(text):
            self.clear()
