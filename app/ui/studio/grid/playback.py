"""Plays the cells of an audition grid: what has the focus is what sounds, at equal loudness."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.core.audition_grids import Cell
from app.core.settings import EQUAL_LOUDNESS
from app.core.takes import Take
from app.services.speech.loudness_matching import equal_gains, estimated_gain
from app.services.speech.open_grid import OpenGrid
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.grid.page import GridPage

FRAME_INTERVAL_MS = 33


class GridPlayback(QObject):
    """Connects the table and the bar to the one player of the program."""

    def __init__(self, page: GridPage, grid: OpenGrid, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(page)
        self._page, self._grid, self._context, self._spawn = page, grid, context, spawn
        self._frames = QTimer(self, interval=FRAME_INTERVAL_MS)
        self._frames.timeout.connect(self._show_position)
        bar = page.bar
        bar.play.clicked.connect(self.toggle)
        bar.position.sought.connect(self._seek)
        bar.equal_loudness.toggled.connect(self._set_equal_loudness)
        page.table.play_pressed.connect(self.toggle)
        context.settings.watch(EQUAL_LOUDNESS, self._follow_equal_loudness)
        context.playback.on_change.subscribe(self._on_change)

    @property
    def sounding(self) -> Take | None:
        """The take of the grid that plays, if one does."""
        playback = self._context.playback
        cell = self._grid.cell_of(playback.key) if playback.playing else None
        takes = self._grid.takes(cell) if cell is not None else ()
        return next((take for take in takes if take.id == playback.key), None)

    def play(self, cell: Cell) -> None:
        """Play a cell from its beginning; one without sound silences what plays of the grid."""
        take = self._grid.take(cell)
        if take is not None and take.frames:
            self._spawn(self._play(take, 0))
        else:
            self.pause()

    def pause(self) -> None:
        """Silence the grid."""
        if self.sounding is not None:
            self._context.playback.pause()

    def toggle(self) -> None:
        """Play or pause the chosen cell."""
        cell, playback = self._page.table.chosen(), self._context.playback
        take = self._grid.take(cell) if cell is not None else self.sounding
        if take is None or not take.frames:
            return
        if playback.key == take.id:
            if playback.ended:
                playback.set_gain(self.gain(take))
            playback.toggle()
        else:
            self._spawn(self._play(take, self._page.bar.position.value() if self._page.bar.take_id == take.id else 0))

    def show(self) -> None:
        """Show in the bar what plays, or else the chosen cell."""
        cell = self._page.table.chosen()
        take = self.sounding or (self._grid.take(cell) if cell is not None else None)
        shown = self._grid.cell_of(take.id) if take is not None else cell
        name = self._page.model.name(shown) if shown is not None else ""
        sound = take if take is not None and take.frames else None
        gain = self.gain(sound) if sound is not None and self._page.bar.equal_loudness.isChecked() else None
        position = self._position(sound)
        self._page.bar.show_take(sound, name, gain)
        self._page.bar.show_position(position)
        self._on_change()

    def gain(self, take: Take) -> float:
        """The gain of a take in decibels, estimated while it is being made."""
        if not self._page.bar.equal_loudness.isChecked():
            return 0.0
        takes = self._grid.shown()
        if take.loudness is not None and take not in takes:
            takes = (*takes, take)
        gains = equal_gains(takes)
        return gains[take.id] if take.id in gains else estimated_gain(take, takes, self._context.usual_gains)

    async def _play(self, take: Take, start: int) -> None:
        service, playback = self._context.service, self._context.playback
        # What the user plays is not interrupted by a take that was requested before.
        service.listen_to("")
        if take.audio:
            await playback.play_take(take, self.gain(take), start)
        elif (source := service.streaming_source(take.id)) is not None:
            playback.play_stream(take, source, self.gain(take), start)

    def _position(self, take: Take | None) -> int:
        playback = self._context.playback
        if take is None:
            return 0
        if playback.key == take.id:
            return playback.position
        return self._page.bar.position.value() if self._page.bar.take_id == take.id else 0

    def _seek(self, milliseconds: int) -> None:
        playback = self._context.playback
        if playback.key and playback.key == self._page.bar.take_id:
            playback.seek(milliseconds)
        else:
            self._page.bar.show_position(milliseconds)

    def _set_equal_loudness(self, on: bool) -> None:
        self._context.settings.set(EQUAL_LOUDNESS, on)
        sounding = self.sounding
        if sounding is not None:
            self._context.playback.set_gain(self.gain(sounding))
        self.show()

    def _follow_equal_loudness(self, on: bool) -> None:
        """The studio has the same switch."""
        if self._page.bar.equal_loudness.isChecked() != on:
            self._page.bar.equal_loudness.setChecked(on)

    def _on_change(self) -> None:
        playback = self._context.playback
        bar, key, playing = self._page.bar, playback.key, playback.playing
        is_ours = self._grid.cell_of(key) is not None
        if bar.take_id != (key if playing and is_ours else self._chosen_id(bar.take_id)):
            # Another one sounds; or the one that sounded has ended, and a newer take stands for the chosen cell.
            self.show()
            return
        self._page.model.set_playing(key if is_ours else "", is_playing=playing)
        bar.show_playing(playing=playing and is_ours and bar.take_id == key)
        if playing and is_ours and not self._frames.isActive():
            self._frames.start()
        elif not playing:
            self._frames.stop()
        self._show_position()

    def _chosen_id(self, otherwise: str) -> str:
        """The id of the take of the chosen cell; `otherwise` if that has no sound."""
        cell = self._page.table.chosen()
        take = self._grid.take(cell) if cell is not None else None
        return take.id if take is not None and take.frames else otherwise

    def _show_position(self) -> None:
        playback, bar = self._context.playback, self._page.bar
        if not playback.key or playback.key != bar.take_id:
            return
        position, total = playback.position, bar.position.maximum()
        bar.show_position(position)
        self._page.model.set_played(position / total if total and not playback.ended else 0.0)
        self._page.table.update_cell(self._page.model.index_of(playback.key))
