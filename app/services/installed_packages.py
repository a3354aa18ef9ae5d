"""Lists installed packages with version and licence, and collects diagnostics."""

from __future__ import annotations

import platform
import re
import sqlite3
import ssl
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import msgspec

DISTRIBUTION = "mimo-workbench"
ROOTS = (
    "PySide6-Essentials", "qasync", "httpx", "msgspec", "numpy", "sounddevice", "soundfile", "soxr",
    "pyebur128", "pulsectl", "keyring", "platformdirs", "markdown-it-py", "mdit-py-plugins", "Pygments", "jsonschema",
    "jiter", "ziamath", "starlette", "uvicorn", "espeakng-loader", "pyworld-prebuilt", "pillow",
)  # fmt: skip
"""Direct dependencies, including those of the demo service; the rest follows from these."""
LOG_LINES = 40
_LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)
_SHORTEST_PATH = 3


class Package(msgspec.Struct, frozen=True):
    """One installed package."""

    name: str
    version: str
    licence: str


LIBRARIES = (
    ("PySide6-Essentials", "Qt", "LGPL-3.0-only"),
    ("sounddevice", "PortAudio", "MIT"),
    ("soundfile", "libsndfile", "LGPL-2.1-or-later"),
    ("espeakng-loader", "eSpeak NG", "GPL-3.0-or-later"),
)
"""Native libraries: the package that contains it, its name, its licence."""


def installed_parts() -> tuple[Package, ...]:
    """Return all packages by name, including transitive dependencies. Reads many files: call it in a thread."""
    found: dict[str, Package] = {
        "python": Package("Python", platform.python_version(), "PSF-2.0"),
        "sqlite": Package("SQLite", sqlite3.sqlite_version, "public domain"),
        "openssl": Package("OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0"),
    }
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        try:
            part = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        key = _plain(part.metadata["Name"])
        if key in found:
            continue
        found[key] = Package(part.metadata["Name"], part.version, _licence(part))
        # Skip dependencies of extras and of other platforms.
        waiting += [re.split(r"[ ;<>=!~(\[]", line, maxsplit=1)[0] for line in part.requires or () if ";" not in line]
    for bringer, name, licence in LIBRARIES:
        if _plain(bringer) in found:
            found[_plain(name)] = Package(name, "", licence)
    return tuple(found[key] for key in sorted(found))


def licence_text(name: str) -> str:
    """Return the licence text shipped with a package, or an empty string."""
    try:
        files = metadata.distribution(name).files or ()
    except metadata.PackageNotFoundError:
        return ""  # A native library, or part of Python.
    texts = []
    for file in files:
        path = Path(str(file.locate()))
        if ".dist-info" in str(file) and _LICENCE_FILE.search(file.name) and path.is_file():
            texts.append(path.read_text(encoding="utf-8", errors="replace").strip())
    return "\n\n".join(texts)


def diagnostics(version: str, more: Sequence[str], log: Path) -> str:
    """Return versions, the platform, the caller's lines `more` and the end of the log, without personal data."""
    lines = [
        f"MiMo Workbench {version}",
        f"{platform.platform()}, {platform.machine()}, Python {platform.python_version()}",
        *more,
        ", ".join(f"{part.name} {part.version}" for part in installed_parts() if part.version),
    ]
    try:
        lines += ["", *log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]]
    except OSError:
        lines += ["", f"no log: {log.name}"]
    return _without_user("\n".join(lines))


def _licence(part: metadata.Distribution) -> str:
    about = part.metadata
    named = [*about.get_all("License-Expression", []), *about.get_all("License", [])]
    licence = named[0] if named else ""
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if "License ::" in line]
    # Some packages have the whole text there.
    short = licence.splitlines()[0] if licence and len(licence) < 200 else ""
    return short or ", ".join(kinds)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _without_user(text: str) -> str:
    """Remove the paths of the user's folder and of the installation."""
    home = str(Path.home())
    if len(home) >= _SHORTEST_PATH:
        text = text.replace(home, "~")
    return text.replace(sys.prefix, "<python>") if sys.prefix != home else text
