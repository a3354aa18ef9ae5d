"""`answer`: what showing an answer costs the program, in process CPU time, from its socket to its pixels.

48 KB of prose, lists, code, tables and formulas come to the real window, offscreen, in 400 pieces of four characters a
second, which takes half a minute. Beside it stands repainting a page of the same text in a bare `QTextBrowser` once for
each piece. `answer-plain` is the same beside a bare `QTextBrowser` that gets the pieces as plain text.
"""

from __future__ import annotations

import time
from typing import Any

from tests.benchmarks.apart import apart
from tests.benchmarks.draw import plain
from tests.benchmarks.in_window import measured, until
from tests.benchmarks.pages import CHUNK, SIZE, mixed, repaint_seconds
from tests.benchmarks.row import Row, row

RATE = 400
MAX_OF_REPAINTS = 0.54
"""Six tenths of what it was before only the newest words were parsed and drawn: 0.90."""
MAX_OF_BARE = 4.0


def run() -> list[Row]:
    """The rows of this benchmark."""
    busy = measured("answer", f"{SIZE}-{RATE}")["busy"]
    repaints, bare = apart("answer", "repaints"), apart("answer", "bare")
    return [
        row("answer", busy, "s", peer="page repaints", peer_value=repaints, at_most=MAX_OF_REPAINTS),
        row("answer-plain", busy, "s", peer="QTextBrowser", peer_value=bare, at_most=MAX_OF_BARE),
    ]


def repaints() -> float:
    """CPU seconds of repainting a page once for each piece."""
    return repaint_seconds(mixed()) * SIZE / CHUNK


def bare() -> float:
    """CPU seconds that a bare widget takes to show the pieces."""
    return sum(plain(mixed()))


async def measure(workbench: Any, window: Any) -> dict[str, float]:
    view = await chat_view(window)
    await ask(view)
    began = time.process_time()
    await answered(view)
    return {"busy": time.process_time() - began}


async def chat_view(window: Any) -> Any:
    """The view of the chat, once it can send."""
    from app.ui.chat.view import ChatView

    window.show_view("chat")
    await until(lambda: window.findChildren(ChatView))
    (view,) = window.findChildren(ChatView)
    await until(lambda: not view.composer._is_deferring)
    return view


async def ask(view: Any) -> None:
    """Send a message, and wait for the beginning of its answer."""
    view.composer.field.setPlainText("Write a long answer.")
    view.composer.field.submitted.emit()
    await until(lambda: texts(view) and texts(view)[-1].document().characterCount() > 1)


async def answered(view: Any) -> None:
    """Wait for the end of the answer."""
    await until(lambda: not view.composer.running)


def texts(view: Any) -> list[Any]:
    from app.ui.chat.markdown.view import MarkdownView

    return list(view.findChildren(MarkdownView))
