"""The edits of a set of cases, each of which can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.case_reading import clipboard_cells, variable_name
from app.core.cases import (
    MAX_CASES,
    MAX_CHECKS,
    MAX_VALUE_LENGTH,
    MAX_VARIABLES,
    MAX_VERSIONS,
    USER_MESSAGE,
    Case,
    CaseSet,
    CaseVersion,
    Check,
    needed_variables,
    renamed_variable,
    with_value,
)
from app.core.messages import new_id
from app.core.numbered_names import unique_name
from app.core.prompt_library import SavedPrompt
from app.services.bench.case_sets import CaseSets
from app.ui.texts.cases import version_title
from app.ui.widgets.notifications import Notifier

T = TypeVar("T", Case, CaseVersion, Check)
Wording = Callable[[], str]


class CaseEditing:
    """Edits the set that is shown.

    Attributes:
        current: returns the set that is shown; a first one is created where there is none.
    """

    def __init__(self, sets: CaseSets, notifier: Notifier, current: Callable[[], CaseSet]) -> None:
        self._sets = sets
        self._notifier = notifier
        self.current = current

    # -- rows -----------------------------------------------------------------------------------------------------

    def add_case(self, after: int | None = None) -> Case | None:
        """Add an empty row, below another one or last; None if there is no room."""
        cases = self.current()
        if len(cases.cases) >= MAX_CASES:
            self._refuse(partial(_too_many_text, MAX_CASES))
            return None
        case = Case(new_id())
        at = len(cases.cases) if after is None else after + 1
        rows = (*cases.cases[:at], case, *cases.cases[at:])
        variables = cases.variables or (USER_MESSAGE,)
        self._edit(cases, cases=rows, variables=variables)
        return case

    def remove_cases(self, case_ids: Iterable[str]) -> None:
        """Remove rows, with undo."""
        gone, cases = set(case_ids), self.current()
        left = tuple(case for case in cases.cases if case.id not in gone)
        number = len(cases.cases) - len(left)
        if number:
            self._edit(cases, cases=left)
            self._offer_undo(partial(_removed_cases_text, number), cases, "cases", gone)

    def set_value(self, case_id: str, name: str, value: str) -> None:
        """Set one value. What is typed in one go is one edit."""
        cases = self.current()
        rows = tuple(with_value(case, name, value) if case.id == case_id else case for case in cases.cases)
        self._edit(cases, f"value {case_id} {name}", cases=rows)
        if len(value) > MAX_VALUE_LENGTH:
            self._refuse(partial(_too_long_text, MAX_VALUE_LENGTH))

    def accept_row(self, case_id: str) -> None:
        """Use a row as it was read."""
        cases = self.current()
        self._edit(
            cases,
            cases=tuple(
                msgspec.structs.replace(case, problem=None) if case.id == case_id else case for case in cases.cases
            ),
        )

    def clear(self, cells: Sequence[tuple[str, str]]) -> None:
        """Empty values."""
        cases = self.current()
        emptied: dict[str, list[str]] = {}
        for case_id, name in cells:
            emptied.setdefault(case_id, []).append(name)

        def cleared(case: Case) -> Case:
            names = emptied.get(case.id, ())
            if not any(case.values.get(name) for name in names):
                return case
            return msgspec.structs.replace(case, values={**case.values, **dict.fromkeys(names, "")})

        self._edit(cases, cases=tuple(map(cleared, cases.cases)))

    def paste(self, case_ids: Sequence[str], row: int, column: int, text: str) -> None:
        """Put the cells of a spreadsheet into rows as they are shown, from a place on; what is beyond is added."""
        cases, cells = self.current(), clipboard_cells(text)
        if not cells:
            return
        variables = cases.variables or (USER_MESSAGE,)
        column = min(column, len(variables) - 1) if column >= len(variables) else column
        widest = max(map(len, cells))
        names = list(variables)
        while len(names) < min(column + widest, MAX_VARIABLES):
            names.append(unique_name("value", names))
        by_id = {case.id: case for case in cases.cases}
        shown = list(case_ids)
        added: list[Case] = []
        left_out = 0
        for offset, values in enumerate(cells):
            if row + offset < len(shown):
                case = by_id[shown[row + offset]]
            elif len(by_id) < MAX_CASES:
                case = Case(new_id())
                added.append(case)
            else:
                left_out += 1
                continue
            for name, value in zip(names[column:], values, strict=False):
                case = with_value(case, name, value)
            by_id[case.id] = case
        rows = tuple(by_id[case.id] for case in (*cases.cases, *added))
        self._edit(cases, cases=rows, variables=tuple(names))
        if left_out:
            self._refuse(partial(_too_many_text, MAX_CASES))

    # -- columns --------------------------------------------------------------------------------------------------

    def add_variable(self) -> str:
        """Add a column of values; return its name, empty if there is no room."""
        cases = self.current()
        if len(cases.variables) >= MAX_VARIABLES:
            self._refuse(partial(_too_many_columns_text, MAX_VARIABLES))
            return ""
        missing = [name for version in cases.versions for name in needed_variables(version)]
        name = next((name for name in missing if name not in cases.variables), "")
        name = name or (unique_name("value", cases.variables) if cases.variables else USER_MESSAGE)
        self._edit(cases, variables=(*cases.variables, name))
        return name

    def rename_variable(self, name: str, typed: str) -> str:
        """Rename a column; return the name it has now."""
        cases, to = self.current(), variable_name(typed)
        if not to or to == name or name not in cases.variables:
            return name
        to = unique_name(to, [each for each in cases.variables if each != name])
        self._sets.end_merge(cases.id)
        self._sets.edit(renamed_variable(cases, name, to))
        return to

    def remove_variable(self, name: str) -> None:
        """Remove a column of values. The values stay in their rows, so that undo brings them back."""
        cases = self.current()
        if name in cases.variables:
            place = cases.variables.index(name)
            self._edit(cases, variables=tuple(each for each in cases.variables if each != name))

            def undo() -> None:
                now = self._sets.get(cases.id)
                if now is not None and name not in now.variables:
                    self._edit(now, variables=(*now.variables[:place], name, *now.variables[place:]))

            self._notifier.info(partial(_removed_variable_text, name), undo=undo)

    def add_version(self, prompt: SavedPrompt, number: int) -> CaseVersion | None:
        """Add a version of a prompt; that it is a column already, or that there is no room for it, is said."""
        cases, text = self.current(), prompt.versions[number - 1].text
        known = self._known_version(prompt, number)
        if known is not None:
            self._notifier.info(partial(_known_version_text, known), topic="cases version")
            return known
        if len(cases.versions) >= MAX_VERSIONS:
            self._refuse(partial(_too_many_columns_text, MAX_VERSIONS))
            return None
        note = prompt.versions[number - 1].note
        version = CaseVersion(new_id(), prompt.id, prompt.name, number, prompt.kind, text, note)
        self._sets.end_merge(cases.id)
        self._sets.add_version(cases.id, version)
        return version

    def have_version(self, prompt: SavedPrompt, number: int) -> None:
        """Add a version of a prompt, unless it is a column already."""
        if self._known_version(prompt, number) is None:
            self.add_version(prompt, number)

    def _known_version(self, prompt: SavedPrompt, number: int) -> CaseVersion | None:
        mine = (each for each in self.current().versions if (each.prompt_id, each.number) == (prompt.id, number))
        return next((each for each in mine if each.text == prompt.versions[number - 1].text), None)

    def keep_draft(self, text: str) -> None:
        """Keep what is being written of a new prompt."""
        self._sets.keep_draft(self.current().id, text)

    def remove_version(self, version_id: str) -> None:
        """Remove a column of answers, with undo. The answers stay stored."""
        self._remove("versions", version_id, _removed_version_text)

    # -- checks ---------------------------------------------------------------------------------------------------

    def add_check(self) -> Check | None:
        """Add a check, which says what it misses until it is filled in; None if there is no room."""
        cases = self.current()
        if len(cases.checks) >= MAX_CHECKS:
            self._refuse(partial(_too_many_checks_text, MAX_CHECKS))
            return None
        check = Check(new_id(), "contains")
        self._edit(cases, checks=(*cases.checks, check))
        return check

    def change_check(self, check: Check) -> None:
        cases = self.current()
        checks = tuple(check if each.id == check.id else each for each in cases.checks)
        self._edit(cases, f"check {check.id}", checks=checks)

    def remove_check(self, check_id: str) -> None:
        self._remove("checks", check_id, _removed_check_text)

    # -- all ------------------------------------------------------------------------------------------------------

    def set_fields(self, merge_key: str, **fields: Any) -> None:
        """Change settings of the set."""
        self._edit(self.current(), merge_key, **fields)

    def _remove(self, field: str, item_id: str, text: Wording) -> None:
        cases = self.current()
        items = getattr(cases, field)
        left = tuple(each for each in items if each.id != item_id)
        if left != items:
            self._edit(cases, **{field: left})
            self._offer_undo(text, cases, field, {item_id})

    def _edit(self, before: CaseSet, merge_key: str = "", /, **fields: Any) -> None:
        self._sets.edit(msgspec.structs.replace(before, **fields), merge_key)

    def _offer_undo(self, text: Wording, before: CaseSet, field: str, gone: set[str]) -> None:
        def undo() -> None:
            now = self._sets.get(before.id)
            if now is not None:
                self._edit(now, **{field: _with_again(getattr(before, field), getattr(now, field), gone)})

        self._notifier.info(text, undo=undo)

    def _refuse(self, text: Wording) -> None:
        self._notifier.warning(text, topic="cases limit")


def _with_again(before: Sequence[T], now: Sequence[T], gone: set[str]) -> tuple[T, ...]:
    """What there is now, with what was removed at the places it had."""
    by_id: dict[str, T] = {each.id: each for each in now}
    known: set[str] = {each.id for each in before}
    kept: list[T] = [by_id.get(each.id, each) for each in before if each.id in by_id or each.id in gone]
    kept += [each for each in now if each.id not in known]
    return tuple(kept)


def _removed_cases_text(number: int) -> str:
    if number == 1:
        return QCoreApplication.translate("Cases", "The case was removed.")
    return QCoreApplication.translate("Cases", "{n} cases were removed.").format(n=number)


def _removed_variable_text(name: str) -> str:
    return QCoreApplication.translate("Cases", "The variable {name} was removed.").format(name=name)


def _known_version_text(version: CaseVersion) -> str:
    return QCoreApplication.translate("Cases", "{version} is in the table already.").format(
        version=version_title(version)
    )


def _removed_version_text() -> str:
    return QCoreApplication.translate("Cases", "The version was removed from the table. It stays in the library.")


def _removed_check_text() -> str:
    return QCoreApplication.translate("Cases", "The check was removed.")


def _too_many_text(limit: int) -> str:
    return QCoreApplication.translate("Cases", "A set has at most {n} cases. The rest was left out.").format(n=limit)


def _too_many_columns_text(limit: int) -> str:
    return QCoreApplication.translate("Cases", "A set has at most {n} of these columns.").format(n=limit)


def _too_many_checks_text(limit: int) -> str:
    return QCoreApplication.translate("Cases", "A set has at most {n} checks.").format(n=limit)


def _too_long_text(limit: int) -> str:
    return QCoreApplication.translate("Cases", "A value has at most {n} characters. The rest was left out.").format(
        n=limit
    )
