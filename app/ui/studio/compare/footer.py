"""The foot of the compare room: the player, what can be done now, and the keys that do it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QToolTip, QVBoxLayout, QWidget

from app.services.speech.playback import Playback
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.buttons import RisingButton, show_play_state
from app.ui.studio.playback_controls import PlaybackControls
from app.ui.texts.comparison import time_of_length
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Space
from app.ui.widgets.buttons import Button, GhostButton, IconButton, PlayButton, PrimaryButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.key_caps import KeyHint
from app.ui.widgets.labels import Label
from app.ui.widgets.slider import Slider
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.themed import Themed
from app.ui.widgets.wrapping_row import WrappingRow

_VOLUME_WIDTH = 90


class _SpeakerMark(Themed, QLabel):
    """The icon before the volume."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self.follow_theme()

    def restyle(self) -> None:
        self.setPixmap(pixmap(Icon.SPEAKER, "text2", 16, self.devicePixelRatioF()))


class CompareFooter(Retranslated):
    """The player with loop, speed and volume for takes with names; for a blind test only what gives nothing away."""

    def __init__(self, *, of_candidates: bool = False) -> None:
        """`of_candidates`: what is compared is called so, else takes."""
        super().__init__()
        self.play = PlayButton("", side=40)
        self._time = Label()
        self.loop = Chip("", Icon.LOOP)
        self.speed = SpinBox("", 0.5, 2.0, 0.1, decimals=2)
        self.speed.setValue(1.0)
        self.speed.refused.connect(self._show_refused_speed)
        self.volume = Slider("")
        self.volume.setRange(0, 100)
        self.volume.setMinimumWidth(theme().px(_VOLUME_WIDTH))
        self.flip = Button("", Icon.COMPARE)
        self.undo_answer = GhostButton("", Icon.UNDO)
        self.reveal = RisingButton()
        self.export = Button("", Icon.DOWNLOAD)
        self.keep_voice = IconButton(Icon.VOICES, "", side=CONTROL_HEIGHT)
        self.keep = PrimaryButton()
        self._keep_number, self._of_candidates = 0, of_candidates
        self._is_named = True
        self._hints = {
            "play": KeyHint("Space"),
            "switch": KeyHint("Up", "Down"),
            "flip": KeyHint("Shift+Space"),
            "go": KeyHint(),
            "star": KeyHint("S"),
        }
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        volume = QWidget()
        row = QHBoxLayout(volume)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(_SpeakerMark())
        row.addWidget(self.volume)
        self._player = WrappingRow(self.play, self._time, self.loop, self.speed, volume, gap=Space.S12)
        self._hints_row = WrappingRow(*self._hints.values(), gap=Space.S16)
        self._actions = WrappingRow(self.flip, self.undo_answer, self.reveal, self.export, self.keep_voice, self.keep)
        self._upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._upper.setSpacing(Space.S12)
        for part in (self._player, self._actions):
            self._upper.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._upper.insertStretch(1, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S8)
        self._column.setSpacing(Space.S8)
        self._column.addLayout(self._upper)
        self._column.addWidget(self._hints_row)

    def show_page(self, *, named: bool, blind: bool, takes: int, rating: bool) -> None:
        """Show what a page needs: takes with names (`named`), a blind test (`blind`), else a verdict."""
        self._player.setVisible(named)
        self.undo_answer.setVisible(blind)
        self.reveal.setVisible(blind)
        self.export.setVisible(rating if named else not blind)
        self.keep.setVisible(not blind)
        self.keep_voice.setVisible(not blind)
        for name in ("switch", "go", "star"):
            self._hints[name].setVisible(named)
        self._is_named = named
        # Without the player there is room for the keys in its place.
        if named and self._column.indexOf(self._hints_row) < 0:
            self._column.addWidget(self._hints_row)
        elif not named and self._upper.indexOf(self._hints_row) < 0:
            self._upper.insertWidget(0, self._hints_row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._hints["go"].set_keys(*(str(place) for place in range(1, takes + 1)))
        self.retranslate()
        self._fit()

    def set_keep(self, number: int) -> None:
        """Name the take that Keep keeps; 0 for none, which can't be kept."""
        self._keep_number = number
        self.keep.setEnabled(number > 0)
        self.keep_voice.setEnabled(number > 0)
        self.retranslate()

    def attach(self, playback: Playback) -> None:
        self._shared = PlaybackControls(playback, self.loop, self.speed, self.volume)

    def show_time(self, position_ms: int, length_ms: int) -> None:
        self._time.setText(time_of_length(position_ms, length_ms))

    def show_playing(self, playing: bool) -> None:
        show_play_state(self.play, playing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the actions on a line of their own where they don't fit beside the rest."""
        left = self._player if self._is_named else self._hints_row
        wide = left.sizeHint().width() + self._actions.sizeHint().width() + 2 * Space.S12
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._upper.setDirection(across if wide <= self.width() - 2 * Space.S16 else down)

    def _show_refused_speed(self, refusal: str) -> None:
        """Show above the field why a typed speed is not used."""
        self.speed.setToolTip(refusal or QCoreApplication.translate("Studio", "Speed"))
        if refusal:
            QToolTip.showText(self.speed.mapToGlobal(QPoint(0, -3 * self.speed.height())), refusal, self.speed)
        else:
            QToolTip.hideText()

    def retranslate(self) -> None:
        self.show_playing(self.play.playing)
        self.loop.setText(QCoreApplication.translate("Studio", "Loop"))
        speed = QCoreApplication.translate("Studio", "Speed")
        self.speed.setAccessibleName(speed)
        self.speed.lineEdit().setAccessibleName(speed)
        self.speed.setToolTip(self.speed.refusal or speed)
        self.volume.setAccessibleName(QCoreApplication.translate("Studio", "Volume"))
        self.flip.setText(QCoreApplication.translate("Compare", "Flip"))
        self.undo_answer.setText(QCoreApplication.translate("Compare", "Take back the last answer"))
        self.undo_answer.setAccessibleName(QCoreApplication.translate("Compare", "Undo answer"))
        self.reveal.setText(QCoreApplication.translate("Compare", "Reveal"))
        self.export.setText(QCoreApplication.translate("Compare", "Export result"))
        self.keep_voice.set_name(QCoreApplication.translate("Studio", "Keep as voice"))
        self._name_keep()
        actions = {
            "play": QCoreApplication.translate("Compare", "play"),
            "switch": QCoreApplication.translate("Compare", "switch candidate, same spot")
            if self._of_candidates
            else QCoreApplication.translate("Compare", "switch take, same spot"),
            "flip": QCoreApplication.translate("Compare", "flip the last two")
            if self._is_named
            else QCoreApplication.translate("Compare", "flip at the same spot"),
            "go": QCoreApplication.translate("Compare", "go to a candidate")
            if self._of_candidates
            else QCoreApplication.translate("Compare", "go to a take"),
            "star": QCoreApplication.translate("Compare", "star"),
        }
        for name, action in actions.items():
            self._hints[name].set_action(action)
        self._fit()

    def _name_keep(self) -> None:
        number = self._keep_number
        if self._of_candidates:
            keep = QCoreApplication.translate("Compare", "Keep candidate")
            named = QCoreApplication.translate("Compare", "Keep candidate {n}")
            star = QCoreApplication.translate("Compare", "Give this candidate a star")
        else:
            keep = QCoreApplication.translate("Compare", "Keep take")
            named = QCoreApplication.translate("Compare", "Keep take {n}")
            star = QCoreApplication.translate("Compare", "Give this take a star")
        self.keep.setText(named.format(n=number) if number else keep)
        self.keep.setAccessibleName(keep)
        self.keep.setToolTip(star)
