"""Connects the settings pages to the settings and keeps them up to date."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QCoreApplication

from app.core.settings import LANGUAGE, PRESENTATION_HIDES_HOSTS, PRESENTATION_MODE, REDUCED_MOTION, TEXT_SIZE, THEME
from app.ui.files import ask_to_open
from app.ui.settings.about_presenter import AboutPresenter
from app.ui.settings.audio_presenter import AudioPresenter
from app.ui.settings.data_presenter import DataPresenter
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import SettingsDependencies
from app.ui.settings.services_presenter import ServicesPresenter
from app.ui.settings.view import SettingsView
from app.ui.theme.theme import Mode, theme
from app.ui.widgets.choice import Choice


class SettingsPresenter(PagePresenter):
    """Creates the presenters of the pages, and connects the pages that have none."""

    def __init__(self, view: SettingsView, dependencies: SettingsDependencies) -> None:
        super().__init__(view, dependencies)
        self._view = view
        self._shown_pages: set[str] = set()
        self._services = ServicesPresenter(view.services, dependencies)
        self._audio = AudioPresenter(view.audio, dependencies)
        self._data = DataPresenter(view.data, dependencies)
        self._about = AboutPresenter(view.about, dependencies)
        view.network.changed.connect(lambda: self.spawn(self._reconnect()))
        view.network.file_requested.connect(lambda: self.spawn(self._choose_certificates()))
        for choice in view.findChildren(Choice):
            choice.refused.connect(partial(self._refuse, choice))
            choice.chosen.connect(partial(self._withdraw_refusal, choice))
        self._bind_appearance()
        self._data.settings_imported.connect(self._on_settings_imported)
        view.retranslated.connect(self._retranslate)
        view.page_shown.connect(self._on_page_shown)
        view.hidden.connect(self._audio.leave)
        dependencies.settings.watch(PRESENTATION_MODE, self._set_presenting)
        dependencies.settings.watch(PRESENTATION_HIDES_HOSTS, lambda on: self._show())
        self._show()

    def _refuse(self, choice: Choice, typed: str) -> None:
        """Show that a typed entry is not offered, and which ones are."""
        offered = ", ".join(choice.itemText(row) for row in range(choice.count()))
        text = QCoreApplication.translate("Settings", "{name} can't be “{typed}”. Choose one of: {offered}.")
        text = text.format(name=choice.accessibleName(), typed=typed, offered=offered)
        self.dependencies.notifier.warning(text, topic=_refusal_topic(choice))

    def _withdraw_refusal(self, choice: Choice, _chosen: str) -> None:
        self.dependencies.notifier.withdraw(_refusal_topic(choice))

    def _set_presenting(self, on: bool) -> None:
        if self._view.presentation.isChecked() != on:
            self._view.presentation.setChecked(on)
        self._show()

    def _show(self) -> None:
        """Refresh everything that depends on the language or on presentation mode."""
        self._services.show()
        presenting = self.presenting
        hosts = presenting and self.dependencies.settings.get(PRESENTATION_HIDES_HOSTS)
        self._view.network.cover(paths=presenting, hosts=hosts)
        self._on_page_shown(self._view.page)

    def _retranslate(self) -> None:
        """Refresh every page that was filled in: the search also reads those that are hidden."""
        self._show()
        for name in self._shown_pages - {self._view.page}:
            self._refresh(name)

    def _on_page_shown(self, name: str) -> None:
        if name != "audio":
            self._audio.leave()
        self._shown_pages.add(name)
        self._refresh(name)

    def _refresh(self, name: str) -> None:
        """Show the present state of a page that is not kept up to date while it is hidden."""
        match name:
            case "audio":
                self._audio.show()
            case "data":
                self._data.show()
            case "about":
                self._about.show()

    async def _reconnect(self) -> None:
        await self.dependencies.connection.use(self.dependencies.profiles.active)

    async def _choose_certificates(self) -> None:
        title = QCoreApplication.translate("Network", "Certificate file")
        filters = QCoreApplication.translate("Network", "Certificates (*.pem *.crt *.cer);;All files (*)")
        chosen = await ask_to_open(self._view, title, filters, self.dependencies.settings)
        if chosen is not None:
            self._view.network.set_certificates(str(chosen))

    def _on_settings_imported(self) -> None:
        """Apply imported profiles and limits from the next request."""
        self._services.show()
        self.spawn(self._reconnect())

    def _bind_appearance(self) -> None:
        """Connect the Appearance page to the settings, and apply these settings whenever they change."""
        page, settings = self._view.appearance, self.dependencies.settings
        page.theme_chosen.connect(partial(settings.set, THEME))
        page.language_chosen.connect(partial(settings.set, LANGUAGE))
        page.size_chosen.connect(partial(settings.set, TEXT_SIZE))
        page.motion_chosen.connect(partial(settings.set, REDUCED_MOTION))
        settings.watch(THEME, lambda mode: theme().set_mode(cast(Mode, mode)))
        settings.watch(LANGUAGE, self.dependencies.set_language)
        settings.watch(TEXT_SIZE, lambda per_cent: theme().set_text_scale(per_cent / 100))
        settings.watch(REDUCED_MOTION, theme().set_reduced_motion)


def _refusal_topic(choice: Choice) -> str:
    """The notification topic for refused entries of a choice."""
    return f"refused {id(choice)}"
