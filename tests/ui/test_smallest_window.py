"""The smallest window fits a screen of 960 by 640 pixels with its title bar, and cuts nothing off."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.gallery import _create, scenes
from app.ui.language import Language
from app.ui.views import VIEWS
from app.ui.widgets.notifications import Notifier
from app.ui.window import MINIMUM_SIZE, Window

SCREEN = (960, 640)
TALLEST_TITLE_BAR = 40
"""GNOME's are 37 pixels high, those of Windows 32, of KDE 30."""


@pytest.fixture(params=["en", "zh_CN"])
def window(qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Window]:
    language = Language(qapp)
    language.use(request.param)
    settings, messages = Settings(), Notifier()
    window = Window(settings, messages)
    qtbot.addWidget(window)
    for view in VIEWS:
        window.add_view(view.name, partial(_create, view, settings, messages))
    window.resize(*MINIMUM_SIZE)
    window.show()
    yield window
    window.hide()
    language.use("en")


def test_it_leaves_room_for_the_title_bar(window: Window) -> None:
    window.resize(1, 1)
    assert window.width() < SCREEN[0]
    assert window.height() <= SCREEN[1] - TALLEST_TITLE_BAR


def test_nothing_is_cut_off(window: Window) -> None:
    for scene in scenes():
        window.show_view(scene.view)
        scene.fill(window.view(scene.view))
        QApplication.processEvents()
        assert (window.width(), window.height()) == MINIMUM_SIZE, scene
        assert cut_off(window) == [], scene


def cut_off(window: Window) -> list[str]:
    """The widgets that reach beyond the window, unless a scroll area brings them into view."""
    found = []
    for widget in window.findChildren(QWidget):
        area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if widget.isVisible() and not window.rect().contains(area) and not _scrolls(widget):
            found.append(f"{type(widget).__name__} {widget.accessibleName()} {area.getRect()}")
    return found


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QAbstractScrollArea):
        parent = parent.parentWidget()
    return parent is not None
