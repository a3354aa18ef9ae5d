"""Converts requests for the retired v2 speech model to its successor's format (WIRE.md section 3.5)."""

from __future__ import annotations

import msgspec

from app.core.catalogue import catalogue
from app.core.requests import BuiltinVoice, SpeechRequest
from app.core.tag_linter import TagIssue, lint


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
    """Rewrite `<style>Happy</style>Hi.` as `(Happy)Hi.`"""
    while True:
        issue = next((finding for finding in lint(text) if finding.code is TagIssue.OLD_STYLE), None)
        if issue is None or issue.fixed is None:
            return text
        text = issue.fixed
