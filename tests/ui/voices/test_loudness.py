"""What is compared is played equally loud: candidates, and the original beside its clone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.core.resources import resource_path
from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.loudness_matching import equal_gains
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.ui.voices.test_candidates import shown
from tests.ui.voices.test_voices import NoMicrophone
from tests.waiting import wait_until


class _GainPlayer(FakePlayer):
    """Remembers the gain of each sound that was played."""

    def __init__(self) -> None:
        super().__init__()
        self.gains: list[float] = []

    def play(self, source: object, *, start: int = 0, gain_db: float = 0.0, **how: object) -> None:
        self.gains.append(gain_db)
        super().play(source, start=start)

    def switch(self, source: object, *, gain_db: float = 0.0, **how: object) -> None:
        self.gains.append(gain_db)
        super().switch(source)


async def test_candidates_are_played_equally_loud_and_numbers_are_not_used_again(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    player = _GainPlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        view = VoicesView(Settings())
        qtbot.addWidget(view)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        await wait_until(lambda: not len(context.tasks))
        tab.description.setPlainText("An old sailor")
        tab.preview.setPlainText("The tide comes in.")
        tab.candidates.set_value(2)
        tab.design.click()
        await wait_until(lambda: [take.state for take in shown(tab)] == ["done"] * 2)
        await wait_until(lambda: not len(context.tasks))
        takes = [replace(take, loudness=-30.0 + 6 * at, true_peak=-12.0) for at, take in enumerate(shown(tab))]
        for take in takes:
            context.service.on_take.emit(take)
        for take in takes:
            context.playback.forget(take.id)
            player.gains.clear()
            tab.side.list.badge_pressed.emit(take.id)
            await wait_until(lambda: bool(player.gains))
            assert player.gains[-1] == pytest.approx(equal_gains(takes)[take.id])
        highest = max(take.number for take in takes)
        tab.side.list.row_selected.emit(next(take.id for take in takes if take.number == highest))
        tab.side.foot.delete.click()
        await wait_until(lambda: len(shown(tab)) == 1)
        tab.candidates.set_value(1)
        tab.design.click()
        await wait_until(lambda: tab.side.heading == "Round 2" and not len(context.tasks))
        assert [take.number for take in shown(tab)] == [highest + 1]


async def test_the_original_is_as_loud_as_its_clone(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    player = _GainPlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        view = VoicesView(Settings())
        qtbot.addWidget(view)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        await wait_until(lambda: not len(context.tasks))
        tab.file_chosen.emit(resource_path("samples", "lighthouse.wav"))
        await wait_until(lambda: tab.original.isEnabled() and not len(context.tasks))
        made: list[Take] = []
        context.service.on_take.subscribe(lambda take: made.append(take) if take.state == "done" else None)
        tab.agreed.setChecked(True)
        tab.speak.click()
        await wait_until(lambda: bool(made) and not len(context.tasks))
        clone = made[0]
        sound = context.audio.read_sound(resource_path("samples", "lighthouse.wav"))
        measured = context.audio.measure(sound.samples, sound.rate)
        beside = Take("original", VoiceSnapshot("cloned"), loudness=measured.integrated, true_peak=measured.true_peak)
        gains = equal_gains((beside, clone))
        player.gains.clear()
        tab.original.click()
        await wait_until(lambda: len(player.gains) == 1 and not len(context.tasks))
        tab.clone.click()
        await wait_until(lambda: len(player.gains) == 2 and not len(context.tasks))
        assert player.gains == [pytest.approx(gains["original"]), pytest.approx(gains[clone.id])]
        loud = [measured.integrated + gains["original"], (clone.loudness or 0) + gains[clone.id]]
        assert loud[0] == pytest.approx(loud[1])
