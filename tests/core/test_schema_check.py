"""A schema is checked as typed: what is wrong, at which line, and the fix where it is obvious."""

from __future__ import annotations

import json
import time

import pytest

from app.core.json_positions import JsonError, read_with_positions
from app.core.schema_check import MAX_SCHEMA_LENGTH, ProblemKind, check_schema, tidy
from app.core.tool_definitions import free_name
from app.core.tool_exchange import Refusal, read_tools

ROOM = """{ "type": "object",
  "properties": {
    "room": { "type": "integer", "minimum": 1 },
    "from": { "type": "string",
              "format": "date-time" },
    "minutes": { "type": "integer" },
    "tell": { "type": "array",
              "items": "string" } },
  "required": ["room", "from"] }"""


def test_a_word_in_place_of_a_schema_is_found_at_its_line_and_mended() -> None:
    problem = check_schema(ROOM).problem
    assert problem is not None and problem.fix is not None
    assert (problem.kind, problem.line, problem.keyword, problem.value) == ("needs-schema", 8, "items", "string")
    mended = problem.fix.apply(ROOM)
    assert '"items": {"type": "string"}' in mended
    checked = check_schema(mended)
    assert checked.problem is None and checked.parameters["properties"]["tell"]["items"] == {"type": "string"}


def inside(property_text: str) -> str:
    return f'{{"type": "object",\n "properties": {{"a":\n  {property_text}}}}}'


@pytest.mark.parametrize(
    ("text", "kind", "line", "mended"),
    [
        ('{"type": "object",\n "x": 1,\n}', ProblemKind.NAME, 3, '{"type": "object",\n "x": 1\n}'),
        ('{"type": "object"\n "x": 1}', ProblemKind.COMMA, 2, '{"type": "object",\n "x": 1}'),
        ('{"type": "object",\n x: 1}', ProblemKind.NAME, 2, '{"type": "object",\n "x": 1}'),
        (inside('{"default": None}'), ProblemKind.VALUE, 3, inside('{"default": null}')),
        (inside('{"default": NaN}'), ProblemKind.VALUE, 3, None),
        (inside('{"type": "string", "type": "null"}'), ProblemKind.TWICE, 3, None),
        (inside('{"type": "int"}'), ProblemKind.UNKNOWN_TYPE, 3, inside('{"type": "integer"}')),
        (inside('{"type": "colour"}'), ProblemKind.UNKNOWN_TYPE, 3, None),
        (inside('"string"'), ProblemKind.NEEDS_SCHEMA, 3, inside('{"type": "string"}')),
        (inside('{"minimum": "3"}'), ProblemKind.NEEDS_NUMBER, 3, inside('{"minimum": 3}')),
        (inside('{"enum": "x"}'), ProblemKind.NEEDS_LIST, 3, inside('{"enum": ["x"]}')),
        (inside('{"required": true}'), ProblemKind.NEEDS_LIST, 3, None),
        (inside('{"required": ["b", "b"]}'), ProblemKind.REPEATED, 3, inside('{"required": ["b"]}')),
        (inside('{"properties": []}'), ProblemKind.NEEDS_SCHEMAS, 3, None),
        (inside('{"description": 3}'), ProblemKind.NEEDS_TEXT, 3, None),
        (inside('{"uniqueItems": "true"}'), ProblemKind.NEEDS_SWITCH, 3, inside('{"uniqueItems": true}')),
        (inside('{"pattern": "("}'), ProblemKind.PATTERN, 3, None),
        (inside(json.dumps({"pattern": "(" * 5_000 + ")" * 5_000})), ProblemKind.PATTERN, 3, None),
        (inside('{"default": 1e999}'), ProblemKind.VALUE, 3, None),
        (inside('{"maxLength": ' + "9" * 5_000 + "}"), ProblemKind.VALUE, 3, None),
        (inside('{"enum": [1], "$ref": "#/properties/a/enum/' + "9" * 5_000 + '"}'), ProblemKind.NO_SUCH_PART, 3, None),
        (inside('{"patternProperties":\n{"[": {}}}'), ProblemKind.PATTERN, 4, None),
        (inside('{"pattern": "a{99999999999}"}'), ProblemKind.PATTERN, 3, None),
        (inside('{"$ref": "#/$defs/nowhere"}'), ProblemKind.NO_SUCH_PART, 3, None),
        (inside('{"$ref": "https://example.org/x"}'), ProblemKind.ELSEWHERE, 3, None),
        ("[1]", ProblemKind.NOT_AN_OBJECT, 1, None),
        ('{"properties": {}}', ProblemKind.NOT_OF_TYPE_OBJECT, 1, '{ "type": "object","properties": {}}'),
        ('{"name": "f", "parameters": {"type": "object"}}', ProblemKind.WHOLE_TOOL, 1, '{"type": "object"}'),
        ('{"type": "object', ProblemKind.STRING, 1, None),
        ("[" * 70 + "]" * 70, ProblemKind.DEEP, 1, None),
    ],
)
def test_problems(text: str, kind: ProblemKind, line: int, mended: str | None) -> None:
    problem = check_schema(text).problem
    assert problem is not None
    assert (problem.kind, problem.line) == (kind, line)
    assert (problem.fix.apply(text) if problem.fix is not None else None) == mended


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        inside('{"default": {"$ref": "nothing", "type": "colour"}}'),
        inside('{"$ref": "#/properties/a"}'),
        '{"type": "object", "properties": {"$ref": {"type": "string"}, "items": {}, "required": {}}}',
    ],
)
def test_schemas_that_hold(text: str) -> None:
    assert check_schema(text).problem is None


def test_what_is_too_long_is_not_read() -> None:
    problem = check_schema(" " * MAX_SCHEMA_LENGTH + "{}").problem
    assert problem is not None and problem.kind is ProblemKind.TOO_LONG


def test_every_value_has_its_place() -> None:
    text = '{"a": [1, {"b": {}}, []], "c": {"d": "x"}, "é\\"": -1.5e3}'
    read = read_with_positions(text)
    for path, span in read.spans.items():
        value = read.value
        for step in path:
            value = value[step]
        assert json.loads(text[span.start : span.end]) == value
    assert len(read.spans) == 9


def test_a_key_that_stands_twice_is_no_json_here() -> None:
    with pytest.raises(JsonError) as raised:
        read_with_positions('{"a": 1,\n "a": 2}')
    assert (raised.value.kind, raised.value.offset) == ("twice", 10)


def test_tidying_changes_only_the_spaces() -> None:
    assert json.loads(tidy(inside('{"type":"string"}'))) == json.loads(inside('{"type":"string"}'))
    assert tidy("{oops") == "{oops"


def test_names_are_made_free() -> None:
    assert free_name("book room!", {"book_room"}) == "book_room_2"
    assert free_name("预订", set()) == "new_tool"
    assert free_name("a" * 70, {"a" * 64}) == "a" * 62 + "_2"


FUNCTION = {"name": "f", "description": "does", "parameters": {"type": "object"}}


@pytest.mark.parametrize(
    "value",
    [
        [{"type": "function", "function": FUNCTION}],
        {"type": "function", "function": FUNCTION},
        FUNCTION,
        {"model": "m", "messages": [], "tools": [{"type": "function", "function": FUNCTION}]},
        [{"name": "f", "description": "does", "input_schema": {"type": "object"}, "type": "custom"}],
    ],
)
def test_every_form_of_tools_is_read(value: object) -> None:
    (tool,) = read_tools(json.dumps(value)).tools
    assert (tool.name, tool.description, tool.parameters) == ("f", "does", {"type": "object"})


def test_what_can_not_be_imported_is_said_for_each() -> None:
    search = {"type": "web_search", "limit": 3}
    read = read_tools(json.dumps([FUNCTION, search, {"description": "no name"}, {"name": "g", "parameters": "x"}, 3]))
    assert [tool.name for tool in read.tools] == ["f"]
    assert [tuple(each) for each in read.refused] == [
        ("web_search", Refusal.NOT_A_FUNCTION),
        ("", Refusal.NO_NAME),
        ("g", Refusal.NO_SCHEMA),
        ("", Refusal.NOT_A_FUNCTION),
    ]


def test_a_text_that_is_no_json_has_its_line() -> None:
    read = read_tools('[\n{"name": f}]')
    assert (read.refusal, read.line, read.column) == (Refusal.NOT_JSON, 2, 10)
    assert read_tools("3").refusal is Refusal.NO_TOOLS


def test_a_list_of_thousands_of_objects_is_checked_in_a_moment() -> None:
    text = json.dumps({"type": "object", "required": [{"a": number} for number in range(6_000)]})
    began = time.thread_time()
    problem = check_schema(text).problem
    assert problem is not None and problem.kind is ProblemKind.NEEDS_TEXT
    assert time.thread_time() - began < 5
