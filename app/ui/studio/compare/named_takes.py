"""The page with names: the compared takes in rows, which of them is current, and which one a flip goes to."""

from __future__ import annotations

from app.ui.reported_tasks import Spawn
from app.ui.studio.compare.compared import Compared
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.room_playback import RoomPlayback
from app.ui.studio.compare.side import CompareSide
from app.ui.studio.compare.take_ratings import TakeRatings
from app.ui.studio.context import SpeechContext
from app.ui.texts.comparison import loudness_reason, takes_of


class NamedTakes:
    """Shows the rows, and goes from one take to another at the same spot."""

    def __init__(
        self,
        room: CompareRoom,
        side: CompareSide,
        context: SpeechContext,
        compared: Compared,
        playback: RoomPlayback,
        ratings: TakeRatings,
        spawn: Spawn,
    ) -> None:
        self._room, self._side, self._context = room, side, context
        self._compared, self._playback, self._ratings, self._spawn = compared, playback, ratings, spawn
        room.number_pressed.connect(self._go_to_number)
        room.star_pressed.connect(self._toggle_star)
        room.list.row_selected.connect(self._go_to)
        room.list.badge_pressed.connect(self._press_badge)
        room.list.sought.connect(playback.seek)
        room.ruler.sought.connect(playback.seek)
        room.step_pressed.connect(playback.step)

    def show(self) -> None:
        """Show the takes; the current one stays current if it still is there."""
        takes = list(self._compared.takes.values())
        room = self._room
        room.blind.setChecked(False)
        room.show_page("takes", self._compared.title or takes_of(takes), takes=len(takes))
        room.show_takes(takes)
        self.show_loudness()
        self._side.show_differences(takes)
        current = self._playback.current
        self._playback.offer(takes, self._compared.gains)
        self._ratings.show()
        self._select(current if current in self._compared.takes else takes[0].id)

    def show_loudness(self) -> None:
        """Show the gains, and why they are so."""
        self._room.list.compared.set_gains(self._compared.gains)
        self._room.show_reason(loudness_reason(list(self._compared.takes.values()), self._compared.matching))

    def flip(self) -> None:
        """Go over to the other of the last two."""
        if self._playback.other:
            self._select(self._playback.other)

    def show_playing(self) -> None:
        """Show what plays and where."""
        room, playback = self._room, self._playback
        take = self._compared.takes.get(playback.current)
        room.list.compared.set_marks(playback.current if playback.playing else "", playback.other)
        room.set_position(playback.position)
        room.footer.show_time(playback.position, round(1000 * take.frames / take.rate) if take is not None else 0)
        room.footer.show_playing(playback.playing)

    def _select(self, take_id: str) -> None:
        """Make a take the current one, at the spot that is reached."""
        self._ratings.commit()
        self._room.list.select_key(take_id)
        self._go_to(take_id)

    def _go_to(self, take_id: str) -> None:
        self._ratings.commit()
        self._playback.go_to(take_id)
        self._show_current()

    def _go_to_number(self, number: int) -> None:
        if number <= len(self._compared.takes):
            self._select(list(self._compared.takes)[number - 1])

    def _press_badge(self, take_id: str) -> None:
        """Play the take whose number was pressed; pause it if it plays already."""
        if self._playback.current != take_id:
            self._select(take_id)
            self._playback.play()
        else:
            self._playback.toggle()

    def _show_current(self) -> None:
        """Show what belongs to the current take: its name on Keep, its rating, and which one a flip goes to."""
        take = self._compared.takes.get(self._playback.current)
        self._room.footer.set_keep(self._compared.number_of(take) if take is not None else 0)
        self._room.footer.flip.setEnabled(bool(self._playback.other))
        self._ratings.show_current()
        self.show_playing()

    def _toggle_star(self) -> None:
        take = self._compared.takes.get(self._playback.current)
        if take is not None:
            self._spawn(self._context.service.annotate(take.id, stars=0 if take.stars else 1))
