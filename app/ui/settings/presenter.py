"""Lets the pages of the settings act, and keeps them true."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication

from app.core.settings import LANGUAGE, PRESENTATION_HIDES_HOSTS, PRESENTATION_MODE, REDUCED_MOTION, TEXT_SIZE, THEME
from app.ui.files import ask_to_open
from app.ui.settings.about_presenter import AboutPresenter
from app.ui.settings.audio_presenter import AudioPresenter
from app.ui.settings.data_presenter import DataPresenter
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import SettingsParts
from app.ui.settings.services_presenter import ServicesPresenter
from app.ui.settings.view import SettingsView
from app.ui.theme.theme import Mode, theme


class SettingsPresenter(PagePresenter):
    """One presenter for each page that does something; the others are joined with the settings here."""

    def __init__(self, view: SettingsView, parts: SettingsParts) -> None:
        super().__init__(view, parts)
        self._view = view
        self._services = ServicesPresenter(view.services, parts)
        self._audio = AudioPresenter(view.audio, parts)
        self._data = DataPresenter(view.data, parts)
        self._about = AboutPresenter(view.about, parts)
        view.network.changed.connect(lambda: self.spawn(self._reconnect()))
        view.network.file_wanted.connect(lambda: self.spawn(self._choose_certificates()))
        view.appearance.theme_chosen.connect(self._set_theme)
        view.appearance.language_chosen.connect(self._set_language)
        view.appearance.size_chosen.connect(self._set_size)
        view.appearance.motion_chosen.connect(self._set_motion)
        self._data.settings_taken.connect(self._apply)
        view.worded.connect(self._show)
        view.page_shown.connect(self._page_shown)
        view.left.connect(self._audio.leave)
        parts.settings.watch(PRESENTATION_MODE, self._present)
        parts.settings.watch(PRESENTATION_HIDES_HOSTS, lambda on: self._show())
        self._show()

    def _present(self, on: bool) -> None:
        if self._view.presentation.isChecked() != on:
            self._view.presentation.setChecked(on)
        self._show()

    def _show(self) -> None:
        """What is made of words and of what may be hidden, anew."""
        self._services.show()
        presenting = self.presenting
        hosts = presenting and self.parts.settings.get(PRESENTATION_HIDES_HOSTS)
        self._view.network.cover(paths=presenting, hosts=hosts)
        self._page_shown(self._view.page)

    def _page_shown(self, name: str) -> None:
        if name != "audio":
            self._audio.leave()
        match name:
            case "audio":
                self._audio.show()
            case "data":
                self._data.show()
            case "about":
                self._about.show()

    async def _reconnect(self) -> None:
        await self.parts.connection.use(self.parts.profiles.active)

    async def _choose_certificates(self) -> None:
        title = QCoreApplication.translate("Network", "Certificate file")
        kinds = QCoreApplication.translate("Network", "Certificates (*.pem *.crt *.cer);;All files (*)")
        chosen = await ask_to_open(self._view, title, kinds, self.parts.settings)
        if chosen is not None:
            self._view.network.set_certificates(str(chosen))

    def _apply(self) -> None:
        """Settings came from elsewhere: what follows none of them by itself is brought in line."""
        get = self.parts.settings.get
        self._set_theme(get(THEME))
        self._set_size(get(TEXT_SIZE))
        self._set_motion(get(REDUCED_MOTION))
        self._view.appearance.show_settings()
        self._set_language(get(LANGUAGE))
        self._services.show()
        self.spawn(self._reconnect())

    def _set_theme(self, mode: str) -> None:
        self.parts.settings.set(THEME, mode)
        theme().set_mode(cast(Mode, mode))

    def _set_language(self, language: str) -> None:
        self.parts.settings.set(LANGUAGE, language)
        self.parts.set_language(language)

    def _set_size(self, per_cent: int) -> None:
        self.parts.settings.set(TEXT_SIZE, per_cent)
        theme().set_text_scale(per_cent / 100)

    def _set_motion(self, reduced: bool) -> None:
        self.parts.settings.set(REDUCED_MOTION, reduced)
        theme().set_reduced_motion(reduced)
