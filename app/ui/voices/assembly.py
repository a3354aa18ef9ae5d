"""Builds the voices view and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.theme.icons import Icon
from app.ui.view_spec import ViewContext, ViewSpec


def _create(settings: Settings) -> QWidget:
    from app.ui.voices.view import VoicesView

    return VoicesView(settings)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.voices.commands import add_voices_commands
    from app.ui.voices.presenter import VoicesPresenter
    from app.ui.voices.view import VoicesView

    assert isinstance(widget, VoicesView)
    VoicesPresenter(widget, context.speech(), context.recorder())
    add_voices_commands(context.window, widget)


VIEW = ViewSpec(
    name="voices",
    label=lambda: QCoreApplication.translate("Rail", "Voices"),
    icon=Icon.VOICES,
    shortcut="Ctrl+3",
    create=_create,
    connect=_connect,
)
