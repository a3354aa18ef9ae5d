"""Loads translations at the start and switches the language at run time."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.core.languages import LANGUAGES, SOURCE_LANGUAGE
from app.core.resources import resource_path


class Language:
    """Manages the installed translators.

    Attributes:
        code: one of `app.core.languages.LANGUAGES`, or `pseudo` for the stretched test language.
    """

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self.code = SOURCE_LANGUAGE

    def use(self, chosen: str) -> None:
        """Switch to a language, or to that of the system for `system`. Widgets receive a LanguageChange event."""
        self.code = system_language() if chosen == "system" else chosen
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = list(_load(self.code))
        QLocale.setDefault(QLocale(self.code if self.code in LANGUAGES else SOURCE_LANGUAGE))
        for translator in self._translators:
            self._application.installTranslator(translator)


def system_language() -> str:
    """The user's preferred language among the supported ones, else English."""
    for name in QLocale.system().uiLanguages():
        for code in LANGUAGES:
            if _written_language(name) == _written_language(code):
                return code
    return SOURCE_LANGUAGE


def _written_language(code: str) -> tuple[QLocale.Language, QLocale.Script]:
    """Language and script: Traditional Chinese is not served by a translation into Simplified Chinese."""
    locale = QLocale(code)
    return locale.language(), locale.script()


def _load(code: str) -> Iterable[QTranslator]:
    if code == SOURCE_LANGUAGE:
        return
    qt = QTranslator()
    if qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        yield qt
    ours = QTranslator()
    if not ours.load(str(resource_path("i18n", f"workbench_{code}.qm"))):
        raise FileNotFoundError(resource_path("i18n", f"workbench_{code}.qm"))
    yield ours
