"""Answers that are huge or mean harm: they stay usable, load nothing, run nothing and open nothing by themselves."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Text, ToolCall, ToolCallRef
from app.ui.chat.markdown.formulas import formulas
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.transcript import Transcript

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated. Use files:DeprecationWarning")

HOSTILE = """![tracker](https://evil.example/pixel.png) ![local](file:///etc/passwd) ![data](data:image/png;base64,AAAA)

<img src="https://evil.example/x.png" onerror="alert(1)"><script>alert(1)</script>

[click](javascript:alert(1)) [file](file:///etc/passwd) <https://evil.example/> [ref]

[ref]: https://evil.example/ref "title"

| <iframe src="https://evil.example"></iframe> | ![cell](https://evil.example/cell.png) |
|---|---|
| $\\href{https://evil.example}{x}$ | [cell](https://evil.example/cell) |

$$\\input{/etc/passwd}\\def\\a{\\a\\a}\\a$$
"""
NESTED = "> " * 500 + "deep\n\n" + "- " * 500 + "deep\n\n" + "[" * 3_000 + "]" * 3_000 + "\n\n" + "*_`~$" * 2_000
HUGE = {
    "code": ("```\n" + "value = call(1, 'two')  # three\n" * 5_000 + "```\n", 5_000),
    "table": ("| n | words | more |\n|---|---|---|\n" + "| 1 | two words | three and **four** |\n" * 400, 400),
    "line": ("word and more " * (200_000 // 14), 20),
    "word": ("x" * 200_000, 20),
    "prose": ("Some **words** of an answer that never ends, it seems.\n\n" * (2_000_000 // 57), 30_000),
}


@pytest.fixture
def transcript(qtbot: QtBot) -> Transcript:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(800, 600)
    transcript.show()
    transcript.begin(Message("m", "assistant"))
    return transcript


def settle(transcript: Transcript, qtbot: QtBot, seconds: int = 20) -> None:
    """Wait until everything is drawn."""
    formulas().wait()
    qtbot.waitUntil(
        lambda: not any(timer.isActive() for timer in transcript.findChildren(QTimer)), timeout=seconds * 1_000
    )


def image_names(view: MarkdownView) -> list[str]:
    """The names of the images in a text."""
    names: list[str] = []
    block = view.document().begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            format = fragments.fragment().charFormat()
            if format.isImageFormat():
                names.append(format.toImageFormat().name())
            fragments += 1
        block = block.next()
    return names


@pytest.mark.parametrize("size", [7, 10_000])
def test_hostile_markdown_loads_and_opens_nothing(
    transcript: Transcript, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    opened: list[object] = []
    asked: list[str] = []
    loaded: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(MarkdownView, "loadResource", lambda view, kind, name: loaded.append(name))
    transcript.open_link.connect(asked.append)
    for begin in range(0, len(HOSTILE), size):
        transcript.append_text("m", 0, HOSTILE[begin : begin + size])
        transcript.flush()
    transcript.finish(Message("m", "assistant", (Text(HOSTILE),)))
    settle(transcript, qtbot)
    QApplication.processEvents()
    (view,) = transcript.findChildren(MarkdownView)
    assert "<script>alert(1)</script>" in view.toPlainText(), "HTML is text"
    assert "Image: tracker" in view.toPlainText()
    assert all(name.startswith("formula:") for name in image_names(view))
    assert opened == asked == []
    assert all(str(name).count("evil.example") == 0 for name in loaded)


def test_endless_nesting_is_drawn(transcript: Transcript, qtbot: QtBot) -> None:
    for begin in range(0, len(NESTED), 2_000):
        transcript.append_text("m", 0, NESTED[begin : begin + 2_000])
        transcript.flush()
    transcript.finish(Message("m", "assistant", (Text(NESTED),)))
    settle(transcript, qtbot)
    (view,) = transcript.findChildren(MarkdownView)
    assert view.toPlainText().count("\n") >= 10


@pytest.mark.parametrize("kind", ["code", "table", "line", "word"])
def test_a_huge_block_is_drawn_and_scrolls(transcript: Transcript, qtbot: QtBot, kind: str) -> None:
    text, lines = HUGE[kind]
    transcript.append_text("m", 0, text)
    transcript.finish(Message("m", "assistant", (Text(text),)))
    settle(transcript, qtbot)
    (view,) = transcript.findChildren(MarkdownView)
    assert view.document().blockCount() >= lines
    bar = transcript.verticalScrollBar()
    transcript.go_to_first()
    QApplication.processEvents()
    assert bar.value() == 0
    transcript.jump_to_latest()
    QApplication.processEvents()
    assert bar.value() > 0


def test_two_megabytes_are_drawn_in_short_frames(transcript: Transcript) -> None:
    text, _ = HUGE["prose"]
    for begin in range(0, len(text), 50_000):
        transcript.append_text("m", 0, text[begin : begin + 50_000])
    view = transcript._window.views["m"]
    for _ in range(10):
        before = transcript.findChildren(MarkdownView)[0]._backlog
        waiting = len(before)
        transcript.flush()
        assert 0 < waiting - len(before) < len(text) // 4, "a part of it in each frame"
    assert view.has_backlog
    transcript.show_messages([])


def test_ten_thousand_pieces_of_tool_arguments_are_shown(transcript: Transcript, qtbot: QtBot) -> None:
    call = ToolCall("c1", "calculator", "", 0)
    transcript.update_tool_call("m", call)
    arguments = json.dumps({"expression": "1+" * 20_000 + "1"})
    piece = -(-len(arguments) // 10_000)
    for begin in range(0, len(arguments), piece):
        transcript.append_arguments(ToolCallRef("m", 0, "c1"), arguments[begin : begin + piece])
        if begin % 1_000 == 0:
            transcript.flush()
    transcript.flush()
    view = transcript._window.views["m"]
    assert isinstance(view, AssistantMessageView)
    (card,) = view._cards.values()
    card.arguments.draw_all()
    assert card.arguments.text.startswith('{"expression": "1+1+')
    transcript.finish(Message("m", "assistant", (ToolCall("c1", "calculator", arguments, 0, "denied"),)))
    settle(transcript, qtbot)
