"""Builds the studio view and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.theme.icons import Icon
from app.ui.view_spec import ViewContext, ViewSpec


def _create(settings: Settings) -> QWidget:
    from app.ui.studio.view import StudioView

    return StudioView(settings)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.studio.commands import add_studio_commands
    from app.ui.studio.presenter import StudioPresenter
    from app.ui.studio.view import StudioView

    assert isinstance(widget, StudioView)
    context.on_close("studio", StudioPresenter(widget, context.speech()).aclose)
    add_studio_commands(context.window, widget)


VIEW = ViewSpec(
    name="studio",
    label=lambda: QCoreApplication.translate("Rail", "Studio"),
    icon=Icon.STUDIO,
    shortcut="Ctrl+2",
    create=_create,
    connect=_connect,
)
