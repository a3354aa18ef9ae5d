"""The export page in its states, for the gallery."""

from __future__ import annotations

import random

from app.core.auditions import AuditionVote, new_audition, with_vote
from app.core.settings import EXPORT_LOUDNESS, Settings
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.auditions import VotesReadIn
from app.services.speech.loudness_matching import TargetGain
from app.ui.studio.export.page import ExportPage, ExportTab
from app.ui.studio.export.votes_presenter import page_row, result_rows
from app.ui.studio.view import StudioView
from app.ui.texts.export import gain_text, listeners_text, take_count, take_line, verdict, votes_read_text
from app.ui.widgets.row_model import Row

_TEXT = "街口那个老周啊，媳妇走得早，一个人拉扯俩娃。"
_NOW = 1_795_000_000.0


def show(view: StudioView, tab: ExportTab, *, fails: bool = False) -> None:
    """Open the page at a tab; `fails`: with an unknown field, or after an export in which a take failed."""
    settings = Settings()
    settings.set(EXPORT_LOUDNESS, not fails)
    page = ExportPage(settings)
    page.setParent(view)
    takes = _takes()
    page.show_takes(take_count(takes))
    _fill_files(page, takes, fails=fails)
    page.audition.title.setText("老周 · Old Zhou")
    page.audition.note.setPlainText("Which Zhou would you listen to for an hour?")
    page.audition.language.set_key("en")
    page.audition.show_samples([Row(take.id, take_line(take), _TEXT) for take in takes])
    _fill_votes(page, takes, fails=fails)
    page.show_tab(tab)
    view.open_page(page)


def _takes() -> list[Take]:
    voices = ("白桦", "Grandpa Zhou", "茉莉", "白桦")
    return [
        Take(str(number), VoiceSnapshot("cloned", voice, voice), _TEXT, number=number, state="done",
             frames=24_000 * (9 + number), loudness=-21.0 - number, true_peak=-8.0 + number, created=_NOW)
        for number, voice in enumerate(voices, 4)
    ]  # fmt: skip


def _fill_files(page: ExportPage, takes: list[Take], *, fails: bool) -> None:
    tab = page.files
    tab.options.folder.setText("/music/voices/old-zhou")
    names = [f"{take.number:02} {take.voice.name} {_TEXT}.wav" for take in takes]
    if not fails:
        gains = [TargetGain(6.1), TargetGain(7.2), TargetGain(5.0, 3.2), TargetGain(9.4)]
        rows = [
            Row(take.id, name, take_line(take), gain_text(gain), "warn" if gain.short else "neutral")
            for take, name, gain in zip(takes, names, gains, strict=True)
        ]
        tab.show_files(rows)
        return
    reason = "The disk is full, so this was not saved."
    states = [("saved", "good"), ("saved", "good"), ("failed", "bad"), ("", "neutral")]
    tab.options.template.setText("{number} {tempo}")
    tab.show_files(
        [
            Row(take.id, name, f"{take_line(take)} · {reason}" if badge == "failed" else take_line(take), badge, kind)  # type: ignore[arg-type]
            for take, name, (badge, kind) in zip(takes, names, states, strict=True)
        ]
    )
    tab.show_progress((2, 4), runs=False)
    tab.notice.say("bad", reason)
    tab.run.setEnabled(False)


def _fill_votes(page: ExportPage, takes: list[Take], *, fails: bool) -> None:
    audition = new_audition(takes, random.Random(3), title="老周 · Old Zhou", now=_NOW)
    for number, choice in enumerate((0, 0, 2, 0, 1, 0, 0, -1)):
        audition = with_vote(audition, AuditionVote(str(number), (choice,), f"Listener {number + 1}"), _NOW)
    page.votes.show_pages([page_row(audition)], audition.id)
    page.votes.show_result(
        result_rows(audition, 0, has_section=False), verdict(audition, 0), listeners_text(audition), can_reveal=True
    )
    if fails:
        page.votes.codes.setPlainText("MIMO-K7QX2M9A-BA0-3F9ZPQ-7")
        page.votes.notice.say("warn", votes_read_text(VotesReadIn()))
