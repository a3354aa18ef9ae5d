"""Fields of a tool's JSON Schema: their types, and what they hold, guessed from their names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from app.demo.chat.units import convert

_ROLES = (
    ("email", r"e ?mail|邮箱"),
    ("url", r"\burl\b|\blink\b|网址|链接"),
    ("phone", r"phone|\btel\b|mobile|电话|手机"),
    ("zone", r"\btz\b|\bzone\b|time ?zone|时区"),
    ("language", r"\blang|语言|语种"),
    ("currency", r"currenc|货币|币种"),
    ("date", r"\bdate\b|\bday\b|\bwhen\b|check ?in|check ?out|deadline|\bdue\b|日期"),
    ("time", r"\btime\b|\bhour\b|时间"),
    ("origin", r"^(?:from|origin|source|depart\w*|start)\b|出发|起点"),
    ("destination", r"^(?:to|dest\w*|arriv\w*|end|target)\b|目的|到达|终点"),
    ("path", r"\bpath\b|file ?name|\bfile\b|文件"),
    (
        "place",
        r"cit(?:y|ies)\b|locations?|places?\b|region|\bwhere\b|town|countr(?:y|ies)|province|address|\barea\b|城市|地点|位置|地址|地区",
    ),
    ("symbol", r"symbol|ticker|股票"),
    ("id", r"\bid\b|\bnumber\b|\bcode\b|编号|单号"),
    ("person", r"recipient|\bname\b|\bwho\b|person|contact|artist|author|singer|姓名|收件人|联系人"),
    ("title", r"title|subject|topic|标题|主题"),
    ("unit", r"^units?\b|temperature unit|单位"),
)
_ROLE_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)


def fields_of(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Schemas of an object's fields. A schema that is not an object (`true` is valid) counts as unconstrained."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {field: as_schema(value) for field, value in properties.items()}


def required_of(schema: dict[str, Any]) -> list[str]:
    return [field for field in as_list(schema.get("required")) if isinstance(field, str)]


def role_of(field: str) -> str:
    """What a field holds, by its name: "place", "date", … or "text"."""
    words = words_of(field)
    return next((role for role, pattern in _ROLE_PATTERNS if pattern.search(words)), "text")


def words_of(field: str) -> str:
    """`checkInDate` and `check_in_date` as "check in date"."""
    return re.sub(r"[_\-\s]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field)).lower()


def as_schema(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def type_of(schema: dict[str, Any]) -> str:
    json_type = schema.get("type")
    return str(json_type[0] if isinstance(json_type, list) and json_type else json_type)


def number_for(value: float, schema: dict[str, Any]) -> float | int:
    """A number in the type and the bounds of its field."""
    for bound, limit in (("minimum", max), ("maximum", min)):
        if isinstance(edge := schema.get(bound), int | float) and math.isfinite(edge):
            value = limit(value, edge)
    return int(value) if type_of(schema) == "integer" or float(value).is_integer() else value


def unit_for(schema: dict[str, Any], unit: str) -> str:
    """The unit in the spelling of the tool's enum, if it has one."""
    for choice in _spellings(schema):
        conversion = convert(1.0, choice, unit)
        if conversion is not None and conversion.source == unit:
            return choice
    return unit


def _spellings(schema: dict[str, Any]) -> Iterator[str]:
    return (str(choice) for choice in as_list(schema.get("enum")))
