"""The packages the program consists of, with version and licence, and the diagnostics text for a bug report."""

from __future__ import annotations

import platform
import re
import sqlite3
import ssl
import sys
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

DISTRIBUTION = "mimo-workbench"
EXTRAS = frozenset({"demo"})
"""Extras of the project that are part of the program; `dev` and `bench` are for working on it."""
LOG_LINES = 40
_REQUIREMENT = re.compile(r"\s*([\w.-]+)\s*(?:\[([^]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([^\"']+)")
_LICENCE_FILE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)
_SHORTEST_PATH = 3


class Package(msgspec.Struct, frozen=True):
    """An installed package, or a library that a package contains."""

    name: str
    version: str
    licence: str


LIBRARIES = (
    ("PySide6-Essentials", "Qt", "LGPL-3.0-only"),
    ("sounddevice", "PortAudio", "MIT"),
    ("soundfile", "libsndfile", "LGPL-2.1-or-later"),
    ("soxr", "libsoxr", "LGPL-2.1-or-later"),
    ("pymediainfo", "MediaInfoLib", "BSD-2-Clause"),
    ("espeakng-loader", "eSpeak NG", "GPL-3.0-or-later"),
)
"""Native libraries inside packages: the package, the library's name, its licence."""


def installed_packages() -> tuple[Package, ...]:
    """The project's dependencies and everything they depend on, by name.

    Follows the requirements in the metadata of the installed distributions, beginning with this project's. Reads many
    small files: call it in a thread.
    """
    packages: dict[str, Package] = {
        "python": Package("Python", platform.python_version(), "PSF-2.0"),
        "sqlite": Package("SQLite", sqlite3.sqlite_version, "public domain"),
        "openssl": Package("OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0"),
    }
    visited: set[tuple[str, frozenset[str]]] = set()
    pending = [(DISTRIBUTION, EXTRAS)]
    while pending:
        name, extras = pending.pop()
        if (_normalised(name), extras) in visited:
            continue
        visited.add((_normalised(name), extras))
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # Required on another platform or by another version of Python.
        key = _normalised(name)
        if key != DISTRIBUTION:
            packages[key] = Package(distribution.metadata["Name"], distribution.version, _licence(distribution))
        pending += _requirements(distribution, extras)
    for package, library, licence in LIBRARIES:
        if _normalised(package) in packages:
            packages[_normalised(library)] = Package(library, "", licence)
    return tuple(packages[key] for key in sorted(packages))


def _requirements(distribution: metadata.Distribution, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Names and extras of what `distribution` requires, with `extras` of its own installed.

    Other markers are not evaluated: what they exclude is not installed.
    """
    for line in distribution.requires or ():
        requirement, _, marker = line.partition(";")
        parsed = _REQUIREMENT.match(requirement)
        required_by = _EXTRA.search(marker)
        if parsed is None or (required_by is not None and required_by[1] not in extras):
            continue
        yield parsed[1], frozenset(filter(None, re.split(r"[\s,]+", parsed[2] or "")))


def licence_text(name: str) -> str:
    """The licence files that the package contains; empty when it contains none."""
    try:
        files = metadata.distribution(name).files or ()
    except metadata.PackageNotFoundError:
        return ""  # A native library, or Python itself.
    texts = []
    for file in files:
        path = Path(str(file.locate()))
        if ".dist-info" in str(file) and _LICENCE_FILE.search(file.name) and path.is_file():
            texts.append(path.read_text(encoding="utf-8", errors="replace").strip())
    return "\n\n".join(texts)


def diagnostics(version: str, more: Sequence[str], log: Path) -> str:
    """Versions, platform, the lines in `more` and the end of the log, without the user's name and home folder."""
    lines = [
        f"MiMo Workbench {version}",
        f"{platform.platform()}, {platform.machine()}, Python {platform.python_version()}",
        *more,
        ", ".join(f"{package.name} {package.version}" for package in installed_packages() if package.version),
    ]
    try:
        lines += ["", *log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]]
    except OSError:
        lines += ["", f"no log: {log.name}"]
    return _without_user("\n".join(lines))


def _licence(distribution: metadata.Distribution) -> str:
    about = distribution.metadata
    fields = [*about.get_all("License-Expression", []), *about.get_all("License", [])]
    licence = next((field for field in fields if field != "UNKNOWN"), "")
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if "License ::" in line]
    # Some packages put the whole licence text into the field.
    short = licence.splitlines()[0] if licence and len(licence) < 200 else ""
    return short or ", ".join(kinds)


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _without_user(text: str) -> str:
    """Replace the home folder, which contains the user's name, and the path of the environment."""
    home = str(Path.home())
    if len(home) >= _SHORTEST_PATH:
        text = text.replace(home, "~")
    return text.replace(sys.prefix, "<python>") if sys.prefix != home else text
