"""A service that streams long answers: `python -m tests.benchmarks.answer_server`.

Says its port on standard output and ends with standard input. `/SIZE-RATE/v1/chat/completions` streams an answer of
SIZE characters of everything, four in each event, and RATE events in a second.
"""

from __future__ import annotations

import asyncio
import sys

from tests.benchmarks.pages import chunks, mixed
from tests.benchmarks.stream_server import framed, record, usage_record


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode().lower().split("\r\n")
            length = next((int(line[15:]) for line in lines if line.startswith("content-length:")), 0)
            await reader.readexactly(length)
            size, rate = map(int, lines[0].split(" ")[1].split("/")[1].split("-"))
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
            await stream(writer, mixed(size), rate)
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        writer.close()  # the other side went, or this process ends


async def stream(writer: asyncio.StreamWriter, text: str, rate: int) -> None:
    clock = asyncio.get_running_loop().time
    begin = clock()
    for number, piece in enumerate(chunks(text)):
        await asyncio.sleep(max(0.0, begin + number / rate - clock()))
        writer.write(framed(record({"content": piece})))
        await writer.drain()
    usage = {"completion_tokens": len(text) // 4, "prompt_tokens": 61, "total_tokens": len(text) // 4 + 61}
    for last in (record({"content": ""}, "stop"), usage_record(usage), b"data: [DONE]\n\n"):
        writer.write(framed(last))
    writer.write(b"0\r\n\r\n")
    await writer.drain()


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
