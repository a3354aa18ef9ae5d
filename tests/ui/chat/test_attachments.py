"""Attachments in the window: attached in every way, refused in a sentence, sent, opened again and left out."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.core.catalogue import catalogue
from app.core.events import ChatEvent, Finished, TextDelta
from app.core.messages import Media
from app.core.observers import Event
from app.core.presentation_mask import COVER, PresentationMask
from app.services.chat.session import ChatSession
from app.ui.chat.attachments.presenter import AttachmentsPresenter
from app.ui.chat.attachments.previews import PREVIEW_SIDE, read_image
from app.ui.chat.attachments.strip import AttachmentStrip
from app.ui.chat.attachments.viewer import ImageViewer, OpenQuestion
from app.ui.texts.models import model_name
from app.ui.widgets.presentation_cover import presentation_cover
from tests.core.test_attachments import SAMPLES
from tests.services.test_attachments import MEDIA, Answer
from tests.ui.chat.attachment_parts import presenter_of
from tests.ui.chat.harness import ChatHarness, chat

SAY: list[ChatEvent] = [TextDelta("A harbour."), Finished("stop")]


def picture(folder: Path, name: str = "quay.png", width: int = 640, height: int = 480) -> Path:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#884422"))
    assert image.save(str(folder / name))
    return folder / name


def strip(it: ChatHarness) -> AttachmentStrip:
    assert it.view.attachments is not None
    return it.view.attachments


def presenter(it: ChatHarness) -> AttachmentsPresenter:
    return presenter_of(it.view)


def session(it: ChatHarness) -> ChatSession:
    assert it.workspace.current is not None
    return it.workspace.current


def buttons(it: ChatHarness) -> list[QAbstractButton]:
    return it.view.findChildren(QAbstractButton)


def attached(it: ChatHarness) -> list[str]:
    return [media.name for media in session(it).conversation.attachments]


def cards(it: ChatHarness) -> list[str]:
    model = strip(it).list.model()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


async def attach(it: ChatHarness, *paths: Path) -> None:
    for path in paths:
        before = len(attached(it))
        it.view.composer.field.insertFromMimeData(files(path))
        await it.until(lambda before=before: len(attached(it)) > before)  # type: ignore[misc]


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def words(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def drop(on: QWidget, data: QMimeData) -> bool:
    """Drag over a widget and drop there; whether it was accepted."""
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), action, data, button, keys)
    QApplication.sendEvent(on, enter)
    event = QDropEvent(QPointF(20, 20), action, data, button, keys)
    QApplication.sendEvent(on, event)
    return enter.isAccepted() and event.isAccepted()


async def said(it: ChatHarness, part: str) -> str:
    await it.until(lambda: any(part in message for message in it.messages))
    return next(message for message in it.messages if part in message)


async def test_every_control_is_in_the_tree_of_the_empty_view(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as it:
        names = [widget.accessibleName() for widget in it.view.findChildren(QWidget)]
        texts = [button.text() for button in it.view.findChildren(QAbstractButton)]
        for name in ("Attachments", "Attachment address", "Attach", "Attach by address", "Remove attachment"):
            assert names.count(name) == 1, name
        for text in ("Add address", "Check address"):
            assert texts.count(text) == 1, text
        assert isinstance(strip(it).list, QListView) and strip(it).height() < 20 and not strip(it).list.isVisible()


async def test_a_pasted_file_becomes_a_card_that_tells_all(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        await attach(it, picture(tmp_path, "会议室三.png", 1280, 960), MEDIA / "voice.m4a")
        first, second = cards(it)
        assert first.startswith("会议室三.png, 1280 × 960 · ") and first.endswith(" · ≈ 1,200 tokens")
        assert second.startswith("voice.m4a, 0:02.") and "M4A · " in second and second.endswith(" · ≈ 13 tokens")
        assert "≈\u00a01.2K" in strip(it)._cost.text(), "what both cost with each turn"
        assert strip(it).list.isVisible() and strip(it).list.height() > 40
        await it.until(lambda: presenter(it).previews.of(session(it).conversation.attachments[0]) is not None)
        await it.ask("")
        await it.settled()
        (request,) = it.script.requests
        assert [part.name for part in request.messages[0].parts if isinstance(part, Media)] == [
            "会议室三.png", "voice.m4a",
        ]  # fmt: skip
        assert attached(it) == [] and cards(it) == [] and not strip(it).list.isVisible()


async def test_files_dropped_anywhere_on_the_chat_are_attached(qtbot: QtBot, tmp_path: Path) -> None:
    one, two = picture(tmp_path, "one.png"), picture(tmp_path, "two.jpg")
    async with chat(qtbot, tmp_path / "home") as it:
        assert drop(it.view, files(one, two))
        await it.until(lambda: sorted(attached(it)) == ["one.png", "two.jpg"])
        link = QMimeData()
        link.setUrls([QUrl("https://quay.example/boats.png")])
        drop(it.view, link)
        assert strip(it).address.field.text() == "https://quay.example/boats.png", "asked for, not attached at once"
        assert len(attached(it)) == 2
        assert not drop(it.view, words("just words"))


async def test_a_pasted_image_is_attached_and_words_stay_words(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home") as it:
        field = it.view.composer.field
        image = QMimeData()
        image.setImageData(QImage(str(picture(tmp_path))))
        assert field.canInsertFromMimeData(image)
        for number in (1, 2):
            field.insertFromMimeData(image)
            await it.until(lambda number=number: len(attached(it)) == number)  # type: ignore[misc]
        assert attached(it) == ["Pasted image.png", "Pasted image 2.png"]
        table = QMimeData()
        table.setImageData(QImage(str(tmp_path / "quay.png")))
        table.setText("cells of a table")
        field.insertFromMimeData(table)
        field.insertFromMimeData(words(" and https://quay.example/boats.png and /etc/hosts"))
        assert field.toPlainText() == "cells of a table and https://quay.example/boats.png and /etc/hosts"
        assert len(attached(it)) == 2


async def test_a_pasted_path_is_attached_and_can_be_text_after_all(qtbot: QtBot, tmp_path: Path) -> None:
    path = picture(tmp_path, "with blank.png")
    undone: list[Any] = []
    async with chat(qtbot, tmp_path / "home") as it:
        presenter(it)._notifier.posted.connect(lambda notice: undone.append(notice.undo))
        it.view.composer.field.insertFromMimeData(words(f"'{path}'"))
        await said(it, "“with blank.png” was attached.")
        assert it.view.composer.text() == ""
        undone[-1]()
        assert attached(it) == [] and it.view.composer.text() == f"'{path}'"
        it.view.composer.field.insertFromMimeData(words(f"{path}.gone"))
        assert it.view.composer.text().endswith(".gone")


async def test_what_cannot_be_attached_is_said_in_a_sentence_and_the_draft_stays(qtbot: QtBot, tmp_path: Path) -> None:
    large = picture(tmp_path, "large.png")
    with large.open("r+b") as file:
        file.truncate(60_000_000)
    report = tmp_path / "report.png"
    report.write_bytes(b"%PDF-1.7")
    async with chat(qtbot, tmp_path / "home") as it:
        it.view.composer.field.setPlainText("My draft")
        await attach(it, picture(tmp_path))
        it.view.composer.field.insertFromMimeData(files(large, report, tmp_path / "vanished.png", tmp_path))
        text = await said(it, "large.png")
        assert "60.0 MB" in text and "39.3 MB" in text, "the limit and the size"
        assert "PDF" in await said(it, "report.png")
        assert "does not exist" in await said(it, "vanished.png")
        await said(it, "is a folder")
        assert (it.view.composer.text(), attached(it)) == ("My draft", ["quay.png"])


async def test_a_card_is_removed_by_button_key_and_cross_with_undo(qtbot: QtBot, tmp_path: Path) -> None:
    notices: list[Any] = []
    async with chat(qtbot, tmp_path / "home") as it:
        presenter(it)._notifier.posted.connect(notices.append)
        for name in ("a.png", "b.png", "c.png"):
            await attach(it, picture(tmp_path, name))
        rows = strip(it).list
        rows.select_key("1")
        rows.row_selected.emit("1")
        it.button("Remove attachment").click()
        assert attached(it) == ["a.png", "c.png"]
        notices[-1].undo()
        assert attached(it) == ["a.png", "b.png", "c.png"], "back at its place"
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        assert attached(it) == ["a.png", "c.png"]
        index = rows.model().index(0, 0)
        corner = rows.visualRect(index).topRight() + QPoint(-20, 14)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=corner)
        assert attached(it) == ["c.png"]


async def test_what_the_model_does_not_take_is_refused_and_another_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    notices: list[Any] = []
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        presenter(it)._notifier.posted.connect(notices.append)
        presenter(it).refused._models.error = RuntimeError("no list")  # type: ignore[assignment]
        await attach(it, picture(tmp_path))
        session(it).configure(model="mimo-v2.5-pro")
        assert "takes no images" in await said(it, "takes no")
        shown = len(it.messages)
        it.view.composer.field.setPlainText("Look")
        assert len(it.messages) == shown, "not again for each letter"
        it.button("Send").click()
        assert len(it.messages) > shown and not it.script.requests
        assert (it.view.composer.text(), attached(it)) == ("Look", ["quay.png"])
        label, act = notices[-1].offer
        assert label() == f"Use {model_name(catalogue().model('mimo-v2.6-pro'))}"
        act()
        assert session(it).conversation.model == "mimo-v2.6-pro"
        it.button("Send").click()
        await it.settled()
        assert len(it.script.requests) == 1


async def test_earlier_attachments_count_as_well(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home", SAY, SAY) as it:
        presenter(it).refused._models.error = RuntimeError("no list")  # type: ignore[assignment]
        await attach(it, picture(tmp_path))
        await it.ask("Look")
        await it.settled()
        session(it).configure(model="mimo-v2.5-pro")
        await it.ask("And now?")
        await said(it, "which earlier messages have")
        assert len(it.script.requests) == 1 and it.view.composer.text() == "And now?"
        it.button("Leave quay.png out of later turns").click()
        it.button("Send").click()
        await it.settled()
        assert len(it.script.requests) == 2


@pytest.mark.parametrize("leave", ["Enter", "Add address", "Escape", "Close address"])
async def test_the_message_has_the_focus_after_the_row_for_an_address(qtbot: QtBot, tmp_path: Path, leave: str) -> None:
    async with chat(qtbot, tmp_path / "home") as it:
        it.view.activateWindow()
        await it.until(it.view.isActiveWindow)
        row = strip(it).address
        it.button("Attach by address").click()
        row.field.setText("https://quay.example/a.png")
        assert row.field.hasFocus()
        if leave in ("Enter", "Escape"):
            QTest.keyClick(row.field, Qt.Key.Key_Return if leave == "Enter" else Qt.Key.Key_Escape)
        else:
            it.button(leave).setFocus()
            it.button(leave).click()
        assert not row.isVisible() and it.view.composer.field.hasFocus()


async def test_an_address_is_added_unseen_or_checked_when_asked(qtbot: QtBot, tmp_path: Path) -> None:
    asked: list[str] = []
    answer = Answer(200, "text/html", 900, b"<!doctype html>")

    async def web(url: str) -> Answer:
        asked.append(url)
        return answer

    async with chat(qtbot, tmp_path / "home", web=web) as it:
        row = strip(it).address
        it.button("Attach by address").click()
        assert row.isVisible() and it.view.focusWidget() is row.field
        row.field.setText("https://quay.example/boats")
        it.button("Add address").click()
        assert row.kind.isVisible() and "does not tell" in row.notice.text() and attached(it) == []
        it.button("Check address").click()
        await it.until(lambda: "web page" in row.notice.text())
        assert row.field.text() == "https://quay.example/boats" and asked == ["https://quay.example/boats"]
        answer.mime, answer.head = "image/png", b"\x89PNG\r\n\x1a\n"
        it.button("Check address").click()
        await it.until(lambda: row.notice.text() == "It answers with PNG, 900 bytes.")
        it.button("Add address").click()
        (media,) = session(it).conversation.attachments
        assert (media.url, media.mime, media.size) == ("https://quay.example/boats", "image/png", 900)
        assert not row.isVisible() and row.field.text() == "" and len(asked) == 2
        assert "by address" in cards(it)[0] and "tokens unknown" in cards(it)[0]
        row.open_row("http://quay.example/a.png")
        QTest.keyClick(row.field, Qt.Key.Key_Return)
        assert "https" in row.notice.text() and row.field.text() == "http://quay.example/a.png"
        QTest.keyClick(row.field, Qt.Key.Key_Escape)
        assert not row.isVisible()


async def test_a_video_has_settings_that_change_its_estimate(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home") as it:
        await attach(it, MEDIA / "clip.mp4")
        rows, before = strip(it).list, cards(it)[0]
        rows.select_key("0")
        rows.row_selected.emit("0")
        assert strip(it)._fps.isVisible() and strip(it)._fps.value() == 2.0
        strip(it)._fps.setValue(8.0)
        strip(it)._resolution.set_key("max")
        strip(it)._resolution.chosen.emit("max")
        (media,) = session(it).conversation.attachments
        assert (media.fps, media.resolution) == (8.0, "max")
        assert cards(it)[0] != before and strip(it)._fps.value() == 8.0
        await attach(it, picture(tmp_path))
        rows.select_key("1")
        rows.row_selected.emit("1")
        assert not strip(it)._fps.isVisible() and not strip(it)._resolution.isVisible()


async def test_a_video_that_cannot_be_read_here_is_said_and_still_sent(qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(SAMPLES["MP4"] + bytes(400))
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        await attach(it, broken)
        assert "It is sent as it is." in await said(it, "broken.mp4")
        assert cards(it)[0].endswith("tokens unknown") and "unknown" in strip(it)._cost.text()
        await it.ask("Look")
        await it.settled()
        assert any(isinstance(part, Media) for part in it.script.requests[0].messages[0].parts)


async def test_draft_and_sent_attachments_are_there_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    path = picture(tmp_path)
    async with chat(qtbot, home, SAY) as it:
        await attach(it, path, MEDIA / "voice.m4a")
        await it.ask("Look")
        await it.settled()
        await attach(it, picture(tmp_path, "next.png"))
    path.unlink()
    async with chat(qtbot, home, SAY, last=True) as it:
        assert attached(it) == ["next.png"] and cards(it)[0].startswith("next.png, 640 × 480")
        it.button("Open quay.png").click()
        await it.until(lambda: bool(it.view.findChildren(ImageViewer)))
        viewer = it.view.findChildren(ImageViewer)[0]
        assert viewer.windowTitle() == "quay.png" and viewer.isVisible()
        QTest.keyClick(viewer, Qt.Key.Key_Escape)
        assert not viewer.isVisible()
        assert it.button("Play voice.m4a").accessibleDescription().endswith("tokens")


class FakePlayback:
    """A player that notes what it was given."""

    def __init__(self) -> None:
        self.key, self.playing, self.ended = "", False, False
        self.on_change: Event[()] = Event()

    async def play_blob(self, key: str, digest: str) -> None:
        assert digest and digest in key
        self.key, self.playing = key, True
        self.on_change.emit()

    def toggle(self) -> None:
        self.playing = not self.playing
        self.on_change.emit()


async def test_the_context_counter_counts_them_from_the_draft_on(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        context = it.presenter.context
        context.update_now()
        before = context._use.tokens
        await attach(it, picture(tmp_path, "quay.png", 1024, 1024))
        assert context._measure(session(it), "").tokens == before + 1024
        session(it).configure(
            attachments=(*session(it).conversation.attachments, Media("image/png", "https://quay.example/a.png"))
        )
        assert context._measure(session(it), "").unknown == 1
        await it.ask("")
        await it.settled()
        assert context._measure(session(it), "").tokens > before + 1024, "and again with the next turn"
        session(it).configure(left_out=(f"{session(it).branch[0].id}#0",))
        assert context._measure(session(it), "").tokens < before + 1024


async def test_a_sound_plays_in_the_draft_and_in_the_message(qtbot: QtBot, tmp_path: Path) -> None:
    player = FakePlayback()
    async with chat(qtbot, tmp_path / "home", SAY, playback=player) as it:
        await attach(it, MEDIA / "voice.m4a")
        rows = strip(it).list
        rows.select_key("0")
        rows.row_selected.emit("0")
        it.button("Play attachment").click()
        await it.until(lambda: rows.playing_row == 0)
        QTest.keyClick(rows, Qt.Key.Key_Space)
        await it.until(lambda: rows.playing_row == -1)
        await it.ask("Listen")
        await it.settled()
        it.button("Play voice.m4a").click()
        await it.until(lambda: player.playing)
        it.button("Pause voice.m4a").click()
        await it.until(lambda: not player.playing)
        assert it.button("Play voice.m4a").isVisible()


async def test_an_attachment_whose_file_is_gone_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        await attach(it, picture(tmp_path))
        await it.ask("Look")
        await it.settled()
        part = session(it).branch[0].parts[1]
        assert isinstance(part, Media)
        blob = presenter(it)._drafts._service.path(part)
        assert blob is not None
        blob.write_bytes(b"damaged")
        it.button("Open quay.png").click()
        assert "missing in the home folder" in await said(it, "quay.png")


async def test_what_cannot_be_shown_is_saved_or_opened_after_asking(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.chat.attachments import opening

    opened: list[Path] = []
    target = tmp_path / "copy.mp4"

    async def ask(*_: object) -> Path:
        return target

    monkeypatch.setattr(opening, "ask_to_save", ask)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        await attach(it, MEDIA / "clip.mp4")
        await it.ask("Look")
        await it.settled()
        for name in ("Open with the system", "Save as…"):
            it.button("Open clip.mp4").click()
            await it.until(lambda: any(dialog.isVisible() for dialog in it.view.findChildren(OpenQuestion)))
            dialog = next(dialog for dialog in it.view.findChildren(OpenQuestion) if dialog.isVisible())
            assert not target.exists() and len(opened) == (0 if name.startswith("Open") else 1), "only after asking"
            next(button for button in dialog.findChildren(QAbstractButton) if button.text() == name).click()
            await it.until(lambda name=name: bool(opened) if name.startswith("Open") else target.exists())  # type: ignore[misc]
        assert opened[0].name.endswith("-clip.mp4") and opened[0].read_bytes() == (MEDIA / "clip.mp4").read_bytes()
        await said(it, "copy.mp4 was saved.")


async def test_one_is_left_out_of_later_turns_and_sent_again(qtbot: QtBot, tmp_path: Path) -> None:
    notices: list[Any] = []
    async with chat(qtbot, tmp_path / "home", SAY, SAY) as it:
        presenter(it)._notifier.posted.connect(notices.append)
        await attach(it, picture(tmp_path))
        await it.ask("Look")
        await it.settled()
        it.button("Leave quay.png out of later turns").click()
        assert "left out" in it.button("Open quay.png").accessibleDescription()
        notices[-1].undo()
        assert session(it).conversation.left_out == ()
        it.button("Leave quay.png out of later turns").click()
        await it.ask("And now?")
        await it.settled()
        assert [part for part in it.script.requests[1].messages[0].parts if isinstance(part, Media)] == []
        it.button("Send quay.png again").click()
        assert session(it).conversation.left_out == ()


async def test_an_edited_message_can_lose_an_attachment(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home", SAY, SAY) as it:
        await attach(it, picture(tmp_path, "a.png"), picture(tmp_path, "b.png"))
        await it.ask("Look")
        await it.settled()
        it.button("Edit message").click()
        await it.until(lambda: any(b.isVisible() and b.text() == "Send edited" for b in buttons(it)))
        send = it.button("Send edited")
        assert not send.isEnabled()
        it.button("Remove a.png").click()
        assert send.isEnabled()
        send.click()
        await it.settled()
        assert [part.name for part in session(it).branch[0].parts if isinstance(part, Media)] == ["b.png"]


async def test_nothing_is_sent_while_a_file_is_read(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        gate = asyncio.Event()
        read = presenter(it)._drafts._service.from_file

        async def slow(path: Path) -> Media:
            await gate.wait()
            return await read(path)

        monkeypatch.setattr(presenter(it)._drafts._service, "from_file", slow)
        it.view.composer.field.insertFromMimeData(files(picture(tmp_path)))
        await it.until(strip(it)._progress.isVisible)
        await it.ask("Look")
        await said(it, "still being read")
        assert it.view.composer.text() == "Look" and not it.script.requests
        it.workspace.new()
        gate.set()
        await it.until(lambda: attached(it) == ["quay.png"])
        assert not strip(it)._progress.isVisible()


async def test_names_are_covered_while_presenting(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path / "home", SAY) as it:
        await attach(it, picture(tmp_path, "Annabelle.png"))
        await it.ask("Look")
        await it.settled()
        await attach(it, picture(tmp_path, "Annabelle too.png"))
        try:
            presentation_cover().set_mask(PresentationMask(names=["Annabelle"]))
            assert COVER in cards(it)[0] and "Annabelle" not in cards(it)[0]
            await it.until(
                lambda: any(COVER in button.accessibleName() for button in buttons(it) if button.isVisible())
            )
            shown = [button.accessibleName() + button.toolTip() for button in buttons(it) if button.isVisible()]
            assert not any("Annabelle" in name for name in shown)
        finally:
            presentation_cover().set_mask(None)


def test_the_preview_of_a_strip_is_its_middle(tmp_path: Path) -> None:
    strip_image = QImage(40_000, 200, QImage.Format.Format_Grayscale8)
    strip_image.fill(0)
    strip_image.setPixelColor(20_000, 100, QColor("white"))
    assert strip_image.save(str(tmp_path / "strip.png"))
    shown = read_image(tmp_path / "strip.png", QSize(PREVIEW_SIDE, PREVIEW_SIDE), fill=True)
    assert shown.height() == PREVIEW_SIDE and shown.width() <= 2 * PREVIEW_SIDE
    middle = [shown.pixelColor(shown.width() // 2 + by, 80).lightness() for by in range(-2, 3)]
    assert max(middle) > 0
