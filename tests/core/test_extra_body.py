"""Additional body fields are sent only where they are JSON and nothing of the program's own."""

from __future__ import annotations

import json
import time

import pytest

from app.core.extra_body import BodyProblem, check_extra_body, fields_of_others, holds_a_key


@pytest.mark.parametrize(
    ("text", "problem", "field"),
    [
        ("[1]", BodyProblem.NOT_AN_OBJECT, ""),
        ("5", BodyProblem.NOT_AN_OBJECT, ""),
        ('{"model": "x"}', BodyProblem.RESERVED, "model"),
        ('{"messages": []}', BodyProblem.RESERVED, "messages"),
        ('{"stream": false}', BodyProblem.RESERVED, "stream"),
        ('{"api_key": "sk-abcdefghijklmnop"}', BodyProblem.KEY, "api_key"),
        ('{"deep": [{"note": "Bearer tp-abcdefghijklmnop"}]}', BodyProblem.KEY, "note"),
        ('{"top_k": 1, "top_k": 2}', BodyProblem.REPEATED, "top_k"),
    ],
)
def test_what_is_refused_is_not_sent(text: str, problem: BodyProblem, field: str) -> None:
    checked = check_extra_body(text)
    assert (checked.problem, checked.field, checked.fields, checked.is_sent) == (problem, field, {}, False)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{"top_k": 5,\n "seed": }', 2, 10),
        ('{"top_k": 5 "a"}', 1, 13),
        ("{", 1, 2),
        ('{\n"a": NaN}', 2, 6),
        ("{" * 200_000, 1, 2),
        ('{"a": "1e999",\n"b": [1e999]}', 2, 7),
        ('{\n"a": ' + "9" * 5_000 + "}", 2, 6),
    ],
)
def test_text_that_is_not_json_is_located(text: str, line: int, column: int) -> None:
    checked = check_extra_body(text)
    assert (checked.problem, checked.line, checked.column) == (BodyProblem.NOT_JSON, line, column)
    assert checked.fields == {}


def test_a_field_like_a_documented_one_is_sent_with_a_hint() -> None:
    checked = check_extra_body('{"max_tokenz": 5, "seed": 1}')
    assert (checked.problem, checked.field, checked.similar) == (BodyProblem.SIMILAR, "max_tokenz", "max_tokens")
    assert checked.fields == {"max_tokenz": 5, "seed": 1} and checked.is_sent
    assert check_extra_body('{"Temperature": 1}').similar == "temperature"


def test_a_field_with_a_control_of_its_own_is_sent_and_named() -> None:
    checked = check_extra_body('{"temperature": 0.1}')
    assert (checked.problem, checked.field, checked.is_sent) == (BodyProblem.OVERRULES, "temperature", True)


@pytest.mark.parametrize(
    "text", ["", "  \n", "{}", '{"top_k": 20}', '{"chat_template_kwargs": {"a": true}}', '{"token": 5}']
)
def test_ordinary_fields_are_sent_without_a_word(text: str) -> None:
    assert check_extra_body(text).problem is None


def test_a_constant_that_is_no_json_is_found_outside_of_texts() -> None:
    checked = check_extra_body('{"a": "NaN is a word",\n "b": NaN}')
    assert (checked.problem, checked.line, checked.column) == (BodyProblem.NOT_JSON, 2, 7)


@pytest.mark.parametrize(
    "text",
    [
        '{"api_key": "sk-abcdefghijklmnop"}',
        '{"seed": 7, "user": "tp-abcdefghijklmnop',
        '{"token": "x7Kq9Zpppp"',
        '{"note": "Bearer sk-abcdefghijklmnop",}',
        '{"api_key": "\\u0073k-abcdefghijklmnop"}',
    ],
)
def test_a_key_is_found_while_it_is_typed(text: str) -> None:
    assert holds_a_key(text)


@pytest.mark.parametrize("text", ["", '{"seed": 7', '{"user": "risk-management-team"}', '{"token": "word"}', "[1"])
def test_ordinary_text_holds_no_key(text: str) -> None:
    assert not holds_a_key(text)


def test_fields_of_a_file_are_sent_as_they_are_shown() -> None:
    assert fields_of_others('{"seed": 7}', {"seed": 7}) == ('{"seed": 7}', {"seed": 7})
    assert fields_of_others("", {"seed": 7}) == ('{\n  "seed": 7\n}', {"seed": 7})
    assert fields_of_others('{"seed": 7}', {"temperature": 0, "messages": []}) == ('{"seed": 7}', {"seed": 7})
    text, sent = fields_of_others("", {"messages": [], "seed": 7})
    assert "messages" in text and sent == {}, "the sentence below the field says why"
    assert fields_of_others("", {"api_key": "sk-abcdefghijklmnop"}) == ("", {})


def test_thousands_of_fields_are_checked_while_one_types() -> None:
    text = json.dumps({f"field_{number}": number for number in range(40_000)})
    began = time.thread_time()
    assert len(check_extra_body(text).fields) == 40_000
    assert time.thread_time() - began < 1
