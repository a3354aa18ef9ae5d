"""What is typed in the Design and Clone tabs comes back after a restart."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.voices.sample_parts import button_of, opened
from tests.ui.voices.test_clone_path import quiet_stereo, shown
from tests.ui.voices.test_voices import Microphone, NoMicrophone
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


async def test_samples_come_back_with_their_trims_and_fixes(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    spoken, waiting = quiet_stereo(tmp_path / "spoken.wav"), quiet_stereo(tmp_path / "waiting.wav")
    async with speech_context(demo_service, tmp_path / "home") as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        await wait_until(lambda: not len(context.tasks))
        tab = view.clone
        tab.files_dropped.emit([spoken, waiting])
        await wait_until(lambda: opened(tab, "spoken") and not len(context.tasks))
        tab.sample.snap.setChecked(False)
        tab.wave.start.setValue(1_500)
        await wait_until(lambda: tab.undo_fixes.isEnabled() and not len(context.tasks))
        button = button_of(tab, "Fix Channels")
        assert button is not None
        button.click()
        await wait_until(lambda: button_of(tab, "Undo Channels") is not None and not len(context.tasks))
        tab.path.setText(str(tmp_path / "vanished.wav"))
        # The program is killed here: only what was saved meanwhile is there.
        await context.voice_drafts.flush()
    async with speech_context(demo_service, tmp_path / "home") as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        await wait_until(lambda: opened(tab, "spoken") and not len(context.tasks))
        assert [row.title for row in tab.bar.queue_model.rows()] == ["spoken.wav", "waiting.wav"]
        assert tab.wave.start.value() == 1_500
        assert button_of(tab, "Undo Channels") is not None
        assert not tab.agreed.isChecked(), "consent is given for what was heard"
        assert tab.path.text() == str(tmp_path / "vanished.wav"), "what was typed and not opened"


async def test_a_take_and_a_recording_of_an_earlier_run_open_again(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    spoken = quiet_stereo(tmp_path / "spoken.wav")
    async with speech_context(demo_service, tmp_path / "home") as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, Microphone(spoken))
        await wait_until(lambda: not len(context.tasks))
        tab = view.clone
        tab.record.click()
        await wait_until(lambda: tab.record.accessibleName() == "Stop recording")
        tab.record.click()
        await wait_until(lambda: opened(tab, "Recording") and not len(context.tasks))
        model, voice = context.models.chosen("speech"), VoiceSnapshot("builtin", "Mia", "Mia")
        spec = Take("", voice, "The ferry leaves at nine.", model=model, session="design", origin="design")
        take = context.service.generate(spec)
        await context.service.finished(take.id)
        tab.bar.from_take.click()
        await wait_until(lambda: tab.bar.take_model.rowCount() == 1)
        tab.bar.takes.row_selected.emit(take.id)
        await wait_until(lambda: opened(tab, "Mia") and not len(context.tasks))
    async with speech_context(demo_service, tmp_path / "home") as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        await wait_until(lambda: opened(tab, "Mia") and not len(context.tasks))
        assert [row.title for row in tab.bar.queue_model.rows()] == ["Recording", "Mia"]
        assert tab.bar.queue.selected_key() == tab.bar.queue_model.rows()[1].key
