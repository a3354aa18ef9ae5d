"""What is done with several takes at once, and where takes go: starred, deleted, stopped, copied, dragged out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.composition.audio_adapter import audio
from app.core.errors import Code, StorageError
from app.core.messages import new_id
from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.takes_panel import TakesPanel
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


class Studio(NamedTuple):
    view: StudioView
    panel: TakesPanel
    presenter: StudioPresenter
    context: Any
    said: list[Notification]

    async def settle(self) -> None:
        await wait_until(lambda: not len(self.context.tasks))


@contextlib.asynccontextmanager
async def studio(qtbot: QtBot, demo_service: DemoService, folder: Path, takes: int = 4) -> AsyncIterator[Studio]:
    """The studio with stored takes 1 to `takes` of half a second in its open session, the newest selected."""
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1360, 860)
    view.show()
    async with speech_context(demo_service, folder, player=FakePlayer()) as context:
        presenter = StudioPresenter(view, context)
        said: list[Notification] = []
        context.notifier.listen(said.append)
        await wait_until(lambda: not len(context.tasks))
        view.text.set_plain_text("The ferry leaves at nine.")
        await context.sessions.flush()
        session = context.sessions.current.id
        sound = audio()
        for number in range(1, takes + 1):
            samples = 0.1 * number * _tone()
            digest = context.blobs.put(sound.wav_bytes(sound.make_sound(samples, 24_000)))
            take = Take(
                new_id(), VoiceSnapshot("builtin", "Mia", "Mia"), "The ferry leaves at nine.", session=session,
                number=number, created=float(number), state="done", audio=digest, frames=12_000, loudness=-20.0,
                peaks=b"\x80\x7f", model="mimo-v2.5-tts", first_sound=0.3, last_byte=1.0,
            )  # fmt: skip
            await context.service._takes.keep(take)
        context.sessions.reserve_take_numbers(session, takes)
        stored = await context.service.of_session(session)
        view.takes_panel.model.set_takes(stored)
        view.takes_panel.list.go_to(stored[0].id)
        yield Studio(view, view.takes_panel, presenter, context, said)
        await wait_until(lambda: not len(context.tasks))
        await presenter.aclose()


def _tone() -> Any:
    import numpy as np

    return np.sin(np.arange(12_000, dtype=np.float32) / 24)[:, None].astype(np.float32)


def numbers(panel: TakesPanel) -> list[int]:
    return [take.number for take in panel.model.takes()]


async def test_what_acts_on_one_take_says_which(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with studio(qtbot, demo_service, tmp_path) as at:
        panel = at.panel
        assert not panel.several.isVisible()
        panel.list.setFocus()
        qtbot.keyClick(panel.list, KEY.Key_Down, SHIFT)
        qtbot.keyClick(panel.list, KEY.Key_Down, SHIFT)
        assert [take.number for take in panel.selected_takes()] == [4, 3, 2]
        assert panel.several.isVisible()
        assert panel.several.text().startswith("3 takes are selected.") and "take 2 alone" in panel.several.text()
        assert panel.player.shown_id == panel.list.selected_key()
        panel.redo.click()
        await wait_until(lambda: panel.model.takes()[0].number == 5 and panel.model.takes()[0].state == "done")
        lead = next(take for take in panel.model.takes() if take.number == 2)
        assert panel.model.takes()[0].parent == lead.id
        assert panel.list.selected_keys() == [panel.model.takes()[0].id] and not panel.several.isVisible()
        await at.settle()


async def test_s_stars_all_selected_takes(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=3) as at:
        panel = at.panel
        panel.list.setFocus()
        qtbot.keyClick(panel.list, KEY.Key_S)
        await wait_until(lambda: [take.stars for take in panel.model.takes()] == [1, 0, 0])
        qtbot.keyClick(panel.list, KEY.Key_A, CTRL)
        assert not panel.star.isChecked(), "not all of them have one"
        qtbot.keyClick(panel.list, KEY.Key_S)
        await wait_until(lambda: [take.stars for take in panel.model.takes()] == [1, 1, 1])
        assert panel.star.isChecked()
        qtbot.keyClick(panel.list, KEY.Key_S)
        await wait_until(lambda: [take.stars for take in panel.model.takes()] == [0, 0, 0])


async def test_deleting_several_takes_is_undone_at_once(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path) as at:
        panel = at.panel
        first = panel.model.takes()[1]
        await at.context.service.annotate(first.id, note="the warm one", stars=1)
        panel.list.setFocus()
        panel.list.go_to(first.id)
        panel.note.setText("the warmest one")
        qtbot.keyClick(panel.list, KEY.Key_Down, SHIFT)
        assert [take.number for take in panel.selected_takes()] == [3, 2]
        before = len(at.said)
        qtbot.keyClick(panel.list, KEY.Key_Delete)
        await wait_until(lambda: numbers(panel) == [4, 1] and len(at.said) > before)
        assert at.said[-1].text == "2 takes were deleted." and at.said[-1].undo is not None
        assert panel.list.selected_keys() == [panel.model.takes()[1].id], "what has taken their place"
        at.said[-1].undo()
        await wait_until(lambda: numbers(panel) == [4, 3, 2, 1])
        await at.settle()
        restored = panel.model.take(first.id)
        assert restored is not None and (restored.note, restored.stars) == ("the warmest one", 1)
        assert [take.number for take in panel.selected_takes()] == [3, 2]
        stored = await at.context.service.of_session(first.session)
        assert [(take.number, take.stars) for take in stored] == [(4, 0), (3, 1), (2, 0), (1, 0)]


async def test_what_is_pressed_right_after_delete_is_not_for_the_deleted_take(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=2) as at:
        panel = at.panel
        panel.note.setText("typed a moment before")
        before = len(at.said)
        panel.delete.click()
        panel.star.click()
        panel.delete.click()
        await at.settle()
        assert numbers(panel) == [1]
        assert [message.text for message in at.said[before:]] == ["The take was deleted."]
        assert panel.star.isChecked() == bool(panel.model.takes()[0].stars)
        undo = at.said[-1].undo
        assert undo is not None
        undo()
        await wait_until(lambda: numbers(panel) == [2, 1])
        await at.settle()
        assert panel.model.takes()[0].note == "typed a moment before"
        # A star that was on its way when the take went.
        panel.delete.click()
        at.context.tasks.spawn(at.presenter._actions._annotate(panel.model.takes()[0].id, stars=1), "star")
        await at.settle()
        assert numbers(panel) == [1] and at.said[-1].text == "The take was deleted."


async def test_a_note_that_cannot_be_saved_is_offered_again(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=2) as at:
        panel, take = at.panel, at.panel.model.takes()[0]

        async def full(*_args: object) -> Take:
            raise StorageError(Code.DISK_FULL, path="/x")

        with monkeypatch.context() as patch:
            patch.setattr(at.context.service._takes, "update", full)
            panel.note.setText("the warm one")
            panel.list.go_to(panel.model.takes()[1].id)
            await at.settle()
        retry = at.said[-1].retry
        assert retry is not None and panel.note.text() == ""
        retry()
        await at.settle()
        stored = await at.context.service.of_session(take.session)
        assert [other.note for other in stored] == ["the warm one", ""]


async def test_a_session_that_is_opened_while_a_take_is_deleted_keeps_its_selection(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with studio(qtbot, demo_service, tmp_path) as at:
        panel, first = at.panel, at.context.sessions.current.id
        at.context.sessions.begin("Another text.")
        second = at.context.sessions.current.id
        for number in (1, 2, 3):
            take = msgspec.structs.replace(panel.model.takes()[0], id=new_id(), session=second, number=number)
            await at.context.service._takes.keep(msgspec.structs.replace(take, created=float(number)))
        at.context.sessions.open(first)
        await at.settle()
        assert numbers(panel) == [4, 3, 2, 1]
        delete, may_go = at.context.service.delete, asyncio.Event()

        async def slowly(take_ids: list[str]) -> None:
            await may_go.wait()
            await delete(take_ids)

        monkeypatch.setattr(at.context.service, "delete", slowly)
        panel.list.go_to(panel.model.takes()[3].id)
        panel.delete.click()
        await asyncio.sleep(0)
        at.context.sessions.open(second)
        await wait_until(lambda: numbers(panel) == [3, 2, 1])
        shown = panel.list.selected_key()
        may_go.set()
        await at.settle()
        assert panel.list.selected_key() == shown and panel.lead() == panel.model.takes()[0]
        assert [take.number for take in await at.context.service.of_session(first)] == [4, 3, 2]


async def test_a_copied_take_is_a_file_and_a_sentence(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with studio(qtbot, demo_service, tmp_path) as at:
        panel = at.panel
        panel.list.setFocus()
        qtbot.keyClick(panel.list, KEY.Key_Down, SHIFT)
        before = len(at.said)
        qtbot.keyClick(panel.list, KEY.Key_C, CTRL)
        await wait_until(lambda: len(at.said) > before)
        mime = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in mime.urls()]
        assert [file.name for file in files] == [
            "Mia 04 The ferry leaves at nine.wav", "Mia 03 The ferry leaves at nine.wav",
        ]  # fmt: skip
        assert mime.text().splitlines()[0] == "Take 4 · Mia: The ferry leaves at nine."
        sounds = [audio().read_sound(file.read_bytes()) for file in files]
        assert [round(float(abs(sound.samples).max()), 1) for sound in sounds] == [0.4, 0.3]
        home = tmp_path / "home"
        assert all(file.is_relative_to(home / ".workbench-temporary") for file in files), "cleared at the next start"
        QGuiApplication.clipboard().clear()


async def test_a_blind_file_does_not_tell_which_take_it_is(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=2) as at:
        at.presenter.sharing.is_blind = lambda: True
        mime = await at.presenter.sharing.mime_of(at.panel.model.takes())
        files = [Path(url.toLocalFile()) for url in mime.urls()]
        assert [file.stem for file in files] == ["Blind 1", "Blind 2"] and mime.text() == "Blind 1\nBlind 2"
        for file in files:
            content = file.read_bytes()
            assert b"Mia" not in content and b"ferry" not in content


async def test_a_take_is_dragged_out_as_a_file(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with studio(qtbot, demo_service, tmp_path) as at:
        dragged: list[QMimeData] = []
        monkeypatch.setattr(at.presenter.sharing, "_begin_drag", dragged.append)
        viewport = at.panel.list.viewport()
        spot = at.panel.list.visualRect(at.panel.model.index(1)).center()
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=spot)
        for step in range(1, 6):
            qtbot.mouseMove(viewport, spot.__class__(spot.x() - 12 * step, spot.y()))
        await wait_until(lambda: bool(dragged))
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=spot)
        (file,) = (Path(url.toLocalFile()) for url in dragged[0].urls())
        assert file.name.startswith("Mia 03 ") and file.is_file(), "the take below the pointer"


async def test_the_origin_leads_to_the_take_it_names(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=2) as at:
        panel = at.panel
        parent = panel.model.takes()[1]
        panel.list.go_to(parent.id)
        assert not panel.lineage.isVisible()
        panel.reuse.click()
        at.view.speak.click()
        await wait_until(lambda: panel.model.takes()[0].number == 3 and panel.model.takes()[0].state == "done")
        assert (panel.model.takes()[0].parent, panel.model.takes()[0].relation) == (parent.id, "reuse")
        assert panel.lineage.isVisible() and panel.lineage.accessibleName() == "From take 1, reuse"
        panel.filter.query.setText("nowhere")
        assert panel.list.selected_keys() == [] and not panel.lineage.isVisible()
        panel.show_all.click()
        assert panel.list.selected_keys() == [panel.model.takes()[0].id], "what was selected before"
        panel.filter.shown.set_key("starred")
        await at.context.service.annotate(panel.model.takes()[0].id, stars=1)
        panel.filter.shown.chosen.emit("starred")
        assert [take.number for take in panel.model.listed()] == [3]
        panel.lineage.click()
        assert panel.list.selected_keys() == [parent.id], "a filter that hides it is taken away"
        at.view.speak.click()
        await wait_until(lambda: panel.model.takes()[0].number == 4 and panel.model.takes()[0].state == "done")
        assert panel.model.takes()[0].parent is None, "the settings were reused once"
        await at.settle()


async def test_the_second_take_is_heard_in_two_keys_and_a_flip_takes_one(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path) as at:
        panel, playback = at.panel, at.context.playback
        newest, second = panel.model.takes()[:2]
        panel.list.setFocus()
        panel.list.go_to(newest.id)
        qtbot.keyClick(panel.list, KEY.Key_Space)
        await wait_until(lambda: playback.playing and playback.key == newest.id)
        playback.pause()
        qtbot.keyClick(panel.list, KEY.Key_Down)
        qtbot.keyClick(panel.list, KEY.Key_Space)
        await wait_until(lambda: playback.playing and playback.key == second.id)
        qtbot.keyClick(panel.list, KEY.Key_Space, SHIFT)
        await wait_until(lambda: playback.playing and playback.key == newest.id)
        assert panel.list.selected_keys() == [newest.id]


async def test_collecting_takes_does_not_change_what_plays(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path) as at:
        panel, playback = at.panel, at.context.playback
        newest = panel.model.takes()[0]
        panel.list.setFocus()
        qtbot.keyClick(panel.list, KEY.Key_Space)
        await wait_until(lambda: playback.playing and playback.key == newest.id)
        qtbot.keyClick(panel.list, KEY.Key_Down, SHIFT)
        await at.settle()
        assert playback.key == newest.id and len(panel.selected_takes()) == 2
        qtbot.keyClick(panel.list, KEY.Key_Down)
        await wait_until(lambda: playback.key == panel.list.selected_key() != newest.id)


async def test_a_take_being_made_shows_how_far_it_is_and_can_be_stopped_alone(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=1) as at:
        panel = at.panel
        demo_service.arm("stall=20")
        at.view.speak.click()
        await wait_until(lambda: panel.model.takes()[0].number == 2)
        made = panel.model.takes()[0].id
        await wait_until(lambda: "sent" in panel.model.shown(0).progress)
        await wait_until(lambda: panel.stop.isVisible())
        assert not panel.delete.isVisible(), "the row would wrap, and the list move, for as long as a take is made"
        assert not panel.delete.isEnabled()
        panel.stop.click()
        await wait_until(lambda: (take := panel.model.take(made)) is not None and take.state == "cut")
        assert not panel.stop.isVisible() and panel.model.shown(0).progress == ""
        await at.settle()


async def test_a_session_of_a_thousand_takes_is_listed_whole(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with studio(qtbot, demo_service, tmp_path, takes=1) as at:
        session = at.context.sessions.current.id
        (one,) = at.panel.model.takes()
        many = [
            msgspec.structs.replace(one, id=new_id(), number=number, created=float(number)) for number in range(2, 1001)
        ]
        store = at.context.service._takes
        await store._access.write(store.keeping(many))
        takes = await at.context.service.of_session(session)
        assert [take.number for take in takes] == list(range(1000, 0, -1))
