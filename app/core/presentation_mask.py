"""Hides paths, user names, keys and hosts from an audience in presentation mode."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.core.hosts import is_local_host

COVER = "●●●●"
MIN_NAME_LENGTH = 3
MIN_IDEOGRAPHIC_NAME_LENGTH = 2
COMMON_NAMES = frozenset(
    {"account", "admin", "administrator", "api", "chat", "debian", "default", "demo", "developer", "guest", "home"}
    | {"key", "live", "mimo", "office", "private", "root", "service", "session", "settings", "studio", "system"}
    | {"test", "ubuntu", "user", "users", "voice", "voices", "work", "xiaomi", "服务", "演示", "小米", "默认"}
)
"""Names that are ordinary words: covering them in every sentence would hide nothing and make text unreadable."""

_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOP_FOLDERS = "home|Users|root|tmp|mnt|media|private|Volumes|Library|var|opt|srv|run|etc|usr|data"
_NAME = r"[^\s/\\:\"'<>|?*,;()\[\]{}，。；：！？、（）「」《》“”]"
# A space belongs to a path if a separator follows within a few words.
_TAIL = rf"(?:{_NAME}|[/\\]| (?=(?:{_NAME}+ ){{0,4}}{_NAME}+[/\\]))*"
# The end of a path whose last folder has a space is unknown: following words that begin like names are covered too.
_CAPITALISED_WORDS = rf"(?:(?<![.!?/\\])(?: (?=[^\W\d_a-z]){_NAME}+)*)"
_STARTS = (
    r"file://",
    r"(?<![\w:/.●])~(?=[/\\])",
    rf"(?<![A-Za-z0-9_:/.●])/(?:{_TOP_FOLDERS})(?=/{_NAME})",
    # Any other path of two or more parts, except URL paths of a service.
    rf"(?<![\w:/.●])/(?!v\d|api\b|anthropic\b){_NAME}+(?=/{_NAME})",
    r"(?<![A-Za-z0-9_●])[A-Za-z]:[\\/]",
    rf"(?<![\w\\])\\\\{_NAME}+(?=[\\/])",
)
_KEY = re.compile(r"(?<![A-Za-z0-9])(?:sk|tp|ttp)-[A-Za-z0-9_-]{6,}")
"""Keys of the platform (WIRE.md section 1), also ones that were pasted but never saved."""
_QUOTED_KEY = re.compile(r"(?<!\w)(?:sk|tp|ttp)-[\w-]{0,12}(?:[*●•]{2,}|…|\.{3,})[\w-]{2,8}(?![\w-])")
"""The beginning and the end of a key, as services quote it."""
_USER = re.compile(r"(?<=://)[^\s/\"'<>●]+(?=@)")
_URL_HOST = re.compile(rf"(://(?:{COVER}@)?)(\[[\da-fA-F:.]+\]|[^\s/:\"'<>?#@]+)")


class PresentationMask:
    """Covers private data in text. Covering is deterministic and idempotent.

    Credentials in URLs (`user:password@`) and anything that looks like a key are always covered.
    """

    def __init__(
        self, folders: Iterable[str] = (), names: Iterable[str] = (), hosts: Iterable[str] | None = None
    ) -> None:
        """`folders` are paths as the program writes them.

        `names` are those of the user and of accounts; very short ones and ordinary words are not covered. `hosts` are
        those of services: None leaves all hosts visible, otherwise every host in a URL that is not local is covered.
        """
        self._hides_hosts = hosts is not None
        folders_by_length = sorted({folder.rstrip("/\\") for folder in folders} - {""}, key=len, reverse=True)
        starts = [rf"(?i:{re.escape(folder)})(?![\w-])" for folder in folders_by_length]
        self._path = re.compile(rf"((?:{'|'.join([*starts, *_STARTS])}){_TAIL})({_CAPITALISED_WORDS})")
        names_by_length = sorted({name.strip() for name in names}, key=len, reverse=True)
        patterns = [_whole_word(name) for name in names_by_length if _is_identifying(name)]
        patterns += [
            rf"(?<![\w.-]){re.escape(host)}(?![\w-])" for host in sorted({*(hosts or ())} - {""}, key=len, reverse=True)
        ]
        self._names = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def apply(self, text: str) -> str:
        """Return `text` with private data covered. The last part of a path stays visible if it is a file name."""
        text = _QUOTED_KEY.sub(COVER, text)
        text = _KEY.sub(COVER, _USER.sub(COVER, self._path.sub(_covered_path, text)))
        if self._hides_hosts:
            text = _URL_HOST.sub(_covered_host, text)
        return text if self._names is None else self._names.sub(COVER, text)


def _covered_host(found: re.Match[str]) -> str:
    """Cover the host of a URL unless it is this computer; punctuation of the sentence may follow the host."""
    before, host = found.groups()
    name = re.match(r"\[.*\]|[\w.-]*", host)
    return found.group() if name is not None and is_local_host(name.group()) else before + COVER


def _is_identifying(name: str) -> bool:
    min_length = MIN_IDEOGRAPHIC_NAME_LENGTH if re.search(f"[{_IDEOGRAPH}]", name) else MIN_NAME_LENGTH
    return len(name) >= min_length and name.lower() not in COMMON_NAMES


def _whole_word(name: str) -> str:
    """A pattern for `name` as a whole word; Chinese has no spaces between words."""
    edge = rf"[^\W_{_IDEOGRAPH}]"
    before = "" if re.match(f"[{_IDEOGRAPH}]", name) else f"(?<!{edge})"
    after = "" if re.search(f"[{_IDEOGRAPH}]$", name) else f"(?!{edge})"
    return before + re.escape(name) + after


def _covered_path(found: re.Match[str]) -> str:
    """Cover a path except the name of a file; a name without extension may be a folder named after a person."""
    whole, words = found.groups()
    path = whole.rstrip("./\\")
    name = re.split(r"[/\\]", path)[-1]
    if re.search(r"\w\.\w{1,8}$", name):
        return f"{COVER}/{name}{whole[len(path) :]}{words}"
    return COVER + whole[len(path) :].lstrip("/\\")
