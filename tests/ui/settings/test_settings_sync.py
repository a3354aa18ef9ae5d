"""Pages follow the settings, drags are debounced, and credentials are masked in presentation mode."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QSlider, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import (
    BUFFER,
    CERTIFICATES,
    CONNECT_TIMEOUT,
    DICTATION_PAUSE,
    IDLE_TIMEOUT,
    INPUT_DEVICE,
    LANGUAGE,
    OUTPUT_DEVICE,
    PRESENTATION_HIDES_HOSTS,
    PRESENTATION_MODE,
    PROXY,
    REDUCED_MOTION,
    RETRIES,
    TEXT_SIZE,
    THEME,
    TRUST_ENV,
)
from app.ui.theme.theme import theme
from tests.plugins.demo_service import DemoService
from tests.ui.settings.harness import settings_harness
from tests.waiting import wait_until

SIGNED_IN = "http://alice:hunter2@proxy.example:3128"


@pytest.fixture(autouse=True)
def plain_look() -> Iterator[None]:
    yield
    theme().set_mode("light")
    theme().set_text_scale(1.0)
    theme().set_reduced_motion(False)


def mouse(widget: QWidget, kind: QEvent.Type, x: int) -> None:
    spot = QPointF(x, widget.height() / 2)
    left = Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
    global_spot = QPointF(widget.mapToGlobal(spot))
    QApplication.sendEvent(widget, QMouseEvent(kind, spot, global_spot, left, held, Qt.KeyboardModifier.NoModifier))


async def test_a_drag_is_a_single_change(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.view.show_page("network")
        limit = harness.view.network._limits[CONNECT_TIMEOUT]
        slider = limit.findChild(QSlider)
        assert slider is not None
        kept: list[float] = []
        reconnected: list[str] = []
        harness.dependencies.settings.watch(CONNECT_TIMEOUT, kept.append)
        harness.dependencies.connection.on_change.subscribe(lambda: reconnected.append("again"))
        mouse(slider, QEvent.Type.MouseButtonPress, 60)
        for x in range(60, 200, 2):
            mouse(slider, QEvent.Type.MouseMove, x)
        limit._debounce.timeout.emit()  # Held still for a while.
        mouse(slider, QEvent.Type.MouseMove, 210)
        assert kept == []
        mouse(slider, QEvent.Type.MouseButtonRelease, 210)
        await harness.settle()
        assert kept == [limit.number.value()]
        assert kept != [CONNECT_TIMEOUT.default]
        assert reconnected == ["again"]
        assert harness.dependencies.connection.profile.timeouts.connect == kept[0]
        mouse(slider, QEvent.Type.MouseButtonPress, 210)
        mouse(slider, QEvent.Type.MouseButtonRelease, 210)
        await harness.settle()
        assert len(kept) == len(reconnected) == 1, "nothing has changed"


async def test_keyboard_steps_are_combined_into_one_change(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.view.show_page("network")
        limit = harness.view.network._limits[RETRIES]
        kept: list[int] = []
        harness.dependencies.settings.watch(RETRIES, kept.append)
        for _ in range(4):
            qtbot.keyClick(limit.number, Qt.Key.Key_Up)
        assert kept == []
        await wait_until(lambda: kept)
        await harness.settle()
        assert kept == [7]
        assert harness.dependencies.connection.profile.retries == 7
        qtbot.keyClick(limit.number, Qt.Key.Key_Down)
        harness.view.show_page("audio")
        await harness.settle()
        assert kept == [7, 6], "leaving the page loses nothing"
        limit.number.setValue(2)
        assert kept == [7, 6, 2], "an assistive tool sets a number, and that is that"


async def test_size_and_buffer_are_committed_after_a_pause(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        for page, control, setting in (
            ("appearance", harness.view.appearance.size_field, TEXT_SIZE),
            ("audio", harness.view.audio.buffer, BUFFER),
            ("audio", harness.view.audio.pause, DICTATION_PAUSE),
        ):
            harness.view.show_page(page)
            kept: list[float] = []
            harness.dependencies.settings.watch(setting, kept.append)
            for _ in range(3):
                qtbot.keyClick(control.number, Qt.Key.Key_Up)
            assert kept == []
            qtbot.keyClick(control.number, Qt.Key.Key_Return)
            assert kept == [control.number.value()]
            assert harness.dependencies.settings.get(setting) == pytest.approx(setting.default + 3 * setting.step)
            await harness.settle()


async def test_pages_show_changes_made_elsewhere(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        view, settings = harness.view, harness.dependencies.settings
        harness.outside.outputs = [SimpleNamespace(id="hall", name="Hall")]
        view.show_page("audio")
        await harness.settle()
        elsewhere: dict[Any, Any] = {
            PROXY: "http://127.0.0.1:7890", TRUST_ENV: False, CERTIFICATES: "/etc/own.pem", IDLE_TIMEOUT: 120.0,
            OUTPUT_DEVICE: "hall", INPUT_DEVICE: "desk mic", BUFFER: 0.5, DICTATION_PAUSE: 1.5,
            THEME: "dark", LANGUAGE: "zh_CN", TEXT_SIZE: 120, REDUCED_MOTION: True, PRESENTATION_HIDES_HOSTS: True,
        }  # fmt: skip
        for setting, value in elsewhere.items():
            settings.set(setting, value)
        network, audio, appearance = view.network, view.audio, view.appearance
        assert network.proxy.text() == "http://127.0.0.1:7890"
        assert not network.trust.isChecked()
        assert network.certificates.text() == "/etc/own.pem"
        assert network._limits[IDLE_TIMEOUT].number.value() == 120
        assert audio.output.currentText() == "Hall"
        assert audio.input.currentText() == "desk mic (not connected)"
        assert harness.dependencies.microphone.device == "desk mic"
        assert audio.buffer.number.value() == 0.5
        assert audio.pause.number.value() == 1.5
        assert (appearance.theme.key(), appearance.language.key()) == ("dark", "zh_CN")
        assert appearance.size_field.number.value() == 120
        assert appearance.motion.isChecked()
        assert appearance.hosts.isChecked()
        # The value is applied, not only shown.
        assert theme().dark
        assert theme().text_scale == 1.2
        assert theme().reduced_motion
        assert harness.outside.language == "zh_CN"
        # Focusing the field and leaving it changes nothing.
        network.proxy.editingFinished.emit()
        network.certificates.editingFinished.emit()
        view.hide()
        await harness.settle()
        for setting, value in elsewhere.items():
            assert settings.get(setting) == value, setting


async def test_a_value_between_two_steps_is_shown_unchanged(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.view.show_page("network")
        harness.dependencies.settings.set(IDLE_TIMEOUT, 12.5)
        harness.view.show_page("audio")
        await harness.settle()
        assert harness.dependencies.settings.get(IDLE_TIMEOUT) == 12.5


async def test_unsaved_edits_stay(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        proxy = harness.view.network.proxy
        harness.view.show_page("network")
        qtbot.keyClicks(proxy, "http://127.0.0.1:")
        harness.dependencies.settings.set(PROXY, "http://127.0.0.1:1080")
        assert proxy.text() == "http://127.0.0.1:"
        qtbot.keyClicks(proxy, "7890 ")
        qtbot.keyClick(proxy, Qt.Key.Key_Return)
        await harness.settle()
        assert harness.dependencies.settings.get(PROXY) == proxy.text() == "http://127.0.0.1:7890"
        harness.dependencies.settings.set(PROXY, "")
        assert proxy.text() == ""


async def test_presentation_mode_masks_proxy_credentials(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, proxy=SIGNED_IN) as harness:
        proxy = harness.view.network.proxy
        assert proxy.displayText() == SIGNED_IN
        harness.dependencies.settings.set(PRESENTATION_MODE, True)
        await harness.settle()
        assert "hunter2" not in proxy.displayText()
        assert "alice" not in proxy.displayText()
        proxy.setText("http://[::1]:3128")
        assert proxy.displayText() == "http://[::1]:3128", "nothing to hide, unless hosts are"
        proxy.clear()
        qtbot.keyClicks(proxy, "http://alice:hun")
        assert "hun" not in proxy.displayText(), "not while it is typed either"
        harness.dependencies.settings.set(PRESENTATION_HIDES_HOSTS, True)
        proxy.setText("http://proxy.example:3128")
        await harness.settle()
        assert "example" not in proxy.displayText()
        harness.dependencies.settings.set(PRESENTATION_MODE, False)
        await harness.settle()
        assert proxy.displayText() == "http://proxy.example:3128"
