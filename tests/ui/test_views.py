"""The registry of views is consistent, and the window is built from it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.views import VIEWS
from app.ui.widgets.notifications import Notifier
from app.ui.window import Window


def test_names_and_shortcuts_are_unique() -> None:
    for values in ({view.name for view in VIEWS}, {view.shortcut for view in VIEWS}, {view.icon for view in VIEWS}):
        assert len(values) == len(VIEWS)


def test_every_view_has_a_button_and_a_command(qtbot: QtBot) -> None:
    window = Window(Settings(), Notifier())
    qtbot.addWidget(window)
    assert list(window.rail.buttons) == [view.name for view in VIEWS]
    commands = {found.command.key: found.command for found in window.commands.find("")}
    for view in VIEWS:
        assert window.rail.buttons[view.name].text() == view.label()
        assert commands[f"view-{view.name}"].shortcut == view.shortcut


def test_the_first_view_can_be_prepared_while_it_is_shown() -> None:
    assert VIEWS[0].prepare is not None
    assert all(view.prepare is None for view in VIEWS[1:])


def test_every_view_is_created_without_services(qtbot: QtBot) -> None:
    for view in VIEWS:
        qtbot.addWidget(view.create(Settings()))
