"""Values that a question names: quoted words, numbers, addresses, people, languages, currencies, choices."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[“「『]([^”」』]{1,200})[”」』]|\"([^\"]{1,200})\"|(?<!\w)['‘]([^'’]{1,200})['’](?!\w)")
# Between a Chinese character and a Latin one is a word's end in Chinese text, which only `re.ASCII` knows.
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,15})?", re.ASCII)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
URL = re.compile(r"https?://[^\s，。）)]{1,300}")
PHONE = re.compile(r"\+?\d[\d -]{6,18}\d")
PATH = re.compile(
    r"(?<!\w)(?:[\w~.-]{0,40}[/\\]){0,12}[\w-]{1,60}\.[A-Za-z]\w{0,4}\b|(?<!\w)~?/[\w./-]{1,200}", re.ASCII
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b", re.ASCII)
MOST = re.compile(
    r"\b(?:under|below|less than|at most|up to|within|max(?:imum)?)\s*[$¥€£]?(\d{1,12})"
    r"|(?:不超过|低于|最多)\s*(\d{1,12})|(\d{1,12})\s*(?:以内|以下)",
    re.IGNORECASE | re.ASCII,
)
SYMBOL = re.compile(
    r"\b(?:price|shares|stock|quote) (?:of|for) (\w[\w.]{0,30})|\b([A-Z]{2,5})\b|\b(\d{4,6})\b"
    r"|([\u4e00-\u9fff]{2,8}?)的?(?:股价|股票)",
    re.ASCII,
)
AT = re.compile(r"\bat (?:the )?([A-Z][\w'’]{1,30}(?: [A-Z][\w'’]{1,30}){0,3})")
PHRASE = re.compile(
    r"\b(?:in|of|on|at|for|about|with) (?:the |my |our |an? )?([a-zA-Z'’ -]{2,40}?)"
    r"(?= (?:in|at|on|for|with|to|from|tomorrow|today|tonight|please)\b|[.,?!]|$)"
)
ID = re.compile(
    r"(?:#|\bno\.? ?|号[:：]?|\bid ?[:：]?\s?|\border |\bnumber )((?=[A-Z-]{0,20}\d)[\w-]{1,40})"
    r"|\b((?=[A-Z-]{1,20}\d)[\w-]{3,40})",
    re.IGNORECASE | re.ASCII,
)
PERSON = re.compile(
    r"\b(?:to|with|for|by|call|tell|ask|invite|message|named|called) ((?!the\b)[A-Z]\w{1,30}(?: [A-Z]\w{1,30})?)"
    r"|(?:给|跟|和|叫|告诉|通知)([\u4e00-\u9fff]{2,3}?)(?=发|打|写|说|约|，|的|$)"
)
NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "a dozen": 12, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
COUNTED = re.compile(
    r"\b(?:top|first|last|next)\s(\d{1,4})\b|(\d{1,4})\s?(?:results?|items?|articles?|files?|个|条|篇|家|部|首)",
    re.ASCII,
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
LANGUAGES = {code: names for code, names in _SYNONYMS.items() if len(code) == 2 and len(names) > 1 and code != "on"}
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
OBJECT = (
    re.compile(
        r"\b(?:search(?: the web| online)?(?: for)?|look up|find(?: me)?|google|play|remind me to|translate|define"
        r"|read|open|write down|note(?: down)?(?: that)?|add"
        r"|(?:generate|create|draw|make|paint)(?: me)?(?: an?)? (?:image|picture|photo|drawing)s? of)\s+(?P<words>.+)",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"(?:搜索一下|搜索|搜一下|查一下|查询|查找|查查|找一下|播放|提醒我|翻译一下|翻译|记一下|记下|添加)[:：]?\s*"
        r"(?P<words>.+)",
        re.DOTALL,
    ),
)
SAID = re.compile(
    r"\b(?:saying|that says|and (?:say|tell \w+)(?: that)?|with (?:the )?(?:text|message|body)|that)\b[:：]?\s*(.+)"
    r"|(?:内容是|内容为|就?说)[:：]?\s*(.+)",
    re.IGNORECASE | re.DOTALL,
)
TITLED = re.compile(
    r"\b(?:called|titled|named|with (?:the )?(?:title|subject)|about|subject)\b[:：]?\s*(.+?)"
    r"(?=\s+(?:saying|that says|on|at|to)\b|[,.?!]|$)"
    r"|(?:标题是|标题为|主题是|叫做?|关于)[:：]?\s*([^，。？！]{1,60}?)(?=的|[，。？！]|$)",
    re.IGNORECASE,
)
OBJECT_END = re.compile(
    r"\s+(?:(?:to|into|in|from) (?:english|chinese|french|german|spanish|japanese|korean|italian|russian)"
    r"|on (?:the )?web|online|for me|please)\b.*$|,? (?:top|first) \d+.*$"
    r"|成?(?:到)?(?:英|中|法|德|日|韩|俄|西班牙|意大利)[文语].*$|[?？!！.。\s]+$",
    re.IGNORECASE | re.DOTALL,
)


def currencies_in(text: str) -> list[str]:
    """ISO codes of the currencies in a text, in the order of their first mention."""
    spots = sorted(
        (match.start(), code)
        for code, names in _CURRENCIES.items()
        for match in re.finditer("|".join((rf"\b{code.lower()}\b", *names)), text.lower())
    )
    return list(dict.fromkeys(code for _, code in spots))


def first(pattern: re.Pattern[str], text: str) -> str | None:
    """The first match: its first filled group, or all of it."""
    if match := pattern.search(text):
        return next(filter(None, match.groups()), None) or match.group()
    return None


def mentions(text: str, choice: str) -> bool:
    """Whether a text names a choice of an enum, itself or by a synonym. Very short choices never count."""
    lowered = choice.lower()
    names = [name for name in (lowered, lowered.replace("_", " "), *_SYNONYMS.get(lowered, ())) if len(name) > 2]
    names += [name for name in _SYNONYMS.get(lowered, ()) if not name.isascii()]
    return any(_contains(text.lower(), name) for name in names)


def _contains(text: str, name: str) -> bool:
    if not name.isascii() or not name[0].isalnum():
        return name in text
    return re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text) is not None


def numbers_in(text: str) -> list[float]:
    """The numbers of a text, with or without separators of thousands."""
    return [float(number.replace(",", "")) for number in _NUMBER.findall(text)]


def quoted_in(text: str) -> list[str]:
    return [next(filter(None, groups)) for groups in _QUOTED.findall(text)]
