"""The Tools page: defining a tool, choosing it, trying it, and passing it in and out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.schema_check import ProblemKind, SchemaProblem
from app.core.settings import ALWAYS_ALLOWED_TOOLS, TOOL_ROUNDS, TOOLS_OPEN
from app.core.tool_definitions import NameFault
from app.core.tool_exchange import Refusal
from app.services.tools import own_tools, tool_autosave
from app.ui.chat.tools.json_editor import JsonEditor
from app.ui.chat.tools.panel import ToolsPanel
from app.ui.texts.tools import name_sentence, problem_sentence, refused_reason
from app.ui.theme.theme import theme
from app.ui.widgets.row_model import Row, RowRole
from tests.ui.chat.harness import ChatHarness, chat

BROKEN = '{ "type": "object",\n  "properties": {\n    "tell": { "type": "array",\n    "items": "string" } } }'


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool_autosave, "AUTOSAVE_SECONDS", 0.0)
    monkeypatch.setattr(own_tools, "CHECK_SECONDS", 0.0)


def page(harness: ChatHarness) -> ToolsPanel:
    harness.view.open_panel(TOOLS_OPEN)
    assert harness.view.tools is not None
    return harness.view.tools


def subtitle(panel: ToolsPanel, key: str) -> str:
    model = panel.tool_list.model()
    return next(
        str(i.data(RowRole.SUBTITLE))
        for n in range(model.rowCount())
        if (i := model.index(n, 0)).data(RowRole.KEY) == key
    )


async def added(harness: ChatHarness, panel: ToolsPanel) -> str:
    """Add a tool by the button and return its key."""
    count = len(harness.own_tools.definitions)
    panel.add.click()
    await harness.until(lambda: len(harness.own_tools.definitions) > count)
    key = harness.own_tools.definitions[-1].id
    await harness.until(lambda: panel.form.key == key)
    return key


async def test_a_tool_is_typed_mended_and_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        form, tools = panel.form, panel.tool_list
        key = await added(harness, panel)
        form.name.setText("book_room")
        form.description.setPlainText("Book a room.")
        form.parameters.setPlainText(BROKEN)
        form.commit()
        await harness.until(lambda: form.schema_problem.isVisible())
        assert form.schema_problem.text() == "Line 4: “items” takes a schema, not “string”"
        assert form.parameters.fault_line == 4 and not form.trial.button.isEnabled()
        assert subtitle(panel, key) == "off until line 4 is right"
        tools.setFocus()
        QTest.keyClick(tools, Qt.Key.Key_Space)
        assert not harness.tools_on, "a tool that does not hold can't be chosen"
        assert form.schema_problem.fix.text() == 'Put {"type": "string"}'
        form.schema_problem.fix.click()
        await harness.until(lambda: not form.schema_problem.isVisible())
        assert form.parameters.toPlainText() == BROKEN.replace('"string"', '{"type": "string"}')
        form.parameters.undo()
        assert form.parameters.toPlainText() == BROKEN, "the fix can be undone"
        form.parameters.redo()
        form.commit()
        await harness.until(lambda: harness.own_tools.state(key).is_checked and harness.own_tools.state(key).holds)
        assert form.trial.button.isEnabled() and subtitle(panel, key) == "answered by me"

        QTest.keyClick(tools, Qt.Key.Key_Space)
        session = harness.workspace.current
        assert session is not None and list(session.tools) == ["book_room"]
        assert harness.tools_on == ["book_room"] and form.use.isChecked()
        assert panel._counted.text() == "1 on in this conversation"
        assert harness.view.composer.offered.text() == "book_room"
        row = tools.visualRect(tools.currentIndex())
        beside_switch = QPoint(row.right() - theme().px(40), row.bottom() - theme().px(23))
        QTest.mouseClick(tools.viewport(), Qt.MouseButton.LeftButton, pos=beside_switch)
        assert not harness.tools_on and not form.use.isChecked()
        QTest.mouseClick(tools.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, row.bottom() - theme().px(23)))
        assert not harness.tools_on, "a click on the words selects only"
        form.use.click()
        assert list(session.tools) == ["book_room"]

        form.name.setText("reserve_room")
        form.commit()
        assert harness.tools_on == ["reserve_room"], "a renamed tool stays chosen"
        await harness.own_tools.remove(key)
        assert harness.tools_on == ["book_room"] and panel._counted.text() == "None on in this conversation"
        assert [spec.name for spec in harness.presenter.tools._toolbox.specs(session.tools)] == []
        panel.tool_list.row_selected.emit("missing:book_room")
        assert "no longer exists" in panel._missing.text() and not form.isVisible()
        harness.switch_tool("missing:book_room")
        assert session.tools == () or session.tools is None
        assert not session.tools and panel._missing.isHidden()


async def test_nothing_typed_is_lost(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        form = panel.form
        first = await added(harness, panel)
        form.name.setText("book a room")
        form.parameters.setPlainText("{")
        form.trial.sample.setPlainText("{ 3")
        second = await added(harness, panel)  # another tool is shown before anything was saved
        form.answer.chosen.emit("canned")
        form.result.setPlainText("line 1\nline 2")
        panel.tool_list.row_selected.emit(first)
        assert (form.name.text(), form.parameters.toPlainText()) == ("book a room", "{")
        assert form.trial.sample.toPlainText() == "{ 3"
        assert "Remove the others" in form.name_problem.text() and form.name_problem.isVisible()
        assert harness.own_tools.definitions[0].tool.name == "new_tool", "it keeps the name it had"
        await harness.until(lambda: form.schema_problem.isVisible())
        assert form.schema_problem.text() == "Line 1, column 2: a name in double quotes belongs here"
        panel.tool_list.row_selected.emit("builtin:calculate")
        assert form.parameters.isReadOnly() and not panel.remove.isEnabled()
        form.trial.sample.setPlainText('{"expression": "6*7"}')
    async with chat(qtbot, tmp_path) as later:
        panel = page(later)
        form = panel.form
        panel.tool_list.row_selected.emit(first)
        assert (form.name.text(), form.parameters.toPlainText()) == ("book a room", "{")
        panel.tool_list.row_selected.emit(second)
        assert (form.name.text(), form.result.toPlainText()) == ("new_tool_2", "line 1\nline 2")
        assert form.result.isVisible() and form.answer.key() == "canned"
        panel.tool_list.row_selected.emit("builtin:calculate")
        assert form.trial.sample.toPlainText() == '{"expression": "6*7"}'


async def test_trying_shows_what_the_model_would_get(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        form, trial = panel.form, panel.form.trial
        key = await added(harness, panel)
        form.parameters.setPlainText('{"type": "object", "properties": {"room": {"type": "integer"}}}')
        trial.sample.setPlainText('{"room": 3}')
        trial.button.click()
        await harness.until(lambda: "You answer this call" in trial.outcome)
        form.answer.chosen.emit("canned")
        form.result.setPlainText('{"booked": true}')
        trial.button.click()
        await harness.until(lambda: trial.outcome.startswith("The model would get this, after"))
        assert trial.result.toPlainText() == '{"booked": true}'
        trial.sample.setPlainText('{"room": "three"}')
        trial.button.click()
        await harness.until(lambda: "don't fit" in trial.outcome)
        assert "'three' is not of type 'integer'" in json.loads(trial.result.toPlainText())["error"]
        panel.tool_list.row_selected.emit("builtin:calculate")
        assert not trial.result.isVisible(), "the result of another tool goes"
        trial.sample.setPlainText('{"expression": "6*7"}')
        trial.button.click()
        await harness.until(lambda: trial.result.isVisible())
        assert json.loads(trial.result.toPlainText())["result"] == 42
        assert harness.own_tools.definitions[0].id == key


async def test_pasting_adds_tools_and_says_what_became_of_each(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        clipboard = QGuiApplication.clipboard()
        entry = {"type": "function", "function": {"name": "calculate", "parameters": {"type": "object"}}}
        clipboard.setText(json.dumps([entry, {"name": "get_weather", "input_schema": {}}, {"type": "web_search"}]))
        panel.paste.click()
        await harness.until(lambda: bool(harness.messages))
        assert harness.messages[-1] == (
            "Added: get_weather. “calculate” was added as calculate_2. "
            "Without parameters: get_weather. Add a JSON Schema if it takes any arguments. "
            "Not added: web_search, because it is not a function."
        )
        assert panel.form.name.text() == "calculate_2", "the first of them is shown"
        clipboard.setText("[\n{]")
        panel.tool_list.setFocus()
        QTest.keySequence(panel.tool_list, "Ctrl+V")
        await harness.until(lambda: len(harness.messages) == 2)
        assert harness.messages[-1] == "This is not JSON: see line 2, column 2. Correct it, then try again."
        clipboard.setText("")
        panel.paste.click()
        assert "clipboard has no text" in harness.messages[-1]


async def test_removing_is_undone(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        key = await added(harness, panel)
        panel.form.name.setText("book_room")
        undo: list[object] = []
        harness.presenter.tools._exchange._notifier.posted.connect(lambda message: undo.append(message.undo))
        panel.remove.click()
        await harness.until(lambda: bool(undo))
        assert harness.messages[-1] == "“book_room” was removed."
        assert not harness.own_tools.definitions and panel.form.key == "builtin:roll_dice"
        undo[-1]()  # type: ignore[operator]
        await harness.until(lambda: panel.form.key == key)
        assert panel.form.name.text() == "book_room"


async def test_what_is_always_allowed_stands_at_its_row_and_can_be_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel, settings = page(harness), harness.view._settings
        settings.set(ALWAYS_ALLOWED_TOOLS, ["calculate"])
        panel.tool_list.row_selected.emit("builtin:calculate")
        assert subtitle(panel, "builtin:calculate") == "exact arithmetic · always allowed"
        assert panel.form.permission.text() == "Always allowed"
        panel.form.ask_again.click()
        assert settings.get(ALWAYS_ALLOWED_TOOLS) == []
        assert subtitle(panel, "builtin:calculate") == "exact arithmetic"
        assert panel.form.permission.text() == "Asks before each call" and not panel.form.ask_again.isVisible()
        panel.rounds.number.setValue(3)
        panel.rounds._commit()
        assert (settings.get(TOOL_ROUNDS), harness.workspace._approvals.max_rounds) == (3, 3)


def test_the_page_is_one_column_in_a_narrow_panel(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    panel = ToolsPanel(around)
    panel.setGeometry(0, 0, 300, 600)
    around.resize(700, 600)
    around.show()
    panel.show_tools([Row(f"{n}", f"tool_{n}") for n in range(9)], {}, 0)
    qtbot.waitUntil(lambda: panel.form.y() > panel._left.y() and panel.paste.isVisible())
    assert panel._detail.isAncestorOf(panel.tool_list) and panel.tool_list.width() > 280
    qtbot.waitUntil(lambda: panel.tool_list.height() > 9 * 40)
    assert panel.tool_list.verticalScrollBar().maximum() == 0, "only the page scrolls"
    panel.resize(640, 600)
    qtbot.waitUntil(lambda: panel._detail.x() > panel._left.x())
    assert panel._left.parentWidget() is panel
    assert panel.header.isAncestorOf(panel.paste)


async def test_typing_a_message_does_not_show_the_tools_anew(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        harness.switch_tool("builtin:calculate")
        shown: list[int] = []
        monkeypatch.setattr(panel, "show_tools", lambda rows, checks, count: shown.append(count))
        for letter in "abc":
            harness.view.composer.field.insertPlainText(letter)
        assert shown == []
        assert harness.workspace.current is not None
        harness.workspace.current.configure(tools=("calculate", "roll_dice"))
        assert shown == [2], "a choice made elsewhere is shown"


def test_everything_that_can_be_wrong_has_a_sentence(qapp: object) -> None:
    problems = [problem_sentence(SchemaProblem(kind, 3, 1, "items", "word")) for kind in ProblemKind]
    assert all(problem.startswith("Line 3") and "{" not in problem for problem in problems)
    assert len(set(problems)) >= len(problems) - 1, "only a missing value is said for an empty text too"
    assert len({name_sentence(fault) for fault in NameFault}) == len(NameFault)
    assert all(refused_reason(reason) for reason in Refusal)


def test_colours_stand_on_their_tokens_behind_characters_of_two_units(qtbot: QtBot) -> None:
    editor = JsonEditor()
    qtbot.addWidget(editor)
    editor.setPlainText('{"😀😀": 12345}')
    editor._highlighter.rehighlight()  # type: ignore[union-attr]
    ink = theme().colour("tool")
    formats = editor.document().firstBlock().layout().formats()
    (number,) = (each for each in formats if each.format.foreground().color() == ink)
    assert (number.start, number.length) == (9, 5)
