"""How much of an arriving sound must be there before it is played."""

from __future__ import annotations

SMALLEST = 0.04
LARGEST = 1.6


class AdaptivePrebuffer:
    """Starts small, doubles each time a sound ran dry, halves after a sound that never did.

    Attributes:
        seconds: what is wanted ahead of the playhead before playing starts.
    """

    def __init__(self, seconds: float = SMALLEST) -> None:
        self.seconds = seconds

    @property
    def after_running_dry(self) -> float:
        """What is wanted before it goes on: a stall is likely to come again."""
        return min(LARGEST, 2 * self.seconds)

    def ran_dry(self) -> None:
        self.seconds = self.after_running_dry

    def played_through(self) -> None:
        self.seconds = max(SMALLEST, self.seconds / 2)
