"""The library: order and names of voices, playback, export."""

from __future__ import annotations

import asyncio
from pathlib import Path
from shutil import copyfile
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import InputError
from app.core.presentation_mask import PresentationMask
from app.core.resources import resource_path
from app.core.settings import Settings
from app.core.takes import Take
from app.core.voices import Consent, VoiceStep, lacks_consent
from app.services.speech.library import used
from app.ui.voices import library_detail_presenter, library_presenter
from app.ui.voices.consent import ConsentRequests
from app.ui.voices.library_model import VoiceRole
from app.ui.voices.library_tab import LibraryTab
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from app.ui.widgets.chips import Chip
from app.ui.widgets.notifications import Notification
from app.ui.widgets.presentation_cover import presentation_cover
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.ui.voices.test_voices import NoMicrophone
from tests.ui.window_texts import texts
from tests.waiting import wait_until

SAMPLE = resource_path("samples", "lighthouse.wav").read_bytes()


@pytest.fixture
def view(qtbot: QtBot) -> VoicesView:
    made = VoicesView(Settings())
    qtbot.addWidget(made)
    made.tabs.setCurrentIndex(2)
    made.resize(1360, 860)
    made.show()
    return made


CONTRACT = frozenset((
    "Saved voices", "Search voices", "Voice note", "Play voice", "Rename", "Duplicate voice", "Delete voice",
    "Export voice", "Import voice", "Use in Studio", "Check drift",
))  # fmt: skip


def shown(view: QWidget) -> list[QWidget]:
    return [widget for widget in view.findChildren(QWidget) if widget.isVisible()]


def saved_names(tab: LibraryTab) -> list[str]:
    """The names of the saved voices, in the order of the list."""
    return [entry.name for entry in tab.voice_model.entries() if entry.voice is not None]


async def test_duplicate_names_are_numbered_and_renaming_keeps_the_order(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab, library = view.library, context.library
        for name, sample in (("Keeper", SAMPLE), ("Keeper", SAMPLE + b"\0"), ("Mia", SAMPLE), ("Keeper", SAMPLE)):
            await library.save_clone(sample, name, "agreed")
        assert saved_names(tab) == ["Mia", "Keeper 2", "Keeper"], "the last was the first once more"
        tab.voices.go_to(library.voices[-1].id)
        tab.rename.click()
        tab.name.setText("Mia")
        tab.rename.click()
        await wait_until(lambda: saved_names(tab) == ["Mia", "Keeper 2", "Mia 2"])
        assert tab.detail.title.text() == "Mia 2" and tab.name.isHidden()


async def test_the_waveform_of_a_voice_that_was_saved_on_another_tab_is_drawn_when_it_is_seen(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        await wait_until(lambda: not len(context.tasks))
        view.tabs.setCurrentIndex(1)
        voice = await context.library.save_clone(SAMPLE, "Keeper", "agreed")
        await asyncio.sleep(0.1)  # what is not in sight is not drawn
        assert not context.library.voices[0].peaks
        view.tabs.setCurrentIndex(2)
        await wait_until(lambda: bool(context.library.voices[0].peaks) and not len(context.tasks))
        entry = view.library.voice_model.entry(voice.id)
        assert entry is not None and entry.peaks


async def test_a_voice_is_paused_by_the_button_that_plays_it(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        VoicesPresenter(view, context, NoMicrophone())
        voice, tab = await context.library.save_clone(SAMPLE, "Keeper", "agreed"), view.library
        tab.voices.go_to(voice.id)
        assert tab.play.accessibleName() == "Play voice"
        tab.play.click()
        await wait_until(lambda: player.state.status == "playing")
        assert tab.play.accessibleName() == "Pause"
        QTest.keyClick(tab.voices, Qt.Key.Key_Space)
        await wait_until(lambda: player.state.status == "paused")
        assert tab.play.accessibleName() == "Play voice"
        QTest.keyClick(tab.voices, Qt.Key.Key_Return)
        await wait_until(lambda: player.state.status == "playing")


async def test_export_and_import_report_the_file(
    view: VoicesView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(*_: Any) -> Path:
        return tmp_path / "keeper.mimovoice"

    monkeypatch.setattr(library_presenter, "ask_to_save", ask)
    monkeypatch.setattr(library_presenter, "ask_to_open", ask)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        said: list[Notification] = []
        context.notifier.listen(said.append)
        first, tab = await context.library.save_clone(SAMPLE, "Keeper", "agreed"), view.library
        second = await context.library.save_clone(SAMPLE + b"\0", "Mia", "agreed")
        tab.voices.go_to(first.id)
        tab.export.click()
        await wait_until(lambda: bool(said))
        assert said[-1].text == "“Keeper” and its sample were exported to keeper.mimovoice."
        tab.voices.select_keys([first.id, second.id], first.id)
        tab.voices.selection_changed.emit()
        tab.export.click()
        await wait_until(lambda: len(said) == 2)
        assert said[-1].text == "2 voices and their samples were exported to keeper.mimovoice."
        tab.delete.click()
        await wait_until(lambda: len(said) == 3)
        assert (said[-1].text, saved_names(tab)) == ("2 voices were deleted.", [])
        tab.import_.click()
        await wait_until(lambda: len(said) == 4)
        assert (said[-1].text, saved_names(tab)) == ("2 voices are in the library.", ["Mia", "Keeper"])


async def test_design_names_the_empty_field_and_saves_a_candidate_once(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    view.tabs.setCurrentIndex(0)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        tab.description.setPlainText("An old man, hoarse and slow.")
        tab.design.click()
        assert "“Preview text” is empty" in tab.notice.text()
        tab.notice.dismiss.click()
        assert tab.notice.isHidden()
        assert not tab.keep.isEnabled()
        tab.preview.setPlainText("Good evening.")
        tab.candidates.set_value(1)
        tab.design.click()
        await wait_until(lambda: tab.keep.isEnabled())
        tab.name.setText("Narrator")
        tab.keep.click()
        tab.keep.click()
        await wait_until(lambda: bool(context.library.voices) and not len(context.tasks))
        assert [voice.name for voice in context.library.voices] == ["Narrator"]


async def test_enter_renames_a_voice_and_escape_restores_its_name(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.library
        voice = await context.library.save_clone(SAMPLE, "Keeper", "agreed")
        tab.voices.go_to(voice.id)
        tab.rename.click()
        QTest.keyClicks(tab.name, "Mia")
        QTest.keyClick(tab.name, Qt.Key.Key_Escape)
        assert tab.name.isHidden() and tab.detail.title.text() == "Keeper"
        tab.rename.click()
        QTest.keyClicks(tab.name, "Mia")
        QTest.keyClick(tab.name, Qt.Key.Key_Return)
        await wait_until(lambda: saved_names(tab) == ["Mia"])


async def test_a_voice_is_annotated_found_starred_and_copied(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        presenter = VoicesPresenter(view, context, NoMicrophone())
        tab, library = view.library, context.library
        voice = await library.save_clone(SAMPLE, "Keeper", "agreed")
        tab.voices.go_to(voice.id)
        tab.detail.note.setText("For the museum.")
        tab.detail.new_tag.setEditText("calm")
        tab.detail.new_tag.lineEdit().returnPressed.emit()
        tab.detail.new_tag.lineEdit().editingFinished.emit()
        tab.detail.language.setEditText("English")
        tab.detail.star.click()
        changed = ("For the museum.", ("calm",), "en", True)
        await wait_until(lambda: [(v.note, v.tags, v.language, v.favourite) for v in library.voices] == [changed])
        tab.detail.note.setText("For the museum, slowly.")
        await presenter.aclose()
        assert library.voices[0].note == "For the museum, slowly.", "what is being typed is saved at the end"
        row = tab.voice_model.index(tab.voice_model.row_of(voice.id))
        assert "calm" in row.data(Qt.ItemDataRole.AccessibleTextRole)
        tab.detail.duplicate.click()
        await wait_until(lambda: saved_names(tab) == ["Keeper 2", "Keeper"])
        for query, found in (("MUSEUM", 2), ("calm english", 2), ("nothing of it", 0)):
            tab.search.setText(query)
            assert tab.voice_model.rowCount() == found, query
        tab.empty.step.click()
        assert tab.voice_model.rowCount() == 11
        assert [chip.text() for chip in tab.kinds.values()] == ["All 11", "Built-in 9", "Designed 0", "Cloned 2"]
        tab.kinds["cloned"].click()
        tab.starred.click()
        assert saved_names(tab) == ["Keeper"], "the copy has no star of its own"
        tab.show_all()
        tab.voices.star_pressed.emit("Mia")
        tab.starred.click()
        await wait_until(lambda: {entry.name for entry in tab.voice_model.entries()} == {"Keeper", "Mia"})
        tab.voices.go_to("Mia")
        assert not tab.rename.isEnabled() and not tab.delete.isEnabled() and tab.detail.use.isEnabled()
        assert "not changed, copied or deleted" in tab.rename.accessibleDescription()
        named = {widget.accessibleName() or getattr(widget, "text", str)() for widget in shown(view)}
        assert named >= CONTRACT, "also where nothing but built-in voices is there"


async def test_a_voice_without_consent_asks_and_a_missing_sample_is_replaced(
    view: VoicesView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.wav"
    other.write_bytes(resource_path("samples", "lighthouse.wav").read_bytes())

    async def ask(*_: Any) -> Path:
        return other

    monkeypatch.setattr(library_detail_presenter, "ask_to_open", ask)
    async with speech_context(demo_service, tmp_path) as context:
        await context.library.save_clone(SAMPLE + b"\0" * 2000, "Keeper", "agreed")
        (voice,) = context.library.voices
        context.blobs.remove({voice.sample})
        VoicesPresenter(view, context, NoMicrophone())
        said: list[Notification] = []
        context.notifier.listen(said.append)
        detail, library = view.library.detail, context.library
        view.library.voices.go_to(voice.id)
        await wait_until(lambda: detail.sample_notice.isVisible())
        assert view.library.voice_model.rows()[0].badge == "sample missing"
        detail.sample_notice.action.click()
        await wait_until(lambda: detail.notice.isVisible())
        assert "personal acoustic data" in detail.notice.text() and library.voices == (voice,)
        detail.notice.action.click()
        await wait_until(lambda: library.voices[0].sample != voice.sample and not detail.sample_notice.isVisible())
        detail.withdraw.click()
        await wait_until(lambda: detail.agree.isVisible())
        assert view.library.voice_model.rows()[0].badge == "no consent"
        said[-1].undo()  # type: ignore[misc]
        await wait_until(lambda: detail.withdraw.isVisible())
        await context.library.withdraw_consent(library.voices[0])
        requests = ConsentRequests(library, context.notifier, lambda work: context.tasks.spawn(work, "consent"))
        library.consents.on_refused.subscribe(requests.ask)
        with pytest.raises(InputError):
            context.service.check(Take("", used(library.voices[0]), "Hello.", model="m"))
        assert "“Keeper” is not spoken" in said[-1].text and said[-1].offer is not None
        said[-1].offer[1]()
        await wait_until(lambda: not lacks_consent(library.voices[0]))
        await wait_until(lambda: not len(context.tasks))


async def test_what_a_voice_spoke_and_its_drift_are_shown(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        voice, detail = await context.library.save_clone(SAMPLE, "Keeper", "agreed"), view.library.detail
        await context.sessions.load()
        session = context.sessions.current.id
        context.sessions.rename(session, "Museum guide")
        view.library.voices.go_to(voice.id)
        context.service.request(
            [Take("", used(voice), "Hello.", model="mimo-v2.5-tts-voiceclone", session=session)], title="t"
        )
        await wait_until(
            lambda: [chip.text() for chip in detail.sessions.findChildren(Chip)] == ["Museum guide, 1 take"]
        )
        assert detail.after.isVisible()
        opened: list[str] = []
        detail.session_requested.connect(opened.append)
        detail.sessions.findChildren(Chip)[0].click()
        assert opened == [session]
        detail.check_drift.click()
        assert detail.check_drift.text() == "Stop check"
        words = lambda: " ".join(label.text() for label in detail.findChildren(QLabel))  # noqa: E731
        await wait_until(lambda: "over 8 takes." in words())
        assert "8 takes of one line" in words() and detail.check_drift.text() == "Check drift"
        await wait_until(lambda: not len(context.tasks))


async def test_everything_about_a_voice_is_masked_in_presentation_mode(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        planted = "Annika speaks"
        VoicesPresenter(view, context, NoMicrophone())
        voice = await context.library.save_clone(SAMPLE, planted, f"I agree. {planted}")
        steps = (VoiceStep("file", f"{planted}.wav"), VoiceStep("copy", planted))
        other = msgspec.structs.replace(voice, consent=Consent(planted, 1.0, planted), steps=steps, description=planted)
        await context.library.put_back(other)
        await context.library.annotate(voice.id, note=planted, language=planted)
        await context.library.set_tags(voice.id, [planted])
        await context.sessions.load()
        context.sessions.rename(context.sessions.current.id, planted)
        session, model = context.sessions.current.id, "mimo-v2.5-tts-voiceclone"
        context.service.request([Take("", used(voice), "Hello.", model=model, session=session)], title="t")
        view.library.voices.go_to(voice.id)
        for name in (f"{planted}.wav", f"{planted} 2.wav"):
            view.clone.file_chosen.emit(Path(copyfile(resource_path("samples", "lighthouse.wav"), tmp_path / name)))
            await wait_until(lambda name=name: view.clone.wave.accessibleDescription() == name)  # type: ignore[misc]
        await wait_until(lambda: bool(view.library.detail.sessions.findChildren(Chip)) and not len(context.tasks))

        def leaks() -> list[str]:
            rows = view.library.voice_model
            tags = [("tags", tag) for tag in rows.index(0).data(VoiceRole.TAGS)]
            # A note and a path are covered by dots.
            shown = [(place, text) for place, text in texts(view) if not place.startswith(("LineField", "SampleField"))]
            shown += [("line", field.displayText()) for field in view.findChildren(QLineEdit)]
            return [f"{place}: {text}" for place, text in (*shown, *tags) if "annika" in text.lower()]

        assert len(leaks()) > 12, "what is planted is there"
        presentation_cover().set_mask(PresentationMask(names=["annika"]))
        try:
            assert leaks() == []
        finally:
            presentation_cover().set_mask(None)
