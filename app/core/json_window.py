"""Shows any JSON value or text as a bounded text, in which what is long is replaced by tokens.

The text of a JSON value is JSON itself, so that it can be edited: a token such as `‹jpeg, 549 KB›` stands for a part of
the value. Opening it shows the next piece of that part; `restore` puts all of them back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

from app.core.elided_files import ELIDED
from app.core.json_long_strings import (
    LongString,
    copied,
    decoded,
    unescaped,
    whole_escapes,
)
from app.core.json_occurrences import Occurrences
from app.core.json_tokens import TOKEN, like_tokens

Kind = Literal["text", "media", "items", "fields", "list", "object"]
Label = Callable[[Kind, int, str], str]
"""Names a folded part by its kind, its size (characters, bytes, items or fields) and the format of a file."""

LINE_LENGTH = 58
"""Characters; a list or object that fits is written on one line."""
MAX_STRING = 1_000
"""Characters; a longer string is folded."""
STRING_HEAD = 240
"""Characters shown of a folded string."""
PIECE_LENGTH = 8_000
"""Characters shown when a string is opened, each time."""
PAGE_LENGTH = 100
"""Items or fields shown of a longer list or object, at first and each time it is opened."""
MAX_LINES = 400
"""Lines made at once; lists and objects beyond are folded."""
MAX_DEPTH = 40
TEXT_PIECE_LENGTH = 40_000
"""Characters shown at first, and each time more is opened, of a text that is no JSON."""

_CONTEXT = 120
_DATA_URL = re.compile(r"data:(?:[\w.+-]+/)?([\w.+-]+)?[^,]{0,80},")
_BASE64 = re.compile(r"[A-Za-z0-9+/=_-]{200}")


class Folded(NamedTuple):
    """What a token stands for: the range `start` to `end` of a string, list or object, or all of `value`.

    `is_raw` says that `value` is the whole JSON text, of which the range is in a string and so has escapes.
    """

    kind: Kind
    value: Any
    start: int
    end: int
    is_raw: bool = False


class JsonFault(ValueError):
    """A text that is no JSON. `line` and `column` count from 1; `reason` is that of the json module."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.column, self.reason = line, column, reason


class JsonWindow:
    """The bounded text of a JSON value, or of a text that is none.

    Attributes:
        is_json: whether the whole is JSON, and not shown as plain text.
    """

    def __init__(self, raw: str, label: Label) -> None:
        """Parses `raw`, which takes a while for megabytes: create it in a thread."""
        self._label = label
        self._folded: dict[str, Folded] = {}
        self._literal = like_tokens(raw)
        self._room = MAX_LINES
        self._found: Occurrences | None = None
        value, self.is_json, self._has_long = decoded(raw)
        whole = Folded("text", raw, 0, len(raw))
        self.text = self._shown(value, 0) if self.is_json else self._pieces(whole, TEXT_PIECE_LENGTH)

    def tokens(self, text: str) -> Iterator[tuple[int, int, Folded]]:
        """The tokens in a text with their places, in order."""
        if "‹" not in text:
            return
        for found in TOKEN.finditer(text):
            folded = self._folded.get(found.group())
            if folded is not None:
                yield found.start(), found.end(), folded

    def open(self, folded: Folded, indent: int) -> str:
        """The next piece of a folded part, in the place of its token (see `place`); `indent` is that of its line."""
        self._room = MAX_LINES
        value, start, end = folded.value, folded.start, folded.end
        match folded.kind:
            case "text" | "media":
                return self._pieces(folded, PIECE_LENGTH if self.is_json else TEXT_PIECE_LENGTH)
            case "items":
                return self._joined(self._items(value, start, end, indent), indent)
            case "fields":
                return self._joined(self._fields(value, start, end, indent), indent)
            case _:
                return self._shown(value, indent)

    def place(self, text: str, start: int, end: int, folded: Folded) -> tuple[int, int]:
        """The range that `open` and `reveal` replace: the token, with what surrounds it where it stands for a value."""
        if folded.kind in ("text", "media"):
            return start, end
        after = text[end : end + 7]
        return start - 1, end + (7 if folded.kind == "fields" and after == '": null' else 1)

    def count(self, folded: Folded, needle: str) -> int:
        """How often a text occurs in a folded part, whether in capitals or not."""
        if folded.kind in ("text", "media"):
            return len(self._occurrences(needle).places(folded))
        return self._occurrences(needle).count(folded)

    def reveal(self, folded: Folded, needle: str, indent: int, *, last: bool = False) -> str | None:
        """A folded part opened around its first or last occurrence of a text; None if it has none.

        The occurrence itself may be in a token of the result, of a smaller part.
        """
        self._room = MAX_LINES
        value, start, end = folded.value, folded.start, folded.end
        if folded.kind in ("text", "media"):
            occurrences = self._occurrences(needle)
            places = occurrences.places(folded)
            if not places:
                return None
            found = places[-1 if last else 0]
            head = max(start, found - _CONTEXT)
            tail = min(end, found + occurrences.length(folded) + PIECE_LENGTH // 8)
            if folded.is_raw:
                head, tail = max(start, whole_escapes(value, head)), whole_escapes(value, tail)
            before = "" if head == start else self._token(folded._replace(end=head))
            after = "" if tail == end else self._token(folded._replace(start=tail))
            return before + self._part(folded._replace(start=head, end=tail)) + after
        if folded.kind in ("list", "object"):
            return self._shown(value, indent) if self.count(folded, needle) else None
        at = self._occurrences(needle).item(folded, last=last)
        if at is None:
            return None
        parts = [] if at == start else [self._quoted(Folded(folded.kind, value, start, at))]
        if folded.kind == "items":
            parts.append(self._shown(value[at], indent))
        else:
            parts += self._fields(value, at, at + 1, indent)
        if at + 1 < end:
            parts.append(self._quoted(Folded(folded.kind, value, at + 1, end)))
        return self._joined(parts, indent)

    def restore(self, text: str) -> Any:
        """The value of an edited text, with everything that is folded in it. Raises JsonFault."""
        try:
            return self._restored(json.loads(text))
        except json.JSONDecodeError as error:
            raise JsonFault(error.lineno, error.colno, error.msg) from error
        except RecursionError as error:
            raise JsonFault(1, 1, "Too deep") from error

    def _restored(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._restored_string(value) if "‹" in value else value
        if isinstance(value, list):
            items: list[Any] = []
            for item in value:
                folded = self._folded.get(item) if isinstance(item, str) else None
                if folded is not None and folded.kind == "items":
                    items += self._copied(folded.value[folded.start : folded.end])
                else:
                    items.append(self._restored(item))
            return items
        if isinstance(value, dict):
            fields: dict[str, Any] = {}
            for name, item in value.items():
                folded = self._folded.get(name)
                if folded is not None and folded.kind == "fields":
                    fields |= self._copied(dict(list(folded.value.items())[folded.start : folded.end]))
                else:
                    fields[self._restored_string(name) if "‹" in name else name] = self._restored(item)
            return fields
        return value

    def _copied(self, value: Any) -> Any:
        return copied(value) if self._has_long else value

    def _restored_string(self, text: str) -> Any:
        whole = self._folded.get(text)
        if whole is not None and whole.kind in ("list", "object"):
            return self._copied(whole.value)

        def original(found: re.Match[str]) -> str:
            folded = self._folded.get(found.group())
            if folded is None or folded.kind not in ("text", "media"):
                return found.group()
            part = str(folded.value[folded.start : folded.end])
            return unescaped(part) if folded.is_raw else part

        return TOKEN.sub(original, text)

    # -- writing --------------------------------------------------------------------------------------------------

    def _shown(self, value: Any, indent: int, depth: int = 0) -> str:
        if isinstance(value, str):
            return self._string(value)
        if isinstance(value, LongString):
            return self._long_string(value)
        if not isinstance(value, (dict, list)) or not value:
            return json.dumps(value, ensure_ascii=False)
        inline = self._inline(value, LINE_LENGTH - indent) if indent else None
        if inline is not None:
            return inline
        kind: Kind = "object" if isinstance(value, dict) else "list"
        if self._room <= 0 or depth > MAX_DEPTH:
            return self._quoted(Folded(kind, value, 0, len(value)))
        within = indent + 2
        if isinstance(value, dict):
            parts, edges = self._fields(value, 0, len(value), within, depth + 1), "{}"
        else:
            parts, edges = self._items(value, 0, len(value), within, depth + 1), "[]"
        blank = "\n" + " " * within
        return edges[0] + blank + self._joined(parts, within) + "\n" + " " * indent + edges[1]

    def _items(self, value: list[Any], start: int, end: int, indent: int, depth: int = 0) -> list[str]:
        stop = start + PAGE_LENGTH if end - start > PAGE_LENGTH * 5 // 4 else end
        parts: list[str] = []
        for at in range(start, stop):
            if self._room <= 0 and at > start:
                stop = at
                break
            parts.append(self._shown(value[at], indent, depth))
            self._room -= 1
        if stop < end:
            parts.append(self._quoted(Folded("items", value, stop, end)))
        return parts

    def _fields(self, value: dict[str, Any], start: int, end: int, indent: int, depth: int = 0) -> list[str]:
        stop = start + PAGE_LENGTH if end - start > PAGE_LENGTH * 5 // 4 else end
        parts: list[str] = []
        for at, (name, item) in enumerate(value.items()):
            if at < start:
                continue
            if at >= stop or (self._room <= 0 and at > start and depth > 1):
                parts.append(self._quoted(Folded("fields", value, at, end)))
                break
            parts.append(f"{self._string(name)}: {self._shown(item, indent, depth)}")
            self._room -= 1
            if at + 1 == end:
                break
        return parts

    def _inline(self, value: Any, room: int) -> str | None:
        """A list or object on one line, None if it does not fit."""
        if isinstance(value, LongString):
            return None
        if isinstance(value, str):
            if len(value) > room or len(value) > MAX_STRING or ELIDED.search(value):
                return None
            text = json.dumps(value, ensure_ascii=False)
        elif not isinstance(value, (dict, list)) or not value:
            text = json.dumps(value, ensure_ascii=False)
        else:
            parts, left = [], room - 4
            named = value.items() if isinstance(value, dict) else ((None, item) for item in value)
            for name, item in named:
                key = "" if name is None else json.dumps(name, ensure_ascii=False) + ": "
                part = self._inline(item, left - len(key))
                if part is None:
                    return None
                parts.append(key + part)
                left -= len(key) + len(part) + 2
                if left < -2:
                    return None
            text = ", ".join(parts)
            text = f"{{ {text} }}" if isinstance(value, dict) else f"[{text}]"
        return text if len(text) <= room else None

    def _joined(self, parts: list[str], indent: int) -> str:
        return (",\n" + " " * indent).join(parts)

    def _string(self, value: str) -> str:
        folded = self._fold_string(value)
        return f'"{self._escaped(value)}"' if folded is None else f'"{folded}"'

    def _fold_string(self, value: str) -> str | None:
        if len(value) <= LINE_LENGTH:
            return None
        if ELIDED.fullmatch(value) or (len(value) > STRING_HEAD and _media(value) is not None):
            return self._token(Folded("media", value, 0, len(value)))
        if len(value) <= MAX_STRING:
            return None
        head = self._escaped(value[:STRING_HEAD])
        return head + self._token(Folded("text", value, STRING_HEAD, len(value)))

    def _long_string(self, value: LongString) -> str:
        whole = Folded("text", value.raw, value.start, value.end, is_raw=True)
        head, tail = value.raw[value.start : value.start + MAX_STRING], value.raw[value.end - STRING_HEAD : value.end]
        if _DATA_URL.match(head) or (_BASE64.match(head) and _BASE64.match(tail)):
            return f'"{self._token(whole._replace(kind="media"))}"'
        return f'"{self._pieces(whole, STRING_HEAD)}"'

    def _pieces(self, folded: Folded, length: int) -> str:
        """The next piece of a string, and a token for what follows."""
        start, end = folded.start, folded.end
        stop = start + length if end - start > length * 5 // 4 else end
        if folded.is_raw and stop < end:
            stop = whole_escapes(folded.value, stop)
        rest = "" if stop == end else self._token(folded._replace(kind="text", start=stop))
        return self._part(folded._replace(end=stop)) + rest

    def _part(self, folded: Folded) -> str:
        """A part of a string as it is written."""
        part = str(folded.value[folded.start : folded.end])
        return part if folded.is_raw else self._escaped(part)

    def _quoted(self, folded: Folded) -> str:
        return f'"{self._token(folded)}": null' if folded.kind == "fields" else f'"{self._token(folded)}"'

    def _token(self, folded: Folded) -> str:
        """A new token, different from all of other parts and from what the value itself says."""
        number, detail = folded.end - folded.start, ""
        if folded.kind == "media":
            text = folded.value[folded.start : folded.end] if folded.is_raw else folded.value
            number, detail = _media_size(text)
        name = self._label(folded.kind, number, detail).replace("‹", "").replace("›", "")
        token, copy = f"‹{name}›", 1
        while token in self._literal or not _is_same(self._folded.get(token, folded), folded):
            copy += 1
            token = f"‹{name} #{copy}›"
        self._folded[token] = folded
        return token

    def _escaped(self, text: str) -> str:
        return json.dumps(text, ensure_ascii=False)[1:-1] if self.is_json else text

    def _occurrences(self, needle: str) -> Occurrences:
        """What is known of where a text occurs; kept until another one is searched for."""
        found = self._found
        if found is None or found.needle != needle:
            written = json.dumps(needle, ensure_ascii=False)[1:-1]
            found = self._found = Occurrences(needle, self._plain(needle), needle if "\\" in needle else written)
        return found

    def _plain(self, needle: str) -> str:
        """What a text to find is inside of a string, where it may be typed as JSON writes it."""
        if self.is_json and "\\" in needle:
            try:
                return str(json.loads(f'"{needle}"')).lower()
            except ValueError:
                pass
        return needle.lower()


def _is_same(first: Folded, second: Folded) -> bool:
    return first.value is second.value and (first.kind, *first[2:]) == (second.kind, *second[2:])


def _media(value: str) -> tuple[int, str] | None:
    """The size in bytes and the format of a file inside of a string, None for another text."""
    if (elided := ELIDED.fullmatch(value)) is not None:
        found = _DATA_URL.match(value)
        return int(elided[2]) * 3 // 4, found.group(1) or "" if found is not None else ""
    if (found := _DATA_URL.match(value)) is not None:
        return (len(value) - found.end()) * 3 // 4, found.group(1) or ""
    if len(value) > MAX_STRING and _BASE64.match(value) and _BASE64.match(value, len(value) - STRING_HEAD):
        return len(value) * 3 // 4, ""
    return None


def _media_size(value: str) -> tuple[int, str]:
    return _media(value) or (len(value), "")
