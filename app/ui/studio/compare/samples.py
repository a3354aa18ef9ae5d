"""The pages of the compare room as the gallery shows them, without any service."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import catalogue
from app.core.comparison import Answer, answered, begin_test, compare, revealed
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.loudness_matching import matching
from app.ui.studio.compare.room import CompareRoom, Page
from app.ui.studio.compare.side import CompareSide
from app.ui.studio.view import StudioView
from app.ui.texts.comparison import loudness_reason, takes_of, verdict_subtitle

_RATE = 24_000
_TEXT = "街口那个老周啊，媳妇走得早，一个人拉扯俩娃。"
_VOICES = (("白桦", 11.8, -21.4), ("Grandpa Zhou", 12.6, -24.0), ("白桦", 11.2, -20.6), ("茉莉", 10.9, -26.1))


def _take(place: int) -> Take:
    name, seconds, loudness = _VOICES[place]
    loud = 10 ** ((loudness + 12) / 20)
    heights = (round(120 * loud * abs(math.sin(0.7 * at + place) * math.sin(0.13 * at))) for at in range(180))
    peaks = b"".join((height).to_bytes(1, "big") * 2 for height in heights)
    return Take(
        f"take-{place}", VoiceSnapshot("cloned", name=name), _TEXT, "" if place == 2 else "敬佩，娓娓道来",
        model=catalogue().default_model("speech").id, state="done", rate=_RATE, frames=round(seconds * _RATE),
        loudness=loudness, true_peak=loudness + (21.3 if place == 3 else 14), peaks=peaks, number=7 - place,
        stars=int(place == 0),
    )  # fmt: skip


def show_sample(view: StudioView, page: Page) -> None:
    """Open the room on one of its pages."""
    room, side = CompareRoom(), CompareSide()
    takes = [_take(place) for place in range(4 if page != "verdict" else 2)]
    gains = matching(takes)
    now = time.time()
    test = begin_test(compare("sample", takes, now=now, gains=dict(gains.gains)), 5)
    if page == "takes":
        room.show_page(page, takes_of(takes), takes=len(takes))
        room.show_takes(takes)
        room.list.compared.set_gains(gains.gains)
        room.list.compared.set_marks(takes[0].id, takes[1].id)
        room.list.select_key(takes[0].id)
        room.set_position(5_000)
        room.footer.set_keep(takes[0].number)
        room.footer.show_time(5_000, 11_800)
        room.footer.show_playing(True)
        room.footer.volume.setValue(70)
        room.rating.setChecked(True)
        room.list.set_rating_on(True)
        room.list.compared.set_ratings(dict(zip((take.id for take in takes), (78, 71, 54, None), strict=True)))
        room.list.rating.setValue(78)
        room.show_reason(loudness_reason(takes, gains))
        side.show_differences(takes)
    else:
        for number in range(6 if page == "blind" else 8):
            pair = test.pair
            wins = pair is not None and pair.a == (0 if number in (2, 6) else 1)
            test = answered(test, Answer("a" if wins else "b", "b" if number % 2 else "a", 1, 1), now)
        subtitle = QCoreApplication.translate("Compare", "{n} takes, order shuffled").format(n=len(takes))
        room.show_page(page, subtitle if page == "blind" else verdict_subtitle(test), takes=len(takes))
    if page == "blind":
        room.blind.setChecked(True)
        room.blind_page.show_comparison(test)
        room.blind_page.show_state("a", True, 5_400, {"a": 1, "b": 1})
        side.show_hidden()
    elif page == "verdict":
        test = revealed(test, now)
        room.verdict_page.show_comparison(test, {take.id: take for take in takes}, gains.gains)
        room.footer.set_keep(takes[1].number)
        side.show_tests((test,), test.id)
    view.open_room(room, side)
