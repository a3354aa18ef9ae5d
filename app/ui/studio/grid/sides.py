"""Adds and removes the voices, directions, descriptions and temperatures of an audition grid, with undo."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from app.core.audition_grids import Cell, GridDirection, is_same_voice, temperature_range
from app.core.errors import Code, InputError, WorkbenchError
from app.core.sentence_joiner import join_sentences
from app.core.tags import beginning
from app.core.takes import VoiceSnapshot
from app.services.speech.builtin import BUILTIN
from app.services.speech.direction import Layers, written
from app.services.speech.library import used
from app.services.speech.open_grid import OpenGrid
from app.ui.reported_tasks import in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.grid.add_panel import AddKind
from app.ui.studio.grid.page import GridPage
from app.ui.texts.grid import column_title, direction_title, distinct_titles, row_title

_NONE, _STUDIO = "none", "studio"
_QUOTED_LENGTH = 40
"""Most characters that are quoted of what was typed."""


class GridSides(QObject):
    """Connects the titles, and the strip for adding, to the open grid.

    Attributes:
        saved_directions: returns the directions that are offered, beside none and that of the studio.
    """

    def __init__(
        self, page: GridPage, grid: OpenGrid, context: SpeechContext, studio_direction: Callable[[], Layers]
    ) -> None:
        """`studio_direction` returns the direction that the studio shows."""
        super().__init__(page)
        self._page, self._grid, self._context = page, grid, context
        self._studio_direction = studio_direction
        self.saved_directions: Callable[[], list[GridDirection]] = list
        adding = page.adding
        page.add_voice.clicked.connect(lambda: self._enter_or_leave(rows=False))
        page.add_direction.clicked.connect(lambda: self._enter_or_leave(rows=True))
        page.first_step.clicked.connect(lambda: self._enter(rows=bool(self._grid.grid.columns)))
        page.remove_voice.clicked.connect(self._remove_column)
        page.remove_direction.clicked.connect(self._remove_row)
        page.voices.row_selected.connect(self._choose_column)
        page.directions.row_selected.connect(self._choose_row)
        adding.closed.connect(self._show_open)
        adding.voice_chosen.connect(self._add_voice)
        adding.all_voices_wanted.connect(lambda: self._add_voices(self._offered_voices()))
        adding.direction_chosen.connect(self._add_offered_direction)
        adding.words_given.connect(self._add_words)
        adding.temperature_given.connect(self._add_temperature)
        adding.temperature_refused.connect(self._refuse_temperature)
        adding.choice_refused.connect(self._refuse_choice)
        context.library.on_change.subscribe(self.offer)

    # -- offering -------------------------------------------------------------------------------------------------

    def offer(self) -> None:
        """Offer what is not in the grid yet."""
        voices, directions = self._offered_voices(), self._offered_directions()
        names = distinct_titles(column_title(voice) for voice in voices)
        self._page.adding.offer_voices(list(zip(map(_key, voices), names, strict=True)))
        names = distinct_titles(name for name, _direction in directions.values())
        self._page.adding.offer_directions(list(zip(directions, names, strict=True)))

    def _offered_voices(self) -> list[VoiceSnapshot]:
        known = self._grid.grid.voices
        every = [voice.used() for voice in BUILTIN] + [used(voice) for voice in self._context.library.voices]
        return [voice for voice in every if not any(is_same_voice(voice, other) for other in known)]

    def _offered_directions(self) -> dict[str, tuple[str, GridDirection]]:
        """Keys, names and directions."""
        studio = GridDirection(written(self._studio_direction()))
        offered = {
            _NONE: (direction_title(GridDirection()), GridDirection()),
            _STUDIO: (QCoreApplication.translate("Grid", "As in the studio"), studio),
        }
        for number, direction in enumerate(self.saved_directions()):
            offered[str(number)] = (direction_title(direction), direction)
        known = {direction.words for direction in self._grid.grid.directions}
        return {key: entry for key, entry in offered.items() if entry[1].words not in known}

    # -- the strip ------------------------------------------------------------------------------------------------

    def _kind(self, *, rows: bool) -> AddKind:
        if self._grid.grid.axes == "temperatures":
            return "temperature" if rows else "description"
        return "direction" if rows else "voice"

    def _enter_or_leave(self, *, rows: bool) -> None:
        if self._page.adding.kind == self._kind(rows=rows):
            self._page.adding.leave()
            self._page.table.setFocus()
        else:
            self._enter(rows=rows)

    def _enter(self, *, rows: bool) -> None:
        self.offer()
        self._page.notice.clear()
        self._page.adding.enter(self._kind(rows=rows))
        self._show_open()

    def _show_open(self) -> None:
        kind = self._page.adding.kind
        self._page.add_voice.setChecked(kind in ("voice", "description"))
        self._page.add_direction.setChecked(kind in ("direction", "temperature"))

    # -- adding ---------------------------------------------------------------------------------------------------

    def _add_voice(self, key: str) -> None:
        self._add_voices([voice for voice in self._offered_voices() if _key(voice) == key])

    def _add_voices(self, voices: list[VoiceSnapshot]) -> None:
        if voices:
            self._edit(voices=(*self._grid.grid.voices, *voices))

    def _add_offered_direction(self, key: str) -> None:
        offered = self._offered_directions().get(key)
        if offered is not None:
            self._add_direction(offered[1])

    def _add_words(self, words: str) -> None:
        grid = self._grid.grid
        if self._page.adding.kind == "description":
            if words in grid.descriptions:
                self._say_known()
            elif self._edit(descriptions=(*grid.descriptions, words)):
                self._page.adding.words.clear()
        elif self._add_direction(GridDirection(words)):
            self._page.adding.words.clear()

    def _add_direction(self, direction: GridDirection) -> bool:
        grid = self._grid.grid
        if any(direction.words == known.words for known in grid.directions):
            self._say_known()
            return False
        return self._edit(directions=(*grid.directions, direction))

    def _add_temperature(self, value: float) -> None:
        if value in self._grid.grid.temperatures:
            self._say_known()
        else:
            self._edit(temperatures=tuple(sorted((*self._grid.grid.temperatures, value))))

    def _refuse_temperature(self) -> None:
        limits = temperature_range()
        in_notice(self._page.notice)(InputError(Code.TEMPERATURE_RANGE, low=limits.low, high=limits.high))

    def _refuse_choice(self, typed: str) -> None:
        self._page.notice.say("bad", partial(_refused_text, typed))

    def _say_known(self) -> None:
        self._page.notice.say(
            "neutral", lambda: QCoreApplication.translate("Grid", "That is in the grid already. Nothing was added.")
        )

    # -- removing -------------------------------------------------------------------------------------------------

    def _remove_column(self) -> None:
        column = _selected(self._page.voices.selected_key(), len(self._grid.grid.columns))
        if column is None:
            return
        grid, name = self._grid.grid, column_title(self._grid.grid.columns[column])
        side = "voices" if grid.axes == "directions" else "descriptions"
        self._remove(side, getattr(grid, side), column, name)

    def _remove_row(self) -> None:
        row = _selected(self._page.directions.selected_key(), self._grid.grid.row_count)
        if row is None:
            return
        grid, name = self._grid.grid, row_title(self._grid.grid, row)
        side = "directions" if grid.axes == "directions" else "temperatures"
        self._remove(side, getattr(grid, side), row, name)

    def _remove(self, side: str, entries: tuple[Any, ...], place: int, name: str) -> None:
        """Remove an entry of a side; undo brings it back, whatever was added meanwhile."""
        if self._edit(**{side: entries[:place] + entries[place + 1 :]}):
            self._context.notifier.info(
                partial(_removed_text, name),
                undo=partial(self._bring_back, self._grid.grid.id, side, place, entries[place]),
            )

    def _bring_back(self, grid_id: str, side: str, place: int, entry: object) -> None:
        grid = self._grid.grid if self._grid.grid.id == grid_id else self._context.grids.get(grid_id)
        if grid is None:
            return
        entries = getattr(grid, side)
        if entry in entries:
            return
        entries = (*entries[:place], entry, *entries[place:])
        if grid is self._grid.grid:
            self._edit(**{side: entries})
        else:
            self._context.grids.edit_field(grid_id, side, entries)

    def _edit(self, **fields: Any) -> bool:
        """Change the grid; return whether that was possible. What was not is said."""
        self._page.notice.clear()
        try:
            self._grid.edit(**fields)
        except WorkbenchError as error:
            in_notice(self._page.notice)(error)
            return False
        self.offer()
        return True

    # -- choosing -------------------------------------------------------------------------------------------------

    def _choose_column(self, key: str) -> None:
        """Move the chosen cell into a column, without playing it."""
        chosen = self._page.table.chosen()
        self._move(Cell(chosen.row if chosen is not None else 0, int(key)))

    def _choose_row(self, key: str) -> None:
        chosen = self._page.table.chosen()
        self._move(Cell(int(key), chosen.column if chosen is not None else 0))

    def _move(self, cell: Cell) -> None:
        self._page.table.choose(cell)
        self._page.table.cell_chosen.emit(cell.row, cell.column, False)
        self._page.show_selected()


def _key(voice: VoiceSnapshot) -> str:
    return voice.id


def _selected(key: str | None, count: int) -> int | None:
    place = int(key) if key is not None else -1
    return place if 0 <= place < count else None


def _removed_text(name: str) -> str:
    text = QCoreApplication.translate("Grid", "“{name}” was removed. Its takes stay in the list of takes.")
    return text.format(name=name)


def _refused_text(typed: str) -> str:
    reason = QCoreApplication.translate("Grid", "“{name}” is not in the list of what can be added.")
    remedy = QCoreApplication.translate("Grid", "Nothing was added. Choose from the list.")
    return join_sentences(reason.format(name=beginning(typed, _QUOTED_LENGTH)), remedy)
