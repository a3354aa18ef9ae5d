"""The file dialog of presentation mode: lists one dedicated folder and shows no paths, folders or user names."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.texts.numbers import short_date, size
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, Hint, Label
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel

WIDTH, HEIGHT = 520, 420
MAX_FILES = 2_000


class PresentationFileDialog(QDialog):
    """Asks for an existing file in `folder` or, with `saving`, for a new one; `saving` is the proposed name.

    Attributes:
        chosen: the path once the dialog was accepted; None before.
    """

    def __init__(self, parent: QWidget, title: str, kinds: str, folder: Path, *, saving: str = "") -> None:
        super().__init__(parent)
        self.chosen: Path | None = None
        self._folder, self._saving, self._suffix = folder, bool(saving), Path(saving).suffix
        self.setWindowTitle(title)
        self._model, self._list = RowModel(), RowList(QCoreApplication.translate("Chooser", "Files"))
        self._list.setModel(self._model)
        self._list.row_selected.connect(self._show_name)
        self._list.doubleClicked.connect(lambda _index: self._accept())
        name = QCoreApplication.translate("Chooser", "File name")
        self._name = LineField(name)
        self._name.setText(saving)
        self._name.textChanged.connect(lambda _text: self._update_hint())
        self._name.returnPressed.connect(self._accept)
        self._hint = Hint(wrap=True)
        cancel = Button(QCoreApplication.translate("Chooser", "Cancel"))
        cancel.clicked.connect(self.reject)
        save, open_ = QCoreApplication.translate("Chooser", "Save"), QCoreApplication.translate("Chooser", "Open")
        self._accept_button = PrimaryButton(save if saving else open_)
        self._accept_button.clicked.connect(self._accept)
        empty = EmptyState(
            Icon.FOLDER,
            QCoreApplication.translate(
                "Chooser", "Files you put in the presentation folder beforehand are listed here."
            ),
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S8)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S24, Space.S24, Space.S16)
        column.setSpacing(Space.S8)
        column.addWidget(Label(title, size=Type.HEADING, weight=Type.SEMIBOLD))
        column.addWidget(EmptyStateContainer(self._list, empty), 1)
        column.addWidget(Caption(name))
        column.addWidget(self._name)
        column.addWidget(self._hint)
        column.addLayout(buttons)
        self.resize(theme().px(WIDTH), theme().px(HEIGHT))
        self._model.set_rows(_rows(folder, patterns(kinds)))
        self._update_hint()

    def _show_name(self, name: str) -> None:
        self._name.setText(name)

    def _path(self) -> Path | None:
        """The typed name as a path in the folder; other folders are ignored. A new file gets the proposed suffix."""
        name = Path(self._name.text().strip()).name
        if name in ("", ".", ".."):
            return None
        if self._saving and not Path(name).suffix:
            name = name.rstrip(".") + self._suffix
        return self._folder / name

    def _update_hint(self) -> None:
        path = self._path()
        exists = path is not None and path.is_file()
        self._accept_button.setEnabled(path is not None and (self._saving or exists))
        replaced = QCoreApplication.translate("Chooser", "A file with this name exists and will be replaced.")
        missing = QCoreApplication.translate("Chooser", "There is no such file in the presentation folder.")
        self._hint.setText(
            replaced if exists and self._saving else "" if exists or self._saving or not path else missing
        )

    def _accept(self) -> None:
        if self._accept_button.isEnabled():
            self.chosen = self._path()
            self.accept()


def patterns(kinds: str) -> tuple[str, ...]:
    """The file name patterns of a Qt name filter, such as `Sound (*.wav *.mp3);;All (*)`."""
    return tuple(pattern for group in re.findall(r"\(([^)]*)\)", kinds) for pattern in group.split()) or ("*",)


def _rows(folder: Path, wanted: Sequence[str]) -> list[Row]:
    """The files of a folder that match a pattern, newest first."""
    found = []
    try:
        entries = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    except OSError:  # The folder does not exist yet.
        return []
    for path in entries:
        if any(fnmatch.fnmatch(path.name.lower(), pattern.lower()) for pattern in wanted):
            facts = path.stat()
            found.append(
                (facts.st_mtime, Row(path.name, path.name, f"{size(facts.st_size)} · {short_date(facts.st_mtime)}"))
            )
    return [row for _, row in sorted(found, key=lambda one: one[0], reverse=True)[:MAX_FILES]]
