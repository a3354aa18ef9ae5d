"""Web search in the chat: switched, locked, its sources and their marks, and what helps where none came."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from app.core import console
from app.core.errors import Code, ServiceError
from app.core.events import Finished, SearchFailed, SourcesFound, TextDelta, ThinkingDelta, UsageReported
from app.core.messages import Message, Reply, Source, Text, Usage
from app.core.profiles import Profile
from app.core.requests import WebSearch
from app.core.web_search import SearchLock
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.transcript.search_notice import SearchNotice
from app.ui.chat.transcript.source_summary import SourceSummary
from app.ui.chat.transcript.thoughts import Thoughts
from app.ui.chat.web_search_section import WebSearchSection
from app.ui.widgets.labels import Label
from app.ui.widgets.notices import InlineNotice
from tests.ui.chat.harness import ChatHarness, chat

PAGES = (
    Source("https://en.wikipedia.org/wiki/Reverberation", "Reverberation", "en.wikipedia.org", "How sound decays."),
    Source("https://www.zhihu.com/q/1", "会议室混响怎么改", "", "Panels help.", "2026-10-12T08:00:00+08:00"),
)
ANSWER = [
    SourcesFound(PAGES),
    ThinkingDelta("Hm."),
    TextDelta("Aim for 0.6 s [1]. Panels help【2】, not [3]."),
    Finished("stop"),
]
HELLO = [TextDelta("Hello!"), Finished("stop")]
SEARCH_IS_OFF = ServiceError(Code.SEARCH_OFF, message="Param Incorrect", param="webSearchEnabled is false")


def section(harness: ChatHarness) -> WebSearchSection:
    assert harness.view.parameters is not None
    return harness.view.parameters.web_search


def shown_texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisible() and label.text()]


async def test_the_chip_and_the_section_switch_it_for_the_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        part, chip = section(harness), harness.view.composer.search
        chip.click()
        assert part.on.isChecked()
        part.keywords.setValue(2)
        part.results.setValue(3)
        part.location.setText("China, Hubei, Wuhan, 114.31, 30.59")
        part.force.click()
        await harness.ask("What is new?")
        await harness.settled()
        wanted = WebSearch(True, 2, 3, "China, Hubei, Wuhan, 114.31, 30.59")
        assert harness.script.requests[0].web_search == wanted
        assert harness.view.parameters is not None
        assert harness.view.parameters.page_header.badge.text() == "5 changed"
        part.on.click()
        assert not chip.isChecked()
        await harness.ask("And now?")
        await harness.settled()
        assert harness.script.requests[1].web_search is None
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.web_search == wanted, "the values stay while it is off"


async def test_a_place_that_can_not_be_meant_stays_in_the_field_and_is_not_used(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        part = section(harness)
        assert "Form: country, region, city, district, longitude, latitude" in shown_texts(part)
        QTest.keyClicks(part.location, "China, Hubei, Wuhan")
        assert "China · Hubei · Wuhan" in shown_texts(part)
        QTest.keyClicks(part.location, ", 114.31")
        assert part.location.text() == "China, Hubei, Wuhan, 114.31"
        assert "Longitude and latitude belong together: add the missing one." in shown_texts(part)
        assert "Until then this is sent: China · Hubei · Wuhan" in shown_texts(part)
        session = harness.workspace.current
        assert session is not None
        assert session.conversation.web_search.location == "China, Hubei, Wuhan, "
        session.configure(title="Renamed")
        assert part.location.text() == "China, Hubei, Wuhan, 114.31", "a change elsewhere takes nothing from the field"
        part.location.insert("，30.59")
        assert "China · Hubei · Wuhan · 114.31 E, 30.59 N" in shown_texts(part)
        assert "add the missing one" not in " ".join(shown_texts(part))
        assert session.conversation.web_search.location == "China, Hubei, Wuhan, 114.31，30.59"
        part.location.setText("Wuhan")
        assert "country Wuhan" in shown_texts(part), "one name may be meant for another place"


PLAN = Profile("t", "token-plan-cn", "Plan", "https://token-plan-cn.xiaomimimo.com/v1")
ANTHROPIC = Profile("a", "payg", "A", "https://x.example", protocol="anthropic")


async def test_where_it_does_not_exist_it_is_locked_with_the_reason(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        part, chip = section(harness), harness.view.composer.search
        part.on.click()
        part.keywords.setValue(7)
        session = harness.workspace.current
        assert session is not None
        for profile, reason in ((PLAN, "Token Plan"), (ANTHROPIC, "Anthropic")):
            harness.workspace._connection.profile = profile  # type: ignore[misc]
            session.configure(title=profile.name)
            assert not (chip.isEnabled() or part.on.isEnabled() or part.location.isEnabled() or part.on.isChecked())
            assert reason in " ".join(shown_texts(part))
            assert reason in chip.toolTip()
            assert reason in part.on.accessibleDescription()
        await harness.ask("What is new?")
        await harness.settled()
        assert harness.script.requests[0].web_search is None
        assert session.conversation.searches
        assert session.conversation.web_search.keywords == part.keywords.value() == 7


def test_a_gateway_gets_a_hint_and_no_lock(qtbot: QtBot) -> None:
    part = WebSearchSection()
    qtbot.addWidget(part)
    part.show()
    part.show_search("a", WebSearch(), on=True, lock=None, unsure=True)
    assert part.on.isChecked()
    assert part.on.isEnabled()
    assert any("may refuse it" in text for text in shown_texts(part))
    part.show_search("a", WebSearch(), on=True, lock=SearchLock.MODEL, unsure=False)
    assert "This model can't search the web." in shown_texts(part)


def answer_of(harness: ChatHarness) -> ReadingText:
    return [text for text in harness.view.findChildren(ReadingText) if text.accessibleName() == "Answer"][-1]


def sources_of(harness: ChatHarness) -> QListWidget:
    return [listed for listed in harness.view.findChildren(QListWidget) if listed.accessibleName() == "Sources"][-1]


def links_in(text: ReadingText) -> list[tuple[str, str]]:
    """Each run of linked characters with its address, joined where neighbours have the same one."""
    runs: list[tuple[str, str]] = []
    cursor = QTextCursor(text.document())
    for position in range(1, text.document().characterCount()):
        cursor.setPosition(position)
        href = cursor.charFormat().anchorHref()
        character = text.document().characterAt(position - 1)
        if href and runs and runs[-1][1] == href:
            runs[-1] = runs[-1][0] + character, href
        elif href:
            runs.append((character, href))
    return runs


async def test_sources_are_numbered_chips_below_the_answer_and_marks_in_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, ANSWER) as harness:
        harness.view.composer.search.click()
        await harness.ask("Room?")
        await harness.settled()
        text, listed = answer_of(harness), sources_of(harness)
        assert text.toPlainText() == "Aim for 0.6 s [1]. Panels help【2】, not [3]."
        assert links_in(text) == [("[1]", PAGES[0].url), ("【2】", PAGES[1].url)]
        thoughts = harness.view.findChildren(Thoughts)[-1]
        assert thoughts.y() < text.y() < listed.y()
        cursor = text.document().find("1")
        assert cursor.charFormat().toolTip() == PAGES[0].url
        role = Qt.ItemDataRole
        items = [listed.item(row) for row in range(listed.count())]
        assert [item.text() for item in items] == [
            "en.wikipedia.org Reverberation", "zhihu.com 会议室混响怎么改 · 12 Oct",
        ]  # fmt: skip
        assert items[1].data(role.AccessibleTextRole) == "2 会议室混响怎么改, zhihu.com, 12 Oct"
        assert items[1].data(role.AccessibleDescriptionRole) == "Panels help."
        assert "Panels help." in items[1].toolTip()
        opened: list[str] = []
        assert harness.view.transcript is not None
        harness.view.transcript.open_link.disconnect()
        harness.view.transcript.open_link.connect(opened.append)
        items[1].setSelected(True)
        assert opened == [PAGES[1].url]
        assert not [notice for notice in harness.view.findChildren(SearchNotice) if notice.isVisible()]


async def test_marks_are_shown_while_the_answer_streams_and_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    pieces: list[Any] = [TextDelta(character) for character in "Aim [1] and 【2】."]
    async with chat(qtbot, tmp_path, [SourcesFound(PAGES), *pieces, Finished("stop")]) as harness:
        await harness.ask("Room?")
        await harness.settled()
        assert links_in(answer_of(harness)) == [("[1]", PAGES[0].url), ("【2】", PAGES[1].url)]
        assert answer_of(harness).toPlainText() == "Aim [1] and 【2】."
    async with chat(qtbot, tmp_path, last=True) as harness:
        await harness.settled()
        assert links_in(answer_of(harness)) == [("[1]", PAGES[0].url), ("【2】", PAGES[1].url)]
        assert sources_of(harness).y() > answer_of(harness).y()


async def test_with_the_plugin_off_the_user_chooses_the_page_or_an_answer_without(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [SEARCH_IS_OFF], HELLO) as harness:
        harness.view.composer.search.click()
        await harness.ask("Room?")
        await harness.settled()
        assert len(harness.script.requests) == 1, "nothing is sent again by itself"
        opened: list[str] = []
        assert harness.view.transcript is not None
        harness.view.transcript.open_link.disconnect()
        harness.view.transcript.open_link.connect(opened.append)
        harness.button("Open the console").click()
        assert opened == [console.PLUGIN]
        harness.button("Answer without search").click()
        await harness.settled()
        assert [request.web_search for request in harness.script.requests] == [WebSearch(), None]
        assert answer_of(harness).toPlainText() == "Hello!"
        assert harness.view.composer.search.isChecked(), "the next message searches again"
        assert not [notice for notice in harness.view.findChildren(SearchNotice) if notice.isVisible()]


async def test_without_sources_the_causes_are_said_and_a_forced_search_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    searched = [SourcesFound(PAGES), UsageReported(Usage(10, 5, searches=2)), *HELLO]
    failed = [SearchFailed("the engine did not answer in time"), TextDelta("From memory."), Finished("stop")]
    async with chat(qtbot, tmp_path, HELLO, searched, failed) as harness:
        harness.view.composer.search.click()
        await harness.ask("Room?")
        await harness.settled()
        notice = next(notice for notice in harness.view.findChildren(SearchNotice) if notice.isVisible())
        (text,) = shown_texts(notice)
        assert all(cause in text for cause in ("saw no need", "five minutes", "does not support it"))
        harness.button("Force search and retry").click()
        await harness.settled()
        assert harness.script.requests[1].web_search == WebSearch(force=True)
        assert not section(harness).force.isChecked(), "for this answer only"
        assert harness.workspace.current is not None
        assert len(harness.workspace.current.tree.siblings(harness.workspace.current.branch[-1].id)) == 2
        usage = [label.accessibleName() for label in harness.view.findChildren(Label) if "2 searches" in label.text()]
        assert usage, "billed searches are in the footer"
        await harness.ask("And now?")
        await harness.settled()
        shown = [notice.text() for notice in harness.view.findChildren(InlineNotice) if notice.isVisible()]
        assert shown == ["Web search failed: the engine did not answer in time"], "in the words of the service"
        assert not [notice for notice in harness.view.findChildren(SearchNotice) if notice.isVisible()]


@pytest.mark.parametrize("searches", [0, 2])
def test_a_search_that_was_forced_is_not_offered_again(qtbot: QtBot, searches: int) -> None:
    notice = SearchNotice()
    qtbot.addWidget(notice)
    for search, is_offered in (("offered", True), ("forced", False)):
        reply = Reply("m", "m", "stop", Usage(10, 5, searches=searches), search=search)
        notice.show_outcome(Message("a", "assistant", (Text("Hi"),), replies=(reply,)))
        assert shown_texts(notice), "why there are no sources is said in both cases"
        assert notice.force.isVisibleTo(notice) is is_offered


async def test_the_keyboard_shows_the_summary_of_a_source(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, ANSWER) as harness:
        await harness.ask("Room?")
        await harness.settled()
        harness.view.activateWindow()
        await harness.until(harness.view.isActiveWindow)
        listed = sources_of(harness)
        listed.setFocus(Qt.FocusReason.TabFocusReason)
        (summary,) = harness.view.findChildren(SourceSummary)
        assert summary.isVisible()
        assert "How sound decays." in summary.text()
        QTest.keyClick(listed, Qt.Key.Key_Right)
        assert "Panels help." in summary.text()
        assert harness.view.rect().contains(summary.geometry())
        harness.view.composer.field.setFocus()
        assert not summary.isVisible()


async def test_a_letter_of_a_draft_does_not_show_the_search_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat(qtbot, tmp_path) as harness:
        assert harness.view.parameters is not None
        section, shown = harness.view.parameters.web_search, []
        show = section.show_search

        def note(*args: Any, **options: Any) -> None:
            shown.append(options["on"])
            show(*args, **options)

        monkeypatch.setattr(section, "show_search", note)
        harness.view.composer.field.setPlainText("a letter")
        assert shown == []
        session = harness.workspace.current_or_new()
        session.configure(searches=not session.conversation.searches)
        assert shown == [session.conversation.searches]
