"""Candidates of every round are kept: after another round, after a restart, and after an undone deletion."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.voices.design_tab import DesignTab
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from app.ui.widgets.row_model import RowRole
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.voices.test_voices import NoMicrophone
from tests.waiting import wait_until


def _view(qtbot: QtBot) -> VoicesView:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    return view


async def _design(tab: DesignTab, description: str, count: int, total: int) -> None:
    tab.description.setPlainText(description)
    tab.preview.setPlainText("The tide comes in.")
    tab.candidates.set_value(count)
    tab.design.click()
    await wait_until(lambda: [take.state for take in tab.take_model.takes()] == ["done"] * total)
    await wait_until(lambda: tab.design.text() == "Design voice")


async def test_candidates_of_every_round_are_kept_and_grouped(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: not len(context.tasks))
        await _design(tab, "An old sailor", 2, 2)
        await _design(tab, "A young teacher", 1, 3)
        await _design(tab, "An old sailor", 1, 4)
        shown = [(take.voice.description, take.number) for take in tab.take_model.takes()]
        assert [description for description, _ in shown] == ["An old sailor"] * 3 + ["A young teacher"]
        assert sorted(number for description, number in shown if description == "An old sailor") == [1, 2, 3]
        await wait_until(lambda: not len(context.tasks))
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: len(tab.take_model.takes()) == 4)
        assert [(take.voice.description, take.number) for take in tab.take_model.takes()] == shown
        assert tab.keep.isEnabled(), "a candidate of an earlier run can be kept"
        await wait_until(lambda: not len(context.tasks))


async def test_a_deleted_candidate_comes_back_with_undo(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: not len(context.tasks))
        assert not tab.delete.isEnabled()
        await _design(tab, "An old sailor", 2, 2)
        before = tab.take_model.takes()
        undos = []
        context.notifier.info = lambda _text, undo=None, **_more: undos.append(undo)
        tab.delete.click()
        await wait_until(lambda: len(tab.take_model.takes()) == 1 and bool(undos))
        undos[0]()
        await wait_until(lambda: [take.id for take in tab.take_model.takes()] == [take.id for take in before])
        await wait_until(lambda: not len(context.tasks))


async def test_the_polished_text_is_shown_and_can_be_used(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: not len(context.tasks))
        await _design(tab, "An old sailor", 1, 1)
        take = replace(tab.take_model.takes()[0], spoken="<b>The tide</b> comes in, slowly.")
        context.service.on_take.emit(take)
        assert tab.preview.toPlainText() == "The tide comes in.", "what was typed stays"
        assert take.spoken in tab.polished.text()
        assert "&lt;b&gt;" in tab.take_model.index(0).data(Qt.ItemDataRole.ToolTipRole)
        assert "An old sailor" in tab.take_model.index(0).data(RowRole.SUBTITLE)
        tab.polished.action.click()
        assert tab.preview.toPlainText() == take.spoken and tab.polished.text() == ""
        tab.preview.undo()
        assert tab.preview.toPlainText() == "The tide comes in."
        await wait_until(lambda: not len(context.tasks))
