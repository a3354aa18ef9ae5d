"""`beside-stall`: how long the window's loop pauses while four answers stream side by side.

Four columns of the bench get 6 KB of everything each, in 200 pieces a second, in the real window, offscreen. Pauses
and their peer are those of `stall`: the 99th percentile of how much later than asked a timer fires, beside one repaint
of a page of the same text in a bare `QTextBrowser`, both of the best round. `beside-stall-busy` is the processor time
that the loop's thread takes between two such timers.
"""

from __future__ import annotations

from typing import Any

from tests.benchmarks.apart import apart
from tests.benchmarks.in_window import measured, until
from tests.benchmarks.pages import percentile
from tests.benchmarks.row import Row, row
from tests.benchmarks.takes_at_once import Ticks

COLUMNS = 4
CHARACTERS = 6 * 1024
RATE = 200
"""Pieces a second of each column."""
ROUNDS = 3
MAX_REPAINTS = 3.0


def run() -> list[Row]:
    """The rows of this benchmark."""
    found = measured("beside_stall", f"{CHARACTERS}-{RATE}")
    peer, page = "a page repaint", apart("stall", "repaint")
    return [
        row("beside-stall", found["pause"] * 1e3, "ms", peer=peer, peer_value=page * 1e3, at_most=MAX_REPAINTS),
        row("beside-stall-busy", found["busy"] * 1e3, "ms", peer=peer, peer_value=page * 1e3),
    ]


async def measure(workbench: Any, window: Any) -> dict[str, float]:
    from app.ui.bench.view import BenchView

    window.show_view("bench")
    await until(lambda: window.findChildren(BenchView))
    (view,) = window.findChildren(BenchView)
    page = view.beside
    await until(lambda: page.columns and page.columns[0].model.key())
    while len(page.columns) < COLUMNS:
        page.add.click()
    page.foot.message.setPlainText("Write a long answer.")
    pauses: list[float] = []
    busy: list[float] = []
    for number in range(ROUNDS + 1):
        await _asked(page)
        ticks = Ticks()
        ticks.begin()
        await until(lambda: not page.foot.is_running)
        if number:  # the first round loads what answers need
            pauses.append(ticks.end())
            busy.append(percentile(ticks.busy, 99))
        else:
            ticks.end()
    return {"pause": min(pauses), "busy": min(busy)}


async def _asked(page: Any) -> None:
    """Run the columns, and wait for the first words of all."""
    shown = [column.answer for column in page.columns]
    page.foot.button.click()
    await until(lambda: all(_has_words(page, at, shown) for at in range(COLUMNS)))


def _has_words(page: Any, place: int, before: list[Any]) -> bool:
    answer = page.columns[place].answer
    return answer is not None and answer is not before[place] and len(answer.plain_text()) > 1
