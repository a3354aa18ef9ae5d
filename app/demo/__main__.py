"""`python -m app.demo`: listens on the loopback interface and prints its address and key as one line of JSON."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import math
import signal
import socket
import sys
from collections.abc import Generator
from types import FrameType

import msgspec
import uvicorn

from app.demo import lifetime
from app.demo.application import create_application
from app.demo.limits import MAX_PARALLEL, REQUESTS_PER_WINDOW, WINDOW_SECONDS, LimitSettings
from app.demo.pacing import Pacing
from app.demo.service import ServiceSettings


class AnnouncingServer(uvicorn.Server):
    """A uvicorn server that prints its announcement once it listens and exits with code 0 on SIGINT and SIGTERM."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self._announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        print(self._announcement, flush=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        def request_stop(number: int, frame: FrameType | None) -> None:
            self.request_stop()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, request_stop)
        yield

    def request_stop(self) -> None:
        """Shut the server down. Thread-safe and idempotent."""
        self.should_exit = True


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("app.demo", description="A scripted stand-in for the MiMo platform on 127.0.0.1.")
    parser.add_argument("--port", type=_port, default=0, help="default: any free port")
    parser.add_argument("--key", help="default: a random key")
    parser.add_argument(
        "--pace", type=_pace_factor, default=1.0, metavar="FACTOR", help="speed of responses; 0 removes all delays"
    )
    limits = parser.add_argument_group("limits", "of every model; each request beyond is answered 429")
    limits.add_argument("--no-limits", action="store_true", help="refuse nothing")
    limits.add_argument(
        "--requests", type=_count, default=REQUESTS_PER_WINDOW, metavar="N", help="in a window; default: %(default)s"
    )
    limits.add_argument(
        "--window", type=_seconds, default=WINDOW_SECONDS, metavar="SECONDS", help="default: %(default)s"
    )
    limits.add_argument(
        "--parallel", type=_count, default=MAX_PARALLEL, metavar="N", help="calls at once; default: %(default)s"
    )
    parser.add_argument(
        "--answer-seconds", type=_delay, default=0.0, metavar="SECONDS",
        help="from a request to the beginning of its answer, at least",
    )  # fmt: skip
    parser.add_argument("--parent-stdin", action="store_true", help="exit when stdin closes")
    parser.add_argument("--parent-pid", type=int, metavar="PID", help="exit when this process ends")
    return parser.parse_args(argv)


def _port(text: str) -> int:
    if not 0 <= (port := int(text)) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 65535")
    return port


def _count(text: str) -> int:
    if (count := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return count


def _seconds(text: str) -> float:
    if not (math.isfinite(seconds := float(text)) and seconds > 0):
        raise argparse.ArgumentTypeError(f"{text} is not more than 0")
    return seconds


def _delay(text: str) -> float:
    if not (math.isfinite(seconds := float(text)) and seconds >= 0):
        raise argparse.ArgumentTypeError(f"{text} is not 0 or more")
    return seconds


def _pace_factor(text: str) -> float:
    if not (math.isfinite(factor := float(text)) and factor >= 0):
        raise argparse.ArgumentTypeError(f"{text} is not 0 or more")
    return factor


def main(argv: list[str] | None = None) -> int:
    """Run the service until it is stopped and return the exit code: 1 if the port is in use."""
    arguments = parse_arguments(argv)
    settings = ServiceSettings(
        pacing=Pacing().scaled(arguments.pace),
        limits=LimitSettings(not arguments.no_limits, arguments.requests, None, arguments.window, arguments.parallel),
        answer_seconds=arguments.answer_seconds,
    )
    if arguments.key:
        settings = msgspec.structs.replace(settings, key=arguments.key)
    try:
        listening = _listen(arguments.port)
    except OSError as error:
        print(f"app.demo: 127.0.0.1:{arguments.port}: {error.strerror}", file=sys.stderr)
        return 1
    with listening:
        base_url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        service = create_application(settings)
        config = uvicorn.Config(
            service,
            log_level="critical",
            lifespan="off",
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=1,
            server_header=False,
        )
        server = AnnouncingServer(config, json.dumps({"base_url": base_url, "key": settings.key}))
        service.state.connections = lambda: len(server.server_state.connections)
        if arguments.parent_stdin:
            lifetime.watch_stdin(server.request_stop)
        if arguments.parent_pid:
            lifetime.watch_parent(arguments.parent_pid, server.request_stop)
        if arguments.parent_stdin or arguments.parent_pid:
            lifetime.terminate_with_parent()
        asyncio.run(server.serve([listening]))
    return 0


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # On Windows the option would let two services share a port.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


if __name__ == "__main__":
    sys.exit(main())
