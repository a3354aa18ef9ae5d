"""Replacing the tag at the cursor, wrapping a selection, and the small edits that fixes are made of."""

from __future__ import annotations

import pytest

from app.core.bracket_linter import dangling_brackets, empty_brackets
from app.core.tag_editing import with_style, with_tag, wrapped
from app.core.tag_linter import Linter, TagIssue, lint
from app.core.tags import removals, tags_in, tokens_in
from app.core.text_edits import Edit, edited


@pytest.mark.parametrize(
    ("text", "start", "stop", "after"),
    [
        ("Oh [laughs] no", 5, 5, "Oh [sighs] no"),
        ("Oh （大笑） no", 3, 7, "Oh （sighs） no"),
        ("Oh [laughs] no", 3, 3, "Oh [sighs][laughs] no"),
        ("Oh [laughs] no", 11, 11, "Oh [laughs][sighs] no"),
        ("(Happy)Oh no", 3, 3, "(Happy)[sighs]Oh no"),
        ("Oh no", 3, 5, "Oh [sighs]no"),
    ],
)
def test_a_tag_replaces_the_one_at_the_cursor(text: str, start: int, stop: int, after: str) -> None:
    assert with_tag(text, "sighs", start, stop)[0] == after


def test_a_style_replaces_the_one_at_the_cursor() -> None:
    assert with_style("(怅然 慵懒)街口", "开心", 5, 5) == "(怅然 开心)街口"
    assert with_style("(怅然 慵懒)街口", "开心", 0, 7) == "(开心 慵懒)街口", "the first of a whole selected tag"
    assert with_style("(怅然 慵懒)街口", "开心", 8, 8) == "(怅然 慵懒 开心)街口"


@pytest.mark.parametrize(
    ("text", "start", "stop", "opener", "after"),
    [
        ("Oh sighs no", 3, 8, "[", "Oh [sighs] no"),
        ("哎叹气好", 1, 3, "（", "哎（叹气）好"),
        ("Oh sighs no", 2, 9, "(", "Oh (sighs) no"),
        ("Oh no", 2, 2, "[", None),
        ("a\nb", 0, 3, "[", None),
        ("a [b] c", 0, 7, "[", None),
        ("(Sad)Hello", 0, 4, "[", None),
        ("(Sad)Hello", 3, 10, "[", None),
        ("(Sad)Hello", 5, 10, "[", "(Sad)[Hello]"),
        ("x" * 100, 0, 100, "[", None),
    ],
)
def test_a_selection_is_made_a_tag(text: str, start: int, stop: int, opener: str, after: str | None) -> None:
    assert wrapped(text, start, stop, opener) == after


def test_tokens_are_tags_in_all_brackets_and_the_earlier_styles() -> None:
    text = "(Calm) a （b） [c] 【d】 (1) <style>e (f)</style> [] <b>"
    assert [text[token.start : token.stop] for token in tokens_in(text)] == [
        "(Calm)", "（b）", "[c]", "【d】", "<style>e (f)</style>",
    ]  # fmt: skip


def test_edits_leave_everything_else_alone() -> None:
    assert edited("abcdef", (Edit(0, 1, "X"), Edit(2, 2, "-"), Edit(4, 6))) == "Xb-cd"
    text = "Oh [a] [b] no [c]"
    assert edited(text, removals(text, tags_in(text))) == "Oh no"


@pytest.mark.parametrize(
    ("text", "code", "fixed"),
    [
        ("Well (laughs, nods) yes.", TagIssue.BODY_ACTION, "Well (laughs) yes."),
        ("（低头，轻声）嗯。", TagIssue.BODY_ACTION, "（轻声）嗯。"),
        ("The hotel (built in May) is closed.", TagIssue.UNKNOWN_TAG, "The hotel, built in May, is closed."),
        ("票价（含税）二百元。", TagIssue.UNKNOWN_TAG, "票价，含税，二百元。"),
        ("[gunshot] Run!", TagIssue.UNKNOWN_TAG, "Run!"),
        ("我说[zzz laughing]好。", TagIssue.OTHER_LANGUAGE, "我说好。"),
        ("我说[laughing]好。", TagIssue.OTHER_LANGUAGE, "我说[笑]好。"),
        ("【叹气】好吧。", TagIssue.OTHER_BRACKETS, "[叹气]好吧。"),
        ("算了，叹气]走吧。", TagIssue.UNOPENED, "算了，[叹气]走吧。"),
        ("Oh () no.", TagIssue.EMPTY_BRACKETS, "Oh no."),
        ("<style></style>Oh.", TagIssue.OLD_STYLE, "Oh."),
    ],
)
def test_a_fix_changes_only_its_place(text: str, code: TagIssue, fixed: str) -> None:
    (found,) = [finding for finding in lint(text) if finding.code is code]
    assert found.fixed(text) == fixed
    assert code not in {finding.code for finding in lint(fixed)}


def test_each_paragraph_has_its_own_language() -> None:
    text = "今天天气不错。[叹气]可惜要加班。\nWell [sighs] so it is."
    assert lint(text) == ()
    (found,) = lint("今天天气不错。\n[sighs]")
    assert found.code is TagIssue.OTHER_LANGUAGE, "a line without words has the language of the text"


@pytest.mark.parametrize("line", ["a) first b) second", "1) one", "call main() now", "x[0] is 1", "Yes :) no", "）"])
def test_marks_of_lists_code_and_emoticons_are_text(line: str) -> None:
    assert list(dangling_brackets(line)) == []
    assert list(empty_brackets(line)) == []


def test_findings_come_in_steps_that_end() -> None:
    text = "Well [sighs] I [laughs] do. " * 500
    steps = list(Linter().steps(text))
    assert sum(map(len, steps)) == len(lint(text)) > 500
    assert sum(len(found.edits) for found in lint(text)) < 3_000, "no copies of the whole text"
