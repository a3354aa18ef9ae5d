"""The description of a view, and what views are connected to. `app.ui.views` lists them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.theme.icons import Icon

if TYPE_CHECKING:
    from app.services.speech.ports import Recorder
    from app.ui.bench.context import BenchContext
    from app.ui.chat.assembly import ChatDependencies
    from app.ui.settings.ports import SettingsDependencies
    from app.ui.studio.context import SpeechContext
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window

View = QWidget


class ViewContext(NamedTuple):
    """What views are connected to: the window, and the services that they use. The composition root builds it.

    Attributes:
        on_close: registers a named coroutine function that is run at shutdown.
        chat, bench, speech, recorder, preferences: create the dependencies of a view on first use.
    """

    window: Window
    notifier: Notifier
    settings: Settings
    on_close: Callable[[str, Callable[[], Awaitable[object]]], None]
    chat: Callable[[], ChatDependencies]
    bench: Callable[[], BenchContext]
    speech: Callable[[], SpeechContext]
    recorder: Callable[[], Recorder]
    preferences: Callable[[], SettingsDependencies]


class ViewSpec(NamedTuple):
    """One view of the window.

    Attributes:
        name: stable identifier, also part of the key of the command that shows the view.
        label: returns the name in the current language.
        shortcut: in Qt's portable key sequence format.
        create: builds the widget; needs no service.
        connect: gives the widget its presenter. Called once, when the services are running and the view is needed.
        at_foot: placed at the bottom of the rail.
        prepare: for a view that is on the screen before the services run: builds what its first paint left out,
            in steps between which the event loop runs. Called before `connect`.
        add_commands: adds the commands that are offered before the view has been created.
    """

    name: str
    label: Callable[[], str]
    icon: Icon
    shortcut: str
    create: Callable[[Settings], View]
    connect: Callable[[View, ViewContext], None]
    at_foot: bool = False
    prepare: Callable[[View, ViewContext], Awaitable[None]] | None = None
    add_commands: Callable[[Window], None] | None = None
