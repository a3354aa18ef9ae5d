"""Qt's own file dialog in the look of the window: its fields can be reached through the accessibility tree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QFileInfo, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFileIconProvider,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.ui.theme.icons import Icon, icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space

WIDTH, TALL = 860, 540
TYPE_COLUMN = 2

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
    """Asks for a file; with `saving` for a name for a new one, whose ending it proposes."""

    def __init__(self, parent: QWidget, title: str, kinds: str, folder: Path, *, saving: str = "") -> None:
        super().__init__(parent, title, str(folder), kinds)
        self.setOption(QFileDialog.Option.DontUseNativeDialog)
        # Qt does not keep it, and shows the icon of the folder as it was when the folder was set.
        self._icons = _Icons()
        self.setIconProvider(self._icons)
        self.setDirectory(str(folder.parent))
        self.setDirectory(str(folder))
        if saving:
            self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            self.setDefaultSuffix(Path(saving).suffix.removeprefix("."))
            self.selectFile(saving)
        self.setSidebarUrls([QUrl.fromLocalFile(str(place)) for place in places()])
        self.resize(theme().px(WIDTH), theme().px(TALL))
        self._dress()

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
            header = files.header()
            header.setStretchLastSection(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)


class _Icons(QFileIconProvider):
    """Folders and files as everywhere else in the window."""

    def icon(self, of: QFileInfo | _Kind, /) -> QIcon:
        if isinstance(of, QFileInfo):
            return icon(Icon.FOLDER if of.isDir() else Icon.FILE)
        return icon(Icon.FILE if of is _Kind.File else Icon.FOLDER)


def _add_arrow(combo: QComboBox) -> None:
    """The style sheet takes the arrow away, because our own choices paint theirs."""
    arrow = QLabel()
    arrow.setPixmap(pixmap(Icon.CHEVRON_DOWN, "text2", 16, combo.devicePixelRatioF()))
    arrow.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row = QHBoxLayout(combo)
    row.setContentsMargins(0, 0, Space.S8, 0)
    row.addStretch(1)
    row.addWidget(arrow)


def places() -> tuple[Path, ...]:
    """Where a person keeps files: documents, home, downloads, as far as they are there."""
    return tuple(dict.fromkeys(_places()))


def _places() -> Iterator[Path]:
    location = QStandardPaths.StandardLocation
    for kind in (location.DocumentsLocation, location.HomeLocation, location.DownloadLocation):
        place = Path(QStandardPaths.writableLocation(kind))
        if place.is_dir():
            yield place
