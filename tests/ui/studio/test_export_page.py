"""Exporting from the studio: names beforehand, files, and what is said where it fails; audition pages and votes."""

from __future__ import annotations

import asyncio
import base64
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QAction
from PySide6.QtQml import QJSEngine, QJSValue
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.audio.files import read_sound
from app.core.auditions import read_votes, tally
from app.core.presentation_mask import PresentationMask
from app.core.resources import resource_path
from app.core.settings import EXPORT_FOLDER, Settings
from app.services.atomic_write import write_atomically
from app.services.speech.take_export import ExportOutcome
from app.ui.language import Language, in_language
from app.ui.studio.export import audition_presenter
from app.ui.studio.export.files_presenter import FilesPresenter
from app.ui.studio.export.page import ExportPage
from app.ui.studio.view import StudioView
from app.ui.texts.export import page_texts
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import TEXT, CompareDesk, add_take, compare_desk, shown_studio
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as shown:
        yield shown
    presentation_cover().set_mask(None)


@pytest.fixture
async def desk(view: StudioView, demo_service: DemoService, tmp_path: Path) -> AsyncIterator[CompareDesk]:
    async with compare_desk(view, demo_service, tmp_path) as made:
        yield made
        view.close_page()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "exported"
    made.mkdir()
    return made


def open_page(desk: CompareDesk, *takes: str) -> ExportPage:
    """Select takes, all by default, and press Export."""
    panel = desk.view.takes_panel
    panel.list.select_keys(takes or [take.id for take in desk.takes])
    panel.list.selection_changed.emit()
    panel.export.click()
    page = desk.view.page
    assert isinstance(page, ExportPage)
    return page


def titles(page: ExportPage) -> list[str]:
    return [row.title for row in page.files.model.rows()]


def badges(page: ExportPage) -> list[str]:
    return [row.badge for row in page.files.model.rows()]


async def ran(page: ExportPage) -> str:
    """Press Export takes, wait for its end, and return what is said."""
    page.files.run.click()
    assert page.files.run.accessibleName() == "Stop export"
    await wait_until(lambda: page.files.run.accessibleName() == "Export takes")
    return page.files.notice.text()


async def test_names_and_gains_are_shown_before_anything_is_written(desk: CompareDesk, folder: Path) -> None:
    (folder / "01 MOLI.wav").write_bytes(b"")
    page = open_page(desk)
    page.files.options.folder.setText(str(folder))
    page.files.options.template.setText("{number} {voice}")
    await wait_until(lambda: titles(page) == ["01 Grandpa Zhou.wav", "02 茉莉.wav"])
    page.files.options.template.setText("same")
    assert titles(page) == ["same.wav", "same 2.wav"]
    page.files.options.format.chosen.emit("mp3")
    page.files.options.fields["direction"].click()
    assert page.files.options.template.text() == "same{direction}"
    assert list(folder.iterdir()) == [folder / "01 MOLI.wav"]
    page.files.options.template.setText("{number} {tempo}")
    assert page.files.options.template_notice.text() == "There is no field {tempo}. These exist:"
    assert titles(page) == [] and not page.files.run.isEnabled()
    page.files.options.template.setText(" ")
    assert page.files.options.template_notice.isVisible() and not page.files.run.isEnabled()
    page.files.options.template.setText("{STYLE}x")
    assert not page.files.options.template_notice.isVisible()
    assert titles(page) == ["softlyx.wav", "x.wav"]
    options = page.files.options
    options.loudness.set_key("target")
    options.loudness.chosen.emit("target")
    options.target.setValue(-16.0)
    assert badges(page) == ["+7.0 dB, 1.5 dB short: peak limit", "+6.0 dB, 1.0 dB short: peak limit"]
    options.peak.setValue(0.0)
    options.target.setValue(-30.0)
    assert badges(page) == ["−5.5 dB", "−7.0 dB"]
    page.files.options.template.setText("{number}")
    assert await ran(page) == "2 files were saved."
    assert all(" dB" in row.subtitle for row in page.files.model.rows())
    options.template.setText("{date} {model}")
    for choice, key in ((options.format, "ogg"), (options.rate, "44100"), (options.loudness, "target")):
        choice.set_key(key)
        choice.chosen.emit(key)
    options.target.setValue(-19.5)
    options.peak.setValue(-2.0)
    options.tags.setChecked(False)
    options.take_settings.setChecked(False)
    again = ExportPage(desk.context.settings)
    assert again.files.options.options() == ("ogg", 44_100, -19.5, -2.0, False, False)
    assert again.files.options.template.text() == "{date} {model}"
    assert (again.files.options.rate.currentText(), again.files.options.target.value()) == ("44.1 kHz", -19.5)
    again.deleteLater()


async def test_files_are_written_beside_those_that_are_there(desk: CompareDesk, folder: Path) -> None:
    (folder / "LINE.wav").write_bytes(b"mine")
    page = open_page(desk)
    page.files.options.folder.setText(str(folder))
    page.files.options.template.setText("line")
    await wait_until(lambda: titles(page) == ["line 2.wav", "line 3.wav"])
    assert await ran(page) == "2 files were saved."
    assert badges(page) == ["saved", "saved"]
    assert page.files.progress.text() == "Exported 2 of 2"
    assert sorted(path.name for path in folder.iterdir()) == ["LINE.wav", "line 2.wav", "line 3.wav"]
    assert read_sound(folder / "line 2.wav").seconds == pytest.approx(1.2, abs=0.01)
    await ran(page)
    assert titles(page) == ["line 4.wav", "line 5.wav"], "what is exported again replaces nothing"
    assert (folder / "LINE.wav").read_bytes() == b"mine"


async def test_what_fails_is_said_and_nothing_is_lost(
    desk: CompareDesk, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(desk)
    page.files.options.folder.setText(str(tmp_path / "gone"))
    said = await ran(page)
    assert said.startswith("The folder ") and "does not exist." in said
    assert page.files.options.template.isEnabled()
    page.files.options.folder.setText(str(folder))
    assert not page.files.notice.isVisible()
    assert await ran(page) == "2 files were saved."
    lost = await add_take(desk.context, 3, 1.0)
    await asyncio.to_thread(desk.context.blobs.path(lost.audio).unlink)
    desk.view.close_page()
    page = open_page(desk, "take-3", "take-1")
    assert await ran(page) == "1 saved, 1 could not be exported. The list says why."
    assert sorted(badges(page)) == ["failed", "saved"]


async def test_stopping_keeps_the_finished_files(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(desk)
    page.files.options.folder.setText(str(folder))
    page.files.options.template.setText("{number}")
    report = FilesPresenter._report

    def stop_at_second(self: FilesPresenter, place: int, outcome: ExportOutcome | None) -> None:
        report(self, place, outcome)
        if (place, outcome) == (1, None):
            page.files.run.click()

    monkeypatch.setattr(FilesPresenter, "_report", stop_at_second)
    said = await ran(page)
    await desk.quiet()
    assert said == "Stopped. 1 finished file stays."
    assert [path.name for path in folder.iterdir()] == ["01.wav"]
    assert badges(page) == ["saved", ""]


async def test_the_header_counts_the_takes_of_a_run_that_goes_on(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(desk)
    count = page._takes.text()
    page.files.options.folder.setText(str(folder))
    held, write = asyncio.Event(), FilesPresenter._write

    async def hold(self: FilesPresenter) -> list[ExportOutcome]:
        await held.wait()
        return await write(self)

    monkeypatch.setattr(FilesPresenter, "_write", hold)
    page.files.run.click()
    desk.view.close_page()
    desk.view.takes_panel.list.select_key(desk.takes[0].id)
    assert open_page(desk, desk.takes[0].id) is page
    assert page._takes.text() == count, "what is being written"
    page.show_tab("audition")
    assert page._takes.text() != count, "what the page would be made of"
    page.show_tab("files")
    assert page._takes.text() == count
    held.set()
    await desk.quiet()
    assert len(list(folder.iterdir())) == len(desk.takes)


async def test_a_take_whose_sound_could_not_be_saved_is_saved_and_exported(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = desk.takes[0]

    async def save(_take: Any) -> Any:
        return take

    monkeypatch.setattr(desk.context.service, "ensure_saved", save)
    desk.view.takes_panel.model.set_takes([msgspec.structs.replace(take, audio="")])
    page = open_page(desk, take.id)
    page.files.options.folder.setText(str(folder))
    assert await ran(page) == "1 file was saved." and len(list(folder.iterdir())) == 1
    await desk.quiet()


async def test_the_menu_of_takes_offers_to_export_them(desk: CompareDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda *_place: None)
    panel = desk.view.takes_panel
    panel.list.select_keys([take.id for take in desk.takes])
    panel.list.selection_changed.emit()
    panel.more.click()
    (menu,) = panel.findChildren(QMenu)
    named: dict[str, QAction] = {action.text(): action for action in menu.actions()}
    assert {"Export", "Make an audition page", "Delete take", "Redo", "Compare"} <= named.keys()
    named["Export"].trigger()
    menu.close()
    assert isinstance(desk.view.page, ExportPage)
    assert [row.key for row in desk.view.page.files.model.rows()] == ["take-1", "take-2"]


async def test_while_presenting_paths_and_names_are_covered(desk: CompareDesk, tmp_path: Path) -> None:
    page = open_page(desk)
    private = tmp_path / "Klaus Meier"
    private.mkdir()
    page.files.options.folder.setText(str(private))
    page.files.options.template.setText("{voice} {number}")
    shown = tmp_path / "presented"
    presentation_cover().set_mask(PresentationMask((str(tmp_path),), ("Grandpa Zhou",)), shown)
    assert page.files.options.folder.text() == "Presentation folder"
    assert page.files.options.folder.isReadOnly() and not page.files.options.choose_folder.isVisible()
    assert titles(page) == ["01.wav", "茉莉 02.wav"]
    assert "Zhou" not in str(page.files.model.index(0).data(257 + 1)) + str(page.files.model.index(0).data())
    assert await ran(page) == "2 files were saved."
    assert sorted(path.name for path in shown.iterdir()) == ["01.wav", "茉莉 02.wav"]
    assert list(private.iterdir()) == []
    presentation_cover().set_mask(None)
    assert page.files.options.folder.text() == desk.context.settings.get(EXPORT_FOLDER) == str(private)


# -- audition page ----------------------------------------------------------------------------------------------------


def asking(path: Path) -> Callable[..., Any]:
    async def ask(_parent: Any, _title: str, _kinds: str, _name: str, _settings: Settings) -> Path:
        return path

    return ask


def code_of(*parts: str) -> str:
    """The code that the script of the page makes."""
    engine = QJSEngine()
    engine.evaluate(resource_path("audition", "vote.js").read_text(encoding="utf-8"))
    return str(engine.globalObject().property("voteCode").call([QJSValue(part) for part in parts]).toString())


async def saved_page(
    desk: CompareDesk, path: Path, monkeypatch: pytest.MonkeyPatch, *, blind: bool = True, language: str = "en"
) -> tuple[ExportPage, str]:
    """Save an audition page of all takes; return the export page, and the source."""
    page = open_page(desk)
    page.show_tab("audition")
    page.audition.title.setText("Harbour")
    page.audition.blind.setChecked(blind)
    page.audition.language.set_key(language)
    monkeypatch.setattr(audition_presenter, "ask_to_save", asking(path))
    page.audition.save.click()
    await wait_until(lambda: bool(page.audition.notice.text()))
    assert page.audition.notice.text() == f"Saved as {path.name}."
    await desk.quiet()
    return page, path.read_text(encoding="utf-8")


async def test_a_blind_page_tells_nothing_and_its_votes_reveal_it(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, source = await saved_page(desk, folder / "page.html", monkeypatch)
    (audition,) = desk.context.auditions.in_order()
    assert audition.id in source and audition.title == "Harbour" and TEXT in source
    for private in ("Zhou", "茉莉", "softly", "mimo-v2.5", "take-1", "take-2", "Take 1"):
        assert private not in source
    files = [base64.b64decode(found) for found in re.findall(r'base64,([^"]+)"', source)]
    assert len(files) == 2 and len(files[0]) == len(files[1])
    assert len({len(read_sound(file).samples) for file in files}) == 1
    assert all(file[0] == 0xFF for file in files), "a tag would stand before the first frame"
    code = code_of(audition.id, "B", "3F9ZPQ", " Anna [x] ")
    assert [vote.vote.listener for vote in read_votes(code).votes] == ["Anna x"]
    page.show_tab("votes")
    page.votes.codes.setPlainText(f"Here it is: {code}")
    page.votes.read.click()
    assert page.votes.notice.text() == "1 vote was read in." and page.votes.codes.toPlainText() == ""
    assert tally(desk.context.auditions.in_order()[0], 0).counts == (0, 1)
    rows = page.votes.result_model.rows()
    assert [(row.title, row.badge) for row in rows] == [("Sample A", "0 votes"), ("Sample B", "1 vote")]
    assert page.votes.verdict.text().startswith("Sample B has 1 of 1 votes: not enough to call.")
    page.votes.reveal.click()
    chosen = audition.sections[0].takes[1]
    title: Row = page.votes.result_model.rows()[1]
    assert title.title.startswith(f"Sample B · Take {chosen.number} · ")
    assert not page.votes.reveal.isEnabled()
    await desk.quiet()
    assert (await desk.context.auditions._store.listed())[0].revealed
    assert page.votes.listeners.text() == "1 vote: Anna x"
    undo: list[Any] = []
    desk.context.notifier.listen(lambda message: undo.append(message.undo))
    desk.view.takes_panel.votes_wanted.emit()
    assert page.votes.pages.selected_key() == audition.id
    page.votes.delete.click()
    await wait_until(lambda: not page.votes.pages_model.rows())
    assert not page.votes.delete.isEnabled() and page.votes.verdict.text() == ""
    await wait_until(lambda: bool(undo))
    undo[-1]()
    await wait_until(lambda: [row.key for row in page.votes.pages_model.rows()] == [audition.id])
    await desk.quiet()
    presentation_cover().set_mask(PresentationMask((), ("Harbour",)))
    assert "Anna" not in page.votes.listeners.text()
    assert "Harbour" not in str(page.votes.pages_model.index(0).data())
    await desk.quiet()


async def test_a_page_that_was_written_before_it_could_be_stopped_keeps_its_key(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins, goes_on = threading.Event(), threading.Event()

    def write_slowly(path: Path, content: bytes) -> None:
        begins.set()
        assert goes_on.wait(60)
        write_atomically(path, content)

    page = open_page(desk)
    page.show_tab("audition")
    page.audition.blind.setChecked(True)
    monkeypatch.setattr(audition_presenter, "ask_to_save", asking(folder / "late.html"))
    monkeypatch.setattr(audition_presenter, "write_atomically", write_slowly)
    page.audition.save.click()
    await wait_until(begins.is_set)
    page.audition.save.click()
    await asyncio.sleep(0)
    goes_on.set()
    await wait_until(lambda: bool(page.audition.notice.text()))
    assert page.audition.notice.text() == "Saved as late.html."
    (audition,) = desk.context.auditions.in_order()
    assert audition.id in (folder / "late.html").read_text(encoding="utf-8")
    await desk.quiet()


async def test_stopping_before_the_page_is_written_saves_neither_page_nor_key(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(desk)
    page.show_tab("audition")
    page.audition.blind.setChecked(True)
    monkeypatch.setattr(audition_presenter, "ask_to_save", asking(folder / "never.html"))
    page.audition.save.click()
    await wait_until(lambda: page.audition.save.accessibleName() == "Stop saving")
    page.audition.save.click()
    await wait_until(lambda: bool(page.audition.notice.text()))
    assert page.audition.notice.text() == "Stopped. No page was saved."
    assert list(folder.iterdir()) == [] and desk.context.auditions.in_order() == []
    await desk.quiet()


async def test_a_page_with_names_speaks_the_chosen_language(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page, source = await saved_page(desk, folder / "p.html", monkeypatch, blind=False)
    assert "Grandpa Zhou" in source and "softly" in source and 'lang="en"' in source
    assert "<form" not in source and "<fieldset" not in source
    assert desk.context.auditions.in_order() == []
    _page, source = await saved_page(desk, folder / "q.html", monkeypatch, language="zh_CN")
    assert 'lang="zh-CN"' in source


def test_the_sentences_of_a_page_come_in_the_language_of_the_page(qapp: QApplication) -> None:
    Language(qapp).use("en")
    assert in_language("zh_CN", lambda: page_texts(blind=True)).vote == "你的投票"
    assert in_language("en", lambda: page_texts(blind=True)).vote == "Your vote"


async def test_what_keeps_a_page_from_being_saved_is_said(
    desk: CompareDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(desk, "take-1")
    page.show_tab("audition")
    page.audition.blind.setChecked(True)
    assert page.audition.warning.text().startswith("There is nothing to vote on")
    assert not page.audition.save.isEnabled()
    page.audition.blind.setChecked(False)
    assert page.audition.save.isEnabled() and not page.audition.warning.isVisible()
    desk.view.close_page()
    page = open_page(desk)
    page.show_tab("audition")
    page.audition.blind.setChecked(True)
    page.audition.title.setText("Is it grandpa zhou?")
    assert page.audition.warning.text() == "Listeners may guess: the title or the note mentions “Grandpa Zhou”."
    assert page.audition.save.isEnabled()
    page.show_tab("audition")
    monkeypatch.setattr(audition_presenter, "ask_to_save", asking(folder / "gone" / "page.html"))
    page.audition.save.click()
    await wait_until(lambda: page.audition.notice.text().endswith("Choose another location."))
    assert desk.context.auditions.in_order() == []
    assert page.audition.save.accessibleName() == "Save audition page" and page.audition.save.isEnabled()
