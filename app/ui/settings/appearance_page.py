"""Appearance: theme, language, text size, motion."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal

from app.core.settings import LANGUAGE, REDUCED_MOTION, TEXT_SIZE, THEME, Settings
from app.ui.settings.page import Page, field, pair
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import Caption
from app.ui.widgets.slider import SpinField
from app.ui.widgets.switch import Switch


class AppearancePage(Page):
    """Every choice takes effect at once.

    Signals:
        theme_chosen, language_chosen: as the settings name them.
        size_chosen: per cent.
    """

    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    size_chosen = Signal(int)
    motion_chosen = Signal(bool)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._theme, self._language = Choice(""), Choice("")
        self._motion = Switch()
        self._motion.setChecked(settings.get(REDUCED_MOTION))
        self._size = SpinField("", 80, 200, 10)
        self._captions = [Caption(), Caption()]
        self.column.addLayout(pair(field(self._captions[0], self._theme), field(self._captions[1], self._language)))
        self.column.addWidget(self._size)
        self.column.addWidget(self._motion)
        self.column.addStretch(1)
        self.retranslate()
        self._size.set_value(settings.get(TEXT_SIZE))
        self._theme.chosen.connect(self.theme_chosen)
        self._language.chosen.connect(self.language_chosen)
        self._motion.toggled.connect(self.motion_chosen)
        self._size.value_changed.connect(lambda value: self.size_chosen.emit(int(value)))

    def retranslate(self) -> None:
        self.set_head(
            QCoreApplication.translate("Appearance", "Appearance"),
            QCoreApplication.translate("Appearance", "How the workbench looks and which language it speaks."),
        )
        names = (
            QCoreApplication.translate("Appearance", "Theme"),
            QCoreApplication.translate("Appearance", "Language"),
        )
        for caption, choice, name in zip(self._captions, (self._theme, self._language), names, strict=True):
            caption.setText(name)
            choice.set_name(name)
        system = QCoreApplication.translate("Appearance", "As the system")
        self._theme.set_choices(
            (
                ("system", system),
                ("light", QCoreApplication.translate("Appearance", "Light")),
                ("dark", QCoreApplication.translate("Appearance", "Dark")),
            )
        )
        self._language.set_choices((("system", system), ("en", "English"), ("zh_CN", "简体中文")))
        self._motion.setText(QCoreApplication.translate("Appearance", "Reduced motion"))
        self._theme.set_key(self._settings.get(THEME))
        self._language.set_key(self._settings.get(LANGUAGE))
        self._size.set_name(QCoreApplication.translate("Appearance", "Text size"))
