"""`stall`: how long the window's loop pauses while an answer streams.

12 KB of everything come to the real window, offscreen, in 400 pieces a second. A pause is how much later than asked a
timer of two milliseconds fires; the 99th percentile of the pauses stands beside one repaint of a page of the same text
in a bare `QTextBrowser`, both in wall time and of the best round. `stall-busy` is the processor time that the loop's
thread takes between two such timers, which other programs on the machine don't add to.
"""

from __future__ import annotations

import time
from typing import Any

from tests.benchmarks.answer import RATE, answered, ask, chat_view
from tests.benchmarks.apart import apart
from tests.benchmarks.in_window import measured
from tests.benchmarks.pages import mixed, percentile, repaint_seconds
from tests.benchmarks.row import Row, row
from tests.benchmarks.takes_at_once import Ticks

CHARACTERS = 12 * 1024
ROUNDS = 3
MAX_REPAINTS = 3.0


def run() -> list[Row]:
    """The rows of this benchmark."""
    found = measured("stall", f"{CHARACTERS}-{RATE}")
    peer, page = "a page repaint", apart("stall", "repaint")
    return [
        row("stall", found["pause"] * 1e3, "ms", peer=peer, peer_value=page * 1e3, at_most=MAX_REPAINTS),
        row("stall-busy", found["busy"] * 1e3, "ms", peer=peer, peer_value=page * 1e3),
    ]


def repaint() -> float:
    """Seconds of one repaint of a page in the best round."""
    return min(repaint_seconds(mixed(), time.perf_counter) for _ in range(ROUNDS))


async def measure(workbench: Any, window: Any) -> dict[str, float]:
    view = await chat_view(window)
    pauses: list[float] = []
    busy: list[float] = []
    for number in range(ROUNDS + 1):
        await ask(view)
        ticks = Ticks()
        ticks.begin()
        await answered(view)
        if number:  # the first round loads what answers need
            pauses.append(ticks.end())
            busy.append(percentile(ticks.busy, 99))
        else:
            ticks.end()
    return {"pause": min(pauses), "busy": min(busy)}
