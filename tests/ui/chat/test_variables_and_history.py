"""Variable fields below the message, and earlier messages recalled with the arrow keys."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.ui.chat.composer_parts.variable_fields import MAX_FIELDS
from app.ui.chat.transcript.edit_field import MessageEditor
from app.ui.chat.transcript.user_message import UserMessageView
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello."), Finished("stop")]


def variable(harness: ChatHarness, name: str) -> QLineEdit:
    (field,) = [
        field
        for field in harness.view.composer.findChildren(QLineEdit)
        if field.accessibleName() == f"Variable {name}" and field.isVisible()
    ]
    return field


def press(harness: ChatHarness, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(harness.view.composer.field, key)


def typed(harness: ChatHarness, text: str) -> None:
    """Type text; Chinese arrives at once, as from an input method."""
    if text.isascii():
        QTest.keyClicks(harness.view.composer.field, text)
    else:
        harness.view.composer.field.insertPlainText(text)


def sent(harness: ChatHarness) -> list[str]:
    return [message.text for message in harness.script.requests[-1].messages if message.role == "user"]


async def test_variables_of_message_and_system_prompt_are_filled_in(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        assert harness.workspace.current is not None
        harness.workspace.current.configure(system="You guide {{who}} on {{date}}.")
        typed(harness, "Show {{who}} the {{城市}}.")
        assert list(harness.view.composer.variables.names) == ["who", "城市", "date"]
        for name, value in (("who", "{{城市}}"), ("城市", "小城 {date}"), ("date", "Monday")):
            variable(harness, name).setText(value)
        harness.button("Send").click()
        await harness.settled()
        assert sent(harness) == ["Show {{城市}} the 小城 {date}."]
        assert harness.script.requests[0].system == "You guide {{城市}} on Monday."
        assert harness.workspace.current.branch[0].text == sent(harness)[0], "the message shows what was sent"
        assert harness.view.composer.text() == ""
        assert list(harness.view.composer.variables.names) == ["who", "date"], "those of the system prompt stay"


async def test_a_missing_value_is_asked_for_and_nothing_is_lost(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        offers = []
        harness.notifier.posted.connect(lambda notice: offers.append(notice.offer))
        typed(harness, "{{a}} {{b}}")
        QTest.keyClicks(variable(harness, "a"), "1")
        harness.button("Send").click()
        assert not harness.script.requests
        assert harness.view.composer.text() == "{{a}} {{b}}"
        assert "“b”" in harness.messages[-1]
        assert harness.view.focusWidget() is variable(harness, "b")
        (label, send_as_typed) = offers[-1]
        assert label() == "Send as typed"
        send_as_typed()
        await harness.settled()
        assert sent(harness) == ["1 {{b}}"]


async def test_enter_in_a_field_goes_to_the_next_empty_one_and_then_sends(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        typed(harness, r"{{a}} {{b}} \{{c}}")
        variable(harness, "a").setFocus()
        QTest.keyClicks(variable(harness, "a"), "1")
        QTest.keyClick(variable(harness, "a"), Qt.Key.Key_Return)
        assert harness.view.focusWidget() is variable(harness, "b")
        assert not harness.script.requests
        QTest.keyClicks(variable(harness, "b"), "2")
        QTest.keyClick(variable(harness, "b"), Qt.Key.Key_Return)
        await harness.settled()
        assert sent(harness) == ["1 2 {{c}}"]


async def test_values_belong_to_their_conversation_also_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        assert harness.workspace.current is not None
        first = harness.workspace.current.id
        typed(harness, "{{who}}")
        QTest.keyClicks(variable(harness, "who"), "Mia")
        harness.workspace.current.configure(draft="", title="First")
        harness.view.composer.set_text("")
        assert harness.view.composer.variables.names == ()
        await harness.workspace.settle(first)
    async with chat(qtbot, tmp_path, last=True) as later:
        assert later.workspace.current is not None
        assert later.workspace.current.id == first
        typed(later, "{{ who }}")
        assert variable(later, "who").text() == "Mia"
        later.workspace.current.configure(draft="", variables={})
        later.view.composer.set_text("")
        typed(later, "{{who}}")
        assert variable(later, "who").text() == ""


async def test_more_variables_than_fields_are_sent_as_typed(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        text = " ".join(f"{{{{v{number}}}}}" for number in range(MAX_FIELDS + 1))
        harness.view.composer.field.insertPlainText(text)
        assert len(harness.view.composer.variables.names) == MAX_FIELDS
        assert harness.view.composer.variables._hint.isVisible()
        for name in harness.view.composer.variables.names:
            variable(harness, name).setText("x")
        harness.button("Send").click()
        await harness.settled()
        assert sent(harness) == [" ".join(["x"] * MAX_FIELDS) + f" {{{{v{MAX_FIELDS}}}}}"]


async def test_arrow_up_walks_back_and_arrow_down_returns_to_the_draft(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        composer = harness.view.composer
        for text in ("First", "Second\nof two lines"):
            await harness.ask(text)
            await harness.settled()
        press(harness, Qt.Key.Key_Up)
        assert composer.text() == "Second\nof two lines"
        press(harness, Qt.Key.Key_Up)
        assert composer.text() == "First"
        press(harness, Qt.Key.Key_Up)
        assert composer.text() == "First", "there is no earlier one"
        press(harness, Qt.Key.Key_Down, Qt.Key.Key_Down)
        assert composer.text() == ""
        typed(harness, "A draft")
        press(harness, Qt.Key.Key_Up)
        assert composer.text() == "A draft", "with the cursor at its end, arrow up moves the cursor"
        press(harness, Qt.Key.Key_Home, Qt.Key.Key_Up)
        assert composer.text() == "Second\nof two lines"
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.draft == "A draft"
        press(harness, Qt.Key.Key_Down)
        assert composer.text() == "Second\nof two lines", "arrow down moves to the second line first"
        press(harness, Qt.Key.Key_Down)
        assert composer.text() == "A draft"


async def test_an_edited_recalled_message_is_kept_and_sending_it_brings_the_draft_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        composer = harness.view.composer
        for text in ("First", "Second"):
            await harness.ask(text)
            await harness.settled()
        typed(harness, "draft")
        press(harness, Qt.Key.Key_Home, Qt.Key.Key_Up)
        typed(harness, " again")
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.draft == "draft\nSecond again"
        press(harness, Qt.Key.Key_Up)
        assert composer.text() == "First"
        press(harness, Qt.Key.Key_Down)
        assert composer.text() == "Second again"
        press(harness, Qt.Key.Key_Return)
        await harness.settled()
        assert sent(harness)[-1] == "Second again"
        assert composer.text() == "draft"
        press(harness, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Up)
        assert composer.text() == "Second", "what was sent is a message of its own now"


async def test_another_conversation_has_its_own_messages(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        await harness.ask("First")
        await harness.settled()
        press(harness, Qt.Key.Key_Up)
        typed(harness, "!")
        assert harness.workspace.current is not None
        first = harness.workspace.current.id
        harness.button("New conversation").click()
        press(harness, Qt.Key.Key_Up)
        assert harness.view.composer.text() == ""
        await harness.workspace.open(first)
        assert harness.view.composer.text() == "First!"


def editor(harness: ChatHarness) -> MessageEditor:
    (view,) = [view for view in harness.view.findChildren(UserMessageView) if view.edit_draft() is not None]
    return view.findChildren(MessageEditor)[-1]


async def test_a_variable_typed_into_an_edit_is_filled_in_or_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        harness.view.composer.field.setPlainText("Hi")
        harness.button("Send").click()
        await harness.settled()
        harness.view.composer.field.setPlainText("unsent draft")
        harness.button("Edit message").click()
        await harness.until(lambda: editor(harness).isVisible())
        editor(harness).setFocus()
        editor(harness).setPlainText("Now {{name}}")
        harness.button("Send edited").click()
        assert len(harness.script.requests) == 1, "a value is missing"
        assert "name" in harness.messages[-1]
        assert editor(harness).toPlainText() == "Now {{name}}"
        variable(harness, "name").setText("Ann")
        QTest.keyClick(variable(harness, "name"), Qt.Key.Key_Return)
        assert len(harness.script.requests) == 1, "Enter in the field sends neither the draft nor the edit"
        harness.button("Send edited").click()
        await harness.settled()
        assert sent(harness) == ["Now Ann"]
        assert harness.view.composer.variables.names == ()
        assert harness.view.composer.text() == "unsent draft"


async def test_an_edit_is_sent_as_typed_only_if_it_still_is_so(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        offers = []
        harness.notifier.posted.connect(lambda notice: offers.append(notice.offer))
        harness.view.composer.field.setPlainText("Hi")
        harness.button("Send").click()
        await harness.settled()
        harness.button("Edit message").click()
        await harness.until(lambda: editor(harness).isVisible())
        editor(harness).setPlainText("Now {{name}}")
        harness.button("Send edited").click()
        editor(harness).setPlainText("Now {{name}}, and more")
        offers[-1][1]()
        assert len(harness.script.requests) == 1
        assert editor(harness).toPlainText() == "Now {{name}}, and more"
        harness.button("Send edited").click()
        offers[-1][1]()
        await harness.settled()
        assert sent(harness) == ["Now {{name}}, and more"]
        harness.button("Edit message").click()
        await harness.until(lambda: editor(harness).isVisible())
        editor(harness).setPlainText("Later {{name}}")
        harness.button("Send edited").click()
        await harness.settled()
        assert sent(harness) == ["Later {{name}}"], "what was sent as it is stays so"
