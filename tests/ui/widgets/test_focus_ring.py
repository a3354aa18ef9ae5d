"""The focus ring surrounds the focused control, and no other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.focus_ring import FocusRing
from tests.ui.samples import Page


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    subject = Page()
    qtbot.addWidget(subject)
    subject.resize(1280, 860)
    subject.show()
    subject.activateWindow()
    qtbot.waitExposed(subject)
    qtbot.waitUntil(subject.isActiveWindow)
    return subject


def focus(widget: QWidget, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
    widget.setFocus(reason)
    assert widget.hasFocus()


def around(page: Page, widget: QWidget) -> bool:
    """Whether the ring surrounds the widget at the distance of its width and the gap on every side."""
    ring = page.ring
    corner = ring.mapTo(page, ring.rect().topLeft())
    here = widget.mapTo(page, widget.rect().topLeft())
    return (here - corner).x() == (here - corner).y() == 4 and ring.width() == widget.width() + 8


def test_the_ring_is_outside_the_control(page: Page) -> None:
    focus(page.primary)
    assert page.ring.isVisible()
    assert around(page, page.primary)


def test_the_ring_is_drawn_in_the_accent_colour_around_the_control(page: Page) -> None:
    focus(page.primary)
    place = page.primary.mapTo(page, page.primary.rect().center())
    image = page.grab().toImage()
    left = page.primary.mapTo(page, page.primary.rect().topLeft()).x()
    assert image.pixelColor(left - 3, place.y()).name() == theme().colour("accent").name()
    assert image.pixelColor(left - 1, place.y()).name() == theme().colour("surface").name()


def test_the_ring_follows_the_focus(page: Page) -> None:
    focus(page.primary)
    focus(page.choice)
    assert around(page, page.choice)
    page.choice.clearFocus()
    assert not page.ring.isVisible()


def test_the_ring_moves_with_the_control(page: Page) -> None:
    focus(page.primary)
    page.primary.move(page.primary.x() + 20, page.primary.y() + 5)
    assert around(page, page.primary)


def test_the_ring_scrolls_with_the_content(page: Page, qtbot: QtBot) -> None:
    page.resize(1280, 420)
    focus(page.volume)
    qtbot.waitUntil(lambda: around(page, page.volume))


def test_lists_and_tabs_draw_their_own_ring(page: Page) -> None:
    focus(page.primary)
    focus(page.list)
    assert not page.ring.isVisible()
    assert page.list.keyboard


def test_the_ring_surrounds_the_frame_of_a_field(page: Page) -> None:
    focus(page.message)
    assert page.ring.isVisible()
    assert page.ring.width() > page.message.width()


def test_the_ring_disappears_when_its_control_is_hidden(page: Page) -> None:
    focus(page.primary)
    page.primary.parentWidget().hide()
    assert not page.ring.isVisible() or not around(page, page.primary)


def test_the_ring_fits_a_target_that_is_resized_after_its_control(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(300, 300)
    panel = QWidget(window)
    panel.setGeometry(50, 50, 200, 80)
    field = QLineEdit(panel)
    field.ring_target = panel  # type: ignore[attr-defined]
    ring = FocusRing(window)
    window.show()
    qtbot.waitExposed(window)
    ring._move_to(None, field)
    panel.resize(200, 120)
    assert ring.height() == ring._around(panel).height()


def test_the_ring_outlives_a_focused_control_that_is_deleted(page: Page, qtbot: QtBot) -> None:
    card = QWidget(page)
    card.setGeometry(100, 100, 200, 100)
    button = IconButton(Icon.CLOSE, "Dismiss", side=28)
    button.setParent(card)
    button.move(50, 30)
    card.show()
    with qtbot.captureExceptions() as raised:
        focus(page.primary)
        focus(button)
        assert page.ring.parentWidget() is card
        delete(card)
        assert isValid(page.ring), "it went with the card that it was shown in"
        focus(page.primary)
        assert around(page, page.primary)
    assert not raised
