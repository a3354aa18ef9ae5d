"""A built-in tool is complete: it has a title and a sentence for the user and is off until turned on."""

from __future__ import annotations

from app.core.settings import ENABLED_TOOLS
from app.services.tools.builtin import builtin_tools
from app.ui.texts.tools import builtin_sentence, builtin_title

NAMES = [tool.spec.name for tool in builtin_tools()]


def test_no_tool_is_offered_before_the_user_turns_it_on() -> None:
    assert ENABLED_TOOLS.default == []


def test_every_built_in_tool_has_a_title_and_a_sentence_for_the_user() -> None:
    assert all(builtin_sentence(name) for name in NAMES)
    assert len({builtin_title(name) for name in NAMES} - set(NAMES)) == len(NAMES)
