"""Presentation mode: the veil goes up and comes down with its setting, and covers what belongs to this user."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject

from app.core.masking import Mask
from app.core.profiles import PRESETS, Profile, host_of
from app.core.settings import PRESENTATION_HIDES_HOSTS, PRESENTATION_MODE, PROFILES, Settings
from app.ui import files
from app.ui.widgets.veil import veil
from app.ui.window import Window

FOLDER = "presentation"
"""Below the home: what choosers list while the veil is up."""


class Presentation(QObject):
    """Keeps the veil as the settings want it.

    `folder` is the home of the workbench, `profiles` gives the services there are.
    """

    def __init__(
        self, settings: Settings, folder: Path, profiles: Callable[[], Iterable[Profile]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._folder = folder
        self._profiles = profiles
        files.presentation_folder = folder / FOLDER
        settings.watch(PRESENTATION_MODE, lambda _on: self.refresh())
        settings.watch(PRESENTATION_HIDES_HOSTS, lambda _on: self.refresh())
        settings.watch(PROFILES, lambda _rows: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        up = self._settings.get(PRESENTATION_MODE)
        if up or veil().up:
            veil().draw(self._mask() if up else None)

    def toggle(self) -> None:
        """In and out; neither asks anything."""
        self._settings.set(PRESENTATION_MODE, not self._settings.get(PRESENTATION_MODE))

    def _mask(self) -> Mask:
        profiles = list(self._profiles())
        hosts = {host_of(profile.base_url) for profile in profiles if profile.kind != "demo"}
        accounts = {profile.name for profile in profiles} - {preset.name for preset in PRESETS} - hosts
        return Mask(
            (str(self._folder), str(Path.home())),
            (*user_names(), *accounts),
            hosts if self._settings.get(PRESENTATION_HIDES_HOSTS) else (),
        )


def add_presentation_command(window: Window, presentation: Presentation) -> None:
    """In the palette, and under a shortcut of the window."""
    window.add_command(
        "presentation",
        lambda: QCoreApplication.translate("Window", "Presentation mode"),
        presentation.toggle,
        "Ctrl+Shift+P",
    )


def user_names() -> tuple[str, ...]:
    """The login name, and the name of the person where the system knows it."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError):  # No such user in the system's list, as in a container.
        return ()
    try:
        import pwd

        person = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0]
    except (ImportError, KeyError):
        person = ""
    return tuple(name for name in (login, person, *person.split()) if name)
