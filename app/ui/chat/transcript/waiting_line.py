"""The sign of life of an answer of which nothing has arrived yet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.tokens import Space
from app.ui.widgets.labels import Hint
from app.ui.widgets.spinner import Spinner


class WaitingLine(Retranslated):
    """Shows that a request was sent, and for how many seconds its answer is awaited. Hidden until `start`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reason = ""
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.retranslate)
        self.words = Hint()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(Spinner())
        row.addWidget(self.words)
        row.addStretch(1)
        self.hide()

    def start(self) -> None:
        """Show the line and count from now on."""
        self._reason = ""
        self._since.start()
        self._timer.start()
        self.retranslate()
        self.show()

    def set_reason(self, reason: str) -> None:
        """Say why the request is not sent yet; empty once it is."""
        self._reason = reason
        self.retranslate()

    def stop(self) -> None:
        """Hide the line: something has arrived, or the reply has ended."""
        self._timer.stop()
        self.hide()

    def retranslate(self) -> None:
        seconds = self._since.elapsed() // 1000 if self._since.isValid() else 0
        if self._reason:
            self.words.setText(self._reason)
        elif seconds < 1:
            self.words.setText(QCoreApplication.translate("Transcript", "Waiting for the service…"))
        else:
            self.words.setText(
                QCoreApplication.translate("Transcript", "Waiting for the service… {n} s").format(n=seconds)
            )
