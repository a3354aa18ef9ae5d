"""What was made for `mimo-v2-tts`, which is gone, in the form that the model answering for it takes (mimo-api 3.5)."""

from __future__ import annotations

import msgspec

from app.core.catalogue import catalogue
from app.core.requests import BuiltinVoice, SpeechRequest
from app.core.tag_linter import TagIssue, lint

_VOICES = {"default_zh": "冰糖", "default_en": "Mia"}
"""Each language's default voice then, and the one that is it now (mimo-api 3.2)."""


def is_old(model_id: str) -> bool:
    """Whether a speech model wrote its style in `<style>` elements."""
    return catalogue().model(model_id).can("old-tags")


def upgrade_request(request: SpeechRequest) -> SpeechRequest:
    """The request for the model's successor: styles in brackets, today's voices. Any other request as it is."""
    if not is_old(request.model):
        return request
    voice = request.voice
    if isinstance(voice, BuiltinVoice):
        voice = BuiltinVoice(_VOICES.get(voice.id, voice.id))
    successor = catalogue().model(request.model).successor
    return msgspec.structs.replace(request, model=successor, text=with_brackets(request.text), voice=voice)


def with_brackets(text: str) -> str:
    """`<style>Happy</style>Hi.` as `(Happy)Hi.`"""
    while True:
        old = next((finding for finding in lint(text) if finding.code is TagIssue.OLD_STYLE), None)
        if old is None or old.fixed is None:
            return text
        text = old.fixed
