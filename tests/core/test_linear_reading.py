"""Reading tags, linting and splitting take work that grows with the text and not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from app.core import tag_linter
from app.core.legacy_tts import with_brackets
from app.core.sentence_splitter import parts, sentences
from app.core.tag_linter import Linter, TagIssue, lint, ordered
from app.core.tags import in_parts, language_of, plain, tags_in, tokens_in
from app.services.speech.direction_drafting import parse_draft

_TEXTS = {
    "unclosed": "(a ",
    "closing": "a) ",
    "tags": "[sigh] ",
    "styles": "(happy)",
    "paragraphs of tags": "[sigh]\n",
    "singing": "well (sing) ",
    "old styles": "<style>a</style>",
    "empty brackets": "()  ",
    "numbers": "1.",
    "flags": "🇩🇪",
    "marks": "\u0301",
    "joined emoji": "👨\u200d",
    "prose": "Hello there (laughing), my friend. ",
}


def _lines_run(act: Callable[[], object]) -> int:
    """How many lines of the program `act` runs."""
    count = 0

    def trace(frame: FrameType, event: str, _what: Any) -> Any:
        nonlocal count
        if "core" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", _TEXTS)
@pytest.mark.parametrize("read", [lint, tokens_in, sentences, plain, with_brackets, lambda text: parts(text, 40)])
def test_twice_the_text_is_twice_the_work(name: str, read: Callable[[str], object]) -> None:
    def work(times: int) -> int:
        text = _TEXTS[name] * times
        return _lines_run(lambda: read(text))

    work(100)  # What is remembered of words is no work the second time.
    assert work(200) <= 2.3 * work(100) + 500


_BLANKS = " " * 300_000


@pytest.mark.parametrize(
    "text", [_BLANKS, f"a{_BLANKS}b", f"({_BLANKS})", f",{_BLANKS}", f"<style>{_BLANKS}", f"a,{_BLANKS}-"]
)
def test_a_long_run_of_blanks_is_read_once(text: str) -> None:
    """A pattern that tried each of them as a beginning would take many minutes."""
    assert {found.code for found in lint(text)} <= {TagIssue.TOO_LONG, TagIssue.EMPTY_BRACKETS}
    assert tokens_in(text) == ()
    assert "".join("".join(in_parts(text)).split()) == "".join(text.split())
    assert "".join(sentences(text)) == text


def test_many_brackets_and_old_styles_are_read_once() -> None:
    assert lint("(" * 100_000)[0].code is TagIssue.TOO_LONG
    assert tokens_in("<style>" * 30_000) == ()
    nested = "<style>" * 30_000 + "a" + "</style>" * 30_000
    assert with_brackets(nested) == "(" * 30_000 + "a" + ")" * 30_000
    assert parse_draft("(" * 100_000).free == "(" * 100_000
    assert parse_draft("Role" + " \t" * 50_000 + "x").free
    assert len(in_parts("1." * 20_000)) == 16
    assert language_of("一" * 100_000) == "zh"


def test_only_a_changed_paragraph_is_linted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def noted(line: str, *, opening: bool = True) -> Any:
        seen.append(line)
        return tags_in(line, opening=opening)

    monkeypatch.setattr(tag_linter, "tags_in", noted)
    linter = Linter()
    lines = [f"Line {n} [sighs] has [laughs] tags." for n in range(200)]

    def linted(text: str) -> tuple[tag_linter.Finding, ...]:
        return ordered(finding for step in linter.steps(text) for finding in step)

    linted("\n".join(lines))
    seen.clear()
    lines[70:71] = ["Changed [sighs] has [gasps] it.", ""]
    text = "\n".join(lines)
    found = linted(text)
    assert seen == ["Changed [sighs] has [gasps] it.", ""]
    assert found == lint(text), "positions move with the text"
    seen.clear()
    for _step in linter.steps(text + "!"):
        break  # A key while it is linted.
    assert linted(text) == found and seen == []


def test_a_paragraph_of_tags_takes_the_language_of_a_text_that_changes() -> None:
    linter = Linter()

    def linted(text: str) -> list[TagIssue]:
        return [finding.code for step in linter.steps(text) for finding in step]

    assert linted("[叹气]\n你好，朋友。") == []
    assert linted("[叹气]\nHello there, friend.") == [TagIssue.OTHER_LANGUAGE]
    assert linted("[叹气]\n你好，朋友。") == []


def test_singing_is_judged_by_what_stands_before_its_paragraph() -> None:
    linter = Linter()

    def linted(text: str) -> list[str]:
        return [found.fixed(text) for step in linter.steps(text) for found in step]

    assert linted("\n(sing) La la.") == []
    assert linted("Oh.\n(sing) La la.") == ["(sing)Oh.\nLa la."]
    assert linted("\n(sing) La la.") == []
    assert linted("Oh.\n\n(sing) La la.") == ["(sing)Oh.\n\nLa la."]
