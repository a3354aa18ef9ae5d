"""Reads cases from CSV and JSON Lines in any usual encoding, and from what a spreadsheet puts on the clipboard.

A row that is broken is read as far as it can be, with its line and what is wrong, and the reading goes on behind it.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any, NamedTuple

from app.core.cases import MAX_CASES, MAX_VALUE_LENGTH, MAX_VARIABLES, Case, CaseProblem
from app.core.errors import Code, InputError
from app.core.messages import new_id
from app.core.numbered_names import unique_name
from app.core.spreadsheet_cells import text_of_cell
from app.core.strict_json import decode
from app.core.variables import MAX_NAME_LENGTH

MAX_FILE_BYTES = 20_000_000
DELIMITERS = (",", ";", "\t", "|")
_PROBE_ROWS = 50
_RESULT_COLUMN = re.compile(r"\[.+\] (?:answer|checks|grade|state|seconds|tokens|cost)")
"""The columns of results in a file that the workbench wrote; see `app.core.case_writing`."""
_NAME = re.compile(r"\w(?:[\w ]*\w)?")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


class ReadCases(NamedTuple):
    """Rows as they were read.

    Attributes:
        variables: names of the columns; given ones where the first row names none.
        has_names: whether the first row named them.
        left_out: number of rows beyond `MAX_CASES`.
        encoding: of the file; empty for text.
    """

    variables: tuple[str, ...]
    cases: tuple[Case, ...]
    has_names: bool = True
    left_out: int = 0
    encoding: str = ""

    @property
    def broken(self) -> int:
        return sum(case.problem is not None for case in self.cases)


class _Record(NamedTuple):
    line: int
    cells: list[str]
    raw: str
    is_open: bool = False
    """Whether a quotation mark is never closed."""


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and its encoding.

    Without a mark at the start it is UTF-8 if it can be; then UTF-16 by its zeros, GB18030 where its characters are
    common ones, and else Latin-1 in the form that Windows writes.
    """
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace"), encoding
    probe = content[:4096]
    zeros = [probe[offset::2].count(0) for offset in (0, 1)]
    if max(zeros):
        encoding = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        return content.decode(encoding, "replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"
    return (text, "gb18030") if _is_common_chinese(content, text) else (content.decode("cp1252", "replace"), "cp1252")


def _is_common_chinese(content: bytes, text: str) -> bool:
    """Whether most of what is not ASCII are pairs of high bytes, as common characters are. Latin-1 has single ones."""
    wide = sum(not character.isascii() for character in text)
    pairs = len(re.findall(rb"[\xa1-\xf7][\xa1-\xfe]", content))
    return pairs >= 0.6 * wide


def read_file(content: bytes, name: str, known: Sequence[str] = ()) -> ReadCases:
    """Read a file. Raises InputError: CASES_TOO_LARGE, NO_CASES for one without rows, CASES_NOT_TEXT."""
    if len(content) > MAX_FILE_BYTES:
        raise InputError(Code.CASES_TOO_LARGE, size=len(content), limit=MAX_FILE_BYTES)
    text, encoding = decoded(content)
    if "\0" in text:
        # Whatever the encoding, a text has none; a picture and a spreadsheet have many.
        raise InputError(Code.CASES_NOT_TEXT)
    if name.lower().endswith((".jsonl", ".ndjson", ".json")):
        found = read_json_lines(text)
    else:
        found = read_table(text, delimiter_of(text), known)
    if not found.cases:
        raise InputError(Code.NO_CASES)
    return found._replace(encoding=encoding)


def read_json_lines(text: str) -> ReadCases:
    """A JSON object in every line, or one array of objects. What is no text is written as JSON."""
    names: dict[str, None] = {}
    cases: list[Case] = []
    left_out = 0
    for number, line, value, problem in _json_rows(text):
        if len(cases) >= MAX_CASES:
            left_out += 1
            continue
        values: dict[str, str] = {}
        if problem is None:
            values = {variable_name(str(key)) or "value": _as_text(each) for key, each in value.items()}
            names |= dict.fromkeys(values)
            problem = _too_long(values, number, line)
        cases.append(Case(new_id(), values, problem))
    variables = tuple(names)[:MAX_VARIABLES] or ("value",)
    return ReadCases(variables, tuple(_with_raw(case, variables[0]) for case in cases), True, left_out)


def _json_rows(text: str) -> Iterator[tuple[int, str, dict[str, Any], CaseProblem | None]]:
    if text.lstrip().startswith("["):
        try:
            whole = decode(text)
        except (ValueError, RecursionError):
            whole = None
        if isinstance(whole, list):
            for number, each in enumerate(whole, 1):
                is_object = isinstance(each, dict)
                raw = json.dumps(each, ensure_ascii=False)
                yield (
                    number,
                    raw,
                    each if is_object else {},
                    None if is_object else CaseProblem("not-object", number, raw),
                )
            return
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip("\r \t\ufeff")
        if not line:
            continue
        try:
            value = decode(line)
        except (ValueError, RecursionError):
            yield number, line, {}, CaseProblem("not-json", number, line[:MAX_VALUE_LENGTH])
            continue
        if isinstance(value, dict):
            yield number, line, value, None
        else:
            yield number, line, {}, CaseProblem("not-object", number, line[:MAX_VALUE_LENGTH])


def _with_raw(case: Case, first: str) -> Case:
    """A row that could not be read at all, with its text in the first column, so that it can be mended there."""
    if case.problem is None or case.values:
        return case
    return Case(case.id, {first: case.problem.raw}, case.problem)


def read_table(text: str, delimiter: str, known: Sequence[str] = ()) -> ReadCases:
    """Read delimited rows. The first names the columns, unless its cells can't be names; then `known` are used."""
    records = [record for record in _records(text, delimiter) if any(cell.strip() for cell in record.cells)]
    if not records:
        return ReadCases((), ())
    width = _usual_width(records)
    first = records[0]
    names = [variable_name(cell) for cell in first.cells]
    has_names = not first.is_open and all(_is_name(cell.strip()) for cell in first.cells) and len(records) > 1
    keep: list[int]
    if has_names:
        keep = [at for at, cell in enumerate(first.cells) if not _RESULT_COLUMN.fullmatch(cell.strip())]
        variables = _unique([names[at] for at in keep])
        width = len(first.cells)
        records = records[1:]
    else:
        keep = list(range(width))
        variables = _unique([known[at] if at < len(known) else f"value {at + 1}" for at in keep])
    keep, variables = keep[:MAX_VARIABLES], variables[:MAX_VARIABLES]
    cases = tuple(_case(record, variables, keep, width) for record in records[:MAX_CASES])
    return ReadCases(tuple(variables), cases, has_names, max(0, len(records) - MAX_CASES))


def _case(record: _Record, variables: Sequence[str], keep: Sequence[int], width: int) -> Case:
    cells = [text_of_cell(cell) for cell in record.cells]
    values = {name: cells[at] for name, at in zip(variables, keep, strict=True) if at < len(cells) and cells[at]}
    problem: CaseProblem | None = None
    raw = record.raw[:MAX_VALUE_LENGTH]
    if record.is_open:
        problem = CaseProblem("quote", record.line, raw)
    elif len(cells) < width:
        problem = CaseProblem("too-few", record.line, raw, len(cells), width)
    elif len(cells) > width and any(cell.strip() for cell in cells[width:]):
        problem = CaseProblem("too-many", record.line, raw, len(cells), width)
    return Case(new_id(), values, problem or _too_long(values, record.line, raw))


def _too_long(values: dict[str, str], line: int, raw: str) -> CaseProblem | None:
    longest = max(map(len, values.values()), default=0)
    if longest <= MAX_VALUE_LENGTH:
        return None
    for name, value in values.items():
        values[name] = value[:MAX_VALUE_LENGTH]
    return CaseProblem("too-long", line, raw[:200], longest, MAX_VALUE_LENGTH)


def delimiter_of(text: str) -> str:
    """The delimiter whose rows agree most in their number of cells."""
    probe = text[:200_000]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = [len(record.cells) for record, _ in zip(_records(probe, delimiter), range(_PROBE_ROWS), strict=False)]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0), usual

    return max(DELIMITERS, key=agreement)


def clipboard_cells(text: str) -> list[list[str]]:
    """The cells of what a spreadsheet has copied: tabs and lines, cells with line breaks in quotation marks."""
    records = list(_records(text.replace("\r\n", "\n").removesuffix("\n"), "\t"))
    return [record.cells if not record.is_open else record.raw.split("\t") for record in records[:MAX_CASES]]


def clipboard_text(rows: Sequence[Sequence[str]]) -> str:
    """Cells as a spreadsheet takes them from the clipboard, which is also how `clipboard_cells` reads them."""
    written = StringIO()
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(rows)
    return written.getvalue()


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    mark = re.escape(delimiter)
    quoted = re.compile(rf'[ ]*"((?:[^"]|"")*)"[ ]*(?={mark}|\r?\n|\r|\Z)')
    plain = re.compile(rf"[^{mark}\r\n]*")
    place, line = 0, 1
    while place < len(text):
        begin, cells, is_open = place, [], False
        while True:
            at_quote = _opens(text, place)
            match = quoted.match(text, place) if at_quote else None
            if match is not None:
                cells.append(match[1].replace('""', '"'))
                place = match.end()
            else:
                rest = plain.match(text, place)
                assert rest is not None
                cells.append(rest[0])
                place = rest.end()
                is_open = is_open or at_quote
            if not text.startswith(delimiter, place):
                break
            place += len(delimiter)
        raw = text[begin:place]
        yield _Record(line, cells, raw, is_open)
        line += raw.count("\n") + 1
        place += 2 if text.startswith("\r\n", place) else 1


def _opens(text: str, place: int) -> bool:
    """Whether a cell begins with a quotation mark, also behind spaces."""
    while text.startswith(" ", place):
        place += 1
    return text.startswith('"', place)


def _usual_width(records: Sequence[_Record]) -> int:
    widths = [len(record.cells) for record in records if not record.is_open] or [1]
    return max(set(widths), key=lambda width: (widths.count(width), width))


def _is_name(cell: str) -> bool:
    return bool(_RESULT_COLUMN.fullmatch(cell)) or (
        len(cell) <= MAX_NAME_LENGTH and bool(_NAME.fullmatch(cell)) and not cell.isdecimal()
    )


def variable_name(typed: str) -> str:
    """A name for a variable from what was typed or read; empty if nothing of it can be one."""
    return " ".join(re.sub(r"[^\w ]+", " ", typed).split())[:MAX_NAME_LENGTH].strip()


def _unique(names: Sequence[str]) -> list[str]:
    given: list[str] = []
    for name in names:
        given.append(unique_name(name or "value", given))
    return given


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
