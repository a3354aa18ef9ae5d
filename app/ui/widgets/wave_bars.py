"""Paints the waveform of a take in a list or a table, on the one amplitude scale of all waveforms."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.ui.theme.theme import theme
from app.ui.widgets.waveform import bar_heights

_PITCH, _BAR, _MIN_BAR = 4, 2.4, 1.6
_LEVELS = bytes(byte if byte < 128 else 256 - byte for byte in range(256))
"""The absolute value of a signed byte, by the byte."""
_SHARES = [bar_heights([(0.0, level / 128)], 1)[0] for level in range(129)]


def paint_wave(painter: QPainter, area: QRectF, peaks: bytes, played: float | None = None) -> None:
    """Paint packed peaks as bars, the played share of them in the accent colour up to a playhead."""
    colours = theme()
    bars = _bars(peaks, max(1, int(area.width())), max(1, int(area.height())))
    count = round(len(bars) * min(1.0, played)) if played else 0
    painter.save()
    painter.translate(area.topLeft())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for part, ink in ((bars[:count], "accent"), (bars[count:], "wave")):
        if part:
            painter.setBrush(colours.colour(ink))
            # Rounding so narrow bars would take three times as long.
            painter.drawRects(part)
    if played:
        x = min(1.0, played) * area.width()
        painter.fillRect(QRectF(x - 0.75, -1, 1.5, area.height() + 2), colours.colour("accent"))
    painter.restore()


def peak_pairs(peaks: bytes) -> list[tuple[float, float]]:
    """Packed peaks as (minimum, maximum) pairs within ±1."""
    packed = memoryview(peaks).cast("b")
    return [(packed[at] / 128, packed[at + 1] / 128) for at in range(0, len(packed) - 1, 2)]


@lru_cache(maxsize=64)
def _bars(peaks: bytes, width: int, height: int) -> list[QRectF]:
    """The bars of a waveform; a row that plays is painted again many times a second."""
    heights = [share * height for share in _heights(peaks, max(1, width // _PITCH))]
    tall = [height if height > _MIN_BAR else _MIN_BAR for height in heights]
    return [QRectF(at * _PITCH, (height - bar) / 2, _BAR, bar) for at, bar in enumerate(tall)]


def _heights(peaks: bytes, bars: int) -> list[float]:
    """What `bar_heights` returns for packed peaks, in a tenth of the time."""
    levels = peaks.translate(_LEVELS)
    pairs = len(levels) // 2
    if not pairs:
        return []
    spans = ((bar * pairs // bars, (bar + 1) * pairs // bars) for bar in range(bars))
    return [_SHARES[max(levels[2 * first : 2 * max(first + 1, last)])] for first, last in spans]
