"""The tabs stay consistent with running tasks when the sample, the language or the presentation mode changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import PresentationMask
from app.core.resources import resource_path
from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Voice
from app.services.speech.library_entries import saved_entry
from app.ui.language import Language
from app.ui.studio.take_model import TakeModel
from app.ui.voices.library_model import VoiceModel, VoiceRole
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowRole
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.ui.voices.sample_parts import opened
from tests.ui.voices.test_voices import Microphone, NoMicrophone
from tests.waiting import wait_until

LIGHTHOUSE = resource_path("samples", "lighthouse.wav")


@pytest.fixture
def view(qtbot: QtBot) -> VoicesView:
    made = VoicesView(Settings())
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    return made


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    made = Language(qapp)
    yield made
    made.use("en")
    QApplication.processEvents()


def test_design_stays_design_in_another_language(view: VoicesView, language: Language) -> None:
    language.use("zh_CN")
    QApplication.processEvents()
    assert view.design.design.text() == "设计音色"
    view.design.show_running(True)
    language.use("en")
    QApplication.processEvents()
    assert view.design.design.text() == "Stop"


def test_notices_are_cleared_when_the_language_changes(view: VoicesView, language: Language) -> None:
    tabs = (view.design, view.clone, view.library)
    for tab in tabs:
        tab.notice.say("bad", "Something is missing.")
    language.use("zh_CN")
    QApplication.processEvents()
    assert [tab.notice.text() for tab in tabs] == ["", "", ""]


async def test_opening_another_sample_stops_the_trial_take(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    second = tmp_path / "another.wav"
    second.write_bytes(LIGHTHOUSE.read_bytes())
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        busy: list[bool] = []
        view.busy.connect(busy.append)
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: opened(tab, "lighthouse"))
        tab.agreed.setChecked(True)
        demo_service.reset()
        demo_service.arm("stall=600")
        tab.speak.click()
        await wait_until(lambda: demo_service.state()["running"] == 1)
        assert tab.speak.text() == "Stop" and busy[-1]
        tab.file_chosen.emit(second)
        await wait_until(lambda: opened(tab, "another") and not len(context.tasks))
        await wait_until(lambda: demo_service.state()["running"] == 0)
        assert tab.speak.text() == "Speak with this voice" and not tab.clone.isEnabled() and not busy[-1]
        assert context.playback.key == ""


async def test_the_view_is_busy_while_any_tab_is(view: VoicesView, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        presenter = VoicesPresenter(view, context, NoMicrophone())
        busy: list[bool] = []
        view.busy.connect(busy.append)
        presenter._cloning._trial._show_busy(True)
        presenter._designing._show_busy(True)
        presenter._designing._show_busy(False)
        assert busy[-1]
        presenter._cloning._trial._show_busy(False)
        assert not busy[-1]
        await wait_until(lambda: not len(context.tasks))


async def test_changing_the_language_while_recording_shows_no_old_checks(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, Microphone(LIGHTHOUSE))
        tab = view.clone
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        tab.record.click()
        await wait_until(lambda: tab.record.accessibleName() == "Stop recording")
        view.retranslate()
        assert tab.check_model.rowCount() == 0 and tab.trimmed_label.text() == ""
        tab.record.click()
        await wait_until(lambda: tab.check_model.rowCount() == 12 and not len(context.tasks))


async def test_enter_retries_the_same_path(
    view: VoicesView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab, late = view.clone, tmp_path / "late.wav"
        tab.path.setText(str(late))
        qtbot.keyClick(tab.path, Qt.Key.Key_Return)
        await wait_until(lambda: "late.wav" in tab.bar.error.text())
        late.write_bytes(LIGHTHOUSE.read_bytes())
        tab.bar.debounce.stop()
        qtbot.keyClick(tab.path, Qt.Key.Key_Return)
        await wait_until(lambda: opened(tab, "late.wav"))
        await wait_until(lambda: not len(context.tasks))


def test_presentation_mode_masks_names_in_takes_and_voices(qapp: QApplication) -> None:
    takes, voices = TakeModel(), VoiceModel()
    takes.set_takes((Take("t", VoiceSnapshot("cloned", "v", "Annika"), "This is Annika speaking.", state="done"),))
    voice = Voice("v", "Annika", "designed", description="Annika, as she spoke.", tags=("annika",), note="Annika")
    voices.set_entries((saved_entry(voice),))
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    try:
        shown = [
            model.index(0).data(role)
            for model in (takes, voices)
            for role in (
                Qt.ItemDataRole.DisplayRole,
                Qt.ItemDataRole.AccessibleTextRole,
                Qt.ItemDataRole.ToolTipRole,
                RowRole.SUBTITLE,
            )
        ]
        shown += voices.index(0).data(VoiceRole.TAGS)
    finally:
        presentation_cover().set_mask(None)
    assert all(shown[:3]) and all(shown[4:])
    assert not any("annika" in str(words).lower() for words in shown)


async def test_each_tab_reports_only_its_own_failures(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        demo_service.arm("status=500")
        view.design.side.starters[0].click()
        view.design.preview.setPlainText("The tide comes in.")
        view.design.candidates.set_value(1)
        view.design.design.click()
        await wait_until(lambda: bool(view.design.notice.text()) and not len(context.tasks))
        assert view.clone.notice.text() == ""
        assert view.design.design.text() == "Design voice"
