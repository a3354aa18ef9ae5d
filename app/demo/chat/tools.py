"""Chooses tool calls and their arguments for a question, and reports tool results."""

from __future__ import annotations

import json
import re
import secrets
from enum import Enum
from typing import Any

import msgspec

from app.demo.chat import arithmetic, places, units
from app.demo.chat.question import Call, Language, Message, Question, Tool
from app.demo.chat.script import script


class Trade(Enum):
    """Purpose of a tool, guessed from its name and description."""

    WEATHER = "weather"
    CONVERT = "convert"
    CALCULATOR = "calculator"
    CLOCK = "clock"
    OTHER = "other"


_TRADES = (
    (Trade.WEATHER, re.compile(r"weather|forecast|天气|气温", re.IGNORECASE)),
    (Trade.CONVERT, re.compile(r"convert|conversion|\bunits?\b|_units?|换算|单位", re.IGNORECASE)),
    (Trade.CALCULATOR, re.compile(r"calc|\bmath|arith|evaluat|expression|计算|算术", re.IGNORECASE)),
    (Trade.CLOCK, re.compile(r"time|clock|date|时间|日期|时钟", re.IGNORECASE)),
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


def trade(tool: Tool) -> Trade:
    """Guess the purpose of a tool. The name takes precedence: descriptions may mention related purposes."""
    for text in (tool.name, tool.description):
        for kind, pattern in _TRADES:
            if pattern.search(text):
                return kind
    return Trade.OTHER


def choose(question: Question) -> tuple[Call, ...]:
    """Tool calls for the latest user message; several if it asks about several things or cities."""
    text = question.asked.text
    calls = []
    for tool in question.tools:
        for arguments in _arguments(tool, text, question.language):
            calls.append(call(tool.name, arguments))
    return tuple(calls[: 8 if question.parallel else 1])


def call(name: str, arguments: dict[str, Any]) -> Call:
    return Call("call_" + secrets.token_hex(12), name, json.dumps(arguments, ensure_ascii=False))


def again(called: Call) -> Call:
    """The same call with a new id."""
    return Call("call_" + secrets.token_hex(12), called.name, called.arguments)


def report(question: Question) -> str:
    """Report the tool results of this turn, one sentence each."""
    words = script(question.language)
    by_name = {tool.name: tool for tool in question.tools}
    lines = []
    for called, message in question.results:
        result = _brief(message.text)
        if _failed(message):
            lines.append(words.say("result_failed", tool=called.name, result=result))
            continue
        kind = trade(by_name.get(called.name, Tool(called.name)))
        arguments = _object(called.arguments)
        place = next((str(v) for k, v in arguments.items() if _PLACE_FIELD.search(k)), "")
        expression = next((str(v) for v in arguments.values() if isinstance(v, str)), called.arguments)
        lines.append(
            words.say(f"result_{kind.value}", tool=called.name, result=result, place=place, expression=expression)
        )
    return "\n\n".join(lines)


def _arguments(tool: Tool, text: str, language: Language) -> list[dict[str, Any]]:
    """Arguments of each call to the tool; empty if the tool does not fit the question."""
    fields = _fields(tool.parameters)
    match trade(tool):
        case Trade.CLOCK if _ASKS_TIME.search(text):
            return _per_place(tool, text, language)
        case Trade.WEATHER if _ASKS_WEATHER.search(text):
            return _per_place(tool, text, language)
        case Trade.CALCULATOR if (found := arithmetic.find(text)) and not units.find(text):
            return [_filled(tool, text, _sum_fields(fields, found.expression))]
        case Trade.CONVERT if conversion := units.find(text):
            return [_filled(tool, text, _conversion_fields(fields, conversion))]
        case Trade.OTHER if _related(tool, text):
            return [_filled(tool, text, {})]
    return []


def _related(tool: Tool, text: str) -> bool:
    """Whether a tool of unknown purpose fits: the question shares a word with its name or two with its description."""
    asked = set(_WORD.findall(text.lower()))
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
    return bool(asked & name) or len(asked & description) >= 2


def _per_place(tool: Tool, text: str, language: Language) -> list[dict[str, Any]]:
    fields = _fields(tool.parameters)
    named = places.named(text)
    return [_filled(tool, text, _place_fields(fields, place, language)) for place in named] or [_filled(tool, text, {})]


def _place_fields(fields: dict[str, dict[str, Any]], place: places.Place, language: Language) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for field in fields:
        if _ZONE_FIELD.search(field):
            filled[field] = place.zone
        elif _PLACE_FIELD.search(field):
            filled[field] = place.name(language)
    return filled


def _sum_fields(fields: dict[str, dict[str, Any]], expression: str) -> dict[str, Any]:
    texts = [field for field, shape in fields.items() if _type(shape) == "string"]
    named = next((field for field in texts if _EXPRESSION_FIELD.search(field)), None)
    if named or len(texts) == 1:
        return {named or texts[0]: expression}
    numbers = [field for field, shape in fields.items() if _type(shape) in ("number", "integer")]
    values = [_number(value, fields[field]) for field, value in zip(numbers, _NUMBER.findall(expression), strict=False)]
    return dict(zip(numbers, values, strict=False))


def _conversion_fields(fields: dict[str, dict[str, Any]], conversion: units.Conversion) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for field, shape in fields.items():
        if _AMOUNT_FIELD.search(field):
            filled[field] = _number(str(conversion.amount), shape)
        elif _SOURCE_FIELD.search(field):
            filled[field] = _among(shape, conversion.source)
        elif _TARGET_FIELD.search(field):
            filled[field] = _among(shape, conversion.target)
    return filled


def _filled(tool: Tool, text: str, known: dict[str, Any]) -> dict[str, Any]:
    """Add a value guessed from the question for every required field that is not in `known`."""
    fields = _fields(tool.parameters)
    missing = [field for field in _required(tool.parameters) if field not in known]
    return known | {field: _guess(field, fields.get(field, {}), text) for field in missing}


def _fields(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Schemas of an object's fields. A schema that is not an object (`true` is valid) counts as unconstrained."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {field: _shape(shape) for field, shape in properties.items()}


def _required(schema: dict[str, Any]) -> list[str]:
    return [field for field in _listed(schema.get("required")) if isinstance(field, str)]


def _shape(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _guess(field: str, shape: dict[str, Any], text: str, depth: int = 0) -> Any:
    if choices := _listed(shape.get("enum")):
        return next((choice for choice in choices if str(choice).lower() in text.lower()), choices[0])
    if "default" in shape:
        return shape["default"]
    match _type(shape) if depth < _MAX_DEPTH else "":
        case "number" | "integer":
            found = _NUMBER.search(text)
            return _number(found.group() if found else "1", shape)
        case "boolean":
            return True
        case "array":
            return [_guess(field, _shape(shape.get("items")), text, depth + 1)]
        case "object":
            inner = _fields(shape)
            return {name: _guess(name, inner.get(name, {}), text, depth + 1) for name in _required(shape)}
    if _ZONE_FIELD.search(field):
        return (places.named(text) or places.named("Beijing"))[0].zone
    if _PLACE_FIELD.search(field):
        return (places.named(text) or places.named("Beijing"))[0].english
    quoted = _QUOTED.search(text)
    return quoted.group(1) if quoted else text.strip()[:200]


def _type(shape: dict[str, Any]) -> str:
    kind = shape.get("type")
    return str(kind[0] if isinstance(kind, list) and kind else kind)


def _number(text: str, shape: dict[str, Any]) -> float | int:
    value = float(text)
    return int(value) if _type(shape) == "integer" or value.is_integer() else value


def _among(shape: dict[str, Any], unit: str) -> str:
    """The unit in the spelling of the tool's enum, if it has one."""
    for choice in _listed(shape.get("enum")):
        one = units.convert(1.0, str(choice), unit)
        if one is not None and one.source == unit:
            return str(choice)
    return unit


def _failed(message: Message) -> bool:
    if message.failed or _FAILURE.search(message.text[:200]):
        return True
    return bool(_object(message.text).get("error"))


def _brief(text: str) -> str:
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
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
