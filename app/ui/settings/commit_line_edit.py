"""A line that shows what is kept, and in which nothing is overwritten that a person or a tool has just put there."""

from __future__ import annotations

from app.ui.widgets.fields import LineField


class CommitLineEdit(LineField):
    """A line of words that are kept when they are finished."""

    def __init__(self) -> None:
        super().__init__("")
        self._is_programmatic = False
        self.textChanged.connect(self._mark_modified)

    def show_saved(self, text: str) -> None:
        """Put in what is kept, unless something unfinished stands there."""
        if self.text() == text:
            self.setModified(False)
        elif not self.isModified():
            self._is_programmatic = True
            self.setText(text)
            self.setCursorPosition(0)
            self._is_programmatic = False

    def _mark_modified(self) -> None:
        # For Qt only typing modifies; what an assistive tool sets waits to be finished just the same.
        if not self._is_programmatic:
            self.setModified(True)
