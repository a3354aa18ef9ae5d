"""What leaves the chat from one message: a picture without buttons, and its words for the Studio."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.core.messages import Media, Message, Reply, Text, Thinking, ToolCall
from app.ui.chat import export_presenter
from app.ui.chat.attachments.previews import Previews
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript import message_picture
from app.ui.chat.transcript.message_picture import TooHigh, draw_message
from app.ui.theme.theme import theme
from tests.ui.chat.harness import chat
from tests.ui.chat.test_tree_actions import asked, press, views

ANSWER = Message(
    "a",
    "assistant",
    (
        Thinking("Hm.", 0, 1.0),
        ToolCall("1", "calculate", '{"x": 1}', 0, "done", "2", 0.1),
        Text("# Head\n\nWords.\n\n```python\nx = 1\n```\n\nEnd.", 1),
    ),
    None,
    (Reply("m", "m", "tool_calls"), Reply("m", "m", "stop")),
)


def filled_rows(image: QImage) -> list[int]:
    """The rows of pixels in which something is drawn."""
    ground = theme().colour("bg").rgb()
    columns = range(0, image.width(), 3)
    return [y for y in range(0, image.height(), 2) if any(image.pixel(x, y) != ground for x in columns)]


async def test_the_whole_message_is_in_the_picture(qtbot: QtBot) -> None:
    image = await draw_message(ANSWER)
    assert image.devicePixelRatio() == 2
    assert image.width() == 2 * (theme().px(message_picture.WIDTH) + 48)
    rows = filled_rows(image)
    assert rows[0] >= 40 and rows[-1] < image.height() - 40, "there is a margin"
    longer = Message("b", "assistant", (*ANSWER.parts, Text("\n\n".join(["More."] * 40), 1)), None, ANSWER.replies)
    taller = await draw_message(longer)
    assert taller.height() > image.height() + 40 * 30
    assert filled_rows(taller)[-1] > taller.height() - 120, "down to its last line"


async def test_a_long_message_of_the_user_is_unfolded(qtbot: QtBot) -> None:
    image = await draw_message(Message("u", "user", (Text("\n".join(f"Line {n}" for n in range(80))),)))
    assert image.height() / 2 > 80 * 15


async def test_what_is_too_high_is_refused(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_picture, "SHARP_HEIGHT", 100)
    assert (await draw_message(ANSWER)).devicePixelRatio() == 1
    monkeypatch.setattr(message_picture, "MAX_HEIGHT", 150)
    with pytest.raises(TooHigh):
        await draw_message(ANSWER)


async def test_a_picture_is_copied_and_saved(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[str] = []

    async def ask(parent: object, title: str, kinds: str, name: str, settings: object) -> Path:
        offered.append(name)
        return tmp_path / "picture.png"

    monkeypatch.setattr(export_presenter, "ask_to_save", ask)
    async with chat(qtbot, tmp_path / "home", [TextDelta("Hello"), Finished("stop")]) as harness:
        await asked(harness, "Greet me")
        QGuiApplication.clipboard().clear()
        press(views(harness)[1], "Copy as image")
        await harness.until(lambda: not QGuiApplication.clipboard().image().isNull())
        press(views(harness)[1], "Save as image")
        await harness.until(lambda: (tmp_path / "picture.png").is_file() and harness.messages[-1].startswith("Saved"))
        assert offered == ["Greet me.png"]
        saved = QImage(str(tmp_path / "picture.png"))
        assert saved.size() == QGuiApplication.clipboard().image().size() and filled_rows(saved)
        await asyncio.sleep(0)


async def test_words_go_to_the_studio_and_code_alone_does_not(qtbot: QtBot, tmp_path: Path) -> None:
    words = [TextDelta("See [1] **this**:\n\n```py\nx\n```"), Finished("stop")]
    code = [TextDelta("```py\nx\n```"), Finished("stop")]
    async with chat(qtbot, tmp_path, words, code) as harness:
        await asked(harness, "Tell me", "Now code")
        press(views(harness)[1], "Send to Studio")
        assert harness.to_studio == [("See this:\n\nCode, one line.", "Tell me")]
        press(views(harness)[3], "Send to Studio")
        assert len(harness.to_studio) == 1 and "no words to speak" in harness.messages[-1]


async def test_the_pictures_of_a_message_are_in_its_picture(qtbot: QtBot, tmp_path: Path) -> None:
    red = QImage(200, 200, QImage.Format.Format_RGB32)
    red.fill(0xFF0000)
    red.save(str(tmp_path / "red.png"))
    tasks: list[asyncio.Task[object]] = []
    previews = Previews(
        lambda media: tmp_path / "red.png", lambda work: tasks.append(asyncio.get_running_loop().create_task(work))
    )
    message = Message("u", "user", (Text("Look"), Media("image/png", "blob:" + "0" * 64, "red.png", 9)))
    image = await draw_message(message, previews)
    reds = sum(image.pixel(x, y) == 0xFFFF0000 for x in range(0, image.width(), 4) for y in range(0, image.height(), 4))
    assert reds > 20
    await asyncio.gather(*tasks)


async def test_a_message_that_is_far_too_long_is_refused_before_all_of_it_is_drawn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_picture, "MAX_HEIGHT", 1_000)
    frames: list[float] = []
    flush = MarkdownView.flush

    def watched(view: MarkdownView) -> bool:
        is_changed = flush(view)
        frames.append(view.drawn_share)
        return is_changed

    monkeypatch.setattr(MarkdownView, "flush", watched)
    with pytest.raises(TooHigh) as refused:
        await draw_message(Message("a", "assistant", (Text("A paragraph of some words.\n\n" * 20_000),)))
    assert frames and frames[-1] < 0.5
    assert refused.value.args[0] > 100_000, "estimated for all of it"
