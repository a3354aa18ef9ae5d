"""Plays the takes of the open session: by button, by keyboard, from the list, at equal loudness."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from app.core.settings import EQUAL_LOUDNESS, VOLUME
from app.core.takes import Take
from app.services.speech.loudness_matching import equal_gains, estimated_gain
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.take_actions import TakeActions
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_sentences

_SEEK_STEP_MS = 1_000


class TakePlayback(QObject):
    """Connects the list of takes and the player to the playback service."""

    def __init__(self, view: StudioView, context: SpeechContext, actions: TakeActions, spawn: Spawn) -> None:
        super().__init__(view)
        self._panel, self._context, self._actions, self._spawn = view.takes_panel, context, actions, spawn
        self._recent: list[str] = []
        panel, playback = self._panel, context.playback
        panel.list.row_selected.connect(self._select)
        panel.list.selection_changed.connect(self._show_selection)
        panel.equal_loudness.toggled.connect(self._set_equal_loudness)
        panel.player.play.clicked.connect(self._play_or_pause)
        panel.list.play_pressed.connect(self._on_play_pressed)
        for widget in (panel.list, panel.player.position, panel.player.play):
            widget.installEventFilter(self)
        playback.on_change.subscribe(self._show_playing)
        playback.on_error.subscribe(
            lambda error: context.notifier.warning(
                partial(error_sentences, error), retry=playback.toggle, topic="sound"
            )
        )
        playback.set_volume(context.settings.get(VOLUME))
        panel.player.attach(playback)
        panel.player.volume.valueChanged.connect(lambda per_cent: context.settings.set(VOLUME, per_cent))

    def choose(self, take_id: str) -> None:
        """Show a take and remember it as the latest of the two Shift+Space switches between."""
        self._recent = [take_id, *(other for other in self._recent if other != take_id)][:2]
        take = self._panel.model.take(take_id)
        if take is not None:
            self._actions.show(take)
        self._name_shown()

    def _select(self, take_id: str) -> None:
        """Show the take selected by the user; while another one plays, switch to it at the same point in time."""
        playback = self._context.playback
        position, playing = playback.position, self._playing_take()
        self.choose(take_id)
        take = self._panel.model.take(take_id)
        if playing is not None and take is not None and take.frames and take.id != playing.id:
            length = round(1000 * take.frames / take.rate)
            self._spawn(self.play(take, position if position < length else 0))

    def _show_selection(self) -> None:
        """Show the leading take of what is selected. What plays goes on: the user collects takes, and does not flip."""
        lead = self._panel.list.selected_key()
        if lead is None:
            self._actions.show(None)
        elif len(self._panel.list.selected_keys()) != 1 or self._recent[:1] != [lead]:
            self.choose(lead)

    def _playing_take(self) -> Take | None:
        """The listed take that plays, if one does."""
        playback = self._context.playback
        return self._panel.model.take(playback.key) if playback.playing else None

    def reset_recent(self) -> None:
        """Forget the chosen takes: another session is shown."""
        self._recent = []

    def stop_session(self) -> None:
        """Stop what plays of the session that is being left: no button on the screen would stop it any more."""
        self._context.service.listen_to("")
        playback = self._context.playback
        if any(take.id == playback.key for take in self._panel.model.takes()):
            playback.pause()

    def show_gains(self) -> None:
        """Compute and show the gains for equal loudness. A take that plays keeps its gain until it is played anew."""
        self._panel.model.set_gains(self._gains())

    def _gains(self) -> dict[str, float]:
        return equal_gains(self._panel.model.takes()) if self._panel.equal_loudness.isChecked() else {}

    def _set_equal_loudness(self, on: bool) -> None:
        self._context.settings.set(EQUAL_LOUDNESS, on)
        self.show_gains()
        self._apply_gain()

    def _apply_gain(self) -> None:
        """Give the loaded take the gain it has now."""
        take = self._panel.model.take(self._context.playback.key)
        if take is not None:
            self._context.playback.set_gain(self.gain(take))

    def gain(self, take: Take) -> float:
        """The gain of a take in decibels, estimated while it is being generated."""
        if not self._panel.equal_loudness.isChecked():
            return 0.0
        gains = self._gains()
        if take.id in gains:
            return gains[take.id]
        return estimated_gain(take, self._panel.model.takes(), self._context.usual_gains)

    def play_from(self, take: Take, milliseconds: int) -> None:
        """Play a listed take from a position."""
        self.choose(take.id)
        self._spawn(self.play(take, milliseconds))

    def _on_play_pressed(self, take_id: str) -> None:
        """Play the take of a row, or pause it if it is playing."""
        if self._panel.list.selected_key() != take_id:
            self._panel.list.select_key(take_id)
            self.choose(take_id)
        self._play_or_pause()

    def _show_playing(self) -> None:
        playback = self._context.playback
        self._panel.model.set_playing(playback.key if playback.playing else None)
        # The player shows what sounds, so that it can be silenced; else the selected take.
        shown = self._playing_take() or self._panel.model.take(self._panel.list.selected_key())
        if shown is not None and shown.id != self._panel.player.shown_id:
            self._panel.player.show_take(shown)
        self._name_shown()

    def _name_shown(self) -> None:
        player = self._panel.player
        player.set_named(bool(player.shown_id) and player.shown_id != self._panel.list.selected_key())

    def _play_or_pause(self) -> None:
        self._context.service.listen_to("")
        if self._panel.player.is_loaded:
            if self._context.playback.ended:
                self._apply_gain()
            self._context.playback.toggle()
        else:
            self._actions.with_selected(lambda take: self._spawn(self.play(take, self._panel.player.position_ms)))

    async def play(self, take: Take, start: int = 0) -> None:
        """Play a take of the session, also one that is not saved, from `start` in milliseconds.

        Raises StorageError and AudioError.
        """
        # What the user plays is not interrupted by a take that was requested before.
        self._context.service.listen_to("")
        if take.audio:
            await self._context.playback.play_take(take, self.gain(take), start)
        elif (source := self._context.service.streaming_source(take.id)) is not None:
            self._context.playback.play_stream(take, source, self.gain(take), start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle Space, Shift+Space, Left and Right while the takes or the player have the keyboard focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Space and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._flip()
            elif watched is not self._panel.player.play:
                self._play_or_pause()
            else:
                return False
            return True
        if watched is self._panel.list and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = _SEEK_STEP_MS if event.key() == Qt.Key.Key_Right else -_SEEK_STEP_MS
            self._panel.player.position.setValue(self._panel.player.position_ms + step)
            return True
        return False

    def _flip(self) -> None:
        """Play the other of the last two takes from the same position."""
        if len(self._recent) < 2:
            return
        other = self._panel.model.take(self._recent[1])
        if other is not None:
            position_ms = self._context.playback.position
            self._panel.list.select_key(other.id)
            self.choose(other.id)
            self._spawn(self.play(other, position_ms))
