"""Runs the demo service as a child process: started on demand, watched, and stopped with the program."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from app.core.errors import Code, TransportError
from app.core.observers import Event

log = logging.getLogger(__name__)

NEEDED = ("starlette", "uvicorn", "espeakng_loader")
START_SECONDS = 20.0
_ROOT = Path(__file__).parents[2]
"""The folder of our `app` package, so that the child finds it in a checkout that is not installed."""


_SECRET = re.compile(
    r"(?i)api_?key|access_?key|private_?key|token|secret|passw(?:or)?d|passphrase|credential|cookie"
    r"|(?:^|_)(?:key|keys|pat|auth|authorization)$|_(?:pwd|pass)$"
)
_SECRET_VALUE = re.compile(r"^(?:sk|tp|ttp)-[\w-]{6,}$|://[^/\s@]*:[^/\s@]+@|(?i:^(?:bearer|basic)\s)")
"""Keys, addresses with a password, and headers, whatever their variable is called."""


def without_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment without variables that look like keys and passwords, which the child must not get."""
    return {
        name: value
        for name, value in environ.items()
        if not _SECRET.search(name) and not _SECRET_VALUE.search(value.strip())
    }


class Address(NamedTuple):
    """The URL of the running demo service, and its key, which is not secret."""

    base_url: str
    key: str


class DemoProcess:
    """One child process. It exits when its standard input closes, so it never outlives this program.

    Attributes:
        on_exit: a running child exited by itself; emitted on the loop.
    """

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        self._arguments = list(arguments)
        self.on_exit: Event[()] = Event()
        self._process: asyncio.subprocess.Process | None = None
        self._address: Address | None = None
        self._watch: asyncio.Task[None] | None = None
        self._starting: asyncio.Task[Address] | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        """The child's process id while it runs."""
        return self._process.pid if self._process is not None and self.running else None

    async def address(self) -> Address:
        """Start the child if needed and return its address. Cancelling the caller does not cancel the start.

        Raises TransportError: DEMO_NOT_INSTALLED (`missing`), DEMO_START (`reason`).
        """
        if self.running and self._address is not None:
            return self._address
        missing = [name for name in NEEDED if find_spec(name) is None]
        if missing:
            raise TransportError(Code.DEMO_NOT_INSTALLED, missing=", ".join(missing))
        if self._starting is None:
            self._address = None
            self._starting = asyncio.create_task(self._start(), name="demo service start")
            self._starting.add_done_callback(self._started)
        return await asyncio.shield(self._starting)

    def _started(self, starting: asyncio.Task[Address]) -> None:
        self._starting = None
        if not starting.cancelled() and starting.exception() is None:
            self._address = starting.result()

    async def _start(self) -> Address:
        # -P: don't import an unrelated `app` from the current folder.
        command = [sys.executable, "-P", "-m", "app.demo", "--parent-stdin", *self._arguments]
        pipe = asyncio.subprocess.PIPE
        ours = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
        environment = without_secrets(os.environ) | {"PYTHONPATH": ours}
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
            )
        except OSError as error:
            raise TransportError(Code.DEMO_START, reason=str(error)) from error
        self._process = process
        assert process.stdout is not None
        try:
            async with asyncio.timeout(START_SECONDS):
                line = await process.stdout.readline()
            address = Address(**json.loads(line))
        except (TimeoutError, ValueError, TypeError) as error:
            reason = await self._last_words(process)
            raise TransportError(Code.DEMO_START, reason=reason or str(error) or "no answer") from error
        except asyncio.CancelledError:
            await self._last_words(process)
            raise
        self._watch = asyncio.create_task(self._watching(process), name="demo service watch")
        return address

    async def _last_words(self, process: asyncio.subprocess.Process) -> str:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        _, stderr = await process.communicate()
        lines = stderr.decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    async def _watching(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            log.info("demo service: %s", line.decode(errors="replace").rstrip())
        status = await process.wait()
        log.log(logging.WARNING if status else logging.INFO, "demo service ended with status %s", status)
        self.on_exit.emit()

    async def aclose(self) -> None:
        """Stop the child by closing its input; kill it after two seconds."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.wait({self._starting})
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
            self._watch = None
        process = self._process
        if process is None or process.returncode is not None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(2.0):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
