"""The whole of design, keep and compare on the demo service: found by words, kept, its line heard both ways."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.services.speech.voice_keeping import KEPT_SESSION
from app.ui.studio.compare.compare_model import CompareRole
from app.ui.texts.voice_library import step_text
from app.ui.voices.earlier_rounds import EarlierRole
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.ui.voices.test_candidates import design, shown
from tests.ui.voices.test_voices import NoMicrophone
from tests.waiting import wait_until

DESCRIPTION = "A man in his seventies, hoarse, unhurried, a storyteller."


async def test_a_voice_is_designed_kept_and_its_line_heard_both_ways(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        view = VoicesView(Settings())
        qtbot.addWidget(view)
        VoicesPresenter(view, context, NoMicrophone())
        tab, foot = view.design, view.design.side.foot
        await wait_until(lambda: not len(context.tasks))
        assert foot.same_line.isHidden() and not tab.side.blind.isEnabled()
        await design(tab, DESCRIPTION, 2)
        assert "requests" in tab.plan.text()
        compared = tab.side.list.compared
        await wait_until(lambda: all(compared.index(row).data(CompareRole.DETAILS).figures for row in range(2)))
        second = shown(tab)[1]
        tab.side.number_pressed.emit(2)
        assert tab.side.list.selected_key() == second.id
        details = compared.index(1).data(CompareRole.DETAILS)
        assert [figure.split()[-1] for figure in details.figures] == ["Hz", "/s"]
        start, stop = details.stretch
        assert 0 <= start < stop <= round(1000 * second.frames / second.rate)
        await wait_until(lambda: foot._freezes.text().endswith("of candidate 2 as"))

        tab.keep.click()
        await wait_until(lambda: "no name" in tab.notice.text())
        tab.name.setText("Grandpa Zhou")
        QTest.keyClick(tab.name, Qt.Key.Key_Return)
        await wait_until(lambda: bool(context.library.voices) and not len(context.tasks))
        (voice,) = context.library.voices
        assert (voice.name, voice.source, voice.take, voice.consent) == ("Grandpa Zhou", "designed", second.id, None)
        assert [step.kind for step in voice.steps] == ["description", "take", "stretch", "sample"]
        assert step_text(voice.steps[1]) == "Candidate 2"
        sample = context.audio.read_sound(context.blobs.read(voice.sample))
        assert abs(1000 * sample.seconds - (stop - start)) < 2, "what the bracket shows is the sample"
        assert not foot.same_line.isHidden() and foot.same_line.kept.isHidden()

        foot.same_line.speak.click()
        await wait_until(lambda: not foot.same_line.kept.isHidden() and not len(context.tasks))
        (line,) = await context.service.of_session(KEPT_SESSION)
        assert context.library.voices[0].comparison == line.id
        assert (line.text, line.parent, line.voice.sample) == (second.text, second.id, voice.sample)
        assert foot.same_line._difference.text().endswith(" s")
        context.playback.stop()
        foot.same_line.kept.click()
        await wait_until(lambda: context.playback.key == line.id and foot.same_line.kept.playing)
        foot.same_line.design.click()
        await wait_until(lambda: context.playback.key == second.id and foot.same_line.design.playing)
        # Another candidate has no kept voice; going back shows the line again.
        tab.side.number_pressed.emit(1)
        assert foot.same_line.isHidden()
        tab.side.number_pressed.emit(2)
        await wait_until(lambda: not foot.same_line.isHidden() and not foot.same_line.kept.isHidden())

        # A line that was completed while nobody noted it is found by its voice.
        await context.library.note_comparison(voice.id, "")
        await wait_until(lambda: context.library.voices[0].comparison == line.id and not len(context.tasks))
        assert not foot.same_line.kept.isHidden()

        # In a later round it is remembered what this one is kept as; its candidates play by mouse and by key.
        tab.candidates.set_value(1)
        tab.design.click()
        await wait_until(lambda: tab.side.heading == "Round 2" and not len(context.tasks))
        earlier = tab.side.earlier
        index = earlier.earlier.index(0)
        assert index.data(EarlierRole.ROUND).remark == "kept as Grandpa Zhou"
        assert foot.same_line.isHidden(), "the new candidate was not kept"
        view.resize(1360, 856)
        view.show()
        area = earlier.number_area(earlier.row_area(index), index.data(EarlierRole.ROUND).round, 2)
        qtbot.mouseClick(earlier.viewport(), Qt.MouseButton.LeftButton, pos=area.center().toPoint())
        await wait_until(lambda: context.playback.key == second.id and context.playback.playing)
        assert index.data(EarlierRole.PLAYING) == second.id and tab.side.show_round.isEnabled()
        qtbot.keyClick(earlier, Qt.Key.Key_2)
        assert not context.playback.playing
        tab.side.show_round.click()
        assert tab.side.heading == "Round 1"
        tab.side.number_pressed.emit(2)
        await wait_until(lambda: not foot.same_line.kept.isHidden() and not len(context.tasks))

        # The same candidates are heard blind in the room of the studio, which comes and goes.
        tab.side.blind.click()
        room = tab.side._pages.currentWidget()
        assert room is not tab.side.page
        room.done.click()
        assert tab.side._pages.currentWidget() is tab.side.page
        await wait_until(lambda: not len(context.tasks))


async def test_a_refusal_is_shown_and_a_sketch_is_described(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = VoicesView(Settings())
        qtbot.addWidget(view)
        VoicesPresenter(view, context, NoMicrophone())
        tab, panel = view.design, view.design.sketch_panel
        await wait_until(lambda: not len(context.tasks))
        panel.describe.click()
        await wait_until(lambda: "sketch is empty" in panel.notice.text())
        tab.description.setPlainText("Something typed")
        tab.sketch.setPlainText("She is a retired teacher who laughs a lot.")
        panel.describe.click()
        assert panel.describe.accessibleName() == "Stop describing"
        await wait_until(panel.adopt.isEnabled)
        assert panel.describe.accessibleName() == "Describe it for me"
        drafted = panel.text.toPlainText()
        assert drafted.startswith("A woman in her seventies")
        assert tab.description.toPlainText() == "Something typed"
        panel.adopt.click()
        assert tab.description.toPlainText() == drafted and panel.draft.isHidden()
        tab.description.undo()
        assert tab.description.toPlainText() == "Something typed"
        demo_service.arm("status=500")
        panel.describe.click()
        await wait_until(lambda: bool(panel.notice.text()) and panel.describe.accessibleName() != "Stop describing")
        assert not panel.adopt.isEnabled()
        panel.dismiss.click()
        assert panel.draft.isHidden()
        await wait_until(lambda: not len(context.tasks))


async def test_chips_and_hints_change_the_description_by_one_step_each(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = VoicesView(Settings())
        qtbot.addWidget(view)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: not len(context.tasks))
        chips = {trait_id: chip for row in tab.chips.rows for trait_id, chip in row.chips.items()}
        tab.description.setPlainText("An old man, with a long echo.")
        await wait_until(chips["man"].isChecked)
        chips["hoarse"].click()
        assert tab.description.toPlainText() == "An old man, hoarse, with a long echo."
        assert chips["hoarse"].isChecked()
        assert not chips["deep"].isChecked() and chips["deep"].isHidden()
        chips["deep"].click()
        assert not chips["deep"].isHidden(), "what is lit is shown"
        chips["deep"].click()
        assert tab.description.toPlainText() == "An old man, hoarse, with a long echo."
        assert len(tab.description.extraSelections()) == 3
        assert tab.hints.text.startswith("“Echo”")
        tab.hints.take_out.click()
        assert tab.description.toPlainText() == "An old man, hoarse."
        assert tab.hints.text == "" and tab.hints.take_out.isHidden()
        tab.description.undo()
        assert tab.description.toPlainText() == "An old man, hoarse, with a long echo."
        first = tab.preview_panel._chips[0].text()
        tab.preview_panel.others.click()
        assert tab.preview_panel._chips[0].text() != first
        tab.preview_panel._chips[0].click()
        assert tab.preview.toPlainText() == tab.preview_panel._chips[0].toolTip()
        await wait_until(lambda: not len(context.tasks))
