"""Builds the studio view and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.theme.icons import Icon
from app.ui.view_spec import ViewContext, ViewSpec

if TYPE_CHECKING:
    from app.core.media import Media
    from app.ui.studio.view import StudioView
    from app.ui.window import Window


def _create(settings: Settings) -> QWidget:
    from app.ui.studio.view import StudioView

    return StudioView(settings)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.studio.commands import add_studio_commands
    from app.ui.studio.presenter import StudioPresenter
    from app.ui.studio.view import StudioView

    assert isinstance(widget, StudioView)
    presenter = StudioPresenter(widget, context.speech())
    presenter.health.open_in_chat = partial(_open_in_chat, context)
    context.on_close("studio", presenter.aclose)
    add_studio_commands(context.window, widget)
    widget.room_changed.connect(context.window.place_notices)
    widget.chat_requested.connect(lambda text: _send_to_chat(context.window, text))
    widget.voice_panel.library.clicked.connect(lambda: _show_library(context.window))


def _open_in_chat(context: ViewContext, media: Media, question: str, model: str) -> None:
    # Shown first, so that its presenter is there to show the draft.
    context.window.show_view("chat")
    context.chat().workspace.begin(question, (media,), model)


def _show_library(window: Window) -> None:
    from app.ui.voices.view import VoicesView

    window.show_view("voices")
    voices = window.view("voices")
    assert isinstance(voices, VoicesView)
    voices.show_library()


def _send_to_chat(window: Window, text: str) -> None:
    """Put a text behind the draft of the open conversation. It is not sent."""
    from app.ui.chat.view import ChatView

    window.show_view("chat")
    chat = window.view("chat")
    assert isinstance(chat, ChatView)
    chat.composer.add_to_draft(text)


def add_entry_commands(window: Window) -> None:
    """Add the commands that begin something here. The first of them that is run builds the view."""

    def begin(focus: Callable[[StudioView], None]) -> None:
        from app.ui.studio.view import StudioView

        window.show_view("studio")
        view = window.view("studio")
        assert isinstance(view, StudioView)
        focus(view)

    window.add_command(
        "studio-begin",
        lambda: QCoreApplication.translate("Commands", "Write a text to speak"),
        lambda: begin(lambda view: view.text.text.setFocus()),
        view="studio",
        icon=Icon.EDIT,
    )
    window.add_command(
        "studio-choose-voice",
        lambda: QCoreApplication.translate("Commands", "Choose a voice"),
        lambda: begin(lambda view: view.focus_voices()),
        view="studio",
        icon=Icon.VOICES,
    )


VIEW = ViewSpec(
    name="studio",
    label=lambda: QCoreApplication.translate("Rail", "Studio"),
    icon=Icon.STUDIO,
    shortcut="Ctrl+3",
    create=_create,
    connect=_connect,
    add_commands=add_entry_commands,
)
