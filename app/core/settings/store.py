"""The current values of the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, TypeVar

from app.core.errors import WorkbenchError
from app.core.observers import Event, HeldEvent
from app.core.settings.declarations import DECLARED
from app.core.settings.setting_types import Setting

T = TypeVar("T")


class Settings:
    """The current values, with change notification and saving.

    Not thread-safe: use it from one thread. Every value has passed its setting's check.

    Attributes:
        on_failed: emits every error while saving; the last one is held until somebody listens or saving succeeds.
    """

    def __init__(self, values: Mapping[str, Any] | None = None, save: Callable[[dict[str, Any]], None] | None = None):
        """`values` by key; a missing key has its default. `save` stores all values that differ from the default."""
        self._values = {key: DECLARED[key].check(value) for key, value in (values or {}).items()}
        self._save = save
        self._changes: dict[str, Event[()]] = {}
        self.on_failed: HeldEvent[WorkbenchError] = HeldEvent()

    def get(self, setting: Setting[T]) -> T:
        """Return the current value; a list or table is returned as a copy."""
        value: T = self._values.get(setting.key, setting.default)
        return deepcopy(value) if isinstance(value, (list, dict)) else value

    def set(self, setting: Setting[T], value: T) -> None:
        """Save `value` and notify watchers. Raises InputError, changing nothing, if it is invalid.

        A value that could not be saved still applies for this run; see `on_failed`.
        """
        checked = deepcopy(setting.check(value))
        if checked == self.get(setting):
            return
        self._values[setting.key] = checked
        self._on_changed(setting)

    def reset(self, setting: Setting[Any]) -> None:
        """Restore the default."""
        if self._values.pop(setting.key, setting.default) != setting.default:
            self._on_changed(setting)

    def watch(self, setting: Setting[T], changed: Callable[[T], None]) -> Callable[[], None]:
        """Call `changed` with each new value; the returned function stops this."""
        # The current value each time: another listener may have set another one.
        return self._changes.setdefault(setting.key, Event()).subscribe(lambda: changed(self.get(setting)))

    def _on_changed(self, setting: Setting[Any]) -> None:
        self._write()
        if setting.key in self._changes:
            self._changes[setting.key].emit()

    def _write(self) -> None:
        if self._save is None:
            return
        self.on_failed.forget()  # Every save writes all values, so what an earlier one failed at is tried again.
        try:
            self._save(deepcopy(self._values))
        except WorkbenchError as error:
            self.on_failed.emit(error)
