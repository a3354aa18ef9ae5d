"""Takes in all states, for the gallery: played, starred, derived, with findings, being made and failed."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.takes import Take, TakeFinding, TakeProgress, VoiceSnapshot
from app.services.speech.loudness_matching import equal_gains
from app.ui.studio.takes_panel import TakesPanel
from app.ui.studio.view import StudioView

_TEXT = "(怅然 慵懒) 街口那个老周啊，媳妇走得早，[叹气] 一个人拉扯俩娃。"


def show(view: StudioView, *, several: bool = False) -> None:
    """List the takes, with one selected, or several of them grouped by their text under an open filter."""
    panel = view.takes_panel
    panel.model.set_takes(_takes())
    panel.model.set_gains(equal_gains(panel.model.takes()))
    panel.model.set_progress({"9": TakeProgress("receiving", 3.0, True), "10": TakeProgress("requesting", 12.0, False)})
    if several:
        panel.filtering.setChecked(True)
        panel.filter.by_text.setChecked(True)
        panel.model.arrange(panel.filter.arrangement())
    _select(panel, several=several)


def _select(panel: TakesPanel, *, several: bool) -> None:
    """Show the seventh take as if it played, as `TakeActions` does."""
    take = panel.model.take("7")
    panel.list.select_keys(["7", "6", "4"] if several else ["7"], "7")
    panel.player.show_take(take)
    panel.latency.show_take(take)
    panel.model.set_playing("7")
    panel.model.set_played("7", 0.46)
    panel.star.setChecked(True)
    panel.lineage.setText(QCoreApplication.translate("Studio", "Take {n}").format(n=5))
    panel.lineage.show()


def _take(number: int, voice: str, seconds: float, loudness: float | None = -21.4, **fields: Any) -> Take:
    return Take(
        str(number), VoiceSnapshot("builtin", voice, voice),
        **{
            "text": _TEXT, "number": number, "created": float(number), "state": "done", "sent": 0.012,
            "frames": round(24_000 * seconds), "loudness": loudness, "true_peak": -3.0, "first_byte": 0.18,
            "peaks": _peaks(number, 0.5 if loudness is None else 10 ** ((loudness + 15) / 20)), "first_sound": 0.31,
            "last_byte": 2.1, "seconds": 2.2, **fields,
        },
    )  # fmt: skip


def _takes() -> tuple[Take, ...]:
    nothing: dict[str, Any] = {"frames": 0, "peaks": b"", "first_sound": None}
    abrupt = (TakeFinding("abrupt", 7.1), TakeFinding("hole", 3.0, 1.4))
    return (
        _take(10, "Mia", 0, None, state="speaking", stream=False, **nothing),
        _take(9, "Mia", 2.2, None, state="speaking"),
        _take(7, "白桦", 11.8, stars=1, parent="5", relation="redo"),
        _take(6, "Grandpa Zhou", 12.6, -24.0, first_sound=2.1, findings=(TakeFinding("missing", words="媳妇"),)),
        _take(5, "白桦", 11.2, -20.6, first_sound=0.29, note="the warm one"),
        _take(4, "茉莉", 10.9, -26.1, first_sound=0.33, text="Good evening, everybody."),
        _take(3, "白桦", 7.1, -22.0, findings=abrupt),
        _take(2, "Dean", 0, None, state="failed", error="unreachable", **nothing),
    )


def _peaks(seed: int, loudest: float) -> bytes:
    """The peaks of something like speech: syllables of uneven height, with pauses."""
    packed = bytearray()
    for column in range(240):
        height = abs(math.sin(column * 0.9 + seed)) * (0.4 + 0.6 * abs(math.sin(column * 0.13 * seed)))
        level = min(127, round(127 * loudest * height))
        packed += bytes(((256 - level) % 256, level))
    return bytes(packed)
