"""`demo-load`: a hundred takes in a minute while twenty chats stream, from one demo service, and none of them late.

A take is late when a player that started with its first piece, less a prebuffer of 0.2 s, would have run dry; a chat
when nothing came for a second. Beside them stands how long the first sound took, against a service with nothing else
to do.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from contextlib import aclosing

from app.core.events import AudioDelta, TextDelta
from app.core.messages import user_message
from app.core.profiles import Profile
from app.core.requests import BuiltinVoice, ChatRequest, SpeechRequest
from app.mimo.client import MimoClient
from tests.benchmarks.row import Row, count, row
from tests.plugins import demo_service

TAKES, SECONDS, CHATS = 100, 60.0, 20
ALONE = 5
PREBUFFER_SECONDS = 0.2
MAX_SILENT_SECONDS = 1.0
MODEL, SPEECH = "mimo-v2.6-pro", "mimo-v2.5-tts"
QUESTIONS = ("Compare tea and coffee.", "写一首关于海的诗。", "Write quicksort in Python.", "A poem about the sea.")
LINE = "The tide is turning, my friend, and the ferry leaves at nine."


class Heard:
    """One take as it came: when its first sound did, and by how much it fell behind its own playing."""

    def __init__(self) -> None:
        self.first = 0.0
        self.behind = 0.0


def run() -> list[Row]:
    service = demo_service.start("--no-limits")
    try:
        profile = Profile("demo", "demo", "Demo", service.base_url, requests_per_minute=0)
        alone, takes, gaps = asyncio.run(_measured(profile, service.key))
    finally:
        demo_service.stop(service)
    late_takes = sum(take.behind > PREBUFFER_SECONDS for take in takes)
    late_chats = sum(gap > MAX_SILENT_SECONDS for gap in gaps)
    usual = statistics.median(take.first for take in alone)
    under_load = statistics.median(take.first for take in takes)
    return [
        count("demo-load-takes", late_takes, f"of {len(takes)} takes late"),
        count("demo-load-chats", late_chats, f"of {len(gaps)} chats late"),
        row("demo-load-first-sound", under_load, "s", peer="with nothing else to do", peer_value=usual),
    ]


async def _measured(profile: Profile, key: str) -> tuple[list[Heard], list[Heard], list[float]]:
    """Takes alone, takes under load, and the longest silence of every chat."""
    client = MimoClient(profile, key)
    try:
        alone = [await _take(client) for _ in range(ALONE)]
        ended = asyncio.Event()
        chatting = [asyncio.create_task(_chat(client, number, ended)) for number in range(CHATS)]
        takes: list[asyncio.Task[Heard]] = []
        begun = time.monotonic()
        for number in range(TAKES):
            await asyncio.sleep(max(0.0, begun + number * SECONDS / TAKES - time.monotonic()))
            takes.append(asyncio.create_task(_take(client)))
        heard = await asyncio.gather(*takes)
        ended.set()
        gaps = await asyncio.gather(*chatting)
        return alone, heard, gaps
    finally:
        await client.aclose()


async def _take(client: MimoClient) -> Heard:
    heard, begun, first, played = Heard(), time.monotonic(), 0.0, 0.0
    async with aclosing(client.speak(SpeechRequest(SPEECH, LINE, BuiltinVoice("Mia"), stream=True))) as events:
        async for event in events:
            if not isinstance(event, AudioDelta):
                continue
            now = time.monotonic()
            if not first:
                first, heard.first = now, now - begun
            heard.behind = max(heard.behind, now - first - played)
            played += len(event.content) / 2 / 24_000
    return heard


async def _chat(client: MimoClient, number: int, ended: asyncio.Event) -> float:
    """One question after the other; the longest silence after the first word of an answer, in seconds."""
    longest = 0.0
    while not ended.is_set():
        request = ChatRequest(MODEL, (user_message(QUESTIONS[number % len(QUESTIONS)]),))
        last = None
        async with aclosing(client.chat(request)) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    now = time.monotonic()
                    longest = max(longest, now - last if last is not None else 0.0)
                    last = now
    return longest
