"""What nobody in the audience is to read: paths of this computer, names of its user, hosts of services."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.hosts import is_local_host

COVER = "●●●●"
SHORTEST_NAME = 3
SHORTEST_IDEOGRAPHIC_NAME = 2
COMMON_NAMES = frozenset(
    {"account", "admin", "administrator", "api", "chat", "debian", "default", "demo", "developer", "guest", "home"}
    | {"key", "live", "mimo", "office", "private", "root", "service", "session", "settings", "studio", "system"}
    | {"test", "ubuntu", "user", "users", "voice", "voices", "work", "xiaomi", "服务", "演示", "小米", "默认"}
)
"""Names that are ordinary words: taking them out of every sentence would hide nothing and hurt much."""

_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOPS = "home|Users|root|tmp|mnt|media|private|Volumes|Library|var|opt|srv|run|etc|usr|data"
_PART = r"[^\s/\\:\"'<>|?*,;()\[\]{}，。；：！？、（）「」《》“”]"
# A space belongs to a path where a separator follows within a few words.
_TAIL = rf"(?:{_PART}|[/\\]| (?=(?:{_PART}+ ){{0,4}}{_PART}+[/\\]))*"
# Nothing shows where a path ends whose last folder has a space in it: words that begin like names are taken with it.
_NAMELIKE = rf"(?:(?<![.!?/\\])(?: (?=[^\W\d_a-z]){_PART}+)*)"
_STARTS = (
    r"file://",
    r"(?<![\w:/.●])~(?=[/\\])",
    rf"(?<![A-Za-z0-9_:/.●])/(?:{_TOPS})(?=/{_PART})",
    # Any other path of two parts or more, but those of addresses on a service.
    rf"(?<![\w:/.●])/(?!v\d|api\b|anthropic\b){_PART}+(?=/{_PART})",
    r"(?<![A-Za-z0-9_●])[A-Za-z]:[\\/]",
    rf"(?<![\w\\])\\\\{_PART}+(?=[\\/])",
)
_KEY = re.compile(r"(?<![A-Za-z0-9])(?:sk|tp|ttp)-[A-Za-z0-9_-]{6,}")
"""Keys of the platform (mimo-api section 1), also those that were never saved here but only pasted."""
_USER = re.compile(r"(?<=://)[^\s/\"'<>●]+(?=@)")
_URL_HOST = re.compile(rf"(://(?:{COVER}@)?)(\[[\da-fA-F:.]+\]|[^\s/:\"'<>?#@]+)")


class PresentationMask:
    """Covers such things in any text. The same text twice gives the same, and what is covered stays covered.

    `folders`: paths that are covered wherever they stand, as the program writes them. `names`: of the user and of
    accounts; those that are very short or ordinary words are left alone. `hosts`: of services, None when hosts may be
    seen; otherwise those in addresses are covered too, but for this computer's own. Who signs in with an address
    (`user:password@`), and what looks like a key, is covered always.
    """

    def __init__(
        self, folders: Iterable[str] = (), names: Iterable[str] = (), hosts: Iterable[str] | None = None
    ) -> None:
        self._hides_hosts = hosts is not None
        whole = sorted({folder.rstrip("/\\") for folder in folders} - {""}, key=len, reverse=True)
        starts = [rf"(?i:{re.escape(folder)})(?![\w-])" for folder in whole]
        self._path = re.compile(rf"((?:{'|'.join([*starts, *_STARTS])}){_TAIL})({_NAMELIKE})")
        told = sorted({name.strip() for name in names}, key=len, reverse=True)
        words = [_standing_alone(name) for name in told if _is_telling(name)]
        words += [
            rf"(?<![\w.-]){re.escape(host)}(?![\w-])" for host in sorted({*(hosts or ())} - {""}, key=len, reverse=True)
        ]
        self._words = re.compile("|".join(words), re.IGNORECASE) if words else None

    def cover(self, text: str) -> str:
        """`text` as an audience may read it. Of a path the last part stays, where it tells nothing."""
        text = _KEY.sub(COVER, _USER.sub(COVER, self._path.sub(_last_part, text)))
        if self._hides_hosts:
            text = _URL_HOST.sub(_covered_host, text)
        return text if self._words is None else self._words.sub(COVER, text)


def _covered_host(found: re.Match[str]) -> str:
    """Cover the host of a URL unless it is this computer; punctuation of the sentence may follow the host."""
    before, host = found.groups()
    name = re.match(r"\[.*\]|[\w.-]*", host)
    return found.group() if name is not None and is_local_host(name.group()) else before + COVER


def _is_telling(name: str) -> bool:
    least = SHORTEST_IDEOGRAPHIC_NAME if re.search(f"[{_IDEOGRAPH}]", name) else SHORTEST_NAME
    return len(name) >= least and name.lower() not in COMMON_NAMES


def _standing_alone(name: str) -> str:
    """A pattern for `name` as a word of its own; Chinese is written without any space between words."""
    edge = rf"[^\W_{_IDEOGRAPH}]"
    before = "" if re.match(f"[{_IDEOGRAPH}]", name) else f"(?<!{edge})"
    behind = "" if re.search(f"[{_IDEOGRAPH}]$", name) else f"(?!{edge})"
    return before + re.escape(name) + behind


def _last_part(found: re.Match[str]) -> str:
    """`…/take.wav` of a file; a folder, which has no ending, is all covered: it may be somebody's name."""
    whole, words = found.groups()
    path = whole.rstrip("./\\")
    name = re.split(r"[/\\]", path)[-1]
    if re.search(r"\w\.\w{1,8}$", name):
        return f"{COVER}/{name}{whole[len(path) :]}{words}"
    return COVER + whole[len(path) :].lstrip("/\\")
