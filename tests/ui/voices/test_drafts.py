"""What is typed in the Design and Clone tabs comes back after a restart."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.voices.test_voices import NoMicrophone
from tests.waiting import wait_until


def _view(qtbot: QtBot) -> VoicesView:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    return view


async def test_what_was_typed_comes_back(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        await wait_until(lambda: not len(context.tasks))
        example = view.clone.test.toPlainText()
        view.design.description.setPlainText("An old sailor,\n  hoarse")
        view.design.preview.setPlainText("The ferry leaves at nine.")
        view.design.polish.setChecked(True)
        view.design.sketch.setPlainText("He mends shoes.")
        view.design.name.setText("Grandpa Zhou")
        view.design.candidates.set_value(2)
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        await wait_until(lambda: not len(context.tasks))
        tab = view.design
        assert tab.description.toPlainText() == "An old sailor,\n  hoarse"
        assert (tab.preview.toPlainText(), tab.polish.isChecked()) == ("The ferry leaves at nine.", True)
        assert tab.candidates.value() == 2
        assert (tab.sketch.toPlainText(), tab.name.text()) == ("He mends shoes.", "Grandpa Zhou")
        assert view.clone.test.toPlainText() == example, "nothing was typed there"
        view.clone.test.setPlainText("No, I had soup.")
        view.clone.trial.add_text().setPlainText("And bread.")
        view.clone.trial.direction.setPlainText("tired")
        view.clone.name.setText("Keeper")
        tab.description.setPlainText("")
    async with speech_context(demo_service, tmp_path) as context:
        view = _view(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        view.design.preview.setPlainText("Typed at once")
        await wait_until(lambda: not len(context.tasks))
        assert view.clone.trial.texts() == ("No, I had soup.", "And bread.")
        assert (view.clone.trial.direction.toPlainText(), view.clone.name.text()) == ("tired", "Keeper")
        assert view.design.description.toPlainText() == "", "what was cleared stays so"
        assert view.design.preview.toPlainText() == "Typed at once"
        assert view.design.candidates.value() == 2
