"""Where the parts of a compared take lie in its row, and at which time a point of its waveform is."""

from __future__ import annotations

from typing import NamedTuple

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space

BADGE = 34
_TEXT = 148
_RATING = 146
_FIGURE = 40
_LEAST_WAVE = 120
_FIGURES = 78
_FINDING = 18
"""More room for what was found, which stands beside the gain where there are figures."""


class RowGeometry(NamedTuple):
    """Horizontal places in logical pixels, the same in every row and in the ruler above.

    Attributes:
        badge, text, wave, rating: left edges of number, name, waveform and rating.
        text_width, wave_width, rating_width, figure_width: `rating_width` is 0 while ratings are off.
        longest: milliseconds that the whole width of the waveforms stands for.
        figures, figures_width: measured figures at the right; the width is 0 where there are none.
    """

    badge: float
    text: float
    text_width: float
    wave: float
    wave_width: float
    rating: float
    rating_width: float
    figure_width: float
    longest: int
    figures: float = 0.0
    figures_width: float = 0.0

    def x_at(self, milliseconds: float) -> float:
        """The place of a time."""
        return self.wave + (self.wave_width * milliseconds / self.longest if self.longest else 0.0)

    def time_at(self, x: float) -> int:
        """The time at a place, in milliseconds, within the scale."""
        share = (x - self.wave) / self.wave_width if self.wave_width else 0.0
        return round(min(max(share, 0.0), 1.0) * self.longest)


def row_geometry(width: int, longest: int, *, rating: bool, figures: bool = False) -> RowGeometry:
    """Divide a row of `width` pixels. Where it is narrow, names and ratings give way to the waveforms."""
    px = theme().px
    if figures:
        taken = px(_FIGURES) + Space.S12
        rest = _divided(width - taken, longest, text=_TEXT + _FINDING, rating=rating)
        return rest._replace(figures=rest.wave + rest.wave_width + Space.S12, figures_width=float(px(_FIGURES)))
    return _divided(width, longest, text=_TEXT, rating=rating)


def _divided(width: int, longest: int, *, text: int, rating: bool) -> RowGeometry:
    px = theme().px
    left, right = Space.S16 + 0.0, width - Space.S16 - 0.0
    badge = px(BADGE)
    room = right - left - badge - 2 * Space.S12
    rating_width, figure = (float(px(_RATING)), px(_FIGURE)) if rating else (0.0, 0)
    gaps = Space.S16 + (Space.S16 + Space.S8 if rating else 0)
    text_width = float(px(text))
    lacking = px(_LEAST_WAVE) - (room - text_width - rating_width - figure - gaps)
    if lacking > 0 and rating:
        given = min(lacking, rating_width - px(60))
        rating_width, lacking = rating_width - given, lacking - given
    if lacking > 0:
        text_width -= min(lacking, text_width - px(90))
    wave_width = max(24.0, room - text_width - rating_width - figure - gaps)
    text_left = left + badge + Space.S12
    wave = text_left + text_width + Space.S16
    rating_left = wave + wave_width + (Space.S16 if rating else 0)
    return RowGeometry(left, text_left, text_width, wave, wave_width, rating_left, rating_width, figure, longest)
