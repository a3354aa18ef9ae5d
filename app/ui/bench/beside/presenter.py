"""Connects the Beside page to its services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.bench.beside.page import BesidePage

if TYPE_CHECKING:
    from app.ui.bench.context import BenchContext


class BesidePresenter:
    """Shows what the services hold, and passes on what the person does."""

    def __init__(self, page: BesidePage, context: BenchContext) -> None:
        self._page = page
        self._context = context

    async def aclose(self) -> None:
        """Keep what was typed last."""
