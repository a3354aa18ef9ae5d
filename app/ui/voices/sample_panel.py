"""The waveform of the sample and how it is played: trim, loop, snap, zoom, before and after."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Radius, Space, Type
from app.ui.widgets.buttons import GhostButton, IconButton, PlayButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import ElidedLabel, Hint, Label
from app.ui.widgets.panel import Panel
from app.ui.widgets.trim_waveform import TrimWaveform


class SamplePanel(Panel):
    """Shows the sample and the controls that play it.

    Signals:
        side_chosen: whether the fixed sample is wanted, else the one before the fixes.
    """

    side_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__(fill="raised")
        self.wave = TrimWaveform("", "", "", height=116)
        self.play = PlayButton("", side=30)
        self.shown_time, self.trimmed_label = (
            Label(size=Type.CONTROL, weight=Type.MEDIUM),
            ElidedLabel(size=Type.CONTROL, ink="text2"),
        )
        self.loop, self.snap = Chip("", Icon.LOOP), Chip("", Icon.CHECK)
        self.snap.setChecked(True)
        self.equal_hint = Hint()
        self.before, self.after = GhostButton(), GhostButton()
        self.zoom_in, self.zoom_out = IconButton(Icon.ZOOM_IN, ""), IconButton(Icon.ZOOM_OUT, "")
        for side in (self.before, self.after):
            side.setCheckable(True)
        self.after.setChecked(True)
        self.before.clicked.connect(lambda: self.choose_side(False))
        self.after.clicked.connect(lambda: self.choose_side(True))
        self.zoom_in.clicked.connect(self.wave.zoom_in)
        self.zoom_out.clicked.connect(self.wave.zoom_out)
        self.wave.zoomed.connect(self._show_zoom)
        self._controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._controls.setContentsMargins(Space.S8, Space.S4, Space.S8, Space.S4)
        playing, looking = QHBoxLayout(), QHBoxLayout()
        self._controls.setSpacing(Space.S8)
        for line in (playing, looking):
            line.setSpacing(Space.S8)
            self._controls.addLayout(line)
        sides = Panel(fill="surface", radius=Radius.CONTROL)
        row = QHBoxLayout()
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(Space.S2)
        row.addWidget(self.before)
        row.addWidget(self.after)
        sides.body.setContentsMargins(0, 0, 0, 0)
        sides.body.addLayout(row)
        playing.addWidget(self.play)
        playing.addWidget(self.shown_time)
        playing.addWidget(self.trimmed_label)
        playing.addWidget(self.loop)
        playing.addWidget(self.snap)
        playing.addStretch(1)
        looking.addStretch(1)
        for part in (self.equal_hint, sides, self.zoom_out, self.zoom_in):
            looking.addWidget(part)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.wave)
        inside.addLayout(self._controls)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(inside)
        self._show_zoom()

    def set_narrow(self, narrow: bool) -> None:
        """Break the controls into two lines where large text leaves no room for one."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._controls.setDirection(down if narrow and theme().px(100) >= LARGE else across)

    def choose_side(self, after: bool) -> None:
        """Show that the sample after the fixes is heard, or the one before them."""
        self.before.setChecked(not after)
        self.after.setChecked(after)
        self.side_chosen.emit(after)

    def press_key(self, event: QKeyEvent) -> bool:
        """Act on a key that plays, trims or flips; whether it was one."""
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.play.click()
        elif event.key() == Qt.Key.Key_B and not event.modifiers() and self.before.isEnabled():
            self.choose_side(not self.after.isChecked())
        else:
            return self.wave.trim_at_playhead(event)
        return True

    def show_playing(self, playing: bool) -> None:
        """Name the play button for what pressing it does."""
        self.play.set_playing(playing)
        self._show_play_name()

    def _show_play_name(self) -> None:
        self.play.setAccessibleName(
            QCoreApplication.translate("Voices", "Pause")
            if self.play.playing
            else QCoreApplication.translate("Voices", "Play sample")
        )

    def _show_zoom(self) -> None:
        self.zoom_out.setEnabled(self.wave.is_zoomed)
        self.zoom_in.setEnabled(self.wave.maximum() > 0)

    def retranslate(self) -> None:
        self.wave.setAccessibleName(QCoreApplication.translate("Voices", "Sample position"))
        self.wave.start.setAccessibleName(QCoreApplication.translate("Voices", "Trim start"))
        self.wave.end.setAccessibleName(QCoreApplication.translate("Voices", "Trim end"))
        self.loop.setText(QCoreApplication.translate("Voices", "Loop the kept part"))
        self.snap.setText(QCoreApplication.translate("Voices", "Snap to silence"))
        self.before.setText(QCoreApplication.translate("Voices", "Before"))
        self.after.setText(QCoreApplication.translate("Voices", "After"))
        self.equal_hint.setText(QCoreApplication.translate("Voices", "equal loudness"))
        self.zoom_in.set_name(QCoreApplication.translate("Voices", "Zoom in"))
        self.zoom_out.set_name(QCoreApplication.translate("Voices", "Zoom out"))
        self._show_play_name()
