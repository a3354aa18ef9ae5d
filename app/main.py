"""The composition root: arguments, home, log, the window, then everything behind it. The only file that knows everybody.

The window is shown before anything heavy is imported; `app.wiring` follows after the first paint.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.arguments import Arguments, parse
from app.core.errors import Code, StorageError
from app.core.redaction import Redactor
from app.logs import start_log
from app.storage.home import Home, HomeLock, find_home, open_home
from app.storage.settings import SettingsFile

OK, FAILED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the workbench until its window is closed; the exit status."""
    chosen = parse(arguments)
    root = find_home(chosen.home)
    try:
        home = open_home(root)
        lock = HomeLock(home.lock)
        lock.acquire()
    except StorageError as error:
        return _no_home(error, Home(root))
    try:
        return _run(chosen, home)
    finally:
        lock.release()


def _run(chosen: Arguments, home: Home) -> int:
    redactor = Redactor()
    start_log(home.log, redactor)
    file = SettingsFile(home.settings)
    settings = file.load()

    from app.ui import runtime
    from app.ui.start import Start

    application = runtime.make_application([sys.argv[0]])
    start = Start(chosen, home, settings, redactor, file.problem)
    runtime.run(application, start.begin)
    return start.status


def _no_home(error: StorageError, home: Home) -> int:
    """No window of our own: another one has this home, or the home can't be used. One sentence either way."""
    from app.ui.runtime import make_application
    from app.ui.single import bring_forward
    from app.ui.texts.errors import words

    if error.code == Code.HOME_IN_USE:
        make_application([sys.argv[0]])
        if bring_forward(home.channel):
            print("MiMo Workbench is already open; its window was brought forward.")
            return OK
    print(words(error), file=sys.stderr)
    return FAILED
