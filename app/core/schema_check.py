"""Checks the JSON Schema of a tool's arguments as it is typed: what is wrong, at which line, and how to mend it.

Against the meta-schema of draft 2020-12, by `jsonschema`. A large schema takes a while: call
`check_schema` in a thread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.json_positions import JsonError, Path, Positions, Span, line_and_column, read_with_positions

MAX_SCHEMA_LENGTH = 200_000
"""Characters; more than any model takes along with a question."""
MAX_SHOWN_VALUE = 40
"""Characters of a wrong value that are shown."""
_LONG_LIST = 100
TYPES = ("string", "number", "integer", "boolean", "object", "array", "null")
_MEANT = {
    "str": "string", "text": "string", "int": "integer", "long": "integer", "float": "number", "double": "number",
    "decimal": "number", "num": "number", "bool": "boolean", "list": "array", "tuple": "array", "dict": "object",
    "map": "object", "none": "null", "nil": "null",
}  # fmt: skip
"""Names of types in programming languages, and what JSON Schema calls them."""


class ProblemKind(StrEnum):
    """What is wrong with a schema. The members of the first group are those of `JsonError.kind`."""

    COMMA = "comma"
    NAME = "name"
    VALUE = "value"
    STRING = "string"
    EXTRA = "extra"
    CONTROL = "control"
    ESCAPE = "escape"
    COLON = "colon"
    TWICE = "twice"
    DEEP = "deep"
    EMPTY = "empty"

    TOO_LONG = "too-long"
    NOT_AN_OBJECT = "not-an-object"
    NOT_OF_TYPE_OBJECT = "not-of-type-object"
    WHOLE_TOOL = "whole-tool"
    NEEDS_SCHEMA = "needs-schema"
    NEEDS_SCHEMAS = "needs-schemas"
    NEEDS_LIST = "needs-list"
    NEEDS_NUMBER = "needs-number"
    NEEDS_TEXT = "needs-text"
    NEEDS_SWITCH = "needs-switch"
    UNKNOWN_TYPE = "unknown-type"
    REPEATED = "repeated"
    PATTERN = "pattern"
    NO_SUCH_PART = "no-such-part"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


SYNTAX_KINDS = frozenset(
    {
        ProblemKind.COMMA, ProblemKind.NAME, ProblemKind.VALUE, ProblemKind.STRING, ProblemKind.EXTRA,
        ProblemKind.CONTROL, ProblemKind.ESCAPE, ProblemKind.COLON, ProblemKind.TWICE,
    }
)  # fmt: skip
"""Problems of a text that is no JSON."""


class Fix(NamedTuple):
    """An obvious correction: put `text` in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str

    def apply(self, schema: str) -> str:
        return schema[: self.start] + self.text + schema[self.end :]


class SchemaProblem(NamedTuple):
    """The first thing wrong with a schema.

    Attributes:
        line, column: where, both counted from 1.
        keyword: the key whose value is wrong.
        value: what is written there, shortened.
    """

    kind: ProblemKind
    line: int
    column: int
    keyword: str = ""
    value: str = ""
    fix: Fix | None = None


class CheckedSchema(NamedTuple):
    """A schema as text, what it says, and what is wrong with it; `parameters` is only complete without a problem."""

    text: str
    parameters: dict[str, Any]
    problem: SchemaProblem | None = None


def check_schema(text: str) -> CheckedSchema:
    """Read and check a schema. An empty text is a function without arguments."""
    if not text.strip():
        return CheckedSchema(text, {})
    if len(text) > MAX_SCHEMA_LENGTH:
        return CheckedSchema(text, {}, SchemaProblem(ProblemKind.TOO_LONG, 1, 1, value=f"{len(text)}"))
    try:
        read = read_with_positions(text)
    except JsonError as error:
        line, column = line_and_column(text, error.offset)
        fix = _syntax_fix(text, error)
        return CheckedSchema(text, {}, SchemaProblem(ProblemKind(error.kind), line, column, value=error.word, fix=fix))
    found = min(_problems(text, read), key=lambda problem: (problem.line, problem.column), default=None)
    return CheckedSchema(text, read.value if isinstance(read.value, dict) else {}, found)


def tidy(text: str) -> str:
    """The same JSON, indented; unchanged if it is no JSON."""
    try:
        value = read_with_positions(text).value
    except JsonError:
        return text
    return json.dumps(value, ensure_ascii=False, indent=2)


def _syntax_fix(text: str, error: JsonError) -> Fix | None:
    match error.kind:
        case "comma" if error.word and error.word not in "{}[]:":
            end = len(text[: error.offset].rstrip())
            return Fix(end, end, ",")
        case "name" | "value" if error.word in ("}", "]") and text[: error.offset].rstrip().endswith(","):
            end = len(text[: error.offset].rstrip())
            return Fix(end - 1, end, "")
        case "value" if error.word in ("True", "False", "None"):
            meant = {"True": "true", "False": "false", "None": "null"}[error.word]
            return Fix(error.offset, error.offset + len(error.word), meant)
        case "name" if re.fullmatch(r"\w+", error.word):
            return Fix(error.offset, error.offset + len(error.word), json.dumps(error.word))
    return None


def _problems(text: str, read: Positions) -> Iterator[SchemaProblem]:
    value = read.value
    if not isinstance(value, dict):
        yield _problem(text, read, (), ProblemKind.NOT_AN_OBJECT, value)
        return
    whole = _parameters_of_whole_tool(value)
    if whole is not None:
        span = read.spans[whole]
        yield SchemaProblem(ProblemKind.WHOLE_TOOL, 1, 1, fix=Fix(0, len(text), text[span.start : span.end]))
        return
    if slow := next(_slow_items(read.value), None):
        path, item = slow
        yield _problem(text, read, path, ProblemKind.NEEDS_TEXT, item)
        return
    yield from _meta_problems(text, read)
    if value and value.get("type") != "object":
        yield _type_problem(text, read, value)
    yield from _reference_problems(text, read)


def _parameters_of_whole_tool(value: dict[str, Any]) -> Path | None:
    """The path of the schema in a whole tool definition, None for a schema."""
    if value.get("type") == "object" or "properties" in value:
        return None
    function = value.get("function")
    if isinstance(function, dict) and isinstance(function.get("parameters"), dict):
        return ("function", "parameters")
    return next(((key,) for key in ("parameters", "input_schema") if isinstance(value.get(key), dict)), None)


def _type_problem(text: str, read: Positions, value: dict[str, Any]) -> SchemaProblem:
    fix = None
    if "type" not in value:
        start = read.spans[()].start + 1
        problem = _problem(text, read, (), ProblemKind.NOT_OF_TYPE_OBJECT, "")
        fix = Fix(start, start, ' "type": "object",')
    else:
        problem = _problem(text, read, ("type",), ProblemKind.NOT_OF_TYPE_OBJECT, value["type"])
        if "properties" in value:
            span = read.spans["type",]
            fix = Fix(span.start, span.end, '"object"')
    return problem._replace(fix=fix)


def _slow_items(schema: Any) -> Iterator[tuple[Path, Any]]:
    """The first wrong item of each long list of names. `jsonschema` would compare each of its items with each."""
    for where, inner in _subschemas(schema, ()):
        lists = [((*where, keyword), inner.get(keyword)) for keyword in ("required", "type")]
        by_name = inner.get("dependentRequired")
        if isinstance(by_name, dict):
            lists += [((*where, "dependentRequired", name), names) for name, names in by_name.items()]
        for path, names in lists:
            if isinstance(names, list) and len(names) > _LONG_LIST:
                yield from (((*path, index), item) for index, item in enumerate(names) if not isinstance(item, str))


def _meta_problems(text: str, read: Positions) -> Iterator[SchemaProblem]:
    # Imported here: it takes 60 ms, and only a schema that is checked needs it.
    from jsonschema import Draft202012Validator

    for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(read.value):
        path = tuple(error.absolute_path)
        kind = _kind_of(error.validator, error.validator_value, path)
        yield _problem(text, read, path, kind, error.instance)


def _kind_of(rule: str, expected: Any, path: Path) -> ProblemKind:
    match rule, expected:
        case "type", ["object", "boolean"]:
            return ProblemKind.NEEDS_SCHEMA
        case "type", "object":
            return ProblemKind.NEEDS_SCHEMAS
        case ("type", "array") | ("minItems", _):
            return ProblemKind.NEEDS_LIST
        case ("type", "number" | "integer") | ("minimum" | "exclusiveMinimum", _):
            return ProblemKind.NEEDS_NUMBER
        case "type", "string":
            return ProblemKind.NEEDS_TEXT
        case "type", "boolean":
            return ProblemKind.NEEDS_SWITCH
        case "uniqueItems", _:
            return ProblemKind.REPEATED
        case ("anyOf" | "enum", _) if path and (path[-1] == "type" or path[-2:-1] == ("type",)):
            return ProblemKind.UNKNOWN_TYPE
    return ProblemKind.OTHER


def _problem(text: str, read: Positions, path: Path, kind: ProblemKind, value: Any) -> SchemaProblem:
    span = read.spans.get(path) or read.spans[()]
    line, column = line_and_column(text, span.start)
    keyword = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    shown = shown if len(shown) <= MAX_SHOWN_VALUE else shown[: MAX_SHOWN_VALUE - 1] + "…"
    return SchemaProblem(kind, line, column, keyword, shown, _fix(kind, span, value, keyword))


def _fix(kind: ProblemKind, span: Span, value: Any, keyword: str) -> Fix | None:
    put: Any = None
    match kind, value:
        case ProblemKind.NEEDS_SCHEMA, str() if name := _type_meant(value):
            put = {"type": name}
        case ProblemKind.NEEDS_SCHEMA, [dict() as only]:
            put = only
        case ProblemKind.UNKNOWN_TYPE, str() if name := _type_meant(value):
            put = name
        case ProblemKind.UNKNOWN_TYPE, list() if all(isinstance(each, str) and _type_meant(each) for each in value):
            put = list(dict.fromkeys(_type_meant(each) for each in value))
        case ProblemKind.NEEDS_LIST, str() if keyword in ("required", "enum") and value:
            put = [value]
        case ProblemKind.NEEDS_NUMBER, str() if re.fullmatch(r"-?\d+(\.\d+)?", value):
            return Fix(span.start, span.end, value)
        case ProblemKind.NEEDS_SWITCH, str() if value.lower() in ("true", "false"):
            return Fix(span.start, span.end, value.lower())
        case ProblemKind.REPEATED, list() if all(isinstance(each, str) for each in value):
            put = list(dict.fromkeys(value))
    return None if put is None else Fix(span.start, span.end, json.dumps(put, ensure_ascii=False))


def _type_meant(word: str) -> str:
    """The type that a word names, in JSON Schema or elsewhere; empty if it is none."""
    plain = word.strip().lower()
    return plain if plain in TYPES else _MEANT.get(plain, "")


_SCHEMA_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMAS = (
    "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
    "unevaluatedProperties", "additionalItems",
)  # fmt: skip


def _subschemas(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every schema in a schema, itself first; not what only looks like one in an example or a default."""
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        where, schema = waiting.pop()
        if not isinstance(schema, dict):
            continue
        yield where, schema
        for keyword, inner in schema.items():
            if keyword in _SCHEMAS:
                waiting.append(((*where, keyword), inner))
            elif keyword in _SCHEMA_MAPS and isinstance(inner, dict):
                waiting += [((*where, keyword, name), each) for name, each in inner.items()]
            elif keyword in _SCHEMA_LISTS and isinstance(inner, list):
                waiting += [((*where, keyword, index), each) for index, each in enumerate(inner)]


def _reference_problems(text: str, read: Positions) -> Iterator[SchemaProblem]:
    """References that lead nowhere or out of the schema, which nothing here fetches, and patterns that are none."""
    for path, schema in _subschemas(read.value, ()):
        reference = schema.get("$ref")
        if isinstance(reference, str):
            if not reference.startswith("#"):
                yield _problem(text, read, (*path, "$ref"), ProblemKind.ELSEWHERE, reference)
            elif not _leads_somewhere(read.value, reference):
                yield _problem(text, read, (*path, "$ref"), ProblemKind.NO_SUCH_PART, reference)
        names = schema.get("patternProperties")
        patterns = [((*path, "patternProperties", name), name) for name in names] if isinstance(names, dict) else []
        for where, pattern in [((*path, "pattern"), schema.get("pattern")), *patterns]:
            if isinstance(pattern, str) and not _is_pattern(pattern):
                yield _problem(text, read, where, ProblemKind.PATTERN, pattern)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _leads_somewhere(value: Any, reference: str) -> bool:
    """Whether a JSON pointer such as `#/$defs/place` names a part of the schema. An anchor counts as one."""
    if reference == "#" or not reference.startswith("#/"):
        return True
    for step in reference[2:].split("/"):
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and len(step) < 9 and int(step) < len(value):
            value = value[int(step)]
        else:
            return False
    return True
