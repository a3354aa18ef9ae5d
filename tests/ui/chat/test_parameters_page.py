"""The Parameters page: what is changed, locked, explained, reset, and made a default."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.core.chat_defaults import ChatDefaults, parameter_value
from app.core.events import Finished, TextDelta
from app.core.prompts import PRESETS
from app.core.requests import Sampling
from app.core.settings import ALWAYS_ALLOWED_TOOLS, ASK_BEFORE_TOOL, CHAT_DEFAULTS, Settings
from app.services.chat.own_defaults import own_chat_defaults
from app.services.settings_import import preview
from app.ui.chat import parameters_presenter
from app.ui.chat.parameters.row import ParameterRow
from app.ui.chat.parameters_panel import ParametersPanel
from app.ui.texts.parameters import explain_parameter
from app.ui.widgets.notifications import Act
from app.ui.widgets.scroll_area import ScrollArea
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello"), Finished("stop")]


def page(harness: ChatHarness) -> ParametersPanel:
    assert harness.view.parameters is not None
    return harness.view.parameters


def changed(panel: ParametersPanel) -> set[str]:
    """The names of the rows that say they were changed."""
    return {row.name for row in panel.findChildren(ParameterRow) if not row.changed.isHidden()}


def press(panel: ParametersPanel, name: str) -> None:
    (button,) = [
        button
        for button in panel.findChildren(QAbstractButton)
        if name in (button.accessibleName(), button.text()) and not button.isHidden()
    ]
    assert button.isEnabled()
    button.click()


async def test_what_differs_from_the_defaults_is_counted_and_reset_with_undo(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel, session = page(harness), harness.workspace.current
        assert session is not None
        assert (panel.page_header.badge.text(), changed(panel)) == ("Nothing changed", set())
        assert not panel.page_header.button.isEnabled()
        harness.view.composer.think.setChecked(False)
        panel.temperature.number.setValue(0.4)
        panel.stream.setChecked(False)
        panel.extra_body.setPlainText('{"seed": 7}')
        panel.system.setPlainText("Be brief.")
        settings = harness.view._settings
        settings.set(ALWAYS_ALLOWED_TOOLS, ["calculate"])
        panel.ask.setChecked(False)
        assert changed(panel) == {"temperature", "stream", "extra_body", "system", "ask"}
        assert panel.page_header.badge.text() == "5 changed"
        before = session.conversation
        press(panel, "Reset Temperature")
        assert changed(panel) == {"stream", "extra_body", "system", "ask"}
        assert (session.conversation.sampling.temperature, panel.temperature.value()) == (None, 1.0)
        harness.undos[-1]()
        assert session.conversation.sampling == before.sampling
        press(panel, "Reset")
        assert changed(panel) == set()
        assert session.conversation.sampling == Sampling(thinking=False)
        assert session.conversation.extra_body == panel.extra_body.toPlainText() == ""
        assert settings.get(ASK_BEFORE_TOOL)
        harness.undos[-1]()
        assert session.conversation == before
        assert panel.extra_body.toPlainText() == '{"seed": 7}'
        assert (settings.get(ASK_BEFORE_TOOL), settings.get(ALWAYS_ALLOWED_TOOLS)) == (False, ["calculate"])


async def test_a_locked_value_is_kept_and_says_why_and_is_no_change(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        panel, session = page(harness), harness.workspace.current
        assert session is not None
        harness.view.composer.think.setChecked(False)
        panel.temperature.number.setValue(0.4)
        harness.view.composer.think.setChecked(True)
        assert panel.temperature.lock.label.text() == "while thinking"
        assert "the platform uses 1.0" in panel.temperature.number.accessibleDescription()
        panel.temperature.info.click()
        assert "Your own value is kept." in panel.temperature.explanation.text()
        assert (panel.temperature.value(), panel.temperature.number.isEnabled(), changed(panel)) == (1.0, False, set())
        await harness.ask("Hi")
        await harness.settled()
        assert harness.script.requests[-1].sampling.temperature is None, "nothing locked is sent"
        harness.view.composer.think.setChecked(False)
        assert panel.temperature.value() == pytest.approx(0.4)
        assert changed(panel) == {"temperature"}
        assert panel.temperature.lock.isHidden()


def test_every_row_explains_itself_by_keyboard(qtbot: QtBot) -> None:
    panel = ParametersPanel()
    qtbot.addWidget(panel)
    panel.resize(320, 2000)
    panel.show_parameters("", Sampling(), True, thinking=False, default_max_tokens=131_072)
    panel.show()
    rows = panel.findChildren(ParameterRow)
    assert len(rows) == 18
    for row in rows:
        assert row.info.accessibleName() == f"What is this? {row.control.accessibleName()}"
        assert row.explanation.isHidden()
        row.info.setFocus()
        QTest.keyClick(row.info, Qt.Key.Key_Space)
        assert row.explanation.isVisible()
        assert row.explanation.text() == row.info.accessibleDescription() != ""
        assert any(word in row.explanation.text().lower() for word in ("default", "recommends")), row.name
        QTest.keyClick(row.info, Qt.Key.Key_Escape)
        assert row.explanation.isHidden()
    panel.temperature.info.click()
    assert "From 0.0 to 1.5, default 1.0." in panel.temperature.explanation.text()
    assert "While thinking, the platform always uses 1.0." in panel.temperature.explanation.text()
    assert len({explain_parameter(row.name) for row in rows}) == len(rows)


async def test_a_click_on_the_name_of_a_switch_toggles_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        (row,) = [row for row in panel.findChildren(ParameterRow) if row.name == "json_mode"]
        QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.caption.geometry().center())
        assert panel.json_mode.isChecked()


async def test_extra_body_is_checked_while_typed_and_sent_only_when_it_can_be(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        panel, session = page(harness), harness.workspace.current
        assert session is not None
        panel.extra_body.setPlainText('{"seed": 7}')
        await harness.ask("Hi")
        await harness.settled()
        assert harness.script.requests[-1].sampling.extra == {"seed": 7}
        panel.extra_body.setPlainText('{\n"seed": }')
        description = panel.extra_body.accessibleDescription()
        assert description.startswith("Not sent: this is not JSON in line 2, character 9.")
        assert session.conversation.sampling.extra == {}
        first = session.id
        harness.button("New conversation").click()
        assert (panel.extra_body.toPlainText(), panel.extra_body.accessibleDescription()) == ("", "")
        await harness.workspace.open(first)
        assert panel.extra_body.toPlainText() == '{\n"seed": }', "as typed"
        assert panel.extra_body.accessibleDescription() == description
        panel.extra_body.setPlainText('{"max_tokenz": 5}')
        assert "Did you mean “max_tokens”?" in panel.extra_body.accessibleDescription()
        panel.extra_body.setPlainText('{"model": "x"}')
        assert panel.extra_body.accessibleDescription().startswith("Not sent: “model” is set by the workbench")
        await harness.workspace.settle(first)
    async with chat(qtbot, tmp_path) as harness:
        await harness.workspace.open(first)
        assert page(harness).extra_body.toPlainText() == '{"model": "x"}', "also after a restart"


async def test_a_key_among_the_additional_fields_stays_in_the_field(qtbot: QtBot, tmp_path: Path) -> None:
    typed = '{"api_key": "sk-Zx81kQwe82PPlm20ab"}'
    async with chat(qtbot, tmp_path, HELLO) as harness:
        panel, session = page(harness), harness.workspace.current
        assert session is not None
        for length in range(len('{"api_key": "sk-Zx81'), len(typed) + 1):
            panel.extra_body.setPlainText(typed[:length])
            assert "sk-Zx81kQwe" not in session.conversation.extra_body
        assert "looks like an API key" in panel.extra_body.accessibleDescription()
        offers: list[Act] = []
        harness.notifier.listen(lambda message: offers.append(message.offer[1]) if message.offer is not None else None)
        await harness.ask("Hi")
        assert not harness.script.requests, "nothing is left out silently"
        (send_without,) = offers
        send_without()
        await harness.settled()
        assert harness.script.requests[-1].sampling.extra == {}
        assert (panel.extra_body.toPlainText(), session.conversation.extra_body) == (typed, "")
        harness.button("New conversation").click()
        assert panel.extra_body.toPlainText() == ""
        await harness.workspace.open(session.id)
        assert panel.extra_body.toPlainText() == typed
        panel.reset.emit("extra_body")
        assert panel.extra_body.toPlainText() == ""
        harness.undo()
        assert panel.extra_body.toPlainText() == typed
        await harness.workspace.settle(session.id)
    home = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Hi" in home and b"Zx81kQwe" not in home


async def test_the_default_prompt_of_another_language_is_no_change(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = harness.view.parameters
        assert panel is not None
        harness.workspace.defaults = lambda: ("mimo-v2.6-pro", PRESETS["mimo-zh"], Sampling())
        session = harness.workspace.current_or_new()
        session.configure(system=PRESETS["mimo-en"])
        assert changed(panel) == set()
        session.configure(sampling=Sampling(stream=False))
        panel.page_header.button.click()
        assert session.conversation.system == PRESETS["mimo-en"] and session.conversation.sampling.stream
        session.configure(system="Another one.")
        assert changed(panel) == {"system"}
        panel.page_header.button.click()
        assert session.conversation.system == PRESETS["mimo-zh"]


async def test_own_defaults_begin_new_conversations_and_can_be_cleared(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        panel, first = page(harness), harness.workspace.current
        assert first is not None
        settings = harness.view._settings
        harness.workspace.own_defaults = lambda: own_chat_defaults(settings)
        panel.system.setPlainText("Be brief.")
        panel.stop.setPlainText("END")
        panel.extra_body.setPlainText('{"seed": 7}')
        first.configure(tools=("calculate",))
        press(panel, "Use as default")
        assert changed(panel) == set(), "these are the defaults now"
        own = own_chat_defaults(settings)
        assert own is not None
        await harness.ask("Hi")
        await harness.settled()
        panel.stop.setPlainText("OTHER")
        assert changed(panel) == {"stop"}
        assert panel.page_header.button.toolTip() == "Reset everything to your own defaults"
        harness.button("New conversation").click()
        second = harness.workspace.current
        assert second is not None
        assert second is not first
        assert ChatDefaults.of(second.conversation) == own, "own defaults win over the conversation before"
        assert (second.tools, parameter_value(second.conversation, "stop")) == (("calculate",), ("END",))
        assert panel.extra_body.toPlainText() == '{"seed": 7}'
        press(panel, "Clear own defaults")
        assert own_chat_defaults(settings) is None
        assert changed(panel) == {"system", "stop", "extra_body"}
        harness.undos[-1]()
        assert own_chat_defaults(settings) == own


def test_own_defaults_are_imported_without_the_tools(tmp_path: Path) -> None:
    record = {"system": "Mine", "tools": ["calculate"], "sampling": {"stop": ["END"]}}
    taken = preview(Settings(), {CHAT_DEFAULTS.key: record}).values[CHAT_DEFAULTS.key]
    settings = Settings()
    settings.set(CHAT_DEFAULTS, taken)
    own = own_chat_defaults(settings)
    assert own is not None
    assert (own.system, own.sampling.stop, own.tools) == ("Mine", ("END",), None)
    assert preview(Settings(), {CHAT_DEFAULTS.key: {"sampling": 5}}).values == {}


async def test_json_mode_warns_while_the_draft_is_typed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parameters_presenter, "TYPING_PAUSE_MS", 5)
    async with chat(qtbot, tmp_path, HELLO) as harness:
        panel = page(harness)
        panel.json_mode.setChecked(True)
        assert panel.json_hint.isVisible()
        QTest.keyClicks(harness.view.composer.field, "as JSON")
        await harness.until(lambda: not panel.json_hint.isVisible())
        harness.view.composer.field.clear()
        await harness.until(panel.json_hint.isVisible)


async def test_a_message_does_not_silently_go_without_an_extra_body_that_is_wrong(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Hello."), Finished("stop")]) as harness:
        page(harness).extra_body.setPlainText('{"top_k": ')
        session = harness.workspace.current
        assert session is not None
        await harness.until(lambda: session.conversation.extra_body == '{"top_k": ')
        offers: list[Act] = []
        harness.notifier.listen(lambda message: offers.append(message.offer[1]) if message.offer is not None else None)
        await harness.ask("Hi")
        assert "extra body" in harness.messages[-1]
        assert harness.view.composer.text() == "Hi"
        assert not harness.script.requests
        (send_without,) = offers
        send_without()
        await harness.settled()
        assert len(harness.script.requests) == 1
        assert harness.view.composer.text() == ""


async def test_the_page_does_not_grow_when_a_value_is_changed(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        panel = page(harness)
        before = panel.minimumSizeHint().width()
        panel.max_tokens.number.setValue(500)
        await harness.until(lambda: "max_tokens" in changed(panel))
        area = panel.findChild(ScrollArea)
        assert area is not None
        content = area.widget()
        await harness.until(lambda: content.minimumSizeHint().width() <= area.viewport().width())
        assert panel.minimumSizeHint().width() == before
