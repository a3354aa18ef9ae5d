"""Tab and Shift+Tab walk through every view: the same stops both ways, all named, and nothing interactive left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN, TOOLS_OPEN, Settings
from app.ui.chat.parameters.number_row import NumberRow
from app.ui.chat.transcript.jump_button import JumpButton
from app.ui.gallery import Scene, _create, scenes
from app.ui.views import VIEWS
from app.ui.widgets.fields import SearchField
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.panel import Panel
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.spin_field import SpinField
from app.ui.window import Window

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QTextEdit,
)
WIDE, NARROW = (1440, 900), (960, 640)
SETTLE_MSEC = 100


def _all_panels_open(view: QWidget) -> None:
    for setting in (TOOLS_OPEN, INSPECTOR_OPEN, PARAMETERS_OPEN):
        view.toggle_panel(setting)  # type: ignore[attr-defined]


def _full_chat_with_panels(view: QWidget) -> None:
    next(scene for scene in scenes() if (scene.view, scene.state) == ("chat", "full")).fill(view)
    _all_panels_open(view)


def _renaming_session(view: QWidget) -> None:
    view.session_panel.title_field.show()  # type: ignore[attr-defined]


SCENES = (
    *scenes(),
    Scene("chat", "panels", _all_panels_open),
    Scene("chat", "full-panels", _full_chat_with_panels),
    Scene("studio", "renaming", _renaming_session),
)


@contextmanager
def shown(qtbot: QtBot, scene: Scene) -> Iterator[Window]:
    """Show a view in the window, with a notice that offers Undo.

    In the first scene of each view the user has visited every view before: what is hidden may not take the focus.
    """
    settings, messages = Settings(), Notifier()
    window = Window(settings, messages)
    qtbot.addWidget(window)
    for view in VIEWS:
        window.add_view(view.name, partial(_create, view, settings, messages))
    window.resize(*WIDE)
    window.show()
    window.complete()
    if scene is next(other for other in SCENES if other.view == scene.view):
        for view in reversed(VIEWS):
            window.show_view(view.name)
    window.show_view(scene.view)
    scene.fill(window.view(scene.view))
    messages.error("Deleted.")
    messages.info("A conversation was deleted.", undo=lambda: None)
    window.activateWindow()
    try:
        yield window
    finally:
        window.hide()


def walk(window: Window, key: Qt.Key, limit: int = 300) -> list[QWidget]:
    """Press a key until the focus comes back to where it began; the widgets it visited from there on."""
    window.rail.buttons["chat"].setFocus()
    visited = [window.rail.buttons["chat"]]
    for _ in range(limit):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        now = QApplication.focusWidget()
        assert now is not None
        if now is visited[0]:
            return visited  # type: ignore[return-value]
        # The links of a text are visited inside it.
        if now is not visited[-1]:
            visited.append(now)  # type: ignore[arg-type]
    raise AssertionError(f"the walk does not end; last at {[described(each) for each in visited[-6:]]}")


def described(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.accessibleName() or text!r}"


def reachable(window: Window) -> Iterator[QWidget]:
    """The interactive widgets that are enabled and shown, one for each group that is one control to the user."""
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, INTERACTIVE) or not widget.isVisible() or not widget.isEnabled():
            continue
        if widget.focusProxy() is not None or isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox):
            continue
        above = widget.parentWidget()
        # The number field of a slider, Escape in a search field, and the window's scroll areas do the same by keyboard.
        if isinstance(widget, QSlider) and isinstance(above, SpinField | NumberRow):
            continue
        if isinstance(above, SearchField) or widget.objectName().startswith("qt_"):
            continue
        # It is there only while the end is out of view, and the walk scrolls to the end.
        if isinstance(widget, JumpButton):
            continue
        if isinstance(above, QTabBar):
            continue
        yield widget


def is_above(later: QWidget, earlier: QWidget, window: Window) -> bool:
    """Whether the later stop is higher up in the same column: one above the other, in a panel or what scrolls in it."""

    def panel(widget: QWidget | None) -> QWidget | None:
        while widget is not None and not isinstance(widget, Panel | ScrollArea):
            widget = widget.parentWidget()
        return widget

    if panel(later) is None or panel(later) is not panel(earlier):
        return False
    first, second = (QRect(each.mapTo(window, QPoint(0, 0)), each.size()) for each in (earlier, later))
    is_beside = second.right() < first.left() or first.right() < second.left()
    return not is_beside and second.bottom() <= first.top()


@pytest.mark.parametrize("scene", SCENES, ids=[f"{scene.view}-{scene.state}" for scene in SCENES])
def test_the_tab_walk(qtbot: QtBot, scene: Scene) -> None:
    with shown(qtbot, scene) as window:
        for size in (WIDE, NARROW):
            window.resize(*size)
            QTest.qWait(SETTLE_MSEC)
            _walk_both_ways(window)


def _walk_both_ways(window: Window) -> None:
    forward, backward = walk(window, Qt.Key.Key_Tab), walk(window, Qt.Key.Key_Backtab)
    assert [described(each) for each in forward] == [described(each) for each in [backward[0], *backward[:0:-1]]]
    nameless = [
        described(each)
        for each in forward
        if not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()))
    ]
    assert nameless == []
    assert [described(each) for each in reachable(window) if each not in forward] == []
    climbs = [
        (described(earlier), described(later))
        for earlier, later in pairwise(forward)
        if is_above(later, earlier, window)
    ]
    assert climbs == [], "the order follows reading order"
    assert len(set(forward)) == len(forward)
