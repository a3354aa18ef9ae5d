"""How much of an arriving sound must be there before it is played."""

from __future__ import annotations

MIN_SECONDS = 0.04
MAX_SECONDS = 1.6


class AdaptivePrebuffer:
    """Starts small, doubles each time a sound ran dry, halves after a sound that never did.

    Attributes:
        seconds: what is wanted ahead of the playhead before playing starts.
    """

    def __init__(self, seconds: float = MIN_SECONDS) -> None:
        self.seconds = seconds

    @property
    def after_underrun(self) -> float:
        """What is wanted before it goes on: a stall is likely to come again."""
        return min(MAX_SECONDS, 2 * self.seconds)

    def underrun(self) -> None:
        self.seconds = self.after_underrun

    def played_without_underrun(self) -> None:
        self.seconds = max(MIN_SECONDS, self.seconds / 2)
