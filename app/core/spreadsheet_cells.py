"""Texts as cells of a CSV file: a spreadsheet must not run them, and reading them again must give the same text."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Also the full-width forms, which spreadsheets in East Asian languages read as the others."""
_BLANKS = " \u00a0\u3000\ufeff"
_GUARD = "'"


def safe_cell(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula, also one behind spaces; `text_of_cell` undoes it."""
    return _GUARD + text if _is_formula(text.lstrip(_GUARD)) else text


def text_of_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell[1:] if cell.startswith(_GUARD) and _is_formula(cell.lstrip(_GUARD)) else cell


def _is_formula(text: str) -> bool:
    return text.lstrip(_BLANKS).startswith(_FORMULA_STARTS)
