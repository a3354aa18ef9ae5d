"""What nobody in the audience is to read: paths of this computer, names of its user, hosts of services."""

from __future__ import annotations

import re
from collections.abc import Iterable

VEIL = "●●●●"
SHORTEST_NAME = 3
COMMON_NAMES = frozenset({"admin", "administrator", "guest", "home", "root", "test", "user", "users"})
"""Login names that are words: taking them out of every sentence would hide nothing and hurt much."""

_TOPS = "home|Users|root|tmp|mnt|media|private|Volumes|var|opt|srv|run|etc|usr|data"
_PART = r"[^\s/\\:\"'<>|?*,;()\[\]{}]"
_POSIX = rf"(?<![\w:/.●])(?:~|/(?:{_TOPS}))(?:/(?:{_PART}| (?={_PART}*/))*)+"
_WINDOWS = rf"(?<![\w●])[A-Za-z]:[\\/](?:(?:{_PART}| (?={_PART}*[\\/]))*[\\/])*{_PART}*"
_PATH = re.compile(rf"{_POSIX}|{_WINDOWS}|file://{_PART}*(?:/{_PART}*)*")
_URL_HOST = re.compile(r"(?<=://)(?!127\.0\.0\.1\b|localhost\b|\[::1\])[^\s/:\"'<>?#]+")


class Mask:
    """Covers such things in any text. The same text twice gives the same, and what is covered stays covered.

    `folders`: paths that are covered wherever they stand, as the program writes them. `names`: of the user and of
    accounts; those shorter than three letters and those that are ordinary words are left alone. `hosts`: of services;
    with any, hosts in addresses are covered too, but for this computer's own.
    """

    def __init__(self, folders: Iterable[str] = (), names: Iterable[str] = (), hosts: Iterable[str] = ()) -> None:
        hosts = [host for host in hosts if host]
        self._hides_hosts = bool(hosts)
        whole = sorted({folder.rstrip("/\\") for folder in folders} - {"", "/"}, key=len, reverse=True)
        self._folders = _any_of([re.escape(folder) + rf"(?:[/\\]{_PART}+)*[/\\]?" for folder in whole])
        told = {name.strip() for name in names}
        worth = [name for name in told if len(name) >= SHORTEST_NAME and name.lower() not in COMMON_NAMES]
        words = [rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(worth, key=len, reverse=True)]
        words += [rf"(?<![\w.-]){re.escape(host)}(?![\w-])" for host in sorted(hosts, key=len, reverse=True)]
        self._words = _any_of(words)

    def cover(self, text: str) -> str:
        """`text` as an audience may read it. Of a path the last part stays, where it tells nothing."""
        if self._folders is not None:
            text = self._folders.sub(_last_part, text)
        text = _PATH.sub(_last_part, text)
        if self._hides_hosts:
            text = _URL_HOST.sub(VEIL, text)
        return text if self._words is None else self._words.sub(VEIL, text)


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def _last_part(found: re.Match[str]) -> str:
    """`…/take.wav` of a file; a folder, which has no ending, is all covered: it may be somebody's name."""
    whole = found.group()
    path = whole.rstrip("./\\")
    name = re.split(r"[/\\]", path)[-1]
    covered = f"{VEIL}/{name}" if re.search(r"\w\.\w{1,8}$", name) else VEIL
    return covered + whole[len(path) :].lstrip("/\\")
