"""The Data page: sizes, backups, export and import, and erasing everything."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.conversation import Conversation
from app.core.errors import Code, StorageError
from app.core.messages import user_message
from app.core.profiles import PRESETS
from app.core.settings import (
    ASK_BEFORE_TOOL,
    BACKUP_COUNT,
    BACKUP_DAYS,
    CALLS_KEPT,
    PRESENTATION_MODE,
    TEXT_SIZE,
    THEME,
    Settings,
)
from app.core.tool_servers import ServerTool, ToolServer
from app.storage.erasing import erase
from app.storage.home import open_home
from app.storage.settings import SettingsFile
from app.ui.language import Language
from app.ui.settings.data_page import DataPage
from app.ui.settings.data_presenter import _sizes
from app.ui.theme.theme import theme
from tests.plugins.demo_service import DemoService
from tests.ui.settings.harness import TYPED_KEY, SettingsHarness, settings_harness
from tests.waiting import wait_until

PAYG = next(preset.base_url for preset in PRESETS if preset.id == "payg")


@pytest.fixture(autouse=True)
def plain_look() -> Iterator[None]:
    yield
    theme().set_mode("light")


async def keep_conversation(harness: SettingsHarness, words: str) -> None:
    conversation = Conversation(words, title=words)
    await harness.database.conversations.keep(conversation)
    await harness.database.conversations.keep_messages(words, (user_message(words),))


async def titles(harness: SettingsHarness) -> set[str]:
    return {conversation.title for conversation in await harness.database.conversations.listed()}


async def test_a_backup_is_made_listed_and_restored(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path, backup_count=2) as harness:
        page = harness.view.data
        harness.view.show_page("data")
        await harness.settle()
        assert page._path.text() == str(tmp_path / "home")
        assert "in total" in page.sizes.text()
        assert page._no_backup.isVisible()
        await keep_conversation(harness, "first")
        for _ in range(3):
            page._back_up.click()
            await harness.settle()
        assert page.list.model().rowCount() == 2
        await harness.database.conversations.delete("first")
        await harness.database.purge()
        assert await titles(harness) == set()
        assert not page._restore.isEnabled()
        page.list.setCurrentIndex(page.list.model().index(0, 0))
        page._restore.click()
        await harness.settle()
        assert await titles(harness) == {"first"}
        assert "Conversations: 1 · Messages: 1" in harness.notifications[-1].text


async def test_the_sizes_count_tool_servers_and_what_their_tools_showed(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:

        def sizes() -> dict[str, int]:
            return _sizes(harness.dependencies.paths)

        before = sizes()
        tool = ServerTool("find_objects", description="x" * 300_000)
        await harness.database.tool_servers.keep(ToolServer("s", "museum", command="run", tools=(tool,)))
        harness.database.blobs.put(b"p" * 200_000)
        after = sizes()
        assert after["words"] - before["words"] >= 300_000
        assert after["blobs"] - before["blobs"] == 200_000
        assert after["all"] == sum(size for kind, size in after.items() if kind != "all")


async def test_export_and_import_carry_everything_except_keys(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "all.zip"

    async def chosen(*_arguments: Any) -> Path:
        return target

    monkeypatch.setattr("app.ui.settings.data_presenter.ask_to_save", chosen)
    monkeypatch.setattr("app.ui.settings.data_presenter.ask_to_open", chosen)
    async with settings_harness(qtbot, demo_service, tmp_path / "one", keychain_works=False) as harness:
        await harness.dependencies.keys.save("payg", TYPED_KEY, in_file=True)
        await keep_conversation(harness, "travels")
        (tmp_path / "one" / "home" / "settings.json").write_text(
            json.dumps(
                {
                    "version": 1,
                    "values": {
                        "theme": "dark",
                        "backup_count": 3,
                        "volume": 5,
                        "ask_before_tool": False,
                        "profiles": [
                            {
                                "id": "own",
                                "kind": "self-hosted",
                                "name": "Own server",
                                "base_url": "http://127.0.0.1:9/v1",
                            },
                            {
                                "id": "payg",
                                "kind": "gateway",
                                "name": "Elsewhere",
                                "base_url": "https://evil.example/v1",
                            },
                        ],
                    },
                }
            )
        )
        harness.view.data._export.click()
        await harness.settle()
        assert "except API keys" in harness.notifications[-1].text
    assert TYPED_KEY.encode() not in target.read_bytes()
    async with settings_harness(qtbot, demo_service, tmp_path / "two") as harness:
        harness.view.data._import.click()
        await harness.settle()
        assert await titles(harness) == {"travels"}
        assert harness.dependencies.settings.get(THEME) == "system"
        assert "Different from yours: 3." in harness.view.data.notice.text()
        assert "New services: Own server." in harness.view.data.notice.text()
        assert "different addresses: Elsewhere." in harness.view.data.notice.text()
        harness.dependencies.settings.set(PRESENTATION_MODE, True)
        assert "Own server" not in harness.view.data.notice.text()
        assert "New services: 1." in harness.view.data.notice.text()
        harness.dependencies.settings.set(PRESENTATION_MODE, False)
        assert "New services: Own server." in harness.view.data.notice.text()
        harness.view.data.notice.action.click()
        await harness.settle()
        assert theme().dark
        assert harness.dependencies.settings.get(BACKUP_COUNT) == 3
        (added,) = [profile for profile in harness.dependencies.profiles.all() if profile.name == "Own server"]
        assert added.base_url == "http://127.0.0.1:9/v1"
        assert harness.dependencies.profiles.get("payg").base_url == PAYG
        assert harness.dependencies.settings.get(ASK_BEFORE_TOOL), "an archive allows nothing"
        assert harness.notifications[-1].text == "Settings imported: 3"
        await harness.undo()
        assert harness.dependencies.settings.get(THEME) == "system"
        assert harness.dependencies.settings.get(BACKUP_COUNT) == 7
        assert harness.dependencies.profiles.get(added.id).id == "demo"
        assert harness.outside.taken_back == [{}], "the library is asked to give up imported prompts"
        harness.view.data._import.click()
        await harness.settle()
        assert harness.notifications[-1].text == "Nothing to add: everything in the file is already here."


async def test_a_file_that_is_not_an_archive_is_refused(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "words.zip"
    source.write_text("words", encoding="utf-8")

    async def chosen(*_arguments: Any) -> Path:
        return source

    monkeypatch.setattr("app.ui.settings.data_presenter.ask_to_open", chosen)
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.view.data._import.click()
        await harness.settle()
        assert "words.zip can't be imported here" in harness.notifications[-1].text
        assert harness.view.data._import.isEnabled()


async def test_export_shows_progress_and_can_be_stopped(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, seen = tmp_path / "all.zip", []
    begun = asyncio.Event()

    async def chosen(*_arguments: Any) -> Path:
        return target

    async def slowly(_target: Path, progress: Callable[[float], object]) -> None:
        progress(0.25)
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("app.ui.settings.data_presenter.ask_to_save", chosen)
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.data
        harness.view.show_page("data")
        await harness.settle()
        page.ask_to_erase()
        page.confirmation.setText("ERASE")
        assert page._erase.isEnabled()
        assert not page._stop.isVisible()
        dependencies: Any = harness.dependencies
        monkeypatch.setattr(type(dependencies), "archiver", dependencies.archiver._replace(export=slowly))
        page._export.click()
        await asyncio.wait_for(begun.wait(), 20)
        await wait_until(lambda: "25" in page._busy.text())
        seen.append(page._busy.text())
        assert page._stop.isVisible()
        assert not page._export.isEnabled()
        assert not page._erase.isEnabled(), "nothing is erased while it is taken elsewhere"
        page._stop.click()
        await harness.settle()
        assert page._busy.text() == ""
        assert not page._stop.isVisible()
        assert page._export.isEnabled()
        assert page._erase.isEnabled()
        assert harness.notifications[-1].text.startswith("Stopped.")


async def test_a_key_that_cannot_be_removed_is_reported_once_and_blocks_nothing(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(_names: object) -> list[StorageError]:
        return [StorageError(Code.KEYRING_FAILED, message="locked")]

    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.data
        monkeypatch.setattr(harness.dependencies.keys, "remove_all", refuse)
        harness.view.show_page("data")
        await harness.settle()
        page.ask_to_erase()
        page.confirmation.setText("ERASE")
        page._erase.click()
        await harness.settle()
        assert not harness.outside.erased
        assert "could not be removed" in page.notice.text()
        page._erase.click()
        await harness.settle()
        assert harness.outside.erased


async def test_the_page_mentions_keys_saved_in_a_file(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.view.show_page("data")
        await harness.settle()
        assert "except keys" in harness.view.data._description.text()
        await harness.dependencies.keys.save("payg", TYPED_KEY, in_file=True)
        harness.view.show_page("network")
        harness.view.show_page("data")
        await harness.settle()
        assert "including the keys" in harness.view.data._description.text()
        harness.dependencies.settings.set(PRESENTATION_MODE, True)
        harness.view.show_page("network")
        harness.view.show_page("data")
        await harness.settle()
        assert not harness.view.data._open.isEnabled(), "the file manager would show where it is"


async def test_the_number_of_saved_calls_can_be_set(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        harness.view.data._calls.number.setValue(200)
        assert harness.dependencies.settings.get(CALLS_KEPT) == 200
        harness.dependencies.settings.set(CALLS_KEPT, 300)
        assert harness.view.data._calls.value() == 300


async def test_erasing_asks_for_confirmation_and_removes_keys_first(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.data
        await harness.dependencies.keys.save("payg", TYPED_KEY)
        harness.view.show_page("data")
        await harness.settle()
        assert not page.confirmation.isVisible()
        page._ask_erase.click()
        assert page.confirmation.isVisible()
        assert "ERASE" in page.confirmation.accessibleDescription(), "who only hears the page knows the word too"
        assert page._export_first.isVisible()
        page.confirmation.setText("erase")
        assert not page._erase.isEnabled()
        page._cancel.click()
        assert not page.confirmation.isVisible()
        page._ask_erase.click()
        page.confirmation.setText("ERASE")
        page._erase.click()
        await harness.settle()
        assert harness.outside.erased
        assert harness.keychain.kept == {}


def test_the_confirmation_word_follows_the_language(qtbot: QtBot, qapp: QApplication) -> None:
    language, page = Language(qapp), DataPage(Settings())
    qtbot.addWidget(page)
    page.ask_to_erase()
    page.confirmation.setText("ERASE")
    assert page._erase.isEnabled()
    language.use("zh_CN")
    try:
        QApplication.processEvents()
        assert not page._erase.isEnabled()
        page.confirmation.setText("清除")
        assert page._erase.isEnabled()
    finally:
        language.use("en")
        QApplication.processEvents()
    assert not page._erase.isEnabled()


def test_erasing_removes_only_our_own_files(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    SettingsFile(home.settings).load().set(TEXT_SIZE, 120)
    foreign = home.root / "letter.txt"
    foreign.write_text("mine", encoding="utf-8")
    for name in ("workbench.db", "workbench.db-wal", "workbench.damaged-20260101-000000.db", "secrets.json"):
        (home.root / name).write_bytes(b"x")
    (home.blobs / "ab").mkdir()
    home.presentation.mkdir()
    (home.blobs / "ab" / "sound").write_bytes(b"x")
    assert erase(home) == []
    assert list(home.root.iterdir()) == [foreign]
    home.presentation.mkdir()
    (home.presentation / "sample.wav").write_bytes(b"mine too")
    assert erase(home) == []
    assert sorted(home.root.iterdir()) == [foreign, home.presentation]
    assert (home.presentation / "sample.wav").is_file()


async def test_backup_numbers_are_integers_and_saved_after_a_pause(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.data
        harness.view.show_page("data")
        await harness.settle()
        assert [number.number.text() for number in (page._count, page._hours, page._limit)] == ["7", "24", "2048"]
        kept: list[int] = []
        harness.dependencies.settings.watch(BACKUP_COUNT, kept.append)
        page._count.number.selectAll()
        qtbot.keyClicks(page._count.number, "12")
        assert kept == [], "not 1 on the way to 12"
        qtbot.keyClick(page._count.number, Qt.Key.Key_Return)
        assert kept == [12]
        page._hours.number.setValue(6)
        assert harness.dependencies.settings.get(BACKUP_DAYS) == 0.25
        harness.dependencies.settings.set(BACKUP_DAYS, 0.05)
        assert page._hours.value() == 1
        harness.view.show_page("about")
        assert harness.dependencies.settings.get(BACKUP_DAYS) == 0.05, "shown as near as can be, and left alone"
        page._hours.number.setValue(page._hours.number.minimum())
        page._hours.number.setValue(page._hours.number.maximum())
        assert harness.dependencies.settings.get(BACKUP_DAYS) == BACKUP_DAYS.high


async def test_backups_have_a_frame_and_buttons_share_a_line(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with settings_harness(qtbot, demo_service, tmp_path) as harness:
        page = harness.view.data
        harness.view.show_page("data")
        await harness.settle()
        assert not page._frame.isVisible(), "no frame around nothing"
        page._back_up.click()
        await harness.settle()
        assert page._frame.isVisible()
        assert page._frame.isAncestorOf(page.list)
        page.ask_to_erase()
        await wait_until(lambda: page._erase.isVisible() and page._erase.y() > 0)
        assert len({(act.y(), act.height()) for act in (page._export_first, page._cancel, page._erase)}) == 1
