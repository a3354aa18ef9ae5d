"""Text that arrives faster than it can be drawn: a bounded part per frame, all of it in the end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Reply, Text, Thinking, ToolCall, ToolCallRef
from app.ui.chat.markdown import backlog
from app.ui.chat.markdown.backlog import PIECE, Backlog
from app.ui.chat.markdown.plain import MAX_MONOSPACE_TEXT, PlainView
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.card_queue import FRAME_MS
from app.ui.chat.transcript.transcript import Transcript
from app.ui.theme.theme import theme

LINE = "One line of words, which is a paragraph.\n\n"
PIECES = 6
TEXT = (LINE * (PIECE // len(LINE) + 1))[:PIECE] * (PIECES - 1) + "The end is here."


@pytest.fixture(autouse=True)
def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each frame draws one piece."""
    monkeypatch.setattr(backlog, "BUDGET_SECONDS", 0)


def answer(view: AssistantMessageView) -> MarkdownView:
    return next(widget for widget in view.part_widgets() if isinstance(widget, MarkdownView))


def stopped(*parts: Text | Thinking) -> Message:
    return Message("m", "assistant", parts, replies=(Reply("a", "a", finish="stopped"),))


def test_text_is_taken_in_its_order() -> None:
    waiting = Backlog()
    for text in ("abc", "", "defg"):
        waiting.append(text)
    assert len(waiting) == 7
    assert [waiting.take(2), waiting.take(3), waiting.take(9), waiting.take(1)] == ["ab", "cde", "fg", ""]
    assert not waiting


@pytest.mark.parametrize("make", [MarkdownView, lambda: PlainView(ground="bg")])
def test_a_frame_draws_one_piece_and_the_last_frame_the_rest(qtbot: QtBot, make: type[MarkdownView]) -> None:
    view = make()
    qtbot.addWidget(view)
    view.append(TEXT)
    lengths = [0]
    while view.has_backlog:
        assert view.flush()
        lengths.append(len(view.toPlainText()))
    assert len(lengths) == PIECES + 1
    assert max(after - before for before, after in pairwise(lengths)) <= PIECE
    assert view.toPlainText().endswith("The end is here.")


def test_an_ended_text_is_drawn_in_frames_and_equals_one_drawn_at_once(qtbot: QtBot) -> None:
    text = TEXT + "\n\n`open"
    view, whole = MarkdownView(), MarkdownView()
    qtbot.addWidget(view)
    qtbot.addWidget(whole)
    view.append(text)
    view.finish_with(text)
    assert len(view.toPlainText()) <= PIECE
    while view.has_backlog:
        view.flush()
    whole.finish_with(text)
    assert view.toPlainText() == whole.toPlainText()
    assert view.toPlainText().endswith("`open")


def test_another_text_at_the_end_replaces_what_waits(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.append(TEXT)
    view.flush()
    view.finish_with("Another.")
    assert view.toPlainText() == "Another."
    assert not view.has_backlog


def test_a_stopped_message_is_drawn_to_its_end_by_later_frames(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.begin(Message("m", "assistant", ()))
    transcript.append_thinking("m", 0, TEXT)
    transcript.append_text("m", 0, TEXT)
    transcript.flush()
    view = transcript.findChild(AssistantMessageView)
    assert isinstance(view, AssistantMessageView)
    transcript.finish(stopped(Thinking(TEXT, 0, 1.0), Text(TEXT, 0)))
    assert view.footer.isVisibleTo(view)
    assert len(answer(view).toPlainText()) <= 2 * PIECE
    qtbot.waitUntil(lambda: not view.has_backlog)
    assert [text.toPlainText()[-16:] for text in view.text_views()] == ["The end is here."] * 2


def test_a_running_message_that_is_opened_is_drawn_by_later_frames(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.show_messages([Message("m", "assistant", (Text(TEXT, 0),))], streaming="m")
    view = transcript.findChild(AssistantMessageView)
    assert isinstance(view, AssistantMessageView)
    assert len(answer(view).toPlainText()) <= PIECE
    qtbot.waitUntil(lambda: not view.has_backlog)
    assert answer(view).toPlainText().endswith("The end is here.")


def test_a_search_draws_what_waits(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.begin(Message("m", "assistant", ()))
    transcript.append_text("m", 0, TEXT)
    assert transcript.find_text("The end is here") == (1, 1)
    transcript.show_messages([])


def test_arguments_of_a_call_are_drawn_in_pieces_up_to_a_limit(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.begin(Message("m", "assistant", ()))
    transcript.update_tool_call("m", ToolCall("a", "calculate", "", 0))
    for _ in range(2):
        transcript.append_arguments(ToolCallRef("m", 0, "a"), "x" * MAX_MONOSPACE_TEXT)
    view = transcript.findChild(AssistantMessageView)
    assert isinstance(view, AssistantMessageView)
    transcript.flush()
    arguments = view.findChildren(PlainView)[0]
    assert len(arguments.text) == PIECE
    shown = view.text_views()[0].toPlainText()
    assert shown.endswith(" …")
    assert len(shown) <= MAX_MONOSPACE_TEXT + 100  # with the breaks of a very long line
    qtbot.wait(2 * FRAME_MS)  # The frame of the card ends.
    transcript.show_messages([])


def test_a_very_long_saved_answer_is_drawn_by_later_frames(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("view", "plain"):
        monkeypatch.setattr(f"app.ui.chat.markdown.{module}.AT_ONCE", len(TEXT) - 1)
    page = Transcript()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    page.show_messages((stopped(Thinking(TEXT), Text(TEXT)),))
    view, thoughts = page.findChildren(MarkdownView)[0], page.findChildren(PlainView)[0]
    assert len(view.toPlainText()) <= PIECE and len(thoughts.text) <= PIECE
    qtbot.waitUntil(lambda: thoughts.text.endswith("The end is here."))
    qtbot.waitUntil(lambda: view.toPlainText().endswith("The end is here."))
    assert not thoughts.has_backlog and not view.has_backlog
    assert thoughts.text == TEXT
    at_once = MarkdownView()
    qtbot.addWidget(at_once)
    at_once.append(TEXT)
    at_once.finish()
    assert view.toPlainText() == at_once.toPlainText()


@pytest.mark.parametrize("is_ended", [True, False])
def test_a_very_long_answer_is_drawn_again_by_later_frames_after_a_change_of_the_theme(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, is_ended: bool
) -> None:
    """In the middle of it the place is kept meanwhile."""
    monkeypatch.setattr("app.ui.chat.markdown.view.AT_ONCE", len(TEXT) - 1)
    page = Transcript()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    page.show_messages((stopped(Text(TEXT)),), streaming="" if is_ended else "m")
    view = page.findChildren(MarkdownView)[0]
    qtbot.waitUntil(lambda: not view.has_backlog)
    whole = view.toPlainText()
    assert whole.endswith("The end is here.")
    page.go_to_first()
    bar = page.verticalScrollBar()
    bar.setValue(middle := bar.maximum() // 2)
    theme().changed.emit()
    assert len(view.toPlainText()) <= PIECE and view.has_backlog
    if not is_ended:
        page.append_text("m", 0, " More.")
        whole += " More."
    assert bar.value() == middle
    qtbot.waitUntil(lambda: not view.has_backlog)
    qtbot.waitUntil(lambda: view.toPlainText() == whole)
    assert view.height() < 1.2 * view.text_height and bar.value() == middle
    page.show_messages([])


def test_who_reads_the_end_of_a_long_answer_follows_it_while_it_is_drawn_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.chat.markdown.view.AT_ONCE", len(TEXT) - 1)
    page = Transcript()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    page.show_messages((stopped(Text(TEXT)),))
    view = page.findChildren(MarkdownView)[0]
    qtbot.waitUntil(lambda: not view.has_backlog)
    page.jump_to_latest()
    theme().changed.emit()
    assert view.text_height < page.verticalScrollBar().maximum(), "nothing below what is drawn is in view"
    qtbot.waitUntil(lambda: view.toPlainText().endswith("The end is here."))
    bar = page.verticalScrollBar()
    qtbot.waitUntil(lambda: not view.has_backlog and bar.value() > bar.maximum() - 100)
