"""Undoes a change of a conversation that may have been left, deleted or restored since."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace

Run = Callable[[Coroutine[Any, Any, object]], object]
"""Runs a coroutine and shows its error."""


def change_present(workspace: Workspace, run: Run, session: ChatSession, change: Callable[[ChatSession], None]) -> None:
    """Apply `change` to the present session of the conversation of `session`: at once, or when it is back."""
    present = workspace.session(session.id)
    if present is not None:
        change(present)
        return

    async def later() -> None:
        change(await workspace.again(session))

    run(later())
