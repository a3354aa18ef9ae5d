"""Puts the results of tools into sentences."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import msgspec

from app.demo.chat import places, value_text
from app.demo.chat.fields import role_of
from app.demo.chat.places import Place, named
from app.demo.chat.question import Call, Language, Message, Question, Tool
from app.demo.chat.script import Script, load_script
from app.demo.chat.tools import Purpose, purpose_of

_DENIED = re.compile(r"\b(?:denied|declined|rejected|not allowed|refused by the user)\b|拒绝|不允许", re.IGNORECASE)
_FAILURE = re.compile(r"^\W*(?:error|failed|failure|exception|traceback)\b|^\W*(?:失败|出错|错误)", re.IGNORECASE)
_VALUE_KEYS = ("result", "value", "answer", "output", "converted", "total")
_TEMPERATURE = re.compile(
    r"^(?:current_)?temp(?:erature)?(?:_?(?P<unit>c|f|celsius|fahrenheit))?$|气温|温度", re.IGNORECASE
)
_SKIES = {
    "sunny": "晴", "clear": "晴朗", "partly cloudy": "晴间多云", "cloudy": "多云", "overcast": "阴", "rain": "雨",
    "rainy": "有雨", "light rain": "小雨", "heavy rain": "大雨", "showers": "阵雨", "thunderstorm": "雷阵雨",
    "snow": "雪", "snowy": "有雪", "fog": "雾", "foggy": "有雾", "windy": "有风",
}  # fmt: skip
_CONDITION = re.compile(
    r"^(?:weather_?)?(?:conditions?|weather|description|sky|summary|text)$|天气|状况", re.IGNORECASE
)
_UNIT = re.compile(r"^(?:temp\w*_)?units?$|单位", re.IGNORECASE)
_DATE_VALUE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_ACKNOWLEDGED = re.compile(
    r"(?:ok(?:ay)?|done|success(?:ful)?|sent|created|saved|scheduled|updated|true)[.!]?|好的?|成功|已?完成",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"\w+(?:y|ear|cast|humid|hot|cold)(?: \w+y)?", re.IGNORECASE)
_SUCCESS_KEYS = ("success", "ok", "done", "sent", "created", "saved")


def report(question: Question) -> str:
    """What the tools of this turn answered, in prose."""
    script = load_script(question.language)
    tools_by_name = {tool.name: tool for tool in question.tools}
    writer = _ReportWriter(script, question.language, places.find(question.user_message.text))
    reports = [
        writer.sentence(original, message, purpose_of(tools_by_name.get(original.name, Tool(original.name))))
        for original, message in question.tool_results
    ]
    is_plain = all("\n" not in text for text in reports)
    return ("" if question.language == "zh" else " ").join(reports) if is_plain else "\n\n".join(reports)


class _ReportWriter:
    """Writes one sentence or list for each result.

    Attributes:
        asked: the places of the question; a time zone is called by the one that was asked about.
    """

    def __init__(self, script: Script, language: Language, asked: list[Place]) -> None:
        self._script = script
        self._language = language
        self._asked = asked

    def sentence(self, call: Call, message: Message, purpose: Purpose) -> str:
        arguments, result = _decoded(call.arguments), _decoded(message.text)
        arguments = arguments if isinstance(arguments, dict) else {}
        if problem := _problem(message, result):
            name = "result_denied" if _DENIED.search(problem) else "result_failed"
            return self._script.sentence(name, tool=call.name, result=problem)
        match purpose:
            case Purpose.CALCULATOR if (value := _main_value(result)) is not None:
                expression = next((v for v in arguments.values() if isinstance(v, str)), "")
                expression = expression or next((v for k, v in _items(result) if k == "expression"), "")
                if expression:
                    return self._script.sentence(
                        "result_calculator",
                        expression=value_text.pretty(str(expression)),
                        value=value_text.text(value, self._language),
                    )
            case Purpose.CONVERT if (value := _main_value(result)) is not None:
                return self._conversion(arguments, result, value)
            case Purpose.CLOCK:
                return self._clock(arguments, result, message.text)
            case Purpose.WEATHER:
                return self._weather(arguments, result, message.text)
        # A result often repeats what was asked: that is no news.
        if isinstance(result, dict):
            news = {key: value for key, value in result.items() if value not in arguments.values()}
            result = news or result
        return self._other(call.name, result, message.text)

    def _conversion(self, arguments: dict[str, Any], result: Any, value: Any) -> str:
        unit = next((str(v) for k, v in _items(result) if _UNIT.search(k) or k == "to"), "")
        amount = next((v for v in arguments.values() if isinstance(v, int | float)), None)
        named_units = [str(v) for k, v in arguments.items() if isinstance(v, str)]
        if amount is None or not named_units:
            return self._script.sentence("result_converted", value=value_text.with_unit(value, unit, self._language))
        unit = unit or (named_units[1] if len(named_units) > 1 else "")
        source, target = (
            value_text.with_unit(amount, named_units[0], self._language),
            value_text.with_unit(value, unit, self._language),
        )
        return self._script.sentence("convert", source=source, target=target)

    def _clock(self, arguments: dict[str, Any], result: Any, text: str) -> str:
        stamp = next((str(v) for _, v in _items(result) if _DATE_VALUE.match(str(v))), text.strip().strip('"'))
        place = self._place(arguments, result)
        try:
            moment = dt.datetime.fromisoformat(stamp)
        except ValueError:
            named_time = next((v for k, v in _items(result) if role_of(k) == "time" and isinstance(v, str)), "")
            shown = named_time or (
                value_text.fields(result, self._language, marked=False)
                if isinstance(result, dict)
                else value_text.shortened(text).strip('"').rstrip(".。")
            )
            return self._script.sentence("result_time", time=shown, place=self._in(place))
        return self._script.sentence(
            "result_clock", time=f"{moment:%H:%M}", date=self._date(moment), place=self._in(place)
        )

    def _weather(self, arguments: dict[str, Any], result: Any, text: str) -> str:
        place, when = self._place(arguments, result), self._when(arguments)
        if not place and len(self._asked) == 1:
            place = self._asked[0].name(self._language)
        if isinstance(result, dict) and (inner := result.get("current")) and isinstance(inner, dict):
            result = inner
        if not isinstance(result, dict):
            plain = " ".join((result if isinstance(result, str) else text).split())
            if re.search(r"[.。!！]$", plain) and len(plain.split()) > 4:
                return plain[: value_text.MAX_TEXT]
            weather = plain.rstrip(".。")[: value_text.MAX_TEXT]
        else:
            days = next((value for value in result.values() if isinstance(value, list) and value), None)
            if days is not None and place:
                points = "\n".join(f"- {value_text.row(day, self._language)}" for day in days[: value_text.MAX_ROWS])
                return self._script.sentence("result_weather_list", place=place, points=points)
            weather = self._conditions(arguments, result)
            if place and weather.startswith("**") and "°" in weather[:14]:
                name = "result_weather_then" if when else "result_weather_now"
                return self._script.sentence(name, place=place, when=when, weather=weather)
        if not place:
            return self._script.sentence("result_weather_here", when=when, weather=weather)
        return self._script.sentence("result_weather", place=place, when=when, weather=weather)

    def _conditions(self, arguments: dict[str, Any], result: dict[str, Any]) -> str:
        """Temperature, sky, and whatever else the result holds: "**21 °C**, sunny, humidity 40 %"."""
        unit = next((str(v) for k, v in result.items() if _UNIT.search(k)), "")
        unit = unit or next((str(v) for k, v in arguments.items() if _UNIT.search(k)), "celsius")
        temperature, sky, others = "", "", {}
        for key, value in result.items():
            if (match := _TEMPERATURE.search(key)) and isinstance(value, str | int | float):
                temperature = f"**{value_text.temperature(value, match['unit'] or unit, self._language)}**"
            elif _CONDITION.search(key) and isinstance(value, str):
                sky = _sky(value.rstrip(".。"), self._language)
                sky = sky[:1].lower() + sky[1:]
            elif key.lower() == "humidity" and isinstance(value, int | float):
                others[key] = f"{value_text.text(value, self._language)} %"
            elif role_of(key) not in ("place", "date", "zone", "id") and not _UNIT.search(key):
                others[key] = value
        rest = value_text.fields(others, self._language, marked=not (temperature or sky)) if others else ""
        first = temperature or sky
        if temperature and sky:
            name = "weather_and" if _ADJECTIVE.fullmatch(sky) else "weather_with"
            first = self._script.sentence(name, temperature=temperature, sky=sky)
        return value_text.joined([first, rest], self._language)

    def _other(self, tool: str, result: Any, text: str) -> str:
        match result:
            case dict() if result:
                if _is_success(result):
                    rest = {k: v for k, v in result.items() if k not in (*_SUCCESS_KEYS, "status") and v is not True}
                    details = (
                        self._script.sentence("result_details", fields=value_text.fields(rest, self._language))
                        if rest
                        else ""
                    )
                    details = self._joined(details) if details else ""
                    return self._script.sentence("result_success", tool=tool, details=details)
                lists = [v for v in result.values() if isinstance(v, list)]
                if len(lists) == 1 and lists[0]:
                    return self._rows(tool, lists[0])
                if len(result) == 1:
                    key, value = next(iter(result.items()))
                    if isinstance(value, str) and len(value) > 60:
                        return self._script.sentence("result_text", tool=tool, text=value_text.shortened(value))
                    if isinstance(value, dict | list) or key.lower() == "message":
                        return self._other(tool, value, value_text.text(value, self._language))
                    if key.lower() not in _VALUE_KEYS:
                        return self._script.sentence(
                            "result_field",
                            key=value_text.key_words(key, self._language),
                            value=value_text.measured(key, value, self._language),
                        )
                    if value is not None:
                        return self._script.sentence(
                            "result_value", tool=tool, value=value_text.text(value, self._language)
                        )
                return self._script.sentence(
                    "result_other", tool=tool, fields=value_text.fields(result, self._language)
                )
            case list() if (
                result and all(isinstance(value, str | int | float) for value in result) and len(result) <= 4
            ):
                return self._script.sentence("result_value", tool=tool, value=value_text.text(result, self._language))
            case list() if result:
                return self._rows(tool, result)
            case dict() | list() | None:
                return self._script.sentence("result_empty", tool=tool)
            case bool() | int() | float():
                return self._script.sentence("result_value", tool=tool, value=value_text.text(result, self._language))
        plain = value_text.shortened(result if isinstance(result, str) else text)
        if not plain:
            return self._script.sentence("result_empty", tool=tool)
        if _ACKNOWLEDGED.fullmatch(plain):
            return self._script.sentence("result_success", tool=tool, details="")
        plain = plain if re.search(r"[.。!！]\s*\S", plain) else plain.rstrip(".。")
        return self._script.sentence(
            "result_text" if len(plain) > 60 or re.search(r"[.。!！?？]", plain) else "result_value",
            tool=tool,
            text=plain,
            value=plain,
        )

    def _rows(self, tool: str, rows: list[Any]) -> str:
        points = "\n".join(f"- {value_text.row(row, self._language)}" for row in rows[: value_text.MAX_ROWS])
        if len(rows) > value_text.MAX_ROWS:
            points += "\n" + self._script.sentence("result_more", count=len(rows) - value_text.MAX_ROWS)
        return self._script.sentence(
            "result_one" if len(rows) == 1 else "result_list", tool=tool, count=len(rows), points=points
        )

    def _place(self, arguments: dict[str, Any], result: Any) -> str:
        for key, value in (*arguments.items(), *_items(result)):
            if not isinstance(value, str) or not value:
                continue
            if role_of(key) == "place":
                place = named(value)
                return place.name(self._language) if place.zone and "," not in value else value
            if role_of(key) == "zone" and key in arguments:
                city = value.rpartition("/")[2].replace("_", " ")
                return "" if city.upper() == "UTC" else self._place_of_zone(value, city)
        return ""

    def _place_of_zone(self, zone: str, city: str) -> str:
        """What to call a zone: the next place of the question in it, otherwise the zone's own city."""
        place = next((place for place in self._asked if place.zone == zone), None)
        if place is None:
            return named(city).name(self._language)
        self._asked.remove(place)
        return place.name(self._language)

    def _in(self, place: str) -> str:
        return self._joined(self._script.sentence("in_place", place=place)) if place else ""

    def _when(self, arguments: dict[str, Any]) -> str:
        value = next((v for k, v in arguments.items() if role_of(k) == "date" and isinstance(v, str)), "")
        try:
            date = dt.date.fromisoformat(value)
        except ValueError:
            return self._joined(value) if value else ""
        day = {0: "today", 1: "tomorrow"}.get((date - dt.date.today()).days)
        if day is None:
            return self._joined(self._script.sentence("on_day", date=self._date(date)))
        return self._joined(self._script.sentence(day))

    def _joined(self, phrase: str) -> str:
        """A phrase that continues a sentence: with a space where the language puts one."""
        return phrase if self._language == "zh" else f" {phrase}"

    def _date(self, date: dt.date) -> str:
        if self._language == "zh":
            return f"{date:%Y}年{date.month}月{date.day}日，星期{'一二三四五六日'[date.weekday()]}"
        return f"{date:%A}, {date.day} {date:%B %Y}"


def _sky(words: str, language: Language) -> str:
    """The usual words of weather services in the language of the answer; any others as they are."""
    english = {chinese: english for english, chinese in _SKIES.items()}
    return _SKIES.get(words.lower(), words) if language == "zh" else english.get(words, words)


def _problem(message: Message, result: Any) -> str:
    """Why a call has no result; "" if it has one."""
    error = result.get("error") if isinstance(result, dict) else None
    if error:
        words = error.get("message", error) if isinstance(error, dict) else error
        return value_text.text(words, "en").rstrip(".。")
    plain = " ".join((result if isinstance(result, str) else message.text).split())
    if message.failed or _FAILURE.search(plain) or (len(plain) < 200 and _DENIED.search(plain)):
        return plain[: value_text.MAX_TEXT].rstrip(".。") or "no reason given"
    return ""


def _is_success(result: dict[str, Any]) -> bool:
    if any(result.get(key) is True for key in _SUCCESS_KEYS) or list(result.values()) == [True]:
        return True
    return _ACKNOWLEDGED.fullmatch(str(result.get("status", ""))) is not None


def _main_value(result: Any) -> Any:
    """The value of a result with one: a scalar, the only field, or the one called result, value, …; else None."""
    if not isinstance(result, dict):
        return result if isinstance(result, str | int | float) and str(result).strip() else None
    named_values = [result[key] for key in _VALUE_KEYS if isinstance(result.get(key), str | int | float)]
    if named_values:
        return named_values[0]
    scalars = [value for value in result.values() if isinstance(value, int | float)]
    return scalars[0] if len(scalars) == 1 or (len(result) == 1 and scalars) else None


def _items(result: Any) -> list[tuple[str, Any]]:
    return [(str(key), value) for key, value in result.items()] if isinstance(result, dict) else []


def _decoded(text: str) -> Any:
    """The value of JSON text; other text as it is."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return text
