"""Data: where everything is, how large it is, and its backups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.ui.settings.page import Page, field
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Heading, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.rows import Row, RowDelegate, RowList, RowModel


class DataPage(Page):
    """Shows the home and its backups.

    Signals:
        open_folder: show the home in the file manager.
        back_up: make a backup now.
        restore: key of a backup whose conversations and takes are brought back.
    """

    open_folder = Signal()
    back_up = Signal()
    restore = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.notice = InlineNotice()
        self._caption, self._path = Caption(), LineField("", mono=True)
        self._path.setReadOnly(True)
        self._open = Button("", Icon.FOLDER)
        self._open.clicked.connect(self.open_folder)
        self._sizes = Hint(wrap=True)
        self._heading = Heading()
        self._model, self._list = RowModel(), RowList("")
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(self._list, height=48))
        self._list.setFixedHeight(200)
        self._back_up, self._restore = Button(), Button("", Icon.UNDO)
        self._list.row_selected.connect(lambda key: self._restore.setEnabled(bool(key)))
        self._back_up.clicked.connect(self.back_up)
        self._restore.clicked.connect(lambda: self.restore.emit(self._list.selected_key() or ""))
        self._restore.setEnabled(False)
        self.column.addWidget(self.notice)
        self.column.addLayout(field(self._caption, self._path, self._open))
        self.column.addWidget(self._sizes)
        head = QHBoxLayout()
        head.setSpacing(Space.S8)
        head.addWidget(self._heading, 1)
        head.addWidget(self._back_up)
        head.addWidget(self._restore)
        self.column.addLayout(head)
        self.column.addWidget(self._list)
        self.column.addStretch(1)
        self.retranslate()

    def show_home(self, path: str, sizes: str) -> None:
        """The folder, or what stands for it in presentation mode, and the sizes in words."""
        self._path.setText(path)
        self._sizes.setText(sizes)

    def show_backups(self, rows: Sequence[Row]) -> None:
        self._model.set_rows(rows)
        self._restore.setEnabled(self._list.selected_key() is not None and bool(rows))

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Data", "Data"),
            QCoreApplication.translate("Data", "Everything the workbench keeps is in one folder. Keys are not in it."),
        )
        self._caption.setText(QCoreApplication.translate("Data", "Folder"))
        self._path.setAccessibleName(QCoreApplication.translate("Data", "Folder"))
        self._open.setText(QCoreApplication.translate("Data", "Open folder"))
        self._heading.setText(QCoreApplication.translate("Data", "Backups"))
        self._list.setAccessibleName(QCoreApplication.translate("Data", "Backups"))
        self._back_up.setText(QCoreApplication.translate("Data", "Back up now"))
        self._restore.setText(QCoreApplication.translate("Data", "Restore"))
