"""Gathers what the about page shows."""

from __future__ import annotations

import asyncio

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtGui import QGuiApplication

from app import __version__
from app.core.settings import LANGUAGE, TEXT_SIZE, THEME
from app.services.installed_packages import diagnostics, installed_packages, licence_text
from app.ui.settings.about_page import AboutPage
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import SettingsDependencies


class AboutPresenter(PagePresenter):
    """Joins the about page with what is installed."""

    def __init__(self, page: AboutPage, parts: SettingsDependencies) -> None:
        super().__init__(page, parts)
        self._page = page
        page.licence_wanted.connect(lambda name: self.spawn(self._show_licence(name)))
        page.copied.connect(self._copy)

    def show(self) -> None:
        """Parts and diagnostics as they are now."""
        self.spawn(self._show())

    async def _show(self) -> None:
        self._page.show_parts(await asyncio.to_thread(installed_packages))
        found = await asyncio.to_thread(diagnostics, __version__, self._lines(), self.parts.places.log)
        # The home may be anywhere, and its path names its owner.
        found = found.replace(str(self.parts.places.home), "<home>")
        self._page.show_diagnostics(self.parts.redact(found))

    def _lines(self) -> list[str]:
        """What only the window knows; a service is told by its kind, not by its name or address."""
        get, profile = self.parts.settings.get, self.parts.profiles.active
        screens = ", ".join(
            f"{screen.size().width()}×{screen.size().height()} at {screen.devicePixelRatio():g}"
            for screen in QGuiApplication.screens()
        )
        return [
            f"Qt {qVersion()}, PySide6 {pyside_version}, {QGuiApplication.platformName()}, screens {screens}",
            f"service {profile.kind}, {profile.protocol}; theme {get(THEME)}, language {get(LANGUAGE)}, "
            f"text {get(TEXT_SIZE)} %",
        ]

    async def _show_licence(self, name: str) -> None:
        text = await asyncio.to_thread(licence_text, name)
        none = QCoreApplication.translate("About", "{name} ships no licence file; the line above names its licence.")
        self._page.show_licence(text or none.format(name=name))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._page.diagnostics.toPlainText())
        self.parts.messages.success(QCoreApplication.translate("About", "The diagnostics were copied."), topic="copied")
