"""Creates `.venv` from the lock file. A stamp file, written last, marks it as complete.

An environment without the stamp is incomplete (set-up was interrupted) and is created again from scratch. If only the
lock file or the project file has changed, it is updated in place.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from . import pythons, system
from .console import SetupError, report

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "set-up-stamp"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

_LOCKED_BYTE_OFFSET = 1 << 30
"""Windows locks byte ranges and blocks reading them; a byte far beyond the end of the file is safe to lock."""


def ensure() -> None:
    """Create or update the environment. Only one set-up per checkout runs at a time; others wait.

    Raises SetupError.
    """
    if _read_stamp() == _expected_stamp():
        return
    with _set_up_lock():
        stamp, expected = _read_stamp(), _expected_stamp()
        if stamp == expected:
            return
        started = time.monotonic()
        if stamp[:1] != expected[:1]:
            _create()
        STAMP.unlink(missing_ok=True)
        report("installing the packages (the first time: a download of about 250 MB)")
        _install()
        STAMP.write_text("\n".join(_expected_stamp()), encoding="utf-8")
        report(f"environment ready after {time.monotonic() - started:.0f} s")


def _read_stamp() -> list[str]:
    try:
        return STAMP.read_text(encoding="utf-8").split("\n")
    except OSError:
        return []


def _expected_stamp() -> list[str]:
    """Two lines: path and interpreter of the environment, and a hash of the files it is installed from.

    The scripts in `.venv` contain its path, so a checkout that was moved needs a new environment. So does one whose
    `.venv/bin/python` leads to another Python after a system upgrade.
    """
    base = f"{VENV} {os.path.realpath(PYTHON)}" if PYTHON.is_file() else "no interpreter"
    content_hash = hashlib.sha256()
    for source in (ROOT / "pyproject.toml", LOCK):
        content_hash.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return [base, content_hash.hexdigest()]


def _create() -> None:
    uv, python = pythons.uv(), pythons.find()
    if VENV.exists():
        report("the environment in .venv is incomplete or its Python is missing: creating it again")
        _remove_venv()
    if uv is not None and (python is None or python.version >= pythons.NEEDS_COMPILER):
        report("creating .venv with Python 3.12 from uv")
        if _run([uv, "venv", "--quiet", "--python", "3.12", str(VENV)]):
            return
        _remove_venv()
    if python is None:
        raise pythons.not_found_error()
    report("creating .venv with Python {}.{}".format(*python.version))
    if python.version >= pythons.NEEDS_COMPILER:
        system.require(system.COMPILER)
    if uv is not None:
        if _run([uv, "venv", "--quiet", "--python", python.path, str(VENV)]):
            return
        _remove_venv()
    if not _run([python.path, "-c", "import ensurepip"], quiet=True):
        system.require(system.VENV_SUPPORT)
    if not _run([python.path, "-m", "venv", str(VENV)]):
        raise SetupError(f"{python.path} could not create .venv; see the output above.")


def _install() -> None:
    locked = ["--require-hashes", "-r", str(LOCK)]
    project = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    uv = pythons.uv()
    if uv is not None:
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
        if _run(install + locked) and _run(install + project):
            _compile()
            return
        report("uv could not install the packages; trying pip")
    if not _run([str(PYTHON), "-m", "pip", "--version"], quiet=True):
        _run([str(PYTHON), "-m", "ensurepip"])
    install = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    if not sys.stderr.isatty():
        install.append("-qq")
    if not (_run(install + locked) and _run(install + project)):
        raise SetupError(
            "the packages could not be installed; see the output above. Fix the problem, then run this again."
        )
    _compile()


def _compile() -> None:
    """Compile the program's own modules, as an installer does.

    Where Python may not write bytecode (`PYTHONDONTWRITEBYTECODE`) every start would compile them again: 50 to 100 ms.
    """
    _run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "app")], quiet=True)


def _remove_venv() -> None:
    """Remove the environment, its stamp first, so that an interruption never leaves it marked as complete.

    Raises SetupError.
    """
    try:
        if VENV.is_symlink():
            VENV.unlink()
        elif VENV.exists():
            STAMP.unlink(missing_ok=True)
            shutil.rmtree(VENV)
    except OSError as reason:
        # Windows can't delete a running program, and this script may be running in the environment's own Python.
        raise SetupError(
            f".venv must be created again, but it can't be removed ({reason}). Close the programs that run from it, "
            "then run this again with a Python outside of it."
        ) from reason


def _run(command: list[str], quiet: bool = False) -> bool:
    """Run a command with its output on stderr, and return whether it succeeded."""
    output = subprocess.DEVNULL if quiet else sys.stderr
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output) == 0


@contextlib.contextmanager
def _set_up_lock() -> Iterator[None]:
    """Hold a lock on the lock file. The system releases it however this process ends."""
    with LOCK.open("rb") as handle:
        if not _try_lock(handle):
            report("another set-up of this checkout is running: waiting for it")
            while not _try_lock(handle):
                time.sleep(0.5)
        yield


def _try_lock(handle: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(_LOCKED_BYTE_OFFSET)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
