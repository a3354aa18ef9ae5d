"""Directions are saved by part and chosen again; a draft of the chat model changes nothing until it is adopted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.services.speech.direction import Layers
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.waiting import wait_until

TYPED = Layers("", "Grandpa", "At dusk", "Slow.")


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def heard(context: Any) -> list[Notification]:
    said: list[Notification] = []
    context.notifier.listen(said.append)
    return said


def titles(view: StudioView) -> list[str]:
    return [row.title for row in view.direction_panel.saved.model.rows() if not row.badge]


async def test_a_role_is_saved_by_itself_and_chosen_in_another_session(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        panel, said = view.direction_panel, heard(context)
        panel.fill(TYPED)
        panel.save_pressed.emit("role")
        assert panel.name.field.isVisible()
        panel.name.field.setText("Old man")
        qtbot.keyClick(panel.name.field, Qt.Key.Key_Return)
        await wait_until(lambda: any("Old man" in message.text for message in said))
        assert not panel.name.field.isVisible() and panel.everything() == TYPED
        panel.fill(Layers("", "Teacher", "At noon", ""))
        panel.choose_pressed.emit("role")
        saved = panel.saved
        assert saved.list.isVisible() and not view.role.isVisible() and saved.kind.key() == "role"
        assert titles(view) == ["Old man"]
        saved.list.select_key(saved.model.rows()[0].key)
        saved.list.setFocus()
        qtbot.keyClick(saved.list, Qt.Key.Key_Return)
        assert view.role.isVisible() and panel.everything() == Layers("", "Grandpa", "At noon", "")
        assert said[-1].undo is not None, "what was there can be brought back"
        said[-1].undo()
        assert panel.everything() == Layers("", "Teacher", "At noon", "")


async def test_a_name_that_exists_is_replaced_only_when_asked_for(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        await context.directions.save("Old man", TYPED, "role")
        panel, said = view.direction_panel, heard(context)
        panel.fill(Layers("", "Captain", "", ""))
        panel.save_pressed.emit("role")
        panel.name.field.setText("Old man")
        assert "already" in panel.name.hint.text() and panel.name.accept.text() == "Replace it"
        qtbot.keyClick(panel.name.field, Qt.Key.Key_Return)
        assert panel.name.field.isVisible() and panel.name.accept.hasFocus()
        assert [it.role for it in context.directions.listed("role")] == ["Grandpa"]
        panel.name.accept.click()
        await wait_until(lambda: [it.role for it in context.directions.listed("role")] == ["Captain"])
        await wait_until(lambda: bool(said))
        assert said[-1].undo is not None
        said[-1].undo()
        await wait_until(lambda: [it.role for it in context.directions.listed("role")] == ["Grandpa"])
        panel.save_pressed.emit("free")
        assert "nothing to save" in panel.name.hint.text()
        qtbot.keyClick(panel.name.field, Qt.Key.Key_Escape)
        assert not panel.name.field.isVisible()


async def test_saved_directions_are_found_renamed_and_deleted_with_undo(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        panel, said = view.direction_panel, heard(context)
        for name in ("Evening", "Morning"):
            await context.directions.save(name, TYPED, "whole")
        panel.open_saved.click()
        saved = panel.saved
        assert titles(view) == ["Morning", "Evening"]
        assert any(row.badge for row in saved.model.rows()), "examples follow"
        saved.search.setText("even dusk")
        assert titles(view) == ["Evening"]
        saved.list.select_key(saved.model.rows()[0].key)
        saved.rename.click()
        panel.name.field.setText("Morning")
        qtbot.keyClick(panel.name.field, Qt.Key.Key_Return)
        assert panel.name.field.isVisible() and panel.name.accept.text() == "Save"
        panel.name.field.setText("Late evening")
        qtbot.keyClick(panel.name.field, Qt.Key.Key_Return)
        await wait_until(lambda: titles(view) == ["Late evening"])
        qtbot.keyClick(saved.list, Qt.Key.Key_Delete)
        await wait_until(lambda: titles(view) == [] and said[-1].undo is not None and "deleted" in said[-1].text)
        assert saved.no_match.isVisible()
        said[-1].undo()
        await wait_until(lambda: titles(view) == ["Late evening"])
        saved.search.clear()
        example = next(row for row in saved.model.rows() if row.badge)
        saved.list.row_selected.emit(example.key)
        saved.list.select_key(example.key)
        saved.list.row_selected.emit(example.key)
        assert saved.use.isEnabled() and not saved.delete.isEnabled() and not saved.rename.isEnabled()
        qtbot.keyClick(saved.list, Qt.Key.Key_Escape)
        assert panel.page == "fields" and view.room is None


async def test_a_long_name_is_refused_in_a_sentence_and_stays(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        panel = view.direction_panel
        panel.fill(TYPED)
        panel.save_pressed.emit("role")
        panel.name.field.setText("n" * 500)
        qtbot.keyClick(panel.name.field, Qt.Key.Key_Return)
        assert "at most 80 characters" in panel.name.hint.text() and len(panel.name.field.text()) == 500
        assert context.directions.listed() == ()
        panel.name.field.setText("n" * 80)
        qtbot.keyClick(panel.name.field, Qt.Key.Key_Return)
        await wait_until(lambda: titles(view) or len(context.directions.listed()) == 1)
        await wait_until(lambda: not len(context.tasks))


async def test_both_forms_of_a_session_come_back_with_the_one_that_was_shown(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.text.set_plain_text("Good evening.")
        view.direction_panel.fill(TYPED._replace(free="Softly."))
        view.direction_panel.free.click()
        first = context.sessions.current.id
        view.session_panel.new.click()
        await wait_until(lambda: context.sessions.current.id != first and not len(context.tasks))
        assert view.direction_panel.everything() == Layers()
        view.session_panel.list.row_selected.emit(first)
        await wait_until(lambda: context.sessions.current.id == first)
        assert view.direction_panel.is_free
        assert view.layers_given() == Layers("Softly.")
        assert view.direction_panel.everything() == TYPED._replace(free="Softly.")


async def test_a_draft_changes_nothing_until_it_is_adopted(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        panel, draft, said = view.direction_panel, view.direction_panel.draft, heard(context)
        panel.fill(TYPED)
        view.text.set_plain_text("The ferry leaves at nine!")
        assert panel.make_draft.isEnabled() and panel.make_draft.text() == "Draft it for me"
        panel.make_draft.click()
        assert draft.text.isVisible() and not draft.adopt.isEnabled()
        assert panel.make_draft.text() == "Stop drafting"
        await wait_until(lambda: draft.adopt.isEnabled())
        assert draft.text.toPlainText().startswith("Role: ") and panel.everything() == TYPED
        draft.dismiss.click()
        assert panel.page == "fields" and panel.everything() == TYPED
        panel.make_draft.click()
        await wait_until(lambda: draft.adopt.isEnabled())
        draft.adopt.click()
        adopted = panel.everything()
        assert panel.page == "fields" and adopted != TYPED and all(adopted[1:])
        assert said[-1].undo is not None
        said[-1].undo()
        assert panel.everything() == TYPED


async def test_a_draft_that_fails_or_is_stopped_says_so_and_can_be_tried_again(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        panel, draft = view.direction_panel, view.direction_panel.draft
        panel.make_draft.click()
        await wait_until(lambda: not draft.notice.isHidden() and panel.make_draft.text() == "Draft it for me")
        view.text.set_plain_text("The ferry leaves at nine.")
        demo_service.arm("status=500")
        panel.make_draft.click()
        assert draft.notice.isHidden()
        await wait_until(lambda: not draft.notice.isHidden())
        demo_service.arm("drip=0.1")
        panel.make_draft.click()
        await wait_until(lambda: len(draft.text.toPlainText()) > len("Role: "))
        panel.make_draft.click()
        await wait_until(lambda: panel.make_draft.text() == "Draft it for me")
        assert draft.adopt.isEnabled(), "what came may be adopted"
        view.session_panel.new.click()
        await wait_until(lambda: panel.page == "fields")
        await wait_until(lambda: not len(context.tasks))


async def test_a_cut_refused_or_empty_draft_says_so_and_keeps_what_was_typed(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        panel, draft = view.direction_panel, view.direction_panel.draft
        panel.fill(TYPED)
        view.text.set_plain_text("The ferry leaves at nine!")
        for fault, said, may_adopt in (
            ("length", "cut off before its end", True), ("refusal", "content filter stopped", True),
            ("mute", "Nothing was written", False), ("drip=0.01; cut=2500", "", True), ("error=4", "", True),
        ):  # fmt: skip
            demo_service.arm(fault)
            panel.make_draft.click()
            assert draft.notice.isHidden()
            await wait_until(lambda: panel.make_draft.text() == "Draft it for me")
            assert not draft.notice.isHidden() and said in draft.notice.text(), fault
            assert draft.adopt.isEnabled() == may_adopt, fault
            assert panel.everything() == TYPED
        await wait_until(lambda: not len(context.tasks))


async def test_nothing_that_is_undone_comes_into_another_session(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        panel, said = view.direction_panel, heard(context)
        view.text.set_plain_text("First.")
        panel.fill(TYPED)
        await context.directions.save("Other", Layers("", "Teacher", "At noon", "Fast."), "whole")
        panel.choose_pressed.emit("whole")
        panel.saved.list.select_key(panel.saved.model.rows()[0].key)
        panel.saved.use.click()
        undo, first = said[-1].undo, context.sessions.current.id
        assert undo is not None
        view.session_panel.new.click()
        await wait_until(lambda: context.sessions.current.id != first and not len(context.tasks))
        for field in (view.direction, view.guidance, view.role, view.scene, view.text.text):
            field.undo()
            field.redo()
        assert panel.everything() == Layers() and view.text.plain_text() == ""
        view.text.set_plain_text("Second.")
        second = context.sessions.current.id
        undo()
        await wait_until(lambda: not len(context.tasks))
        assert context.sessions.current.id == first and panel.everything() == TYPED
        context.sessions.open(second)
        assert panel.everything() == Layers()
        await wait_until(lambda: not len(context.tasks))


async def test_without_a_chat_model_nothing_is_drafted(
    view: StudioView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        chosen = context.models.chosen
        monkeypatch.setattr(context.models, "chosen", lambda kind: "" if kind == "chat" else chosen(kind))
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        assert not view.direction_panel.make_draft.isEnabled()
        assert "no chat model" in view.direction_panel.make_draft.toolTip()


async def test_a_replaced_voice_is_said_once(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        said = heard(context)
        for _ in range(2):
            demo_service.arm("no-default-voice")
            before = view.takes_panel.model.rowCount()
            view.text.set_plain_text("Good evening.")
            view.speak.click()
            await wait_until(
                lambda before=before: (
                    view.takes_panel.model.rowCount() > before and view.takes_panel.model.takes()[0].state == "done"
                )
            )
        assert [message.text for message in said if "does not know the voice" in message.text] == [
            "The service does not know the voice MiMo-默认. Mia speaks in its place."
        ]
        assert view.takes_panel.model.index(0).data().startswith("Take 2 · Mia")
        await wait_until(lambda: not len(context.tasks))
        # By now the service may know its default voice: the take is spoken again by the voice that was heard.
        view.takes_panel.redo.click()
        await wait_until(
            lambda: view.takes_panel.model.rowCount() == 3 and view.takes_panel.model.takes()[0].state == "done"
        )
        assert demo_service.requests()[-1]["body"]["audio"]["voice"] == "Mia"
        redone = view.takes_panel.model.takes()[0]
        assert (redone.voice.id, redone.asked_voice, redone.relation) == ("Mia", "mimo_default", "redo")
        again = "Mia speaks again, as in the take: the service did not know the voice MiMo-默认."
        assert [message.text for message in said].count(again) == 1
        await wait_until(lambda: not len(context.tasks))
