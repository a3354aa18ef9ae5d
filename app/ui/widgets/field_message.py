"""Notices shown in place on a page; a field's notice is also its accessible description."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize

from app.ui.theme.theme import theme
from app.ui.widgets.fields import LineField
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import NoticeKind

_MIN_WIDTH = 120


class PageMessage(InlineNotice):
    """A notice that shrinks to the available width, so that a long text never makes the page wider."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(_MIN_WIDTH), super().minimumSizeHint().height())


class FieldMessage(PageMessage):
    """Shows what is wrong with the text of a field.

    With `is_valid` the notice clears itself once the text is valid; without it, the caller clears it.
    """

    def __init__(self, field: LineField, is_valid: Callable[[str], bool] | None = None) -> None:
        super().__init__()
        self._field, self._is_valid = field, is_valid
        field.textChanged.connect(self._recheck)

    def say(self, kind: NoticeKind, sentence: str | Callable[[], str], action: str = "") -> None:
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
        """Whether the text of the field was refused."""
        return self.kind == "bad" and not self.isHidden()

    def _recheck(self, text: str) -> None:
        if self.has_error and self._is_valid is not None and self._is_valid(text):
            self.clear()
