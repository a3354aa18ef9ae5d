"""The tools that are always allowed, in the settings as well as for the calls that wait."""

from __future__ import annotations

from collections.abc import Collection

from app.core.settings import ALWAYS_ALLOWED_TOOLS, Settings
from app.services.chat.approval import Approvals


class ToolPermissions:
    """Changes what is always allowed. A tool is named by its key."""

    def __init__(self, approvals: Approvals, settings: Settings) -> None:
        self._approvals = approvals
        self._settings = settings

    def allow(self, key: str) -> None:
        """Always allow a tool."""
        always: list[str] = self._settings.get(ALWAYS_ALLOWED_TOOLS)
        self._approvals.always.add(key)
        self._settings.set(ALWAYS_ALLOWED_TOOLS, sorted({*always, key}))

    def move(self, former: str, key: str) -> None:
        """A tool that is always allowed stays so under its new name, and no other inherits it with the old one."""
        if former in self._approvals.always:
            self.take_back([former])
            self.allow(key)

    def take_back(self, keys: Collection[str]) -> None:
        """Ask for these tools again."""
        always: list[str] = self._settings.get(ALWAYS_ALLOWED_TOOLS)
        self._approvals.always.difference_update(keys)
        self._settings.set(ALWAYS_ALLOWED_TOOLS, [each for each in always if each not in keys])
