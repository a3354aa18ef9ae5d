"""Templates offered by a slash, inserted, saved, renamed and deleted."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.core.prompt_library import SavedPrompt
from app.ui.chat.composer_parts.template_list import SAVE, SHADOW, TemplateList
from app.ui.widgets.row_model import RowRole
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello."), Finished("stop")]


def shown(harness: ChatHarness) -> TemplateList | None:
    found = harness.view.findChild(TemplateList)
    return found if found is not None and found.isVisible() else None


def names(harness: ChatHarness) -> list[str]:
    templates = shown(harness)
    assert templates is not None
    model = templates.rows.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def typed(harness: ChatHarness, text: str) -> None:
    QTest.keyClicks(harness.view.composer.field, text)


def press(harness: ChatHarness, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(harness.view.composer.field, key, modifier)


async def fill(harness: ChatHarness) -> list[SavedPrompt]:
    return [
        (await harness.prompts.save(name, text, kind)).prompt  # type: ignore[arg-type]
        for name, text, kind in (
            ("Order intake", "Take the order {{order}}\nas JSON.", "prompt"),
            ("Night tour", "Lead through the night.", "system"),
        )
    ]


async def test_a_slash_offers_templates_and_the_chosen_one_replaces_it_until_undo(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        await fill(harness)
        typed(harness, "/")
        assert set(names(harness)) == {"Night tour", "Order intake"}
        typed(harness, "ord")
        assert names(harness) == ["Order intake"]
        press(harness, Qt.Key.Key_Return)
        assert harness.view.composer.text() == "Take the order {{order}}\nas JSON."
        assert harness.view.composer.variables.names == ("order",)
        assert shown(harness) is None
        typed(harness, "!")
        press(harness, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert harness.view.composer.text() == "Take the order {{order}}\nas JSON."
        press(harness, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert harness.view.composer.text() == "/ord"


async def test_nothing_is_hijacked(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await fill(harness)
        typed(harness, "see /o")
        assert shown(harness) is None, "only at the beginning of an empty message"
        harness.view.composer.field.selectAll()
        typed(harness, "/o")
        assert shown(harness) is not None
        press(harness, Qt.Key.Key_Escape)
        assert shown(harness) is None
        assert harness.view.composer.text() == "/o"
        typed(harness, "rd")
        assert shown(harness) is None, "closed, it stays closed"
        typed(harness, "er/x")
        assert shown(harness) is None, "a path"
        harness.view.composer.field.selectAll()
        typed(harness, "/usr")
        assert shown(harness) is None, "no template begins like this"
        press(harness, Qt.Key.Key_Return)
        await harness.settled()
        assert [message.text for message in harness.script.requests[0].messages] == ["/usr"]


async def test_the_list_is_used_by_arrow_keys_mouse_and_assistive_technology(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        await fill(harness)
        composer = harness.view.composer

        def opened() -> TemplateList:
            composer.field.selectAll()
            press(harness, Qt.Key.Key_Delete)
            typed(harness, "/")
            templates = shown(harness)
            assert templates is not None
            return templates

        templates = opened()
        first = names(harness)[0]
        text = {"Order intake": "Take the order {{order}}\nas JSON.", "Night tour": "Lead through the night."}
        press(harness, Qt.Key.Key_Down)
        press(harness, Qt.Key.Key_Up)
        press(harness, Qt.Key.Key_Tab)
        assert composer.text() == text[first]
        templates = opened()
        place = templates.rows.visualRect(templates.rows.model().index(0, 0)).center()
        QTest.mouseClick(templates.rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert composer.text() == text[first], "the highlighted row is clicked"
        templates = opened()
        place = templates.rows.visualRect(templates.rows.model().index(1, 0)).center()
        QTest.mouseClick(templates.rows.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(1, 1))
        assert composer.text() == text[({*text} - {first}).pop()]
        for row in (0, 1):
            templates = opened()
            index = templates.rows.model().index(row, 0)
            assert not templates.rows.selectionModel().isSelected(index), "or a tool could not select it"
            templates.rows.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Toggle)
            assert composer.text() == text[str(index.data()) or ""]


async def test_the_present_text_is_saved_as_a_template_and_then_as_a_version(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        composer = harness.view.composer
        for number, text in ((1, "Explain it."), (2, "Explain it to a child.")):
            composer.field.selectAll()
            typed(harness, text)
            harness.button("Templates").click()
            templates = shown(harness)
            assert templates is not None
            index = templates.rows.model().index(templates.rows.model().rowCount() - 1, 0)
            assert index.data(RowRole.KEY) == SAVE
            templates.rows.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Toggle)
            assert templates.name.isVisible()
            QTest.keyClick(templates.name, Qt.Key.Key_Return)
            assert "name first" in templates._hint.text()
            QTest.keyClicks(templates.name, "Explain")
            assert ("version 2" in templates._hint.text()) is (number == 2)
            QTest.keyClick(templates.name, Qt.Key.Key_Return)
            await harness.until(lambda text=text: [it.text for it in harness.prompts.listed("prompt")] == [text])  # type: ignore[misc]
            assert composer.text() == text
            assert shown(harness) is None
        assert harness.messages == ["Saved as Explain.", "Saved as version 2 of Explain."]


async def test_a_template_is_renamed_and_deleted_with_undo(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        undos = []
        harness.notifier.posted.connect(lambda notice: undos.append(notice.undo))
        await fill(harness)
        await harness.prompts.save("Taken", "x", "prompt")
        typed(harness, "/ord")
        press(harness, Qt.Key.Key_F2)
        templates = shown(harness)
        assert templates is not None
        assert templates.name.text() == "Order intake"
        templates.name.setText("Taken")
        QTest.keyClick(templates.name, Qt.Key.Key_Return)
        assert templates.name.text() == "Taken", "what was refused stays in its field"
        assert "Another one" in templates._hint.text()
        templates.name.setText("Orders")
        QTest.keyClick(templates.name, Qt.Key.Key_Return)
        await harness.until(lambda: harness.prompts.named("Orders", "prompt") is not None)
        undos[-1]()
        await harness.until(lambda: harness.prompts.named("Order intake", "prompt") is not None)
        press(harness, Qt.Key.Key_Backspace)
        assert names(harness) == ["Order intake"]
        press(harness, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
        await harness.until(lambda: harness.prompts.named("Order intake", "prompt") is None)
        undos[-1]()
        await harness.until(lambda: harness.prompts.named("Order intake", "prompt") is not None)


async def test_the_button_opens_and_closes_the_list(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        await fill(harness)
        for text in ("", "typed"):
            typed(harness, text)
            harness.button("Templates").click()
            assert len(names(harness)) == 2 + bool(text), "a text can be saved"
            harness.button("Templates").click()
            assert shown(harness) is None
            assert harness.view.composer.text() == text
        harness.button("Templates").click()
        press(harness, Qt.Key.Key_Return)
        assert harness.view.composer.text() == "typedLead through the night."
        press(harness, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert harness.view.composer.text() == "typed"


async def test_in_a_low_window_the_list_stays_inside_and_scrolls(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        for number in range(12):
            await harness.prompts.save(f"Template {number}", "text", "prompt")
        harness.view.resize(900, 380)
        await asyncio.sleep(0)
        typed(harness, "/")
        templates = shown(harness)
        assert templates is not None
        assert templates.geometry().top() >= 0
        assert templates.geometry().bottom() <= harness.view.composer.geometry().top() + SHADOW
        press(harness, Qt.Key.Key_Up)
        last = templates.rows.visualRect(templates.rows.model().index(11, 0))
        assert templates.rows.viewport().rect().contains(last.center()), "the highlighted row is scrolled into view"
