"""Tags are found, written and linted as the platform's guide says (mimo-api 3.7)."""

from __future__ import annotations

import pytest

from app.core.tags import LintCode, language_of, lint, palette, sings, split_at_sentences, tags_in, with_singing


def test_only_round_brackets_at_the_very_beginning_are_the_overall_style() -> None:
    kinds = [(tag.words, tag.kind) for tag in tags_in("（怅然 慵懒）街口那个老周啊，[叹气]白天蹬三轮。(轻声)哎。")]
    assert kinds == [("怅然 慵懒", "style"), ("叹气", "audio"), ("轻声", "audio")]
    assert tags_in("[sighs] Well.")[0].kind == "audio"


@pytest.mark.parametrize(
    ("text", "code", "fixed"),
    [
        ("<style>开心</style>你好。", LintCode.OLD_STYLE, "(开心)你好。"),
        ("Well [nods] yes.", LintCode.BODY_ACTION, "Well yes."),
        ("我不知道[sighs]。", LintCode.OTHER_LANGUAGE, "我不知道[叹气]。"),
        ("La la (sing) la.", LintCode.SINGING_NOT_FIRST, "(sing)La la la."),
        ("Oh [sighs] no [sob] no.", LintCode.TAGS_IN_SENTENCE, "Oh [sighs] no no."),
    ],
)
def test_each_finding_comes_with_its_fix(text: str, code: LintCode, fixed: str) -> None:
    found = next(finding for finding in lint(text) if finding.code == code)
    assert found.fixed == fixed
    assert code not in {finding.code for finding in lint(fixed)}


def test_what_the_model_does_not_take_is_found() -> None:
    assert lint("(sing)La la.", singing=False)[0].code == LintCode.SINGING_UNSUPPORTED
    assert lint("(Happy)La la.", tags=False)[0].fixed == "La la."
    assert lint("字" * 2_501)[-1].code == LintCode.TOO_LONG


def test_a_clean_text_has_no_findings() -> None:
    assert lint("（紧张）呼……冷静，冷静。[轻声]哎呀，领带歪没歪？") == ()


def test_singing_is_switched_on_and_off_again() -> None:
    assert with_singing("原谅我这一生", True) == "(唱歌)原谅我这一生"
    assert sings("(sing)La")
    assert with_singing("(唱歌)原谅我这一生", False) == "原谅我这一生"


def test_a_long_text_is_cut_after_sentences() -> None:
    parts = split_at_sentences("One two. Three four. Five six.", 21)
    assert parts == ("One two. Three four.", "Five six.")


def test_the_palette_has_both_languages() -> None:
    assert all(group.zh and group.en for group in palette())
    assert language_of("你好 Mia") == "zh"
    assert language_of("Hello there") == "en"
