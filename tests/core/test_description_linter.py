"""Findings about the description of a designed voice."""

from __future__ import annotations

import pytest

from app.core.description_linter import DescriptionIssue, lint_description
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
