"""A line edit that shows a saved value and does not overwrite an unfinished edit."""

from __future__ import annotations

from app.ui.widgets.fields import LineField


class CommitLineEdit(LineField):
    """A line edit whose text is committed when editing is finished."""

    def __init__(self) -> None:
        super().__init__("")
        self._is_programmatic = False
        self.textChanged.connect(self._mark_modified)

    def show_saved(self, text: str) -> None:
        """Show the saved text unless the field has an uncommitted edit."""
        if self.text() == text:
            self.setModified(False)
        elif not self.isModified():
            self._is_programmatic = True
            self.setText(text)
            self.setCursorPosition(0)
            self._is_programmatic = False

    def _mark_modified(self) -> None:
        # Qt marks only typed text as modified; text set by an assistive tool is also an uncommitted edit.
        if not self._is_programmatic:
            self.setModified(True)
