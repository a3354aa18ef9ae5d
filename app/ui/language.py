"""Loads translations at the start and switches the language at run time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.core.resources import resource_path

LANGUAGES = ("en", "zh_CN")
"""English is the source language and has no translation file."""


class Language:
    """Manages the installed translators.

    Attributes:
        code: one of `LANGUAGES`, or `pseudo` for the stretched test language.
    """

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self.code = "en"

    def use(self, chosen: str) -> None:
        """Switch to a language, or to that of the system for `system`. Widgets receive a LanguageChange event."""
        self.code = system_language() if chosen == "system" else chosen
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = list(_load(self.code))
        QLocale.setDefault(QLocale("zh_CN" if self.code == "zh_CN" else "en_US"))
        for translator in self._translators:
            self._application.installTranslator(translator)


def system_language() -> str:
    """The user's preferred language among the supported ones, else English."""
    for name in QLocale.system().uiLanguages():
        if name.startswith("zh") and not name.startswith(("zh-Hant", "zh-TW", "zh-HK")):
            return "zh_CN"
        if name.startswith("en"):
            return "en"
    return "en"


def _load(code: str) -> Iterable[QTranslator]:
    if code == "en":
        return
    qt = QTranslator()
    if qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        yield qt
    ours = QTranslator()
    if not ours.load(str(resource_path("i18n", f"workbench_{code}.qm"))):
        raise FileNotFoundError(resource_path("i18n", f"workbench_{code}.qm"))
    yield ours
