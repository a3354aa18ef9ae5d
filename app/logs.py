"""The log: a small rotating file that never contains an API key."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.core.redaction import Redactor

MAX_BYTES = 1_000_000
LOG_FILES_KEPT = 3


def start_log(path: Path, redactor: Redactor) -> None:
    """Log to `path` from level INFO on, and to standard error from WARNING on. Both pass through the redactor."""
    file = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=LOG_FILES_KEPT, encoding="utf-8", delay=True)
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    screen = logging.StreamHandler()
    screen.setLevel(logging.WARNING)
    screen.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for handler in (file, screen):
        handler.addFilter(redactor)
        root.addHandler(handler)
    for noisy in ("httpx", "httpcore", "markdown_it"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # asyncio warns when the exit status of a child process was read twice, which is harmless here.
    logging.getLogger("asyncio").setLevel(logging.ERROR)


def stop_log() -> None:
    """Remove the handlers and close the file."""
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
        handler.close()
