"""Qt's own file dialog, styled like the window. Unlike native ones it is accessible to automated tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QFileInfo, QModelIndex, QPersistentModelIndex, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFileIconProvider,
    QFileSystemModel,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.ui.replace_question import ReplaceQuestion
from app.ui.texts.numbers import short_time
from app.ui.theme.icons import Icon, icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space

WIDTH, HEIGHT = 860, 540
TYPE_COLUMN, DATE_COLUMN = 2, 3

_Kind = QAbstractFileIconProvider.IconType
_BUTTONS = {
    "backButton": Icon.CHEVRON_LEFT,
    "forwardButton": Icon.CHEVRON_RIGHT,
    "toParentButton": Icon.CHEVRON_UP,
    "newFolderButton": Icon.PLUS,
    "listModeButton": Icon.GRID,
    "detailModeButton": Icon.LIST,
}
"""The tool buttons, by the names Qt gives them."""


class FileDialog(QFileDialog):
    """Asks for an existing file or, with `saving`, for the name of a new one; `saving` is the proposed name."""

    def __init__(self, parent: QWidget, title: str, kinds: str, folder: Path, *, saving: str = "") -> None:
        super().__init__(parent, title, str(folder), kinds)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        # Qt holds no reference to the icon provider, and reads the folder's icon only when the folder is set.
        self._icons = _Icons()
        self.setIconProvider(self._icons)
        self.setDirectory(str(folder.parent))
        self.setDirectory(str(folder))
        if saving:
            self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # `accept` asks, because Qt's own question has the icons of the desktop.
            self.setOption(QFileDialog.Option.DontConfirmOverwrite)
            self.setDefaultSuffix(Path(saving).suffix.removeprefix("."))
            self.selectFile(saving)
        self.setSidebarUrls([QUrl.fromLocalFile(str(folder)) for folder in standard_folders()])
        self.resize(theme().px(WIDTH), theme().px(HEIGHT))
        self._dress()

    def accept(self) -> None:
        """Accept the chosen file, after asking if that replaces one."""
        chosen = [Path(name) for name in self.selectedFiles()]
        is_saving = self.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        if is_saving and len(chosen) == 1 and chosen[0].is_file():
            question = ReplaceQuestion(chosen[0].name, self)
            # A lambda, because Qt would connect a method of the base class by name, which is this one.
            question.accepted.connect(lambda: QFileDialog.accept(self))
            question.open()
        else:
            super().accept()

    def _dress(self) -> None:
        for name, drawn in _BUTTONS.items():
            button = self.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(icon(drawn))
        for push in self.findChildren(QPushButton):
            push.setIcon(QIcon())
        for combo in self.findChildren(QComboBox):
            _add_arrow(combo)
        files = self.findChild(QTreeView, "treeView")
        if isinstance(files, QTreeView):
            files.setColumnHidden(TYPE_COLUMN, True)
            files.setItemDelegateForColumn(DATE_COLUMN, _DateDelegate(files))
            header = files.header()
            header.setStretchLastSection(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


class FolderDialog(FileDialog):
    """Asks for an existing folder."""

    def __init__(self, parent: QWidget, title: str, folder: Path) -> None:
        super().__init__(parent, title, "", folder)
        self.setFileMode(QFileDialog.FileMode.Directory)
        self.setOption(QFileDialog.Option.ShowDirsOnly)


class _DateDelegate(QStyledItemDelegate):
    """Shows when a file was changed, written as elsewhere in the window."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, QFileSystemModel):
            place = model.index(index.row(), index.column(), index.parent())
            option.text = short_time(model.lastModified(place).toSecsSinceEpoch())


class _Icons(QFileIconProvider):
    """Icons for folders and files from the window's icon set."""

    def icon(self, of: QFileInfo | _Kind, /) -> QIcon:
        if isinstance(of, QFileInfo):
            return icon(Icon.FOLDER if of.isDir() else Icon.FILE)
        return icon(Icon.FILE if of is _Kind.File else Icon.FOLDER)


def _add_arrow(combo: QComboBox) -> None:
    """Add an arrow, which the style sheet removes because `Choice` paints its own."""
    arrow = QLabel()
    arrow.setPixmap(pixmap(Icon.CHEVRON_DOWN, "text2", 16, combo.devicePixelRatioF()))
    arrow.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row = QHBoxLayout(combo)
    row.setContentsMargins(0, 0, Space.S8, 0)
    row.addStretch(1)
    row.addWidget(arrow)


def standard_folders() -> tuple[Path, ...]:
    """The user's standard folders that exist: documents, home, downloads."""
    return tuple(dict.fromkeys(_standard_folders()))


def _standard_folders() -> Iterator[Path]:
    location = QStandardPaths.StandardLocation
    for kind in (location.DocumentsLocation, location.HomeLocation, location.DownloadLocation):
        folder = Path(QStandardPaths.writableLocation(kind))
        if folder.is_dir():
            yield folder
