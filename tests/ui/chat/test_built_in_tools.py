"""A built-in tool is complete: it has a sentence for the user and is off until turned on."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.core.settings import ENABLED_TOOLS
from app.services.tools.builtin import builtin_tools
from app.ui.chat.tools_panel import ToolsPanel

NAMES = [tool.spec.name for tool in builtin_tools()]


def test_no_tool_is_offered_before_the_user_turns_it_on() -> None:
    assert ENABLED_TOOLS.default == []


def test_every_built_in_tool_has_a_sentence_for_the_user(qtbot: QtBot) -> None:
    panel = ToolsPanel()
    qtbot.addWidget(panel)
    panel.show_tools(NAMES, NAMES)
    assert all(panel._descriptions[name].text() for name in NAMES)
