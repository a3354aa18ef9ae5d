"""Variables in messages and system prompts."""

from __future__ import annotations

from datetime import date

import pytest

from app.core.prompts import fill_placeholders
from app.core.variables import fill_variables, variable_names

DAY = date(2025, 12, 16)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Message: {{message}}, by {{channel}} and {{ message }}", ("message", "channel")),
        ("{{城市}} {{first name}} {{a_1}} {{é}} {{x}}", ("城市", "first name", "a_1", "é", "x")),
        ("```\n{{code}}\n```", ("code",)),
        ("{{{raw}}} {{}} {{ }} {{a.b}} ${{ secrets.X }} {{a\nb}} {{a|b}} {date} {{{a}} {{a}}}", ()),
        (r"\{{name}}", ()),
        ("{{" + "x" * 60 + "}} {{" + "y" * 61 + "}}", ("x" * 60,)),
    ],
)
def test_only_the_exact_form_is_a_variable(text: str, names: tuple[str, ...]) -> None:
    assert variable_names(text) == names


def test_names_of_several_texts_come_in_their_order() -> None:
    assert variable_names("{{b}}", "", "{{a}} {{b}}") == ("b", "a")


def test_values_are_filled_in_once_and_as_they_are() -> None:
    values = {"a": "{{b}} and {{a}} \\1", "b": "B", "empty": ""}
    assert fill_variables("{{a}}|{{ b }}|{{empty}}|{{new}}", values) == "{{b}} and {{a}} \\1|B|{{empty}}|{{new}}"
    assert fill_variables(r"\{{b}} {{b}}", values) == "{{b}} B"
    assert fill_variables("{b} b", values) == "{b} b"


def test_dates_and_variables_of_a_system_prompt_do_not_mix() -> None:
    values = {"date": "my {date}", "who": "{week} {{date}}"}
    assert fill_placeholders("{{date}}; {week}; {{who}}; {{other}}", DAY, values) == (
        "my {date}; Tuesday; {week} {{date}}; {{other}}"
    )
    assert fill_placeholders("{{date}} {date}", DAY) == "{{date}} Tuesday, December 16, 2025"
    assert fill_placeholders("你是{{who}}，{date}", DAY, {"who": "小米"}) == "你是小米，2025年12月16日"
