"""A scroll area keeps the focused widget in view."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.fields import LineField
from app.ui.widgets.scroll_area import ScrollArea


@pytest.fixture
def fields() -> list[QWidget]:
    return [LineField(f"Field {number}") for number in range(30)]


@pytest.fixture
def area(qtbot: QtBot, fields: list[QWidget]) -> ScrollArea:
    """A scroll area that shows only a few of the fields at a time."""
    content = QWidget()
    column = QVBoxLayout(content)
    for field in fields:
        column.addWidget(field)
    subject = ScrollArea(content)
    qtbot.addWidget(subject)
    subject.resize(300, 200)
    subject.show()
    qtbot.waitExposed(subject)
    subject.activateWindow()
    return subject


@pytest.mark.parametrize("reason", [Qt.FocusReason.OtherFocusReason, Qt.FocusReason.TabFocusReason])
def test_a_focused_field_scrolls_into_view(
    reason: Qt.FocusReason, area: ScrollArea, fields: list[QWidget], qtbot: QtBot
) -> None:
    for field in (fields[-1], fields[0]):
        field.setFocus(reason)
        qtbot.waitUntil(lambda field=field: seen(field, area))


def test_returning_to_the_window_does_not_scroll(area: ScrollArea, fields: list[QWidget], qtbot: QtBot) -> None:
    for field in (fields[-1], fields[0]):
        field.setFocus()
        qtbot.waitUntil(lambda field=field: field.hasFocus() and seen(field, area))
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    for field_of_its_own in (False, True):
        other = LineField("Elsewhere") if field_of_its_own else QWidget()
        qtbot.addWidget(other)
        other.show()
        other.activateWindow()
        qtbot.waitUntil(other.isActiveWindow)
        other.setFocus()
        area.activateWindow()
        qtbot.waitUntil(fields[0].hasFocus)
        qtbot.wait(20)
        assert bar.value() == bar.maximum()
    fields[1].setFocus()
    qtbot.waitUntil(lambda: seen(fields[1], area))


def seen(field: QWidget, area: ScrollArea) -> bool:
    """Whether the whole field is within the viewport."""
    place = field.rect().translated(field.mapTo(area.viewport(), field.rect().topLeft()))
    return area.viewport().rect().contains(place)
