"""Linter for the description of a designed voice: what the service can't make a voice from (WIRE.md section 3.3)."""

from __future__ import annotations

import re
from enum import StrEnum

MIN_ADVISED_LENGTH = 8
MIN_ADVISED_CJK_LENGTH = 4
MAX_ADVISED_DESCRIPTION = 500
"""Characters. A long description contradicts itself, and its end is often ignored."""
_CJK = re.compile(r"[㐀-鿿]")
_KNOWN_ROLE = (
    r"(?:famous|well-known|celebrit\w+|actors?|actress(?:es)?|singers?|(?:movie|film|pop|rock) ?stars?|politicians?"
    r"|presidents?|youtubers?|influencers?|somebody|someone|my (?:wife|husband|boss|friend|mother|father|son|daughter))"
)
_KNOWN_ROLE_CJK = r"(?:明星|演员|歌手|名人|偶像|主持人|主播|总统|网红|某位|某个|某人|我(?:爸|妈|朋友|老板|自己))"
_LIKENESS = re.compile(
    rf"\b(?:like|similar to|imitat\w+|impersonat\w+|voice of)\b[^.;!?]{{0,30}}?\b{_KNOWN_ROLE}\b"
    rf"|\bimpersonat\w+|(?:模仿|像).{{0,6}}?{_KNOWN_ROLE_CJK}|模仿.{{1,8}}的(?:声音|嗓音|口吻)",
    re.IGNORECASE,
)
"""That the voice is to be that of somebody known. "Like an old friend" only says how it sounds."""
_LIKE_NAME = re.compile(
    r"\b(?:[Ll]ike|[Ss]imilar to|[Ii]mitat\w+|[Ii]mpersonat\w+|[Vv]oice of|[Aa]s) "
    r"((?!(?:The|An?|In|I|She|He|They|It)\b)[A-Z][a-z]+)"
)
_NAME = re.compile(r"\b([A-Z][a-z]+) (?:[A-Z]\. )?([A-Z][a-z]{2,})\b")
_CJK_NAME = re.compile(
    r"像[王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎余潘杜戴姜范姚谭廖邹郝崔邱秦顾侯邵孟尹黎贺赖龚]"
    r"[一-鿿]{2}(?:一样|那样|似的|的声音|的嗓音)"
)
_NO_NAMES = frozenset(
    {"American", "African", "Asian", "Australian", "British", "Cantonese", "Chinese", "English", "European", "French"}
    | {"German", "Indian", "Irish", "Italian", "Japanese", "Korean", "Latin", "Mandarin", "Russian", "Scottish"}
    | {"Spanish", "Northern", "Southern", "Eastern", "Western", "North", "South", "East", "West", "New", "Los", "San"}
    | {"Las", "Santa", "Hong", "Kong", "The", "An", "In", "With", "From", "And", "But", "Very", "Speaks", "Speaking"}
    | {"Der", "Die", "Das", "Ein", "Eine", "La", "Le", "Les", "El", "Un", "Una", "Young", "Old", "Older", "Elderly"}
    | {"Middle", "Aged", "Teenage", "Adult", "Woman", "Man", "Girl", "Boy", "Lady", "Gentleman", "Male", "Female"}
    | {"Child", "Person", "Voice", "Calm", "Warm", "Soft", "Deep", "Low", "High", "Clear", "Bright", "Hoarse", "Slow"}
    | {"Fast", "Gentle", "Strong", "Radio", "News", "Sports", "Opera", "Story", "Announcer", "Host", "Narrator"}
    | {"Teacher", "Doctor", "Nurse", "Captain", "Professor", "Librarian", "Grandmother", "Grandfather", "Mother"}
    | {"Father", "Robot", "Pirate", "Wizard", "Santa", "Claus", "Christmas", "Spoken", "Accent"}
)
"""Words that begin with a capital letter without being part of a person's name."""
_INSTRUCTION = re.compile(
    r"^\s*(?:please\b|say\b|read\b|speak the\b|generate\b|create\b|make (?:me )?a\b|give me\b|i (?:want|need)\b)"
    r"|^\s*(?:请|請|帮我|幫我|给我|給我|生成|我想要|我要|朗读|朗讀|念|唸)",
    re.IGNORECASE,
)


class DescriptionIssue(StrEnum):
    """Kinds of findings; `app.ui.texts.voices` has the sentences."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    LIKENESS = "likeness"
    PERSON = "person"
    INSTRUCTION = "instruction"


def lint_description(text: str) -> tuple[DescriptionIssue, ...]:
    """The findings, the most important first; none for an empty description, which is an error when it is used."""
    text = text.strip()
    if not text:
        return ()
    found: list[DescriptionIssue] = []
    if len(text) > MAX_ADVISED_DESCRIPTION:
        found.append(DescriptionIssue.TOO_LONG)
    if _names_person(text):
        found.append(DescriptionIssue.PERSON)
    elif _LIKENESS.search(text):
        found.append(DescriptionIssue.LIKENESS)
    if _INSTRUCTION.search(text):
        found.append(DescriptionIssue.INSTRUCTION)
    if len(text) < (MIN_ADVISED_CJK_LENGTH if _CJK.search(text) else MIN_ADVISED_LENGTH):
        found.append(DescriptionIssue.TOO_SHORT)
    return tuple(found)


def _names_person(text: str) -> bool:
    """Whether a name is in the text: behind a word of likeness, or two words that begin with a capital letter.

    Where most words do, as in a title, only the former counts.
    """
    if _CJK_NAME.search(text) or any(found.group(1) not in _NO_NAMES for found in _LIKE_NAME.finditer(text)):
        return True
    words = re.findall(r"[A-Za-z]+", text)
    is_title = len(words) > 3 and sum(word[0].isupper() for word in words) > len(words) / 2
    return not is_title and any(_NO_NAMES.isdisjoint(found.groups()) for found in _NAME.finditer(text))
