"""Loop, speed and volume of the one player: whichever controls show them agree."""

from __future__ import annotations

from app.services.speech.playback import Playback
from app.ui.widgets.chips import Chip
from app.ui.widgets.slider import Slider
from app.ui.widgets.spin_box import SpinBox


class PlaybackControls:
    """Connects controls with the player in both directions."""

    def __init__(self, playback: Playback, loop: Chip, speed: SpinBox, volume: Slider) -> None:
        self._playback, self._loop, self._speed, self._volume = playback, loop, speed, volume
        self._show()
        volume.valueChanged.connect(playback.set_volume)
        loop.toggled.connect(playback.set_loop)
        speed.valueChanged.connect(playback.set_speed)
        playback.on_controls.subscribe(self._show)

    def _show(self) -> None:
        """Show what was changed elsewhere; a control that shows it already keeps what is being typed into it."""
        self._volume.setValue(self._playback.volume)
        self._loop.setChecked(self._playback.loop)
        if self._speed.value() != self._playback.speed:
            self._speed.setValue(self._playback.speed)
