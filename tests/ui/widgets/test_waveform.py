"""Waveforms: a fixed scale, seeking and trimming."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from app.ui.theme.theme import theme
from app.ui.widgets.trim_waveform import TrimWaveform
from app.ui.widgets.waveform import Waveform, bar_heights

LOUD = [(-0.8, 0.7)] * 100


@pytest.fixture
def wave(qtbot: QtBot) -> Waveform:
    subject = Waveform("Position", height=34)
    qtbot.addWidget(subject)
    subject.resize(400, 34)
    subject.set_sound(LOUD, 10_000)
    subject.show()
    qtbot.waitExposed(subject)
    return subject


def test_a_bar_shows_the_loudest_peak_of_its_range_on_a_fixed_scale() -> None:
    quiet = bar_heights([(-0.1, 0.05), (-0.02, 0.2)], 1)
    assert quiet == pytest.approx([0.2**0.6])
    assert bar_heights([(-1.0, 1.0)], 3) == [1.0, 1.0, 1.0]
    assert bar_heights([(-0.1, 0.1)], 1) < bar_heights([(-0.2, 0.2)], 1)


def test_silence_no_peaks_and_clipping_are_drawn_within_bounds() -> None:
    assert bar_heights([], 10) == []
    assert bar_heights([(0.0, 0.0)], 2) == [0.0, 0.0]
    assert bar_heights([(-3.0, 2.0)], 1) == [1.0]


def test_a_waveform_is_a_slider_in_milliseconds(wave: Waveform) -> None:
    wave.set_position(5_400)
    tree = QAccessible.queryAccessibleInterface(wave)
    assert tree.role() == QAccessible.Role.Slider
    assert tree.text(QAccessible.Text.Name) == "Position"
    assert tree.text(QAccessible.Text.Value) == "5400"


def test_a_click_seeks(wave: Waveform, qtbot: QtBot) -> None:
    spy = QSignalSpy(wave.sought)
    qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    assert spy.at(0)[0] == wave.value() == 2_500


def test_the_keyboard_seeks(wave: Waveform, qtbot: QtBot) -> None:
    spy = QSignalSpy(wave.sought)
    qtbot.keyClick(wave, Qt.Key.Key_Right)
    qtbot.keyClick(wave, Qt.Key.Key_PageUp)
    assert [spy.at(place)[0] for place in range(spy.count())] == [100, 1_100]


def test_playback_moves_the_playhead_without_seeking_unless_dragged(wave: Waveform) -> None:
    spy = QSignalSpy(wave.sought)
    wave.set_position(1_000)
    wave.setSliderDown(True)
    wave.set_position(2_000)
    assert (wave.value(), spy.count()) == (1_000, 0)


def test_the_played_part_has_the_accent_colour(wave: Waveform) -> None:
    wave.set_position(5_000)
    image = wave.grab().toImage()
    middle = image.height() // 2
    left = {image.pixelColor(x, middle).name() for x in range(190)}
    right = {image.pixelColor(x, middle).name() for x in range(210, 400)}
    assert theme().colour("accent").name() in left - right
    assert theme().colour("wave").name() in right - left


def test_half_the_audio_fills_half_the_width(wave: Waveform) -> None:
    wave.set_sound(LOUD, 10_000, known=0.5)
    image = wave.grab().toImage()
    assert len({image.pixelColor(x, 17).name() for x in range(210, 400)}) == 1


@pytest.fixture
def trim(qtbot: QtBot) -> TrimWaveform:
    subject = TrimWaveform("Position", "Trim start", "Trim end")
    qtbot.addWidget(subject)
    subject.resize(400, 110)
    subject.set_sound(LOUD, 20_000)
    subject.show()
    qtbot.waitExposed(subject)
    return subject


def test_two_sliders_mark_the_part_to_keep(trim: TrimWaveform, qtbot: QtBot) -> None:
    spy = QSignalSpy(trim.trimmed)
    trim.start.setValue(5_000)
    qtbot.keyClick(trim.end, Qt.Key.Key_PageDown)
    assert [tuple(spy.at(place)) for place in range(spy.count())] == [(5_000, 20_000), (5_000, 19_000)]
    assert QAccessible.queryAccessibleInterface(trim.start).text(QAccessible.Text.Name) == "Trim start"
    assert QAccessible.queryAccessibleInterface(trim.end).role() == QAccessible.Role.Slider


def test_the_handles_are_drawn_at_their_times(trim: TrimWaveform) -> None:
    trim.set_trim(5_000, 15_000)
    assert trim.start.geometry().center().x() == pytest.approx(100, abs=1)
    assert trim.end.geometry().center().x() == pytest.approx(300, abs=1)


def test_the_ends_never_cross(trim: TrimWaveform) -> None:
    trim.set_trim(5_000, 15_000)
    trim.start.setValue(18_000)
    assert trim.start.value() == 14_900
    trim.end.setValue(0)
    assert trim.end.value() == 15_000


def test_a_handle_can_be_dragged(trim: TrimWaveform, qtbot: QtBot) -> None:
    grip = QPoint(trim.start.width() // 2, 50)
    qtbot.mousePress(trim.start, Qt.MouseButton.LeftButton, pos=grip)
    qtbot.mouseMove(trim.start, grip + QPoint(100, 0))
    qtbot.mouseRelease(trim.start, Qt.MouseButton.LeftButton)
    assert trim.start.value() == pytest.approx(5_250, abs=300)


def test_audio_shorter_than_the_minimum_is_kept_whole(trim: TrimWaveform) -> None:
    trim.set_sound(LOUD, 60)
    trim.start.setValue(30)
    assert (trim.start.value(), trim.end.value()) == (0, 60)
