"""The user's own defaults of new conversations, in the settings."""

from __future__ import annotations

import msgspec

from app.core.chat_defaults import ChatDefaults, chat_defaults_of
from app.core.settings import CHAT_DEFAULTS, Settings


def own_chat_defaults(settings: Settings) -> ChatDefaults | None:
    """The user's own defaults, None if there are none."""
    record = settings.get(CHAT_DEFAULTS)
    return chat_defaults_of(record) if record else None


def set_own_chat_defaults(settings: Settings, defaults: ChatDefaults | None) -> None:
    """Save own defaults, or with None go without."""
    settings.set(CHAT_DEFAULTS, {} if defaults is None else msgspec.to_builtins(defaults))
