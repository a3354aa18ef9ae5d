"""The kinds of setting: each checks a value and salvages what is usable of an invalid one.

Plain classes without heavy imports, because the theme and the language are needed before the first paint.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

from app.core.errors import Code, InputError

T = TypeVar("T")

Page = Literal["services", "network", "audio", "appearance", "data", "chat", "remembered"]
"""Where a setting is shown: `chat` in the chat's own panels, `remembered` nowhere."""


class Setting(Generic[T]):
    """One setting.

    Attributes:
        key: stable name in the settings file, and code of the label.
        default: used until another value is set, and in place of an invalid one.
        page: where it is shown.
    """

    def __init__(self, key: str, default: T, page: Page) -> None:
        self.key = key
        self.page: Page = page
        self.default = self.check(default)

    def check(self, value: object) -> T:
        """Return `value` as it will be stored. Raises InputError (SETTING_INVALID) with `key` if it is invalid."""
        raise NotImplementedError

    def salvage(self, value: object) -> T | None:
        """Return the usable part of an invalid value, or None if there is none."""
        return None

    def rejected(self, value: Any) -> Any:
        """Return the part of an invalid value that `salvage` drops."""
        return value

    def from_newer_version(self, value: Any) -> Any:
        """Return the rejected part that a newer version of the program wrote, or None if there is none."""
        return None

    def merge_rejected(self, value: T | None, rejected: Any) -> Any:
        """Combine `value` (None if not set) with the rejected part of an earlier value, for storage."""
        return rejected if value is None else value

    def refuse(self, value: object, **limits: object) -> InputError:
        return InputError(Code.SETTING_INVALID, key=self.key, value=repr(value)[:80], **limits)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"


class FlagSetting(Setting[bool]):
    """On or off."""

    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self.refuse(value)
        return value


class ChoiceSetting(Setting[str]):
    """One of `choices`."""

    def __init__(self, key: str, default: str, page: Page, choices: tuple[str, ...]) -> None:
        self.choices = choices
        super().__init__(key, default, page)

    def check(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise self.refuse(value, choices=self.choices)
        return value


class IntegerSetting(Setting[int]):
    """A whole number in [low, high]."""

    def __init__(self, key: str, default: int, page: Page, low: int, high: int, step: int = 1) -> None:
        self.low, self.high, self.step = low, high, step
        super().__init__(key, default, page)

    def check(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise self.refuse(value, low=self.low, high=self.high)
        return value


class NumberSetting(Setting[float]):
    """A number in [low, high]."""

    def __init__(self, key: str, default: float, page: Page, low: float, high: float, step: float = 1.0) -> None:
        self.low, self.high, self.step = low, high, step
        super().__init__(key, default, page)

    def check(self, value: object) -> float:
        usable = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if not usable or not self.low <= value <= self.high:  # type: ignore[operator]
            raise self.refuse(value, low=self.low, high=self.high)
        return float(value)  # type: ignore[arg-type]


class TextSetting(Setting[str]):
    """A line of text of at most `limit` characters."""

    def __init__(self, key: str, default: str, page: Page, limit: int = 4096) -> None:
        self.limit = limit
        super().__init__(key, default, page)

    def check(self, value: object) -> str:
        if not isinstance(value, str) or len(value) > self.limit or "\0" in value:
            raise self.refuse(value, limit=self.limit)
        return value


class RowsSetting(Setting[list[dict[str, Any]]]):
    """A list of JSON objects, each with a unique string `id`; `check_row` raises InputError for an invalid row.

    A row that would be valid if its `kind` were `stand_in` was written by a newer version of the program.
    """

    def __init__(
        self,
        key: str,
        default: list[dict[str, Any]],
        page: Page,
        check_row: Callable[[dict[str, Any]], object],
        stand_in: str,
    ) -> None:
        self._check_row = check_row
        self._stand_in = stand_in
        super().__init__(key, default, page)

    def check(self, value: object) -> list[dict[str, Any]]:
        rows = self.salvage(value)
        if rows is None or rows != value:
            raise self.refuse(value)
        return rows

    def salvage(self, value: object) -> list[dict[str, Any]] | None:
        """Return the valid rows; of rows with the same id, only the first."""
        if not isinstance(value, list):
            return None
        rows: dict[str, dict[str, Any]] = {}
        for row in value:
            if self._is_usable(row):
                rows.setdefault(row["id"], row)
        return list(rows.values())

    def rejected(self, value: Any) -> Any:
        return [row for row in value if not self._is_usable(row)] if isinstance(value, list) else value

    def from_newer_version(self, value: Any) -> Any:
        if not isinstance(value, list):
            return None
        return [row for row in self.rejected(value) if self._has_newer_kind(row)] or None

    def merge_rejected(self, value: list[dict[str, Any]] | None, rejected: Any) -> Any:
        if not isinstance(rejected, list):
            return super().merge_rejected(value, rejected)
        ids = {row["id"] for row in value or ()}
        return [*(value or ()), *(row for row in rejected if not isinstance(row, dict) or row.get("id") not in ids)]

    def _has_newer_kind(self, row: object) -> bool:
        return (
            isinstance(row, dict)
            and isinstance(row.get("kind"), str)
            and self._is_usable(row | {"kind": self._stand_in})
        )

    def _is_usable(self, row: object) -> bool:
        if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"]:
            return False
        try:
            self._check_row(row)
        except InputError:
            return False
        return True


class NamesSetting(Setting[list[str]]):
    """A list of strings."""

    def check(self, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(value)
        return value


class TableSetting(Setting[dict[str, Any]]):
    """A JSON object whose values are instances of `value_type`."""

    def __init__(
        self, key: str, default: dict[str, Any], page: Page, value_type: type | tuple[type, ...] = object
    ) -> None:
        self.value_type = value_type
        super().__init__(key, default, page)

    def check(self, value: object) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise self.refuse(value)
        if not all(isinstance(item, self.value_type) for item in value.values()):
            raise self.refuse(value)
        return value


class RecordSetting(Setting[dict[str, Any]]):
    """A JSON object that `check_record` accepts, or an empty one; it raises InputError for any other."""

    def __init__(
        self, key: str, default: dict[str, Any], page: Page, check_record: Callable[[dict[str, Any]], object]
    ) -> None:
        self._check_record = check_record
        super().__init__(key, default, page)

    def check(self, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.refuse(value)
        if value:
            try:
                self._check_record(value)
            except InputError as error:
                raise self.refuse(value) from error
        return value


class PricesSetting(TableSetting):
    """The user's prices per million tokens, by profile and model: `{currency, hit, miss, output}`."""

    def check(self, value: object) -> dict[str, Any]:
        table = super().check(value)
        if self.rejected(table):
            raise self.refuse(value)
        return table

    def salvage(self, value: object) -> dict[str, Any] | None:
        """Return the valid rows."""
        return _filter_rows(value, _is_price) if isinstance(value, dict) else None

    def rejected(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        malformed = {name: rows for name, rows in value.items() if not isinstance(rows, dict)}
        return malformed | _filter_rows(value, lambda row: not _is_price(row))

    def merge_rejected(self, value: dict[str, Any] | None, rejected: Any) -> Any:
        if value is None or not isinstance(rejected, dict):
            return super().merge_rejected(value, rejected)
        # A price set since then overrides the rejected one.
        merged = {name: {**rows, **value.get(name, {})} for name, rows in rejected.items() if isinstance(rows, dict)}
        return {**rejected, **value, **merged}


def _filter_rows(table: dict[str, Any], accepts: Callable[[object], bool]) -> dict[str, Any]:
    """Return the accepted rows by profile and model, leaving out profiles without any."""
    accepted = {
        name: {model: row for model, row in rows.items() if accepts(row)}
        for name, rows in table.items()
        if isinstance(rows, dict)
    }
    return {name: rows for name, rows in accepted.items() if rows}


def _is_price(row: object) -> bool:
    if not isinstance(row, dict) or row.get("currency") not in ("CNY", "USD"):
        return False
    return all(_is_amount(row.get(name)) for name in ("hit", "miss", "output"))


def _is_amount(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf
