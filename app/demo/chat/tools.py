"""Chooses tool calls for a question."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from enum import Enum
from typing import Any

import msgspec

from app.demo.chat import arithmetic, places, units
from app.demo.chat.arguments import Arguments, Known, fill
from app.demo.chat.fields import fields_of, role_of
from app.demo.chat.named_values import currencies_in
from app.demo.chat.question import Call, Question, Tool


class Purpose(Enum):
    """Purpose of a tool, guessed from its name and description."""

    WEATHER = "weather"
    CONVERT = "convert"
    CALCULATOR = "calculator"
    CLOCK = "clock"
    OTHER = "other"


_BY_NAME = (
    (Purpose.OTHER, re.compile(r"currenc|exchange|forex|汇率", re.IGNORECASE)),
    (Purpose.WEATHER, re.compile(r"weather|forecast|temperature|天气|气温", re.IGNORECASE)),
    (Purpose.CONVERT, re.compile(r"convert|conversion|units?\b|换算|单位", re.IGNORECASE)),
    (Purpose.CALCULATOR, re.compile(r"calc|math|arith|evaluat|expression|计算|算术", re.IGNORECASE)),
    (
        Purpose.CLOCK,
        re.compile(r"(?<!real)(?:^|_|current|local)time(?![a-z])|clock|date(?:_|$)|时间|日期|时钟", re.IGNORECASE),
    ),
)
_BY_DESCRIPTION = (
    (Purpose.WEATHER, re.compile(r"\bweather\b|天气", re.IGNORECASE)),
    (Purpose.CONVERT, re.compile(r"\bconvert\w* .{0,30}\bunits?\b|单位换算", re.IGNORECASE)),
    (Purpose.CALCULATOR, re.compile(r"\barithmetic\b|\bcalculator\b|\bmathematical\b|算术|计算器", re.IGNORECASE)),
    (Purpose.CLOCK, re.compile(r"\bcurrent (?:date|time)\b|当前(?:时间|日期)", re.IGNORECASE)),
)
_ASKS_TIME = re.compile(
    r"what time|what(?:'s| is) the (?:current |local )?(?:time|date)|(?:current|local) (?:time|date)|what day"
    r"|today's date|\btime (?:is it|in\b|now)|which day"
    r"|几点|几时|现在.{0,4}时间|今天.{0,4}(?:几号|日期|星期|周几|礼拜)|什么时间",
    re.IGNORECASE,
)
_ASKS_WEATHER = re.compile(
    r"weather|forecast|temperature|humid|\bwind|\brain|\bsnow|sunny|umbrella|jacket|\bto wear|should i wear"
    r"|how (?:warm|cold|hot)"
    r"|天气|下雨|下雪|有雨|有雪|气温|温度|多少度|带伞|冷不冷|热不热|冷吗|热吗|刮风|穿什么",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\W*(?:and|what about|how about)\b|^(?:那|还有)|呢[？?]?\s*$", re.IGNORECASE)
_MAX_FOLLOW_UP_LENGTH = 60
_WORD = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]{2}")
_COMMON_WORDS = {
    "add", "all", "and", "any", "are", "ask", "api", "call", "can", "check", "create", "current", "data", "delete",
    "demo", "fetch", "find", "for", "from", "function", "get", "give", "given", "has", "have", "information", "into",
    "its", "list", "look", "lookup", "make", "new", "not", "one", "open", "query", "read", "remove", "return",
    "returns", "run", "search", "send", "service", "set", "show", "specific", "tell", "that", "the", "this", "tool",
    "update", "use", "using", "was", "what", "when", "where", "which", "who", "why", "will", "with", "write",
    "you", "your",
}  # fmt: skip
_ENGLISH_WORDS = (
    ("股价|股票", "stock price"), ("航班|机票", "flight"), ("火车|高铁|车票", "train ticket"), ("翻译", "translate"),
    ("汇率|兑换|换成", "currency exchange rate convert"), ("邮件", "email mail"), ("短信|消息", "message sms"),
    ("提醒", "reminder"), ("搜索|搜一下|查一下", "search web"), ("新闻", "news"),
    ("地图|路线|怎么走", "route map directions"), ("酒店|宾馆", "hotel"), ("餐厅|饭店|餐馆", "restaurant"),
    ("订单", "order"), ("快递|物流", "package tracking shipment"),
    ("日程|日历|会议", "calendar event meeting schedule"), ("音乐|歌", "music song"), ("灯", "light"),
    ("空调", "thermostat"), ("电影", "movie"), ("文件", "file"), ("笔记", "note"), ("闹钟", "alarm"),
    ("人口", "population"), ("食谱|菜谱", "recipe"),
    ("距离|多远", "distance"), ("图片|图像|画", "image picture"), ("用户", "user"), ("数据库", "database"),
    ("定时|倒计时|闹钟", "timer alarm"), ("密码", "password"), ("网页", "web page"), ("骰子", "dice"), ("城市", "city"),
    ("预订|预定|订一间", "book reserve booking"), ("会议室|房间", "room"), ("申请|请求", "request"),
    ("展品|藏品|文物", "object details museum"), ("博物馆", "museum"), ("盘点|清点", "inventory"),
)  # fmt: skip
_CURRENCY = re.compile(r"currenc|exchange|forex|汇率", re.IGNORECASE)
_WEB_SEARCH = re.compile(r"\b(?:web|internet|google|bing)_?search|search_?(?:web|internet|online)\b", re.IGNORECASE)
_ASKS_SEARCH = re.compile(r"\b(?:search|look up|google|find out|latest|news)\b|搜索|搜一下|查一下|最新", re.IGNORECASE)
_MIN_STEM = 4
_MAX_CALLS = 8
_MAX_LENGTH = 4_000
"""Characters of a question in which values for arguments are looked for."""


class Choice(msgspec.Struct, frozen=True):
    """Calls to make, or the tool that fits but needs values that the question does not give."""

    calls: tuple[Call, ...] = ()
    incomplete: Tool | None = None
    missing: tuple[str, ...] = ()


def purpose_of(tool: Tool) -> Purpose:
    """Guess the purpose of a tool. The name takes precedence: descriptions may mention related purposes."""
    for text, patterns in ((tool.name, _BY_NAME), (tool.description, _BY_DESCRIPTION)):
        for purpose, pattern in patterns:
            if pattern.search(text):
                return purpose
    return Purpose.OTHER


def choose(question: Question) -> Choice:
    """Tool calls for the latest user message; several if it asks about several things or places."""
    if not question.user_message.text.strip():
        return Choice()  # Only a picture or a sound: there is nothing to look up.
    calls: list[Call] = []
    incomplete: Choice | None = None
    text = _with_context(question)
    outdone = _outdone(question.tools, text)
    for tool in question.tools:
        if tool.name in outdone:
            continue
        for arguments in _arguments(tool, text, question):
            if arguments.missing:
                incomplete = incomplete or Choice(incomplete=tool, missing=arguments.missing)
            else:
                calls.append(call(tool.name, arguments.values))
    if calls or incomplete is None:
        return Choice(tuple(calls[: _MAX_CALLS if question.parallel else 1]))
    return incomplete


def call(name: str, arguments: dict[str, Any]) -> Call:
    return Call("call_" + secrets.token_hex(12), name, json.dumps(arguments, ensure_ascii=False))


def repeated(original: Call) -> Call:
    """The same call with a new id."""
    return Call("call_" + secrets.token_hex(12), original.name, original.arguments)


def _with_context(question: Question) -> str:
    """The question; a follow-up such as "And in Shanghai?" together with the kind of question that it continues."""
    texts = [message.text for message in question.messages if message.role == "user" and message.text.strip()]
    text = texts[-1] if texts else ""
    if len(texts) > 1 and len(text) <= _MAX_FOLLOW_UP_LENGTH and _GOES_ON.search(text):
        for pattern, words in ((_ASKS_WEATHER, "weather 天气"), (_ASKS_TIME, "what time 几点")):
            if pattern.search(texts[-2]):
                return f"{text} ({words})"
    return text


def _arguments(tool: Tool, text: str, question: Question) -> list[Arguments]:
    """Arguments of each call to the tool; empty if the tool does not fit the question."""
    asked = question.user_message.text[:_MAX_LENGTH]
    known = Known(asked, question.language, tuple(places.find(asked)))
    match purpose_of(tool):
        case Purpose.CLOCK if _ASKS_TIME.search(text):
            return _per_place(tool, known)
        case Purpose.WEATHER if _ASKS_WEATHER.search(text):
            return _per_place(tool, known)
        case Purpose.CALCULATOR if (calculation := arithmetic.find(text)) and not units.find(text):
            return [fill(tool, msgspec.structs.replace(known, calculation=calculation))]
        case Purpose.CONVERT if conversion := units.find(text):
            return [fill(tool, msgspec.structs.replace(known, conversion=conversion))]
        case Purpose.OTHER if (names_it := _names(tool, text)) or _describes(tool, text):
            # A tool that merely sounds related asks no questions.
            return [each for each in _per_place(tool, known) if names_it or not each.missing]
    return []


def _per_place(tool: Tool, known: Known) -> list[Arguments]:
    """One call for each place, if the tool takes one place; otherwise one call."""
    fields = fields_of(tool.parameters)
    single = [
        field for field, schema in fields.items() if role_of(field) in ("place", "zone") and not _is_array(schema)
    ]
    routes = [field for field in fields if role_of(field) in ("origin", "destination")]
    if len(known.places) < 2 or not single or routes:
        return [fill(tool, known)]
    return [fill(tool, msgspec.structs.replace(known, places=(place,))) for place in known.places]


def _is_array(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array"


def _names(tool: Tool, text: str) -> bool:
    """Whether the question contains the tool's name, or a telling word of it."""
    if tool.name.lower() in text.lower() or (_WEB_SEARCH.search(tool.name) and _ASKS_SEARCH.search(text)):
        return True
    if _CURRENCY.search(tool.name) and len(currencies_in(text)) >= 2:
        return True
    return _shared(_telling_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", tool.name)), _question_words(text)) > 0


def _describes(tool: Tool, text: str) -> bool:
    """Whether the question shares two telling words with the tool's description."""
    return _shared(_telling_words(tool.description), _question_words(text)) >= 2


def _outdone(tools: Sequence[Tool], text: str) -> set[str]:
    """Names of tools that fit the question less than another one: a server's tools all speak of the same things."""
    asked = _question_words(text)
    found: list[tuple[Tool, set[str], int]] = []
    for tool in tools:
        if purpose_of(tool) is Purpose.OTHER and (_names(tool, text) or _describes(tool, text)):
            name = _telling_words(tool.name)
            words = {
                word
                for word in asked
                if any(_is_same_word(word, own) for own in _telling_words(tool.description) | name)
            }
            found.append((tool, words, _shared(name, asked)))
    outdone: set[str] = set()
    for place, (tool, words, named) in enumerate(found):
        for other_place, (_, more, more_named) in enumerate(found):
            is_better = words < more or (words == more and (more_named, -other_place) > (named, -place))
            if other_place != place and words and is_better and more_named >= named:
                outdone.add(tool.name)
    return outdone


def _question_words(text: str) -> set[str]:
    english = " ".join(words for pattern, words in _ENGLISH_WORDS if re.search(pattern, text))
    return _telling_words(f"{text[:2_000]} {english}")


def _telling_words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower().replace("_", " "))) - _COMMON_WORDS


def _shared(ours: set[str], theirs: set[str]) -> int:
    return sum(any(_is_same_word(word, other) for other in theirs) for word in ours)


def _is_same_word(word: str, other: str) -> bool:
    """Whether two words are equal or forms of one word: "translate" and "translation"."""
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    stem = max(_MIN_STEM, len(shorter) - 1)
    return longer[:stem] == shorter[:stem] and len(longer) - len(shorter) <= 4 and len(shorter) >= _MIN_STEM
