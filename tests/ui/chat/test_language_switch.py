"""What the chat shows follows a live switch of the language, also what was composed from figures and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.core.messages import Message, Sources
from app.core.presentation_mask import PresentationMask
from app.ui.chat.branches_window import BranchesWindow
from app.ui.chat.composer_parts.dictate import DictationMeter
from app.ui.chat.context.offer import ContextOffer
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.language import Language
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.spin_box import SpinBox
from tests.ui.chat.harness import chat

CHINESE = re.compile("[\u4e00-\u9fff]")


@contextmanager
def in_chinese(qapp: QApplication) -> Iterator[None]:
    """While this runs, the window is in Chinese; afterwards in English with the locale of before."""
    language, locale = Language(qapp), QLocale()
    language.use("zh_CN")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)
    try:
        yield
    finally:
        language.use("en")
        QLocale.setDefault(locale)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange.value)


async def test_why_messages_can_be_left_out_and_the_progress_of_a_summary(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    summary = [TextDelta("They met."), Finished("stop")]
    async with chat(qtbot, tmp_path, [TextDelta("Hello"), Finished("stop")], summary) as harness:
        await harness.ask("Hi")
        await harness.settled()
        harness.presenter.context.offer()
        (shown,) = harness.view.findChildren(ContextOffer)
        shown.summarise_button.click()
        await harness.until(lambda: shown.progress.text().startswith("Read it"))
        await harness.until(shown.use_button.isEnabled)
        assert shown.summary.toPlainText() == "They met."
        with in_chinese(qapp):
            assert CHINESE.search(shown.reason.accessibleName())
            assert CHINESE.search(shown.reason.spoken())
            assert CHINESE.search(shown.progress.text())
        assert shown.progress.text().startswith("Read it")


async def test_the_rows_of_the_branches(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    answers = [[TextDelta(text), Finished("stop")] for text in ("One", "Two")]
    async with chat(qtbot, tmp_path, *answers) as harness:
        await harness.ask("Hi")
        await harness.settled()
        harness.button("Regenerate").click()
        await harness.settled()
        harness.view.branches.click()
        (window,) = harness.view.findChildren(BranchesWindow)
        facts = [row.subtitle for row in window._model.rows()]
        assert facts
        assert not CHINESE.search("".join(facts))
        with in_chinese(qapp):
            assert all(CHINESE.search(row.subtitle) for row in window._model.rows())
        window.close()


@pytest.mark.parametrize("off", [True, False])
def test_why_a_web_search_failed(qtbot: QtBot, qapp: QApplication, off: bool) -> None:
    view = AssistantMessageView(Message("m", "assistant", ()), 1)
    qtbot.addWidget(view)
    view.show()
    view.show_sources(Sources((), 0, error="429", off=off))
    notice = next(each for each in view.findChildren(InlineNotice) if each.text().startswith("Web search"))
    with in_chinese(qapp):
        assert CHINESE.search(notice.text())
    assert notice.text().startswith("Web search")


def test_that_dictated_words_are_being_recognised(qtbot: QtBot, qapp: QApplication) -> None:
    meter = DictationMeter()
    qtbot.addWidget(meter)
    meter.show_recognising()
    assert meter.label.text() == "Recognising…"
    with in_chinese(qapp):
        assert CHINESE.search(meter.label.text())
        meter.show_level(-20, "0:03")
    assert meter.label.text() == "0:03"


def test_why_a_number_is_refused(qtbot: QtBot, qapp: QApplication) -> None:
    number, refusals = SpinBox("Messages", 1, 9, 1), list[str]()
    qtbot.addWidget(number)
    number.show()
    number.refused.connect(refusals.append)
    number.selectAll()
    QTest.keyClicks(number, "99")
    number.commit()
    assert "too large" in refusals[-1]
    with in_chinese(qapp):
        assert CHINESE.search(refusals[-1])
        assert number.text() == "99"
    assert "too large" in refusals[-1]


def test_a_summary_is_drawn_once_a_frame(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    offer = ContextOffer()
    qtbot.addWidget(offer)
    offer.show()
    offer.show_summary("")
    offer.set_summarising(True)
    drawn: list[str] = []
    draw = offer.summary.append_text

    def note(text: str) -> None:
        drawn.append(text)
        draw(text)

    monkeypatch.setattr(offer.summary, "append_text", note)
    for _ in range(200):
        offer.append_summary("word ")
    assert drawn == []
    assert offer.summary_text() == "word " * 200, "nothing is lost if the offer is closed now"
    qtbot.waitUntil(lambda: offer.summary.toPlainText() == "word " * 200)
    offer.append_summary("end")
    qtbot.waitUntil(lambda: offer.summary.toPlainText().endswith("end"))
    assert drawn == ["word " * 200, "end"], "what is drawn already is not drawn again"
    offer.append_summary(".")
    offer.set_summarising(False)
    assert offer.summary.toPlainText() == "word " * 200 + "end."


def test_a_summary_that_arrives_is_masked_while_presenting(qtbot: QtBot) -> None:
    offer = ContextOffer()
    qtbot.addWidget(offer)
    offer.show()
    offer.show_summary("")
    offer.set_summarising(True)
    offer.append_summary("Hello Ann")
    offer.draw_summary()
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    try:
        offer.append_summary("ika, and")
        offer.draw_summary()
        assert "Annika" not in offer.summary.toPlainText()
        offer.append_summary(" others")
        offer.draw_summary()
        assert offer.summary.toPlainText().endswith("and others")
        assert "Annika" not in offer.summary.toPlainText()
        assert offer.summary_text() == "Hello Annika, and others"
        offer.set_summarising(False)
        assert offer.summary_text() == "Hello Annika, and others"
    finally:
        presentation_cover().set_mask(None)
    assert offer.summary.toPlainText() == "Hello Annika, and others"
