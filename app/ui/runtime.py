"""The one event loop of Qt and asyncio: its start, its owned tasks, questions to the user, and the orderly end.

PySide6 is imported before qasync, which takes whatever binding it finds.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog
from qasync import QEventLoop

from app.services.tasks import ShuttingDown, TaskSet
from app.ui import exception_hooks
from app.ui.gui_thread_gc import GuiThreadGc

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 6.0
THREADS = 6


class _Arrivals(QObject):
    """Carries an exception from any thread to the loop's."""

    arrived = Signal(object)


class Runtime:
    """What lives as long as the loop.

    Attributes:
        tasks: tasks owned by the window; services own theirs.
        on_unexpected: is told of every exception nobody caught, on the loop's thread.
        on_ending: called once, when the end begins and nothing is closed yet.
        stages: what is closed at the end, by name, the last one first.
    """

    def __init__(self, application: QApplication) -> None:
        self.application = application
        self.on_unexpected: list[Callable[[BaseException], None]] = []
        self.on_ending: list[Callable[[], None]] = []
        self.stages: list[tuple[str, Callable[[], Awaitable[object]]]] = []
        self.tasks = TaskSet(self.report)
        self._arrivals = _Arrivals()
        self._arrivals.arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._ended: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._endings: set[asyncio.Future[None]] = set()

    def report(self, error: BaseException) -> None:
        """Log an unexpected exception and tell the window; safe from any thread.

        A press that arrives while the program ends (an accessible one comes 100 ms late) is only logged.
        """
        if isinstance(error, ShuttingDown):
            log.info("refused: %s", error)
            return
        log.error("unexpected: %s", error, exc_info=error)
        self._arrivals.arrived.emit(error)

    def _tell(self, error: BaseException) -> None:
        for tell in self.on_unexpected:
            tell(error)

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None:
        """Own a task of the window; None once the end has begun."""
        if self._ended is None or self._ended.is_set():
            work.close()
            return None
        return self.tasks.spawn(work, name)

    def quit(self) -> None:
        """Begin the end; more calls do nothing."""
        if self._ended is not None and not self._ended.is_set():
            self._ended.set()
            for ending in self.on_ending:
                ending()

    def on_close(self, name: str, close: Callable[[], Awaitable[object]]) -> None:
        """Add a stage of the end; stages run in reverse order of their adding."""
        self.stages.append((name, close))

    async def live(self, begin: Callable[[Runtime], Awaitable[None]]) -> None:
        """Run `begin`, then wait until `quit()`, then close stage after stage, each within the time limit."""
        self._ended = asyncio.Event()
        loop = self._loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._loop_exception)
        restore = _take_signals(loop, self.quit)
        # qasync sets no hooks for async generators: one that a library leaves unfinished would be ended without a loop.
        sys.set_asyncgen_hooks(finalizer=self._end_generator)
        try:
            begun = self.tasks.spawn(_as_coroutine(begin(self)), "begin")
            await self._ended.wait()
            begun.cancel()
        finally:
            await self._close()
            restore()

    async def _close(self) -> None:
        stuck = await self.tasks.aclose()
        if stuck:
            log.warning("tasks that did not end: %s", ", ".join(stuck))
        for name, close in reversed(self.stages):
            try:
                async with asyncio.timeout(SHUTDOWN_SECONDS):
                    await close()
            except TimeoutError:
                log.warning("closing took too long: %s", name)
            except Exception:
                log.exception("closing failed: %s", name)
        await asyncio.gather(*self._endings, return_exceptions=True)
        sys.set_asyncgen_hooks(finalizer=None)

    def _end_generator(self, generator: AsyncGenerator[Any, Any]) -> None:
        """End an abandoned generator on the loop; called by the collector, from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._spawn_end, generator)

    def _spawn_end(self, generator: AsyncGenerator[Any, Any]) -> None:
        ending = asyncio.ensure_future(generator.aclose())
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    def _loop_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.report(error if error is not None else RuntimeError(context.get("message", "event loop")))


async def _as_coroutine(work: Awaitable[None]) -> None:
    await work


def _take_signals(loop: asyncio.AbstractEventLoop, quit_: Callable[[], None]) -> Callable[[], None]:
    """SIGINT and SIGTERM end the program in order; a second SIGINT ends it at once. Returns what undoes this."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    if sys.platform == "win32":  # the loop there has no add_signal_handler
        signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(quit_))
        return lambda: None
    interrupted = False

    def interrupt() -> None:
        nonlocal interrupted
        if interrupted:
            raise SystemExit(130)
        interrupted = True
        quit_()

    loop.add_signal_handler(signal.SIGINT, interrupt)
    loop.add_signal_handler(signal.SIGTERM, quit_)

    def restore() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)

    return restore


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication, with the names the desktop and the accessibility bus show."""
    application = QApplication(arguments)
    application.setApplicationName("mimo-workbench")
    application.setApplicationDisplayName("MiMo Workbench")
    application.setDesktopFileName("mimo-workbench")
    application.setQuitOnLastWindowClosed(False)
    return application


def run(application: QApplication, begin: Callable[[Runtime], Awaitable[None]]) -> None:
    """Run the loop until the end. Raises what `begin` could not recover from only through `Runtime.report`."""
    loop = QEventLoop(application)
    # qasync's own pool starts ten threads at its first use.
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="work")
    loop.set_default_executor(pool)
    runtime = Runtime(application)
    exception_hooks.install(runtime.report)
    collector = GuiThreadGc()
    collector.begin()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(runtime.live(begin))
    collector.end()
    pool.shutdown(wait=False, cancel_futures=True)


def ask(dialog: QDialog) -> asyncio.Future[int]:
    """Open a dialog without a nested loop; the future holds its result code. The dialog deletes itself."""
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(code: int) -> None:
        if not answer.done():
            answer.set_result(code)

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(finished)
    dialog.open()
    return answer
