"""The Network, Audio, Appearance, Data and About pages, and the search for settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import certifi
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code
from app.core.settings import (
    BUFFER,
    CERTIFICATES,
    CONNECT_TIMEOUT,
    INPUT_DEVICE,
    LANGUAGE,
    OUTPUT_DEVICE,
    PROXY,
    TEXT_SIZE,
    THEME,
    Settings,
)
from app.ui.language import Language
from app.ui.settings.view import PAGES, SettingsView
from app.ui.texts.errors import error_message
from app.ui.theme.theme import theme
from tests.plugins.demo_service import DemoService
from tests.ui.settings.harness import TYPED_KEY, settings_harness
from tests.waiting import wait_until


@pytest.fixture(autouse=True)
def plain_look() -> Iterator[None]:
    yield
    theme().set_mode("light")
    theme().set_text_scale(1.0)
    theme().set_reduced_motion(False)


def device(name: str) -> Any:
    return SimpleNamespace(id=name, name=name.title())


# -- network ----------------------------------------------------------------------------------------------------------


async def test_a_proxy_is_checked_before_it_is_used(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, active_profile="payg") as harness:
        page = harness.view.network
        for typed in ("127.0.0.1:7890", "ftp://proxy:21", "http://"):
            page.proxy.setText(typed)
            page.proxy.editingFinished.emit()
            assert typed in page.proxy_notice.text()
            assert harness.dependencies.settings.get(PROXY) == ""
        page.proxy.setText(" http://127.0.0.1:7890 ")
        page.proxy.editingFinished.emit()
        await harness.settle()
        assert page.proxy_notice.text() == ""
        assert harness.dependencies.connection.profile.proxy == "http://127.0.0.1:7890"
        page.proxy.setText("http://someone:word@127.0.0.1:7890")
        page.proxy.editingFinished.emit()
        await harness.settle()
        assert "password" in page.proxy_notice.text()


async def test_certificates_are_read_before_they_are_trusted(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, active_profile="payg") as harness:
        page = harness.view.network
        words = tmp_path / "words.pem"
        words.write_text("no certificate", encoding="utf-8")
        for wrong in (words, tmp_path / "missing.pem"):
            page.set_certificates(str(wrong))
            assert "no readable certificates" in page.certificates_notice.text()
            assert harness.dependencies.settings.get(CERTIFICATES) == ""
        page.set_certificates(certifi.where())
        await harness.settle()
        assert page.certificates_notice.text() == ""
        assert harness.dependencies.connection.profile.certificates == certifi.where()


async def test_an_error_stays_below_its_field_until_the_field_is_valid(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.network
        harness.view.show_page("network")
        qtbot.keyClicks(page.proxy, "bogus")
        qtbot.keyClick(page.proxy, Qt.Key.Key_Return)
        page.set_certificates(str(tmp_path / "missing.pem"))
        for line, notice in ((page.proxy, page.proxy_notice), (page.certificates, page.certificates_notice)):
            assert notice.has_error
            assert line.accessibleDescription() == notice.text() != ""
        below_each_other = (page.proxy, page.proxy_notice, page.certificates, page.certificates_notice)
        tops = [part.mapToGlobal(QPoint()).y() for part in below_each_other]
        assert tops == sorted(set(tops))
        page.proxy.selectAll()
        qtbot.keyClicks(page.proxy, "http://127.0.0.1:7890")
        assert not page.proxy_notice.isVisible(), "before it is finished"
        assert page.proxy.accessibleDescription() == ""
        assert page.certificates_notice.has_error, "that is another field"
        harness.view.retranslate()
        page.retranslate()
        assert page.certificates_notice.has_error
        page.certificates.clear()
        assert not page.certificates_notice.isVisible()


async def test_a_time_limit_applies_from_the_next_request(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.view.network._limits[CONNECT_TIMEOUT].number.setValue(33)
        await harness.settle()
        assert harness.dependencies.connection.profile.timeouts.connect == 33.0


# -- audio ------------------------------------------------------------------------------------------------------------


async def test_devices_come_and_go_while_the_page_is_open(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.audio
        harness.outside.outputs = [device("headphones")]
        harness.view.show_page("audio")
        await harness.settle()
        assert not page.listen_button.isEnabled()
        page.output.chosen.emit("headphones")
        assert harness.dependencies.settings.get(OUTPUT_DEVICE) == "headphones"
        harness.outside.outputs, harness.outside.inputs = [], [device("microphone")]
        harness.dependencies.on_devices.emit()
        await harness.settle()
        assert page.output.currentText() == "headphones (not connected)"
        assert not page.tone_button.isEnabled()
        assert page.listen_button.isEnabled()


async def test_a_missing_sound_library_is_reported_on_the_page(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.outside.missing = AudioError(Code.NO_PORTAUDIO)
        harness.view.show_page("audio")
        await harness.settle()
        assert "PortAudio" in harness.view.audio.notice.text()


@pytest.mark.parametrize("leave", [lambda view: view.show_page("data"), lambda view: view.hide()])
async def test_the_meter_stops_when_the_page_is_left(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, leave: Callable[[SettingsView], None]
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page, microphone = harness.view.audio, harness.dependencies.microphone
        harness.outside.inputs = [device("microphone")]
        harness.view.show_page("audio")
        await harness.settle()
        page.listen_button.click()
        assert (page.listen_button.text(), page.listen_button.isChecked()) == ("Microphone meter", True)
        await wait_until(lambda: page.meter.value() == -30)
        assert page._level.text() == "-12 dB"
        page.input.chosen.emit("microphone")
        await harness.settle()
        assert harness.dependencies.settings.get(INPUT_DEVICE) == microphone.device == "microphone"
        leave(harness.view)
        await harness.settle()
        assert not microphone.listening  # type: ignore[attr-defined]
        assert page.listen_button.text() == "Microphone meter"


async def test_a_microphone_released_while_opening_is_closed(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.dependencies.microphone.opens_after = 0.2  # type: ignore[attr-defined]
        harness.outside.inputs = [device("microphone")]
        harness.view.show_page("audio")
        await harness.settle()
        harness.view.audio.listen_button.click()
        harness.view.audio.listen_button.click()
        await harness.settle()
        assert not harness.dependencies.microphone.listening  # type: ignore[attr-defined]
        assert harness.view.audio.meter.value() == -60


async def test_tone_and_buffer(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.outside.outputs = [device("headphones")]
        harness.view.show_page("audio")
        await harness.settle()
        harness.view.audio.tone_button.click()
        assert harness.outside.toned
        harness.view.audio.buffer.number.setValue(0.4)
        assert harness.dependencies.settings.get(BUFFER) == pytest.approx(0.4)


# -- appearance -------------------------------------------------------------------------------------------------------


async def test_the_look_changes_at_once(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.appearance
        page.theme.lineEdit().setText("Dark")
        assert theme().dark
        assert harness.dependencies.settings.get(THEME) == "dark"
        page.size_field.number.setValue(200)
        assert theme().text_scale == 2.0
        page.size_field.number.setValue(20)
        assert harness.dependencies.settings.get(TEXT_SIZE) == 80
        page.motion.setChecked(True)
        assert theme().reduced_motion
        page.language.lineEdit().setText("简体中文")
        assert harness.outside.language == harness.dependencies.settings.get(LANGUAGE) == "zh_CN"


@pytest.mark.parametrize("size", [(960 - 76, 610), (1364, 870)])
def test_every_page_fits_its_width_with_text_at_two_hundred_per_cent(qtbot: QtBot, size: tuple[int, int]) -> None:
    theme().set_text_scale(2.0)
    view = SettingsView(Settings())
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    too_wide = []
    for page in PAGES:
        view.show_page(page)
        QApplication.processEvents()
        area: Any = view._pages.currentWidget()
        assert area.widget() is view._contents[page]
        if area.widget().width() > area.viewport().width():
            too_wide.append(page)
    assert too_wide == []


# -- about ------------------------------------------------------------------------------------------------------------


async def test_parts_have_licences_and_diagnostics_no_secrets(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        await harness.dependencies.keys.save("payg", TYPED_KEY)
        log = harness.dependencies.paths.log
        log.write_text(f"INFO {tmp_path / 'home'} {Path.home()} {TYPED_KEY}\n", encoding="utf-8")
        page = harness.view.about
        harness.view.show_page("about")
        await harness.settle()
        model = page.list.model()
        packages = {model.index(row, 0).data().split(" ")[0]: row for row in range(model.rowCount())}
        assert {"PySide6_Essentials", "httpx", "httpcore", "numpy", "Qt", "PortAudio", "eSpeak", "Python"} <= set(
            packages
        )
        page.list.setCurrentIndex(model.index(packages["httpx"], 0))
        await harness.settle()
        assert "Redistribution and use" in page.licence.toPlainText()
        page._copy.click()
        copied = QGuiApplication.clipboard().text()
        assert copied == page.diagnostics.toPlainText()
        assert "MiMo Workbench" in copied
        assert "service demo" in copied
        for secret in (TYPED_KEY, str(tmp_path), f"{Path.home()} "):
            assert secret not in copied


def test_the_unexpected_error_names_an_existing_button(qtbot: QtBot) -> None:
    view = SettingsView(Settings())
    qtbot.addWidget(view)
    said = str(error_message(RuntimeError("lost")))
    view.search.setText(view.about._copy.text())
    assert f"“{view.about._copy.text()}” in Settings, {view._names()[view._results[0].page]}" in said


# -- the view ---------------------------------------------------------------------------------------------------------


def found(view: SettingsView) -> list[str]:
    model = view.results.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_search_matches_names_and_choices(qtbot: QtBot) -> None:
    view = SettingsView(Settings())
    qtbot.addWidget(view)
    view.show()
    view.search.setText("text size")
    assert found(view) == ["Text size"]
    view.search.setText("dark")
    assert found(view) == ["Theme"]
    assert not view.list.isVisible()
    view.search.returnPressed.emit()
    assert view.page == "appearance"
    focused: QWidget | None = view.appearance.theme
    assert focused is not None
    assert view.focusWidget() in (focused, view.appearance.theme.lineEdit())
    view.search.setText("no such thing")
    assert found(view) == []
    assert view._no_result.isVisible()
    view.search.clear()
    assert view.list.isVisible()
    assert view.page == "appearance"


def test_search_finds_the_footer_without_changing_the_page(qtbot: QtBot) -> None:
    view = SettingsView(Settings())
    qtbot.addWidget(view)
    view.show()
    view.show_page("data")
    view.search.setText("presentation mode")
    assert found(view) == ["Presentation mode"]
    view.results.setCurrentIndex(view.results.model().index(0, 0))
    view.search.returnPressed.emit()
    assert view.page == "data"
    assert view.focusWidget() is view.presentation


def test_selecting_a_search_result_scrolls_to_it(qtbot: QtBot) -> None:
    view = SettingsView(Settings())
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    view.show_page("data")
    view.search.setText("retries")
    view.results.setCurrentIndex(view.results.model().index(0, 0))
    assert view.page == "network"
    QApplication.processEvents()
    area: Any = view._pages.currentWidget()
    control = view._results[0].control
    assert area.viewport().rect().contains(control.mapTo(area.viewport(), control.rect().center()))


def test_search_uses_the_current_language(qtbot: QtBot, qapp: QApplication) -> None:
    language = Language(qapp)
    view = SettingsView(Settings())
    qtbot.addWidget(view)
    view.show()
    language.use("zh_CN")
    QApplication.processEvents()
    try:
        view.search.setText("主题")
        assert found(view) == ["主题"]
    finally:
        language.use("en")
        QApplication.processEvents()


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QListView, QPlainTextEdit

    view = SettingsView(Settings())
    qtbot.addWidget(view)
    kinds = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QListView, QPlainTextEdit)
    for page in view._contents.values():
        for control in page.findChildren(QWidget):
            if not isinstance(control, kinds) or isinstance(control.parent(), (QComboBox, QAbstractSpinBox, QLineEdit)):
                continue
            if control.parent() is not None and isinstance(control.parent().parent(), QComboBox):
                continue  # The list of a choice, which pops up.
            name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")
            acts = not isinstance(control, QAbstractButton) or name or control.isVisibleTo(page)
            assert name or not acts, control
            if name:
                assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, name
