"""The turns before the message: every part of each can be changed, and every change taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.side_by_side import BLANK, Desk, DraftTurn
from app.services.bench.desk import OpenDesk
from app.ui.bench.beside.turn_editor import TurnEditor


class _Drafts:
    """Remembers the desk that was saved last."""

    def __init__(self) -> None:
        self.desk = Desk(BLANK)

    def edit(self, desk: Desk) -> None:
        self.desk = desk


@pytest.fixture
def desk() -> OpenDesk:
    made = OpenDesk(_Drafts(), None)  # type: ignore[arg-type]
    made.edit(turns=(DraftTurn("a", "user", "How are you?"), DraftTurn("b", "assistant", "Well.")))
    return made


@pytest.fixture
def editor(qtbot: QtBot, desk: OpenDesk) -> TurnEditor:
    """The editor, connected to a desk as the page does it."""
    view = TurnEditor()
    qtbot.addWidget(view)

    def show() -> None:
        view.show_turns(desk.turns, can_undo=desk.can_undo, can_redo=desk.can_redo, can_reset=False)

    view.changed.connect(desk.set_turns)
    view.undo.connect(desk.undo)
    view.redo.connect(desk.redo)
    desk.on_change.subscribe(show)
    show()
    view.show()
    return view


def texts(desk: OpenDesk) -> list[str]:
    return [turn.text for turn in desk.turns]


def test_typing_is_one_step_and_every_other_change_one_more(qtbot: QtBot, editor: TurnEditor, desk: OpenDesk) -> None:
    field = editor.rows[1].text
    field.selectAll()
    qtbot.keyClicks(field, "Fine.")
    editor.rows[1].up.click()
    assert texts(desk) == ["Fine.", "How are you?"]
    editor.undo_button.click()
    assert texts(desk) == ["How are you?", "Fine."]
    assert editor.rows[1].text.toPlainText() == "Fine."
    qtbot.keyClick(editor.rows[1].text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert texts(desk) == ["How are you?", "Well."]
    assert editor.rows[1].text.toPlainText() == "Well."
    assert not editor.undo_button.isEnabled()
    editor.redo_button.click()
    editor.redo_button.click()
    assert texts(desk) == ["Fine.", "How are you?"]


def test_role_name_and_number_of_turns_change(qtbot: QtBot, editor: TurnEditor, desk: OpenDesk) -> None:
    line = editor.rows[0].role.lineEdit()
    assert line is not None
    line.setText("Developer")
    assert desk.turns[0].role == "developer"
    qtbot.keyClicks(editor.rows[0].name, "Ann")
    assert desk.turns[0].name == "Ann"
    editor.add_system.click()
    assert [turn.role for turn in desk.turns] == ["system", "developer", "assistant"]
    editor.rows[1].remove.click()
    assert [turn.role for turn in desk.turns] == ["system", "assistant"]
    editor.undo_button.click()
    assert desk.turns[1].name == "Ann"


def test_a_tool_turn_comes_with_the_call_that_it_answers(qtbot: QtBot, editor: TurnEditor, desk: OpenDesk) -> None:
    editor.add_tool.click()
    call, result = desk.turns[2:]
    assert (call.role, result.role, call.call_id) == ("assistant", "tool", result.call_id)
    said: Callable[[], str] = editor._problem.text
    assert not said()
    editor.rows[2].remove.click()
    assert "call_1" in said()


def test_a_last_answer_says_that_it_is_the_beginning(editor: TurnEditor) -> None:
    assert editor.rows[1].note.text()
    assert not editor.rows[0].note.text()


def test_what_is_typed_next_goes_into_the_turn_that_was_just_added(qtbot: QtBot, desk: OpenDesk) -> None:
    view = TurnEditor()
    qtbot.addWidget(view)

    def show() -> None:
        view.show_turns(desk.turns, can_undo=desk.can_undo, can_redo=desk.can_redo, can_reset=False)

    def type_(text: str) -> None:
        """Type into what has the keyboard, once the page shows what changed, which it does later."""
        show()
        field = view.focusWidget()
        assert field is not None
        qtbot.keyClicks(field, text)

    view.changed.connect(desk.set_turns)
    show()
    view.show()
    view.add_system.click()
    type_("Be brief.")
    view.add_user.click()
    type_("And now?")
    assert texts(desk) == ["Be brief.", "How are you?", "Well.", "And now?"]
    view.rows[1].down.click()
    type_("A")
    view.rows[0].remove.click()
    type_("B")
    assert texts(desk) == ["BWell.", "AHow are you?", "And now?"]
    view.add_tool.click()
    type_("adder")
    assert desk.turns[3].call_name == "adder"
