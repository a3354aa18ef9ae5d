"""The Prompts page on little room, and prompts found by what was noted of their versions."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.bench.prompts.prompt_things import prompt_things
from app.ui.commands import ThingSource
from app.ui.palette_rows import _thing_rows
from app.ui.theme.theme import theme
from tests.ui.bench.prompts_harness import prompts_page


@pytest.mark.parametrize(("scale", "height"), [(2.0, 395), (1.0, 500)])
async def test_the_text_gets_most_of_a_low_page_and_all_else_is_reached_below(
    qtbot: QtBot, tmp_path: Path, scale: float, height: int
) -> None:
    theme().set_text_scale(scale)
    try:
        async with prompts_page(qtbot, tmp_path, "Write {{topic}}.") as it:
            text = it.page.text
            it.page.show_column(1)
            it.page.resize(800, height)
            is_tight = scale == 2.0
            await it.chat.until(lambda: (text.editor.height() > text.height() / 2) == is_tight)

            def is_below(part: QWidget) -> bool:
                bottom = text.editor.mapTo(text, text.editor.rect().bottomLeft()).y()
                return part.mapTo(text, QPoint()).y() > bottom

            await it.chat.until(lambda: is_below(text.kind) == is_below(text.tags) == is_tight)
            await it.chat.until(lambda: is_below(text.save))
            text.save.setFocus()
            await it.chat.until(lambda: text.rect().contains(text.save.mapTo(text, text.save.rect().center())))
            it.page.resize(800, 1200)
            await it.chat.until(lambda: text.kind.mapTo(text, QPoint()).y() < text.editor.mapTo(text, QPoint()).y())
            await it.chat.until(lambda: text.save.isVisible() and not text.save.visibleRegion().isEmpty())
    finally:
        theme().set_text_scale(1.0)


async def test_a_version_is_found_by_its_note_on_the_page_and_in_the_palette(qtbot: QtBot, tmp_path: Path) -> None:
    async with prompts_page(qtbot, tmp_path, "Write {{topic}}.") as it:
        prompt = it.library.listed()[0]
        await it.library.save(prompt.name, "Write about {{topic}}.", "prompt", note="keeps two orders apart")
        await it.library.save("Other", "Nothing of that.", "prompt")
        await it.listed("Other")
        it.page.library.search.setText("orders apart")
        await it.chat.until(lambda: len(it.rows()) == 1)
        assert it.rows()[0].startswith("Guide, ")
        it.page.library.search.setText("")
        await it.chat.until(lambda: len(it.rows()) == 2)
        things = ThingSource("prompts", lambda: "Prompts", prompt_things(it.library, lambda key: None).listed)
        rows = _thing_rows(things, "orders apart", (), only_exact=False)
        assert [row.row.title for row in rows] == ["Guide"]
        assert "orders" not in rows[0].row.subtitle
