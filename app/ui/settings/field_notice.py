"""What is to be said of one field: below it, and as its description."""

from __future__ import annotations

from collections.abc import Callable

from app.ui.widgets.fields import LineField
from app.ui.widgets.messages import NoticeKind
from app.ui.widgets.notices import InlineNotice


class FieldNotice(InlineNotice):
    """A refusal stands as long as what is in the field is not good."""

    def __init__(self, line: LineField, is_good: Callable[[str], bool]) -> None:
        super().__init__()
        self._line, self._is_good = line, is_good
        line.textChanged.connect(self._look_again)

    def say(self, kind: NoticeKind, sentence: str, action: str = "") -> None:
        self._line.setAccessibleDescription(sentence)
        super().say(kind, sentence, action)

    def clear(self) -> None:
        self._line.setAccessibleDescription("")
        super().clear()

    @property
    def refuses(self) -> bool:
        """Whether what is in the field was not taken."""
        return self.kind == "bad" and not self.isHidden()

    def _look_again(self, text: str) -> None:
        if self.refuses and self._is_good(text):
            self.clear()
