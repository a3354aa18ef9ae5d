"""The entry point: command line, home folder and its lock, log, then the run itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from app.arguments import Arguments, parse
from app.composition.single_instance import activate_running_instance
from app.composition.workbench import FAILED, OK, Workbench
from app.core import pattern_process
from app.core.errors import Code, StorageError
from app.core.redaction import Redactor
from app.core.settings import LANGUAGE, THEME
from app.logs import start_log, stop_log
from app.storage.home import Home, HomeLock, clear_leftovers, find_home, open_home
from app.storage.settings import SettingsFile


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the workbench until its window is closed. Returns the exit status."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given == [pattern_process.ARGUMENT]:
        return pattern_process.main()
    parsed = parse(given)
    root = find_home(parsed.home)
    try:
        home = open_home(root)
        lock = HomeLock(home.lock)
        lock.acquire()
    except StorageError as error:
        return _run_without_home(parsed, error, Home(root))
    try:
        clear_leftovers(home)
        return _run(parsed, home)
    finally:
        lock.release()


def _run(arguments: Arguments, home: Home) -> int:
    redactor = Redactor()
    start_log(home.log, redactor)
    settings_file = SettingsFile(home.settings)
    settings = settings_file.load()

    from app.ui import runtime

    if arguments.healthcheck:
        _draw_without_display()
    application = runtime.make_application([sys.argv[0]])
    workbench = Workbench(arguments, home, settings, redactor, settings_file.problem)
    runtime.run(application, workbench.start)
    if workbench.erase_requested:
        _erase(home)
    return workbench.status


def _draw_without_display() -> None:
    """Let Qt draw into memory where there is no display: nobody looks at the window of a health check."""
    if sys.platform == "linux" and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _erase(home: Home) -> None:
    """Erase everything in the home, as the user requested; every file is closed by now."""
    from app.storage.erasing import erase
    from app.ui.texts.start import not_removed_message

    stop_log()
    for path in erase(home):
        print(not_removed_message(path), file=sys.stderr)


def _run_without_home(arguments: Arguments, error: StorageError, home: Home) -> int:
    """Activate the window of the program that already uses this home, or show why the home can't be used."""
    from app.ui import runtime
    from app.ui.failed_start import show_alone
    from app.ui.language import Language
    from app.ui.texts.errors import error_message
    from app.ui.texts.start import already_open_message
    from app.ui.theme.theme import theme

    application = runtime.make_application([sys.argv[0]])
    in_use = error.code == Code.HOME_IN_USE
    # Another start may read the settings; in a home that can't be used there may be none.
    chosen = SettingsFile(home.settings).load().get(LANGUAGE) if in_use else LANGUAGE.default
    Language(application).use(arguments.lang or chosen)
    if in_use and activate_running_instance(home.forward):
        print(already_open_message())
        return OK
    print(error_message(error), file=sys.stderr, flush=True)
    if not arguments.unattended and application.platformName() not in ("offscreen", "minimal"):
        theme().set_mode(arguments.theme or THEME.default)  # type: ignore[arg-type]
        show_alone(lambda: str(error_message(error)))
    return FAILED
