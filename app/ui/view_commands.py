"""Adds commands that press a button of a view, so that the palette offers what the view's buttons do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QAbstractButton

from app.ui.theme.icons import Icon
from app.ui.widgets.painted_button import PaintedButton

if TYPE_CHECKING:
    from app.ui.window import Window


class ButtonCommand(NamedTuple):
    """A command that presses a button.

    Attributes:
        key: stable identifier of the command.
        label: returns its name in the current language.
        button: the button that it presses; while it is disabled, so is the command.
        reveal: shows the part of the view that has the button.
        shortcut: works while the view is shown; the tooltip of the button shows it.
        is_offered: whether the part of the view that has the button can be shown now.
        icon: shown in the palette; that of the button by default.
    """

    key: str
    label: Callable[[], str]
    button: QAbstractButton
    reveal: Callable[[], object] = lambda: None
    shortcut: str = ""
    icon: Icon | None = None
    is_offered: Callable[[], bool] = lambda: True


def add_button_commands(window: Window, view: str, commands: tuple[ButtonCommand, ...]) -> None:
    """Add commands that show a view and press one of its buttons."""

    def press(command: ButtonCommand) -> None:
        window.show_view(view)
        command.reveal()
        command.button.click()

    for command in commands:
        window.add_command(
            command.key,
            command.label,
            lambda command=command: press(command),  # type: ignore[misc]
            command.shortcut,
            enabled=lambda command=command: command.button.isEnabled() and command.is_offered(),  # type: ignore[misc]
            view=view,
            is_local=True,
            icon=command.icon or (command.button.glyph() if isinstance(command.button, PaintedButton) else None),
        )
        if command.shortcut and isinstance(command.button, PaintedButton):
            command.button.show_shortcut(command.shortcut)
