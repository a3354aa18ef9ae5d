"""Findings about the description of a designed voice."""

from __future__ import annotations

import pytest

from app.core.description_linter import DescriptionIssue, lint_description, without_hint
from app.core.tag_linter import TagIssue, lint


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", []),
        ("Woman", ["too-short"]),
        ("温柔", ["too-short"]),
        ("A warm, calm woman in her twenties, with a Southern American accent.", []),
        ("一位中年男性，声音低沉而有磁性，语速缓慢。", []),
        ("Deep and slow, like Morgan Freeman.", ["person"]),
        ("like Obama, deep", ["person"]),
        ("voice of Scarlett Johansson", ["person"]),
        ("像周杰伦一样的声音", ["person"]),
        ("模仿一位歌手", ["likeness"]),
        ("Old Woman, Very Calm, slow", []),
        ("A Young Woman with a warm voice", []),
        ("A calm woman from Hong Kong", []),
        ("Los Angeles surfer dude, relaxed", []),
        ("A Radio Announcer of the 1940s", []),
        ("像邻家姐姐一样亲切自然", []),
        ("声音像金属一样清脆", []),
        ("A grandmother who sounds like she is telling a bedtime story", []),
        ("Voice of a pirate captain, gruff", []),
        ("like an American newsreader", []),
        ("Die Stimme einer alten Frau", []),
        ("A man who sounds like a famous actor", ["likeness"]),
        ("听起来像某位明星，语速很慢", ["likeness"]),
        ("Please read this in a warm voice", ["instruction"]),
        ("请生成一个温柔的女声", ["instruction"]),
        ("請用溫柔的聲音", ["instruction"]),
        ("warm and calm, " * 40, ["too-long"]),
    ],
)
def test_descriptions(text: str, codes: list[str]) -> None:
    assert [str(hint.issue) for hint in lint_description(text)] == codes


def test_what_concerns_the_whole_text_comes_first_and_hints_last() -> None:
    text = "Well [unknownthing] yes. [sighs] I [coughs] do. <style>calm</style>" + "x" * 3_000
    codes = [finding.code for finding in lint(text)]
    assert codes[0] is TagIssue.TOO_LONG
    hints = [finding.hint for finding in lint(text)]
    assert hints == sorted(hints)
    starts = [finding.start for finding in lint(text)[1:] if not finding.hint]
    assert starts == sorted(starts) and len(starts) >= 2
    assert DescriptionIssue.PERSON not in [hint.issue for hint in lint_description("A calm man")]


@pytest.mark.parametrize(
    ("text", "code", "words", "left"),
    [
        ("A storyteller from a hutong, with a long echo.", "room", "echo", "A storyteller from a hutong."),
        ("A warm man with reverb and a smile", "room", "reverb", "A warm man with a smile"),
        ("沉稳的男性，带一点回声，语速缓慢", "room", "回声", "沉稳的男性，语速缓慢"),
        ("A man, warm, with background music", "background", "background music", "A man, warm"),
        ("温柔女声，有雨声", "background", "雨声", "温柔女声"),
        ("A calm woman, studio quality, slow", "quality", "studio quality", "A calm woman, slow"),
        ("A calm woman, 48 kHz", "quality", "kHz", "A calm woman"),
        ("温柔女声，高清无损", "quality", "高清", "温柔女声，无损"),
        ("A warm woman who sings softly", "singing", "sings", "A warm woman"),
        ("温柔的女性，唱歌", "singing", "唱歌", "温柔的女性"),
        ("Warm [laughs] voice, a woman", "tags", "[laughs]", "Warm voice, a woman"),
        ("温柔的女性【轻声】，缓慢", "tags", "【轻声】", "温柔的女性，缓慢"),
        ("calm, not hoarse, slow", "negation", "not hoarse", "calm, slow"),
        ("A gentle girl, no accent", "negation", "no accent", "A gentle girl"),
        ("温柔女声，不要沙哑，语速平稳", "negation", "不要沙哑", "温柔女声，语速平稳"),
        ("a woman, deep, high-pitched, brisk", "contradiction", "deep” / “high-pitched", "a woman, deep, brisk"),
        ("男性，低沉，尖细", "contradiction", "低沉” / “尖细", "男性，低沉"),
        ("Deep and slow, like Morgan Freeman.", "person", "like Morgan Freeman", "Deep and slow."),
    ],
)
def test_what_cannot_be_used_is_named_and_taken_out(text: str, code: str, words: str, left: str) -> None:
    hint = next(hint for hint in lint_description(text) if str(hint.issue) == code)
    assert hint.words == words
    assert text[hint.start : hint.stop] in words
    assert without_hint(text, hint) == left


@pytest.mark.parametrize(
    ("text", "preview", "code"),
    [
        ("Two people, warm and calm", "", "several"),
        ("两个人对话，温柔", "", "several"),
        ("A man who speaks French", "", "language"),
        ("温柔女声，说日语", "", "language"),
        ("A British man, calm", "你好，今天天气不错。", "accent"),
        ("一位带北京口音的男性", "Good morning to you all.", "accent"),
    ],
)
def test_what_a_person_has_to_decide_has_no_way_out(text: str, preview: str, code: str) -> None:
    hint = next(hint for hint in lint_description(text, preview) if str(hint.issue) == code)
    assert hint.edit is None and without_hint(text, hint) == text


@pytest.mark.parametrize(
    "text",
    [
        "A woman in her forties, warm and breathy, in no hurry, a radio host.",
        "A no-nonsense old captain, gruff and slow",
        "A sing-song, cheerful girl of ten",
        "Elderly professor, dry, precise, with long pauses",
        "A choirmaster with a deep, resonant voice",
        "He has noticed everything and says it softly",
        "A British man, calm, who reads the news",
        "一位七十多岁的男性，声音沙哑，不慌不忙，像个说书人，带北京口音。",
        "年轻女性，清亮，语速不紧不慢",
        "四十多岁的电台主持人，温暖，略带倦意",
    ],
)
def test_ordinary_descriptions_have_no_hints(text: str) -> None:
    assert lint_description(text) == ()
