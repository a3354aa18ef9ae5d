"""Builds the settings view and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.settings.commands import add_settings_commands
from app.ui.theme.icons import Icon
from app.ui.view_spec import ViewContext, ViewSpec


def _create(settings: Settings) -> QWidget:
    from app.ui.settings.view import SettingsView

    return SettingsView(settings)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.settings.presenter import SettingsPresenter
    from app.ui.settings.view import SettingsView

    assert isinstance(widget, SettingsView)
    SettingsPresenter(widget, context.preferences())


VIEW = ViewSpec(
    name="settings",
    label=lambda: QCoreApplication.translate("Rail", "Settings"),
    icon=Icon.SETTINGS,
    shortcut="Ctrl+,",
    create=_create,
    connect=_connect,
    at_foot=True,
    add_commands=add_settings_commands,
)
