"""Checks the arguments of a call against the schema of its tool."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from app.core.errors import Code, ToolError
from app.core.pattern_cost import search_steps
from app.core.requests import FunctionTool

MAX_MATCH_STEPS = 1_000_000
"""Of one search for a pattern, in which Python lets no other thread run."""
MAX_CHECK_STEPS = 20_000_000
"""Of all searches of one check, which can't be cancelled."""
MAX_REASON = 500
"""Characters of a reason: jsonschema writes the whole value into it, and the model gets it back."""


def checked_arguments(spec: FunctionTool, arguments: str) -> dict[str, Any]:
    """Parse the arguments and validate them against the schema. Raises ToolError(TOOL_ARGUMENTS).

    Patterns are left to the tool where to search for them could take long.
    """
    values: Any = {}
    try:
        values = json.loads(arguments or "{}")
        reason = "" if isinstance(values, dict) else "not a JSON object"
    except ValueError as error:
        reason = f"not JSON: {error}"
    except RecursionError:
        reason = "nested too deeply"
    if not reason:
        try:
            reason = schema_fault(spec.parameters, values)
        except SchemaUnusable as error:
            reason = f"the schema of the tool can't be used: {error}"
    if reason:
        raise ToolError(Code.TOOL_ARGUMENTS, name=spec.name, reason=_shortened(reason))
    return dict(values)


class SchemaUnusable(ValueError):
    """Raised for a schema that is none."""


def schema_fault(schema: Any, value: Any) -> str:
    """What is wrong with a value by a schema, in the words of `jsonschema`; empty if nothing is.

    Raises SchemaUnusable. The work is bounded; patterns for which to search could take long are left out.
    """
    try:
        return _fault(schema, value)
    except RecursionError:
        return "nested too deeply"
    except Exception as error:  # A schema from elsewhere can be wrong in ways for which jsonschema has any exception.
        raise SchemaUnusable(str(error)) from error


def _shortened(reason: str) -> str:
    """A reason without the middle of a long value: what is wrong with it stands after it."""
    return reason if len(reason) <= MAX_REASON else f"{reason[: MAX_REASON - 203]} … {reason[-200:]}"


def _fault(parameters: Any, values: Any) -> str:
    """Return the first schema violation, or an empty string."""
    from jsonschema import Draft202012Validator  # 60 ms to import; only calls need it
    from jsonschema.validators import extend
    from referencing.exceptions import Unresolvable
    from referencing.jsonschema import SchemaRegistry

    schema = _of_one_dialect(parameters)
    bounded = extend(Draft202012Validator, PatternKeywords(schema).keywords)  # type: ignore[no-untyped-call]
    # An empty registry: otherwise jsonschema fetches whatever address a schema refers to.
    validator = bounded(schema, registry=SchemaRegistry())
    try:
        fault = next(iter(validator.iter_errors(values)), None)
    except Unresolvable as error:
        return f"the schema refers to {error}"
    if fault is None:
        return ""
    where = ".".join(str(step) for step in fault.absolute_path)
    return f"{where}: {fault.message}" if where else fault.message


def _of_one_dialect(schema: Any) -> Any:
    """A schema without the names of other drafts in it: jsonschema would go over to their keywords."""
    if isinstance(schema, dict):
        return {
            name: _of_one_dialect(each)
            for name, each in schema.items()
            if name != "$schema" or not isinstance(each, str)
        }
    return [_of_one_dialect(each) for each in schema] if isinstance(schema, list) else schema


class PatternKeywords:
    """The keywords of JSON Schema that search for patterns, for one check with a bounded number of steps."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema
        self._steps_left = MAX_CHECK_STEPS

    @property
    def keywords(self) -> dict[str, Any]:
        """The functions that check these keywords, as jsonschema takes them."""
        return {
            "pattern": self._pattern,
            "patternProperties": self._pattern_properties,
            "additionalProperties": self._additional_properties,
            "unevaluatedProperties": self._unevaluated_properties,
        }

    def _has(self, pattern: str, text: str) -> bool | None:
        """Whether a text has a match; None if the search could take long."""
        steps = search_steps(pattern, len(text))
        if steps > min(MAX_MATCH_STEPS, self._steps_left):
            return None
        self._steps_left -= steps
        return re.search(pattern, text) is not None

    def _pattern(self, validator: Any, pattern: str, value: Any, schema: Any) -> Iterator[Any]:
        from jsonschema import ValidationError

        if isinstance(value, str) and self._has(pattern, value) is False:
            yield ValidationError(f"{value!r} does not match {pattern!r}")

    def _pattern_properties(self, validator: Any, patterns: Any, value: Any, schema: Any) -> Iterator[Any]:
        if not isinstance(value, dict):
            return
        for pattern, subschema in patterns.items():
            for name, item in value.items():
                if self._has(pattern, name):
                    yield from validator.descend(item, subschema, path=name, schema_path=pattern)

    def _additional_properties(self, validator: Any, allowed: Any, value: Any, schema: Any) -> Iterator[Any]:
        from jsonschema import ValidationError

        if not isinstance(value, dict):
            return
        known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        extra = [
            name
            for name in value
            if name not in known and all(self._has(pattern, name) is False for pattern in patterns)
        ]
        if isinstance(allowed, dict):
            for name in extra:
                yield from validator.descend(value[name], allowed, path=name)
        elif not allowed and extra:
            yield ValidationError(f"Additional properties are not allowed: {', '.join(map(repr, extra))}")

    def _unevaluated_properties(self, validator: Any, allowed: Any, value: Any, schema: Any) -> Iterator[Any]:
        from jsonschema import Draft202012Validator

        # jsonschema searches for the patterns of all schemas that belong to this one.
        if isinstance(value, dict):
            for pattern in _property_patterns(self._schema):
                if any(self._has(pattern, name) is None for name in value):
                    return
        yield from Draft202012Validator.VALIDATORS["unevaluatedProperties"](validator, allowed, value, schema)


def _property_patterns(schema: Any) -> Iterator[str]:
    """Every pattern for names in a schema, wherever it stands."""
    waiting = [schema]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            patterns = current.get("patternProperties")
            if isinstance(patterns, dict):
                yield from patterns
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
