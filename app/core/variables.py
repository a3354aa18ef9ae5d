r"""Variables in a text: `{{name}}` stands for a value that is filled in when the text is sent.

A name consists of letters and digits of any script, underscores and spaces between them; `{{ name }}` is the same as
`{{name}}`. Anything else in double braces is ordinary text, as is `\{{name}}`, which is sent without its backslash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

MAX_NAME_LENGTH = 60
"""Characters of a variable's name; longer ones are ordinary text."""

_NAME = rf"\w(?:[\w ]{{0,{MAX_NAME_LENGTH - 2}}}\w)?"
PATTERN = re.compile(r"(?<!\{)(\\?)\{\{[ \t]*(" + _NAME + r")[ \t]*\}\}(?!\})")
"""Group 1 is a backslash before the braces, group 2 the name."""


def variable_names(*texts: str) -> tuple[str, ...]:
    """The names of the variables in these texts, in order of appearance, each once."""
    names: dict[str, None] = {}
    for text in texts:
        if "{{" in text:
            names |= {match[2]: None for match in PATTERN.finditer(text) if not match[1]}
    return tuple(names)


def fill_variables(text: str, values: Mapping[str, str]) -> str:
    r"""Fill in the values that are not empty, and turn `\{{name}}` into `{{name}}`.

    What a value contains is not filled in again. A variable without a value stays as it is.
    """
    if "{{" not in text:
        return text
    return PATTERN.sub(lambda match: filled(match, values), text)


def filled(match: re.Match[str], values: Mapping[str, str]) -> str:
    """What stands in the place of one match of `PATTERN`."""
    if match[1]:
        return match[0][1:]
    return values.get(match[2]) or match[0]
