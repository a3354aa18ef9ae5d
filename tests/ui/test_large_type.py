"""At twice the text size and the minimum window size, every part of a view can be scrolled to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.studio.view import StudioView
from app.ui.theme.theme import theme
from app.ui.voices.view import VoicesView
from app.ui.widgets.scroll_area import ScrollArea

SMALLEST = (884, 578)
"""The view in a window of 960×640."""


@pytest.fixture(autouse=True)
def twice() -> Iterator[None]:
    theme().set_text_scale(2.0)
    yield
    theme().set_text_scale(1.0)


@pytest.mark.parametrize("make", [StudioView, VoicesView])
def test_no_widget_is_wider_than_its_scroll_area(qtbot: QtBot, make: Callable[[Settings], QWidget]) -> None:
    view = make(Settings())
    qtbot.addWidget(view)
    view.resize(*SMALLEST)
    view.show()
    qtbot.waitExposed(view)
    tabs = view.findChild(QTabBar)
    for tab in range(tabs.count() if tabs is not None else 1):
        if tabs is not None:
            tabs.setCurrentIndex(tab)
        qtbot.wait(10)
        areas = [area for area in view.findChildren(ScrollArea) if area.isVisible()]
        assert areas
        assert [area.widget().width() - area.viewport().width() for area in areas] == [0] * len(areas), tab
