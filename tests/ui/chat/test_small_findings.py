"""Small things a reader notices: the text's width, the ring, the preset, the bubble, thoughts that stay open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QTextCursor
from pytestqt.qtbot import QtBot

from app.core.errors import Code, ServiceError
from app.core.events import Finished, TextDelta, ThinkingDelta
from app.core.messages import Message, Text
from app.core.requests import Sampling
from app.ui.chat.parameters_panel import CUSTOM, ParametersPanel
from app.ui.chat.transcript.thoughts import Thoughts
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.transcript.user_message import FOLDED_LINES, UserMessageView
from app.ui.texts.errors import error_message
from app.ui.theme.tokens import DARK, LIGHT, Tokens
from app.ui.widgets.focus_ring import FocusRing
from tests.ui.chat.harness import chat

HELLO = [TextDelta("Hello"), Finished("stop")]


async def test_the_scroll_bar_takes_no_width_from_the_text(qtbot: QtBot, tmp_path: Path) -> None:
    long = "\n\n".join(f"Paragraph {number}" for number in range(80))
    async with chat(qtbot, tmp_path, HELLO, [TextDelta(long), Finished("stop")]) as harness:
        transcript = harness.view.transcript
        assert transcript is not None
        harness.view.resize(960, 640)
        await harness.ask("Hi")
        await harness.settled()
        first = next(iter(transcript._window.views.values()))
        assert not transcript.verticalScrollBar().isVisible()
        before = first.geometry().left(), first.geometry().width()
        await harness.ask("Long")
        await harness.settled()
        assert transcript.verticalScrollBar().isVisible()
        first = next(iter(transcript._window.views.values()))
        assert (first.geometry().left(), first.geometry().width()) == before


async def test_the_ring_of_the_composer_follows_its_height(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        composer, ring = harness.view.composer, FocusRing(harness.view)
        harness.view.activateWindow()
        composer.field.setFocus(Qt.FocusReason.TabFocusReason)
        frame = composer.field.ring_target
        assert frame is not None
        for text in ("one\n" * 8, "one", "one\n" * 20):
            composer.field.setPlainText(text)
            await asyncio.sleep(0.05)
            around = QRect(frame.mapTo(harness.view, QPoint()), frame.size()).adjusted(-4, -4, 4, 4)
            assert QRect(ring.mapTo(harness.view, QPoint()), ring.size()) == around


def test_switching_thinking_off_chooses_no_preset(qtbot: QtBot) -> None:
    panel = ParametersPanel()
    qtbot.addWidget(panel)

    def show(sampling: Sampling) -> str | None:
        thinking = bool(sampling.thinking)
        panel.show_parameters("", sampling, True, thinking=thinking, default_max_tokens=1)
        return panel.task.key()

    assert show(Sampling(thinking=True)) == "conversation"
    assert show(Sampling(thinking=False)) == CUSTOM
    assert panel.task.lineEdit().text() == "Custom", "never blank"
    assert show(Sampling(thinking=True, temperature=1.0, top_p=0.95)) == "conversation"
    assert show(Sampling(thinking=False, temperature=1.0, top_p=0.95)) == CUSTOM
    panel.task.set_key("mathematics")
    assert show(Sampling(thinking=False, temperature=1.0, top_p=0.95)) == "mathematics", "chosen by hand"
    assert show(Sampling(thinking=False, temperature=0.8, top_p=0.95)) == "writing"
    assert panel.task.findData(CUSTOM) < 0, "offered only while it applies"


async def test_a_changed_parameter_makes_the_task_preset_custom(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        panel = harness.view.parameters
        assert panel is not None
        assert harness.workspace.current is not None
        first = harness.workspace.current
        panel.task.lineEdit().setText("Tool use")
        assert (panel.temperature.value(), panel.task.key()) == (0.3, "tools")
        panel.temperature.number.setValue(0.35)
        assert (panel.task.key(), panel.task.lineEdit().text()) == (CUSTOM, "Custom")
        interface = QAccessible.queryAccessibleInterface(panel.task.lineEdit())
        assert interface.text(QAccessible.Text.Name) == "Task preset"
        assert interface.text(QAccessible.Text.Value) == "Custom"
        panel.temperature.number.setValue(0.3)
        assert panel.task.key() == "tools", "not Coding, which has the same values"
        await harness.workspace.open(harness.workspace.new().id)
        assert panel.task.key() == "tools", "a new conversation takes over the parameters"
        panel.task.lineEdit().setText("Coding")
        await harness.workspace.open(first.id)
        assert panel.task.key() == "tools"


async def test_the_chosen_task_preset_is_shown_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        assert harness.view.parameters is not None
        harness.view.parameters.task.lineEdit().setText("Tool use")
        assert harness.workspace.current is not None
        conversation_id = harness.workspace.current.id
        await harness.workspace.aclose()
    async with chat(qtbot, tmp_path) as harness:
        await harness.workspace.open(conversation_id)
        assert harness.view.parameters is not None
        assert harness.view.parameters.task.key() == "tools", "not Coding, which has the same values"


async def test_what_is_typed_belongs_to_its_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        panel, first = harness.view.parameters, harness.workspace.current
        assert panel is not None
        assert first is not None
        line = panel.max_tokens.number.lineEdit()
        line.selectAll()
        qtbot.keyClicks(line, "4k")
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert panel.max_tokens.number.refusal
        panel.stop.setPlainText("a\nb\nc\nd\ne")
        stops = first.conversation.sampling.stop
        top_p = panel.top_p.number.lineEdit()
        first.configure(sampling=Sampling(thinking=False, stop=stops))
        top_p.selectAll()
        qtbot.keyClicks(top_p, "0,5")
        harness.button("New conversation").click()
        second = harness.workspace.current
        assert second is not None
        assert second is not first
        second.configure(sampling=Sampling(thinking=False, stop=stops))
        assert first.conversation.sampling.top_p == 0.5, "used for the conversation it was typed in"
        assert second.conversation.sampling.top_p is None
        assert line.text().replace("131,072", "131072") == "default, 131072", (
            "a refused number is not shown for another conversation"
        )
        assert not panel.max_tokens.number.refusal
        assert panel.stop.toPlainText() == "a\nb\nc\nd", "nor a stop sequence that was left out"
        panel.top_p.number.commit()
        assert second.conversation.sampling.top_p is None


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_bubble_differs_from_the_ground(tokens: Tokens) -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(one), luminance(other)))
        return (high + 0.05) / (low + 0.05)

    assert contrast(tokens.bubble, tokens.bg) >= 1.12
    assert contrast(tokens.text, tokens.bubble) >= 7
    assert contrast(tokens.text2, tokens.bubble) >= 4.5


def test_the_platform_s_support_is_named_only_for_the_platform() -> None:
    own = error_message(ServiceError(Code.SERVER_ERROR, status=500, message="boom", host="127.0.0.1"))
    assert "support-mimo" not in own.next_step
    assert "127.0.0.1" in own.next_step
    platform = error_message(ServiceError(Code.SERVER_ERROR, status=500, message="boom", host="api.xiaomimimo.com"))
    assert "support-mimo@xiaomi.com" in platform.next_step


@pytest.mark.parametrize("is_read", [False, True])
async def test_thoughts_stay_open_while_the_reader_is_inside(qtbot: QtBot, tmp_path: Path, is_read: bool) -> None:
    gate = asyncio.Event()
    reply = [ThinkingDelta("One thought after the other."), gate, TextDelta("Answer"), Finished("stop")]
    async with chat(qtbot, tmp_path, reply) as harness:
        harness.view.activateWindow()
        await harness.ask("Think")
        await harness.until(lambda: bool(harness.view.findChildren(Thoughts)))
        (thoughts,) = harness.view.findChildren(Thoughts)
        await harness.until(lambda: "after the other" in thoughts.text.toPlainText())
        assert thoughts.is_open
        if is_read:
            cursor = thoughts.text.textCursor()
            cursor.select(cursor.SelectionType.Document)
            thoughts.text.setTextCursor(cursor)
        gate.set()
        await harness.settled()
        assert thoughts.is_open == is_read


def test_a_long_message_of_the_user_is_folded_until_it_is_asked_for_or_found(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(900, 700)
    long = "\n".join(f"Line {number}" for number in range(500))
    transcript.show_messages([Message("a", "user", (Text(long),)), Message("b", "user", (Text("Short"),))])
    with qtbot.waitExposed(transcript):
        transcript.show()
    folded, short = (view.bubble for view in transcript.findChildren(UserMessageView))
    assert folded.text_view.height() == FOLDED_LINES * folded.text_view.line_height
    folded.text_view.moveCursor(QTextCursor.MoveOperation.End)
    assert folded.text_view.verticalScrollBar().value() == 0
    assert not short.fold_button.isVisible()
    assert folded.text_view.text == long
    folded.fold_button.click()
    assert folded.text_view.height() == folded.text_view.whole_height
    assert folded.fold_button.text() == "Show less"
    folded.fold_button.click()
    assert transcript.find_text("Line 499") == (1, 1)
    assert folded.text_view.height() == folded.text_view.whole_height
    assert folded.fold_button.text() == "Show less"
