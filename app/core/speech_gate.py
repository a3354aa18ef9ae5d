"""Tells from the levels of a microphone when somebody begins and stops to speak."""

from __future__ import annotations

from collections import deque

NOISE_SECONDS = 0.2
"""How long the noise of the room is measured at the beginning."""
ABOVE_NOISE_DB = 10.0
"""How far speech is above the noise."""
MIN_THRESHOLD_DB, MAX_THRESHOLD_DB = -50.0, -35.0
"""Limits of the threshold in dBFS (RMS): of a noiseless microphone, and where somebody speaks from the first moment."""
SPEECH_SECONDS = 0.15
"""Shorter sounds, such as the click of a key, are not speech."""
MAX_STEP_SECONDS = 0.15
"""A level counts for no longer than this: what happened while nothing was measured is unknown."""
SIGNAL_DB = -90.0
"""Below this, a microphone that has just been opened delivers no sound yet."""


class SpeechGate:
    """Follows the RMS levels of a recording.

    The threshold is `ABOVE_NOISE_DB` above the quietest level of the first `NOISE_SECONDS`, within its limits. Speech
    has begun once `SPEECH_SECONDS` in a row were above it.

    Attributes:
        has_spoken: whether speech has begun.
        silent_seconds: how long it has been silent since the last level above the threshold.
        began, ended: when the speech began, and the end of the last level above the threshold, in seconds.
    """

    def __init__(self) -> None:
        self.has_spoken = False
        self.silent_seconds = self.began = self.ended = 0.0
        self._at = self._measured = self._loud_seconds = 0.0
        self._noise: float | None = None

    def add(self, at: float, level: float) -> None:
        """Add the level in dBFS at a time in seconds since the recording began."""
        step = min(max(at - self._at, 0.0), MAX_STEP_SECONDS)
        self._at = at
        if level > SIGNAL_DB and self._measured < NOISE_SECONDS:
            self._measured += step
            self._noise = level if self._noise is None else min(self._noise, level)
        if level > self.threshold:
            self._loud_seconds += step
            self.silent_seconds, self.ended = 0.0, at
            if not self.has_spoken and self._loud_seconds >= SPEECH_SECONDS - 1e-9:
                self.has_spoken, self.began = True, max(0.0, at - self._loud_seconds)
        else:
            self._loud_seconds = 0.0
            self.silent_seconds += step

    @property
    def threshold(self) -> float:
        """The level in dBFS above which somebody speaks."""
        noise = MIN_THRESHOLD_DB if self._noise is None else self._noise
        return min(max(noise + ABOVE_NOISE_DB, MIN_THRESHOLD_DB), MAX_THRESHOLD_DB)


ROOM_SECONDS = 4.0
"""The room is as loud as its quietest moment in this time: people pause between words."""
ROOM_STEP_SECONDS = 0.5
OPENING_SECONDS = 0.5
"""After this, a microphone without any sound is in a silent room, or suppresses its noise."""
MAX_ROOM_THRESHOLD_DB = -18.0
"""In a louder room nobody can be told from it."""


class RoomGate(SpeechGate):
    """A gate for somebody who speaks again and again: its threshold follows the room, up to a loud one.

    The level of the room is the quietest of the last `ROOM_SECONDS`; one that was measured before counts until then.

    Attributes:
        room: that level in dBFS; None while nothing was measured.
    """

    def __init__(self, room: float | None = None) -> None:
        super().__init__()
        self.room = room
        self._quietest: deque[tuple[float, float]] = deque()  # of each step: when it began, in seconds, and its level

    def add(self, at: float, level: float) -> None:
        if level > SIGNAL_DB or at > OPENING_SECONDS:
            if self._quietest and at - self._quietest[-1][0] < ROOM_STEP_SECONDS:
                began, quietest = self._quietest[-1]
                self._quietest[-1] = began, min(quietest, level)
            else:
                self._quietest.append((at, level))
            while at - self._quietest[0][0] > ROOM_SECONDS:
                self._quietest.popleft()
            measured = min(quietest for _, quietest in self._quietest)
            is_measured = at - self._quietest[0][0] >= ROOM_SECONDS - ROOM_STEP_SECONDS
            self.room = measured if self.room is None or is_measured else min(self.room, measured)
        super().add(at, level)

    @property
    def threshold(self) -> float:
        room = MIN_THRESHOLD_DB if self.room is None else self.room
        return min(max(room + ABOVE_NOISE_DB, MIN_THRESHOLD_DB), MAX_ROOM_THRESHOLD_DB)
