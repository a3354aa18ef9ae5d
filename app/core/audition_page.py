"""The audition page: one HTML file with players, for someone without the program, that asks nothing of the network.

The page of a blind audition holds no name, take id or setting: which sample is which is in the `Audition` alone.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from app.core.auditions import NO_PREFERENCE_MARK
from app.core.resources import resource_path

_STYLE, _VOTE_SCRIPT, _PAGE_SCRIPT = "audition/page.css", "audition/vote.js", "audition/page.js"


class PageSample(NamedTuple):
    """One player: its label, what is known about it (empty if blind), and its sound as an MP3 file."""

    label: str
    detail: str
    mp3: bytes


class PageSection(NamedTuple):
    """Samples of one text."""

    text: str
    samples: Sequence[PageSample]

    @property
    def can_be_voted_on(self) -> bool:
        return len(self.samples) > 1


class PageTexts(NamedTuple):
    """The sentences of the page in its language.

    Attributes:
        sample: with `{label}`; line: with `{n}`.
        same_spot: the switch that keeps the position when another sample is played.
        question: asked below the samples of a blind audition.
        copied, not_copied: said after the code was copied, or could not be.
    """

    intro: str
    sample: str
    line: str
    same_spot: str
    question: str
    no_preference: str
    vote: str
    vote_how: str
    listener: str
    code: str
    copy: str
    copied: str
    not_copied: str
    needs_script: str


class AuditionPage(NamedTuple):
    """Everything on a page.

    Attributes:
        id: names the page in a vote; empty for a page without a vote.
        language: as in HTML, such as `zh-CN`.
    """

    id: str
    language: str
    title: str
    note: str
    sections: Sequence[PageSection]
    texts: PageTexts


def audition_html(page: AuditionPage) -> str:
    """The page as HTML. Every text is escaped and isolated from the direction of those around it."""
    style, script = _resource(_STYLE), _resource(_VOTE_SCRIPT) + _resource(_PAGE_SCRIPT)
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; media-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    title, texts = _text(page.title), page.texts
    parts = [
        "<!doctype html>",
        f'<html lang="{_text(page.language)}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">',
        f"<title>{title}</title><style>{style}</style></head>",
        f'<body><main><h1 dir="auto">{title}</h1>',
        f'<p dir="auto">{_text(page.note)}</p>' if page.note.strip() else "",
        f'<p class="quiet">{_text(texts.intro)}</p>',
        f'<label class="switch quiet"><input type="checkbox" id="same-spot" checked>{_text(texts.same_spot)}</label>',
        f"<noscript><p>{_text(texts.needs_script)}</p></noscript>" if page.id else "",
        *(_section(page, section, number) for number, section in enumerate(page.sections, 1)),
        _vote(page) if page.id else "",
        f"</main><script>{script}</script></body></html>\n",
    ]
    return "\n".join(part for part in parts if part)


def _section(page: AuditionPage, section: PageSection, number: int) -> str:
    texts = page.texts
    heading = texts.line.format(n=number)
    shown = [f"<h2>{_text(heading)}</h2>"] if len(page.sections) > 1 else []
    if section.text:
        shown.append(f'<blockquote dir="auto">{_text(section.text)}</blockquote>')
    players = "".join(_player(texts, sample, heading, len(page.sections) > 1) for sample in section.samples)
    shown.append(f"<ol>{players}</ol>")
    if page.id and section.can_be_voted_on:
        shown.append(_question(texts, section, number))
    return f'<section aria-label="{_text(heading)}">{"".join(shown)}</section>'


def _player(texts: PageTexts, sample: PageSample, heading: str, has_heading: bool) -> str:
    name = texts.sample.format(label=sample.label)
    label = f"{heading}, {name}" if has_heading else name
    detail = f" · <bdi>{_text(sample.detail)}</bdi>" if sample.detail else ""
    source = f"data:audio/mpeg;base64,{base64.b64encode(sample.mp3).decode('ascii')}"
    return (
        f"<li><h3>{_text(name)}{detail}</h3>"
        f'<audio controls preload="metadata" aria-label="{_text(label)}" src="{source}"></audio></li>'
    )


def _question(texts: PageTexts, section: PageSection, number: int) -> str:
    offered = [(sample.label, texts.sample.format(label=sample.label)) for sample in section.samples]
    choices = "".join(
        f'<label><input type="radio" name="line-{number}" value="{_text(value)}">{_text(name)}</label>'
        for value, name in (*offered, (NO_PREFERENCE_MARK, texts.no_preference))
    )
    return f'<fieldset><legend>{_text(texts.question)}</legend><div class="choices">{choices}</div></fieldset>'


def _vote(page: AuditionPage) -> str:
    texts = page.texts
    return (
        f'<form id="vote" data-page="{_text(page.id)}" aria-label="{_text(texts.vote)}"><h2>{_text(texts.vote)}</h2>'
        f'<p class="quiet">{_text(texts.vote_how)}</p>'
        f'<label class="field"><span>{_text(texts.listener)}</span>'
        '<input id="listener" maxlength="60" autocomplete="off"></label>'
        f'<label class="field"><span>{_text(texts.code)}</span><input id="code" readonly></label>'
        f'<button type="button" id="copy" disabled>{_text(texts.copy)}</button> '
        f'<span id="said" class="quiet" role="status" data-copied="{_text(texts.copied)}" '
        f'data-failed="{_text(texts.not_copied)}"></span></form>'
    )


def _text(text: str) -> str:
    """A text for HTML, also inside of quotes: escaped, and without what no document may contain."""
    whole = text.encode("utf-8", "replace").decode()
    return escape("".join(each for each in whole if each in "\n\t" or unicodedata.category(each) != "Cc"))


def _resource(name: str) -> str:
    return resource_path(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _hash(content: str) -> str:
    """The source expression by which a policy allows exactly this script or style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode('ascii')}"
