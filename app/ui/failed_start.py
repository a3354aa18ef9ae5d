"""Shown when the program can't start: the error, what to do about it, and a button to close."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.widgets.empty_state import EmptyState

_SIZE = (560, 320)


class FailedStart(Retranslated):
    """Replaces all views. `sentence` is called again when the language changes."""

    def __init__(self, sentence: Callable[[], str], leave: Callable[[], object]) -> None:
        super().__init__()
        self._sentence = sentence
        self._words = EmptyState(Icon.WARNING, "")
        self._words.step.clicked.connect(lambda: leave())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._words)
        self.setAutoFillBackground(True)
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()
        self.setFocusProxy(self._words.step)

    def retranslate(self) -> None:
        self._words.set_words(self._sentence(), QCoreApplication.translate("Start", "Close"))

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme().colour("bg"))
        self.setPalette(palette)


def show_alone(sentence: Callable[[], str]) -> None:
    """Show the error in a separate window, because there is no home, and return when it is closed.

    The event loop must not be running yet.
    """
    alone = FailedStart(sentence, QApplication.quit)
    alone.setWindowTitle(QApplication.applicationDisplayName())
    theme().style_window(alone)
    alone.resize(*_SIZE)
    alone.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    QShortcut(QKeySequence(Qt.Key.Key_Escape), alone, alone.close)
    alone.show()
    alone.setFocus()
    QApplication.setQuitOnLastWindowClosed(True)
    QApplication.exec()
