"""A notice of a tab moves no control, covers none, and is in view."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.voices.view import VoicesView
from app.ui.widgets.notices import InlineNotice

SENTENCE = "The file /home/user/recordings/nowhere at all.wav does not exist. Check the path, or choose another file."
WIDE, NARROW = (1_364, 804), (868, 538)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("index", range(3), ids=["design", "clone", "library"])
def test_a_notice_moves_nothing(qtbot: QtBot, index: int, size: tuple[int, int]) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    view.tabs.setCurrentIndex(index)
    tab = (view.design, view.clone, view.library)[index]
    view.clone.wave.set_sound([(-0.5, 0.5)] * 80, 8_000)
    qtbot.wait(20)
    before = places(tab)
    tab.notice.say("bad", SENTENCE)
    qtbot.wait(20)
    moved = [part.accessibleName() for part, place in places(tab).items() if before.get(part, place) != place]
    assert moved == []
    assert tab.notice.visibleRegion().boundingRect() == tab.notice.rect(), "all of it can be read"
    covered = [
        part.accessibleName()
        for part in (view.clone.wave.start, view.clone.wave.end)
        if index == 1 and part.geometry().intersects(tab.notices.geometry())
    ]
    assert covered == []


def test_a_notice_out_of_sight_is_scrolled_to(qtbot: QtBot) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    view.resize(*NARROW)
    view.show()
    view.tabs.setCurrentIndex(1)
    qtbot.wait(20)
    area = view.clone.area
    assert isinstance(area, QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    view.clone.notice.say("bad", SENTENCE)
    qtbot.wait(20)
    assert view.clone.notice.visibleRegion().boundingRect() == view.clone.notice.rect()


def places(tab: QWidget) -> dict[QWidget, QRect]:
    """The geometry of every visible widget that belongs to no notice and is not inside a field that scrolls."""
    return {
        part: part.geometry()
        for part in tab.findChildren(QWidget)
        if part.isVisible()
        and part.accessibleName()
        and not isinstance(part, InlineNotice)
        and not any(isinstance(above, InlineNotice) for above in parents(part))
        and type(part).__name__ != "_TrimHandle"
    }


def parents(part: QWidget) -> list[QWidget]:
    above = part.parentWidget()
    return [] if above is None else [above, *parents(above)]


def test_a_shown_notice_leaves_the_window_idle(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    view.resize(*WIDE)
    view.show()
    view.design.notice.say("bad", SENTENCE)
    placed: list[bool] = []
    place = view.design.notices._place

    def counted(**how: Any) -> None:
        placed.append(True)
        place(**how)

    monkeypatch.setattr(view.design.notices, "_place", counted)
    quiet = 0
    while quiet < 3:  # Showing the view places it several times, later on a busy machine.
        before = len(placed)
        qtbot.wait(30)
        quiet = quiet + 1 if len(placed) == before else 0
        assert len(placed) < 1_000, "the window is never idle"
    placed.clear()
    # As a longer sentence, a theme or a text size asks for.
    view.design.notices.updateGeometry()
    qtbot.wait(30)
    assert placed == []
