"""The pages of the health room as the gallery shows them, without any service."""

from __future__ import annotations

from app.core.catalogue import catalogue
from app.core.drift import TakeMeasures, drift_of
from app.core.jobs import JobEstimate
from app.core.read_back import word_runs
from app.core.takes import TakeFinding
from app.ui.studio.health.room import HealthPage, HealthRoom, HealthSide
from app.ui.studio.view import StudioView
from app.ui.texts.health import (
    being_checked,
    check_progress,
    drift_sentence,
    measures_text,
    not_checked_yet,
    words_as_written,
    words_found,
)
from app.ui.texts.jobs import estimate_text
from app.ui.texts.models import model_name
from app.ui.texts.takes import finding_name, takes_named
from app.ui.theme.icons import Icon
from app.ui.widgets.row_model import Row

_TEXT = "街口那个老周啊，媳妇走得早，一个人拉扯俩娃。"
_HEARD = "街口那个老周，媳妇走得早，一个人人拉扯俩娃。"
_ANSWER = (
    "The voice is calm and a little tired, which suits the direction. The pace is even, with a clear breath before "
    "“一个人”. “啊” is almost swallowed. To change: a longer pause after the first clause."
)


def show_sample(view: StudioView, page: HealthPage, *, is_running: bool = False) -> None:
    """Open the room on one of its pages, at rest or at work."""
    room, side = HealthRoom(), HealthSide()
    match page:
        case "words":
            _words(room, is_running=is_running)
        case "drift":
            _drift(room, is_running=is_running)
        case "ask":
            _ask(room, is_running=is_running)
    room.show_page(page)
    side.show_page(page)
    view.open_room(room, side)


def _words(room: HealthRoom, *, is_running: bool) -> None:
    page = room.words
    found = (TakeFinding("missing", words="啊"), TakeFinding("added", words="人"))
    badge = ", ".join(map(finding_name, found))
    last = (
        Row("3", "Take 3 · 白桦", badge=being_checked())
        if is_running
        else Row("3", "Take 3 · 白桦", badge=not_checked_yet())
    )
    page.show_rows(
        [
            Row("1", "Take 7 · 白桦", words_found(found), badge, "warn", icon=Icon.WARNING),
            Row("2", "Take 5 · 白桦", badge=words_as_written(), badge_kind="good", icon=Icon.CHECK),
            last,
        ]
    )
    page.show_words(word_runs(_TEXT, _HEARD))
    page.show_running(is_running)
    if is_running:
        page.plan.setText(check_progress(2, 3))
        page.notice.say("bad", "Take 4 · Mia could not be checked. The service is overloaded. Try again later.")
    else:
        page.plan.setText(
            f"{estimate_text(JobEstimate(3, None, 4.2, 0.0, 'USD'))} · {catalogue().default_model('recognition').id}"
        )
    room.show_subtitle(takes_named(3))


def _drift(room: HealthRoom, *, is_running: bool) -> None:
    page = room.drift
    lengths = (5.7, 5.8, 5.9, 5.9, 6.0, 6.0, 6.1, 6.3)
    measures = [
        TakeMeasures(length, 180 * 1.004**place, -21.4 + 0.2 * (place % 4)) for place, length in enumerate(lengths)
    ][: 3 if is_running else 8]
    rows = [
        Row(str(place), f"Take {place + 1} · 白桦", measures_text(measured)) for place, measured in enumerate(measures)
    ]
    page.show_measures(drift_sentence(drift_of(measures)), "", measures)
    page.show_running(is_running)
    page.show_rows([*rows, Row("last", "Take 9 · 白桦", badge="speaking")] if is_running else rows)
    page.plan.setText("2 of 7 takes spoken" if is_running else estimate_text(JobEstimate(7, None, 9.0, 0.0, "USD")))
    room.show_subtitle(takes_named(len(rows)))


def _ask(room: HealthRoom, *, is_running: bool) -> None:
    page = room.ask
    model = catalogue().default_model("chat")
    page.model.set_choices([(model.id, model_name(model))])
    page.model.set_key(model.id)
    page.answer.append(_ANSWER[:90] if is_running else _ANSWER)
    page.answer.finish()
    page.show_running(is_running)
    page.plan.setText(f"{model_name(model)} · 1 request · ≈ 470 tokens · free")
    page.outcome.setText("" if is_running else f"Answered by {model_name(model)} · 412 tokens · free")
    room.show_subtitle("Take 7 · 白桦")
