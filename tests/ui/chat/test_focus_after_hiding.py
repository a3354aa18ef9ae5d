"""Where the keyboard focus goes when the control that has it is hidden or disabled; and no stray windows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.messages import Media
from app.core.settings import PARAMETERS_OPEN
from app.ui.chat.composer_parts.variable_fields import MAX_FIELDS
from app.ui.chat.transcript.edit_field import EditField
from tests.ui.chat.harness import ChatHarness, chat

CLOCKS = tuple(Media(url=f"https://x.example/{number}.png", mime="image/png") for number in range(2))


async def _activate(harness: ChatHarness) -> None:
    harness.view.resize(1500, 900)
    harness.view.activateWindow()
    await harness.until(harness.view.isActiveWindow)
    harness.view.open_panel(PARAMETERS_OPEN)


async def test_hiding_the_address_row_gives_the_focus_to_the_message(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        await _activate(harness)
        assert harness.view.attachments is not None
        row, field = harness.view.attachments.address, harness.view.composer.field
        harness.view.composer.attach_address.click()
        QTest.keyClick(row.field, Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is field
        harness.view.composer.attach_address.click()
        row._close.setFocus()
        QTest.keyClick(row._close, Qt.Key.Key_Space)
        assert QApplication.focusWidget() is field
        harness.view.composer.attach_address.click()
        QTest.keyClicks(row.field, "https://x.example/1.png")
        QTest.keyClick(row.field, Qt.Key.Key_Return)
        assert not row.isVisible()
        assert QApplication.focusWidget() is field


async def test_removing_attachments_keeps_the_focus_with_them_or_gives_it_to_the_message(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path) as harness:
        await _activate(harness)
        session, strip = harness.workspace.current or harness.workspace.new(), harness.view.attachments
        assert strip is not None
        session.configure(attachments=CLOCKS)
        strip.list.setFocus()
        strip.list.select_key("1")
        strip._show_selected()
        strip._remove.setFocus()
        QTest.keyClick(strip._remove, Qt.Key.Key_Space)
        assert len(session.conversation.attachments) == 1
        assert QApplication.focusWidget() is strip.list
        strip.list.select_key("0")
        QTest.keyClick(strip.list, Qt.Key.Key_Delete)
        assert session.conversation.attachments == ()
        assert QApplication.focusWidget() is harness.view.composer.field


async def test_resetting_the_page_leaves_the_focus_on_the_page(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        await _activate(harness)
        panel = harness.view.parameters
        assert panel is not None
        panel.stream.click()
        panel.page_header.button.setFocus()
        QTest.keyClick(panel.page_header.button, Qt.Key.Key_Space)
        assert not panel.page_header.button.isEnabled()
        assert QApplication.focusWidget() is panel.system


class _Windows(QObject):
    """Notes the widgets that are shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@contextmanager
def _windows() -> Iterator[_Windows]:
    application, windows = QApplication.instance(), _Windows()
    assert application is not None
    application.installEventFilter(windows)
    try:
        yield windows
    finally:
        application.removeEventFilter(windows)


async def test_the_remark_on_many_variables_is_no_window(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        with _windows() as windows:
            text = " ".join(f"{{{{v{number}}}}}" for number in range(MAX_FIELDS + 1))
            harness.view.composer.field.setPlainText(text)
            assert harness.view.composer.variables._hint.isVisible()
        assert windows.shown == []


def test_the_attachments_of_an_edited_message_are_no_window(qtbot: QtBot) -> None:
    with _windows() as windows:
        editor = EditField("Hi", CLOCKS)
        qtbot.addWidget(editor)
        assert windows.shown == []
        editor.show()
        assert windows.shown == ["EditField"]
    assert editor._media.isVisible()
    editor._media.set_media(())
    assert not editor._media.isVisible()
    editor._media.set_media(CLOCKS)
    assert editor._media.isVisible()
