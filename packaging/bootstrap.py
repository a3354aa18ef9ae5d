#!/usr/bin/env python3
"""MiMo Workbench from a checkout. Usage: python3 packaging/bootstrap.py COMMAND

run [-- ARGUMENTS]      set up what is missing, then open the workbench (`run -- --help` lists its arguments)
run --tour DIR          drive the real window through the main job; screenshots, audio and tour.json go into DIR
test [ARGUMENTS]        set up what is missing, then the whole test suite; arguments go to pytest
bench [--json FILE] [NAME ...]
                        the benchmarks
gallery DIR             every view in its states, themes, languages and sizes, on one HTML page
serve [--port N] [--key K]
                        the demo service alone, for any client
package                 the distributable for this platform (there is none yet)
"""

from __future__ import annotations

import os
import subprocess
import sys

from setup_steps import display, environment, system
from setup_steps.console import Stop, say

IN_TERMINAL = {"--help", "-h", "--version"}
"""Arguments that the workbench answers in the terminal, without loading Qt."""
ALONE = ("tests/audio", "tests/e2e", "tests/ui/test_sound_beside_layout.py", "tests/test_nets.py")
"""Tests that listen to a real sound device or drive the real window: they want the machine for themselves."""
MOST_WORKERS = 4
UNSEEN = {"--healthcheck"}
"""Arguments with which it opens a window for nobody: it needs what a window needs, but no display."""


def run(arguments: list[str]) -> int:
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    if IN_TERMINAL & set(arguments):
        environment.make()
        return _become("-m", "app", *arguments)
    touring = any(argument.split("=")[0] == "--tour" for argument in arguments)
    if not (touring or display.present() or UNSEEN & set(arguments)):
        raise display.missing()
    system.require(system.WINDOW + system.PRIVATE_DESKTOP if touring else system.WINDOW)
    environment.make()
    if touring and not display.present():
        with display.virtual():
            return _call("-m", "app", *arguments)
    return _become("-m", "app", *arguments)


def test(arguments: list[str]) -> int:
    system.require(system.WINDOW + system.PRIVATE_DESKTOP)
    environment.make()
    os.chdir(environment.ROOT)
    if arguments:
        return _become("-m", "pytest", *arguments)
    # Of the others a file is run from one end to the other by one of several.
    workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
    beside = _call("-m", "pytest", "-n", workers, "--dist", "loadfile", *(f"--ignore={path}" for path in ALONE))
    return _call("-m", "pytest", *ALONE) or beside


def bench(arguments: list[str]) -> int:
    system.require(system.WINDOW + system.PRIVATE_DESKTOP)
    environment.make()
    return _become("-m", "tests.benchmarks", *arguments)


def gallery(arguments: list[str]) -> int:
    system.require(system.WINDOW)
    environment.make()
    if not display.present():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _become("-m", "app.ui.gallery", *arguments)


def serve(arguments: list[str]) -> int:
    environment.make()
    return _become("-m", "app.demo", *arguments)


def package(arguments: list[str]) -> int:
    raise Stop("`package` comes later: there is no distributable yet. `run` works from this checkout.")


COMMANDS = {"run": run, "test": test, "bench": bench, "gallery": gallery, "serve": serve, "package": package}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        say(f"there is no command {arguments[0]!r}; the commands are {', '.join(COMMANDS)}.")
        return 2
    try:
        return command(arguments[1:])
    except Stop as reason:
        say(str(reason))
    except KeyboardInterrupt:
        say("interrupted; the next call takes it up again.")
    return 1


def _become(*arguments: str) -> int:
    """Let the environment's Python take this process over, where the system can."""
    if sys.platform == "win32":
        return _call(*arguments)
    return os.execv(environment.PYTHON, _command(arguments))


def _call(*arguments: str) -> int:
    program = subprocess.Popen(_command(arguments))
    while True:
        try:
            return program.wait()
        except KeyboardInterrupt:
            continue  # The program got it as well and is closing.


def _command(arguments: tuple[str, ...]) -> list[str]:
    # -P: a folder `app` or `tests` where the person stands is not ours.
    return [str(environment.PYTHON), "-P", *arguments]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
