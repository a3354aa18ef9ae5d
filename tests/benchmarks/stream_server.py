"""The service of the decoding benchmark, in a process of its own: `python tests/benchmarks/stream_server.py`.

Says its port on standard output and ends with standard input. `/N/v1/chat/completions` streams N events of a chat, each
in a chunk of its own as a platform sends them; `/audio-M/v1/…` streams one event with M MB of sound as base64.
"""

from __future__ import annotations

import asyncio
import json
import sys

MEGABYTE = 1024 * 1024
WORDS = ("Water", " boils", " at", " 100", " degrees", "，", "水在一百度", "沸腾", ".", "\n\n")


def record(delta: dict[str, object], finish: str | None = None) -> bytes:
    whole = {
        "id": "4e57c1b0f2d14a0f9a2f7f5d2d0a3c11",
        "choices": [{"delta": delta, "finish_reason": finish, "index": 0}],
        "created": 1767855102,
        "model": "mimo-v2.5-pro",
        "object": "chat.completion.chunk",
    }
    return b"data: " + json.dumps(whole, ensure_ascii=False).encode() + b"\n\n"


def chat(events: int) -> list[bytes]:
    """`events` records: a first without words, a third of them thinking, and the usual end."""
    nothing: dict[str, object] = {"content": None, "role": None, "tool_calls": None, "reasoning_content": None}
    found = [record(nothing | {"content": "", "role": "assistant"})]
    for number in range(events - 3):
        field = "reasoning_content" if number < events // 3 else "content"
        found.append(record(nothing | {field: WORDS[number % len(WORDS)]}))
    usage = {"completion_tokens": events, "prompt_tokens": 61, "total_tokens": events + 61}
    return [*found, record(nothing, "stop"), usage_record(usage), b"data: [DONE]\n\n"]


def usage_record(usage: dict[str, int]) -> bytes:
    whole = {"id": "4e57", "choices": [], "created": 1, "model": "mimo-v2.5-pro", "object": "chat.completion.chunk"}
    return b"data: " + json.dumps(whole | {"usage": usage}).encode() + b"\n\n"


def audio(megabytes: int) -> list[bytes]:
    sound = {"id": "a", "data": "AAEC" * (megabytes * MEGABYTE // 3), "expires_at": None, "transcript": None}
    event = record({"content": None, "role": None, "audio": sound})
    pieces = [event[start : start + 65_536] for start in range(0, len(event), 65_536)]
    return [*pieces, record({"content": None}, "stop"), b"data: [DONE]\n\n"]


def framed(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: dict[str, list[bytes]]) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode().lower().split("\r\n")
            length = next((int(line[15:]) for line in lines if line.startswith("content-length:")), 0)
            await reader.readexactly(length)
            what = lines[0].split(" ")[1].split("/")[1]
            if what not in kept:
                kind, _, count = what.rpartition("-")
                kept[what] = [framed(piece) for piece in (audio(int(count)) if kind else chat(int(count)))]
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
            for piece in kept[what]:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            writer.write(b"0\r\n\r\n")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        writer.close()  # the other side went, or this process ends


async def main() -> None:
    kept: dict[str, list[bytes]] = {}
    server = await asyncio.start_server(lambda reader, writer: serve(reader, writer, kept), "127.0.0.1", 0, backlog=256)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
