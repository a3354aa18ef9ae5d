"""Answers requests for the voice of a character: gender, age, texture, mood, pace and role, by what the sketch says."""

from __future__ import annotations

import re

from app.demo.chat.question import Language

_IS_ASKED = {
    "en": re.compile(r"\bdescribe the voice of this character\b", re.IGNORECASE),
    "zh": re.compile(r"描述这个角色的音色"),
}
_SKETCH_BEGINS = re.compile(r"^[ \t]*(?:the sketch|sketch|人物小传)[:：][ \t]*\n?", re.IGNORECASE | re.MULTILINE)
_IS_FEMALE = re.compile(
    r"\b(she|her|woman|girl|mother|grandmother|aunt|sister|lady|queen|wife)\b|她|女|妈|奶奶|姑|姐|妹|婆", re.IGNORECASE
)
_IS_YOUNG = re.compile(r"\b(boy|girl|child|kid|pupil)\b|孩子|小孩|男孩|女孩|小学生", re.IGNORECASE)
_IS_OLD = re.compile(r"\b(old|retired|grand(?:father|mother|pa|ma)|elderly|widow(?:er)?|forty years)\b"
                     r"|老(?!师|板|家)|退休|爷爷|奶奶|白发|四十年", re.IGNORECASE)  # fmt: skip
_IS_STUDENT = re.compile(r"\b(young|student|apprentice|intern)\b|年轻|大学生|学徒|实习", re.IGNORECASE)
_MANNERS: tuple[tuple[re.Pattern[str], dict[Language, str]], ...] = (
    (
        re.compile(
            r"\b(market|street|mends?|shoe|cab|taxi|driver|tram|hutong)\b|市场|夜市|修鞋|三轮|出租|胡同", re.IGNORECASE
        ),
        {"en": "hoarse and dry, amused, unhurried, a storyteller", "zh": "声音沙哑，带着笑意，不慌不忙，像个说书人"},
    ),
    (
        re.compile(r"\b(sea|ship|sailor|captain|harbour|harbor|pirate|fish\w*)\b|海|船|水手|渔", re.IGNORECASE),
        {"en": "deep and gravelly, calm, slow, a captain", "zh": "声音低沉粗粝，沉稳，语速缓慢，像位船长"},
    ),
    (
        re.compile(r"\b(teach\w*|school|professor|lecture\w*)\b|老师|学校|教授|课堂", re.IGNORECASE),
        {"en": "clear and warm, gentle, evenly paced, a teacher", "zh": "声音清亮温暖，温柔，语速平稳，像位老师"},
    ),
    (
        re.compile(r"\b(radio|news|announc\w*|broadcast\w*)\b|电台|新闻|播音|广播", re.IGNORECASE),
        {
            "en": "deep and magnetic, confident, evenly paced, an announcer",
            "zh": "声音低沉有磁性，自信，语速平稳，像个播音员",
        },
    ),
    (
        re.compile(r"\b(sad|lonely|lost|widow\w*|miss(?:es|ed)?|grie\w+)\b|孤独|思念|失去|难过|伤心", re.IGNORECASE),
        {"en": "breathy, wistful, slow, with long pauses", "zh": "带着气声，怅惘，语速缓慢，停顿较多"},
    ),
    (
        re.compile(r"\b(laugh\w*|cheerful|funny|joke\w*|play\w*)\b|爱笑|开朗|玩笑|活泼", re.IGNORECASE),
        {"en": "clear, sunny and brisk", "zh": "声音清亮，阳光开朗，语速轻快"},
    ),
)
_DEFAULT_MANNER: dict[Language, str] = {"en": "warm, calm, evenly paced", "zh": "声音温暖，沉稳，语速平稳"}
_AGES: dict[str, dict[Language, str]] = {
    "old": {"en": "in {their} seventies", "zh": "七十多岁的"},
    "student": {"en": "in {their} twenties", "zh": "二十多岁的"},
    "adult": {"en": "in {their} forties", "zh": "四十多岁的"},
}


def asked_for(question: str, language: Language) -> str | None:
    """The sketch of the character whose voice is asked for; None if none is."""
    if not _IS_ASKED[language].search(question):
        return None
    begins = _SKETCH_BEGINS.search(question)
    return question[begins.end() :].strip() if begins is not None else ""


def written(sketch: str, language: Language) -> str:
    """The description of a voice that suits a sketch."""
    manner = next((words for pattern, words in _MANNERS if pattern.search(sketch)), _DEFAULT_MANNER)[language]
    is_female = _IS_FEMALE.search(sketch) is not None
    if language == "zh":
        return f"一位{_who_zh(sketch, is_female=is_female)}，{manner}。"
    return f"{_who_en(sketch, is_female=is_female)}, {manner}."


def _age(sketch: str) -> str:
    return "old" if _IS_OLD.search(sketch) else "student" if _IS_STUDENT.search(sketch) else "adult"


def _who_en(sketch: str, *, is_female: bool) -> str:
    if _IS_YOUNG.search(sketch):
        return "A child, " + ("a girl" if is_female else "a boy") + " of about ten"
    age = _AGES[_age(sketch)]["en"].format(their="her" if is_female else "his")
    return f"A {'woman' if is_female else 'man'} {age}"


def _who_zh(sketch: str, *, is_female: bool) -> str:
    if _IS_YOUNG.search(sketch):
        return "十岁左右的" + ("小女孩" if is_female else "小男孩")
    return _AGES[_age(sketch)]["zh"] + ("女性" if is_female else "男性")
