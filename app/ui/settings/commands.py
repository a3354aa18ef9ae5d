"""The commands that lead to a setting. The settings view is built when the first of them is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.ui.window import Window


def add_settings_commands(window: Window) -> None:
    """Add commands that focus the control of a setting. Called when the settings view is registered."""

    def focus(control: str) -> None:
        from app.ui.settings.view import SettingsView

        window.show_view("settings")
        view = window.view("settings")
        assert isinstance(view, SettingsView)
        view.show_page("appearance")
        page = view.appearance
        field = page.theme if control == "theme" else page.size_field
        view.reveal(field)
        field.setFocus()

    window.add_command("setting-theme", lambda: QCoreApplication.translate("Commands", "Theme"), lambda: focus("theme"))
    window.add_command(
        "setting-text-size", lambda: QCoreApplication.translate("Commands", "Text size"), lambda: focus("size")
    )
