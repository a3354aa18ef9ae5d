"""Text that has arrived and is not drawn yet: however fast it comes, each frame draws a bounded part of it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

AT_ONCE = 40_000
"""Characters of a complete text that are drawn in one go; a longer one would hold up everything for seconds."""
PIECE = 2_000
"""Characters drawn before the time is looked at."""
BUDGET_SECONDS = 0.012
"""How long one frame may draw; at least one piece is drawn."""


class Backlog:
    """A queue of text; its length is true while something waits."""

    def __init__(self) -> None:
        self._texts: deque[str] = deque()
        self._length = 0

    def __len__(self) -> int:
        """The number of characters that wait."""
        return self._length

    def append(self, text: str) -> None:
        """Add text at the end."""
        if text:
            self._texts.append(text)
            self._length += len(text)

    def clear(self) -> None:
        """Forget what waits."""
        self._texts.clear()
        self._length = 0

    def take(self, count: int) -> str:
        """Remove and return at most `count` characters from the beginning."""
        taken: list[str] = []
        while self._texts and count:
            text = self._texts.popleft()
            if len(text) > count:
                self._texts.appendleft(text[count:])
                text = text[:count]
            taken.append(text)
            count -= len(text)
            self._length -= len(text)
        return "".join(taken)

    def draw_frame(self, draw: Callable[[str], None]) -> None:
        """Draw pieces of what waits until the budget of one frame is used up."""
        ends = time.perf_counter() + BUDGET_SECONDS
        while self._length:
            draw(self.take(PIECE))
            if time.perf_counter() >= ends:
                break
