"""What is to be said on a page: in place, and of a field as its description too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize

from app.ui.theme.theme import theme
from app.ui.widgets.fields import LineField
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import NoticeKind

_MIN_WIDTH = 120


class PageMessage(InlineNotice):
    """Is as wide as there is room: long words or a long button make no page wider than its window."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(_MIN_WIDTH), super().minimumSizeHint().height())


class FieldMessage(PageMessage):
    """What is wrong with what stands in a field.

    `is_good` tells when that is over; without it, whoever said it takes it back.
    """

    def __init__(self, field: LineField, is_valid: Callable[[str], bool] | None = None) -> None:
        super().__init__()
        self._field, self._is_valid = field, is_valid
        field.textChanged.connect(self._recheck)

    def say(self, kind: NoticeKind, sentence: str, action: str = "") -> None:
        super().say(kind, sentence, action)
        self._field.setAccessibleDescription(self.spoken())

    def clear(self) -> None:
        self._field.setAccessibleDescription("")
        super().clear()

    def name_again(self) -> None:
        super().name_again()
        if not self.isHidden():
            self._field.setAccessibleDescription(self.spoken())

    @property
    def has_error(self) -> bool:
        """Whether what is in the field was not taken."""
        return self.kind == "bad" and not self.isHidden()

    def _recheck(self, text: str) -> None:
        if self.has_error and self._is_valid is not None and self._is_valid(text):
            self.clear()
