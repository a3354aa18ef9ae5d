"""Builds the voices view and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.theme.icons import Icon
from app.ui.view_spec import ViewContext, ViewSpec

if TYPE_CHECKING:
    from app.ui.window import Window


def _create(settings: Settings) -> QWidget:
    from app.ui.voices.view import VoicesView

    return VoicesView(settings)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.voices.commands import add_voices_commands
    from app.ui.voices.presenter import VoicesPresenter
    from app.ui.voices.use_in_studio import use_in_studio
    from app.ui.voices.view import VoicesView

    assert isinstance(widget, VoicesView)
    speech, window = context.speech(), context.window
    presenter = VoicesPresenter(widget, speech, context.recorder())
    context.on_close("voices", presenter.aclose)

    def open_session(session_id: str) -> None:
        speech.sessions.open(session_id)
        window.show_view("studio")

    widget.library.use_requested.connect(partial(use_in_studio, window))
    widget.library.detail.session_requested.connect(open_session)
    add_voices_commands(window, widget)


def add_entry_commands(window: Window) -> None:
    """Add the commands that begin something here. The first of them that is run builds the view."""

    def begin(tab: int) -> None:
        from app.ui.voices.view import VoicesView

        window.show_view("voices")
        view = window.view("voices")
        assert isinstance(view, VoicesView)
        view.tabs.setCurrentIndex(tab)
        (view.design.description, view.clone.path)[tab].setFocus()

    window.add_command(
        "voice-begin-design",
        lambda: QCoreApplication.translate("Commands", "Design a voice"),
        lambda: begin(0),
        view="voices",
        icon=Icon.WAND,
    )
    window.add_command(
        "voice-begin-clone",
        lambda: QCoreApplication.translate("Commands", "Clone a voice from a sample"),
        lambda: begin(1),
        view="voices",
        icon=Icon.MIC,
    )


VIEW = ViewSpec(
    name="voices",
    label=lambda: QCoreApplication.translate("Rail", "Voices"),
    icon=Icon.VOICES,
    shortcut="Ctrl+5",
    create=_create,
    connect=_connect,
    add_commands=add_entry_commands,
)
