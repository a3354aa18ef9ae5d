"""With large type the player's time is never cut: it moves above the controls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.studio.player_bar import PlayerBar
from app.ui.theme.theme import theme


@pytest.fixture(autouse=True)
def usual_size(qapp: QApplication) -> Iterator[None]:
    yield
    theme().set_text_scale(1.0)


@pytest.mark.parametrize(("scale", "width"), [(1.0, 400), (2.0, 420), (2.0, 700)])
def test_the_time_is_shown_whole(qtbot: QtBot, scale: float, width: int) -> None:
    theme().set_text_scale(scale)
    panel = QWidget()
    qtbot.addWidget(panel)
    row = QHBoxLayout(panel)
    row.setContentsMargins(0, 0, 0, 0)
    player = PlayerBar()
    row.addWidget(player)
    player.shown_time.setText("0:12.3 / 12:34.5")
    panel.setFixedWidth(width)
    panel.show()
    QApplication.processEvents()
    assert player.width() == width
    assert player.shown_time.width() >= player.shown_time.sizeHint().width()
    assert player.volume.geometry().right() < width
