"""Fills a tool's arguments from a question, by the name, type, format and enum of each field."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from app.demo.chat import dates
from app.demo.chat.arithmetic import Calculation
from app.demo.chat.places import Place
from app.demo.chat.question import Language, Tool
from app.demo.chat.units import Conversion, convert

_MAX_DEPTH = 8
_MAX_TEXT = 200

_ROLES = (
    ("email", r"e ?mail|邮箱"),
    ("url", r"\burl\b|\blink\b|网址|链接"),
    ("phone", r"phone|\btel\b|mobile|电话|手机"),
    ("zone", r"\btz\b|time ?zone|时区"),
    ("language", r"\blang|语言|语种"),
    ("currency", r"currenc|货币|币种"),
    ("date", r"\bdate\b|\bday\b|\bwhen\b|check ?in|check ?out|deadline|\bdue\b|日期"),
    ("time", r"\btime\b|\bhour\b|时间"),
    ("origin", r"^(?:from|origin|source|depart\w*|start)\b|出发|起点"),
    ("destination", r"^(?:to|dest\w*|arriv\w*|end|target)\b|目的|到达|终点"),
    ("place", r"city|location|place|region|\bwhere\b|town|country|province|address|\barea\b|城市|地点|位置|地址|地区"),
    ("symbol", r"symbol|ticker|股票"),
    ("id", r"\bid\b|\bnumber\b|\bcode\b|编号|单号"),
    ("person", r"recipient|\bname\b|\bwho\b|person|contact|姓名|收件人|联系人"),
    ("title", r"title|subject|标题|主题"),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_ASKED_FOR = {"email", "url", "phone", "place", "origin", "destination", "id", "symbol", "currency"}
"""Roles that are asked for rather than invented."""

_EXPRESSION_FIELD = re.compile(r"expr|formula|equation|input|query|calc|^q$|算式|表达式", re.IGNORECASE)
_AMOUNT_FIELD = re.compile(r"amount|value|number|quantity|数值|数量", re.IGNORECASE)
_COUNT_FIELD = re.compile(r"limit|count|\btop\b|\bmax|\bn\b|\bnum|size|results|数量|个数", re.IGNORECASE)
_MESSAGE_TOOL = re.compile(r"mail|messag|sms|chat|notif|邮件|短信|消息", re.IGNORECASE)
_QUOTED = re.compile(r"[“「『]([^”」』]{1,200})[”」』]|\"([^\"]{1,200})\"|(?<!\w)['‘]([^'’]{1,200})['’](?!\w)")
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_URL = re.compile(r"https?://[^\s，。）)]{1,300}")
_PHONE = re.compile(r"\+?\d[\d -]{6,18}\d")
_SYMBOL = re.compile(
    r"\b(?:price|shares|stock|quote) (?:of|for) (\w[\w.]{0,30})|\b([A-Z]{2,5})\b|\b(\d{4,6})\b"
    r"|([\u4e00-\u9fff]{2,8}?)的?(?:股价|股票)"
)
_VENUE = re.compile(r"restaurant|hotel|venue|\bbar\b|shop|store|museum|cinema|餐厅|酒店", re.IGNORECASE)
_AT = re.compile(r"\bat (?:the )?([A-Z][\w'’]{1,30}(?: [A-Z][\w'’]{1,30}){0,3})")
_WHOLE_TEXT = re.compile(r"query|text|prompt|question|messag|content|input|body|code|note|内容|问题", re.IGNORECASE)
_PHRASE = re.compile(
    r"\b(?:in|of|on|at|for|about|with) (?:the |my |our |an? )?([a-zA-Z'’ -]{2,40}?)"
    r"(?= (?:in|at|on|for|with|to|from|tomorrow|today|tonight|please)\b|[.,?!]|$)"
)
_ID = re.compile(
    r"(?:#|\bno\.? ?|号[:：]?|\bid ?[:：]?\s?|\border |\bnumber )([\w-]{2,40})|\b((?=\w*\d)[A-Z][\w-]{3,40})", re.I
)
_PERSON = re.compile(
    r"\b(?:to|with|for|call|tell|ask|invite|message|named|called) ((?!the\b)[A-Z]\w{1,30}(?: [A-Z]\w{1,30})?)"
    r"|(?:给|跟|和|叫|告诉|通知)([\u4e00-\u9fff]{2,3}?)(?=发|打|写|说|约|，|的|$)"
)
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "a dozen": 12, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_COUNTED = re.compile(
    r"\b(?:top|first|last|next)\s(\d{1,4})\b|(\d{1,4})\s?(?:results?|items?|articles?|files?|个|条|篇|家|部|首)"
)
_SYNONYMS = {
    "celsius": ("摄氏", "°c", "℃", "centigrade"),
    "fahrenheit": ("华氏", "°f", "℉"),
    "metric": ("公制",),
    "imperial": ("英制",),
    "high": ("高", "urgent", "紧急"),
    "low": ("低",),
    "on": ("打开", "开启", "turn on", "switch on"),
    "off": ("关闭", "关掉", "turn off", "switch off"),
    "asc": ("升序", "ascending"),
    "desc": ("降序", "descending"),
    "zh": ("chinese", "中文", "汉语"),
    "en": ("english", "英文", "英语"),
    "fr": ("french", "法语", "法文"),
    "de": ("german", "德语", "德文"),
    "es": ("spanish", "西班牙语"),
    "ja": ("japanese", "日语", "日文"),
    "ko": ("korean", "韩语", "韩文"),
    "it": ("italian", "意大利语"),
    "ru": ("russian", "俄语", "俄文"),
}
_LANGUAGES = {code: names for code, names in _SYNONYMS.items() if len(code) == 2 and len(names) > 1 and code != "on"}
_CURRENCIES = {
    "CNY": ("yuan", "renminbi", "rmb", "人民币"),
    "USD": ("dollar", "美元", "美金"),
    "EUR": ("euro", "欧元"),
    "GBP": ("pound", "英镑"),
    "JPY": ("yen", "日元"),
    "HKD": ("港币", "港元"),
    "KRW": ("韩元",),
    "SGD": ("新加坡元",),
    "AUD": ("澳元",),
    "CAD": ("加元",),
    "CHF": ("franc", "瑞士法郎"),
}
_OBJECT = (
    re.compile(
        r"\b(?:search(?: the web| online)?(?: for)?|look up|find(?: me)?|google|play|remind me to|translate|define"
        r"|read|open|write down|note(?: down)?(?: that)?|add)\s+(?P<words>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"(?:搜索一下|搜索|搜一下|查一下|查询|查找|查查|找一下|播放|提醒我|翻译一下|翻译|记一下|记下|添加)[:：]?\s*"
        r"(?P<words>.+)",
        re.DOTALL,
    ),
)
_SAID = re.compile(
    r"\b(?:saying|that says|and (?:say|tell \w+)(?: that)?|with (?:the )?(?:text|message|body)|that)\b[:：]?\s*(.+)"
    r"|(?:内容是|内容为|就?说)[:：]?\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
_TITLED = re.compile(
    r"\b(?:called|titled|named|with (?:the )?(?:title|subject)|about|subject)\b[:：]?\s*(.+?)"
    r"(?=\s+(?:saying|that says|on|at|to)\b|[,.?!]|$)"
    r"|(?:标题是|标题为|主题是|叫做?|关于)[:：]?\s*([^，。？！]{1,60})",
    re.IGNORECASE,
)
_OBJECT_END = re.compile(
    r"\s+(?:(?:to|into|in|from) (?:english|chinese|french|german|spanish|japanese|korean|italian|russian)"
    r"|on (?:the )?web|online|for me|please)\b.*$|,? (?:top|first) \d+.*$"
    r"|成?(?:到)?(?:英|中|法|德|日|韩|俄|西班牙|意大利)[文语].*$|[?？!！.。\s]+$",
    re.IGNORECASE | re.DOTALL,
)


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


def fields_of(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Schemas of an object's fields. A schema that is not an object (`true` is valid) counts as unconstrained."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {field: _as_schema(value) for field, value in properties.items()}


def required_of(schema: dict[str, Any]) -> list[str]:
    return [field for field in _as_list(schema.get("required")) if isinstance(field, str)]


def role_of(field: str) -> str:
    """What a field holds, by its name: "place", "date", … or "text"."""
    words = _words_of(field)
    return next((role for role, pattern in _ROLE_PATTERNS if pattern.search(words)), "text")


def currencies_in(text: str) -> list[str]:
    """ISO codes of the currencies in a text, in the order of their first mention."""
    spots = sorted(
        (match.start(), code)
        for code, names in _CURRENCIES.items()
        for match in re.finditer("|".join((rf"\b{code.lower()}\b", *names)), text.lower())
    )
    return list(dict.fromkeys(code for _, code in spots))


class _Filler:
    """The values of one call."""

    def __init__(self, tool: Tool, known: Known) -> None:
        self._tool = tool
        self._known = known
        self._text = known.text
        self._numbers = [_plain(number) for number in _NUMBER.findall(dates.without(known.text))]
        self._dates = iter(dates.find(known.text, known.today))
        self._quoted = next((next(filter(None, match)) for match in _QUOTED.findall(known.text)), "")

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
            if value is not None:
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
                values[field] = _number(conversion.amount, schema)
            elif re.search(r"from|source|源", field, re.IGNORECASE):
                values[field] = _as_listed(schema, conversion.source)
            elif re.search(r"to|target|into|目标", field, re.IGNORECASE):
                values[field] = _as_listed(schema, conversion.target)
        return values

    def _sum_fields(self, fields: dict[str, dict[str, Any]], expression: str) -> dict[str, Any]:
        text_fields = [field for field, schema in fields.items() if _type(schema) == "string"]
        named = next((field for field in text_fields if _EXPRESSION_FIELD.search(field)), None)
        if named or len(text_fields) == 1:
            return {named or text_fields[0]: expression}
        number_fields = [field for field, schema in fields.items() if _type(schema) in ("number", "integer")]
        numbers = [_plain(number) for number in _NUMBER.findall(expression)]
        pairs = zip(number_fields, numbers, strict=False)
        return {field: _number(value, fields[field]) for field, value in pairs}

    def _found(self, field: str, schema: dict[str, Any], depth: int = 0) -> Any:
        """The value that the question gives for a field; None if it gives none."""
        if choices := _as_list(schema.get("enum")):
            return next((choice for choice in choices if _mentions(self._text, str(choice))), None)
        match _type(schema) if depth < _MAX_DEPTH else "":
            case "number" | "integer":
                value = self._number_near(field)
                return None if value is None else _number(value, schema)
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
                return _first(_EMAIL, self._text)
            case "url":
                return _first(_URL, self._text)
            case "phone":
                return _first(_PHONE, self._text)
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
                return _first(_SYMBOL, self._text)
            case "id":
                return _first(_ID, self._text)
            case "person":
                return _first(_PERSON, self._text) or self._quoted or None
            case "title":
                return _first(_TITLED, self._text)
        return self._object(field)

    def _object(self, field: str) -> str | None:
        """What the question is about: quoted words, or what follows the verb."""
        if self._quoted:
            return self._quoted
        said = _first(_SAID, self._text) if re.search(r"body|message|content|text|内容", field, re.I) else None
        if said:
            return said.strip()[:_MAX_TEXT]
        for pattern in _OBJECT:
            if match := pattern.search(self._text):
                return _OBJECT_END.sub("", match["words"]).strip()[:_MAX_TEXT] or None
        return None

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
        for code, names in _LANGUAGES.items():
            if name := next((name for name in names if name in lowered), None):
                wants_code = re.search(r"code|iso|\b(?:en|zh)\b", str(schema.get("description", "")) + field, re.I)
                return code if wants_code else name.capitalize() if name.isascii() else name
        return None

    def _currency(self, *, is_target: bool) -> str | None:
        codes = currencies_in(self._text)
        return next(iter(codes[1:] if is_target else codes), None)

    def _end_of_route(self, role: str) -> str | None:
        if re.search("currenc|exchange|汇率|货币", self._tool.name + self._tool.description, re.IGNORECASE):
            return self._currency(is_target=role == "destination")
        if role == "destination" and _MESSAGE_TOOL.search(self._tool.name):
            return _first(_EMAIL, self._text) or _first(_PERSON, self._text)
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
        for word in _words_of(field).split():
            stem = re.escape(word.rstrip("s"))
            if len(stem) < 3:
                continue
            number = rf"(\d{{1,15}}(?:\.\d{{1,15}})?|{'|'.join(_NUMBER_WORDS)})"
            match = re.search(
                rf"{number}[ -]?(?:more )?{stem}|\b{stem}\w{{0,3}}:? (?:of |is |= ?)?{number}\b", self._text, re.I
            )
            if match:
                word_or_digits = (match.group(1) or match.group(2)).lower()
                return float(_NUMBER_WORDS.get(word_or_digits, 0) or word_or_digits)
        if _COUNT_FIELD.search(field) and (count := _first(_COUNTED, self._text)):
            return float(count)
        return None

    def _boolean(self, field: str) -> bool | None:
        for word in _words_of(field).split():
            if len(word) < 4:
                continue
            if match := re.search(rf"(\bno |\bnot |\bwithout |n't |不要|不带|不)?{re.escape(word)}", self._text, re.I):
                return match.group(1) is None
        return None

    def _array(self, field: str, schema: dict[str, Any], depth: int) -> list[Any]:
        items = _as_schema(schema.get("items"))
        if choices := _as_list(items.get("enum")):
            return [choice for choice in choices if _mentions(self._text, str(choice))]
        if _type(items) in ("number", "integer"):
            return [_number(number, items) for number in self._numbers]
        if role_of(field) == "place":
            return [place.name(self._known.language) for place in self._known.places]
        if role_of(field) == "email":
            return _EMAIL.findall(self._text)
        if quoted := [next(filter(None, match)) for match in _QUOTED.findall(self._text)]:
            return quoted
        _, colon, listed = self._text.replace("：", ":").partition(":")
        if colon and listed.strip():
            return [part.strip(" .。?？") for part in re.split(r",|，|、| and |和", listed) if part.strip(" .。?？")]
        value = self._found(field.removesuffix("s"), items, depth + 1)
        return [] if value is None else [value]

    def _fallback(self, field: str, schema: dict[str, Any], depth: int = 0) -> Any:
        """A value for a required field that the question does not give; None if it has to be asked for."""
        if choices := _as_list(schema.get("enum")):
            return choices[0]
        if "default" in schema:
            return schema["default"]
        match _type(schema) if depth < _MAX_DEPTH else "":
            case "number" | "integer":
                return _number(self._numbers.pop(0) if self._numbers else 1.0, schema)
            case "boolean":
                return True
            case "array":
                value = self._fallback(field, _as_schema(schema.get("items")), depth + 1)
                return None if value is None else [value]
            case "object":
                inner = fields_of(schema)
                return {name: self._fallback(name, inner.get(name, {}), depth + 1) for name in required_of(schema)}
        role = role_of(field)
        if role == "zone" or role in _ASKED_FOR:
            return None
        if role in ("date", "time"):
            return self._known.today.isoformat() if role == "date" else "09:00"
        return self._quoted or self._phrase(field) or self._text.strip()[:_MAX_TEXT]

    def _phrase(self, field: str) -> str:
        """A part of the question for a field that holds a name rather than a text: "kitchen" of "in the kitchen"."""
        if _WHOLE_TEXT.search(field):
            return ""
        if _VENUE.search(field) and (venue := _first(_AT, self._text)):
            return venue
        phrases = _PHRASE.findall(self._text[:_MAX_TEXT])
        return phrases[-1].strip() if phrases else ""


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    """The first match: its first filled group, or all of it."""
    if match := pattern.search(text):
        return next(filter(None, match.groups()), None) or match.group()
    return None


def _mentions(text: str, choice: str) -> bool:
    """Whether a text names a choice of an enum, itself or by a synonym. Very short choices never count."""
    lowered = choice.lower()
    names = [name for name in (lowered, lowered.replace("_", " "), *_SYNONYMS.get(lowered, ())) if len(name) > 2]
    names += [name for name in _SYNONYMS.get(lowered, ()) if not name.isascii()]
    return any(_contains(text.lower(), name) for name in names)


def _contains(text: str, name: str) -> bool:
    if not name.isascii() or not name[0].isalnum():
        return name in text
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None


def _words_of(field: str) -> str:
    """`checkInDate` and `check_in_date` as "check in date"."""
    return re.sub(r"[_\-\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field)).lower()


def _as_schema(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _type(schema: dict[str, Any]) -> str:
    json_type = schema.get("type")
    return str(json_type[0] if isinstance(json_type, list) and json_type else json_type)


def _plain(number: str) -> float:
    return float(number.replace(",", ""))


def _number(value: float, schema: dict[str, Any]) -> float | int:
    for bound, limit in (("minimum", max), ("maximum", min)):
        if isinstance(edge := schema.get(bound), int | float) and math.isfinite(edge):
            value = limit(value, edge)
    return int(value) if _type(schema) == "integer" or float(value).is_integer() else value


def _as_listed(schema: dict[str, Any], unit: str) -> str:
    """The unit in the spelling of the tool's enum, if it has one."""
    for choice in _spellings(schema):
        conversion = convert(1.0, choice, unit)
        if conversion is not None and conversion.source == unit:
            return choice
    return unit


def _spellings(schema: dict[str, Any]) -> Iterator[str]:
    return (str(choice) for choice in _as_list(schema.get("enum")))
