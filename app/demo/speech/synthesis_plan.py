"""Parses the text to speak: extracts tags and splits it by sentence and language (WIRE.md section 3.7)."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from app.demo.speech.speaking_style import PLAIN, SpeakingStyle
from app.demo.speech.style_lexicon import SoundKind, sound_in, style_in

_TAG = re.compile(r"[(（\[【]([^()（）\[\]【】]{0,200})[)）\]】]")
_SINGING = re.compile(r"\s*[(（\[]\s*(唱歌|singing|sing)\s*[)）\]]", re.IGNORECASE)
_SENTENCE = re.compile(r"[^。！？!?；;\n.…—]*(?:[。！？!?；;\n]+|\.(?=\s|$)|\.(?=\d)|\.|…+|—+|$)[”’\"』」]*")
_RUN = re.compile(r"[A-Za-z][A-Za-z0-9'’,.!?;:\s-]*|[^A-Za-z]+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_CAPITALS = re.compile(r"\b[A-Z]{2,}(?:['’][A-Z]+)?\b")
_DOTS = re.compile(r"\.{3,}")
_SEPARATOR = re.compile(r"[\s,，、;；]+")
_PRONOUNCEABLE = re.compile(r"[^\W_]")
_EMPHASIS = SpeakingStyle(pitch=1.12, rate=0.85, spread=1.3, level=3)

PAUSE_SECONDS = {"pause": 0.6, "long-pause": 1.3}
_ELLIPSIS_SECONDS = 0.35
_DASH_SECONDS = 0.2
_PARAGRAPH_SECONDS = 0.45


class SpokenPassage(msgspec.Struct, frozen=True):
    """Text in one language and style. `start` is its position in the spoken text (without tags)."""

    text: str
    language: Literal["en", "zh"]
    style: SpeakingStyle
    start: int


class Silence(msgspec.Struct, frozen=True):
    seconds: float


class SoundEffect(msgspec.Struct, frozen=True):
    """A non-speech sound."""

    kind: SoundKind
    style: SpeakingStyle


PlanItem = SpokenPassage | Silence | SoundEffect


class SynthesisPlan(msgspec.Struct, frozen=True):
    """Items to synthesise, in order. `text` is the spoken text, without tags."""

    items: tuple[PlanItem, ...]
    text: str
    is_sung: bool = False


def parse(text: str, style: SpeakingStyle = PLAIN, *, can_sing: bool = True) -> SynthesisPlan:
    """Parse a text with tags into a plan.

    A tag at the very beginning sets the style of the whole text; a later one applies until the next that names a
    style. Tags are never spoken, whatever they contain.

    Args:
        can_sing: as in `SynthesisRequest`.
    """
    is_sung = False
    if can_sing and (tag := _SINGING.match(text)):
        is_sung = True
        text = text[tag.end() :]
    text = _DOTS.sub("…", text)
    items: list[PlanItem] = []
    spoken = ""
    overall, current, position = style, style, 0
    for tag in _TAG.finditer(text):
        spoken = _add_passages(text[position : tag.start()], current, spoken, items)
        position = tag.end()
        tag_text = tag.group(1)
        sound = sound_in(tag_text)
        tag_style = style_in(tag_text) if sound is None else _style_without_sounds(tag_text)
        if sound in PAUSE_SECONDS:
            items.append(Silence(PAUSE_SECONDS[sound]))
        elif sound is not None:
            items.append(SoundEffect(sound, current))
        if tag_style != PLAIN:
            current = overall.combined_with(tag_style)
            if not _PRONOUNCEABLE.search(spoken):
                overall = current
    spoken = _add_passages(text[position:], current, spoken, items)
    return SynthesisPlan(tuple(items), spoken.strip(), is_sung)


def _style_without_sounds(tag: str) -> SpeakingStyle:
    """The style in a tag with a sound, as in "laughs softly" or "紧张，深呼吸"; plain for the sound's own word."""
    combined = PLAIN
    for part in _SEPARATOR.split(tag):
        if sound_in(part) is None:
            combined = combined.combined_with(style_in(part))
    return combined


def _add_passages(text: str, style: SpeakingStyle, spoken: str, items: list[PlanItem]) -> str:
    """Append the passages and pauses of a text to `items` and return the spoken text so far."""
    has_emphasis = _CAPITALS.sub("", text).strip() and not text.isupper()
    for sentence in filter(None, _SENTENCE.findall(text)):
        for run in _runs(sentence):
            language: Literal["en", "zh"] = "zh" if _CJK.search(run) else "en"
            for part in re.split(rf"({_CAPITALS.pattern})", run) if has_emphasis and language == "en" else [run]:
                is_stressed = (
                    bool(has_emphasis) and _CAPITALS.fullmatch(part) and len(part) > 1 and part not in _ABBREVIATIONS
                )
                if _PRONOUNCEABLE.search(part):
                    passage_style = style.combined_with(_EMPHASIS) if is_stressed else style
                    items.append(
                        SpokenPassage(
                            part.strip().lower() if is_stressed else part.strip(), language, passage_style, len(spoken)
                        )
                    )
                spoken += part
        if "…" in sentence:
            items.append(Silence(_ELLIPSIS_SECONDS))
        elif "—" in sentence:
            items.append(Silence(_DASH_SECONDS))
        elif sentence.endswith("\n"):
            items.append(Silence(_PARAGRAPH_SECONDS))
    return spoken


_ABBREVIATIONS = frozenset({"OK", "TV", "USA", "UK", "AI", "API", "CPU", "TTS", "ASR", "PC", "CEO", "PDF", "URL", "ID"})


def _runs(sentence: str) -> list[str]:
    """Split a sentence into Chinese and Latin runs; digits and punctuation stay with the surrounding run."""
    if not _CJK.search(sentence):
        return [sentence]
    runs: list[str] = []
    for run in _RUN.findall(sentence):
        # A run without letters (punctuation, digits) belongs to its neighbour.
        if runs and (not _CJK.search(run) and not run[0].isalpha()):
            runs[-1] += run
        else:
            runs.append(run)
    return runs
