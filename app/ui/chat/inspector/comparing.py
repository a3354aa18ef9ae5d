"""Compares the call that is shown with another one that is chosen in the list."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject

from app.core.messages import Usage
from app.services.call_comparison import Figures, compare
from app.services.ports import Call
from app.ui.chat.inspector.panel import InspectorPanel
from app.ui.chat.usage_summary import Charge
from app.ui.reported_tasks import Spawn
from app.ui.texts.numbers import UNKNOWN
from app.ui.texts.spend import charge_text


class Comparing(QObject):
    """Waits for a second call to be chosen, and shows what differs."""

    def __init__(
        self, panel: InspectorPanel, *, run: Spawn, charge: Charge, shown: Callable[[], tuple[Call, int, str] | None]
    ) -> None:
        """`shown` returns the call that is shown, the number of its request, and its title."""
        super().__init__(panel)
        self._panel = panel
        self._run = run
        self._charge = charge
        self._shown = shown
        self.is_picking = False
        self._compared: tuple[tuple[Call, int], tuple[Call, int]] | None = None
        panel.page.buttons.compare.connect(self._begin)
        panel.calls.pick_cancelled.connect(self.cancel)
        panel.page.comparison.closed.connect(self.close)

    def _begin(self) -> None:
        """Let the next row that is chosen be the second call."""
        self.close()
        if self._shown() is not None:
            self.is_picking = True
            self._panel.calls.set_picking(True)
            self._panel.show_list(True)
            self._panel.fit()
            self._panel.calls.rows.setFocus()

    def cancel(self) -> None:
        """Choose no second call."""
        self.is_picking = False
        self._panel.calls.set_picking(False)
        self._panel.fit()

    def close(self) -> None:
        """Show the call again."""
        self.cancel()
        self._compared = None
        self._panel.page.comparison.clear()
        self._panel.page.show_comparison(False)

    async def show(self, other: Call, number: int, title: str) -> None:
        """Compare the chosen call, which is the one before, with the call that is shown."""
        self.cancel()
        shown = self._shown()
        if shown is None:
            return
        call, own_number, own_title = shown
        first, second = (other, number, title), (call, own_number, own_title)
        if first[0].started + _began(other, number) > second[0].started + _began(call, own_number):
            first, second = second, first
        comparison = await asyncio.to_thread(compare, first[:2], second[:2])
        now = self._shown()
        if now is not None and now[:2] == shown[:2]:
            self._compared = first[:2], second[:2]
            self._panel.page.comparison.show_comparison(first[2], second[2], comparison, self._cost)
            self._panel.page.show_comparison(True)
            self._panel.page.comparison.text.setFocus()

    def retranslate(self, title: Callable[[Call, int], str]) -> None:
        """Name the two calls in the current language; `title` returns the title of a request."""
        if self._compared is not None:
            self._panel.page.comparison.set_titles(*(title(*each) for each in self._compared))

    def _cost(self, figures: Figures) -> str:
        return figures_cost(self._charge, figures)


def figures_cost(charge: Charge, figures: Figures) -> str:
    """The cost of a call in words; a dash if it is not known."""
    return cost_of(charge, figures.model, figures.started, figures.usage, figures.call_id) or UNKNOWN


def cost_of(charge: Charge, model: str, started: float, usage: Usage | None, call_id: str) -> str:
    """The cost of a call in words, empty if it is not known."""
    return "" if usage is None else charge_text(charge(model, usage, datetime.fromtimestamp(started, UTC), call_id))


def _began(call: Call, number: int) -> float:
    return call.attempts[number].at if number < len(call.attempts) else 0.0
