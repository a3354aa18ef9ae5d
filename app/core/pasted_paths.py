"""Reads a path the way people paste it: quoted, escaped, with `file://` or `~`."""

from __future__ import annotations

import os
import re
import shlex
import sys
import unicodedata
from pathlib import Path
from urllib.parse import unquote, urlsplit

_PAIRS = ('""', "''", "“”", "‘’", "„“”", "‚‘’", "«»", "»«", "``", "<>", "「」", "『』", "《》", "〈〉")
_QUOTES = {pair[0]: pair[1:] for pair in _PAIRS}
"""The characters that may close a quotation, by the one that opens it."""
_COPIED_FILES = ("x-special/nautilus-clipboard", "copy", "cut")
"""Lines before the addresses of the files that file managers put on the clipboard."""
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_SHELL_ESCAPE = re.compile(r"\\([^A-Za-z0-9/\\])")


def pasted_path(text: str) -> Path | None:
    """The path meant by `text`; None where it holds none. Nothing on the disk is needed to read it, but helps.

    Understands surrounding blanks and quotes, `file://` addresses with percent signs, `~` and `~user`, the backslashes
    that terminals write before blanks, environment variables (`$HOME`), and the invisible characters that some
    programs put around a copied path; the quoting of shells, of several paths the first; letters with accents in one
    character or two. What is a path as it stands is never read in another way. Of several lines the first that is not
    empty counts. Raises nothing.
    """
    if "\n" not in text and text.strip() and _exists(Path(text)):
        return Path(text)
    lines = [line.strip().strip(_INVISIBLE).strip() for line in text.splitlines()]
    named = [line for line in lines if line]
    while len(named) > 1 and named[0] in _COPIED_FILES:
        del named[0]
    line = named[0] if named else ""
    if not line:
        return None
    readings = _readings(line)
    for form in (None, "NFC", "NFD"):
        for reading in readings:
            candidate = reading if form is None else Path(unicodedata.normalize(form, str(reading)))
            if _exists(candidate):
                return candidate
    return readings[-1]


def _readings(line: str) -> list[Path]:
    """How `line` can be read, the literal one first, the most usual one last."""
    readings = [line]
    bare = _unquoted(line)
    readings.append(bare)
    if bare[:5].lower() == "file:":
        readings.append(_from_url(bare))
    else:
        if sys.platform != "win32":
            readings += _as_in_a_shell(line)
        is_escaped = bare == line and sys.platform != "win32"
        readings.append(_SHELL_ESCAPE.sub(r"\1", bare) if is_escaped else bare)
        readings.append(os.path.expandvars(readings[-1]))
    return [_expanded(reading) for reading in readings if "\0" not in reading] or [Path()]


def _as_in_a_shell(line: str) -> list[str]:
    """The first word of a command line, as a file dropped on a terminal is written: `'it'\\''s here.wav'`."""
    if not any(character in line for character in "\"'\\"):
        return []
    try:
        return shlex.split(line)[:1]
    except ValueError:
        return []


def _unquoted(line: str) -> str:
    while len(line) > 1 and line[-1] in _QUOTES.get(line[0], ""):
        line = line[1:-1].strip()
    return line


def _from_url(url: str) -> str:
    parts = urlsplit(url.replace("\\", "/"))
    path = unquote(parts.path) if "?" not in url and "#" not in url else unquote(url[5:].removeprefix("//"))
    host = parts.netloc if parts.netloc.lower() not in ("", "localhost") else ""
    if re.match(r"/[A-Za-z]:", path):
        path = path[1:]  # file:///C:/…
    return f"//{host}{path}" if host else path


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except (RuntimeError, ValueError):
        return Path(text)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
