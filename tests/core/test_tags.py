"""Finding, inserting and linting tags according to the platform's guide (WIRE.md section 3.7)."""

from __future__ import annotations

import pytest

from app.core.tag_editing import with_singing, with_style, with_tag
from app.core.tag_linter import TagIssue, lint
from app.core.tags import beginning, in_parts, language_of, matching, palette, sings, split_at_sentences, tags_in


def test_only_round_brackets_at_the_beginning_are_overall_styles() -> None:
    kinds = [(tag.words, tag.kind) for tag in tags_in("（怅然 慵懒）街口那个老周啊，[叹气]白天蹬三轮。(轻声)哎。")]
    assert kinds == [("怅然 慵懒", "style"), ("叹气", "audio"), ("轻声", "audio")]
    assert tags_in("[sighs] Well.")[0].kind == "audio"


@pytest.mark.parametrize(
    ("text", "code", "fixed"),
    [
        ("<style>开心</style>你好。", TagIssue.OLD_STYLE, "(开心)你好。"),
        ("Well [nods] yes.", TagIssue.BODY_ACTION, "Well yes."),
        ("我不知道[sighs]。", TagIssue.OTHER_LANGUAGE, "我不知道[叹气]。"),
        ("La la (sing) la.", TagIssue.SINGING_NOT_FIRST, "(sing)La la la."),
        ("Oh [sighs] no [sob] no.", TagIssue.TAGS_IN_SENTENCE, "Oh [sighs] no no."),
        ("(Gentle)(Happy)Well.", TagIssue.STYLES_APART, "(Gentle Happy)Well."),
        ("Well (laugh and then", TagIssue.UNCLOSED, "Well (laugh) and then"),
        ("好（长叹一口气啊。", TagIssue.UNCLOSED, "好（长叹一口气）啊。"),
        ("（Happy Sad）你好，世界。", TagIssue.OTHER_LANGUAGE, "（开心 悲伤）你好，世界。"),
    ],
)
def test_each_finding_comes_with_its_fix(text: str, code: TagIssue, fixed: str) -> None:
    found = next(finding for finding in lint(text) if finding.code == code)
    assert found.fixed(text) == fixed
    assert code not in {finding.code for finding in lint(fixed)}


def test_tags_the_model_does_not_support_are_found() -> None:
    assert lint("(sing)La la.", singing=False)[0].code == TagIssue.SINGING_UNSUPPORTED
    assert lint("(Happy)La la.", tags=False)[0].fixed("(Happy)La la.") == "La la."
    assert lint("字" * 2_501)[-1].code == TagIssue.TOO_LONG


def test_a_clean_text_has_no_findings() -> None:
    assert lint("（紧张）呼……冷静，冷静。[轻声]哎呀，领带歪没歪？") == ()


@pytest.mark.parametrize(
    "text",
    [
        "He said (in (very) short words) nothing.",
        "He said (in [very] short words) nothing.",
        "他说（很（非常）短地）没事。",
        "（紧张)呼……",
        "Well (oh :( no) then.",
        "It closes [nothing :) more] here).",
    ],
)
def test_nested_brackets_are_closed(text: str) -> None:
    assert TagIssue.UNCLOSED not in {finding.code for finding in lint(text)}


def test_only_brackets_left_open_on_their_line_are_unclosed() -> None:
    text = "One (laugh (sigh) two\nthree (1 four) five [sob (cough] six\nseven) eight [whisper"
    found = [finding for finding in lint(text) if finding.code is TagIssue.UNCLOSED]
    assert [finding.words for finding in found] == ["(laugh", "(cough", "[whisper"]
    assert found[1].fixed(text) == text.replace("(cough]", "(cough)]")


def test_singing_can_be_switched_on_and_off() -> None:
    assert with_singing("原谅我这一生", True) == "(唱歌)原谅我这一生"
    assert sings("(sing)La")
    assert with_singing("(唱歌)原谅我这一生", False) == "原谅我这一生"


def test_a_long_text_is_split_after_sentences() -> None:
    parts = split_at_sentences("One two. Three four. Five six.", 21)
    assert parts == ("One two. Three four.", "Five six.")


def test_a_text_is_not_cut_behind_a_title_in_a_number_or_in_an_emoji() -> None:
    assert split_at_sentences("Ask Dr. Smith now. It is 3.14159 today.", 20) == (
        "Ask Dr. Smith now.",
        "It is 3.14159 today.",
    )
    assert split_at_sentences("他说：“好。”然后走了。", 7) == ("他说：“好。”", "然后走了。")
    assert "".join(split_at_sentences("👩‍👩‍👧‍👦" * 4, 10)) == "👩‍👩‍👧‍👦" * 4
    assert all(part.startswith("👩") and not part.endswith("\u200d") for part in split_at_sentences("👩‍👩‍👧‍👦" * 4, 10))


def test_every_part_begins_with_the_style_of_the_whole_text() -> None:
    assert in_parts("(Happy)One two. Three four. Five six.", 24) == (
        "(Happy)One two.",
        "(Happy)Three four.",
        "(Happy)Five six.",
    )
    assert in_parts("One two. Three four.", 12) == ("One two.", "Three four.")


def test_a_style_longer_than_a_part_still_ends() -> None:
    style = "(Happy)" * 4
    assert in_parts(f"{style}One two. Three four.", 24) == (f"{style}One two.", f"{style}Three four.")
    assert in_parts("(Happy)Oh", 1) == ("(Happy)O", "(Happy)h")
    with pytest.raises(ValueError, match="0 characters"):
        split_at_sentences("Oh", 0)


def test_the_palette_has_both_languages() -> None:
    assert all(group.zh and group.en for group in palette())
    assert language_of("你好 Mia") == "zh"
    assert language_of("Hello there") == "en"


def test_styles_share_one_pair_of_brackets_without_duplicates() -> None:
    text = with_style(with_style("Hello.", "Happy"), "Gentle")
    assert text == "(Happy Gentle)Hello."
    assert with_style(text, "Happy") == text
    assert lint(text) == ()
    assert with_style("（怅然 慵懒）街口那个老周啊", "开心") == "（怅然 慵懒 开心）街口那个老周啊"
    assert with_style("(sing)La la", "Happy") == "(sing)(Happy)La la", "a singing tag stays alone"
    assert with_style("(Big Sister voice)Hi", "Cold") == "(Big Sister voice Cold)Hi"


def test_several_opening_brackets_are_styles_not_audio_tags() -> None:
    assert [tag.kind for tag in tags_in("(Gentle)(Happy)Well [sighs] yes.")] == ["style", "style", "audio"]
    assert TagIssue.TAGS_IN_SENTENCE not in {finding.code for finding in lint("(Gentle)(Happy)Well [sighs] yes.")}


def test_the_same_audio_tag_is_not_inserted_twice_in_a_row() -> None:
    assert with_tag("I know.", "sighs", 7) == ("I know.[sighs]", 14)
    assert with_tag("I know.[sighs]", "sighs", 14) == ("I know.[sighs]", 14)
    assert with_tag("I know.[sighs]", "sighs", 7) == ("I know.[sighs]", 14)
    assert with_tag("I know.[sighs]", "laughs", 14) == ("I know.[sighs][laughs]", 22)


def test_free_wording_is_a_hint_and_documented_wording_is_fine() -> None:
    text = "Well [unknownthing] yes."
    (found,) = lint(text)
    assert (found.code, found.words, found.hint) == (TagIssue.UNKNOWN_TAG, "unknownthing", True)
    assert found.fixed(text) == "Well, unknownthing, yes."
    guide = "I just... (sighs deeply) I don't know anymore. (suddenly firm) But I won't give up!"
    assert lint(guide) == ()
    assert lint("（紧张，深呼吸）呼……冷静，冷静。（小声）哎呀，领带歪没歪？") == ()
    assert lint("Well [laughing] yes. Item (1) and :( too.") == ()


def test_tags_are_found_in_either_language() -> None:
    assert matching("whisper", "zh") == (("轻声", "audio"), ("低语", "audio"))
    assert matching("开心", "en") == (("Happy", "style"),)
    assert ("碎碎念", "audio") in matching("碎碎念", "en"), "what has no other name keeps its own"
    assert matching("zebra", "en") == ()


def test_a_beginning_is_spoken_text_that_ends_at_a_word() -> None:
    assert beginning("(Happy)Hello there my friend, how are you today?", 24) == "Hello there my friend…"
    assert beginning("（怅然 慵懒）街口那个老周啊，媳妇走得早", 8) == "街口那个老周啊…"
    assert beginning("[sighs] Short.", 24) == "Short."
