"""Finds unit conversions in English and Chinese questions and computes them."""

from __future__ import annotations

import re

import msgspec

# unit: (dimension, factor to the dimension's base, names)
_TABLE: tuple[tuple[str, str, float, str], ...] = (
    ("km", "length", 1000, "km|kilomet(?:er|re)s?|公里|千米"),
    ("m", "length", 1, "m|met(?:er|re)s?|米"),
    ("cm", "length", 0.01, "cm|centimet(?:er|re)s?|厘米"),
    ("mm", "length", 0.001, "mm|millimet(?:er|re)s?|毫米"),
    ("mi", "length", 1609.344, "mi|miles?|英里"),
    ("ft", "length", 0.3048, "ft|feet|foot|英尺"),
    ("in", "length", 0.0254, "inch(?:es)?|英寸"),
    ("li", "length", 500, "里"),
    ("kg", "mass", 1, "kg|kilos?|kilograms?|公斤|千克"),
    ("g", "mass", 0.001, "g|grams?|克"),
    ("lb", "mass", 0.45359237, "lbs?|pounds?|磅"),
    ("oz", "mass", 0.028349523125, "oz|ounces?|盎司"),
    ("jin", "mass", 0.5, "jin|斤"),
    ("°C", "temperature", 0, "°?c|celsius|centigrade|摄氏度?"),
    ("°F", "temperature", 0, "°?f|fahrenheit|华氏度?"),
    ("K", "temperature", 0, "k|kelvins?|开尔文"),
    ("l", "volume", 1, "l|lit(?:er|re)s?|升"),
    ("ml", "volume", 0.001, "ml|millilit(?:er|re)s?|毫升"),
    ("gal", "volume", 3.785411784, "gal|gallons?|加仑"),
    ("km/h", "speed", 1 / 3.6, "km/h|kph|公里每小时"),
    ("mph", "speed", 0.44704, "mph|miles per hour|英里每小时"),
    ("m/s", "speed", 1, "m/s|米每秒"),
    ("h", "time", 3600, "h|hours?|小时"),
    ("min", "time", 60, "min|minutes?|分钟"),
    ("s", "time", 1, "s|sec|seconds?|秒"),
)
_ANY = "(?:" + "|".join(row[3] for row in _TABLE) + ")(?![a-z/])"
_INTO = r"(?:to|in|into|as|is how many|是多少|等于多少|等于几|合多少|换算成|换成|转换成|转成|多少|=)"
_AMOUNT = r"(?<![\d.])(-?\d{1,30}(?:\.\d{1,30})?)"
_FORWARD = re.compile(
    rf"{_AMOUNT}\s*(?:degrees?\s*)?({_ANY})[,，]?\s*{_INTO}\s*(?:degrees?\s*)?({_ANY})",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    rf"(?:how many|多少)\s*({_ANY})\s+(?:is|are|in|make)\s+{_AMOUNT}\s*(?:degrees?\s*)?({_ANY})",
    re.IGNORECASE,
)


class Conversion(msgspec.Struct, frozen=True):
    """An amount, the symbols of the two units, and the converted value as text."""

    amount: float
    source: str
    target: str
    value: str


def find(text: str) -> Conversion | None:
    """Find and compute the first conversion between two units of the same dimension."""
    text = re.sub(r"\s+", " ", text)
    if match := _FORWARD.search(text):
        amount, source, target = match.group(1, 2, 3)
    elif match := _BACKWARD.search(text):
        target, amount, source = match.group(1, 2, 3)
    else:
        return None
    return convert(float(amount), source, target)


def convert(amount: float, source: str, target: str) -> Conversion | None:
    """Convert an amount; None if a unit is unknown or the units have different dimensions."""
    source_unit, target_unit = _unit(source), _unit(target)
    if source_unit is None or target_unit is None or source_unit[1] != target_unit[1]:
        return None
    if source_unit[1] == "temperature":
        value = _from_kelvin(_to_kelvin(amount, source_unit[0]), target_unit[0])
    else:
        value = amount * source_unit[2] / target_unit[2]
    return Conversion(amount, source_unit[0], target_unit[0], f"{value:.6g}")


def _unit(name: str) -> tuple[str, str, float, str] | None:
    return next((row for row in _TABLE if re.fullmatch(row[3], name, re.IGNORECASE)), None)


def _to_kelvin(amount: float, unit: str) -> float:
    return {"°C": amount + 273.15, "°F": (amount + 459.67) * 5 / 9, "K": amount}[unit]


def _from_kelvin(kelvin: float, unit: str) -> float:
    return {"°C": kelvin - 273.15, "°F": kelvin * 9 / 5 - 459.67, "K": kelvin}[unit]
