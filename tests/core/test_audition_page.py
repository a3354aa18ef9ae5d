"""The audition page in its raw source: self-contained, escaped, and silent about what is behind the labels."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from app.core.audition_page import AuditionPage, PageSample, PageSection, PageTexts, audition_html

HOSTILE = "</script><script>alert(1)</script> \" ' & <b> \x00\x1b \u202e gnp.exe مرحبا 🚢 ]]> <!-- \ud800"
TEXTS = PageTexts(*(f"{name}-text" for name in PageTexts._fields))._replace(sample="Sample {label}", line="Line {n}")


def page(blind: bool = True, text: str = "One line.", lines: int = 1) -> AuditionPage:
    samples = [PageSample(label, "" if blind else f"Mia {text}", label.encode() * 30) for label in "ABC"]
    sections = [PageSection(text, samples)] * lines
    return AuditionPage("K7QX2M9A" if blind else "", "en", f"Title {text}", f"Note {text}", sections, TEXTS)


class _Parsed(HTMLParser):
    """The tags with their attributes, and the text outside of style and script."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self.words = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        last = self.tags[-1][0] if self.tags else ""
        if last in ("script", "style"):
            self.raw[last] = self.raw.get(last, "") + data
        else:
            self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_policy_allows_its_own_script_and_style_and_no_network() -> None:
    source = audition_html(page())
    parsed = _Parsed(source)
    policy = next(meta["content"] for meta in parsed.all("meta") if meta.get("http-equiv"))
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["media-src"] == "data:"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert set(rules) == {"default-src", "script-src", "style-src", "media-src", "base-uri", "form-action"}
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", source, re.DOTALL)
        assert content is not None
        digest = base64.b64encode(hashlib.sha256(content.group(1).encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert source.index("Content-Security-Policy") < min(source.index("<script"), source.index("<style"))
    assert len(parsed.all("script")) == len(parsed.all("style")) == 1
    assert not re.search(r"https?:|//[a-z]|@import|url\(", source)
    attributes = {name for _tag, given in parsed.tags for name in given}
    assert not {name for name in attributes if name.startswith("on")} | (attributes & {"style", "href", "srcset"})
    assert all(str(audio["src"]).startswith("data:audio/mpeg;base64,") for audio in parsed.all("audio"))


@pytest.mark.parametrize("blind", [True, False])
def test_no_text_becomes_markup(blind: bool) -> None:
    hostile, plain = _Parsed(audition_html(page(blind, HOSTILE))), _Parsed(audition_html(page(blind)))
    assert [tag for tag, _attributes in hostile.tags] == [tag for tag, _attributes in plain.tags]
    assert hostile.raw == plain.raw
    assert "</script><script>alert(1)</script>" in hostile.words
    assert "🚢" in hostile.words and "مرحبا" in hostile.words
    assert "\x00" not in hostile.words and "\x1b" not in hostile.words
    audition_html(page(blind, HOSTILE)).encode("utf-8")


def test_a_text_keeps_its_direction_to_itself() -> None:
    parsed = _Parsed(audition_html(page(blind=False, text="مرحبا")))
    assert parsed.all("h1")[0]["dir"] == parsed.all("blockquote")[0]["dir"] == "auto"
    assert len(parsed.all("bdi")) == 3


def test_everything_is_labelled_and_every_control_is_a_native_one() -> None:
    parsed = _Parsed(audition_html(page(lines=2)))
    assert [audio["aria-label"] for audio in parsed.all("audio")] == [
        f"Line {n}, Sample {label}" for n in (1, 2) for label in "ABC"
    ]
    assert all("controls" in audio for audio in parsed.all("audio"))
    radios = [given for given in parsed.all("input") if given.get("type") == "radio"]
    assert [(radio["name"], radio["value"]) for radio in radios[:4]] == [("line-1", mark) for mark in "ABC0"]
    assert {radio["name"] for radio in radios} == {"line-1", "line-2"}
    assert len(parsed.all("fieldset")) == len(parsed.all("legend")) == 2
    assert parsed.all("html")[0]["lang"] == "en"
    assert not [tag for tag, given in parsed.tags if "tabindex" in given]
    assert {tag for tag, given in parsed.tags if tag in ("button", "input", "audio")} == {"button", "input", "audio"}


def test_there_is_nothing_to_vote_on_where_there_is_one_sample() -> None:
    single = page()._replace(sections=[PageSection("a", [PageSample("A", "", b"x")])])
    assert not _Parsed(audition_html(single)).all("fieldset")
    named = _Parsed(audition_html(page(blind=False)))
    assert not named.all("fieldset") and not named.all("form")


def test_both_themes_are_drawn() -> None:
    source = audition_html(page())
    assert "prefers-color-scheme: dark" in source and "color-scheme: light dark" in source
