"""What only a button or a notice offered is a command too, and Escape leaves every field for renaming."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.chat.commands import add_chat_commands
from app.ui.chat.conversations_panel import ConversationsPanel
from app.ui.chat.view import ChatView
from app.ui.settings.commands import add_settings_commands
from app.ui.settings.view import SettingsView
from app.ui.studio import assembly as studio
from app.ui.studio.commands import add_studio_commands
from app.ui.studio.view import StudioView
from app.ui.voices import assembly as voices
from app.ui.voices.commands import add_voices_commands
from app.ui.voices.view import VoicesView
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import Row
from app.ui.window import Window
from tests.ui.chat.harness import chat

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Field(QWidget):
    """A view with a text field."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        QVBoxLayout(self).addWidget(self.field)


@pytest.fixture
def messages() -> Notifier:
    return Notifier()


@pytest.fixture
def window(qtbot: QtBot, messages: Notifier) -> Window:
    made = Window(Settings(), messages)
    qtbot.addWidget(made, before_close_func=lambda widget: widget.hide())
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    return made


def names(window: Window) -> set[str]:
    return {found.command.label() for found in window.commands.find("")}


def test_the_newest_notice_that_offers_undo_is_undone_by_command_and_by_shortcut(
    window: Window, messages: Notifier
) -> None:
    undone: list[str] = []
    window.add_view("chat", Field)
    window.show_view("chat")
    assert not {"Undo", "Dismiss notice"} & names(window)
    for name in ("first", "second", "third"):
        messages.info(f"{name} was deleted.", undo=lambda name=name: undone.append(name))  # type: ignore[misc]
    messages.error("The disk is full.")
    window.rail.buttons["chat"].setFocus()
    QTest.keyClick(window.rail.buttons["chat"], Qt.Key.Key_Z, CONTROL)
    assert undone == ["third"]
    field = window.view("chat").field  # type: ignore[attr-defined]
    field.setFocus()
    QTest.keyClicks(field, "typed")
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL)
    assert (undone, field.text()) == (["third"], ""), "a text field undoes its own text"
    QTest.keyClick(field, Qt.Key.Key_Z, CONTROL | ALT)
    assert undone == ["third", "second"]
    assert {"Undo", "Dismiss notice"} & names(window) == {"Dismiss notice"}, "only three notices are kept"
    window.commands.run("dismiss-notice")
    assert "Dismiss notice" not in names(window)


async def test_the_chat_offers_its_buttons_as_commands(qtbot: QtBot, tmp_path: Path, window: Window) -> None:
    async with chat(qtbot, tmp_path) as harness:
        view = harness.view
        window.add_view("chat", lambda: view)
        window.show_view("chat")
        add_chat_commands(window, view, None)  # type: ignore[arg-type]
        wanted = {"Choose model", "Rename conversation", "Delete conversation", "Pin conversation"}
        assert view.conversations is not None
        view.conversations.show_rows([], None, frozenset())
        assert wanted & names(window) == {"Choose model"}, "no conversation is open"
        view.conversations.show_rows([Row("a", "One")], "a", frozenset())
        assert wanted <= names(window)
        window.commands.run("chat-rename")
        focused = QApplication.focusWidget()
        assert focused is not None and focused.accessibleName() == "Conversation title"
        window.commands.run("chat-model")
        assert QApplication.focusWidget() is view.model
        assert "Stop" not in names(window)
        view.composer.set_running(True)
        stopped: list[bool] = []
        view.composer.stop.connect(lambda: stopped.append(True))
        window.commands.run("chat-stop")
        assert stopped == [True]
        view.composer.set_running(False)
        view.setParent(None)


def test_studio_and_voices_offer_their_buttons_as_commands(window: Window) -> None:
    studio, voices = StudioView(Settings()), VoicesView(Settings())
    window.add_view("studio", lambda: studio)
    window.add_view("voices", lambda: voices)
    add_studio_commands(window, studio)
    add_voices_commands(window, voices)
    wanted = {"New session", "Rename session", "Redo take", "Delete take", "Export take", "Keep as voice"}
    assert wanted <= names(window)
    studio.takes_panel.redo.setEnabled(False)
    assert "Redo take" not in names(window)
    pressed: list[str] = []
    studio.takes_panel.delete.clicked.connect(lambda: pressed.append("delete"))
    window.commands.run("take-delete")
    assert (pressed, window.current) == (["delete"], "studio")
    window.commands.run("voice-rename")
    assert (window.current, voices.tabs.currentIndex()) == ("voices", 2)
    assert QApplication.focusWidget() is voices.library.name


def test_studio_and_voices_are_begun_by_command_before_they_were_opened(window: Window) -> None:
    window.add_view("studio", lambda: StudioView(Settings()))
    window.add_view("voices", lambda: VoicesView(Settings()))
    studio.add_entry_commands(window)
    voices.add_entry_commands(window)
    for command, field in (
        ("Design a voice", "Voice description"),
        ("Clone a voice from a sample", "Sample file"),
        ("Write a text to speak", "Text to speak"),
        ("Choose a voice", "Voice list"),
    ):
        (found,) = (each for each in window.commands.find(command) if each.command.label() == command)
        window.commands.run(found.command.key)
        focused = QApplication.focusWidget()
        assert focused is not None and focused.accessibleName() == field, command


def test_theme_and_text_size_are_commands_before_the_settings_were_opened(window: Window) -> None:
    window.add_view("settings", lambda: SettingsView(Settings()))
    add_settings_commands(window)
    assert {"Theme", "Text size"} <= names(window)
    for key, name in (("setting-theme", "Theme"), ("setting-text-size", "Text size")):
        window.commands.run(key)
        focused = QApplication.focusWidget()
        assert focused is not None and focused.accessibleName() == name


def test_escape_leaves_the_title_of_a_conversation_though_the_chat_uses_escape_too(window: Window) -> None:
    view = ChatView(Settings())
    view.complete(Notifier())
    window.add_view("chat", lambda: view)
    window.show_view("chat")
    panel = view.conversations
    assert isinstance(panel, ConversationsPanel)
    panel.show_rows([Row("a", "One")], "a", frozenset())
    renamed: list[str] = []
    panel.renamed.connect(lambda _key, title: renamed.append(title))
    panel.button("rename").click()
    title = QApplication.focusWidget()
    assert isinstance(title, QLineEdit)
    QTest.keyClicks(title, "Two")
    QTest.keyClick(title, Qt.Key.Key_Escape)
    assert title.isHidden()
    assert renamed == []
    assert QApplication.focusWidget() is panel._list


def test_leaving_the_title_of_a_conversation_saves_what_was_typed(window: Window) -> None:
    view = ChatView(Settings())
    view.complete(Notifier())
    window.add_view("chat", lambda: view)
    window.show_view("chat")
    panel = view.conversations
    assert isinstance(panel, ConversationsPanel)
    panel.show_rows([Row("a", "One"), Row("b", "Two")], "a", frozenset())
    renamed: list[tuple[str, str]] = []
    panel.renamed.connect(lambda key, title: renamed.append((key, title)))
    panel.button("rename").click()
    title = QApplication.focusWidget()
    assert isinstance(title, QLineEdit)
    QTest.keyClick(title, Qt.Key.Key_Tab)
    assert (title.isHidden(), renamed) == (True, []), "nothing was typed"
    panel.button("rename").click()
    QTest.keyClicks(title, "Three")
    panel._list.select_key("b")
    view.composer.setFocus()
    assert (title.isHidden(), renamed) == (True, [("a", "Three")])
