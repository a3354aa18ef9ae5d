"""Fills a tool's arguments from a question, by the name, type, format and enum of each field."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import msgspec

from app.demo.chat import dates, named_values
from app.demo.chat.arithmetic import Calculation
from app.demo.chat.fields import (
    as_list,
    as_schema,
    fields_of,
    number_for,
    required_of,
    role_of,
    type_of,
    unit_for,
    words_of,
)
from app.demo.chat.places import Place
from app.demo.chat.question import Language, Tool
from app.demo.chat.units import Conversion

_MAX_DEPTH = 8
_MAX_TEXT = 200

_EXPRESSION_FIELD = re.compile(r"expr|formula|equation|input|query|calc|^q$|算式|表达式", re.IGNORECASE)
_AMOUNT_FIELD = re.compile(r"amount|value|number|quantity|数值|数量", re.IGNORECASE)
_COUNT_FIELD = re.compile(r"limit|count|\btop\b|\bmax|\bn\b|\bnum|size|results|数量|个数", re.IGNORECASE)
_HIGHEST = re.compile(r"max|price|budget|cost|limit|最高|价格|预算", re.IGNORECASE)
_COORDINATE = re.compile(r"^(?:lat|lon|lng)", re.IGNORECASE)
_MESSAGE_TOOL = re.compile(r"mail|messag|sms|chat|notif|邮件|短信|消息", re.IGNORECASE)
_VENUE = re.compile(r"restaurant|hotel|venue|\bbar\b|shop|store|museum|cinema|餐厅|酒店", re.IGNORECASE)
_WHOLE_TEXT = re.compile(r"query|text|prompt|question|messag|content|input|body|code|note|内容|问题", re.IGNORECASE)
_UNITS = ("celsius", "fahrenheit", "metric", "imperial")
"""Units of a field without a list of its own; the first is meant if none is named."""
_ASKED_FOR = {"email", "url", "phone", "place", "origin", "destination", "id", "symbol", "currency", "path"}
"""Roles that are asked for rather than invented."""


class Known(msgspec.Struct, frozen=True):
    """What was found in the question before its arguments are filled.

    Attributes:
        places: the places named; the first is the one that the call is about.
    """

    text: str
    language: Language
    places: tuple[Place, ...] = ()
    calculation: Calculation | None = None
    conversion: Conversion | None = None
    today: dt.date = msgspec.field(default_factory=dt.date.today)


class Arguments(msgspec.Struct, frozen=True):
    """Values by field, and the required fields that the question has no value for."""

    values: dict[str, Any]
    missing: tuple[str, ...] = ()


def fill(tool: Tool, known: Known) -> Arguments:
    """Fill the fields that the question names, and every required one."""
    return _Filler(tool, known).arguments()


class _Filler:
    """The values of one call."""

    def __init__(self, tool: Tool, known: Known) -> None:
        self._tool = tool
        self._known = known
        self._text = known.text
        self._numbers = named_values.numbers_in(dates.without(known.text))
        self._dates = iter(dates.find(known.text, known.today))
        self._quoted = next(iter(named_values.quoted_in(known.text)), "")

    def arguments(self) -> Arguments:
        schema = self._tool.parameters
        fields, required = fields_of(schema), required_of(schema)
        values = self._computed(fields)
        missing = []
        for field in dict.fromkeys((*fields, *required)):
            if field in values:
                continue
            field_schema = fields.get(field, {})
            value = self._found(field, field_schema)
            if value is None and field in required:
                value = self._fallback(field, field_schema)
                if value is None:
                    missing.append(field)
            elif value is None and role_of(field) == "zone" and self._known.places:
                # Without its zone the tool would tell another place's time.
                missing.append(field)
            is_repeated = field not in required and isinstance(value, str) and value in values.values()
            # What the question is about is said once, not in each optional text as well.
            if value is not None and not is_repeated:
                values[field] = value
        return Arguments(values, tuple(missing))

    def _computed(self, fields: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Fields of a calculator or a converter."""
        if self._known.calculation is not None:
            return self._sum_fields(fields, self._known.calculation.expression)
        if (conversion := self._known.conversion) is None:
            return {}
        values: dict[str, Any] = {}
        for field, schema in fields.items():
            if _AMOUNT_FIELD.search(field):
                values[field] = number_for(conversion.amount, schema)
            elif re.search(r"from|source|源", field, re.IGNORECASE):
                values[field] = unit_for(schema, conversion.source)
            elif re.search(r"to|target|into|目标", field, re.IGNORECASE):
                values[field] = unit_for(schema, conversion.target)
        return values

    def _sum_fields(self, fields: dict[str, dict[str, Any]], expression: str) -> dict[str, Any]:
        text_fields = [field for field, schema in fields.items() if type_of(schema) == "string"]
        named = next((field for field in text_fields if _EXPRESSION_FIELD.search(field)), None)
        if named or len(text_fields) == 1:
            return {named or text_fields[0]: expression}
        number_fields = [field for field, schema in fields.items() if type_of(schema) in ("number", "integer")]
        numbers = named_values.numbers_in(expression)
        pairs = zip(number_fields, numbers, strict=False)
        return {field: number_for(value, fields[field]) for field, value in pairs}

    def _found(self, field: str, schema: dict[str, Any], depth: int = 0) -> Any:
        """The value that the question gives for a field; None if it gives none."""
        if choices := as_list(schema.get("enum")):
            return next((choice for choice in choices if named_values.mentions(self._text, str(choice))), None)
        match type_of(schema) if depth < _MAX_DEPTH else "":
            case "number" | "integer":
                value = self._number_near(field)
                if value is None:
                    return None
                if value in self._numbers:
                    self._numbers.remove(value)
                return number_for(value, schema)
            case "boolean":
                return self._boolean(field)
            case "array":
                return self._array(field, schema, depth) or None
            case "object":
                inner = fields_of(schema)
                values = {name: self._found(name, inner[name], depth + 1) for name in inner}
                return {name: value for name, value in values.items() if value is not None} or None
        return self._string(field, schema)

    def _string(self, field: str, schema: dict[str, Any]) -> str | None:
        match role_of(field):
            case "email":
                return named_values.first(named_values.EMAIL, self._text)
            case "url":
                return named_values.first(named_values.URL, self._text)
            case "path":
                return named_values.first(named_values.PATH, self._text) or self._quoted or None
            case "phone":
                return named_values.first(named_values.PHONE, self._text)
            case "zone":
                return next((place.zone for place in self._known.places if place.zone), None)
            case "language":
                return self._language(field, schema)
            case "date":
                return self._date(schema)
            case "time":
                return dates.find_time(self._text) if "datetime" not in field.lower() else self._date(schema)
            case "currency":
                return self._currency(is_target=bool(re.search(r"to|target|quote", field, re.IGNORECASE)))
            case "origin" | "destination" as role:
                return self._end_of_route(role)
            case "place":
                return self._known.places[0].name(self._known.language) if self._known.places else None
            case "symbol":
                return named_values.first(named_values.SYMBOL, self._text)
            case "id":
                return named_values.first(named_values.ID, self._text)
            case "person":
                return named_values.first(named_values.PERSON, self._text) or self._quoted or None
            case "unit":
                return next((unit for unit in _UNITS if named_values.mentions(self._text, unit)), None)
            case "title":
                return named_values.first(named_values.TITLED, self._text)
        return self._object(field)

    def _object(self, field: str) -> str | None:
        """What the question is about: quoted words, or what follows the verb."""
        if self._quoted:
            return self._quoted
        said = (
            named_values.first(named_values.SAID, self._text)
            if re.search(r"body|message|content|text|内容", field, re.I)
            else None
        )
        if said:
            return said.strip()[:_MAX_TEXT]
        for pattern in named_values.OBJECT:
            if match := pattern.search(self._text):
                return self._without_dates(named_values.OBJECT_END.sub("", match["words"]).strip()[:_MAX_TEXT]) or None
        return None

    def _without_dates(self, words: str) -> str:
        """The words without the dates that the tool takes as arguments of their own."""
        if not any(role_of(field) in ("date", "time") for field in fields_of(self._tool.parameters)):
            return words
        return re.sub(r"(?:\s+(?:at|on|by))*\s*$", "", " ".join(dates.without(words).split()))

    def _date(self, schema: dict[str, Any]) -> str | None:
        date = next(self._dates, None)
        if date is None:
            return None
        wants_words = re.search(r"tomorrow|today|明天|今天", str(schema.get("description", "")), re.IGNORECASE)
        return date.words if wants_words and not schema.get("format") else date.date.isoformat()

    def _language(self, field: str, schema: dict[str, Any]) -> str | None:
        lowered = self._text.lower()
        into = re.search(r"\b(?:to|into|in)\b|成|用|译", lowered)
        if re.search(r"source|from|源", field, re.IGNORECASE) and into:
            lowered = lowered[: into.start()]
        for code, names in named_values.LANGUAGES.items():
            if name := next((name for name in names if name in lowered), None):
                wants_code = re.search(r"code|iso|\b(?:en|zh)\b", str(schema.get("description", "")) + field, re.I)
                return code if wants_code else name.capitalize()
        return None

    def _currency(self, *, is_target: bool) -> str | None:
        codes = named_values.currencies_in(self._text)
        return next(iter(codes[1:] if is_target else codes), None)

    def _end_of_route(self, role: str) -> str | None:
        if re.search("currenc|exchange|汇率|货币", self._tool.name + self._tool.description, re.IGNORECASE):
            return self._currency(is_target=role == "destination")
        if role == "destination" and _MESSAGE_TOOL.search(self._tool.name):
            return named_values.first(named_values.EMAIL, self._text) or named_values.first(
                named_values.PERSON, self._text
            )
        places = self._known.places
        named = re.search(
            rf"\b{'from' if role == 'origin' else 'to'} (?=[A-Z])|{'从' if role == 'origin' else '到|去|飞'}",
            self._text,
        )
        if named:
            after = self._text[named.end() :].lower()
            for place in places:
                if after.startswith((place.english.lower(), place.chinese)):
                    return place.name(self._known.language)
        if len(places) >= 2:
            return places[0 if role == "origin" else 1].name(self._known.language)
        return None

    def _number_near(self, field: str) -> float | None:
        """The number beside the field's own word ("3 days"), or a count such as "top 5"."""
        for word in words_of(field).split():
            stem = re.escape(word.rstrip("s"))
            if len(stem) < 3:
                continue
            number = rf"(\d{{1,15}}(?:\.\d{{1,15}})?|{'|'.join(named_values.NUMBER_WORDS)})"
            match = re.search(
                rf"{number}[ -]?(?:more )?{stem}|\b{stem}\w{{0,3}}:? (?:of |is |= ?)?{number}\b", self._text, re.I
            )
            if match:
                word_or_digits = (match.group(1) or match.group(2)).lower()
                return float(named_values.NUMBER_WORDS.get(word_or_digits, 0) or word_or_digits)
        if re.search("year|年", field) and (year := named_values.first(named_values.YEAR, self._text)):
            return float(year)
        if _HIGHEST.search(field) and (most := named_values.first(named_values.MOST, self._text)):
            return float(most)
        if _COUNT_FIELD.search(field) and (count := named_values.first(named_values.COUNTED, self._text)):
            return float(count)
        return None

    def _boolean(self, field: str) -> bool | None:
        for word in words_of(field).split():
            if len(word) < 4:
                continue
            if match := re.search(rf"(\bno |\bnot |\bwithout |n't |不要|不带|不)?{re.escape(word)}", self._text, re.I):
                return match.group(1) is None
        return None

    def _array(self, field: str, schema: dict[str, Any], depth: int) -> list[Any]:
        items = as_schema(schema.get("items"))
        if choices := as_list(items.get("enum")):
            return [choice for choice in choices if named_values.mentions(self._text, str(choice))]
        if type_of(items) in ("number", "integer"):
            return [number_for(number, items) for number in self._numbers]
        if role_of(field) == "place":
            return [place.name(self._known.language) for place in self._known.places]
        if role_of(field) == "email":
            return named_values.EMAIL.findall(self._text)
        if quoted := named_values.quoted_in(self._text):
            return quoted
        _, colon, listed = self._text.replace("：", ":").partition(":")
        if colon and listed.strip():
            return [part.strip(" .。?？") for part in re.split(r",|，|、| and |和", listed) if part.strip(" .。?？")]
        value = self._found(field.removesuffix("s"), items, depth + 1)
        return [] if value is None else [value]

    def _fallback(self, field: str, schema: dict[str, Any], depth: int = 0) -> Any:
        """A value for a required field that the question does not give; None if it has to be asked for."""
        if choices := as_list(schema.get("enum")):
            return choices[0]
        if "default" in schema:
            return schema["default"]
        match type_of(schema) if depth < _MAX_DEPTH else "":
            case "number" | "integer":
                if _COORDINATE.search(field) or not self._numbers:
                    return number_for(1.0, schema) if _COUNT_FIELD.search(field) else None
                return number_for(self._numbers.pop(0), schema)
            case "boolean":
                return True
            case "array":
                value = self._fallback(field, as_schema(schema.get("items")), depth + 1)
                return None if value is None else [value]
            case "object":
                inner = fields_of(schema)
                return {name: self._fallback(name, inner.get(name, {}), depth + 1) for name in required_of(schema)}
        role = role_of(field)
        if role == "zone" or role in _ASKED_FOR:
            return None
        if role == "unit":
            return _UNITS[0]
        if role in ("date", "time"):
            return self._known.today.isoformat() if role == "date" else "09:00"
        return self._quoted or self._phrase(field) or self._text.strip()[:_MAX_TEXT]

    def _phrase(self, field: str) -> str:
        """A part of the question for a field that holds a name rather than a text: "kitchen" of "in the kitchen"."""
        if _WHOLE_TEXT.search(field):
            return ""
        if _VENUE.search(field) and (venue := named_values.first(named_values.AT, self._text)):
            return venue
        phrases = named_values.PHRASE.findall(self._text[:_MAX_TEXT])
        return phrases[-1].strip() if phrases else ""
