"""What a person can set, declared once: key, kind, default, range and the settings page it stands on.

A setting's key is also the code under which `app.ui` finds its label. Plain classes and no imports of weight, because
the theme and the language are needed before the first paint.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, Generic, Literal, TypeVar

from app.core.errors import Code, InputError, WorkbenchError
from app.core.languages import LANGUAGES

T = TypeVar("T")
S = TypeVar("S", bound="Setting[Any]")

Page = Literal["services", "network", "audio", "appearance", "data", "chat", "remembered"]
"""Where a setting stands. `chat` is set in the chat's own panels; `remembered` is never shown, only kept."""

FORMAT_VERSION = 1
"""Of the settings file; see `app.storage.settings.MIGRATIONS`."""


class Setting(Generic[T]):
    """One thing that can be set.

    Attributes:
        key: stable name in the file and code of the label.
        default: used until something else is set, and in place of a value that can't be used.
        page: where it is shown.
    """

    def __init__(self, key: str, default: T, page: Page) -> None:
        self.key = key
        self.page: Page = page
        self.default = self.check(default)

    def check(self, value: object) -> T:
        """`value` as it will be kept; raises InputError (SETTING_INVALID) with `key` when it can't be used."""
        raise NotImplementedError

    def rest(self, value: object) -> T | None:
        """What can be used of a value that as a whole can't; None for nothing."""
        return None

    def left(self, value: Any) -> Any:
        """What `rest` leaves of such a value."""
        return value

    def later(self, value: Any) -> Any:
        """Of what `rest` leaves, that which only a newer program can use; None for nothing."""
        return None

    def joined(self, value: T | None, left: Any) -> Any:
        """`value`, None for nothing set, and what was left of an earlier one, as both are kept."""
        return left if value is None else value

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
    """A list of JSON objects, each with a text `id` that no other row has; `check_row` raises InputError for others.
    A row that it would not refuse with the `kind` of `stand_in` is one of a newer program.
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
        rows = self.rest(value)
        if rows is None or rows != value:
            raise self.refuse(value)
        return rows

    def rest(self, value: object) -> list[dict[str, Any]] | None:
        """The rows that can be used; of two with one id the first."""
        if not isinstance(value, list):
            return None
        rows: dict[str, dict[str, Any]] = {}
        for row in value:
            if self._is_usable(row):
                rows.setdefault(row["id"], row)
        return list(rows.values())

    def left(self, value: Any) -> Any:
        return [row for row in value if not self._is_usable(row)] if isinstance(value, list) else value

    def later(self, value: Any) -> Any:
        if not isinstance(value, list):
            return None
        return [row for row in self.left(value) if self._is_of_a_later_kind(row)] or None

    def joined(self, value: list[dict[str, Any]] | None, left: Any) -> Any:
        if not isinstance(left, list):
            return super().joined(value, left)
        ids = {row["id"] for row in value or ()}
        return [*(value or ()), *(row for row in left if not isinstance(row, dict) or row.get("id") not in ids)]

    def _is_of_a_later_kind(self, row: object) -> bool:
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


def _check_profile(row: dict[str, Any]) -> None:
    # Only here: without a changed or own service the start needs no msgspec before the first paint.
    from app.core.profiles import profile_of

    profile_of(row)


class NamesSetting(Setting[list[str]]):
    """A list of texts."""

    def check(self, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.refuse(value)
        return value


class TableSetting(Setting[dict[str, Any]]):
    """A JSON object; `of` is the type of its values, `object` for any."""

    def __init__(self, key: str, default: dict[str, Any], page: Page, of: type | tuple[type, ...] = object) -> None:
        self.of = of
        super().__init__(key, default, page)

    def check(self, value: object) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise self.refuse(value)
        if not all(isinstance(one, self.of) for one in value.values()):
            raise self.refuse(value)
        return value


class PricesSetting(TableSetting):
    """A person's own prices per million tokens: by profile, then by model, `{currency, hit, miss, output}`."""

    def check(self, value: object) -> dict[str, Any]:
        table = super().check(value)
        if self.left(table):
            raise self.refuse(value)
        return table

    def rest(self, value: object) -> dict[str, Any] | None:
        """The rows that can be used."""
        return _by_profile(value, _is_price) if isinstance(value, dict) else None

    def left(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        odd = {name: rows for name, rows in value.items() if not isinstance(rows, dict)}
        return odd | _by_profile(value, lambda row: not _is_price(row))

    def joined(self, value: dict[str, Any] | None, left: Any) -> Any:
        if value is None or not isinstance(left, dict):
            return super().joined(value, left)
        # What was set since stands over what could not be used.
        both = {name: {**rows, **value.get(name, {})} for name, rows in left.items() if isinstance(rows, dict)}
        return {**left, **value, **both}


def _by_profile(table: dict[str, Any], fits: Callable[[object], bool]) -> dict[str, Any]:
    """The rows that fit, by profile and model, without profiles that have none."""
    kept = {
        name: {model: row for model, row in rows.items() if fits(row)}
        for name, rows in table.items()
        if isinstance(rows, dict)
    }
    return {name: rows for name, rows in kept.items() if rows}


def _is_price(row: object) -> bool:
    if not isinstance(row, dict) or row.get("currency") not in ("CNY", "USD"):
        return False
    return all(_is_amount(row.get(name)) for name in ("hit", "miss", "output"))


def _is_amount(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf


DECLARED: dict[str, Setting[Any]] = {}
"""Every setting by its key, in the order in which a page shows them."""


def _declare(setting: S) -> S:
    assert setting.key not in DECLARED, setting.key
    DECLARED[setting.key] = setting
    return setting


# Appearance.
THEME = _declare(ChoiceSetting("theme", "system", "appearance", ("system", "light", "dark")))
LANGUAGE = _declare(ChoiceSetting("language", "system", "appearance", ("system", *LANGUAGES)))
TEXT_SIZE = _declare(IntegerSetting("text_size", 100, "appearance", 80, 200, 10))
"""Per cent of the type scale."""
REDUCED_MOTION = _declare(FlagSetting("reduced_motion", False, "appearance"))
PRESENTATION_MODE = _declare(FlagSetting("presentation_mode", False, "appearance"))
PRESENTATION_HIDES_HOSTS = _declare(FlagSetting("presentation_hides_hosts", False, "appearance"))

# Services. A profile is the JSON form of `app.core.profiles.Profile`; never its key.
PROFILES = _declare(RowsSetting("profiles", [], "services", _check_profile, stand_in="gateway"))
ACTIVE_PROFILE = _declare(TextSetting("active_profile", "demo", "services", 200))
QUOTA = _declare(NumberSetting("quota", 0.0, "services", 0.0, 1e12))
"""Credits a person says the plan has; 0 for none given."""
QUOTA_DAY = _declare(IntegerSetting("quota_day", 1, "services", 1, 31))
"""Day of the month on which the plan's credits begin anew."""
QUOTA_TOLD = _declare(TableSetting("quota_told", {}, "remembered", (int, float, str)))
"""Of which share a person was told last: `{"since": first day of the period, "share": per cent}`."""
TOKEN_PLAN_TERMS = _declare(FlagSetting("token_plan_terms", False, "services"))
"""The Token Plan's terms (coding tools only) were shown and agreed to."""
MODELS = _declare(TableSetting("models", {}, "services", dict))
"""Per profile the model chosen for each task: `{profile id: {"chat": model id, "speech": …, "recognition": …}}`."""
PRICES = _declare(PricesSetting("prices", {}, "services", dict))
"""Prices a person typed in, per million tokens: `{profile id: {model id: {"currency", "hit", "miss", "output"}}}`."""

# Network.
PROXY = _declare(TextSetting("proxy", "", "network"))
TRUST_ENV = _declare(FlagSetting("trust_env", True, "network"))
"""Proxy and certificate variables of the environment apply where `proxy` is empty."""
CERTIFICATES = _declare(TextSetting("certificates", "", "network"))
"""Path of a PEM file with further certificate authorities."""
CONNECT_TIMEOUT = _declare(NumberSetting("connect_timeout", 10.0, "network", 1.0, 120.0))
FIRST_BYTE_TIMEOUT = _declare(NumberSetting("first_byte_timeout", 90.0, "network", 5.0, 600.0))
IDLE_TIMEOUT = _declare(NumberSetting("idle_timeout", 90.0, "network", 5.0, 600.0))
SPEECH_TIMEOUT = _declare(NumberSetting("speech_timeout", 180.0, "network", 10.0, 1800.0))
RETRIES = _declare(IntegerSetting("retries", 3, "network", 0, 10))

# Audio. A device is named by its own identifier; empty follows the system.
OUTPUT_DEVICE = _declare(TextSetting("output_device", "", "audio"))
INPUT_DEVICE = _declare(TextSetting("input_device", "", "audio"))
VOLUME = _declare(IntegerSetting("volume", 80, "audio", 0, 100))
"""Per cent."""
BUFFER = _declare(NumberSetting("buffer", 0.15, "audio", 0.05, 1.0, 0.05))
"""Device latency in seconds."""
EQUAL_LOUDNESS = _declare(FlagSetting("equal_loudness", True, "audio"))

# Data.
BACKUP_COUNT = _declare(IntegerSetting("backup_count", 7, "data", 1, 100))
BACKUP_DAYS = _declare(NumberSetting("backup_days", 1.0, "data", 0.04, 90.0))
"""Days between two automatic backups."""
BACKUP_LIMIT = _declare(IntegerSetting("backup_limit", 2048, "data", 64, 1_048_576))
"""Size of all backups together, in MiB."""
CALLS_KEPT = _declare(IntegerSetting("calls_kept", 5000, "data", 100, 1_000_000))
"""Exchanges kept for the inspector; the oldest go first."""

# Chat.
THINKING = _declare(ChoiceSetting("thinking", "model", "chat", ("model", "on", "off")))
"""`model` leaves the model's own default."""
STREAM = _declare(FlagSetting("stream", True, "chat"))
ASK_BEFORE_TOOL = _declare(FlagSetting("ask_before_tool", True, "chat"))
ALWAYS_ALLOWED_TOOLS = _declare(NamesSetting("always_allowed_tools", [], "chat"))
ENABLED_TOOLS = _declare(NamesSetting("enabled_tools", ["get_current_time", "calculate", "convert_units"], "chat"))

# Remembered between two starts.
PARAMETERS_OPEN = _declare(FlagSetting("parameters_open", True, "remembered"))
INSPECTOR_OPEN = _declare(FlagSetting("inspector_open", False, "remembered"))
TOOLS_OPEN = _declare(FlagSetting("tools_open", False, "remembered"))
WINDOW_GEOMETRY = _declare(TextSetting("window_geometry", "", "remembered", 20_000))
"""Base64 of what the window system needs to restore the window."""
LAST_CONVERSATION = _declare(TextSetting("last_conversation", "", "remembered", 200))
LAST_SESSION = _declare(TextSetting("last_session", "", "remembered", 200))
LAST_FOLDER = _declare(TextSetting("last_folder", "", "remembered"))
SPEECH_VOICE = _declare(TextSetting("speech_voice", "", "remembered", 200))
RECENT_TAGS = _declare(NamesSetting("recent_tags", [], "remembered"))


class Settings:
    """The values that hold now, who wants to know when one changes, and where they are kept.

    Belongs to one thread. A value always passed its setting's check.
    """

    def __init__(self, values: Mapping[str, Any] | None = None, keep: Callable[[dict[str, Any]], None] | None = None):
        """`values` by key, those left out have their default; `keep` writes all changed values down."""
        self._values = {key: DECLARED[key].check(value) for key, value in (values or {}).items()}
        self._keep = keep
        self._watchers: dict[str, list[Callable[[Any], None]]] = {}
        self._on_failed: list[Callable[[WorkbenchError], object]] = []
        self._untold: WorkbenchError | None = None

    def get(self, setting: Setting[T]) -> T:
        """A list or table comes as a copy: changing it changes nothing here."""
        value: T = self._values.get(setting.key, setting.default)
        return deepcopy(value) if isinstance(value, (list, dict)) else value

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep `value` and tell who watches. Raises InputError when it can't be used: nothing changes then.

        A value that could not be written holds for this run all the same, see `on_failed`.
        """
        checked = deepcopy(setting.check(value))
        if checked == self.get(setting):
            return
        self._values[setting.key] = checked
        self._changed(setting)

    def reset(self, setting: Setting[Any]) -> None:
        """Back to the default."""
        if self._values.pop(setting.key, setting.default) != setting.default:
            self._changed(setting)

    def watch(self, setting: Setting[T], changed: Callable[[T], None]) -> Callable[[], None]:
        """Call `changed` with each new value from now on; returns what ends it."""
        watchers = self._watchers.setdefault(setting.key, [])
        watchers.append(changed)

        def stop() -> None:
            if changed in watchers:
                watchers.remove(changed)

        return stop

    def on_failed(self, tell: Callable[[WorkbenchError], object]) -> None:
        """Tell of every value that can't be written from now on, and of one of before that still is not."""
        self._on_failed.append(tell)
        untold, self._untold = self._untold, None
        if untold is not None:
            tell(untold)

    def _changed(self, setting: Setting[Any]) -> None:
        self._write()
        for watcher in tuple(self._watchers.get(setting.key, ())):
            watcher(self.get(setting))

    def _write(self) -> None:
        if self._keep is None:
            return
        try:
            self._keep(deepcopy(self._values))
        except WorkbenchError as error:
            self._untold = None if self._on_failed else error
            for tell in tuple(self._on_failed):
                tell(error)
        else:
            self._untold = None  # What failed is written with this one.
