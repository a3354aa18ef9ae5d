"""Decides how much of a streaming sound must be buffered before playback starts."""

from __future__ import annotations

MIN_SECONDS = 0.04
MAX_SECONDS = 1.6


class AdaptivePrebuffer:
    """A prebuffer length that starts small, doubles after each underrun and halves after a sound without one.

    Attributes:
        seconds: how much must be buffered ahead of the playhead before playback starts.
    """

    def __init__(self, seconds: float = MIN_SECONDS) -> None:
        self.seconds = seconds

    @property
    def after_underrun(self) -> float:
        """How much must be buffered before playback continues. It is more, because a stall is likely to recur."""
        return min(MAX_SECONDS, 2 * self.seconds)

    def underrun(self) -> None:
        """Record an underrun."""
        self.seconds = self.after_underrun

    def played_without_underrun(self) -> None:
        """Record that a sound was played to its end without an underrun."""
        self.seconds = max(MIN_SECONDS, self.seconds / 2)
