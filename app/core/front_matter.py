"""Front matter: lines of `key: value` between two lines of `---` at the top of a Markdown file.

It is YAML to other programs. Only the small part of YAML that such files use is read here, every value as a text, and
only the keys that are asked for: nothing is executed, converted or expanded, whatever else stands there. A library was
weighed: python-frontmatter strips the text, PyYAML turns `no` into a truth value, is slow on megabytes and follows
anchors; neither gives a text back exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.core.errors import Code, InputError

_FENCE = re.compile(r"---[ \t]*\Z")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_KEY = re.compile(r"""([\w][\w .-]{0,60}|"[\w .-]{1,60}"|'[\w .-]{1,60}')[ \t]*:(?:[ \t]+|\Z)""")
_BLOCK = re.compile(r"([|>])([1-9]?)([+-]?)([1-9]?)[ \t]*(?:#.*)?\Z")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_UNSAFE = re.compile("[^\n\t\x20-\x7e\u00a0-\u2027\u2030-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What a text may not contain to be written as it is; anything else is written with escapes."""
_PLAIN = re.compile(r"[^\W_][\w /()+.-]*\Z")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"})

Lines = Sequence[tuple[int, str]]
"""Lines with their numbers in the file, from 1."""


def split(content: str) -> tuple[Lines, str] | None:
    """The lines of the front matter, and what follows it exactly; None if the text does not begin with any.

    Raises InputError PROMPT_FILE_OPEN if it has no end.
    """
    content = content.removeprefix("\ufeff")
    end = content.find("\n")
    if not _FENCE.match(content[: end if end >= 0 else len(content)].removesuffix("\r")):
        return None
    lines: list[tuple[int, str]] = []
    at, number, is_windows = end + 1, 2, content[:end].endswith("\r")
    while end >= 0:
        end = content.find("\n", at)
        line = content[at : end if end >= 0 else len(content)].removesuffix("\r")
        if _CLOSING.match(line):
            text = content[end + 1 :] if end >= 0 else ""
            # The line ends of the file are those of the program that wrote it, not part of the text.
            return lines, text.replace("\r\n", "\n") if is_windows else text
        lines.append((number, line))
        at, number = end + 1, number + 1
    raise InputError(Code.PROMPT_FILE_OPEN)


def fields(lines: Lines, names: Iterable[str]) -> dict[str, Lines]:
    """The lines of each field among `names`, in lower case, its value on the first one; others are passed over.

    Raises InputError PROMPT_FILE_LINE for a line that belongs to no field.
    """
    wanted = frozenset(names)
    found: dict[str, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] | None = None
    for number, line in lines:
        if line[:1] in (" ", "\t", "", "#", "-", "]", "}"):
            if current is not None:
                current.append((number, line))
            elif line.strip() and not line.startswith("#"):
                raise InputError(Code.PROMPT_FILE_LINE, line=number)
            continue
        match = _KEY.match(line)
        if match is None:
            raise InputError(Code.PROMPT_FILE_LINE, line=number)
        key = match[1].strip("\"'").strip().lower()
        current = [(number, line[match.end() :])]
        if key in wanted:
            found.setdefault(key, current)
    return {name: tuple(value) for name, value in found.items()}


def text_of(lines: Lines, indent: int = 0) -> str:
    """The value of a field that is one text. `indent` is the column of its key. Raises PROMPT_FILE_LINE."""
    number, first = lines[0]
    first = first.strip()
    block = _BLOCK.match(first)
    if block is not None:
        return _block(lines[1:], block, indent)
    if first[:1] in ('"', "'"):
        return _unquoted(number, first)
    words = [first.partition(" #")[0].strip() if not first.startswith("#") else ""]
    words += [line.strip() for _, line in lines[1:] if line.strip() and not line.lstrip().startswith("#")]
    return " ".join(word for word in words if word)


def list_of(lines: Lines) -> list[str]:
    """The value of a field that is a list: `[a, b]`, a line `- a` for each, or `a, b`. Raises PROMPT_FILE_LINE."""
    number, first = lines[0]
    whole = first.strip()
    if whole.startswith("["):
        whole += "".join(f" {line.strip()}" for _, line in lines[1:])
        return list(_flow(number, whole.rstrip()))
    if whole and not whole.startswith("#"):
        return [part.strip().strip("\"'") for part in text_of(lines).split(",")]
    items = []
    for each, line in lines[1:]:
        item = line.strip()
        if item.startswith("- "):
            items.append(text_of([(each, item[2:])]))
        elif item and not item.startswith("#") and item != "-":
            raise InputError(Code.PROMPT_FILE_LINE, line=each)
    return items


def records_of(lines: Lines) -> list[dict[str, str]]:
    """The value of a field that is a list of records, each a few lines `key: value`; empty if it is anything else.

    Raises PROMPT_FILE_LINE for a line of a record that can't be read.
    """
    if lines[0][1].partition("#")[0].strip():
        return []
    records: list[dict[str, str]] = []
    at, indent = 1, -1
    while at < len(lines):
        number, line = lines[at]
        stripped = line.lstrip(" ")
        column = len(line) - len(stripped)
        if not stripped or stripped.startswith("#"):
            at += 1
            continue
        if stripped.startswith("- "):
            records.append({})
            inner = stripped[2:].lstrip(" ")
            indent = column = len(line) - len(inner)
            stripped = inner
        if not records or column != indent:
            raise InputError(Code.PROMPT_FILE_LINE, line=number)
        match = _KEY.match(stripped)
        if match is None:
            raise InputError(Code.PROMPT_FILE_LINE, line=number)
        end = at + 1
        while end < len(lines) and _belongs(lines[end][1], indent):
            end += 1
        value = [(number, stripped[match.end() :]), *lines[at + 1 : end]]
        records[-1].setdefault(match[1].strip("\"'").strip().lower(), text_of(value, indent))
        at = end
    return records


def written(values: Mapping[str, str | Sequence[str]], records: Mapping[str, Sequence[Mapping[str, str]]]) -> str:
    """Front matter with these fields, then these lists of records; what `fields` and the others read back exactly."""
    lines = ["---"]
    for name, value in values.items():
        if isinstance(value, str):
            lines.append(f"{name}: {_scalar(value)}")
        else:
            lines.append(f"{name}: [{', '.join(_scalar(each) for each in value)}]")
    for name, listed in records.items():
        lines.append(f"{name}:")
        for record in listed:
            for place, (key, value) in enumerate(record.items()):
                lines.append(f"{'    ' if place else '  - '}{key}: {_value(value, 4)}")
    return "\n".join([*lines, "---", ""])


def _scalar(value: str) -> str:
    is_plain = bool(_PLAIN.match(value)) and value == value.rstrip() and value.casefold() not in _WORDS
    # A number or a date stays a text for every reader.
    return value if is_plain and not value[0].isdigit() else _escaped(value)


def _escaped(value: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: json.dumps(match[0])[1:-1], text)


def _value(value: str, indent: int) -> str:
    """A text as a block of lines where that keeps it exactly, else with escapes."""
    if "\n" not in value or not value.strip() or _UNSAFE.search(value):
        return _scalar(value)
    lead = " " * (indent + 2)
    body = value.removesuffix("\n")
    lines = "\n".join(lead + line if line else "" for line in body.split("\n"))
    return f"|2{'+' if value.endswith(chr(10)) else '-'}\n{lines}"


def _belongs(line: str, indent: int) -> bool:
    """Whether a line belongs to the value of a key at this column."""
    return not line.strip(" ") or len(line) - len(line.lstrip(" ")) > indent


def _block(lines: Lines, block: re.Match[str], indent: int) -> str:
    digits = block[2] or block[4]
    if digits:
        lead = indent + int(digits)
    else:
        lead = min((len(line) - len(line.lstrip(" ")) for _, line in lines if line.strip(" ")), default=indent)
    texts = []
    for number, line in lines:
        if line[:lead].strip(" "):
            raise InputError(Code.PROMPT_FILE_LINE, line=number)
        texts.append(line[lead:])
    if block[1] == ">":
        texts = _folded(texts)
    text = "\n".join(texts)
    if block[3] == "+":
        return text + "\n"
    text = text.rstrip("\n")
    return text if block[3] == "-" or not text else text + "\n"


def _folded(lines: list[str]) -> list[str]:
    """The lines of a folded block: neighbours that are not indented further are one line."""
    joined: list[str] = []
    for line in lines:
        if joined and joined[-1] and line and not line[0].isspace() and not joined[-1][0].isspace():
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _unquoted(number: int, value: str) -> str:
    pattern = _QUOTED if value[0] == '"' else _SINGLE
    match = pattern.match(value)
    if match is None or not re.fullmatch(r"[ \t]*(?:#.*)?", value[match.end() :]):
        raise InputError(Code.PROMPT_FILE_LINE, line=number)
    if value[0] == "'":
        return match[0][1:-1].replace("''", "'")
    try:
        text = json.loads(match[0].replace("\t", "\\t"))
    except ValueError:
        raise InputError(Code.PROMPT_FILE_LINE, line=number) from None
    assert isinstance(text, str)
    return text


def _flow(number: int, whole: str) -> Iterator[str]:
    at = 1
    while at < len(whole):
        while at < len(whole) and whole[at] in " \t,":
            at += 1
        if whole[at : at + 1] == "]":
            return
        match = _QUOTED.match(whole, at) or _SINGLE.match(whole, at) or re.compile(r"[^,\[\]{}]+").match(whole, at)
        if match is None:
            break
        at = match.end()
        item = match[0].strip()
        yield _unquoted(number, item) if item[:1] in ('"', "'") else item
    raise InputError(Code.PROMPT_FILE_LINE, line=number)
