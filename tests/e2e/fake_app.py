"""A small window with one control of each kind, to test the harness itself and to measure the workbench against."""

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
    """Echo copies the text into the label; Complain writes to stderr, as a Qt warning would."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Toy")
        self.message, self.answer = QPlainTextEdit(), QLabel("nothing yet")
        echo, complain, hidden = QPushButton("Echo"), QPushButton("Complain"), QPushButton("Hidden")
        rows, times, loud = QListWidget(), QSpinBox(), QCheckBox("Loud")
        rows.addItems(["first", "second", "third"])
        for control, name in ((self.message, "Message"), (rows, "Rows"), (times, "Times")):
            control.setAccessibleName(name)
        layout = QVBoxLayout(self)
        for control in (self.message, echo, self.answer, rows, times, loud, complain, hidden):
            layout.addWidget(control)
        hidden.hide()
        echo.clicked.connect(lambda: self.answer.setText(f"echo {self.message.toPlainText()}"))
        complain.clicked.connect(lambda: print("QToy: something is not right", file=sys.stderr, flush=True))
        rows.itemSelectionChanged.connect(lambda: self.answer.setText(f"row {rows.selectedItems()[0].text()}"))
        self.message.setFocus()


if __name__ == "__main__":
    program = QApplication(sys.argv)
    window = FakeApp()
    window.show()
    signal.signal(signal.SIGTERM, lambda *_: program.quit())
    awake = QTimer(interval=50)  # Python sees a signal only when it runs.
    awake.timeout.connect(lambda: None)
    awake.start()
    sys.exit(program.exec())
