"""`decode`: what a stream costs in process CPU time, against the openai package and against reading its raw bytes.

All read the same stream of the same server in the same run, one after another, best of 5. Our client runs as it does
in the program: every exchange recorded, every event folded into the parts of a message.
"""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import openai

from app.core.accumulator import Accumulator
from app.core.events import AudioDelta
from app.core.messages import user_message
from app.core.profiles import Profile
from app.core.requests import BuiltinVoice, ChatRequest, SpeechRequest
from app.mimo.call_recording import CallRecorder
from app.mimo.client import MimoClient
from tests.benchmarks.row import Row, machine

NAME = "decode"
"""Prefix of its row names."""

EVENTS = 3_000
SHORT_EVENTS = 200
ROUNDS = 5
STREAMS = 100
KEY = "sk-benchmark-0123456789"


def run() -> list[Row]:
    """The rows of this benchmark."""
    with served() as port:
        return asyncio.run(_measured(port))


@contextmanager
def served() -> Iterator[int]:
    """The port of a stream server that ends with the block."""
    # Without -P its folder comes first, and `queue.py` there hides the standard library's.
    command = [sys.executable, "-P", str(Path(__file__).with_name("stream_server.py"))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


async def _measured(port: int) -> list[Row]:
    address = f"http://127.0.0.1:{port}"
    ours, raw, package = await _best(
        lambda: _ours(f"{address}/{EVENTS}/v1"), lambda: _raw(f"{address}/{EVENTS}/v1"),
        lambda: _package(f"{address}/{EVENTS}/v1"),
    )  # fmt: skip
    sound, sound_raw, half = await _best(
        lambda: _sound(f"{address}/audio-10/v1"), lambda: _raw(f"{address}/audio-10/v1"),
        lambda: _sound(f"{address}/audio-5/v1"),
    )  # fmt: skip
    together, alone = await _best(
        lambda: _streams(f"{address}/{SHORT_EVENTS}/v1", at_once=True),
        lambda: _streams(f"{address}/{SHORT_EVENTS}/v1", at_once=False),
    )
    event = 1e6 / EVENTS
    return [
        _row("decode", ours * event, "µs/event", "openai package", package * event, package / ours, ">= 6"),
        _row("decode-raw", ours * event, "µs/event", "httpx raw bytes", raw * event, ours / raw, "<= 2"),
        _row("decode-sound", sound * 1e3, "ms/10 MB", "httpx raw bytes", sound_raw * 1e3, sound / sound_raw, "<= 6"),
        _row("decode-sound-growth", sound * 1e3, "ms/10 MB", "5 MB, twice", 2e3 * half, sound / 2 / half, "<= 1.5"),
        _row("decode-100", together * 1e3, "ms", "the same one by one", alone * 1e3, together / alone, "<= 1.2"),
    ]


def _row(name: str, value: float, unit: str, peer: str, peer_value: float, ratio: float, goal: str) -> Row:
    sign, limit = goal.split(" ")
    holds = ratio >= float(limit) if sign == ">=" else ratio <= float(limit)
    return Row(
        name=name, value=round(value, 3), unit=unit, peer=peer, peer_value=round(peer_value, 3),
        ratio=round(ratio, 3), goal=goal, holds=holds, machine=machine(),
    )  # fmt: skip


async def _best(*measured: Callable[[], Awaitable[None]]) -> list[float]:
    """The least CPU seconds of each over the rounds; they take turns, so that a busy moment hits all alike."""
    best = [float("inf")] * len(measured)
    for _ in range(ROUNDS + 1):  # the first round also warms the server and is as good as any
        for place, work in enumerate(measured):
            gc.collect()
            start = time.process_time()
            await work()
            best[place] = min(best[place], time.process_time() - start)
    return best


_clients: dict[str, Any] = {}
"""One client of a kind for all rounds: opening one is not what is measured."""


def _mimo(base_url: str) -> MimoClient:
    profile = Profile("bench", "self-hosted", "Bench", base_url, requests_per_minute=0)
    client: MimoClient = _clients.setdefault(f"mimo {base_url}", MimoClient(profile, KEY, record=CallRecorder().record))
    return client


async def _ours(base_url: str) -> None:
    accumulator = Accumulator()
    request = ChatRequest("mimo-v2.5-pro", (user_message("Tell me about water."),))
    async with aclosing(_mimo(base_url).chat(request)) as events:
        async for event in events:
            accumulator.fold(event, 0.0)
    thinking, answer = accumulator.parts()
    assert len(answer.text) > 100 and accumulator.finish == "stop", thinking  # type: ignore[union-attr]


async def _raw(base_url: str) -> None:
    client = _clients.setdefault(f"raw {base_url}", httpx.AsyncClient())
    size = 0
    async with client.stream("POST", f"{base_url}/chat/completions", json={"stream": True}) as response:
        async for piece in response.aiter_raw():
            size += len(piece)
    assert size > 100 * SHORT_EVENTS


async def _package(base_url: str) -> None:
    client = _clients.setdefault(f"package {base_url}", openai.AsyncOpenAI(base_url=base_url, api_key=KEY))
    stream = await client.chat.completions.create(
        model="mimo-v2.5-pro", messages=[{"role": "user", "content": "Tell me about water."}], stream=True
    )
    answer, thinking = [], []
    async for chunk in stream:
        if chunk.choices:
            delta = chunk.choices[0].delta
            if delta.content:
                answer.append(delta.content)
            elif words := getattr(delta, "reasoning_content", None):
                thinking.append(words)
    assert len("".join(answer)) > 100 and thinking


async def _sound(base_url: str) -> None:
    request = SpeechRequest("mimo-v2.5-tts", "Hi.", BuiltinVoice("Mia"))
    size = 0
    async with aclosing(_mimo(base_url).speak(request)) as events:
        async for event in events:
            if isinstance(event, AudioDelta):
                size += len(event.content)
    assert size > 5_000_000


async def _streams(base_url: str, *, at_once: bool) -> None:
    if at_once:
        await asyncio.gather(*(_ours(base_url) for _ in range(STREAMS)))
    else:
        for _ in range(STREAMS):
            await _ours(base_url)


if __name__ == "__main__":
    for row in run():
        print(row)
