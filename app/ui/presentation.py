"""Presentation mode: activates the cover according to the settings and masks the user's personal data."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.request import getproxies

from PySide6.QtCore import QCoreApplication, QObject

from app.core.catalogue import catalogue
from app.core.hosts import host_of
from app.core.presentation_mask import PresentationMask
from app.core.profiles import PRESETS, PRIVATE_KINDS, Profile
from app.core.settings import (
    LAST_FOLDER,
    MODELS,
    PRESENTATION_HIDES_HOSTS,
    PRESENTATION_MODE,
    PROFILES,
    PROXY,
    Settings,
)
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.window import Window


class Presentation(QObject):
    """Updates the presentation cover whenever a relevant setting changes.

    `home` is the folder of the workbench, `folder` the only folder that file dialogs list while presenting; `profiles`
    returns the services, `models` the ids of the models that a gateway or a server of the user's own lists.
    """

    def __init__(
        self,
        settings: Settings,
        home: Path,
        folder: Path,
        profiles: Callable[[], Iterable[Profile]],
        models: Callable[[], Iterable[str]] = tuple,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._home = home
        self._folder = folder
        self._profiles, self._models = profiles, models
        for flag in (PRESENTATION_MODE, PRESENTATION_HIDES_HOSTS):
            settings.watch(flag, lambda _on: self.refresh())
        settings.watch(PROFILES, lambda _rows: self.refresh())
        settings.watch(PROXY, lambda _url: self.refresh())
        settings.watch(MODELS, lambda _rows: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Apply the current settings."""
        up = self._settings.get(PRESENTATION_MODE)
        if up or presentation_cover().active:
            presentation_cover().set_mask(self._mask() if up else None, self._folder)

    def toggle(self) -> None:
        """Switch presentation mode on or off."""
        self._settings.set(PRESENTATION_MODE, not self._settings.get(PRESENTATION_MODE))

    def _mask(self) -> PresentationMask:
        profiles = list(self._profiles())
        hosts = {host_of(profile.base_url) for profile in profiles if profile.kind != "demo"}
        accounts = {profile.name for profile in profiles} - {preset.name for preset in PRESETS} - hosts
        named = (self._settings.get(PROXY), *(profile.proxy for profile in profiles), *getproxies().values())
        proxies = {host_of(proxy if "://" in proxy else f"//{proxy}") for proxy in named}
        return PresentationMask(
            (str(self._home), str(Path.home()), self._settings.get(LAST_FOLDER)),
            (*user_names(), *accounts, *self._private_models(profiles)),
            hosts | proxies if self._settings.get(PRESENTATION_HIDES_HOSTS) else None,
        )

    def _private_models(self, profiles: Iterable[Profile]) -> set[str]:
        """Models of gateways and servers of the user's own that are none of the platform's: names tell the owner."""
        own = [profile for profile in profiles if profile.kind in PRIVATE_KINDS]
        chosen = self._settings.get(MODELS)
        ids = {*self._models()}.union(*((*profile.models, *chosen.get(profile.id, {}).values()) for profile in own))
        return {str(id_) for id_ in ids if not catalogue().model(str(id_)).listed}


def add_presentation_command(window: Window, presentation: Presentation) -> None:
    """Add the command that toggles presentation mode."""
    window.add_command(
        "presentation",
        lambda: QCoreApplication.translate("Window", "Presentation mode"),
        presentation.toggle,
        "Ctrl+Shift+P",
    )


def user_names() -> tuple[str, ...]:
    """The login name, and the parts of the user's full name if the system knows it."""
    try:
        login = getpass.getuser()
    except (ImportError, KeyError, OSError):  # The user has no entry in the password database, as in a container.
        login = ""
    try:
        import pwd

        full_name = pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0]
    except (ImportError, KeyError):
        full_name = ""
    return tuple(name for name in (login, full_name, *full_name.split()) if name)
