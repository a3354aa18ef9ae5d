"""The languages of the window. A language is a line here and its file `resources/i18n/workbench_<code>.ts`.

Plain data without imports of weight: the settings and the command line need it before the first paint.
"""

from __future__ import annotations

SOURCE_LANGUAGE = "en"
"""The language of the sentences in the source code; it has no translation file."""

LANGUAGES = {
    "en": "English",
    "zh_CN": "简体中文",
}
"""Code, as in the names of translation files and Qt locales, to the language's own name."""
