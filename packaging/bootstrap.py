#!/usr/bin/env python3
"""MiMo Workbench from a checkout. Usage: python3 packaging/bootstrap.py COMMAND

run [-- ARGUMENTS]      set up the environment if needed and open the workbench (`run -- --help` lists its arguments)
run --tour DIR          drive the real window through a guided tour; screenshots, audio and tour.json go to DIR
test [ARGUMENTS]        set up the environment if needed and run all tests; arguments are passed to pytest
bench [--json FILE] [NAME ...]
                        run the benchmarks
gallery DIR             render every view in all states, themes, languages and sizes on one HTML page
serve [--port N] [--key K]
                        run only the demo service, for any client
package                 build the distributable for this platform (not available yet)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from setup_steps import display, environment, system
from setup_steps.console import SetupError, report

HANDLED_IN_TERMINAL = {"--help", "-h", "--version"}
"""Arguments that the workbench handles in the terminal, without loading Qt."""
SERIAL_TESTS = (
    "tests/audio/test_buffer.py",
    "tests/audio/test_compare_heard.py",
    "tests/audio/test_player_heard.py",
    "tests/audio/test_recorder.py",
    "tests/audio/test_talk_heard.py",
    "tests/ui/test_sound_beside_layout.py",
    "tests/ui/voices/test_microphone.py",
)
"""Tests that use a sound device in real time. They run serially, without other tests."""
WINDOW_TESTS = ("tests/e2e",)
"""Tests that drive the real window, each worker on its own desktop. They mostly wait, so they run beside the others."""
WINDOW_WORKERS = 2
MAX_WORKERS = 4
NEED_NO_DISPLAY = {"--healthcheck"}
"""Arguments that need the libraries for a window, but no display."""


def run(arguments: list[str]) -> int:
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    if HANDLED_IN_TERMINAL & set(arguments):
        environment.ensure()
        return _exec("-m", "app", *arguments)
    is_tour = any(argument.split("=")[0] == "--tour" for argument in arguments)
    if not (is_tour or display.present() or NEED_NO_DISPLAY & set(arguments)):
        raise display.missing_error()
    system.require(system.WINDOW + system.PRIVATE_DESKTOP if is_tour else system.WINDOW)
    environment.ensure()
    if is_tour and not display.present():
        with display.virtual():
            return _run("-m", "app", *arguments)
    return _exec("-m", "app", *arguments)


def test(arguments: list[str]) -> int:
    system.require(system.WINDOW + system.PRIVATE_DESKTOP)
    environment.ensure()
    os.chdir(environment.ROOT)
    if arguments:
        return _exec("-m", "pytest", *arguments)
    # The other tests run in parallel; the tests of one file stay together in one worker. `tests/conftest.py` puts the
    # longest files first, so that no worker idles at the end.
    workers = str(min(os.cpu_count() or 1, MAX_WORKERS))
    distribution = ("-n", workers, "--dist", "loadfile", "--no-loadscope-reorder")
    apart = (f"--ignore={path}" for path in (*SERIAL_TESTS, *WINDOW_TESTS))
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        windows = subprocess.Popen(
            _command(("-m", "pytest", "-n", str(WINDOW_WORKERS), "--dist", "worksteal", *WINDOW_TESTS)),
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        statuses = [_run("-m", "pytest", *distribution, *apart, "tests"), _waited(windows)]
        output.seek(0)
        print(output.read(), flush=True)
    statuses.append(_run("-m", "pytest", *SERIAL_TESTS))
    return next((status for status in statuses if status), 0)


def bench(arguments: list[str]) -> int:
    system.require(system.WINDOW + system.PRIVATE_DESKTOP)
    environment.ensure()
    return _exec("-m", "tests.benchmarks", *arguments)


def gallery(arguments: list[str]) -> int:
    system.require(system.WINDOW)
    environment.ensure()
    if not display.present():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return _exec("-m", "app.ui.gallery", *arguments)


def serve(arguments: list[str]) -> int:
    environment.ensure()
    return _exec("-m", "app.demo", *arguments)


def package(arguments: list[str]) -> int:
    raise SetupError("`package` is not available yet. Use `run` to start the workbench from this checkout.")


COMMANDS = {"run": run, "test": test, "bench": bench, "gallery": gallery, "serve": serve, "package": package}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        report(f"unknown command {arguments[0]!r}. Available commands: {', '.join(COMMANDS)}.")
        return 2
    try:
        return command(arguments[1:])
    except SetupError as reason:
        report(str(reason))
    except KeyboardInterrupt:
        report("interrupted. Run the command again to continue.")
    return 1


def _exec(*arguments: str) -> int:
    """Replace this process by the environment's Python; on Windows, run it as a child process."""
    if sys.platform == "win32":
        return _run(*arguments)
    return os.execv(environment.PYTHON, _command(arguments))


def _run(*arguments: str) -> int:
    return _waited(subprocess.Popen(_command(arguments)))


def _waited(program: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return program.wait()
        except KeyboardInterrupt:
            continue  # The program received the interrupt too and is shutting down.


def _command(arguments: tuple[str, ...]) -> list[str]:
    # -P: do not import packages named `app` or `tests` from the current directory.
    return [str(environment.PYTHON), "-P", *arguments]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
