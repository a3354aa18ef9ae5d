"""Loads translations at the start and switches the language at run time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator

from app.core.languages import LANGUAGES, SOURCE_LANGUAGE
from app.core.resources import resource_path

T = TypeVar("T")


class Language:
    """Manages the installed translators.

    Attributes:
        code: one of `app.core.languages.LANGUAGES`, or `pseudo` for the stretched test language.
    """

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self._others: dict[str, list[QTranslator]] = {}
        self.code = SOURCE_LANGUAGE

    def use(self, chosen: str) -> None:
        """Switch to a language, or to that of the system for `system`. Widgets receive a LanguageChange event."""
        global _used
        _used = self
        self.code = system_language() if chosen == "system" else chosen
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = list(_load(self.code))
        QLocale.setDefault(QLocale(self.code if self.code in LANGUAGES else SOURCE_LANGUAGE))
        for translator in self._translators:
            self._application.installTranslator(translator)

    def evaluate(self, code: str, texts: Callable[[], T]) -> T:
        """The result of a function that translates texts, in another language than the shown one."""
        others = self._others.setdefault(code, list(_load(code)))
        with _without_language_change(self._application):
            for translator in self._translators:
                self._application.removeTranslator(translator)
            for translator in others:
                self._application.installTranslator(translator)
            try:
                return texts()
            finally:
                for translator in others:
                    self._application.removeTranslator(translator)
                for translator in self._translators:
                    self._application.installTranslator(translator)


_used: Language | None = None
"""The language that was switched to last."""


class _Discard(QObject):
    """Discards language changes before the application passes them on to every widget."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.LanguageChange


@contextmanager
def _without_language_change(application: QCoreApplication) -> Iterator[None]:
    discard = _Discard()
    application.installEventFilter(discard)
    try:
        yield
    finally:
        application.removeEventFilter(discard)


def in_other_languages(texts: Callable[[], T]) -> list[T]:
    """The results of a function that translates texts, in each language of the program that is not the shown one."""
    if _used is None:
        return []
    return [_used.evaluate(code, texts) for code in LANGUAGES if code != _used.code]


def in_language(code: str, texts: Callable[[], T]) -> T:
    """The result of a function that translates texts, in one of the languages of the program."""
    return texts() if _used is None or _used.code == code else _used.evaluate(code, texts)


def shown_language() -> str:
    """The language of the window, one of those of the program."""
    return _used.code if _used is not None and _used.code in LANGUAGES else SOURCE_LANGUAGE


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
