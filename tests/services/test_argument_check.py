"""Arguments are checked against any schema, in bounded time and with a short reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.core.errors import Code, ToolError
from app.core.requests import FunctionTool
from app.services.tools.argument_check import MAX_REASON, checked_arguments

LONG = "a" * 60 + "!"
"""No search for `SLOW` in it ever ends."""
SLOW = "^(a|a)*$"


def checked(schema: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    return checked_arguments(FunctionTool("f", "", {"type": "object", **schema}), json.dumps(values))


def reason(schema: dict[str, Any], values: dict[str, Any]) -> str:
    with pytest.raises(ToolError) as raised:
        checked(schema, values)
    assert raised.value.code == Code.TOOL_ARGUMENTS
    return str(raised.value.params["reason"])


def test_patterns_of_values_and_names_are_checked() -> None:
    assert "does not match" in reason({"properties": {"a": {"pattern": "^b$"}}}, {"a": "aaa"})
    assert "does not match" in reason({"properties": {"a": {"pattern": SLOW}}}, {"a": "aab"}), "a short text"
    numbers = {"patternProperties": {"^n_": {"type": "integer"}}, "additionalProperties": False}
    assert checked(numbers, {"n_1": 1}) == {"n_1": 1}
    assert "n_1" in reason(numbers, {"n_1": "one"})
    assert "'other'" in reason(numbers, {"n_1": 1, "other": 2})
    assert "extra" in reason({"patternProperties": {"^n_": {}}, "additionalProperties": {"type": "null"}}, {"extra": 1})
    assert "'other'" in reason({"patternProperties": {"^n_": {}}, "unevaluatedProperties": False}, {"other": 2})


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {LONG: {"pattern": SLOW}}},
        {"propertyNames": {"pattern": SLOW}},
        {"patternProperties": {SLOW: {"type": "integer"}}},
        {"patternProperties": {SLOW: {}}, "additionalProperties": False},
        {"patternProperties": {SLOW: {}}, "unevaluatedProperties": False},
        {"$defs": {"x": {"patternProperties": {SLOW: {}}}}, "$ref": "#/$defs/x", "unevaluatedProperties": False},
        {"properties": {LONG: {"$schema": "http://json-schema.org/draft-07/schema#", "pattern": SLOW}}},
    ],
)
def test_patterns_that_could_freeze_the_program_are_left_to_the_tool(schema: dict[str, Any]) -> None:
    assert checked(schema, {LONG: LONG}) == {LONG: LONG}


@pytest.mark.parametrize("pattern", ["[", "a{99999999999}", "(?<=a+)b"])
@pytest.mark.parametrize("keyword", ["pattern", "patternProperties"])
def test_a_pattern_that_is_none_fails_the_call_and_nothing_else(keyword: str, pattern: str) -> None:
    schema = {"properties": {"a": {"pattern": pattern}}} if keyword == "pattern" else {keyword: {pattern: {}}}
    assert "the schema of the tool can't be used" in reason(schema, {"a": "b"})


def test_a_malformed_schema_fails_the_call() -> None:
    assert "the schema of the tool can't be used" in reason({"properties": {"a": {"type": "text"}}}, {"a": "b"})
    assert reason({"properties": {"a": {"required": 5}}}, {"a": {}})


def test_a_reason_is_short_and_says_what_is_wrong() -> None:
    text = reason({"properties": {"a": {"maxLength": 5}}}, {"a": "x" * 200_000})
    assert len(text) == MAX_REASON
    assert text.startswith("a: 'xxx") and text.endswith("xxx' is too long")
    assert len(reason({"additionalProperties": False}, {"y" * 200_000: 1})) == MAX_REASON
    assert reason({"properties": {"a": {"maxLength": 5}}}, {"a": "letters"}) == "a: 'letters' is too long"
