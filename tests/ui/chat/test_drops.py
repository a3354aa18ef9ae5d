"""What is dropped with the mouse, as the window delivers it: onto the message, the transcript, in every odd form."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.attachments import MAX_ATTACHMENTS
from tests.ui.chat.harness import ChatHarness, chat
from tests.ui.chat.test_attachments import SAY, attached, files, picture, said, session, strip, words

PAGE_PICTURE = '<meta charset="utf-8"><img src="https://quay.example/boats.png" alt="Boats">'
COPY, LEFT, NO_KEYS = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop_over(part: QWidget, data: QMimeData) -> bool:
    """Drag over a part of the window and drop there; the window finds who takes it. Whether it was accepted."""
    window = part.window()
    point = part.mapTo(window, part.rect().center())
    handle = window.windowHandle()
    assert handle is not None
    for event in (QDragEnterEvent(point, COPY, data, LEFT, NO_KEYS), QDragMoveEvent(point, COPY, data, LEFT, NO_KEYS)):
        QApplication.sendEvent(handle, event)
        if not event.isAccepted():
            QApplication.sendEvent(handle, QEvent(QEvent.Type.DragLeave))
            return False
    event = QDropEvent(QPointF(point), COPY, data, LEFT, NO_KEYS)
    QApplication.sendEvent(handle, event)
    return event.isAccepted()


def places(it: ChatHarness) -> list[QWidget]:
    return [it.view.composer.field.viewport(), it.view._pages, it.view.composer.attach]


def browser_picture(*, content: bytes = b"") -> QMimeData:
    """As a browser offers a picture of a page: its address, as HTML, and with some its content."""
    data = QMimeData()
    data.setUrls([QUrl("https://quay.example/boats.png")])
    data.setText("https://quay.example/boats.png")
    data.setHtml(PAGE_PICTURE)
    if content:
        data.setData("image/png", content)
    return data


async def test_files_are_taken_wherever_they_are_dropped_and_the_draft_stays(qtbot: QtBot, tmp_path: Path) -> None:
    paths = [picture(tmp_path, f"{number}.png") for number in range(3)]
    async with chat(qtbot, tmp_path / "home") as it:
        it.view.composer.field.setPlainText("A draft")
        for place, path in zip(places(it), paths, strict=True):
            before = len(attached(it))
            assert drop_over(place, files(path))
            await it.until(lambda before=before: len(attached(it)) > before)  # type: ignore[misc]
        assert attached(it) == ["0.png", "1.png", "2.png"]
        assert it.view.composer.text() == "A draft"


@pytest.mark.parametrize("kind", ["vanished", "folder"])
async def test_what_can_not_be_attached_is_said_and_the_others_are(qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    good, bad = picture(tmp_path, "good.png"), tmp_path / "bad.png"
    if kind == "folder":
        bad.mkdir()
    async with chat(qtbot, tmp_path / "home") as it:
        it.view.composer.field.setPlainText("A draft")
        assert drop_over(it.view.composer.field.viewport(), files(bad, good))
        await said(it, "bad.png")
        await it.until(lambda: attached(it) == ["good.png"])
        assert it.view.composer.text() == "A draft" and len(it.messages) == 1


async def test_of_thirty_files_the_first_are_attached_in_their_order_and_the_limit_is_said_once(
    qtbot: QtBot, tmp_path: Path
) -> None:
    # The first is the largest, and so the last to be read if all were read at once.
    sizes = [600, *range(8, 37)]
    paths = [picture(tmp_path, f"{number}.png", size, size) for number, size in enumerate(sizes)]
    async with chat(qtbot, tmp_path / "home") as it:
        first = session(it)
        assert drop_over(it.view.composer.field.viewport(), files(*paths))
        await said(it, f"{MAX_ATTACHMENTS}")
        assert [media.name for media in first.conversation.attachments] == [
            f"{number}.png" for number in range(MAX_ATTACHMENTS)
        ]
        assert len(it.messages) == 1


async def test_files_stay_with_the_conversation_they_were_dropped_on(qtbot: QtBot, tmp_path: Path) -> None:
    paths = [picture(tmp_path, f"{number}.png") for number in range(3)]
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        await it.ask("Hi")
        await it.settled()
        first = session(it)
        assert drop_over(it.view._pages, files(*paths))
        it.workspace.new()
        assert session(it) is not first
        await it.until(lambda: len(first.conversation.attachments) == 3)
        assert attached(it) == []


async def test_a_picture_of_a_page_is_attached_and_a_link_stays_text_on_the_message(
    qtbot: QtBot, tmp_path: Path
) -> None:
    content = picture(tmp_path).read_bytes()
    async with chat(qtbot, tmp_path / "home") as it:
        field, address = it.view.composer.field, strip(it).address.field
        for place in (field.viewport(), it.view._pages):
            before = len(attached(it))
            assert drop_over(place, browser_picture(content=content))
            await it.until(lambda before=before: len(attached(it)) > before)  # type: ignore[misc]
            assert drop_over(place, browser_picture())
            assert address.text() == "https://quay.example/boats.png", "asked for, not attached at once"
            address.clear()
        assert field.toPlainText() == ""
        link = QMimeData()
        link.setUrls([QUrl("https://quay.example/boats")])
        link.setText("https://quay.example/boats")
        assert drop_over(field.viewport(), link)
        assert field.toPlainText() == "https://quay.example/boats" and address.text() == ""
        assert drop_over(field.viewport(), words(" and words"))
        assert sorted(field.toPlainText()) == sorted("https://quay.example/boats and words")
        assert not drop_over(it.view._pages, words("just words"))
        assert drop_over(field.viewport(), _image(tmp_path))
        await it.until(lambda: len(attached(it)) == 3)


async def test_nothing_is_dropped_as_a_link_that_is_no_https_address(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home") as it:
        data = QMimeData()
        data.setUrls([QUrl("javascript:alert(1)"), QUrl("http://quay.example/a.png"), QUrl("data:image/png;base64,AA")])
        assert not drop_over(it.view._pages, data)
        assert attached(it) == [] and strip(it).address.field.text() == ""


def _image(folder: Path) -> QMimeData:
    data = QMimeData()
    data.setImageData(QImage(str(picture(folder, "raw.png"))))
    return data
