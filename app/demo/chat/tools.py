"""Chooses tool calls and their arguments for a question, and reports tool results."""

from __future__ import annotations

import json
import re
import secrets
from enum import Enum
from typing import Any

import msgspec

from app.demo.chat import arithmetic, cities, units
from app.demo.chat.question import Call, Language, Message, Question, Tool
from app.demo.chat.script import load_script


class Purpose(Enum):
    """Purpose of a tool, guessed from its name and description."""

    WEATHER = "weather"
    CONVERT = "convert"
    CALCULATOR = "calculator"
    CLOCK = "clock"
    OTHER = "other"


_PURPOSES = (
    (Purpose.WEATHER, re.compile(r"weather|forecast|天气|气温", re.IGNORECASE)),
    (Purpose.CONVERT, re.compile(r"convert|conversion|\bunits?\b|_units?|换算|单位", re.IGNORECASE)),
    (Purpose.CALCULATOR, re.compile(r"calc|\bmath|arith|evaluat|expression|计算|算术", re.IGNORECASE)),
    (Purpose.CLOCK, re.compile(r"time|clock|date|时间|日期|时钟", re.IGNORECASE)),
)
_ASKS_TIME = re.compile(
    r"what time|what(?:'s| is) the (?:current |local )?(?:time|date)|(?:current|local) (?:time|date)|what day"
    r"|today's date|\btime (?:is it|in\b|now)|which day"
    r"|几点|几时|现在.{0,4}时间|今天.{0,4}(?:几号|日期|星期|周几|礼拜)|什么时间",
    re.IGNORECASE,
)
_ASKS_WEATHER = re.compile(
    r"weather|forecast|\brain|\bsnow|sunny|umbrella|how (?:warm|cold|hot)|天气|下雨|下雪|气温|多少度|带伞",
    re.IGNORECASE,
)
_EXPRESSION_FIELD = re.compile(r"expr|formula|equation|input|query|calc|^q$|算式|表达式", re.IGNORECASE)
_PLACE_FIELD = re.compile(r"city|location|place|region|where|城市|地点", re.IGNORECASE)
_ZONE_FIELD = re.compile(r"tz|zone|时区", re.IGNORECASE)
_AMOUNT_FIELD = re.compile(r"amount|value|number|quantity|数值|数量", re.IGNORECASE)
_SOURCE_FIELD = re.compile(r"from|source|源", re.IGNORECASE)
_TARGET_FIELD = re.compile(r"to|target|into|目标", re.IGNORECASE)
_FAILURE = re.compile(
    r"^\W*(error|denied|rejected|refused|failed|failure|not allowed|declined|the user (denied|declined))"
    r"|拒绝|失败|出错|错误",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]{4,}|[\u3400-\u9fff]{2}")
_QUOTED = re.compile(r"[\"“‘「『']([^\"”’」』']{1,200})[\"”’」』']")
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_MAX_DEPTH = 8


def purpose_of(tool: Tool) -> Purpose:
    """Guess the purpose of a tool. The name takes precedence: descriptions may mention related purposes."""
    for text in (tool.name, tool.description):
        for purpose, pattern in _PURPOSES:
            if pattern.search(text):
                return purpose
    return Purpose.OTHER


def choose(question: Question) -> tuple[Call, ...]:
    """Tool calls for the latest user message; several if it asks about several things or cities."""
    text = question.user_message.text
    calls = []
    for tool in question.tools:
        for arguments in _arguments(tool, text, question.language):
            calls.append(call(tool.name, arguments))
    return tuple(calls[: 8 if question.parallel else 1])


def call(name: str, arguments: dict[str, Any]) -> Call:
    return Call("call_" + secrets.token_hex(12), name, json.dumps(arguments, ensure_ascii=False))


def repeated(original: Call) -> Call:
    """The same call with a new id."""
    return Call("call_" + secrets.token_hex(12), original.name, original.arguments)


def report(question: Question) -> str:
    """Report the tool results of this turn, one sentence each."""
    script = load_script(question.language)
    tools_by_name = {tool.name: tool for tool in question.tools}
    sentences = []
    for original, message in question.tool_results:
        result = _one_line(message.text)
        if _failed(message):
            sentences.append(script.sentence("result_failed", tool=original.name, result=result))
            continue
        purpose = purpose_of(tools_by_name.get(original.name, Tool(original.name)))
        arguments = _object(original.arguments)
        city = next((str(v) for k, v in arguments.items() if _PLACE_FIELD.search(k)), "")
        expression = next((str(v) for v in arguments.values() if isinstance(v, str)), original.arguments)
        sentences.append(
            script.sentence(
                f"result_{purpose.value}", tool=original.name, result=result, place=city, expression=expression
            )
        )
    return "\n\n".join(sentences)


def _arguments(tool: Tool, text: str, language: Language) -> list[dict[str, Any]]:
    """Arguments of each call to the tool; empty if the tool does not fit the question."""
    fields = _fields(tool.parameters)
    match purpose_of(tool):
        case Purpose.CLOCK if _ASKS_TIME.search(text):
            return _per_city(tool, text, language)
        case Purpose.WEATHER if _ASKS_WEATHER.search(text):
            return _per_city(tool, text, language)
        case Purpose.CALCULATOR if (calculation := arithmetic.find(text)) and not units.find(text):
            return [_with_required(tool, text, _sum_fields(fields, calculation.expression))]
        case Purpose.CONVERT if conversion := units.find(text):
            return [_with_required(tool, text, _conversion_fields(fields, conversion))]
        case Purpose.OTHER if _shares_words(tool, text):
            return [_with_required(tool, text, {})]
    return []


def _shares_words(tool: Tool, text: str) -> bool:
    """Whether a tool of unknown purpose fits: the question shares a word with its name or two with its description."""
    question_words = set(_WORD.findall(text.lower()))
    if tool.name.lower() in text.lower():
        return True
    name = set(_WORD.findall(tool.name.lower().replace("_", " "))) - {
        "search",
        "tool",
        "find",
        "make",
        "list",
        "call",
        "with",
    }
    description = set(_WORD.findall(tool.description.lower()))
    return bool(question_words & name) or len(question_words & description) >= 2


def _per_city(tool: Tool, text: str, language: Language) -> list[dict[str, Any]]:
    fields = _fields(tool.parameters)
    named = cities.find(text)
    return [_with_required(tool, text, _city_fields(fields, city, language)) for city in named] or [
        _with_required(tool, text, {})
    ]


def _city_fields(fields: dict[str, dict[str, Any]], city: cities.City, language: Language) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for field in fields:
        if _ZONE_FIELD.search(field):
            arguments[field] = city.zone
        elif _PLACE_FIELD.search(field):
            arguments[field] = city.name(language)
    return arguments


def _sum_fields(fields: dict[str, dict[str, Any]], expression: str) -> dict[str, Any]:
    text_fields = [field for field, schema in fields.items() if _type(schema) == "string"]
    named = next((field for field in text_fields if _EXPRESSION_FIELD.search(field)), None)
    if named or len(text_fields) == 1:
        return {named or text_fields[0]: expression}
    number_fields = [field for field, schema in fields.items() if _type(schema) in ("number", "integer")]
    values = [
        _number(value, fields[field]) for field, value in zip(number_fields, _NUMBER.findall(expression), strict=False)
    ]
    return dict(zip(number_fields, values, strict=False))


def _conversion_fields(fields: dict[str, dict[str, Any]], conversion: units.Conversion) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    for field, schema in fields.items():
        if _AMOUNT_FIELD.search(field):
            arguments[field] = _number(str(conversion.amount), schema)
        elif _SOURCE_FIELD.search(field):
            arguments[field] = _as_listed(schema, conversion.source)
        elif _TARGET_FIELD.search(field):
            arguments[field] = _as_listed(schema, conversion.target)
    return arguments


def _with_required(tool: Tool, text: str, known: dict[str, Any]) -> dict[str, Any]:
    """Add a value guessed from the question for every required field that is not in `known`."""
    fields = _fields(tool.parameters)
    missing = [field for field in _required(tool.parameters) if field not in known]
    return known | {field: _guess(field, fields.get(field, {}), text) for field in missing}


def _fields(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Schemas of an object's fields. A schema that is not an object (`true` is valid) counts as unconstrained."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {field: _as_schema(schema) for field, schema in properties.items()}


def _required(schema: dict[str, Any]) -> list[str]:
    return [field for field in _as_list(schema.get("required")) if isinstance(field, str)]


def _as_schema(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _guess(field: str, schema: dict[str, Any], text: str, depth: int = 0) -> Any:
    if choices := _as_list(schema.get("enum")):
        return next((choice for choice in choices if str(choice).lower() in text.lower()), choices[0])
    if "default" in schema:
        return schema["default"]
    match _type(schema) if depth < _MAX_DEPTH else "":
        case "number" | "integer":
            number = _NUMBER.search(text)
            return _number(number.group() if number else "1", schema)
        case "boolean":
            return True
        case "array":
            return [_guess(field, _as_schema(schema.get("items")), text, depth + 1)]
        case "object":
            inner = _fields(schema)
            return {name: _guess(name, inner.get(name, {}), text, depth + 1) for name in _required(schema)}
    if _ZONE_FIELD.search(field):
        return (cities.find(text) or cities.find("Beijing"))[0].zone
    if _PLACE_FIELD.search(field):
        return (cities.find(text) or cities.find("Beijing"))[0].english
    quoted = _QUOTED.search(text)
    return quoted.group(1) if quoted else text.strip()[:200]


def _type(schema: dict[str, Any]) -> str:
    json_type = schema.get("type")
    return str(json_type[0] if isinstance(json_type, list) and json_type else json_type)


def _number(text: str, schema: dict[str, Any]) -> float | int:
    value = float(text)
    return int(value) if _type(schema) == "integer" or value.is_integer() else value


def _as_listed(schema: dict[str, Any], unit: str) -> str:
    """The unit in the spelling of the tool's enum, if it has one."""
    for choice in _as_list(schema.get("enum")):
        conversion = units.convert(1.0, str(choice), unit)
        if conversion is not None and conversion.source == unit:
            return str(choice)
    return unit


def _failed(message: Message) -> bool:
    if message.failed or _FAILURE.search(message.text[:200]):
        return True
    return bool(_object(message.text).get("error"))


def _one_line(text: str) -> str:
    """A result in one line: the value of an object with one field, `key: value` pairs of a larger object."""
    fields = _object(text)
    if len(fields) == 1:
        text = str(next(iter(fields.values())))
    elif fields:
        text = ", ".join(f"{key}: {value}" for key, value in fields.items())
    text = " ".join(text.split())
    return text if len(text) <= 300 else text[:299] + "…"


def _object(text: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
