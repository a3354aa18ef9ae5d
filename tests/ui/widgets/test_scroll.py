"""What has the keyboard is seen, whoever gave it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.fields import LineField
from app.ui.widgets.scroll import ScrollArea


@pytest.mark.parametrize("reason", [Qt.FocusReason.OtherFocusReason, Qt.FocusReason.TabFocusReason])
def test_a_field_that_gets_the_keyboard_scrolls_into_view(reason: Qt.FocusReason, qtbot: QtBot) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    fields = [LineField(f"Field {number}") for number in range(30)]
    for field in fields:
        column.addWidget(field)
    area = ScrollArea(content)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    area.activateWindow()
    for field in (fields[-1], fields[0]):
        field.setFocus(reason)
        qtbot.waitUntil(lambda field=field: seen(field, area))


def seen(field: QWidget, area: ScrollArea) -> bool:
    """Whether the whole field stands within the view."""
    place = field.rect().translated(field.mapTo(area.viewport(), field.rect().topLeft()))
    return area.viewport().rect().contains(place)
