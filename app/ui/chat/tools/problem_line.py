"""One sentence about what is wrong with a field, below it, with at most one fix."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.labels import Label


class ProblemLine(QWidget):
    """Hidden until there is a problem to show.

    Signals:
        acted: the fix was asked for.

    Attributes:
        fix: the button of the fix.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._sentence = Label(size=Type.SMALL, ink="bad", wrap=True)
        self.fix = GhostButton(ink="soft_text")
        self.fix.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S2, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._sentence, 1)
        row.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignVCenter)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def text(self) -> str:
        return self._sentence.text()

    def show_problem(self, sentence: str, fix: str = "") -> None:
        """Show a problem, an empty sentence for none; `fix` is the label of the button, empty for no button."""
        self._sentence.setText(sentence)
        self.fix.setText(fix)
        self.fix.setVisible(bool(fix))
        self.setVisible(bool(sentence))

    def _restyle(self) -> None:
        self._icon.setPixmap(pixmap(Icon.WARNING, "bad", 16, self.devicePixelRatioF()))
