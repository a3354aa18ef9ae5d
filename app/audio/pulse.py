"""Queries PulseAudio or PipeWire for devices and the device a stream uses; PortAudio sees only one device, `pulse`.

Without a server every function returns an empty result rather than raising.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "pulse/"
Direction = Literal["output", "input"]
T = TypeVar("T")


def name_of(device: str | None) -> str | None:
    """The server's name of a device; None if the id does not belong to the server."""
    return device.removeprefix(PREFIX) if device is not None and device.startswith(PREFIX) else None


@contextmanager
def connection(name: str = "mimo-workbench") -> Iterator[Any]:
    """Connect to the server. Yields a `pulsectl.Pulse`, or None without a server."""
    try:
        import pulsectl
    except (ImportError, OSError):
        yield None
        return
    client = pulsectl.Pulse(name, connect=False)
    try:
        # No timeout, because pulsectl always waits for the whole of it.
        client.connect(autospawn=False)
    except (pulsectl.PulseError, pulsectl.PulseDisconnected):
        client.close()
        yield None
        return
    try:
        yield client
    finally:
        client.close()


def devices(direction: Direction) -> list[tuple[str, str, bool]] | None:
    """(id, description, is default) of every sink, or of every source that is not a monitor; None without a server."""

    def query(client: Any) -> list[tuple[str, str, bool]]:
        server = client.server_info()
        default = server.default_sink_name if direction == "output" else server.default_source_name
        return [
            (PREFIX + row.name, row.description or row.name, row.name == default)
            for row in _all(client, direction)
            if direction == "output" or not _is_monitor(row)
        ]

    return _query(query, None)


def streams(direction: Direction) -> frozenset[int]:
    """The server's indices of the streams of this process."""
    return _query(lambda client: frozenset(row.index for row in _own(client, direction)), frozenset())


def move(direction: Direction, existing: frozenset[int], name: str) -> bool:
    """Move the streams of this process that are not in `existing` to a sink or source. False if it does not exist."""

    def query(client: Any) -> bool:
        target = next((row.index for row in _all(client, direction) if row.name == name), None)
        if target is None:
            return False
        for row in _own(client, direction):
            if row.index not in existing:
                (client.sink_input_move if direction == "output" else client.source_output_move)(row.index, target)
        return True

    return _query(query, False)


def in_use(direction: Direction) -> str | None:
    """The id of the device that the newest stream of this process is connected to."""

    def query(client: Any) -> str | None:
        own = _own(client, direction)
        if not own:
            return None
        newest = max(own, key=lambda row: row.index)
        index = newest.sink if direction == "output" else newest.source
        return next((PREFIX + row.name for row in _all(client, direction) if row.index == index), None)

    return _query(query, None)


def _query(query: Callable[[Any], T], fallback: T) -> T:
    """Run a query on a connection. Returns `fallback` without a server or if the connection is lost."""
    with connection() as client:
        if client is None:
            return fallback
        import pulsectl

        try:
            return query(client)
        except (pulsectl.PulseError, pulsectl.PulseDisconnected):
            return fallback


def _all(client: Any, direction: Direction) -> list[Any]:
    rows: list[Any] = client.sink_list() if direction == "output" else client.source_list()
    return rows


def _own(client: Any, direction: Direction) -> list[Any]:
    rows = client.sink_input_list() if direction == "output" else client.source_output_list()
    return [row for row in rows if row.proplist.get("application.process.id") == str(os.getpid())]


def _is_monitor(row: Any) -> bool:
    return row.monitor_of_sink != 0xFFFFFFFF and row.monitor_of_sink is not None and row.name.endswith(".monitor")


class PulseWatch:
    """A thread that watches the server for device changes.

    `on_change` is called on that thread after a device was added or removed, or became the default.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        import pulsectl

        while not self._stopping.is_set():
            try:
                with connection("mimo-workbench-watch") as client:
                    if client is not None:
                        self._listen(client)
            except (pulsectl.PulseError, pulsectl.PulseDisconnected, OSError):
                # The connection is lost and with it the devices, which is a change too.
                self._on_change()
            self._stopping.wait(2)

    def _listen(self, client: Any) -> None:
        import pulsectl

        client.event_mask_set("sink", "source", "server")
        events: list[Any] = []

        def on_event(event: Any) -> None:
            if event.facility == "server" or event.t in ("new", "remove"):
                events.append(event)
                raise pulsectl.PulseLoopStop

        client.event_callback_set(on_event)
        self._on_change()
        while not self._stopping.is_set():
            client.event_listen(timeout=0.5)
            if events:
                events.clear()
                self._on_change()
