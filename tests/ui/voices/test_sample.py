"""The sample always belongs to the shown path; it can be played and positioned, and silence is refused."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code
from app.core.resources import resource_path
from app.core.settings import Settings
from app.services.speech.sample_checks import Check
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from app.ui.widgets.row_model import Row
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
    made.tabs.setCurrentIndex(1)
    made.resize(1360, 860)
    made.show()
    return made


def saved(path: Path, seconds: float, *, silent: bool = False) -> Path:
    """Save the beginning of the lighthouse sample, or silence of the same length."""
    samples, rate = soundfile.read(LIGHTHOUSE, dtype="float32")
    part = samples[: round(rate * seconds)]
    soundfile.write(path, part * 0 if silent else part, rate)
    return path


async def test_the_path_of_an_existing_file_is_accepted_without_enter(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.path.setText(str(tmp_path / "nowhere.wav"))
        tab.path.setText(str(saved(tmp_path / "typed.wav", 5)))
        await wait_until(lambda: opened(tab, "typed.wav"))
        assert tab.notice.isHidden()
        await wait_until(lambda: not len(context.tasks))


@pytest.mark.parametrize("button", ["play", "speak", "save", "original"])
async def test_the_previous_sample_is_not_used_for_a_new_path(
    view: VoicesView, demo_service: DemoService, tmp_path: Path, button: str
) -> None:
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: opened(tab, "lighthouse"))
        tab.agreed.setChecked(True)
        tab.name.setText("Keeper")
        tab.path.setText(str(tmp_path / "nowhere.wav"))
        getattr(tab, button).click()
        await wait_until(lambda: "nowhere.wav" in tab.bar.error.text())
        await wait_until(lambda: not len(context.tasks))
        assert (context.playback.key, context.library.voices) == ("", ())
        tab.path.setText(str(saved(tmp_path / "typed.wav", 5)))
        getattr(tab, button).click()
        await wait_until(lambda: opened(tab, "typed.wav") and not len(context.tasks))
        assert not tab.agreed.isChecked(), "consent belongs to one sample"


async def test_the_sample_position_is_shown_and_can_be_set(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        assert not tab.play.isEnabled()
        assert tab.play.toolTip() == "Choose or record a sample first."
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        tab.wave.start.setValue(1_000)
        place = QAccessible.queryAccessibleInterface(tab.wave).valueInterface()
        place.setCurrentValue(3_000)
        tab.play.click()
        await wait_until(lambda: player.state.status == "playing")
        rate = player.state.source.rate
        assert player.heard == 2 * rate, "the kept part begins a second later"
        assert tab.play.accessibleName() == "Pause"
        player.heard += rate
        await wait_until(lambda: tab.wave.value() == 4_000)
        assert tab.shown_time.text() == "0:03.0", "of the kept part"
        place.setCurrentValue(2_500)
        assert player.heard == 1.5 * rate
        tab.play.click()
        await wait_until(lambda: player.state.status == "paused")
        assert tab.play.accessibleName() == "Play sample"
        assert tab.wave.value() == 2_500
        tab.file_chosen.emit(saved(tmp_path / "another.wav", 5))
        await wait_until(lambda: opened(tab, "another"))
        assert (tab.wave.value(), player.state.status) == (0, "idle")
        await wait_until(lambda: not len(context.tasks))


async def test_a_silent_sample_is_refused(view: VoicesView, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.file_chosen.emit(saved(tmp_path / "silence.wav", 8, silent=True))
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        tab.agreed.setChecked(True)
        tab.name.setText("Nobody")
        for button in (tab.save, tab.speak):
            tab.notice.clear()
            button.click()
            await wait_until(lambda: "No speech was found in the sample." in tab.notice.text())
        await wait_until(lambda: not len(context.tasks))
        assert context.library.voices == ()


async def test_a_short_sample_is_saved_with_a_warning(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.file_chosen.emit(saved(tmp_path / "short.wav", 1.5))
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        length = tab.check_model.rows()[0]
        assert length.badge_kind == "bad"
        assert length.subtitle.endswith("of speech; 10 s or more sound closer to the speaker.")
        tab.agreed.setChecked(True)
        tab.name.setText("Brief")
        tab.save.click()
        tab.save.click()
        await wait_until(lambda: "of speech, so the voice may not sound like the speaker" in tab.notice.text())
        await wait_until(lambda: not len(context.tasks))
        (voice,) = context.library.voices
        assert voice.name == "Brief"


async def test_recording_hides_the_previous_sample(view: VoicesView, demo_service: DemoService, tmp_path: Path) -> None:
    microphone = Microphone(saved(tmp_path / "spoken.wav", 6))
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, microphone)
        tab = view.clone
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        tab.record.click()
        await wait_until(lambda: tab.elapsed.isVisible() and tab.elapsed.text() > "Recording 0:00.0")
        assert tab.elapsed.kind == "bad"
        assert (tab.wave.maximum(), tab.check_model.rowCount(), tab.trimmed_label.text()) == (0, 0, "")
        assert not tab.play.isEnabled()
        assert tab.save.toolTip() == "Stop recording first."
        (folder,) = context.temporary.iterdir()
        assert folder.name.startswith("sample-"), "a start removes what a killed process leaves there"
        tab.record.click()
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        assert not folder.exists()
        assert not tab.elapsed.isVisible()
        assert opened(tab, "Recording")
        assert tab.path.text() == "", "the file it was recorded into is gone"
        assert tab.play.isEnabled()
        await wait_until(lambda: not len(context.tasks))


async def test_a_recording_that_can_have_no_file_says_so(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context._replace(temporary=tmp_path / "gone"), Microphone(LIGHTHOUSE))
        tab = view.clone
        tab.record.click()
        await wait_until(lambda: "gone" in tab.notice.text())
        assert tab.record.accessibleName() == "Record sample"
        await wait_until(lambda: not len(context.tasks))


async def test_an_empty_recording_keeps_the_previous_sample(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    class Deaf(Microphone):
        async def stop(self) -> Any:
            return None

    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, Deaf(LIGHTHOUSE))
        tab = view.clone
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        whole = tab.wave.maximum()
        tab.record.click()
        await wait_until(lambda: tab.elapsed.isVisible())
        tab.record.click()
        await wait_until(lambda: "audio is empty" in tab.notice.text())
        assert (tab.wave.maximum(), tab.check_model.rowCount()) == (whole, 12)
        await wait_until(lambda: not len(context.tasks))


def test_every_check_has_a_full_row(view: VoicesView) -> None:
    tab = view.clone
    rows = [Row(check, check) for check in Check]
    tab.check_model.set_rows(rows)
    assert tab.checks.height() >= 10 * tab.checks.sizeHintForIndex(tab.check_model.index(0)).height()


async def test_a_path_that_fails_is_said_beside_it_and_the_open_sample_stays(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        good = saved(tmp_path / "good one.wav", 5)
        tab.path.setText(f'"{good}"')
        await wait_until(lambda: opened(tab, "good one"))
        await wait_until(lambda: not len(context.tasks))
        tab.wave.end.setValue(4_000)
        tab.agreed.setChecked(True)
        bad = tmp_path / "notes.wav"
        bad.write_text("no sound")
        tab.path.setText(str(bad))
        await wait_until(lambda: not tab.bar.error.isHidden())
        said = tab.bar.error.text()
        assert "notes.wav" in said and "WAV, FLAC" in said and "“good one.wav” stays open." in said
        assert tab.path.accessibleDescription() == tab.bar.error.spoken() and tab.notice.isHidden()
        assert (tab.wave.maximum(), tab.wave.end.value(), tab.check_model.rowCount()) == (5_000, 4_000, 12)
        assert tab.path.facts.startswith("good one.wav · ") and tab.agreed.isChecked()
        await wait_until(lambda: not len(context.tasks))
        tab.play.click()
        await wait_until(lambda: context.playback.key == "sample")
        tab.path.setText(str(good))
        await wait_until(lambda: tab.bar.error.isHidden() and opened(tab, "good one"))
        assert tab.save.isEnabled() and tab.check_model.rowCount() == 12
        await wait_until(lambda: not len(context.tasks))


async def test_a_muted_microphone_is_noticed_and_the_former_sample_comes_back(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    class Muted(Microphone):
        level = SimpleNamespace(peak=-96.0)

    async with speech_context(demo_service, tmp_path) as context:
        presenter = VoicesPresenter(view, context, Muted(saved(tmp_path / "spoken.wav", 6)))
        tab = view.clone
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        whole = tab.wave.maximum()
        snapshot = presenter._cloning._editor.snapshot()
        key = presenter._cloning._queue.current
        tab.record.click()
        await wait_until(lambda: "picks up nothing" in tab.notice.text())
        tab.record.click()
        await wait_until(lambda: opened(tab, "Recording"))
        await presenter._cloning._opening.restore(snapshot, str(LIGHTHOUSE), key)
        assert (tab.wave.maximum(), tab.path.text()) == (whole, str(LIGHTHOUSE))
        await wait_until(lambda: not len(context.tasks))


async def test_a_lost_microphone_ends_the_recording(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    error = AudioError(Code.MICROPHONE_LOST, device="headset")
    microphone = Microphone(saved(tmp_path / "spoken.wav", 6), error)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, microphone)
        view.clone.record.click()
        await wait_until(lambda: view.clone.elapsed.isVisible())
        microphone.state = SimpleNamespace(error=error)  # type: ignore[attr-defined]
        await wait_until(lambda: not view.clone.elapsed.isVisible() and "headset" in view.clone.notice.text())
        assert opened(view.clone, "Recording")
        await wait_until(lambda: not len(context.tasks))


async def test_a_microphone_lost_before_the_first_sound_is_named(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    class Unplugged(Microphone):
        async def stop(self) -> Any:
            return SimpleNamespace(frames=0, error=self.error)

    error = AudioError(Code.MICROPHONE_LOST, device="headset")
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, Unplugged(LIGHTHOUSE, error))
        tab = view.clone
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        whole = tab.wave.maximum()
        tab.record.click()
        await wait_until(lambda: tab.elapsed.isVisible())
        tab.record.click()
        await wait_until(lambda: "headset" in tab.notice.text())
        assert (tab.wave.maximum(), tab.path.text()) == (whole, str(LIGHTHOUSE))
        await wait_until(lambda: not len(context.tasks))


async def test_undo_in_the_notice_brings_back_the_sample_that_a_recording_replaced(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        undos: list[Any] = []
        context.notifier.info = lambda _text, undo=None, **_more: undos.append(undo)
        VoicesPresenter(view, context, Microphone(saved(tmp_path / "spoken.wav", 6)))
        tab = view.clone
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        whole, rows = tab.wave.maximum(), [row.subtitle for row in tab.check_model.rows()]
        tab.agreed.setChecked(True)
        tab.record.click()
        await wait_until(lambda: tab.elapsed.isVisible())
        tab.record.click()
        await wait_until(lambda: bool(undos) and tab.wave.maximum() == 6_000)
        undos[0]()
        await wait_until(lambda: tab.wave.maximum() == whole)
        assert [row.subtitle for row in tab.check_model.rows()] == rows
        assert (tab.path.text(), tab.agreed.isChecked()) == (str(LIGHTHOUSE), False)
        await wait_until(lambda: not len(context.tasks))


async def test_the_limits_are_stated_and_reading_shows_a_percentage(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        for limit in ("10 to 60 seconds", "10 MB", "WAV", "MP3"):
            assert limit in tab.limits.text()
        shown: list[str] = []
        say = tab.trimmed_label.setText

        def record(text: str) -> None:
            shown.append(text)
            say(text)

        tab.trimmed_label.setText = record  # type: ignore[method-assign]
        tab.file_chosen.emit(LIGHTHOUSE)
        await wait_until(lambda: tab.check_model.rowCount() == 12 and opened(tab, "lighthouse"))
        percents = [int(text.split()[-2]) for text in shown if text.endswith("%")]
        assert percents == sorted(percents) and percents[0] == 0 and len(percents) > 3
        await wait_until(lambda: not len(context.tasks))
