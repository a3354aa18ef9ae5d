"""Attachments of the message for all columns: attached as in the chat, refused by column, sent to each."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.attachments import MAX_ATTACHMENTS
from app.core.catalogue import catalogue
from app.core.events import ChatEvent, Finished, TextDelta
from app.core.messages import Media
from app.core.presentation_mask import PresentationMask
from app.ui.texts.models import model_name
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.bench.beside_harness import PRO, BesideHarness, beside_page
from tests.ui.chat.test_attachments import drop, files, picture
from tests.ui.window_texts import texts

SAY: list[ChatEvent] = [TextDelta("A harbour."), Finished("stop")]


async def attach(it: BesideHarness, *paths: Path) -> None:
    for path in paths:
        before = len(it.side.desk.desk.media)
        it.foot.message.insertFromMimeData(files(path))
        await it.chat.until(lambda before=before: len(it.side.desk.desk.media) > before)  # type: ignore[misc]


async def test_what_is_pasted_and_dropped_goes_to_every_column(qtbot: QtBot, tmp_path: Path) -> None:
    async with beside_page(qtbot, tmp_path / "home", SAY, SAY) as it:
        await attach(it, picture(tmp_path))
        assert drop(it.page, files(picture(tmp_path, "wall.png", 320)))
        await it.chat.until(lambda: len(it.side.desk.desk.media) == 2)
        await it.chat.until(lambda: [media.name for media in it.foot.attachments.media] == ["quay.png", "wall.png"])
        it.foot.message.setPlainText("What is this?")
        it.button("Run beside").click()
        await it.ended()
        for request in it.chat.script.requests:
            sent = [part.name for part in request.messages[-1].parts if isinstance(part, Media)]
            assert sent == ["quay.png", "wall.png"]
        assert len(it.chat.script.requests) == 2
        assert len(it.side.desk.desk.media) == 2, "the same is run again"
        answer = it.side.answers.runs_here()[0].answers[0]
        assert await it.side.keep(answer)
        assert it.side.desk.desk.media == () and it.side.desk.turns[0].media


async def test_attachments_alone_are_a_message_and_survive_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    async with beside_page(qtbot, tmp_path / "home") as it:
        await attach(it, picture(tmp_path))
    async with beside_page(qtbot, tmp_path / "home", SAY, SAY) as it:
        await it.chat.until(lambda: [media.name for media in it.foot.attachments.media] == ["quay.png"])
        it.button("Run beside").click()
        await it.ended()
        assert len(it.chat.script.requests) == 2
        assert it.side.desk.session is not None and it.side.desk.session.conversation.title == "quay.png"


async def test_a_column_whose_model_takes_none_is_named_and_another_offered(qtbot: QtBot, tmp_path: Path) -> None:
    async with beside_page(qtbot, tmp_path / "home", SAY, SAY) as it:
        it.presenter._columns[1][1]._set("model", "mimo-v2.5-pro")
        await attach(it, picture(tmp_path))
        await it.said("in column 2 takes no images")
        it.foot.message.setPlainText("Look")
        it.button("Run beside").click()
        assert it.side.answers.run is None and not it.chat.script.requests
        notice = await it.said("in column 2 takes no images")
        assert notice.offer is not None
        label, use = notice.offer
        assert label() == f"Use {model_name(catalogue().model(PRO))}"
        use()
        assert [column.model for column in it.side.desk.desk.columns] == [PRO, PRO]
        it.button("Run beside").click()
        await it.ended()
        assert len(it.chat.script.requests) == 2


async def test_what_can_not_be_attached_and_what_is_too_much_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "notes.zip").write_bytes(b"PK\x03\x04 nothing")
    async with beside_page(qtbot, tmp_path / "home") as it:
        it.foot.message.insertFromMimeData(files(tmp_path / "notes.zip"))
        await it.said("notes.zip")
        assert it.side.desk.desk.media == ()
        many = tuple(Media("image/png", f"https://example.org/{n}.png", f"{n}.png") for n in range(MAX_ATTACHMENTS))
        it.side.desk.edit(media=many)
        it.foot.message.insertFromMimeData(files(picture(tmp_path)))
        await it.said(str(MAX_ATTACHMENTS))
        assert len(it.side.desk.desk.media) == MAX_ATTACHMENTS


async def test_a_removed_one_comes_back_with_undo(qtbot: QtBot, tmp_path: Path) -> None:
    async with beside_page(qtbot, tmp_path / "home") as it:
        await attach(it, picture(tmp_path), picture(tmp_path, "wall.png", 320))
        it.foot.attachments.removed.emit(0)
        assert [media.name for media in it.side.desk.desk.media] == ["wall.png"]
        notice = await it.said("was removed")
        assert notice.undo is not None
        await it.side.desk.open_blank()
        notice.undo()
        assert [media.name for media in it.side.desk.desk.media] == ["quay.png", "wall.png"]


async def test_the_question_of_a_conversation_keeps_its_attachments(qtbot: QtBot, tmp_path: Path) -> None:
    async with beside_page(qtbot, tmp_path / "home", SAY, SAY, SAY) as it:
        session = it.chat.workspace.current_or_new()
        media = Media("image/png", "https://example.org/quay.png", "quay.png")
        session.send("What is this?", (media,))
        await session.wait()
        await it.side.desk.open_conversation(session.id)
        assert (it.side.desk.desk.message, it.side.desk.desk.media) == ("What is this?", (media,))
        assert not it.side.desk.has_own_words and it.side.desk.turns == ()
        it.button("Run beside").click()
        await it.ended()
        assert len([each for each in session.tree if each.role == "user"]) == 1, "the same question is asked once"


async def test_names_of_attachments_are_masked_while_presenting(qtbot: QtBot, tmp_path: Path) -> None:
    async with beside_page(qtbot, tmp_path / "home") as it:
        await attach(it, picture(tmp_path, "annika.png"))
        presentation_cover().set_mask(PresentationMask(names=["annika"]))
        try:
            shown = [each for each in texts(it.page) if "annika" in each[1].lower()]
            assert shown == []
        finally:
            presentation_cover().set_mask(None)
