"""What a piece of a streamed answer causes does not grow with the answer: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.markdown import dialect, open_block
from app.core.messages import Message, Text
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.live_updates import FRAME_MS, MAX_FRAME_MS, frame_interval
from app.ui.chat.transcript.transcript import Transcript
from app.ui.widgets import scroll_ahead

PROSE = "Some **bold** words about `code` and a [link](https://example.org/), more of them, 中文 too, and so on. "
TABLE = "| a | b |\n|---|---|\n"


@pytest.fixture
def transcript(qtbot: QtBot) -> Transcript:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(800, 600)
    transcript.show()
    return transcript


def settle(transcript: Transcript, qtbot: QtBot) -> None:
    """Wait until everything is drawn."""
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in transcript.findChildren(QTimer)))


def show_long(transcript: Transcript, qtbot: QtBot) -> None:
    """Show a conversation of several pages, scrolled a bit above its end."""
    transcript.show_messages([Message(f"m{n}", "assistant", (Text(PROSE * 20),)) for n in range(6)])
    qtbot.waitUntil(lambda: transcript.verticalScrollBar().value() > 1_000)
    settle(transcript, qtbot)
    transcript.verticalScrollBar().setValue(transcript.verticalScrollBar().value() - 300)
    QApplication.processEvents()


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[QRect]:
    """The areas that texts paint."""
    areas: list[QRect] = []
    paint = ReadingText._paint_area

    def noted(view: ReadingText, event: QPaintEvent) -> None:
        areas.append(event.rect())
        paint(view, event)

    monkeypatch.setattr(ReadingText, "_paint_area", noted)
    return areas


@pytest.fixture
def stream(transcript: Transcript, painted: list[QRect], qtbot: QtBot) -> Callable[[str], list[QRect]]:
    """Draws a text in pieces of four characters; returns what the last quarter of them painted."""

    def draw(text: str) -> list[QRect]:
        transcript.begin(Message("m", "assistant"))
        for begin in range(0, len(text), 4):
            if begin == len(text) * 3 // 4 // 4 * 4:
                painted.clear()
            transcript.append_text("m", 0, text[begin : begin + 4])
            transcript.flush()
            QApplication.processEvents()
        areas = list(painted)
        transcript.finish(Message("m", "assistant", (Text(text),)))
        settle(transcript, qtbot)
        return areas

    return draw


@pytest.mark.parametrize("begin", ["", "- ", f"{TABLE}| "], ids=["paragraph", "item", "cell"])
def test_of_a_long_text_only_the_newest_words_are_parsed(
    begin: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    parsed: list[int] = []
    tokens = dialect.inline_tokens

    def counted(content: str, references: object) -> object:
        parsed.append(len(content))
        return tokens(content, references)  # type: ignore[arg-type]

    monkeypatch.setattr(open_block, "inline_tokens", counted)
    view = MarkdownView()
    qtbot.addWidget(view)
    text = PROSE.replace("`", "") * 20
    view.append(begin)
    for start in range(0, len(text), 4):
        view.append(text[start : start + 4])
        view.flush()
    assert len(parsed) >= len(text) // 4
    assert max(parsed) < 200, "not the whole text"
    assert view.toPlainText().count("bold words about code and a link,") == 20


@pytest.mark.parametrize(
    "text",
    [
        PROSE * 30,
        "- an item of a list\n" * 80,
        f"```python\n{'value = 1  # a comment' + chr(10)}" + "    x = [1, 2]\n" * 80,
        TABLE + "| a cell | another cell of the row |\n" * 60,
    ],
    ids=["prose", "list", "code", "table"],
)
def test_a_piece_paints_its_lines_and_not_the_page(text: str, stream: Callable[[str], list[QRect]]) -> None:
    areas = stream(text)
    assert areas
    large = [area for area in areas if area.height() > 300]
    assert len(large) <= len(areas) * 0.12, "the page itself is painted only when it grows"


def test_scrolling_paints_what_comes_into_view(transcript: Transcript, painted: list[QRect], qtbot: QtBot) -> None:
    show_long(transcript, qtbot)
    bar = transcript.verticalScrollBar()
    assert transcript._jump.isVisible(), "it lies over the messages"
    painted.clear()
    bar.setValue(bar.value() - 30)
    QApplication.processEvents()
    assert painted
    assert max(area.height() for area in painted) < 100


def test_the_button_to_the_end_stays_at_the_lower_edge(transcript: Transcript, qtbot: QtBot) -> None:
    show_long(transcript, qtbot)
    bar = transcript.verticalScrollBar()
    places = set()
    for _ in range(4):
        bar.setValue(bar.value() - 150)
        QApplication.processEvents()
        places.add(transcript._jump.mapTo(transcript, transcript._jump.rect().center()).toTuple())
    assert len(places) == 1
    ((x, y),) = places
    assert abs(x - 400) < 20
    assert 500 < y < 600


def test_an_expensive_frame_delays_the_next() -> None:
    assert frame_interval(0.001) == FRAME_MS
    assert FRAME_MS < frame_interval(0.005) < MAX_FRAME_MS
    assert frame_interval(0.5) == MAX_FRAME_MS


def test_other_events_come_between_drawing_words_and_showing_them(
    transcript: Transcript, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    draw, show = MarkdownView.draw_waiting, MarkdownView.show_drawn

    def drawing(view: MarkdownView) -> None:
        order.append("drawn")
        QTimer.singleShot(0, lambda: order.append("event"))
        draw(view)

    def showing(view: MarkdownView) -> bool:
        order.append("shown")
        return show(view)

    transcript.show_messages([Message("m", "assistant", ())], streaming="m")
    QApplication.processEvents()
    monkeypatch.setattr(MarkdownView, "draw_waiting", drawing)
    monkeypatch.setattr(MarkdownView, "show_drawn", showing)
    transcript.append_text("m", 0, PROSE)
    qtbot.waitUntil(lambda: "shown" in order)
    assert order == ["drawn", "event", "shown"]


def test_a_fast_answer_moves_the_page_in_steps_and_never_back(
    transcript: Transcript, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(scroll_ahead, "time", SimpleNamespace(monotonic=lambda: now))
    transcript.begin(Message("m", "assistant"))
    bar = transcript.verticalScrollBar()
    values: list[int] = []
    text = ""
    for number in range(120):
        now += 0.04
        piece = f"Line {number} of a list that comes fast.\n\n"
        text += piece
        transcript.append_text("m", 0, piece)
        transcript.flush()
        QApplication.processEvents()
        values.append(bar.value())
        view = transcript.findChildren(MarkdownView)[-1]
        end = view.mapTo(transcript.viewport(), QPoint(0, view.drawn_height)).y()
        assert end <= transcript.viewport().height(), "the last line is in view"
    assert values == sorted(values)
    assert len(set(values)) < 60, "not with each line"
    transcript.finish(Message("m", "assistant", (Text(text),)))
    settle(transcript, qtbot)
    assert bar.value() >= values[-1], "nor does the end of the answer move it back"
    bar.setValue(bar.value() - 150)
    QApplication.processEvents()
    room = bar.maximum() - bar.value()
    transcript.jump_to_latest()
    assert bar.value() == bar.maximum()
    assert room <= 150 + 1, "where the reader has scrolled, no room is left below the end"
