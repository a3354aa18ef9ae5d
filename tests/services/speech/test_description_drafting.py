"""What is asked for a character's voice, and how an answer is read; the demo service answers it."""

from __future__ import annotations

import pytest

from app.core.tags import language_of
from app.core.voice_traits import traits_in
from app.demo.chat import voice_sketch
from app.services.speech.description_drafting import MAX_SKETCH, description_request, parse_description


@pytest.mark.parametrize(
    ("answer", "description"),
    [
        ("A man, warm.", "A man, warm."),
        ('**Voice description:** "A man,\nwarm."', "A man, warm."),
        ("音色描述：“一位男性，温暖。”", "一位男性，温暖。"),
        ("### Description: A woman", "A woman"),
        ("She said: a woman", "She said: a woman"),
        ("  ", ""),
    ],
)
def test_labels_quotes_and_marks_are_left_out(answer: str, description: str) -> None:
    assert parse_description(answer) == description


@pytest.mark.parametrize(
    ("sketch", "begins", "traits"),
    [
        ("He mends shoes at the night market.", "A man in his forties", {"hoarse", "storyteller"}),
        ("An old widow who lost her cat", "A woman in her seventies", {"breathy", "wistful"}),
        ("一位老船长，不爱说话", "一位七十多岁的男性", {"deep", "calm"}),
        ("她是学校的老师，爱笑", "一位四十多岁的女性", {"clear", "teacher"}),
    ],
)
def test_the_demo_service_describes_a_sketch_in_its_language(sketch: str, begins: str, traits: set[str]) -> None:
    request = description_request("mimo", sketch)
    question = request.messages[0].text
    language = language_of(sketch)
    assert voice_sketch.asked_for(question, language) == sketch
    written = voice_sketch.written(sketch, language)
    assert written.startswith(begins)
    assert traits <= {found.trait.id for found in traits_in(written)}
    assert voice_sketch.asked_for("What is the weather like?", language) is None
    assert len(description_request("mimo", "x" * 9_000).messages[0].text) < MAX_SKETCH + 1_000
