"""The floor for start and memory: one empty PySide6 window, nothing else."""

import sys

from PySide6.QtWidgets import QApplication, QWidget

if __name__ == "__main__":
    program = QApplication(sys.argv)
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    sys.exit(program.exec())
