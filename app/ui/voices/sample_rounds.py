"""The Design tab with a full round, as the gallery shows it, without any service."""

from __future__ import annotations

import math
import time

from app.core.description_linter import lint_description
from app.core.differences import Run
from app.core.preview_lines import suggested_lines
from app.core.takes import Take, TakeFinding, VoiceSnapshot
from app.core.voice_rounds import VoiceRound, rounds_of
from app.core.voice_traits import traits_in
from app.services.speech.candidate_measures import CandidateMeasures
from app.services.speech.kept_stretch import Stretch
from app.services.speech.loudness_matching import matching
from app.services.speech.voice_keeping import LineDifference
from app.ui.studio.compare.compare_model import RowDetails
from app.ui.texts.speech import take_failure
from app.ui.texts.voice_design import (
    difference_text,
    freezes_text,
    measured_figures,
    round_name,
    round_remark,
    round_subtitle,
    round_time,
    spoken_round,
)
from app.ui.voices.design_tab import DesignTab
from app.ui.voices.earlier_rounds import EarlierRound

_RATE = 24_000
_DESCRIPTION = (
    "An old man in his seventies, hoarse and dry, amused, unhurried, a storyteller from a Beijing hutong, "
    "with a long echo."
)
_EARLIER = (
    ("An old man in his seventies, hoarse, amused, slow, a storyteller from a Beijing hutong, with a smile.", "slow"),
    ("An old man, hoarse, a storyteller from a Beijing hutong.", ""),
)
_TEXT = "街口那间小铺子，我守了四十年。骨头硬，心里头就踏实。您说是不是这个理儿？"
_SPOKEN = "街口那间小铺子啊，我守了整整四十年。骨头硬，心里头就踏实。您说，是不是这个理儿？"
_CANDIDATES = ((-22.8, 7.9, 104, 3.9), (-21.2, 8.4, 92, 3.6), (-24.6, 7.2, 118, 4.4), (-20.7, 8.8, 97, 3.4))


def _take(place: int, number: int, description: str, state: str = "done") -> Take:
    loudness, seconds, _, _ = _CANDIDATES[place]
    loud = 10 ** ((loudness + 12) / 20)
    heights = (round(120 * loud * abs(math.sin(0.7 * at + place) * math.sin(0.11 * at))) for at in range(180))
    is_done = state == "done"
    return Take(
        f"candidate-{number}-{place}", VoiceSnapshot("designed", description=description), _TEXT,
        spoken=_SPOKEN if number == 3 else "", state="done" if is_done else "failed", rate=_RATE,
        frames=round(seconds * _RATE) if is_done else 0, audio="sample" if is_done else "",
        loudness=loudness if is_done else None, true_peak=-8.0, number=place + 1, round=number, session="design",
        peaks=b"".join(height.to_bytes(1, "big") * 2 for height in heights) if is_done else b"",
        stars=int((number, place) in ((3, 1), (2, 2))), created=time.time() - 400 * (4 - number),
        findings=(TakeFinding("abrupt"),) if place == 3 and is_done else (),
        error="" if is_done else "content_filter",
    )  # fmt: skip


def show_rounds(tab: DesignTab, *, fails: bool = False) -> None:
    """Show a round of four candidates with two earlier ones; with `fails` all but one have failed."""
    takes = [_take(place, 3, _DESCRIPTION, "failed" if fails and place else "done") for place in range(4)]
    earlier = [_take(place, 2 - at, description) for at, (description, _) in enumerate(_EARLIER) for place in range(4)]
    shown, *others = rounds_of([*takes, *earlier])
    _show_fields(tab)
    _show_round(tab, shown)
    now, rows = time.time(), []
    for one, (_, changed) in zip(others, _EARLIER, strict=True):
        before, found, after = one.description.partition(changed or "\n")
        runs = [run for run in (Run("same", before), Run("added", found), Run("same", after)) if run.text]
        remark = round_remark(one, {"candidate-1-0": "Uncle Wang"})
        rows.append(EarlierRound(one, runs, round_time(one, now), remark, spoken_round(one, remark, now)))
    tab.side.earlier.earlier.set_rows(rows)


def _show_fields(tab: DesignTab) -> None:
    tab.description.setPlainText(_DESCRIPTION)
    traits, hints = traits_in(_DESCRIPTION), lint_description(_DESCRIPTION)
    tab.description.show_marks(traits, hints)
    tab.hints.show_hints(hints)
    tab.chips.show_lit({found.trait.id for found in traits})
    tab.sketch.setPlainText("He mends shoes at the night market and waits for nobody.")
    tab.preview.setPlainText(_TEXT)
    tab.preview_panel.show_lines(suggested_lines(_DESCRIPTION))
    tab.polish.setChecked(True)
    tab.candidates.set_value(4)
    tab.show_plan("4 requests · ≈ 9 s · $0.0000")


def _show_round(tab: DesignTab, one: VoiceRound) -> None:
    panel, takes = tab.side, one.takes
    panel.show_heading(round_name(one), round_subtitle(one, time.time()))
    panel.list.compared.set_takes(takes)
    panel.list.compared.set_gains(matching(takes).gains)
    details = {}
    for take, (_, seconds, pitch, pace) in zip(takes, _CANDIDATES, strict=True):
        if take.frames:
            measures = CandidateMeasures(pitch, pace, seconds, Stretch(26_400, 184_800, _RATE))
            details[take.id] = RowDetails(measured_figures(measures), measures.stretch.milliseconds)
        else:
            details[take.id] = RowDetails(remark=take_failure(take))
    panel.list.compared.set_details(details)
    current = takes[1] if takes[1].frames else takes[0]
    panel.list.compared.set_marks(current.id, takes[2].id)
    panel.list.select_key(current.id)
    panel.set_position(3_200)
    foot = panel.foot
    foot.show_current(playable=True, stars=bool(current.stars), can_flip=True, can_delete=True)
    foot.show_time(3_200, 8_400)
    foot.show_playing(True)
    foot.show_freezes(freezes_text(CandidateMeasures(92, 3.6, 8.4, Stretch(26_400, 184_800, _RATE)), 2))
    foot.name.setText("Grandpa Zhou")
    foot.same_line.show_line(current, takes[2] if takes[2].frames else current, is_kept=True, is_running=False)
    foot.same_line.show_difference(difference_text(LineDifference(-0.3, 8.1)))
    tab.preview_panel.show_final(round_name(one), one.text, one.spoken)
