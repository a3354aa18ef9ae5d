"""A small window with one control of each kind, for testing the harness itself."""

from __future__ import annotations

import signal
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)


class FakeApp(QWidget):
    """Echo copies the text to the label; Warn writes to stderr, as a Qt warning would."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Fake app")
        self.message, self.answer = QPlainTextEdit(), QLabel("nothing yet")
        echo, warn, hidden = QPushButton("Echo"), QPushButton("Warn"), QPushButton("Hidden")
        rows, times, loud = QListWidget(), QSpinBox(), QCheckBox("Loud")
        rows.addItems(["first", "second", "third"])
        for control, name in ((self.message, "Message"), (rows, "Rows"), (times, "Times")):
            control.setAccessibleName(name)
        layout = QVBoxLayout(self)
        for control in (self.message, echo, self.answer, rows, times, loud, warn, hidden):
            layout.addWidget(control)
        hidden.hide()
        echo.clicked.connect(lambda: self.answer.setText(f"echo {self.message.toPlainText()}"))
        warn.clicked.connect(lambda: print("FakeApp: something went wrong", file=sys.stderr, flush=True))
        rows.itemSelectionChanged.connect(lambda: self.answer.setText(f"row {rows.selectedItems()[0].text()}"))
        self.message.setFocus()


if __name__ == "__main__":
    program = QApplication(sys.argv)
    window = FakeApp()
    window.show()
    signal.signal(signal.SIGTERM, lambda *_: program.quit())
    wake_up = QTimer(interval=50)  # Python handles signals only while it runs.
    wake_up.timeout.connect(lambda: None)
    wake_up.start()
    sys.exit(program.exec())
