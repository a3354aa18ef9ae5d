"""`.venv`: made from the lock file, remembered by a stamp that is written last.

Without its stamp an environment is half made (the set-up was interrupted) and is made again from nothing. When only the
lock file or the project file changed, it is brought up to date in place.
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
from .console import Stop, say

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "set-up-stamp"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, not files, and keeps others from reading them: one far behind the end hurts nobody."""


def make() -> None:
    """Make the environment, or bring it up to date. One set-up of a checkout runs at a time; the others wait.

    Raises Stop.
    """
    if _stamped() == _wanted():
        return
    with _only_one():
        stamped, wanted = _stamped(), _wanted()
        if stamped == wanted:
            return
        started = time.monotonic()
        if stamped[:1] != wanted[:1]:
            _create()
        STAMP.unlink(missing_ok=True)
        say("installing the packages (the first time: a download of about 250 MB)")
        _install()
        STAMP.write_text("\n".join(_wanted()), encoding="utf-8")
        say(f"environment ready after {time.monotonic() - started:.0f} s")


def _stamped() -> list[str]:
    try:
        return STAMP.read_text(encoding="utf-8").split("\n")
    except OSError:
        return []


def _wanted() -> list[str]:
    """Two lines: what the environment stands on, and what it was filled from.

    A checkout that moved has its old place in the scripts of `.venv`, and after an upgrade of the system
    `.venv/bin/python` may lead to another Python than the packages were installed for.
    """
    foundation = f"{VENV} {os.path.realpath(PYTHON)}" if PYTHON.is_file() else "no interpreter"
    filling = hashlib.sha256()
    for source in (ROOT / "pyproject.toml", LOCK):
        filling.update(source.read_bytes().replace(b"\r\n", b"\n"))
    return [foundation, filling.hexdigest()]


def _create() -> None:
    uv, python = pythons.uv(), pythons.find()
    if VENV.exists():
        say("the environment in .venv is unfinished or stands on a Python that is gone: making it again")
        _remove_venv()
    if uv is not None and (python is None or python.version >= pythons.NEEDS_COMPILER):
        say("making .venv with a Python 3.12 from uv")
        if _call([uv, "venv", "--quiet", "--python", "3.12", str(VENV)]):
            return
        _remove_venv()
    if python is None:
        raise pythons.none_found()
    say("making .venv with Python {}.{}".format(*python.version))
    if python.version >= pythons.NEEDS_COMPILER:
        system.require(system.COMPILER)
    if uv is not None:
        if _call([uv, "venv", "--quiet", "--python", python.path, str(VENV)]):
            return
        _remove_venv()
    if not _call([python.path, "-c", "import ensurepip"], quietly=True):
        system.require(system.VENV_SUPPORT)
    if not _call([python.path, "-m", "venv", str(VENV)]):
        raise Stop(f"{python.path} could not make .venv; the lines above say why.")


def _install() -> None:
    locked = ["--require-hashes", "-r", str(LOCK)]
    project = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    uv = pythons.uv()
    if uv is not None:
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", str(PYTHON)]
        if _call(install + locked) and _call(install + project):
            _compile()
            return
        say("uv could not install them; trying pip")
    if not _call([str(PYTHON), "-m", "pip", "--version"], quietly=True):
        _call([str(PYTHON), "-m", "ensurepip"])
    install = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    if not sys.stderr.isatty():
        install.append("-qq")
    if not (_call(install + locked) and _call(install + project)):
        raise Stop("the packages could not be installed; the lines above say why. Once that is mended, run this again.")
    _compile()


def _compile() -> None:
    """Compile the program's own modules, as an installer does.

    Where Python may not write bytecode (`PYTHONDONTWRITEBYTECODE`) every start would compile them again: 50 to 100 ms.
    """
    _call([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "app")], quietly=True)


def _remove_venv() -> None:
    """The stamp goes first, so that an interruption leaves nothing that looks finished. Raises Stop."""
    try:
        if VENV.is_symlink():
            VENV.unlink()
        elif VENV.exists():
            STAMP.unlink(missing_ok=True)
            shutil.rmtree(VENV)
    except OSError as reason:
        # Windows keeps a program that runs, and this one may be run by the very Python in there.
        raise Stop(
            f".venv must be made again and can't be removed ({reason}). Close what runs from it, "
            "then run this again with a Python outside of it."
        ) from reason


def _call(command: list[str], quietly: bool = False) -> bool:
    """Run with everything it prints on our stderr; True for exit code 0."""
    output = subprocess.DEVNULL if quietly else sys.stderr
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output) == 0


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """Hold the file of locked versions open and locked. The system lets go of it however this program ends."""
    with LOCK.open("rb") as handle:
        if not _try_lock(handle):
            say("another set-up of this checkout is running: waiting for it")
            while not _try_lock(handle):
                time.sleep(0.5)
        yield


def _try_lock(handle: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(_LOCKED_BYTE)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
