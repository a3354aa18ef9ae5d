"""Hints about a description, one at a time, with what takes it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from app.core.description_linter import DescriptionHint
from app.ui.retranslate import Retranslated
from app.ui.texts.voice_design import hint_text
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.labels import Hint

_HEIGHT = 34
"""Two lines: its place is always there, so that nothing moves."""


class HintBar(Retranslated):
    """A grey sentence with one way out.

    Signals:
        taken_out: the hint whose words are to be taken out.
    """

    taken_out = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[DescriptionHint] = ()
        self._at = 0
        self._icon, self.sentence = QLabel(), Hint(wrap=True)
        self.sentence.set_ink("text2")
        self.next = IconButton(Icon.CHEVRON_RIGHT, "", side=26)
        self.take_out = GhostButton(ink="soft_text")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.next)
        row.addWidget(self.take_out)
        self.next.clicked.connect(self._show_next)
        self.take_out.clicked.connect(self._take_out)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def show_hints(self, hints: Sequence[DescriptionHint]) -> None:
        """Show the first hint, or go on showing the same one."""
        shown = self._hints[self._at].issue if self._hints else None
        self._hints = hints
        self._at = next((at for at, hint in enumerate(hints) if hint.issue is shown), 0)
        self._show()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty for none."""
        return self.sentence.full_text

    def _show_next(self) -> None:
        self._at = (self._at + 1) % max(1, len(self._hints))
        self._show()

    def _take_out(self) -> None:
        if self._hints:
            self.taken_out.emit(self._hints[self._at])

    def _show(self) -> None:
        hint = self._hints[self._at] if self._hints else None
        self.sentence.setText(hint_text(hint) if hint is not None else "")
        self._icon.setVisible(hint is not None)
        self.take_out.setVisible(hint is not None and hint.edit is not None)
        self.next.setVisible(len(self._hints) > 1)
        place = QCoreApplication.translate("Design", "Hint {n} of {total}: show the next")
        self.next.setToolTip(place.format(n=self._at + 1, total=len(self._hints)))

    def _restyle(self) -> None:
        self.setMinimumHeight(theme().px(_HEIGHT))
        self._icon.setPixmap(pixmap(Icon.INFO, "text2", 16, self.devicePixelRatioF()))

    def retranslate(self) -> None:
        self.take_out.setText(QCoreApplication.translate("Design", "Take out"))
        self.next.set_name(QCoreApplication.translate("Design", "Next hint"))
        self._show()
