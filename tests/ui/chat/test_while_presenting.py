"""The chat while presenting: pages that are hidden stay as they are, and names are covered everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.messages import Media, ToolCall
from app.core.presentation_mask import COVER, PresentationMask
from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN, TOOLS_OPEN, Settings
from app.ui.chat.attachments.viewer import ImageViewer
from app.ui.chat.commands import add_chat_commands
from app.ui.chat.composer import Composer
from app.ui.chat.tools.commands import add_tool_commands
from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.window import Window
from tests.ui.chat.harness import chat

MASK = PresentationMask(names=["annika"])


@pytest.fixture(autouse=True)
def _uncovered() -> Iterator[None]:
    yield
    presentation_cover().set_mask(None)


async def test_hidden_pages_are_neither_opened_nor_acted_on(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        settings = Settings()
        window = Window(settings, harness.notifier)
        qtbot.addWidget(window)
        add_chat_commands(window, harness.view, harness.presenter)
        add_tool_commands(window, harness.view, harness.presenter)
        view = harness.view
        view.open_panel(INSPECTOR_OPEN)
        keys = {f"chat-{PARAMETERS_OPEN.key}", f"chat-{TOOLS_OPEN.key}", "tools-add"}

        def enabled() -> set[str]:
            return {command.key for command in window.commands.all() if command.key in keys and command.enabled()}

        assert enabled() == keys
        presentation_cover().set_mask(MASK)
        assert enabled() == set()
        view.toggle_panel(PARAMETERS_OPEN)
        view.open_panel(TOOLS_OPEN)
        assert view._side.current is INSPECTOR_OPEN
        view.toggle_panel(INSPECTOR_OPEN)
        assert view._side.current is None
        presentation_cover().set_mask(None)
        assert view._side.current is None


def test_the_name_of_a_tool_is_covered_in_chip_and_card(qtbot: QtBot) -> None:
    composer = Composer()
    card = ToolCard(ToolCall("1", "annika_calendar", "{}", 0, state="done", result="1"))
    for widget in (composer, card):
        qtbot.addWidget(widget)
    composer.show_offered_tools(["annika_calendar"], [])

    def shown() -> list[str]:
        chip = composer.offered
        return [chip.text(), chip.toolTip(), chip.accessibleDescription(), card.accessibleName()]

    assert all("annika_calendar" in text for text in shown())
    presentation_cover().set_mask(MASK)
    assert all(f"{COVER}_calendar" in text and "annika" not in text for text in shown())
    presentation_cover().set_mask(None)
    assert all("annika_calendar" in text for text in shown())


def test_an_open_image_hides_its_name(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    viewer = ImageViewer(Media(url="", name="annika.png", mime="image/png"), image, parent)

    def names() -> set[str]:
        return {viewer.windowTitle(), viewer._picture.accessibleName()}

    assert names() == {"annika.png"}
    presentation_cover().set_mask(MASK)
    assert names() == {f"{COVER}.png"}
