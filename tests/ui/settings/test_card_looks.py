"""The selected service and voice do not look like the one with the keyboard focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.ui.settings.profile_cards import ProfileCards
from app.ui.studio.voice_cards import VoiceCards
from app.ui.theme.theme import Mode, theme
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel


@pytest.fixture(params=["light", "dark"])
def mode(request: pytest.FixtureRequest) -> Mode:
    return request.param  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", [ProfileCards, VoiceCards])
def test_a_selected_card_has_no_accented_outline(qtbot: QtBot, kind: type[RowList], mode: Mode) -> None:
    model = RowModel([Row(str(number), f"Name {number}", "place") for number in range(4)])
    cards = ProfileCards(model) if kind is ProfileCards else VoiceCards("Voices")
    cards.setModel(model)
    qtbot.addWidget(cards)
    cards.resize(700, 160)
    theme().set_mode(mode)
    try:
        cards.show()
        cards.select_key("1")
        qtbot.wait(10)
        cards.clearFocus()
        cards.keyboard = False
        area = cards.visualRect(model.index(1, 0))
        assert accent_share(cards.grab().toImage(), area) < 0.2
        cards.activateWindow()
        cards.setFocus()
        cards.keyboard = True
        cards.viewport().update()
        qtbot.waitUntil(cards.hasFocus)
        assert accent_share(cards.grab().toImage(), area) > 0.9
    finally:
        theme().set_mode("light")


def accent_share(picture: QImage, area: QRect) -> float:
    """The share of columns in whose upper edge the accent colour is found."""
    accent = theme().colour("accent")
    columns = range(area.left() + 20, area.right() - 30, 4)
    found = 0
    for x in columns:
        colours = [picture.pixelColor(QPoint(x, area.top() + y)) for y in range(6)]
        found += any(distance(each, accent) < 60 for each in colours)
    return found / len(columns)


def distance(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())
