"""Audio plays without gaps while the window lays out a long document on the same event loop."""

from __future__ import annotations

import asyncio
from itertools import cycle, islice

from pytestqt.qtbot import QtBot

from app.audio.source import TakeSource
from app.ui.chat.markdown.view import MarkdownView
from tests.audio.disturbance import undisturbed
from tests.audio.signals import noise
from tests.audio.test_player_heard import PROFILES, assert_whole_and_in_order, feed_in_time, playing_on, to_the_end
from tests.plugins.sound_harness import SoundDesk

PARAGRAPHS = (
    "## What the harbour sounds like\n\n",
    "The ferry leaves at nine, and **nobody** waits for those who talk; `ready()` says whether to run.\n\n",
    "海边的风很大，我们沿着堤岸慢慢走，直到灯塔亮起来。\n\n",
    "| tide | time | depth |\n|---|---|---|\n| low | 04:12 | 1.1 m |\n| high | 10:31 | 3.4 m |\n\n",
    "1. Cast off.\n2. Count heads.\n   - twice\n3. Sail.\n\n",
    "```python\nfor boat in harbour:\n    print(boat.name, boat.draught)\n```\n\n",
)
NAMES = ("fast with stalls inside the lead", "stalls 1 s", "odd bytes", "jitter")


@undisturbed
async def test_takes_play_without_gaps_while_a_document_grows(qtbot: QtBot, sound_desk: SoundDesk) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(700, 900)
    view.show()
    drawn = 0

    async def write() -> None:
        """Add a piece per frame, as in a streaming answer, for as long as anything plays."""
        nonlocal drawn
        for piece in cycle(PARAGRAPHS):
            view.append(piece)
            view.flush()
            drawn += 1
            await asyncio.sleep(0.033)

    async def listen(name: str, sink: str) -> int:
        seconds, schedule, most_gaps = PROFILES[name]
        sound, source = noise(seconds, 24_000, seed=len(name)), TakeSource()
        async with playing_on(f"pulse/{sink}") as player:
            player.play(source)
            await feed_in_time(source, sound, schedule)
            assert (await to_the_end(player)).position == len(sound), name
        return most_gaps

    writing = asyncio.create_task(write())
    sinks = ("out", "out2", "out3", "out4")
    try:
        with (
            sound_desk.recording("out") as out,
            sound_desk.recording("out2") as out2,
            sound_desk.recording("out3") as out3,
            sound_desk.recording("out4") as out4,
        ):
            gaps = await asyncio.gather(*(listen(name, sink) for name, sink in zip(NAMES, sinks, strict=True)))
    finally:
        writing.cancel()
    assert drawn > 60, "the document grew all the while"
    assert view.toPlainText().count("Cast off.") >= drawn // len(PARAGRAPHS)
    for name, most, heard in zip(NAMES, gaps, (out, out2, out3, out4), strict=True):
        seconds = PROFILES[name][0]
        assert assert_whole_and_in_order(noise(seconds, 24_000, seed=len(name)), heard.left) <= most, name


@undisturbed
async def test_a_sound_plays_unchanged_while_long_answers_are_opened(qtbot: QtBot, sound_desk: SoundDesk) -> None:
    """Existing messages are laid out one after the other, as when a conversation is opened."""
    text = "".join(islice(cycle(PARAGRAPHS), 90))
    sound, source = noise(2.5, 24_000, seed=3), TakeSource()
    views: list[MarkdownView] = []
    with sound_desk.recording("out") as out:
        async with playing_on() as player:
            player.play(source)
            await feed_in_time(source, sound, [(0.0, len(sound) * 2)])
            ending = asyncio.ensure_future(to_the_end(player))
            while not ending.done():
                view = MarkdownView()
                qtbot.addWidget(view)
                view.resize(700, 900)
                view.append(text)
                view.finish()
                view.show()
                views.append(view)
                await asyncio.sleep(0.01)
            await ending
    assert len(views) > 3
    assert assert_whole_and_in_order(sound, out.left) == 0
