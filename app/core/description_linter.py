"""Hints about the description of a designed voice: what the service can't make a voice from (WIRE.md section 3.3).

The words are data in both languages (`resources/voices/hints.toml`). Nothing here is an error.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import msgspec

from app.core.resources import resource_path
from app.core.tags import language_of, palette
from app.core.text_edits import Edit, edited
from app.core.voice_traits import MAX_READ, FoundTrait, removal, traits_in

MAX_HINTS = 20
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
_LIKE_FULL_NAME = re.compile(
    r"(?:[Ll]ike|[Ss]imilar to|[Ii]mitat\w+|[Ii]mpersonat\w+|[Vv]oice of|[Aa]s) "
    r"[A-Z][a-z]*(?: [A-Z][a-z.]*){0,2}(?<!\.)"
)
_NAME = re.compile(r"\b([A-Z][a-z]+) (?:[A-Z]\. )?([A-Z][a-z]{2,})\b")
_CJK_NAME = re.compile(
    r"像[王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛叶阎余潘杜戴姜范姚谭廖邹郝崔邱秦顾侯邵孟尹黎贺赖龚]"
    r"[一-鿿]{2}(?:一样的声音|一样|那样|似的|的声音|的嗓音)"
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
    """Kinds of hints; `app.ui.texts.voices` has the sentences."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    LIKENESS = "likeness"
    PERSON = "person"
    INSTRUCTION = "instruction"
    TAGS = "tags"
    SEVERAL = "several"
    SINGING = "singing"
    LANGUAGE = "language"
    CONTRADICTION = "contradiction"
    ACCENT = "accent"
    ROOM = "room"
    BACKGROUND = "background"
    QUALITY = "quality"
    NEGATION = "negation"


class DescriptionHint(NamedTuple):
    """Something in a description that the service does not make a voice from.

    Attributes:
        start, stop: the words it is about; both 0 if it is about the whole text.
        words: those words.
        edit: takes out what the hint is about so that the rest still reads well; None where a person has to decide.
    """

    issue: DescriptionIssue
    start: int = 0
    stop: int = 0
    words: str = ""
    edit: Edit | None = None


class _WordList(msgspec.Struct, frozen=True):
    en: tuple[str, ...]
    zh: tuple[str, ...]
    never: tuple[str, ...] = ()


class _Contradictions(msgspec.Struct, frozen=True):
    sets: tuple[tuple[str, ...], ...]


class _Lists(msgspec.Struct, frozen=True):
    room: _WordList
    quality: _WordList
    background: _WordList
    singing: _WordList
    several: _WordList
    negation: _WordList
    language: _WordList
    contradiction: _Contradictions
    accent: _WordList


@cache
def _lists() -> _Lists:
    return msgspec.toml.decode(resource_path("voices", "hints.toml").read_bytes(), type=_Lists)


_LEAD = (
    r"(?:(?:who|that)\s+)?(?:(?:with|and|in|over|through|from|of|plus)\s+)?"
    r"(?:(?:an?|the|some|lots of|a lot of|plenty of)\s+)?"
    r"(?:(?!(?:and|with|in|or|of|who|that|voice|speaks?)\b)[\w-]+\s+){0,2}?(?:\d+(?:\.\d+)?\s*)?"
)
_LEAD_CJK = (
    r"(?:(?:并且|并|还)?(?:带着?|带有|有|加上?|伴着|伴随着?|配上?)(?:一点|一些|些许|些|轻微的?|长长的|明显的|浓重的)?)?"
)
_PREPOSITION = re.compile(r"(?:with|in|over|through|from|of)\s+", re.IGNORECASE)
_AND_MORE = re.compile(r"\s+and\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]|【[^【】\n]{1,80}】|<[^<>\n]{1,80}>")
_ROUND = re.compile(r"[(（]([^()（）\n]{1,40})[)）]")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Finds a word of a list as the group `words`, with what belongs to it."""
    lists = _lists()
    known: _WordList = getattr(lists, kind)
    latin = "|".join(re.escape(word) for word in sorted(known.en, key=len, reverse=True))
    others = "|".join(re.escape(word) for word in sorted(known.zh, key=len, reverse=True))
    if kind == "negation":
        never = "|".join(re.escape(word) for word in known.never)
        pattern = (
            rf"(?P<skip>{never})|(?<![\w-])(?P<words>(?:{latin})\s+(?:(?:any|an?|the|at all|too|very|so)\s+)?[\w-]+)"
            rf"|(?P<cjk>(?:{others})[㐀-鿿]{{1,6}}?(?=[，、,；;。.!！]|和|与|$))"
        )
    else:
        pattern = (
            rf"(?<![\w-]){_LEAD}(?P<words>(?:{latin})s?)(?![\w-])(?: effects?| sounds?| \w+ly\b)?"
            rf"|{_LEAD_CJK}(?P<cjk>{others})(?:效果|的感觉|的声音|感)?"
        )
    return re.compile(pattern, re.IGNORECASE)


def lint_description(text: str, preview: str = "") -> tuple[DescriptionHint, ...]:
    """The hints, the most important first; none for an empty description, which is an error when it is used.

    `preview` is the text that the voice is going to speak.
    """
    whole, text = text, text[:MAX_READ]
    if not text.strip():
        return ()
    found: list[DescriptionHint] = []
    if len(whole.strip()) > MAX_ADVISED_DESCRIPTION:
        found.append(DescriptionHint(DescriptionIssue.TOO_LONG))
    if (person := _person(text)) is not None:
        found.append(person)
    elif (likeness := _LIKENESS.search(text)) is not None:
        found.append(DescriptionHint(DescriptionIssue.LIKENESS, *likeness.span(), likeness.group()))
    if (instruction := _INSTRUCTION.search(text)) is not None:
        found.append(DescriptionHint(DescriptionIssue.INSTRUCTION, *instruction.span(), instruction.group().strip()))
    found += _tags(text)
    found += _listed(text, DescriptionIssue.SEVERAL, is_removable=False)
    found += _listed(text, DescriptionIssue.SINGING)
    found += _listed(text, DescriptionIssue.LANGUAGE, is_removable=False)
    found += _contradictions(text)
    found += _accents(text, preview)
    for issue in (DescriptionIssue.ROOM, DescriptionIssue.BACKGROUND, DescriptionIssue.QUALITY):
        found += _listed(text, issue)
    found += _listed(text, DescriptionIssue.NEGATION)
    if len(text.strip()) < (MIN_ADVISED_CJK_LENGTH if _CJK.search(text) else MIN_ADVISED_LENGTH):
        found.append(DescriptionHint(DescriptionIssue.TOO_SHORT))
    return tuple(found[:MAX_HINTS])


def without_hint(text: str, hint: DescriptionHint) -> str:
    """The description without what a hint of it is about; unchanged where nothing can be taken out."""
    return edited(text, [hint.edit]) if hint.edit is not None else text


def _listed(text: str, issue: DescriptionIssue, *, is_removable: bool = True) -> list[DescriptionHint]:
    found: list[DescriptionHint] = []
    for match in _pattern(issue.value).finditer(text):
        group = "words" if match["words"] else "cjk" if match["cjk"] else ""
        if group:
            edit = _without(text, match.start(), match.end()) if is_removable else None
            found.append(DescriptionHint(issue, *match.span(group), match[group], edit))
    return found


def _without(text: str, start: int, stop: int) -> Edit:
    """What takes a phrase out. Its preposition stays where something else follows it: "with reverb and a smile"."""
    preposition = _PREPOSITION.match(text, start, stop)
    if preposition is not None and (more := _AND_MORE.match(text, stop)) is not None:
        return Edit(preposition.end(), more.end())
    return removal(text, start, stop)


def _tags(text: str) -> list[DescriptionHint]:
    known = {tag.casefold() for group in palette() for tag in (*group.zh, *group.en)}
    marks = [match.span() for match in _BRACKETS.finditer(text)]
    marks += [match.span() for match in _ROUND.finditer(text) if match[1].strip().casefold() in known]
    return [
        DescriptionHint(DescriptionIssue.TAGS, start, stop, text[start:stop], removal(text, start, stop))
        for start, stop in sorted(marks)
    ]


def _contradictions(text: str) -> list[DescriptionHint]:
    """Traits that contradict one that stands before them."""
    first: dict[str, FoundTrait] = {}
    for one in traits_in(text):
        first.setdefault(one.trait.id, one)
    found: dict[int, DescriptionHint] = {}
    for rivals in _lists().contradiction.sets:
        said = sorted((first[trait_id] for trait_id in rivals if trait_id in first), key=lambda one: one.start)
        for later in said[1:]:
            words = f"{text[said[0].start : said[0].stop]}” / “{text[later.start : later.stop]}"
            edit = removal(text, later.start, later.stop)
            hint = DescriptionHint(DescriptionIssue.CONTRADICTION, later.start, later.stop, words, edit)
            found.setdefault(later.start, hint)
    return [found[start] for start in sorted(found)]


def _accents(text: str, preview: str) -> list[DescriptionHint]:
    """An accent of one language where the preview text is in the other."""
    if not preview.strip():
        return []
    accents = _lists().accent
    foreign = accents.en if language_of(preview[:MAX_READ]) == "zh" else accents.zh
    return [
        DescriptionHint(DescriptionIssue.ACCENT, one.start, one.stop, text[one.start : one.stop])
        for one in traits_in(text)
        if one.trait.id in foreign
    ][:1]


def _person(text: str) -> DescriptionHint | None:
    """A name in the text: behind a word of likeness, or two words that begin with a capital letter.

    Where most words do, as in a title, only the former counts.
    """
    likeness = next((found for found in _LIKE_NAME.finditer(text) if found.group(1) not in _NO_NAMES), None)
    name = _CJK_NAME.search(text) or likeness
    if name is not None:
        full = _LIKE_FULL_NAME.match(text, name.start()) or name
        edit = removal(text, full.start(), full.end())
        return DescriptionHint(DescriptionIssue.PERSON, full.start(), full.end(), full.group(), edit)
    words = re.findall(r"[A-Za-z]+", text)
    is_title = len(words) > 3 and sum(word[0].isupper() for word in words) > len(words) / 2
    pair = next((found for found in _NAME.finditer(text) if _NO_NAMES.isdisjoint(found.groups())), None)
    if is_title or pair is None:
        return None
    return DescriptionHint(DescriptionIssue.PERSON, *pair.span(), pair.group())
