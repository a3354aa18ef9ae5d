"""Places that a question names: a table of known ones with their time zones, and others found by their context."""

from __future__ import annotations

import functools
import re
import zoneinfo

import msgspec

from app.demo.chat.question import Language


class Place(msgspec.Struct, frozen=True):
    """A city, province or country. `zone` is its IANA time zone, "" if that is unknown."""

    english: str
    chinese: str
    zone: str = ""

    def name(self, language: Language) -> str:
        return self.chinese if language == "zh" else self.english


_IN_CHINA = (
    "Beijing 北京, Shanghai 上海, Tianjin 天津, Chongqing 重庆, Chengdu 成都, Wuhan 武汉, Guangzhou 广州, "
    "Shenzhen 深圳, Hangzhou 杭州, Nanjing 南京, Suzhou 苏州, Xi'an 西安, Qingdao 青岛, Xiamen 厦门, Harbin 哈尔滨, "
    "Shijiazhuang 石家庄, Hebei 河北, Henan 河南, Hubei 湖北, Hunan 湖南, Shandong 山东, Shanxi 山西, Shaanxi 陕西, "
    "Sichuan 四川, Yunnan 云南, Guizhou 贵州, Guangdong 广东, Guangxi 广西, Fujian 福建, Zhejiang 浙江, "
    "Jiangsu 江苏, Jiangxi 江西, Anhui 安徽, Hainan 海南, Liaoning 辽宁, Jilin 吉林, Heilongjiang 黑龙江, "
    "Gansu 甘肃, Qinghai 青海, Ningxia 宁夏, Xinjiang 新疆, Tibet 西藏, Inner Mongolia 内蒙古"
)
_PLACES = (
    *(
        Place(english, chinese, "Asia/Shanghai")
        for english, chinese in re.findall(r"([A-Z'a-z ]+) (\S+?)(?:, |$)", _IN_CHINA)
    ),
    Place("Hong Kong", "香港", "Asia/Hong_Kong"),
    Place("Macau", "澳门", "Asia/Macau"),
    Place("Taipei", "台北", "Asia/Taipei"),
    Place("Tokyo", "东京", "Asia/Tokyo"),
    Place("Kyoto", "京都", "Asia/Tokyo"),
    Place("Osaka", "大阪", "Asia/Tokyo"),
    Place("Seoul", "首尔", "Asia/Seoul"),
    Place("Singapore", "新加坡", "Asia/Singapore"),
    Place("Bangkok", "曼谷", "Asia/Bangkok"),
    Place("Delhi", "德里", "Asia/Kolkata"),
    Place("Mumbai", "孟买", "Asia/Kolkata"),
    Place("Dubai", "迪拜", "Asia/Dubai"),
    Place("Moscow", "莫斯科", "Europe/Moscow"),
    Place("Istanbul", "伊斯坦布尔", "Europe/Istanbul"),
    Place("Cairo", "开罗", "Africa/Cairo"),
    Place("Athens", "雅典", "Europe/Athens"),
    Place("Berlin", "柏林", "Europe/Berlin"),
    Place("Munich", "慕尼黑", "Europe/Berlin"),
    Place("Vienna", "维也纳", "Europe/Vienna"),
    Place("Zurich", "苏黎世", "Europe/Zurich"),
    Place("Rome", "罗马", "Europe/Rome"),
    Place("Paris", "巴黎", "Europe/Paris"),
    Place("Madrid", "马德里", "Europe/Madrid"),
    Place("Amsterdam", "阿姆斯特丹", "Europe/Amsterdam"),
    Place("Stockholm", "斯德哥尔摩", "Europe/Stockholm"),
    Place("Oslo", "奥斯陆", "Europe/Oslo"),
    Place("London", "伦敦", "Europe/London"),
    Place("New York", "纽约", "America/New_York"),
    Place("Boston", "波士顿", "America/New_York"),
    Place("Toronto", "多伦多", "America/Toronto"),
    Place("Chicago", "芝加哥", "America/Chicago"),
    Place("Los Angeles", "洛杉矶", "America/Los_Angeles"),
    Place("San Francisco", "旧金山", "America/Los_Angeles"),
    Place("Seattle", "西雅图", "America/Los_Angeles"),
    Place("Sydney", "悉尼", "Australia/Sydney"),
)
_BY_NAME = {name.lower(): place for place in _PLACES for name in (place.english, place.chinese)}
_NO_PLACE = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|English|Chinese|Mandarin|French|German|Spanish|Japanese|Korean|Italian"
    r"|Russian|Celsius|Fahrenheit|Kelvin|Python|What|The|Current|Today|Tomorrow|How|Is|Tell|Get|Check|Give|Show|I)\b"
)
_COUNTRY = (
    r"[A-Z]{2}|China|Japan|South Korea|India|France|Germany|Italy|Spain|Portugal|England|Scotland|Ireland|Canada"
    r"|Australia|Brazil|Mexico|Egypt|Norway|Sweden|Russia|Turkey|Texas|California"
)
_KNOWN = re.compile(
    rf"\b(?:{'|'.join(re.escape(place.english) for place in _PLACES)})\b(?:(?-i:, (?:{_COUNTRY})\b))?"
    rf"|{'|'.join(p.chinese for p in _PLACES)}",
    re.I,
)
_WORD = rf"(?!{_NO_PLACE})[A-Z][\w'’-]{{1,30}}"
_NAME = rf"(?:St\. )?{_WORD}(?: (?:(?:de|da|do|del|la|le|of|am|upon) )?{_WORD}){{0,3}}(?:, (?:{_COUNTRY})\b)?"
_AFTER_PREPOSITION = re.compile(
    rf"\b(?:[Ii]n|[Ff]or|[Aa]t|[Nn]ear|[Ff]rom|[Tt]o|[Ww]ith|[Aa]nd|[Oo]r|[Oo]f) (?:the )?({_NAME})|, ({_NAME})"
)
_BEFORE_TOPIC = re.compile(rf"\b({_NAME}?)(?:'s|’s)? (?:weather|forecast|temperature|time)\b")
_LOWER_CASE = re.compile(
    r"\b(?:weather|forecast|temperature|time|rain|snow|hot|cold|warm)\b[^.?!]{0,20}? in ((?!the\b|celsius|fahrenheit)"
    r"[a-z'’-]{3,30}(?: (?!today|tomorrow|tonight|right|now|this|next|on|and|or|in|like|please|at)[a-z'’-]{3,30})?)"
)
_CHINESE_TOPIC = r"(?:天气|气温|温度|几点|多少度|会?下雨|会?下雪|会不会|冷不冷|热不热|冷吗|热吗|有雨|有雪)"
_CHINESE_DATE = r"(?:今天|今晚|明天|后天|大后天|现在|当前|这周|本周|下周|周末|最近|未来|的)"
_CHINESE = re.compile(rf"([\u4e00-\u9fff、，,]{{2,24}}?){_CHINESE_DATE}{{0,4}}{_CHINESE_TOPIC}")
_CHINESE_FILLER = re.compile(
    r"^(?:请问|请|帮我|帮忙|查询|查查|查一下|查|看看|看一下|看|告诉我|我想知道|想知道|你知道|知道|一下|那么|那|在|"
    rf"{_CHINESE_DATE})+"
)
_CHINESE_LIST = re.compile(r"[和与跟及、，,]|以及|还有")
_NO_CHINESE_PLACE = re.compile(r"^(?:外面|这里|这儿|当地|本地|我这|我们这|什么|怎么|哪里|会不会|是不是|有没有|天气)")
_SUFFIX = re.compile(r"[省市县区]$")
_MAX_LENGTH = 2_000


def find(text: str) -> list[Place]:
    """The places in a text, in the order of their first mention; known ones everywhere, others by their context."""
    text = text[:_MAX_LENGTH]
    spans = [(match.start(), match.end(), match.group()) for match in _KNOWN.finditer(text)]
    for pattern in (_AFTER_PREPOSITION, _BEFORE_TOPIC, _LOWER_CASE):
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            spans.append((start, end, text[start:end]))
    spans += _chinese(text)
    found: list[tuple[int, int, Place]] = []
    # Of overlapping names the longest is kept: "San Francisco, CA" rather than "San Francisco".
    for start, end, name in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other or start >= other_end for other, other_end, _ in found):
            found.append((start, end, named(name)))
    return list(dict.fromkeys(place for _, _, place in sorted(found, key=lambda item: item[0])))


def named(name: str) -> Place:
    """The known place of this name, or one whose zone is unknown."""
    plain = _SUFFIX.sub("", name) if len(name) > 2 else name
    known = _BY_NAME.get(plain.lower()) or _BY_NAME.get(name.partition(",")[0].lower())
    if known is None:
        city = name.partition(",")[0].lower()
        return Place(name if name[0].isupper() else name.title(), name, _zones_by_city().get(city, ""))
    return Place(name, known.chinese, known.zone) if "," in name else known


@functools.cache
def _zones_by_city() -> dict[str, str]:
    """The zones that are called after a city: "lima" is America/Lima. Empty if the computer has no zone database."""
    zones = [zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith("Etc/")]
    return {zone.rpartition("/")[2].replace("_", " ").lower(): zone for zone in sorted(zones)}


def _chinese(text: str) -> list[tuple[int, int, str]]:
    spans = []
    for match in _CHINESE.finditer(text):
        start, names = match.start(1), match.group(1)
        if filler := _CHINESE_FILLER.match(names):
            start, names = start + filler.end(), names[filler.end() :]
        for name in _CHINESE_LIST.split(names):
            place = re.sub(rf"{_CHINESE_DATE}+$", "", name)
            if len(place) >= 2 and len(place) <= 6 and not _NO_CHINESE_PLACE.match(place):
                position = text.index(name, start)
                spans.append((position, position + len(place), place))
    return spans
