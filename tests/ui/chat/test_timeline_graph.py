"""The timeline is painted and said: named lines that don't run into each other, bars, and the longest gap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QFontMetrics
from pytestqt.qtbot import QtBot

from app.core.call_timeline import CallTimeline, Sort, timeline_of
from app.ui.chat.inspector.timeline_graph import TimelineGraph
from app.ui.theme.theme import theme

Events = list[tuple[float, Sort]]
THINKING: Events = [(0.6 + number / 50, "thinking") for number in range(100)]
ANSWER: Events = [(2.94 + number / 50, "answer") for number in range(100)]


def graph(qtbot: QtBot, line: CallTimeline, total: int, width: int = 476) -> TimelineGraph:
    made = TimelineGraph()
    qtbot.addWidget(made)
    made.show_timeline(line, total)
    made.resize(width, made.sizeHint().height())
    made.show()
    return made


def test_its_text_says_what_is_painted(qtbot: QtBot) -> None:
    line = timeline_of([*THINKING, *ANSWER], sent=0.01, first_byte=0.42, end=5.18)
    shown = graph(qtbot, line, 200)
    assert shown.text() == (
        "Timeline: Sent, First byte 0.42, First thought 0.60, First text 2.94, End 5.18, 200 events, longest gap 360 ms"
    )
    assert QAccessible.queryAccessibleInterface(shown).text(QAccessible.Text.Name) == shown.text()


@pytest.mark.parametrize("width", [260, 476, 900])
@pytest.mark.parametrize(
    "line",
    [
        timeline_of([*THINKING, *ANSWER], sent=0.01, first_byte=0.42, end=5.18),
        timeline_of([(0.3, "answer")], sent=0.01, first_byte=0.3, end=0.3),
        timeline_of([(0.4 + second, "sound") for second in range(3600)], sent=0.2, first_byte=0.3, end=3600.0),
        timeline_of([], sent=0.1, now=2.0),
        timeline_of([(0.5, "other")], sent=0.01, first_byte=0.4, now=0.9),
    ],
)
def test_labels_do_not_run_into_each_other(qtbot: QtBot, line: CallTimeline, width: int) -> None:
    shown = graph(qtbot, line, line.events, width)
    assert not shown.grab().isNull()
    inner = QRectF(12, 6, width - 40, 120)
    metrics = QFontMetrics(shown._font())
    placed = shown._place_marks(line, inner, metrics)
    for row in range(4):
        texts = sorted((left, left + metrics.horizontalAdvance(text)) for _, left, text, at in placed if at == row)
        assert all(end < start for (_, end), (start, _) in pairwise(texts))
    assert all(
        left >= 0 and left + metrics.horizontalAdvance(text) <= width for _, left, text, row in placed if row >= 0
    )


def test_bars_have_the_colours_of_what_arrived(qtbot: QtBot) -> None:
    line = timeline_of([*THINKING, *ANSWER], sent=0.01, first_byte=0.42, end=5.18)
    image = graph(qtbot, line, 200).grab().toImage()
    colours = {image.pixelColor(x, 120).name() for x in range(image.width())}
    assert theme().colour("thinking").name() in colours
    assert theme().colour("text2").name() in colours


def test_it_grows_with_a_call_that_runs(qtbot: QtBot) -> None:
    shown = graph(qtbot, timeline_of(THINKING, sent=0.01, first_byte=0.42, now=2.6), 100)
    assert "End" not in shown.text() and "100 events" in shown.text()
    shown.show_timeline(timeline_of([*THINKING, *ANSWER], sent=0.01, first_byte=0.42, end=5.18), 200)
    assert "End 5.18" in shown.text() and "200 events" in shown.text()
