"""Reading the text to speak: tags out, sentences and languages apart (WIRE.md section 3.7)."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from app.demo.speech.speaking_style import PLAIN, SpeakingStyle
from app.demo.speech.style_lexicon import SoundKind, manner_in, sound_in

_TAG = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,200})[)）\]】]")
_ELEMENT = re.compile(r"\s*<style>([^<]*)</style>", re.IGNORECASE)
_SINGING = re.compile(r"\s*[(（\[]\s*(唱歌|singing|sing)\s*[)）\]]", re.IGNORECASE)
_SINGING_STYLE = re.compile(r"\s*(唱歌|singing|sing)\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"[^。！？!?；;\n.…—]*(?:[。！？!?；;\n]+|\.(?=\s|$)|\.(?=\d)|\.|…+|—+|$)[”’\"』」]*")
_RUN = re.compile(r"[A-Za-z][A-Za-z0-9'’,.!?;:\s-]*|[^A-Za-z]+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:['’][A-Z]+)?\b")
_DOTS = re.compile(r"\.{3,}")
_SEPARATOR = re.compile(r"[\s,，、;；]+")
_SAYABLE = re.compile(r"[^\W_]")
_EMPHASIS = SpeakingStyle(pitch=1.12, rate=0.85, spread=1.3, level=3)

PAUSES = {"pause": 0.6, "long-pause": 1.3}
_ELLIPSIS = 0.35  # seconds
_DASH = 0.2
_PARAGRAPH = 0.45


class SpokenPassage(msgspec.Struct, frozen=True):
    """Words in one language and one manner. `start` is their place in the spoken text (tags taken out)."""

    text: str
    language: Literal["en", "zh"]
    manner: SpeakingStyle
    start: int


class Silence(msgspec.Struct, frozen=True):
    seconds: float


class SoundEffect(msgspec.Struct, frozen=True):
    """A sound that is no word."""

    sound: SoundKind
    manner: SpeakingStyle


Item = SpokenPassage | Silence | SoundEffect


class SynthesisPlan(msgspec.Struct, frozen=True):
    """What is to be heard, in order. `words` is the spoken text: everything but the tags."""

    items: tuple[Item, ...]
    words: str
    sung: bool = False


def read(text: str, manner: SpeakingStyle = PLAIN, *, sings: bool = True, elements: bool = False) -> SynthesisPlan:
    """Turns a text with tags into a score.

    A tag at the very beginning colours the whole text, a later one what follows it, up to the next that names a manner.
    No tag is ever spoken, whatever it says.

    Args:
        sings, elements: as in `Line`.
    """
    sung = False
    if elements and (element := _ELEMENT.match(text)):
        sung = _SINGING_STYLE.fullmatch(element.group(1)) is not None
        manner = manner.and_(manner_in(element.group(1)))
        text = text[element.end() :]
    if sings and (tag := _SINGING.match(text)):
        sung = True
        text = text[tag.end() :]
    text = _DOTS.sub("…", text)
    items: list[Item] = []
    spoken = ""
    overall, current, position = manner, manner, 0
    for tag in _TAG.finditer(text):
        spoken = _say(text[position : tag.start()], current, spoken, items)
        position = tag.end()
        inside = tag.group(1)
        sound = sound_in(inside)
        named = manner_in(inside) if sound is None else _manner_beside_sound(inside)
        if sound in PAUSES:
            items.append(Silence(PAUSES[sound]))
        elif sound is not None:
            items.append(SoundEffect(sound, current))
        if named != PLAIN:
            current = overall.and_(named)
            if not _SAYABLE.search(spoken):
                overall = current
    spoken = _say(text[position:], current, spoken, items)
    return SynthesisPlan(tuple(items), spoken.strip(), sung)


def _manner_beside_sound(tag: str) -> SpeakingStyle:
    """What "laughs softly" or "紧张，深呼吸" say besides the sound: "sob" and "笑" alone only make theirs."""
    together = PLAIN
    for part in _SEPARATOR.split(tag):
        if sound_in(part) is None:
            together = together.and_(manner_in(part))
    return together


def _say(text: str, manner: SpeakingStyle, spoken: str, items: list[Item]) -> str:
    """Adds the stretches of a passage; returns the spoken text so far."""
    shouting = _CAPITALS.sub("", text).strip() and not text.isupper()
    for sentence in filter(None, _SENTENCE.findall(text)):
        for run in _runs(sentence):
            language: Literal["en", "zh"] = "zh" if _CJK.search(run) else "en"
            for part in re.split(rf"({_CAPITALS.pattern})", run) if shouting and language == "en" else [run]:
                stressed = bool(shouting) and _CAPITALS.fullmatch(part) and len(part) > 1 and part not in _ABBREVIATIONS
                if _SAYABLE.search(part):
                    own = manner.and_(_EMPHASIS) if stressed else manner
                    items.append(
                        SpokenPassage(part.strip().lower() if stressed else part.strip(), language, own, len(spoken))
                    )
                spoken += part
        if "…" in sentence:
            items.append(Silence(_ELLIPSIS))
        elif "—" in sentence:
            items.append(Silence(_DASH))
        elif sentence.endswith("\n"):
            items.append(Silence(_PARAGRAPH))
    return spoken


_ABBREVIATIONS = frozenset({"OK", "TV", "USA", "UK", "AI", "API", "CPU", "TTS", "ASR", "PC", "CEO", "PDF", "URL", "ID"})


def _runs(sentence: str) -> list[str]:
    """Chinese and Latin stretches apart; digits and marks stay with what surrounds them."""
    if not _CJK.search(sentence):
        return [sentence]
    runs: list[str] = []
    for run in _RUN.findall(sentence):
        # A run without words of its own (marks, digits) belongs to its neighbour.
        if runs and (not _CJK.search(run) and not run[0].isalpha()):
            runs[-1] += run
        else:
            runs.append(run)
    return runs
