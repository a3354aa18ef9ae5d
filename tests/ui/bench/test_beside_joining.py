"""One answer from several: the page and the chat say that it is one."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.events import ChatEvent, Finished, TextDelta
from app.ui.chat.transcript.message_footer import MessageFooter
from tests.ui.bench.beside_harness import beside_page

SAY: list[ChatEvent] = [TextDelta("A harbour."), Finished("stop")]


async def test_the_joined_answer_says_so_in_its_column_and_in_the_chat(qtbot: QtBot, tmp_path: Path) -> None:
    async with beside_page(qtbot, tmp_path / "home", SAY, SAY, SAY) as it:
        it.foot.message.setPlainText("What is this?")
        it.button("Run beside").click()
        await it.ended()
        first = it.page.columns[0]
        await it.chat.until(lambda: it.foot.join.isVisible() and it.foot.join.isEnabled())
        assert not first.place.isVisible()
        it.button("One answer from these").click()
        await it.chat.until(lambda: len(it.side.answers.made) == 3)
        await it.ended()
        await it.chat.until(lambda: first.place.text() == "Answer 2 of 2 · written from 2 answers")
        assert first.place.isVisible()
        run = it.side.answers.run
        assert run is not None
        assert await it.side.keep(run.joined[0])
        assert it.side.desk.session is not None
        await it.chat.workspace.open(it.side.desk.session.id)
        view = it.chat.view

        def shown() -> list[str]:
            footers = [each for each in view.findChildren(MessageFooter) if each.isVisible()]
            return [text for each in footers for text in (each.usage.text(), each.version_label.text())]

        await it.chat.until(lambda: sum("written from 2 answers" in text for text in shown()) == 2)
