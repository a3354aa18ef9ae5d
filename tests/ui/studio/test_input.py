"""Input is saved however it is entered, and unknown entries are refused beside their choice."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.texts.speech import file_name
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    return made


async def spoken(view: StudioView, words: str) -> Take:
    view.text.set_plain_text(words)
    view.speak.click()
    await wait_until(
        lambda: view.speak.accessibleName() == "Speak" and view.takes_panel.model.takes()[0].state != "speaking"
    )
    return view.takes_panel.model.takes()[0]


async def test_a_note_set_without_enter_is_saved(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        take = await spoken(view, "Good evening.")
        view.takes_panel.note.setText("the warm one")
        await wait_until(lambda: view.takes_panel.model.takes()[0].note == "the warm one")
        view.takes_panel.note.setText("the warmest one")
        view.session_panel.new.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 0)
        await wait_until(lambda: not len(context.tasks))
        (kept,) = await context.service.of_session(take.session)
        assert kept.note == "the warmest one"


async def test_starring_a_take_keeps_an_unsaved_note(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        await spoken(view, "Good evening.")
        row = view.takes_panel.model.index(0)
        assert view.takes_panel.star.isCheckable()
        assert not view.takes_panel.star.isChecked()
        view.takes_panel.note.setText("half a wo")
        view.takes_panel.star.click()
        await wait_until(lambda: view.takes_panel.model.takes()[0].stars == 1)
        assert view.takes_panel.note.text() == "half a wo"
        assert row.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", done, starred")
        view.takes_panel.star.click()
        await wait_until(lambda: view.takes_panel.model.takes()[0].stars == 0)
        assert not view.takes_panel.star.isChecked()
        await wait_until(lambda: not len(context.tasks) and view.takes_panel.model.takes()[0].note == "half a wo")


async def test_a_title_is_saved_without_enter_and_escape_restores_the_previous_one(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))

        def title() -> str:
            return view.session_panel.model.rows()[0].title

        await spoken(view, "(Happy)The ferry leaves at nine, and the one after it leaves at a quarter past eleven.")
        assert title() == "The ferry leaves at nine, and the one after it leaves at a…"
        view.session_panel.rename.click()
        view.session_panel.title_field.setText("Ferries")
        await wait_until(lambda: title() == "Ferries")
        qtbot.keyClick(view.session_panel.title_field, Qt.Key.Key_Escape)
        assert view.session_panel.title_field.isHidden()
        assert title() == "The ferry leaves at nine, and the one after it leaves at a…"
        view.session_panel.rename.click()
        view.session_panel.title_field.setText("Ferries")
        view.session_panel.rename.click()
        assert view.session_panel.title_field.isHidden()
        assert title() == "Ferries"
        await wait_until(lambda: not len(context.tasks))
        assert (await context.sessions._store.listed())[0].title == "Ferries"


async def test_a_refused_take_uses_no_number(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.speak.click()
        assert view.notice.dismiss.isVisible()
        view.notice.dismiss.click()
        assert view.notice.isHidden()
        await spoken(view, "Good evening.")
        assert view.takes_panel.model.index(0).data().startswith("Take 1 · ")
        await wait_until(lambda: not len(context.tasks))


async def test_an_unknown_entry_is_refused_beside_the_choice(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.model.setEditText("mimo-nonsense")
        await wait_until(lambda: "“mimo-nonsense”" in view.choice_notice.text())
        assert "mimo-v2.5-tts" in view.choice_notice.text()
        assert view.model.key() == "mimo-v2.5-tts"
        view.format.setEditText("OGG")
        await wait_until(lambda: "“OGG”" in view.choice_notice.text())
        assert "WAV, MP3, PCM" in view.choice_notice.text()
        assert view.format.key() == "wav"
        view.format.setEditText("MP3")
        await wait_until(lambda: view.choice_notice.isHidden())
        view.language.setEditText("Klingon")
        await wait_until(lambda: "“Klingon”" in view.language_notice.text())


async def test_keeping_a_take_twice_adds_one_voice_with_its_own_name(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        await spoken(view, "Good evening.")
        view.takes_panel.keep.click()
        view.takes_panel.keep.click()
        await wait_until(lambda: bool(context.library.voices) and not len(context.tasks))
        (voice,) = context.library.voices
        assert (voice.name, voice.source) == ("MiMo-默认, take 1", "take")
        row = view.voice_model.rows()[-1]
        assert (row.title, row.subtitle) == ("MiMo-默认, take 1", "saved from a take")


def test_file_names_are_valid_on_every_platform() -> None:
    take = Take("1", VoiceSnapshot("designed"), 'What? "A/B" \\ or <C> | D*', number=3)
    assert file_name(take) == "Designed voice 03 What A B or C D"


def test_a_take_without_audio_shows_the_reason_and_no_length(view: StudioView) -> None:
    voice = VoiceSnapshot("builtin", "Mia", "Mia")
    failed = Take("a", voice, state="failed", error="unreachable", number=1, created=1)
    stopped = Take("b", voice, state="cut", number=2, created=2)
    done = Take("c", voice, state="done", number=3, created=3, frames=24_000)
    view.takes_panel.model.set_takes((failed, stopped, done))
    spoken = [view.takes_panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken[0] == "Take 3 · Mia, 1 s, done"
    assert spoken[1] == "Take 2 · Mia, cut off, Stopped before any audio arrived."
    assert spoken[2].startswith("Take 1 · Mia, failed, The service")
    tall = [view.takes_panel.list.visualRect(view.takes_panel.model.index(row)).height() for row in range(3)]
    assert tall[1] == tall[2] < tall[0]


async def test_a_long_text_is_spoken_in_parts(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.stream.setChecked(False)
        view.text.set_plain_text("(Happy)" + "The ferry leaves at nine, and nobody waits. " * 60)
        finding = view.text.lint.list.model().index(0, 0)
        await wait_until(lambda: "In parts: 2 request" in finding.data())
        view.text.lint.list.buttons()[0].click()
        (take,) = view.takes_panel.model.takes()
        assert take.number == 1 and len(take.parts) == 2
        assert all(part.text.startswith("(Happy)The ferry") and len(part.text) <= 2_500 for part in take.parts)
        view.speak.click()
        await wait_until(lambda: view.speak.accessibleName() == "Speak" and not len(context.tasks))
        assert [take.state for take in view.takes_panel.model.takes()] in ([], ["cut"], ["done"])


async def test_reusing_a_take_reports_its_missing_voice(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        take = await spoken(view, "Good evening.")
        gone = msgspec.structs.replace(take, voice=VoiceSnapshot("cloned", "gone", "Keeper"), text="Good night.")
        view.takes_panel.model.show_take(gone)
        present = view.voices.selected_key()
        view.takes_panel.reuse.click()
        assert view.text.plain_text() == "Good night."
        sentence = "The take's voice “Keeper” is no longer in the library. Choose another voice."
        assert view.choice_notice.text() == sentence
        assert view.voices.selected_key() == present
        await wait_until(lambda: not len(context.tasks))


async def test_a_take_without_audio_cannot_be_kept_or_exported(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        demo_service.arm("status=500")
        await spoken(view, "Good evening.")
        for button in (view.takes_panel.keep, view.takes_panel.export):
            assert not button.isEnabled()
            assert button.toolTip() == "This take has no sound."
        assert view.takes_panel.redo.isEnabled()
        demo_service.reset()
        view.takes_panel.redo.click()
        await wait_until(
            lambda: view.takes_panel.model.takes()[0].state == "done" and view.takes_panel.keep.isEnabled()
        )
        await wait_until(lambda: not len(context.tasks))
