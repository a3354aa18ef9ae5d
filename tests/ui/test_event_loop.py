"""The event loop of the window: what is ready runs in order between the events of Qt, and sockets are read."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import event_loop
from app.ui.event_loop import HAS_NOTIFIERS, WindowEventLoop

BYTES = 20_000


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[WindowEventLoop]:
    loop = WindowEventLoop(qapp)
    yield loop
    loop.close()


def test_what_is_ready_runs_in_order_and_what_it_makes_ready_in_the_next_turn(
    loop: WindowEventLoop, qtbot: QtBot
) -> None:
    order: list[str] = []

    def first() -> None:
        order.append("first")
        loop.call_soon(order.append, "next turn")
        loop.call_later(0, order.append, "next turn, later")

    loop.call_soon(first)
    cancelled = loop.call_soon(order.append, "cancelled")
    loop.call_soon(order.append, "second")
    cancelled.cancel()
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order == ["first", "second", "next turn", "next turn, later"]


def test_events_of_qt_come_between_callbacks_that_take_long(
    loop: WindowEventLoop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_loop, "TURN_SECONDS", 0.0)
    order: list[str] = []
    QTimer.singleShot(0, lambda: order.append("event"))
    for name in ("first", "second", "third"):
        loop.call_soon(order.append, name)
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order.index("event") < order.index("third")
    order.remove("event")
    assert order == ["first", "second", "third"]


def test_a_callback_that_fails_is_reported_and_stops_no_other(loop: WindowEventLoop, qtbot: QtBot) -> None:
    reported: list[object] = []
    ran: list[int] = []
    loop.set_exception_handler(lambda _, context: reported.append(context["exception"]))
    failure = ValueError("no")

    def fail() -> None:
        raise failure

    loop.call_soon(fail)
    loop.call_soon(ran.append, 1)
    qtbot.waitUntil(lambda: bool(ran))
    assert reported == [failure]


def test_what_is_ready_runs_while_a_callback_waits_for_events(loop: WindowEventLoop, qtbot: QtBot) -> None:
    """As while a native dialog or a drag has an event loop of its own."""
    ran: list[str] = []

    def wait() -> None:
        loop.call_soon(ran.append, "from within")
        qtbot.waitUntil(lambda: len(ran) == 2)
        ran.append("waited")

    loop.call_soon(wait)
    loop.call_soon(ran.append, "beside")
    qtbot.waitUntil(lambda: len(ran) == 3)
    assert ran == ["beside", "from within", "waited"]


@pytest.mark.skipif(not HAS_NOTIFIERS, reason="the loop of this system waits for sockets by itself")
def test_a_socket_is_read_only_while_it_has_a_reader(loop: WindowEventLoop, qtbot: QtBot) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        read: list[bytes] = []
        turns: list[int] = []
        theirs.send(b"one")

        def again() -> None:
            read.append(ours.recv(100))
            # As a connection does with each piece: it stops, and reads on in the same turn.
            assert loop.remove_reader(ours)
            assert not loop.remove_reader(ours)
            loop.add_reader(ours, again)

        loop.call_soon(loop.add_reader, ours, again)
        qtbot.waitUntil(lambda: read == [b"one"])
        theirs.send(b"two")
        qtbot.waitUntil(lambda: read == [b"one", b"two"])
        loop.call_soon(loop.remove_reader, ours)
        loop.call_soon(theirs.send, b"three")
        for turn in range(5):
            loop.call_soon(turns.append, turn)
            qtbot.waitUntil(lambda turn=turn: turn in turns)  # type: ignore[misc]
        assert read == [b"one", b"two"]
        loop.add_reader(ours, again)
        qtbot.waitUntil(lambda: read == [b"one", b"two", b"three"])
        loop.remove_reader(ours)


def test_streams_work_over_connections_that_end(qapp: QApplication) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(BYTES))
        await writer.drain()
        writer.close()

    async def talk(port: int) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"x" * BYTES)
        answer = await reader.read()
        writer.close()
        return answer

    async def main() -> list[bytes]:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            first = [await talk(port) for _ in range(3)]
            return first + list(await asyncio.gather(*(talk(port) for _ in range(5))))

    with asyncio.Runner(loop_factory=lambda: WindowEventLoop(qapp)) as runner:
        assert runner.run(main()) == [b"x" * BYTES] * 8
