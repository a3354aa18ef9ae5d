"""Every action of the chat is a command with a shortcut; no two shortcuts collide, and none takes a key of a text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta, ThinkingDelta, ToolCallDelta
from app.core.settings import INSPECTOR_OPEN, Settings
from app.ui.chat.commands import add_chat_commands
from app.ui.chat.message_commands import COMMAND, find_button
from app.ui.chat.tools.commands import add_tool_commands
from app.ui.chat.transcript.thoughts import Thoughts
from app.ui.commands import CHEAT_SHEET_SHORTCUT, PALETTE_SHORTCUT, Command
from app.ui.presentation import Presentation, add_presentation_command
from app.ui.settings.commands import add_settings_commands
from app.ui.studio.commands import add_studio_commands
from app.ui.studio.view import StudioView
from app.ui.theme.icons import Icon
from app.ui.voices.commands import add_voices_commands
from app.ui.voices.view import VoicesView
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.notifications import Notifier
from app.ui.window import Window
from tests.ui.chat.harness import ChatHarness, chat

KEY = QKeySequence.StandardKey
TEXT_KEYS = (
    KEY.Copy, KEY.Cut, KEY.Paste, KEY.Undo, KEY.Redo, KEY.SelectAll, KEY.Delete, KEY.DeleteStartOfWord,
    KEY.DeleteEndOfWord, KEY.DeleteCompleteLine, KEY.MoveToNextWord, KEY.MoveToPreviousWord, KEY.MoveToStartOfLine,
    KEY.MoveToEndOfLine, KEY.MoveToStartOfDocument, KEY.MoveToEndOfDocument, KEY.SelectNextWord, KEY.SelectPreviousWord,
    KEY.SelectStartOfLine, KEY.SelectEndOfLine, KEY.SelectStartOfDocument, KEY.SelectEndOfDocument,
    KEY.InsertLineSeparator, KEY.InsertParagraphSeparator, KEY.MoveToNextPage, KEY.MoveToPreviousPage,
)  # fmt: skip
CHAT_ACTIONS = {
    "Allow tool call", "Always allow tool", "Attach by address", "Attach files", "Branch from here", "Choose model",
    "Continue answer", "Copy answer", "Delete conversation", "Delete message", "Deny tool call",
    "Dictate, or stop dictating", "Edit my last message", "Export conversation", "Find in conversation",
    "First message", "Import conversation", "Insert a template", "Inspect answer", "Jump to latest message",
    "New conversation", "Next conversation", "Next version", "Pin conversation", "Previous conversation",
    "Previous version", "Regenerate answer", "Rename conversation", "Retry failed answer", "Search conversations",
    "Send answer to Studio", "Show or hide parameters", "Show or hide the inspector", "Show or hide thoughts",
    "Show or hide tools", "Speak answer, or stop speaking", "Stop", "Think first, or answer at once",
    "Turn web search on or off", "Write a message",
}  # fmt: skip


@contextmanager
def in_window(qtbot: QtBot, harness: ChatHarness) -> Iterator[Window]:
    """A window with the running chat in it."""
    window = Window(Settings(), Notifier())
    qtbot.addWidget(window, before_close_func=lambda widget: widget.hide())
    view = harness.view
    window.resize(1440, 900)
    window.add_view("chat", lambda: view)
    window.add_view("studio", QWidget)
    window.show_view("chat")
    window.show()
    window.activateWindow()
    try:
        yield window
    finally:
        view.setParent(None)


def offered(window: Window) -> set[str]:
    """The names of the commands that can run now."""
    return {found.command.label() for found in window.commands.find("")}


def press(window: Window, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window.focusWidget() or window, key, held)


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def collide(one: Command, other: Command) -> bool:
    return one.shortcut == other.shortcut and not (one.is_local and other.is_local and one.view != other.view)


async def test_no_shortcut_collides_or_takes_a_key_of_a_text(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        with in_window(qtbot, harness) as window:
            add_chat_commands(window, harness.view, None)  # type: ignore[arg-type]
            add_tool_commands(window, harness.view, harness.presenter)
            studio, voices = StudioView(Settings()), VoicesView(Settings())
            qtbot.addWidget(studio)
            qtbot.addWidget(voices)
            add_studio_commands(window, studio)
            add_voices_commands(window, voices)
            add_settings_commands(window)
            presentation = Presentation(Settings(), tmp_path, tmp_path, tuple, list, window)
            add_presentation_command(window, presentation)
            bound = [command for command in window.commands.all() if command.shortcut]
            assert {command.label() for command in bound if command.view == "chat"} >= CHAT_ACTIONS
            pairs = [(a.key, b.key) for i, a in enumerate(bound) for b in bound[i + 1 :] if collide(a, b)]
            assert pairs == []
            taken = {binding.toString() for key in TEXT_KEYS for binding in QKeySequence.keyBindings(key)}
            for command in bound:
                sequence = QKeySequence(command.shortcut)
                assert sequence.toString() == command.shortcut, "in Qt's own spelling"
                assert command.shortcut not in {PALETTE_SHORTCUT} | taken, command.key
                assert not command.is_bound or sequence.toString().count("+") or command.shortcut.startswith("F")
            assert CHEAT_SHEET_SHORTCUT in {command.shortcut for command in bound}


async def test_shortcuts_act_on_the_last_answer_and_on_the_focused_one(qtbot: QtBot, tmp_path: Path) -> None:
    exchanges = [[TextDelta(text), Finished("stop")] for text in ("First.", "Second.", "Third.")]
    async with chat(qtbot, tmp_path, *exchanges) as harness:
        with in_window(qtbot, harness) as window:
            add_chat_commands(window, harness.view, None)  # type: ignore[arg-type]
            names = offered(window)
            assert not {"Copy answer", "Regenerate answer", "Continue answer"} & names, "there is no answer yet"
            for text in ("One", "Two"):
                await harness.ask(text)
                await harness.settled()
            await harness.until(window.isActiveWindow)
            harness.view.composer.field.setFocus()
            press(window, Qt.Key.Key_C, CONTROL, SHIFT)
            assert QGuiApplication.clipboard().text() == "Second."
            buttons = harness.view.findChildren(QAbstractButton)
            copies = [button for button in buttons if button.accessibleName() == "Copy"]
            copies[1].setFocus()
            press(window, Qt.Key.Key_C, CONTROL, SHIFT)
            assert QGuiApplication.clipboard().text() == "First."
            assert copies[1].toolTip() == "Copy  Ctrl+Shift+C"
            window.show_view("studio")
            press(window, Qt.Key.Key_R, CONTROL)
            assert len(harness.script.requests) == 2, "a shortcut of the chat does nothing in another view"
            window.show_view("chat")
            harness.view.composer.field.setFocus()
            press(window, Qt.Key.Key_R, CONTROL)
            await harness.settled()
            assert len(harness.script.requests) == 3
            press(window, Qt.Key.Key_BracketLeft, CONTROL)
            press(window, Qt.Key.Key_C, CONTROL, SHIFT)
            assert QGuiApplication.clipboard().text() == "Second."
            press(window, Qt.Key.Key_2, ALT)
            assert harness.view.panel_toggle(INSPECTOR_OPEN).isChecked()
            press(window, Qt.Key.Key_W, CONTROL, SHIFT)
            assert harness.view.composer.search.isChecked()


def test_a_button_is_found_by_its_name_or_its_property_while_it_can_be_pressed(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert find_button(parent, "chat-dictate", "Dictate") is None
    for name, key in (("Dictate", ""), ("Listen", "chat-dictate")):
        button = IconButton(Icon.MIC, name, parent)
        button.setProperty(COMMAND, key)
        assert find_button(parent, "chat-dictate", "Dictate") is button
        button.setEnabled(False)
        assert find_button(parent, "chat-dictate", "Dictate") is None
        button.setEnabled(True)
        button.hide()
        assert find_button(parent, "chat-dictate", "Dictate") is None, "it is not offered now"
        button.setParent(None)


async def test_a_call_is_allowed_and_thoughts_are_opened_from_the_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    call = ToolCallDelta(0, "c", "calculate", '{"expression": "1+1"}')
    thoughts = [ThinkingDelta("Hm."), TextDelta("Two."), Finished("stop")]
    async with chat(qtbot, tmp_path, [call, Finished("tool_calls")], thoughts) as harness:
        with in_window(qtbot, harness) as window:
            add_chat_commands(window, harness.view, None)  # type: ignore[arg-type]
            await harness.ask("Sum?")
            await harness.until(lambda: "Allow tool call" in offered(window))
            await harness.until(window.isActiveWindow)
            harness.view.composer.field.setFocus()
            press(window, Qt.Key.Key_A, ALT)
            await harness.settled()
            assert len(harness.script.requests) == 2
            assert not {"Allow tool call", "Deny tool call"} & offered(window)
            (toggle,) = (each.toggle for each in harness.view.findChildren(Thoughts))
            was_open = toggle.isChecked()
            press(window, Qt.Key.Key_T, CONTROL, SHIFT)
            assert toggle.isChecked() is not was_open


async def test_conversations_are_stepped_through_and_found_in_the_palette(qtbot: QtBot, tmp_path: Path) -> None:
    exchanges = [[TextDelta(text), Finished("stop")] for text in ("About the museum.", "About the station.")]
    async with chat(qtbot, tmp_path, *exchanges) as harness:
        with in_window(qtbot, harness) as window:
            add_chat_commands(window, harness.view, harness.presenter)
            window.commands.add_things(harness.presenter.conversations.things(lambda: window.show_view("chat")))
            await harness.ask("First question")
            await harness.settled()
            first = harness.workspace.current
            harness.presenter.conversations.begin()
            await harness.ask("Second question")
            await harness.settled()
            second = harness.workspace.current
            assert first is not None and second is not None and first is not second
            await harness.until(window.isActiveWindow)
            press(window, Qt.Key.Key_PageDown, CONTROL)
            await harness.until(lambda: harness.workspace.current is first)
            assert "Next conversation" not in offered(window)
            press(window, Qt.Key.Key_PageUp, CONTROL)
            await harness.until(lambda: harness.workspace.current is second)
            (source,) = window.commands.sources()
            assert [thing.title for thing in source.listed()] == ["Second question", "First question"]
            found: list[str] = []
            assert source.search is not None
            source.search("museum", lambda things: found.extend(f"{thing.title}: {thing.detail}" for thing in things))
            await harness.until(lambda: bool(found))
            assert found[0].startswith("First question: ")
            assert "museum" in found[0]
            source.listed()[1].run()
            await harness.until(lambda: harness.workspace.current is first)
