"""The player: waveform with playhead, play button, loop, speed and volume."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from app.core.takes import Take
from app.services.speech.playback import Playback
from app.ui.retranslate import Retranslated
from app.ui.studio.playback_controls import PlaybackControls
from app.ui.studio.take_list import peak_pairs
from app.ui.texts.numbers import clock
from app.ui.texts.speech import take_name
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import PlayButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import Hint
from app.ui.widgets.slider import Slider
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.waveform import Waveform

FRAME_INTERVAL_MS = 33
_STEPS = 240
"""A row of the list is painted again only where its waveform can show the difference."""


class PlayerBar(Retranslated):
    """Shows one take and plays it.

    Signals:
        played: the id of the shown take and which share of it was played, 0 to 1, in steps of the waveform.

    Attributes:
        position_ms: the playback position of the shown take, or where playback will start, in milliseconds.
    """

    played = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start_ms = 0
        self._playback: Playback | None = None
        self._take: Take | None = None
        self._is_named = False
        self.play = PlayButton("", side=40)
        self.position = Waveform("", height=44)
        self.loop = Chip("", Icon.LOOP)
        self.speed = SpinBox("", 0.5, 2.0, 0.1, decimals=2)
        self.speed.setValue(1.0)
        self.speed.refused.connect(self._show_refused_speed)
        self.volume = Slider("")
        self.volume.setRange(0, 100)
        self.shown_time = Hint()
        self._timer = QTimer(self, interval=FRAME_INTERVAL_MS)
        self._timer.timeout.connect(self._show_position)
        top = QHBoxLayout()
        top.setSpacing(Space.S12)
        top.addWidget(self.play)
        top.addWidget(self.position, 1)
        controls = QHBoxLayout()
        controls.setSpacing(Space.S8)
        controls.addWidget(self.loop)
        controls.addWidget(self.speed)
        controls.addWidget(self.volume, 1)
        self._bottom = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bottom.setSpacing(Space.S8)
        self._bottom.addWidget(self.shown_time, 1)
        self._bottom.addLayout(controls, 2)
        self._controls = controls
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S8)
        column.setSpacing(Space.S8)
        column.addLayout(top)
        column.addLayout(self._bottom)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The time can move above the controls, so that the bar is no wider than these."""
        margins = self._column.contentsMargins()
        width = margins.left() + self._controls.minimumSize().width() + margins.right()
        return QSize(width, super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Put the time above the controls where both don't fit side by side, as with large type."""
        needed = self.minimumSizeHint().width() + self._bottom.spacing() + self.shown_time.sizeHint().width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        direction = across if self.width() >= needed else down
        if direction != self._bottom.direction():
            self._bottom.setDirection(direction)

    def attach(self, playback: Playback) -> None:
        self._playback = playback
        self._shared = PlaybackControls(playback, self.loop, self.speed, self.volume)
        self.position.sought.connect(self._seek)
        playback.on_change.subscribe(self._on_playback_change)
        self._on_playback_change()

    def show_take(self, take: Take | None) -> None:
        if (take.id if take is not None else "") != self.shown_id:
            self._start_ms = 0
        self._take = take
        self.play.setEnabled(take is not None and bool(take.frames))
        if take is None:
            self.position.set_sound((), 0)
        else:
            self.position.set_sound(peak_pairs(take), round(1000 * take.frames / take.rate))
        if self._playback is not None:
            # Another take may be playing; the button belongs to the shown one.
            self.play.set_playing(self._playback.playing and self.is_loaded)
            self.retranslate()
        self._show_position()

    def set_named(self, named: bool) -> None:
        """Show beside the time which take this is, because another one is selected."""
        if named != self._is_named:
            self._is_named = named
            self._show_position()

    @property
    def is_loaded(self) -> bool:
        """Whether the playback service has the shown take loaded."""
        return self._playback is not None and self._take is not None and self._playback.key == self._take.id

    @property
    def position_ms(self) -> int:
        return self._playback.position if self._playback is not None and self.is_loaded else self._start_ms

    @property
    def shown_id(self) -> str:
        """The id of the shown take; empty for none."""
        return self._take.id if self._take is not None else ""

    def _seek(self, milliseconds: int) -> None:
        self._start_ms = milliseconds
        if self._playback is not None and self.is_loaded:
            self._playback.seek(milliseconds)
        else:
            self._show_position()

    def _on_playback_change(self) -> None:
        assert self._playback is not None
        playing = self._playback.playing
        self.play.set_playing(playing and self.is_loaded)
        self.retranslate()
        if playing and not self._timer.isActive():
            self._timer.start()
        elif not playing:
            self._timer.stop()
        self._show_position()

    def _show_position(self) -> None:
        total = self.position.maximum()
        position_ms = min(self.position_ms, total)
        self.position.set_position(position_ms)
        self.played.emit(self.shown_id, round(_STEPS * position_ms / total) / _STEPS if total else 0.0)
        time = f"{clock(position_ms / 1000)} / {clock(total / 1000)}"
        name = take_name(self._take, self._take.number) if self._is_named and self._take is not None else ""
        self.shown_time.setText(f"{time} · {name}" if name else time)
        self._fit()

    def retranslate(self) -> None:
        if self.play.playing:
            self.play.setAccessibleName(QCoreApplication.translate("Studio", "Pause"))
        else:
            self.play.setAccessibleName(QCoreApplication.translate("Studio", "Play"))
        self.play.setToolTip(self.play.accessibleName())
        self.position.setAccessibleName(QCoreApplication.translate("Studio", "Position"))
        self.volume.setAccessibleName(QCoreApplication.translate("Studio", "Volume"))
        self.loop.setText(QCoreApplication.translate("Studio", "Loop"))
        speed = QCoreApplication.translate("Studio", "Speed")
        self.speed.setAccessibleName(speed)
        self.speed.lineEdit().setAccessibleName(speed)
        self.speed.setToolTip(self.speed.refusal or speed)

    def _show_refused_speed(self, refusal: str) -> None:
        """Show above the field why a typed speed is not used; there is no room beside it."""
        self.speed.setToolTip(refusal or QCoreApplication.translate("Studio", "Speed"))
        if refusal:
            QToolTip.showText(self.speed.mapToGlobal(QPoint(0, -3 * self.speed.height())), refusal, self.speed)
        else:
            QToolTip.hideText()
