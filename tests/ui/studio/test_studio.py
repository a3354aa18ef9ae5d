"""The studio works without a sound device: typing, choosing, generating, notifications and undo."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.direction import Layers
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.take_arranging import TakeArranging
from app.ui.studio.take_delegate import TakeDelegate
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from app.ui.widgets.playable import play_area
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.waiting import wait_until


async def test_a_line_becomes_a_take_even_without_a_sound_device(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1360, 860)
    view.show()
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        said: list[Notification] = []
        context.notifier.listen(said.append)
        await wait_until(lambda: not len(context.tasks))
        view.text.set_plain_text("Good evening, everybody. The ferry leaves at nine.")
        view.voices.selectionModel().select(
            view.voices.model().index(5, 0), view.voices.selectionModel().SelectionFlag.Toggle
        )
        view.speak.click()
        assert view.speak.accessibleName() == "Stop"
        await wait_until(
            lambda: view.takes_panel.model.rowCount() == 1 and view.takes_panel.model.takes()[0].state == "done"
        )
        assert view.speak.accessibleName() == "Speak"
        row = view.takes_panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert row.startswith("Take 1 · Mia, ")
        assert row.endswith(", done")
        await wait_until(lambda: any("No output device was found" in message.text for message in said))
        take = view.takes_panel.model.takes()[0]
        view.takes_panel.redo.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 2 and view.speak.accessibleName() == "Speak")
        assert view.takes_panel.model.take(take.id) == take
        view.takes_panel.list.select_key(take.id)
        view.takes_panel.delete.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 1)
        # A take keeps its number, and numbers are not used again.
        assert view.takes_panel.model.index(0).data().startswith("Take 2 · ")
        view.takes_panel.redo.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 2 and view.speak.accessibleName() == "Speak")
        assert view.takes_panel.model.index(0).data().startswith("Take 3 · ")
        view.takes_panel.delete.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 1 and said[-1].undo is not None)
        undo = said[-1].undo
        assert undo is not None
        undo()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 2)
        await wait_until(lambda: not len(context.tasks))


async def test_missing_input_is_reported_beside_the_text(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.speak.click()
        assert "no text to speak" in view.notice.text()
        assert view.takes_panel.model.rowCount() == 0


def test_the_fix_button_fixes_a_finding(qtbot: QtBot) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.text.set_plain_text("Well [sighs] I do not [laughs] know.")
    assert view.text.lint.list.model().rowCount() == 1
    view.text.lint.list.buttons()[0].click()
    assert view.text.plain_text() == "Well [sighs] I do not know."
    assert view.text.lint.list.model().rowCount() == 0


def test_tags_are_inserted_at_the_cursor_and_singing_at_the_front(qtbot: QtBot) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.text.set_plain_text("I know.")
    view.text.search.setText("sighs")
    model = view.text.tags.selectionModel()
    model.select(view.text.tags.model().index(0, 0), model.SelectionFlag.Toggle)
    assert view.text.plain_text() == "I know.[sighs]"
    view.text.sing.setChecked(True)
    assert view.text.plain_text() == "(sing)I know.[sighs]"


def test_every_finding_has_its_own_fix(qtbot: QtBot) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.text.set_plain_text("今天 [laugh] 很好 [叹气][停顿]。")
    findings = [view.text.lint.list.model().index(row, 0).data() for row in range(2)]
    assert "not in the language" in findings[0]
    assert view.text.lint.list.buttons()[0].text() == "Translate it"
    assert view.text.lint.list.buttons()[1].text() == "Keep the first"


def test_the_button_of_a_row_plays_its_take(qtbot: QtBot) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    voice = VoiceSnapshot("builtin", "Mia", "Mia")
    view.takes_panel.model.set_takes(tuple(Take(str(at), voice, created=at, frames=24_000) for at in range(3)))
    view.resize(1360, 860)
    view.show()
    pressed: list[str] = []
    view.takes_panel.list.play_pressed.connect(pressed.append)
    second = view.takes_panel.model.index(1)
    row = view.takes_panel.list.visualRect(second)
    beside = QPoint(row.center().x(), row.top() + 20)
    qtbot.mouseClick(view.takes_panel.list.viewport(), Qt.MouseButton.LeftButton, pos=beside)
    assert pressed == []
    button = play_area(view.takes_panel.list.row_area(second)).center().toPoint()
    qtbot.mouseClick(view.takes_panel.list.viewport(), Qt.MouseButton.LeftButton, pos=button)
    assert pressed == ["1"]
    view.takes_panel.model.set_playing("1")
    assert [view.takes_panel.model.shown(at).is_playing for at in range(3)] == [False, True, False]


def test_one_form_of_the_direction_is_shown_and_sent_and_switching_loses_nothing(qtbot: QtBot) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1440, 900)
    view.show()
    panel = view.direction_panel
    assert view.role.isVisible() and not view.direction.isVisible()
    whole = Layers("Softly.", "Grandpa", "At dusk", "Slow.")
    view.show_layers(whole)
    assert view.layers_given() == Layers("", *whole[1:])
    assert panel.unsent.isVisible() and "free words" in panel.unsent.text()
    panel.free.click()
    assert view.direction.isVisible() and not view.role.isVisible()
    assert (panel.free.isChecked(), panel.layers.isChecked()) == (True, False)
    assert view.layers_given() == Layers("Softly.") and "Role, Scene" in panel.unsent.text()
    panel.free.click()
    assert panel.free.isChecked(), "pressing the lit one changes nothing"
    panel.layers.click()
    assert panel.everything() == whole
    view.show_layers(Layers("Loud."))
    assert view.layers_given() == Layers("Loud.") and not panel.unsent.isVisible()


async def test_a_session_can_be_renamed_deleted_and_restored(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1440, 900)
    view.show()
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        said: list[Notification] = []
        context.notifier.listen(said.append)
        await wait_until(lambda: not len(context.tasks))

        def titles() -> list[str]:
            return [row.title for row in view.session_panel.model.rows()]

        view.text.set_plain_text("The ferry leaves at nine.")
        view.session_panel.new.click()
        await wait_until(lambda: view.text.plain_text() == "")
        view.text.set_plain_text("Second line.")
        view.session_panel.new.click()
        await wait_until(lambda: titles() == ["Second line.", "The ferry leaves at nine."])
        view.session_panel.list.row_selected.emit(view.session_panel.model.rows()[1].key)
        await wait_until(lambda: view.text.plain_text() == "The ferry leaves at nine.")
        view.session_panel.rename.click()
        assert view.session_panel.title_field.isVisible()
        view.session_panel.title_field.setText("  Ferry   announcements ")
        view.session_panel.title_field.returnPressed.emit()
        assert titles()[0] == "Ferry announcements"
        view.text.set_plain_text("The ferry leaves at ten.")
        view.session_panel.list.row_selected.emit(view.session_panel.model.rows()[1].key)
        await wait_until(lambda: view.text.plain_text() == "Second line.")
        assert titles()[0] == "Ferry announcements", "a chosen title stays"
        view.session_panel.list.row_selected.emit(view.session_panel.model.rows()[0].key)
        await wait_until(lambda: view.text.plain_text() == "The ferry leaves at ten.")
        view.session_panel.delete.click()
        await wait_until(lambda: titles() == ["Second line."] and bool(said))
        assert view.text.plain_text() == "Second line."
        undo = said[-1].undo
        assert undo is not None
        undo()
        await wait_until(lambda: titles() == ["Ferry announcements", "Second line."])
        assert view.text.plain_text() == "The ferry leaves at ten."
        await wait_until(lambda: not len(context.tasks))
        kept = await context.sessions._store.listed()
        assert {session.title for session in kept} == {"Ferry announcements", "Second line."}


def test_a_take_that_changes_costs_the_same_however_many_are_listed(qtbot: QtBot) -> None:
    """It changes some twenty times while it arrives; no other row is touched by that."""
    view = StudioView(Settings())
    qtbot.addWidget(view)
    panel = view.takes_panel
    TakeArranging(panel)
    takes = [
        Take(f"{n}", VoiceSnapshot("builtin", "Mia", "Mia"), "Hi", state="done", loudness=-20.0) for n in range(50)
    ]
    panel.model.set_takes(tuple(takes))
    panel.model.set_gains({take.id: -1.0 for take in takes})
    changed: list[int] = []
    panel.model.dataChanged.connect(lambda first, last: changed.append(last.row() - first.row() + 1))
    panel.model.show_take(msgspec.structs.replace(takes[7], frames=24_000))
    panel.model.set_gains({take.id: -1.0 for take in takes if take.id != "9"})
    assert changed == [1, 1]
    panel.filter.shown.set_key("starred")
    panel.filter.shown.chosen.emit("starred")
    assert panel.model.rowCount() == 0
    panel.model.show_take(msgspec.structs.replace(takes[7], stars=1))
    assert panel.model.rowCount() == 1


def test_only_the_row_of_a_take_that_changed_is_painted(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt lays out and paints all rows after any change; with eight takes arriving, the loop paused for 60 ms."""
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1360, 860)
    view.show()
    panel = view.takes_panel
    voice = VoiceSnapshot("builtin", "Mia", "Mia")
    takes = [Take(f"{number}", voice, "Hi", frames=9, created=float(-number)) for number in range(6)]
    panel.model.set_takes(tuple(takes))
    painted: list[int] = []
    paint = TakeDelegate.paint_content

    def counted(self: TakeDelegate, painter: QPainter, row: QRectF, index: QModelIndex, selected: bool) -> None:
        painted.append(index.row())
        paint(self, painter, row, index, selected)

    monkeypatch.setattr(TakeDelegate, "paint_content", counted)
    qtbot.waitExposed(view)
    qtbot.waitUntil(lambda: set(painted) >= {0, 1})
    qtbot.wait(50)
    painted.clear()
    panel.model.show_take(msgspec.structs.replace(takes[1], frames=99))
    qtbot.waitUntil(lambda: bool(painted))
    qtbot.wait(50)
    assert set(painted) == {1}
    height = panel.list.visualRect(panel.model.index(1)).height()
    panel.model.show_take(msgspec.structs.replace(takes[1], state="failed", frames=0))
    qtbot.waitUntil(lambda: panel.list.visualRect(panel.model.index(1)).height() < height)
