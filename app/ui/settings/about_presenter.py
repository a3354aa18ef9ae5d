"""Collects the data for the About page."""

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
    """Connects the About page to the list of installed packages."""

    def __init__(self, page: AboutPage, dependencies: SettingsDependencies) -> None:
        super().__init__(page, dependencies)
        self._page = page
        page.licence_requested.connect(lambda name: self.spawn(self._show_licence(name)))
        page.copy_requested.connect(self._copy)

    def show(self) -> None:
        """Refresh packages and diagnostics."""
        self.spawn(self._show())

    async def _show(self) -> None:
        self._page.show_packages(await asyncio.to_thread(installed_packages))
        text = await asyncio.to_thread(diagnostics, __version__, self._environment_lines(), self.dependencies.paths.log)
        # The home folder may be anywhere, and its path may contain the user name.
        text = text.replace(str(self.dependencies.paths.home), "<home>")
        self._page.show_diagnostics(self.dependencies.redact(text))

    def _environment_lines(self) -> list[str]:
        """Facts only the UI knows. A service is described by its kind, not by its name or address."""
        get, profile = self.dependencies.settings.get, self.dependencies.profiles.active
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
        no_file = QCoreApplication.translate(
            "About", "{name} includes no licence file. Its licence is named in the list above."
        )
        self._page.show_licence(text or no_file.format(name=name))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._page.diagnostics.toPlainText())
        self.dependencies.notifier.success(
            QCoreApplication.translate("About", "The diagnostics were copied."), topic="copied"
        )
