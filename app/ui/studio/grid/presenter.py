"""Opens the audition grid of the open session, and connects its page to the services."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any, cast

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.audition_grids import AuditionGrid, Cell, GridDirection, is_same_voice
from app.core.errors import WorkbenchError
from app.core.legacy_tts import is_legacy, with_brackets
from app.core.settings import EQUAL_LOUDNESS
from app.core.tags import language_of
from app.core.takes import SpeechSession, Take
from app.services.speech.builtin import BUILTIN
from app.services.speech.direction import written
from app.services.speech.directions import layers_of
from app.services.speech.open_grid import OpenGrid
from app.ui.reported_tasks import Spawn, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.grid.page import GridPage
from app.ui.studio.grid.playback import GridPlayback
from app.ui.studio.grid.sides import GridSides
from app.ui.studio.view import StudioView
from app.ui.texts.speech import session_title

_REFRESH_MS = 60
"""Longest time until figures follow a change of cells, which come in tens a second while the grid is filled."""


class GridPresenter(QObject):
    """The audition grid of the session that is open in the studio.

    Attributes:
        compare: compares these takes in the studio.
    """

    def __init__(self, view: StudioView, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._context, self._spawn = view, context, spawn
        self.compare: Callable[[list[Take]], object] = lambda _: None
        self.grid = OpenGrid(context.grids, context.service, context.jobs, context.sessions, context.models)
        self.grid.job_title = self._job_title
        self._drafts: dict[str, str | None] = {}
        """Lines being typed when their grid was left, by session."""
        self.page = page = GridPage(context.settings)
        page.hide()
        page.setParent(view)
        page.model.attach(self.grid)
        self._playback = GridPlayback(page, self.grid, context, spawn)
        self._sides = GridSides(page, self.grid, context, view.layers_given)
        self._sides.saved_directions = self._saved_directions
        context.directions.on_change.subscribe(self._sides.offer)
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self._show_progress)
        self.grid.on_layout.subscribe(self._on_layout)
        self.grid.on_cell.subscribe(self._on_cell)
        self.grid.on_progress.subscribe(self._show_soon)
        context.settings.watch(EQUAL_LOUDNESS, view.takes_panel.equal_loudness.setChecked)
        view.text.grid.clicked.connect(self.open)
        view.room_changed.connect(self._on_room_changed)
        view.retranslated.connect(self._on_layout)
        view.retranslated.connect(self._sides.offer)
        page.header.back.clicked.connect(view.close_page)
        page.header.fill.clicked.connect(self._fill_or_stop)
        page.header.axes.chosen.connect(lambda key: self._edit(axes=key))
        page.line.changed.connect(self._change_line)
        page.line.studio_text_wanted.connect(lambda: page.line.field.setPlainText(context.sessions.current.text))
        page.notice.acted.connect(self._use_brackets)
        page.table.cell_chosen.connect(self._on_chosen)
        page.table.star_pressed.connect(self._star)
        page.table.make_pressed.connect(self._make)
        page.table.delete_pressed.connect(self._delete)
        page.bar.star.clicked.connect(self._star)
        page.bar.make.clicked.connect(self._make)
        page.bar.delete.clicked.connect(self._delete)
        page.bar.compare.clicked.connect(self._compare)

    # -- opening --------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the grid of the open session; a first one is made of its text, voice and direction."""
        self._spawn(self._open(self._context.sessions.current.id))

    async def _open(self, session_id: str) -> None:
        known = await self._context.grids.stored(session_id)
        session = self._context.sessions.current
        if session.id != session_id:
            return
        grid = known if known is not None else self._first_grid(session)
        grid = msgspec.structs.replace(
            grid, container=cast(Any, self._view.format.key() or "wav"), stream=self._view.stream.isChecked()
        )
        self._view.open_page(self.page)
        self.page.line.resume(self._drafts.pop(session_id, None))
        await self.grid.open(grid)
        if self.grid.grid.id != session_id:
            return
        self._sides.offer()
        if self.page.table.chosen() is None and self.page.model.rowCount():
            self.page.table.choose(Cell(0, 0))
            self._on_chosen(0, 0, False)

    def _first_grid(self, session: SpeechSession) -> AuditionGrid:
        """The voices of the text's language, beside that of the session, each with its direction and without one."""
        language = language_of(session.text)
        voices = [voice.used() for voice in BUILTIN if voice.language == language]
        own = session.voice
        if own is not None and not any(is_same_voice(own, voice) for voice in voices):
            voices.insert(0, own)
        words = written(self._view.layers_given())
        directions = (GridDirection(words), GridDirection()) if words else (GridDirection(),)
        return AuditionGrid(
            session.id, text=session.text, voices=tuple(voices), directions=directions, created=time.time()
        )

    def _saved_directions(self) -> list[GridDirection]:
        """The saved directions, then the examples in the language of the line."""
        found = self._context.directions.search("", language=language_of(self.grid.grid.text))
        return [GridDirection(written(layers_of(direction)), direction.name) for direction in found]

    def _on_room_changed(self) -> None:
        if self._view.page is not self.page and self.grid.grid.id:
            self._drafts[self.grid.grid.id] = self.page.line.draft()
            self.page.adding.leave()
            self.grid.close()

    def _job_title(self) -> str:
        session = self._context.sessions.get(self.grid.grid.id)
        title = QCoreApplication.translate("Grid", "Grid: {title}")
        return title.format(title=session_title(session)) if session is not None else ""

    # -- showing --------------------------------------------------------------------------------------------------

    def _on_layout(self) -> None:
        self.page.show_grid(self.grid.grid)
        self._show_progress()
        self._playback.show()
        self._show_chosen()

    def _on_cell(self, cell: Cell) -> None:
        if cell == self.page.table.chosen():
            self._show_chosen()
            take = self.grid.take(cell)
            if (take.id if take is not None and take.frames else "") != self.page.bar.take_id or (
                take is not None and take.frames
            ):
                self._playback.show()

    def _show_soon(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()

    def _show_progress(self) -> None:
        progress, plan = self.grid.progress(), self.grid.plan()
        had_focus = self.page.header.fill.hasFocus()
        self.page.header.show_plan(plan, progress)
        if had_focus and not self.page.header.fill.isEnabled():
            # There is nothing left to make: what comes next is to listen.
            self.page.table.setFocus()
        self.page.corner.show_progress(progress)
        self.page.table.watch_going(going=progress.is_running)
        self.page.line.set_locked(progress.is_running)
        self.page.bar.show_starred(len(self._starred()))

    def _show_chosen(self) -> None:
        cell = self.page.table.chosen()
        take, state = (self.grid.take(cell), self.grid.state(cell)) if cell is not None else (None, "planned")
        can_make = cell is not None and self.grid.is_loaded and state in ("planned", "ready", "failed")
        has_take = take is not None and take.has_ended and state != "planned"
        self.page.bar.show_chosen(
            can_make=can_make, is_new=state == "planned", failed=state == "failed", can_star=state == "ready",
            has_take=has_take, starred=take is not None and take.stars > 0,
        )  # fmt: skip

    def _on_chosen(self, row: int, column: int, by_keys: bool) -> None:
        """The chosen cell is the one that plays: arrows play it, and so does anything while another one plays."""
        self.page.show_selected()
        self._show_chosen()
        cell = Cell(row, column)
        sounding = self._playback.sounding
        if by_keys or (sounding is not None and self.grid.cell_of(sounding.id) != cell):
            self._playback.play(cell)
        self._playback.show()

    def shows_failure(self, take: Take) -> bool:
        """Whether the failure of a take is seen in its cell: not where another take stands for that."""
        cell = self.grid.cell_of(take.id) if self._view.page is self.page else None
        return cell is not None and not any(each.frames for each in self.grid.takes(cell))

    # -- acting ---------------------------------------------------------------------------------------------------

    def _fill_or_stop(self) -> None:
        if self.grid.is_running:
            self.grid.stop()
        elif not self._refuse_old_styles():
            self._try(self.grid.fill)

    def _make(self) -> None:
        cell = self.page.table.chosen()
        if cell is not None and self.page.bar.make.isEnabled() and not self._refuse_old_styles():
            self._try(partial(self.grid.make, cell))

    def _try(self, act: Callable[[], object]) -> None:
        self.page.notice.clear()
        try:
            act()
        except WorkbenchError as error:
            in_notice(self.page.notice)(error)
        self._show_progress()

    def _edit(self, **fields: Any) -> None:
        self._try(lambda: self.grid.edit(**fields))

    def _change_line(self, text: str) -> None:
        before, grid_id = self.grid.grid.text, self.grid.grid.id
        takes = self.grid.progress().ready
        self._edit(text=text)
        if takes:
            self._context.notifier.info(
                partial(_line_changed_text, takes), undo=partial(self._take_line_back, grid_id, before)
            )

    def _take_line_back(self, grid_id: str, text: str) -> None:
        if self.grid.grid.id == grid_id:
            self._edit(text=text)
        else:
            self._context.grids.edit_field(grid_id, "text", text)

    def _refuse_old_styles(self) -> bool:
        """Whether the models would read the earlier model's styles aloud. Then it is said, and a way out is offered."""
        text = self.grid.grid.text
        if with_brackets(text) == text or is_legacy(self._context.models.chosen("speech")):
            return False
        self.page.notice.say(
            "warn",
            lambda: QCoreApplication.translate(
                "Studio", "Nothing was sent: this model may read <style> aloud. Write it as a tag in brackets."
            ),
            QCoreApplication.translate("Grid", "Write it as a tag"),
        )
        return True

    def _use_brackets(self) -> None:
        self.page.notice.clear()
        self._edit(text=with_brackets(self.grid.grid.text))

    def _chosen_take(self) -> Take | None:
        cell = self.page.table.chosen()
        take = self.grid.take(cell) if cell is not None and self.grid.state(cell) in ("ready", "failed") else None
        return take if take is not None and take.has_ended else None

    def _star(self) -> None:
        take = self._chosen_take()
        if take is not None and take.frames:
            self._spawn(self._context.service.annotate(take.id, stars=0 if take.stars else 1))
        self._show_chosen()

    def _delete(self) -> None:
        take = self._chosen_take()
        if take is not None:
            self._spawn(self._delete_take(take))

    async def _delete_take(self, take: Take) -> None:
        self._context.playback.forget(take.id)
        await self._context.service.delete([take.id])
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Studio", "The take was deleted."),
            undo=lambda: self._spawn(self._context.service.restore([take])),
        )

    def _starred(self) -> list[Take]:
        return [take for take in self.grid.shown() if take.stars]

    def _compare(self) -> None:
        """Go back to the studio and compare the starred takes."""
        starred = self._starred()
        if len(starred) > 1:
            self._view.close_page()
            self.compare(starred)


def _line_changed_text(takes: int) -> str:
    if takes == 1:
        return QCoreApplication.translate("Grid", "The line was changed. Its take stays in the list of takes.")
    text = QCoreApplication.translate("Grid", "The line was changed. Its {n} takes stay in the list of takes.")
    return text.format(n=takes)
