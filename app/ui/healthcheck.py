"""The health check of an installed program: builds every view, which fails if a module or a resource is missing."""

from __future__ import annotations

import asyncio

from app.ui.views import VIEWS
from app.ui.window import Window

_SECONDS_PER_VIEW = 0.05


async def show_every_view(window: Window) -> None:
    """Show each view for a moment. Raises what building a view raises."""
    for view in VIEWS:
        window.show_view(view.name)
        await asyncio.sleep(_SECONDS_PER_VIEW)
