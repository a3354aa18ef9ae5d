"""Nothing private that is written into the studio is on its screen, or read aloud, in presentation mode."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.core.audition_grids import Cell, GridDirection
from app.core.auditions import AuditionVote, new_audition, revealed, with_vote
from app.core.presentation_mask import PresentationMask
from app.core.settings import FAVOURITE_TAGS, RECENT_TAGS
from app.core.takes import ReadBack, TakeFinding, VoiceSnapshot
from app.services.speech.direction import Layers
from app.ui.studio.export.page import TABS, ExportPage
from app.ui.studio.health.room import HealthRoom
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowRole
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import CompareDesk, add_take, compare_desk, shown_studio
from tests.waiting import wait_until

PLANTED = "Annika"
PATH = "/home/somebody/secret/line.wav"
WORDS = f"{PLANTED} keeps {PATH}"
SECRETS = ("annika", "somebody", "/secret")
_KEYS = frozenset({RowRole.KEY, RowRole.FOUND})
"""Roles that only the program reads."""


@pytest.fixture(autouse=True)
def uncovered() -> Iterator[None]:
    yield
    if presentation_cover().active:
        presentation_cover().set_mask(None)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as made:
        yield made


def shown_by(widget: QWidget) -> Iterator[tuple[str, str]]:
    """What a widget shows, and tells assistive tools, each with what it is."""
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "tooltip", widget.toolTip()
    yield "title", widget.windowTitle()
    interface = QAccessible.queryAccessibleInterface(widget)
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield str(kind), interface.text(kind) if interface is not None else ""
    match widget:
        case QLineEdit():
            yield "display", widget.displayText()
        case QPlainTextEdit():
            yield "document", widget.document().toPlainText()
        case QAbstractItemView():
            yield from _shown_rows(widget)
        case _ if callable(getattr(widget, "text", None)):
            yield "text", str(widget.text())  # type: ignore[attr-defined]


def _shown_rows(listed: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model = listed.model()
    columns = model.columnCount(QModelIndex()) if isinstance(listed, QTableView) else 1
    rows = model.rowCount()
    roles = [role for role in (*Qt.ItemDataRole, *RowRole) if role not in _KEYS and role != Qt.ItemDataRole.UserRole]
    for row in range(rows):
        for column in range(columns):
            for role in roles:
                value = model.data(model.index(row, column), role)
                if isinstance(value, str):
                    yield f"row {row}, {column}, role {int(role)}", value
    sides = ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, rows))
    for side, count in sides if isinstance(listed, QTableView) else ():
        for section in range(count):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield f"header {section}", str(model.headerData(section, side, role) or "")


def leaks(view: QWidget) -> list[str]:
    """Where something planted can be seen or heard."""
    return [
        f"{type(widget).__name__} {widget.objectName()}: {what}: {words[:80]}"
        for widget in view.findChildren(QWidget)
        for what, words in shown_by(widget)
        if any(secret in words.lower() for secret in SECRETS)
    ]


async def plant(desk: CompareDesk, said: list[Notification]) -> None:
    """Write what is private wherever the studio takes words."""
    view, context = desk.view, desk.context
    context.settings.set(FAVOURITE_TAGS, [f"audio:{WORDS}"])
    context.settings.set(RECENT_TAGS, [f"audio:{WORDS}"])
    layers = Layers(WORDS, WORDS, WORDS, WORDS)
    for kind in ("free", "role", "scene", "guidance", "whole"):
        await context.directions.save(f"{WORDS} {kind}", layers, kind)
    voice = VoiceSnapshot("cloned", "v1", WORDS)
    for number in (3, 4):
        take = await add_take(
            context, number, 1.0, voice=voice, text=f"{WORDS} [{PLANTED}]", direction=WORDS, note=WORDS, stars=1
        )
    await context.library.keep_take(msgspec.structs.replace(take, voice=voice), WORDS, "agreed")
    view.text.set_plain_text(f"[{WORDS}] {WORDS} (laughs out of {PLANTED} [unclosed")
    view.direction_panel.fill(layers)
    context.sessions.rename(context.sessions.current.id, WORDS)
    await desk.quiet()
    view.takes_panel.list.go_to(take.id)
    palette = view.text.palette_area
    palette.chips["favourites"].click()
    palette.tags.setCurrentIndex(palette.tags.model().index(0, 0))
    view.takes_panel.filter.query.setText("keeps")
    context.notifier.listen(said.append)


async def test_what_is_written_in_the_studio_is_masked(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with compare_desk(view, demo_service, tmp_path) as desk:
        said: list[Notification] = []
        await plant(desk, said)
        assert len(leaks(view)) > 10, "what is planted is there"
        presentation_cover().set_mask(PresentationMask(names=[PLANTED]))
        assert leaks(view) == []
        panel = view.direction_panel
        for kind in ("free", "role", "whole"):
            panel.choose_pressed.emit(kind)
            assert panel.saved.list.model().rowCount() and leaks(view) == []
        panel.saved.rename.click()
        assert leaks(view) == []
        panel.show_free(True)
        palette = view.text.palette_area
        palette.chips["recent"].click()
        palette.tags.setCurrentIndex(palette.tags.model().index(0, 0))
        assert leaks(view) == []
        view.takes_panel.redo.click()
        view.takes_panel.keep.click()
        view.takes_panel.reuse.click()
        await desk.quiet()
        assert leaks(view) == []
        mime = await desk.presenter.sharing.mime_of([view.takes_panel.model.takes()[1]])
        shared = [mime.text(), *(Path(url.toLocalFile()).name for url in mime.urls())]
        assert not [words for words in shared if any(secret in words.lower() for secret in SECRETS)]
        presentation_cover().set_mask(None)
        assert WORDS in view.text.plain_text() and panel.everything().free == WORDS


async def test_exports_and_votes_are_masked(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with compare_desk(view, demo_service, tmp_path) as desk:
        await plant(desk, [])
        takes = [take for take in view.takes_panel.model.takes() if take.number in (3, 4)]
        lines = [msgspec.structs.replace(take, text=f"{WORDS} {line}") for line in ("one", "two") for take in takes]
        audition = new_audition(lines, random.Random(1), title=WORDS, session="s", now=1.0)
        desk.context.auditions.put(with_vote(revealed(audition, 2.0), AuditionVote("V", (0, 1), WORDS), 3.0))
        view.takes_panel.list.select_keys([take.id for take in takes])
        view.takes_panel.export.click()
        page = view.page
        assert isinstance(page, ExportPage)
        for tab in TABS:
            page.show_tab(tab)
            await desk.quiet()
            assert leaks(view.page), tab
        sections = [row.section for row in page.votes.result_model.rows()]
        assert sections[0].startswith("1. Annika") and sections[-1].startswith("2. Annika")
        presentation_cover().set_mask(PresentationMask(names=[PLANTED]))
        for tab in TABS:
            page.show_tab(tab)
            await desk.quiet()
            assert leaks(view) == [], tab
        names = [row.title for row in page.files.model.rows()]
        assert len(names) == 2 and not any(secret in name.lower() for secret in SECRETS for name in names)
        view.close_page()


async def test_the_health_of_takes_is_masked(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with compare_desk(view, demo_service, tmp_path) as desk:
        await plant(desk, [])
        panel = view.takes_panel
        take = panel.model.take("take-4")
        assert take is not None
        heard = ReadBack("check", f"{WORDS} {PATH}", "mimo-v2.5-asr", 1.0)
        found = (TakeFinding("missing", words=WORDS), TakeFinding("added", words=WORDS))
        await desk.context.service.stored.set_read_back(take.id, heard, found)
        for covered in (False, True):
            for button in (panel.check_words, panel.check_drift, panel.ask):
                panel.list.go_to(take.id)
                button.click()
                room = view.room
                assert isinstance(room, HealthRoom)
                room.ask.answer.begin()
                room.ask.answer.append(WORDS)
                room.ask.answer.finish()
                await desk.quiet()
                assert bool(leaks(room)) != covered, room.page
                view.close_room()
            presentation_cover().set_mask(PresentationMask(names=[PLANTED]))


async def test_a_comparison_and_a_grid_are_masked(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    async with compare_desk(view, demo_service, tmp_path) as desk:
        await plant(desk, [])
        presentation_cover().set_mask(PresentationMask(names=[PLANTED]))
        view.takes_panel.list.select_keys(["take-3", "take-4"])
        for blind in (False, True):
            room = desk.open(blind=blind)
            await desk.quiet()
            assert leaks(view) == [], f"blind: {blind}"
            assert room.isVisible()
            view.close_room()
        presentation_cover().set_mask(None)
        view.text.grid.click()
        presenter = desk.presenter.grid
        await wait_until(lambda: presenter.grid.grid.id and presenter.page.table.chosen() is not None)
        grid = presenter.grid
        grid.edit(voices=(VoiceSnapshot("cloned", "v1", WORDS),), directions=(GridDirection(WORDS, WORDS),), text=WORDS)
        await desk.quiet()
        presenter.page.table.choose(Cell(0, 0))
        assert leaks(view)
        presentation_cover().set_mask(PresentationMask(names=[PLANTED]))
        assert leaks(view) == []
