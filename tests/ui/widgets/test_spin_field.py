"""Spin fields: number and slider stay in sync, and an empty field is None."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.slider import Slider
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.spin_field import SpinField


@pytest.fixture
def temperature(qtbot: QtBot) -> SpinField:
    subject = SpinField("Temperature", 0, 1.5, 0.05, decimals=2)
    qtbot.addWidget(subject)
    subject.set_value(1.0)
    subject.show()
    qtbot.waitExposed(subject)
    return subject


def slider(field: SpinField) -> Slider:
    found = field.findChild(Slider)
    assert isinstance(found, Slider)
    return found


def test_a_spin_field_is_a_named_spin_button(temperature: SpinField) -> None:
    tree = QAccessible.queryAccessibleInterface(temperature.number)
    assert tree.role() == QAccessible.Role.SpinBox
    assert tree.text(QAccessible.Text.Name) == "Temperature"


def test_number_and_slider_follow_each_other(temperature: SpinField) -> None:
    temperature.set_value(0.75)
    assert slider(temperature).share() == pytest.approx(0.5, abs=0.002)
    slider(temperature).setValue(slider(temperature).maximum())
    assert temperature.value() == 1.5


def test_the_slider_snaps_to_the_steps(temperature: SpinField) -> None:
    slider(temperature).setValue(123)
    assert temperature.value() == pytest.approx(0.2)


def test_every_change_is_emitted(temperature: SpinField) -> None:
    spy = QSignalSpy(temperature.value_changed)
    temperature.number.stepBy(1)
    assert spy.count() == 1
    assert spy.at(0)[0] == pytest.approx(1.05)


def test_numbers_have_no_trailing_zeros(temperature: SpinField) -> None:
    assert temperature.number.text() == "1.0"
    temperature.set_value(0.7)
    assert temperature.number.text() == "0.7"


def test_a_locked_number_shows_the_reason_and_cannot_be_changed(temperature: SpinField, qtbot: QtBot) -> None:
    temperature.lock("fixed while thinking")
    assert not temperature.number.isEnabled()
    assert not slider(temperature).isEnabled()
    assert temperature.number.accessibleDescription() == "fixed while thinking"
    temperature.unlock()
    assert temperature.number.isEnabled()
    assert temperature.number.accessibleDescription() == ""


def test_a_number_can_be_none(qtbot: QtBot) -> None:
    field = SpinField("Max tokens", 1, 131_072, 256, slider=False, empty="Model default")
    qtbot.addWidget(field)
    field.show()
    field.set_value(None)
    assert (field.value(), field.number.text()) == (None, "Model default")
    assert field.number.value() == 0, "what assistive tools read is no odd number"
    field.number.stepBy(1)
    assert field.value() == 256
    field.number.stepBy(-1)
    assert field.value() is None
    field.set_value(2048)
    assert field.value() == 2048
    assert isinstance(field.value(), int)


def test_emptying_the_field_means_none(qtbot: QtBot) -> None:
    field = SpinField("Max tokens", 1, 131_072, 256, slider=False, empty="Model default")
    qtbot.addWidget(field)
    field.show()
    field.set_value(2048)
    field.number.lineEdit().clear()
    qtbot.keyClick(field.number, Qt.Key.Key_Return)
    assert field.value() is None


def test_a_required_number_rejects_none(temperature: SpinField) -> None:
    with pytest.raises(ValueError):
        temperature.set_value(None)


def test_a_click_moves_the_slider_to_the_pointer(qtbot: QtBot) -> None:
    subject = Slider("Volume")
    qtbot.addWidget(subject)
    subject.resize(214, 18)
    subject.show()
    qtbot.mouseClick(subject, Qt.MouseButton.LeftButton, pos=QPoint(107, 9))
    assert subject.value() == pytest.approx(50, abs=1)
    qtbot.mouseClick(subject, Qt.MouseButton.LeftButton, pos=QPoint(213, 9))
    assert subject.value() == subject.maximum()


def test_the_keyboard_moves_a_slider(qtbot: QtBot) -> None:
    subject = Slider("Volume")
    qtbot.addWidget(subject)
    subject.show()
    qtbot.keyClick(subject, Qt.Key.Key_Right)
    assert subject.value() == 1
    qtbot.keyClick(subject, Qt.Key.Key_End)
    assert subject.value() == subject.maximum()


def test_a_composed_number_is_committed_on_leaving_and_not_before(temperature: SpinField) -> None:
    number = temperature.number
    number.setFocus()
    number.selectAll()
    QApplication.sendEvent(number, QInputMethodEvent("0.4", []))
    number.commit()
    assert temperature.value() == 1.0, "what is still underlined is not used by the pause"
    number.clearFocus()
    number.finish()
    assert temperature.value() == 0.4


def test_a_click_elsewhere_commits_a_composed_number(temperature: SpinField, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    temperature.number.selectAll()
    QApplication.sendEvent(temperature.number, QInputMethodEvent("0.4", []))
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    temperature.number.commit()
    assert temperature.value() == 0.4


def test_what_is_typed_into_has_the_name_of_the_number(qtbot: QtBot) -> None:
    number = SpinBox("", 1, 8, 1)
    qtbot.addWidget(number)
    number.setAccessibleName("Takes at once")
    assert number.lineEdit().accessibleName() == "Takes at once"
