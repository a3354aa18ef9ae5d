"""File dialogs: the initial folder, the remembered folder, and the appearance."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QFileSystemModel,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.settings import LAST_FOLDER, Settings
from app.ui import files
from app.ui.file_dialog import DATE_COLUMN, TYPE_COLUMN, FileDialog
from app.ui.files import ask_to_open, ask_to_save, initial_folder
from app.ui.language import Language
from app.ui.replace_question import ReplaceQuestion
from app.ui.texts.numbers import short_date, short_time
from app.ui.theme.icons import Icon, icon, pixmap


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    subject = QWidget()
    qtbot.addWidget(subject)
    subject.show()
    return subject


async def dialog() -> FileDialog:
    """Wait for a dialog to open and return it."""
    async with asyncio.timeout(10):
        while True:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, FileDialog) and widget.isVisible():
                    return widget
            await asyncio.sleep(0.01)


async def choose(path: Path) -> None:
    asked = await dialog()
    asked.fileSelected.emit(str(path))
    asked.done(QFileDialog.DialogCode.Accepted)


async def test_a_folder_is_remembered_when_a_file_can_be_saved_there(window: QWidget, tmp_path: Path) -> None:
    settings = Settings()
    saving = asyncio.create_task(ask_to_save(window, "Export", "Markdown (*.md)", "A  trip.md", settings))
    asked = await dialog()
    assert [Path(name).name for name in asked.selectedFiles()] == ["A trip.md"]
    await choose(tmp_path / "A trip.md")
    assert await saving == tmp_path / "A trip.md"
    assert settings.get(LAST_FOLDER) == str(tmp_path)


async def test_a_folder_that_is_not_writable_is_not_remembered(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings()

    def full(dir: Path) -> None:
        raise OSError("no room")

    monkeypatch.setattr(files.tempfile, "TemporaryFile", full)
    saving = asyncio.create_task(ask_to_save(window, "Export", "Markdown (*.md)", "trip.md", settings))
    await choose(tmp_path / "trip.md")
    assert await saving == tmp_path / "trip.md"
    assert settings.get(LAST_FOLDER) == ""


async def test_only_the_folder_of_an_existing_file_is_remembered(window: QWidget, tmp_path: Path) -> None:
    settings = Settings()
    for name, kept in (("gone.json", ""), ("there.json", str(tmp_path))):
        (tmp_path / "there.json").write_text("{}")
        opening = asyncio.create_task(ask_to_open(window, "Import", "JSON (*.json)", settings))
        await choose(tmp_path / name)
        assert await opening == tmp_path / name
        assert settings.get(LAST_FOLDER) == kept


def test_dialogs_start_in_the_last_folder_or_a_standard_folder(tmp_path: Path) -> None:
    settings = Settings()
    assert initial_folder(settings) != Path.cwd()
    assert Path.home() in (initial_folder(settings), *initial_folder(settings).parents)
    settings.set(LAST_FOLDER, str(tmp_path))
    assert initial_folder(settings) == tmp_path
    settings.set(LAST_FOLDER, str(tmp_path / "gone"))
    assert initial_folder(settings) != tmp_path / "gone"


def test_an_inaccessible_last_folder_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, stat = str(tmp_path / "closed"), os.stat

    def guarded(path: Any, **how: Any) -> os.stat_result:
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return stat(path, **how)

    settings = Settings()
    settings.set(LAST_FOLDER, closed)
    monkeypatch.setattr(os, "stat", guarded)
    assert initial_folder(settings) != Path(closed)


def test_the_dialog_has_our_icons_arrows_and_columns(window: QWidget, tmp_path: Path) -> None:
    subject = FileDialog(window, "Export", "Markdown (*.md)", tmp_path, saving="trip.md")
    folder = subject.iconProvider().icon(QFileInfo(str(tmp_path)))
    assert folder.pixmap(16).toImage() == icon(Icon.FOLDER).pixmap(16).toImage()
    back = subject.findChild(QToolButton, "backButton")
    assert isinstance(back, QToolButton)
    assert back.icon().pixmap(16).toImage() == icon(Icon.CHEVRON_LEFT).pixmap(16).toImage()
    for combo in subject.findChildren(QComboBox):
        assert combo.layout() is not None
        assert [label for label in combo.findChildren(QLabel) if not label.pixmap().isNull()]
    tree = subject.findChild(QTreeView, "treeView")
    assert isinstance(tree, QTreeView)
    assert tree.isColumnHidden(TYPE_COLUMN)
    assert tree.header().sectionResizeMode(0) == QHeaderView.ResizeMode.Stretch


async def test_replacing_a_file_is_asked_with_our_icons(window: QWidget, tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("keep me")
    settings = Settings()
    settings.set(LAST_FOLDER, str(tmp_path))
    saving = asyncio.create_task(ask_to_save(window, "Export", "Markdown (*.md)", "new.md", settings))
    asked = await dialog()
    for is_replaced in (False, True):
        field = asked.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(field, QLineEdit)
        field.setText("there.md")
        asked.accept()
        question = next(found for found in asked.findChildren(ReplaceQuestion) if found.isVisible())
        assert "there.md" in question.accessibleDescription()
        assert question.picture.pixmap().toImage() == pixmap(Icon.WARNING, "warn", 24, 1.0).toImage()
        assert not saving.done()
        (question.replace if is_replaced else question.cancel).click()
        await asyncio.sleep(0.05)
    assert await saving == tmp_path / "there.md"
    assert not any(isinstance(widget, QMessageBox) for widget in QApplication.topLevelWidgets())


def test_dates_have_the_month_in_letters(qapp: QApplication) -> None:
    moment = datetime(2026, 3, 4, 20, 5).timestamp()
    language = Language(qapp)
    try:
        language.use("en")
        assert (short_date(moment), short_time(moment)) == ("4 Mar 2026", "4 Mar 2026 20:05")
    finally:
        language.use("en")


def test_the_dates_of_files_are_written_like_others(window: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "there.md"
    path.write_text("x")
    os.utime(path, (1_772_600_000,) * 2)
    subject = FileDialog(window, "Import", "Markdown (*.md)", tmp_path)
    tree = subject.findChild(QTreeView, "treeView")
    assert isinstance(tree, QTreeView)
    model = tree.model()
    assert isinstance(model, QFileSystemModel)
    index = model.index(str(path), DATE_COLUMN)
    option = QStyleOptionViewItem()
    tree.itemDelegateForIndex(index).initStyleOption(option, index)
    assert option.text == short_time(1_772_600_000)
