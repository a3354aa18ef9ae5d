"""Converts requests for the retired v2 speech model to its successor's format (WIRE.md section 3.5)."""

from __future__ import annotations

from collections import deque

import msgspec

from app.core.catalogue import catalogue
from app.core.requests import BuiltinVoice, SpeechRequest
from app.core.tags import STYLE_MARK


def is_legacy(model_id: str) -> bool:
    """Whether a speech model takes styles as `<style>` elements."""
    return catalogue().model(model_id).can("old-tags")


def upgrade_request(request: SpeechRequest) -> SpeechRequest:
    """The request for the model's successor, with styles in brackets and current voices; others are unchanged."""
    if not is_legacy(request.model):
        return request
    voice = request.voice
    if isinstance(voice, BuiltinVoice):
        voice = BuiltinVoice(catalogue().speech.replaced_voices.get(voice.id, voice.id))
    successor = catalogue().model(request.model).successor
    return msgspec.structs.replace(request, model=successor, text=with_brackets(request.text), voice=voice)


def with_brackets(text: str) -> str:
    """Rewrite `<style>Happy</style>Hi.` as `(Happy)Hi.`, each beginning with the first end that is left for it."""
    marks = list(STYLE_MARK.finditer(text))
    bounds = [0, *(place for mark in marks for place in mark.span()), len(text)]
    between = [text[start:stop] for start, stop in zip(bounds[::2], bounds[1::2], strict=True)]
    written = [mark.group() for mark in marks]
    begun: deque[int] = deque()
    for place, mark in enumerate(marks):
        if not mark[1]:
            begun.append(place)
        elif begun:
            begin = begun.popleft()
            between[begin + 1] = between[begin + 1].lstrip()
            between[place] = between[place].rstrip()
            is_empty = place == begin + 1 and not between[place]
            written[begin], written[place] = ("", "") if is_empty else ("(", ")")
    return between[0] + "".join(map(str.__add__, written, between[1:]))
