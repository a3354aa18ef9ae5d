"""Hooks for uncaught exceptions, from any thread, and for Qt's log messages."""

from __future__ import annotations

import logging
import re
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)

Report = Callable[[BaseException], None]

HARMLESS_QT_LINES = (
    r"This plugin does not support propagateSizeHints\(\)",
    r'AtSpiAdaptor::applicationInterface does not implement "GetApplicationBusAddress" '
    r'"/org/a11y/atspi/accessible/root"',
    r'Could not find accessible on path: "/org/a11y/atspi/accessible/\d+"',
)
"""Qt messages that can't be prevented. Each pattern must match the whole line, so that it hides nothing else. The last
one appears when a screen reader asks about an object that was just destroyed."""

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def install(report: Report) -> None:
    """Pass uncaught exceptions to `report`, on the thread that raised them, and Qt's messages to the log."""

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            report(error)

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            report(args.exc_value)

    def unraisable(args: Any) -> None:  # sys.UnraisableHookArgs exists for type checkers only
        log.error("unraisable in %r: %s", args.object, args.err_msg or "", exc_info=args.exc_value)
        if args.exc_value is not None:
            report(args.exc_value)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = unraisable
    qInstallMessageHandler(_qt_message)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    harmless = any(re.fullmatch(line, message) for line in HARMLESS_QT_LINES)
    level = logging.DEBUG if harmless else _LEVELS.get(kind, logging.WARNING)
    log.log(level, "Qt %s: %s", context.category or "", message)
