"""The combined Qt and asyncio event loop: start, window tasks, non-blocking dialogs and orderly shutdown.

PySide6 must be imported before qasync, which uses whichever binding is loaded.
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

from app.core.observers import Event
from app.services.tasks import ShuttingDown, TaskSet
from app.ui import exception_hooks
from app.ui.event_loop import WindowEventLoop
from app.ui.gui_thread_gc import GuiThreadGc

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 6.0
WORKER_THREADS = 6


class _ErrorRelay(QObject):
    """Passes an exception from any thread to the loop's thread."""

    reported = Signal(object)


class Runtime:
    """The state of a running event loop.

    Attributes:
        tasks: tasks owned by the window; services own theirs.
        on_unexpected: emits every uncaught exception, on the loop's thread.
        on_ending: shutdown begins and nothing is closed yet; emitted once.
        stages: named coroutine functions that are run at shutdown, last one first.
    """

    def __init__(self, application: QApplication) -> None:
        self.application = application
        # What fails while an error is shown is not reported again, which would go round in a circle.
        self.on_unexpected: Event[BaseException] = Event(
            lambda error: log.error("showing an error failed", exc_info=error)
        )
        self.on_ending: Event[()] = Event()
        self.stages: list[tuple[str, Callable[[], Awaitable[object]]]] = []
        self.tasks = TaskSet(self.report)
        self._relay = _ErrorRelay()
        self._relay.reported.connect(self.on_unexpected.emit, Qt.ConnectionType.QueuedConnection)
        self._quit_requested: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing_generators: set[asyncio.Future[None]] = set()

    def report(self, error: BaseException) -> None:
        """Log an unexpected exception and notify the window. Safe to call from any thread.

        An action that arrives during shutdown (those of assistive technology come 100 ms late) is only logged.
        """
        if isinstance(error, ShuttingDown):
            log.info("refused: %s", error)
            return
        log.error("unexpected: %s", error, exc_info=error)
        self._relay.reported.emit(error)

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any] | None:
        """Start a task owned by the window. Returns None during shutdown."""
        if self._quit_requested is None or self._quit_requested.is_set():
            work.close()
            return None
        return self.tasks.spawn(work, name)

    def quit(self) -> None:
        """Begin shutdown; further calls do nothing."""
        if self._quit_requested is not None and not self._quit_requested.is_set():
            self._quit_requested.set()
            self.on_ending.emit()

    def on_close(self, name: str, close: Callable[[], Awaitable[object]]) -> None:
        """Add a shutdown stage; stages run in reverse order of registration."""
        self.stages.append((name, close))

    async def live(self, begin: Callable[[Runtime], Awaitable[None]]) -> None:
        """Run `begin`, wait for `quit()`, then run the shutdown stages, each with a time limit."""
        self._quit_requested = asyncio.Event()
        loop = self._loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._loop_exception)
        restore = _install_signal_handlers(loop, self.quit)
        # qasync installs no hooks for async generators, so one that a library abandons would be closed without a loop.
        sys.set_asyncgen_hooks(finalizer=self._finalize_generator)
        try:
            begun = self.tasks.spawn(_as_coroutine(begin(self)), "begin")
            await self._quit_requested.wait()
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
        await asyncio.gather(*self._closing_generators, return_exceptions=True)
        sys.set_asyncgen_hooks(finalizer=None)

    def _finalize_generator(self, generator: AsyncGenerator[Any, Any]) -> None:
        """Close an abandoned generator on the loop. Called by the garbage collector, possibly on another thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._close_generator, generator)

    def _close_generator(self, generator: AsyncGenerator[Any, Any]) -> None:
        closing = asyncio.ensure_future(generator.aclose())
        self._closing_generators.add(closing)
        closing.add_done_callback(self._closing_generators.discard)

    def _loop_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        self.report(error if error is not None else RuntimeError(context.get("message", "event loop")))


async def _as_coroutine(work: Awaitable[None]) -> None:
    await work


def _install_signal_handlers(loop: asyncio.AbstractEventLoop, quit_: Callable[[], None]) -> Callable[[], None]:
    """Make SIGINT and SIGTERM quit in order, and a second SIGINT quit at once. Returns a function that undoes this."""
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
    """Create the QApplication with the names that the desktop and the accessibility bus show."""
    application = QApplication(arguments)
    application.setApplicationName("mimo-workbench")
    application.setApplicationDisplayName("MiMo Workbench")
    application.setDesktopFileName("mimo-workbench")
    application.setQuitOnLastWindowClosed(False)
    return application


def run(application: QApplication, begin: Callable[[Runtime], Awaitable[None]]) -> None:
    """Run the loop until shutdown. Exceptions of `begin` are not raised but passed to `Runtime.report`."""
    loop = WindowEventLoop(application)
    # The default pool of qasync starts ten threads on first use.
    pool = ThreadPoolExecutor(WORKER_THREADS, thread_name_prefix="work")
    loop.set_default_executor(pool)
    runtime = Runtime(application)
    exception_hooks.install(runtime.report)
    garbage_collection = GuiThreadGc()
    garbage_collection.begin()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(runtime.live(begin))
    garbage_collection.end()
    pool.shutdown(wait=False, cancel_futures=True)


def ask(dialog: QDialog) -> asyncio.Future[int]:
    """Open a dialog without a nested event loop. The future yields its result code; the dialog deletes itself."""
    answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(code: int) -> None:
        if not answer.done():
            answer.set_result(code)

    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.finished.connect(finished)
    dialog.open()
    return answer
