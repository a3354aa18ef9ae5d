"""The Appearance page: theme, language, text size and motion."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.core.languages import LANGUAGES
from app.core.settings import LANGUAGE, PRESENTATION_HIDES_HOSTS, REDUCED_MOTION, TEXT_SIZE, THEME, Settings
from app.ui.settings.debounced_number import SettingSpinField
from app.ui.settings.page import Page, bind_settings, field, pair, set_checked_silently
from app.ui.texts.setting_labels import setting_label
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.switch import Switch


class AppearancePage(Page):
    """Edits the appearance settings. Changes take effect at once, and changes made elsewhere are shown at once.

    Signals:
        theme_chosen, language_chosen: the value of the setting.
        size_chosen: the text size in per cent.
    """

    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    size_chosen = Signal(int)
    motion_chosen = Signal(bool)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.theme, self.language = Choice(""), Choice("")
        self.motion = Switch()
        self.size_field = SettingSpinField(TEXT_SIZE)
        self._motion_hint = Hint(wrap=True)
        self._captions = [Caption(), Caption()]
        self.column.addWidget(pair(field(self._captions[0], self.theme), field(self._captions[1], self.language)))
        self.column.addWidget(self.size_field)
        motion = QVBoxLayout()
        motion.setSpacing(Space.S2)
        motion.addWidget(self.motion)
        motion.addWidget(self._motion_hint)
        self.column.addLayout(motion)
        hosts = QVBoxLayout()
        hosts.setSpacing(Space.S2)
        self.hosts = Switch()
        self.hosts.toggled.connect(lambda on: settings.set(PRESENTATION_HIDES_HOSTS, on))
        self._hosts_hint = Hint(wrap=True)
        hosts.addWidget(self.hosts)
        hosts.addWidget(self._hosts_hint)
        self.column.addLayout(hosts)
        self.column.addStretch(1)
        self.retranslate()
        bind_settings(
            settings,
            {
                THEME: self.theme.set_key,
                LANGUAGE: self.language.set_key,
                TEXT_SIZE: self.size_field.show_value,
                REDUCED_MOTION: partial(set_checked_silently, self.motion),
                PRESENTATION_HIDES_HOSTS: partial(set_checked_silently, self.hosts),
            },
        )
        self.theme.chosen.connect(self.theme_chosen)
        self.language.chosen.connect(self.language_chosen)
        self.motion.toggled.connect(self.motion_chosen)
        self.size_field.committed.connect(lambda value: self.size_chosen.emit(round(value)))

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Appearance", "Appearance"),
            QCoreApplication.translate("Appearance", "How the workbench looks and which language it uses."),
        )
        names = (
            setting_label(THEME.key),
            setting_label(LANGUAGE.key),
        )
        for caption, choice, name in zip(self._captions, (self.theme, self.language), names, strict=True):
            caption.setText(name)
            choice.set_name(name)
        system = QCoreApplication.translate("Appearance", "System default")
        self.theme.set_choices(
            (
                ("system", system),
                ("light", QCoreApplication.translate("Appearance", "Light")),
                ("dark", QCoreApplication.translate("Appearance", "Dark")),
            )
        )
        self.language.set_choices((("system", system), *LANGUAGES.items()))
        self.motion.setText(setting_label(REDUCED_MOTION.key))
        self._motion_hint.setText(
            QCoreApplication.translate("Appearance", "Turn off animations that aren't essential.")
        )
        self.hosts.setText(setting_label(PRESENTATION_HIDES_HOSTS.key))
        self._hosts_hint.setText(
            QCoreApplication.translate(
                "Appearance",
                "Presentation mode hides keys, account names, your name and file paths. Turn this on to "
                "hide service addresses too.",
            )
        )
        self.size_field.set_name(setting_label(TEXT_SIZE.key))
        self.size_field.set_remark(QCoreApplication.translate("Appearance", "per cent"))
