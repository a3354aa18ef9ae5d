"""The log file: rotating, small, and without any key in it."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app.core.redaction import Redactor

SIZE = 1_000_000
KEPT = 3


def start_log(path: Path, redactor: Redactor) -> None:
    """Write records of level INFO and above to `path`; warnings also to standard error. Both through the redactor."""
    file = RotatingFileHandler(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
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
    # Its warnings are about exit statuses of children that were read twice, which changes nothing for anybody.
    logging.getLogger("asyncio").setLevel(logging.ERROR)


def end_log() -> None:
    """Let go of the file: nothing is written to it any more."""
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
        handler.close()
