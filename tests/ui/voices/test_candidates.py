"""Candidates of every round are kept: after another round, after a restart, and after an undone deletion."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.ui.studio.compare.compare_model import CompareRole
from app.ui.voices.design_tab import DesignTab
from app.ui.voices.earlier_rounds import EarlierRole
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


def shown(tab: DesignTab) -> list[Take]:
    """The candidates of the round that is shown."""
    model = tab.side.list.compared
    return [model.index(row).data(CompareRole.TAKE) for row in range(model.rowCount())]


def earlier(tab: DesignTab) -> list[tuple[str, int]]:
    """Description and number of candidates of the earlier rounds."""
    model = tab.side.earlier.earlier
    rounds = [model.index(row).data(EarlierRole.ROUND).round for row in range(model.rowCount())]
    return [(one.description, len(one.takes)) for one in rounds]


async def design(tab: DesignTab, description: str, count: int) -> None:
    """Make a round, and wait for all its candidates."""
    tab.description.setPlainText(description)
    tab.preview.setPlainText("The tide comes in.")
    tab.candidates.set_value(count)
    before = tab.side.heading
    tab.design.click()
    await wait_until(lambda: tab.side.heading != before)
    await wait_until(lambda: [take.state for take in shown(tab)] == ["done"] * count)
    await wait_until(lambda: tab.design.text() == "Design voice")


async def test_every_round_is_kept_listed_and_back_after_a_restart(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        # A candidate of a version that knew no rounds.
        voice = VoiceSnapshot("designed", description="A retired cab driver")
        old = Take("old", voice, "Where to?", session="design", origin="design", state="done", created=1.0)
        await context.service.stored._takes.keep(old)
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: tab.side.heading == "Earlier")
        await design(tab, "An old sailor, hoarse", 2)
        assert tab.side.heading == "Round 1"
        await design(tab, "An old sailor, hoarse and slow", 1)
        assert tab.side.heading == "Round 2"
        assert earlier(tab) == [("An old sailor, hoarse", 2), ("A retired cab driver", 1)]
        first = tab.side.earlier.earlier.index(0)
        tab.side.earlier.show_pressed.emit(first.data(RowRole.KEY))
        assert tab.side.heading == "Round 1"
        assert earlier(tab)[0] == ("An old sailor, hoarse and slow", 1)
        tab.side.star_pressed.emit()
        await wait_until(lambda: any(take.stars for take in shown(tab)))
        await wait_until(lambda: not len(context.tasks))
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: tab.side.heading == "Round 2")
        assert earlier(tab) == [("An old sailor, hoarse", 2), ("A retired cab driver", 1)]
        starred, unnumbered = (tab.side.earlier.earlier.index(row).data(EarlierRole.ROUND) for row in range(2))
        assert starred.remark == "Candidate 1 starred"
        assert unnumbered.spoken.startswith("Earlier, A retired cab driver")
        await wait_until(tab.keep.isEnabled)
        tab.side.search.setText("cab")
        assert earlier(tab) == [("A retired cab driver", 1)]
        tab.side.search.setText("")
        # What a round was made from comes back, and with Undo what was typed.
        tab.description.setPlainText("Something else")
        undos = []
        context.notifier.info = lambda _text, undo=None, **_more: undos.append(undo)
        tab.side.earlier.use_pressed.emit(starred.round.key)
        assert tab.description.toPlainText() == "An old sailor, hoarse"
        assert tab.preview.toPlainText() == "The tide comes in."
        undos.pop()()
        assert tab.description.toPlainText() == "Something else"
        # A round is deleted with its candidates, and both come back.
        tab.side.earlier.delete_pressed.emit(starred.round.key)
        await wait_until(lambda: len(earlier(tab)) == 1 and bool(undos))
        undos.pop()()
        await wait_until(lambda: len(earlier(tab)) == 2 and earlier(tab)[0][1] == 2)
        await wait_until(lambda: not len(context.tasks))


async def test_a_deleted_candidate_comes_back_and_the_polished_text_can_be_used(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: not len(context.tasks))
        assert not tab.side.foot.delete.isEnabled()
        await design(tab, "An old sailor", 2)
        before = [take.id for take in shown(tab)]
        undos = []
        context.notifier.info = lambda _text, undo=None, **_more: undos.append(undo)
        tab.side.foot.delete.click()
        await wait_until(lambda: len(shown(tab)) == 1 and bool(undos))
        undos[0]()
        await wait_until(lambda: [take.id for take in shown(tab)] == before)
        take = replace(shown(tab)[0], spoken="<b>The tide</b> comes in, slowly.")
        context.service.on_take.emit(take)
        tab.side.list.row_selected.emit(take.id)
        assert tab.preview.toPlainText() == "The tide comes in.", "what was typed stays"
        panel = tab.preview_panel
        assert panel.final_text.toPlainText() == take.spoken
        assert len(panel.final_text.extraSelections()) >= 2, "what the service changed is marked"
        panel.use_final.click()
        assert tab.preview.toPlainText() == take.spoken and not panel.use_final.isEnabled()
        tab.preview.undo()
        assert tab.preview.toPlainText() == "The tide comes in."
        await wait_until(lambda: not len(context.tasks))
