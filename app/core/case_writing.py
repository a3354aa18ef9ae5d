"""Writes cases and their answers: a table for a spreadsheet, or everything that is needed to run it again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from typing import Any

import msgspec

from app.core.bounds import OutOfBounds, check_json
from app.core.case_scores import CellScore
from app.core.cases import Case, CaseResult, CaseSet, CaseVersion, Cell, result_key
from app.core.errors import Code, InputError
from app.core.messages import new_id
from app.core.spreadsheet_cells import safe_cell

FORMAT = "mimo-workbench-cases"
VERSION = 1
MAX_DOCUMENT_BYTES = 200_000_000


class CaseDocument(msgspec.Struct, frozen=True):
    """A set with the answers that are shown in it, as a file."""

    format: str = FORMAT
    version: int = VERSION
    set: CaseSet = CaseSet("")
    results: tuple[CaseResult, ...] = ()


# Made here, on one thread: msgspec crashes if two threads use a struct for the first time at once.
_document = msgspec.json.Decoder(CaseDocument)


def document_text(cases: CaseSet, results: Sequence[CaseResult]) -> str:
    """The whole set as JSON: values, texts of the prompts, checks, models, parameters, answers and grades."""
    whole = CaseDocument(set=cases, results=tuple(results))
    content = msgspec.json.format(msgspec.json.encode(whole), indent=1)
    return content.decode() + "\n"


def read_document(content: bytes) -> CaseDocument | None:
    """Read a file of `document_text`; None if it is none. Raises InputError IMPORT_NEWER for a later form."""
    if FORMAT.encode() not in content[:400]:
        return None
    try:
        check_json(content, MAX_DOCUMENT_BYTES)
        document = _document.decode(content)
    except (msgspec.DecodeError, OutOfBounds, ValueError, RecursionError):
        return None
    if document.format != FORMAT:
        return None
    if document.version > VERSION:
        raise InputError(Code.IMPORT_NEWER, version=document.version, known=VERSION)
    return document


def renewed(document: CaseDocument, name: str, moment: float) -> tuple[CaseSet, tuple[CaseResult, ...]]:
    """The content of a file as a new set under a name, with ids of its own, so that it replaces nothing."""
    set_id = new_id()
    cases = msgspec.structs.replace(document.set, id=set_id, name=name, created=moment, updated=moment)
    known = {case.id for case in cases.cases}
    versions = {version.id for version in cases.versions}
    results = []
    for result in document.results:
        key = result_key(result.id)
        if key.case_id in known and key.version_id in versions:
            renamed = "/".join((set_id, *key[1:4], new_id()))
            results.append(msgspec.structs.replace(result, id=renamed))
    return cases, tuple(results)


def results_csv(
    cases: CaseSet, shown: Mapping[Cell, CaseResult], score: Callable[[Cell], CellScore], checks: Mapping[str, str],
    mask: Callable[[str], str] = lambda text: text,
) -> str:  # fmt: skip
    """The table with a header, lines ended by CRLF (RFC 4180): a row per case, columns of values, then of results.

    `checks` has the names of checks by id. No cell is one that a spreadsheet would run; `app.core.case_reading` reads
    the values again as they are.
    """
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    titles = _titles(cases.versions)
    columns = ("state", "answer", "checks", "grade", "seconds", "tokens", "cost")
    writer.writerow([safe_cell(name) for name in cases.variables]
                    + [safe_cell(f"[{title}] {column}") for title in titles for column in columns])  # fmt: skip
    for case in cases.cases:
        row = [safe_cell(mask(case.values.get(name, ""))) for name in cases.variables]
        for version in cases.versions:
            row += _result_cells(case, version, shown, score, checks, mask)
        writer.writerow(row)
    return written.getvalue()


def _titles(versions: Sequence[CaseVersion]) -> list[str]:
    return [f"{version.name} v{version.number}" for version in versions]


def _result_cells(
    case: Case, version: CaseVersion, shown: Mapping[Cell, CaseResult], score: Callable[[Cell], CellScore],
    checks: Mapping[str, str], mask: Callable[[str], str],
) -> list[Any]:  # fmt: skip
    cell = Cell(case.id, version.id)
    result = shown.get(cell)
    if result is None:
        return ["not run", "", "", "", "", "", ""]
    found = score(cell)
    verdicts = "; ".join(f"{checks.get(each.check_id, '')}: {each.state}" for each in found.verdicts)
    usage = result.reply.usage if result.reply is not None else None
    return [
        result.state if result.state != "done" else found.state if found.state != "none" else "run",
        safe_cell(mask(result.answer)), safe_cell(verdicts), result.grade,
        f"{result.reply.seconds:.2f}" if result.reply is not None else "", usage.total if usage else "",
        "" if result.cost is None else f"{result.cost:.6f}",
    ]  # fmt: skip
