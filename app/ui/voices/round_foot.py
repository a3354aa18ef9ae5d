"""The foot of a round: the same line both ways, the player, and Keep voice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.takes import Take
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.buttons import show_play_state
from app.ui.studio.compare.mini_wave import MiniWave
from app.ui.texts.comparison import time_of_length
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, IconButton, PlayButton, PrimaryButton
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, ElidedLabel, Label

_NAME_WIDTH = 128


class SameLine(Retranslated):
    """Plays the line of a candidate beside the same line in the voice that was kept from it.

    Attributes:
        speak: requests the line in the kept voice.
    """

    def __init__(self) -> None:
        super().__init__()
        self._playing = (False, False)
        self._caption = Caption()
        self.design, self.kept = PlayButton("", side=28), PlayButton("", side=28)
        self._design_text, self._kept_text = Label(), Label()
        self._design_wave, self._kept_wave = MiniWave(), MiniWave()
        self.speak = Button()
        self._plan = ElidedLabel(size=Type.CONTROL, ink="text2")
        self._difference = ElidedLabel(size=Type.CONTROL, ink="text2")
        self._difference.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self._caption)
        for part in (self.design, self._design_text, self._design_wave, self.kept, self._kept_text, self._kept_wave):
            row.addWidget(part)
        row.addWidget(self.speak)
        row.addWidget(self._plan, 1)
        row.addWidget(self._difference, 1)
        self.show_line(None, None, is_kept=False, is_running=False)
        self.retranslate()

    def show_line(self, design: Take | None, kept: Take | None, *, is_kept: bool, is_running: bool) -> None:
        """Show the candidate, and the take that speaks its line with the kept voice, as far as there is one.

        The row is there once a voice was kept (`is_kept`).
        """
        longest = max((round(1000 * take.frames / take.rate) for take in (design, kept) if take is not None), default=0)
        self._design_wave.set_take(design, longest)
        self._kept_wave.set_take(kept, longest)
        self.setVisible(is_kept and design is not None)
        for part in (self.kept, self._kept_wave, self._kept_text, self._difference):
            part.setVisible(kept is not None)
        for ask in (self.speak, self._plan):
            ask.setVisible(kept is None)
        self.speak.setEnabled(not is_running)

    def show_plan(self, plan: str) -> None:
        """Show what speaking the line would take."""
        self._plan.setText(plan)

    def show_difference(self, text: str) -> None:
        self._difference.setText(text)

    def show_playing(self, *, design: bool, kept: bool) -> None:
        """Show which of the two plays."""
        self._playing = (design, kept)
        self.design.set_playing(design)
        self.kept.set_playing(kept)
        for button, name in (
            (self.design, QCoreApplication.translate("Design", "Play the designed line")),
            (self.kept, QCoreApplication.translate("Design", "Play the kept line")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)

    def retranslate(self) -> None:
        self._caption.setText(QCoreApplication.translate("Design", "Same line"))
        self._design_text.setText(QCoreApplication.translate("Design", "Design"))
        self._kept_text.setText(QCoreApplication.translate("Design", "Kept"))
        self.speak.setText(QCoreApplication.translate("Design", "Speak it with the kept voice"))
        self.show_playing(design=self._playing[0], kept=self._playing[1])


class RoundFoot(Retranslated):
    """What can be done with the current candidate."""

    def __init__(self) -> None:
        super().__init__()
        self._can_keep = False
        self.same_line = SameLine()
        self.play = PlayButton("", side=34)
        self._time = Label()
        self.flip = Button("", Icon.COMPARE)
        self.star, self.delete = IconButton(Icon.STAR, ""), IconButton(Icon.TRASH, "")
        self._freezes = ElidedLabel(size=Type.CONTROL, ink="text2")
        self._freezes.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.name, self.keep = LineField(""), PrimaryButton()
        player, keeping = QWidget(), QWidget()
        left, right = QHBoxLayout(player), QHBoxLayout(keeping)
        for side in (left, right):
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(Space.S8)
        for part in (self.play, self._time, self.flip, self.star, self.delete):
            left.addWidget(part)
        left.addStretch(1)
        right.addWidget(self._freezes, 1)
        right.addWidget(self.name)
        right.addWidget(self.keep)
        self.name.returnPressed.connect(self.keep.click)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(Space.S8)
        self._row.addWidget(player)
        self._row.addWidget(keeping, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S12)
        column.setSpacing(Space.S8)
        column.addWidget(self.same_line)
        column.addLayout(self._row)
        self.show_time(0, 0)
        self.show_current(playable=False, stars=False, can_flip=False, can_delete=False)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def show_current(self, *, playable: bool, stars: bool, can_flip: bool, can_delete: bool) -> None:
        """Enable what can be done with the current candidate."""
        self.play.setEnabled(playable)
        self.star.setEnabled(playable)
        self.flip.setEnabled(can_flip)
        self.delete.setEnabled(can_delete)
        self.star.set_glyph(Icon.STAR_FILLED if stars else Icon.STAR)
        self.star.setCheckable(True)
        self.star.setChecked(stars)
        self.set_can_keep(playable)

    def set_can_keep(self, on: bool) -> None:
        """Enable keeping if a candidate with audio is selected."""
        self._can_keep = on
        reason = "" if on else QCoreApplication.translate("Voices", "Select a finished candidate first.")
        self.keep.setEnabled(on)
        self.keep.setToolTip(
            reason
            or QCoreApplication.translate("Design", "No person was recorded: a designed voice is kept without consent.")
        )
        self.keep.setAccessibleDescription(self.keep.toolTip())

    def show_freezes(self, text: str) -> None:
        self._freezes.setText(text)

    def show_time(self, position_ms: int, length_ms: int) -> None:
        self._time.setText(time_of_length(position_ms, length_ms))

    def show_playing(self, playing: bool) -> None:
        show_play_state(self.play, playing)

    def set_wide(self, is_wide: bool) -> None:
        """Put Keep beside the player, or on a line of its own where it does not fit there."""
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def _fit(self) -> None:
        self.name.setMinimumWidth(theme().px(_NAME_WIDTH))

    def retranslate(self) -> None:
        self.show_playing(self.play.playing)
        self.flip.setText(QCoreApplication.translate("Compare", "Flip"))
        self.star.set_name(QCoreApplication.translate("Design", "Star candidate"))
        self.delete.set_name(QCoreApplication.translate("Voices", "Delete candidate"))
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "Voice name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Voices", "Voice name"))
        self.keep.setText(QCoreApplication.translate("Voices", "Keep voice"))
        self.set_can_keep(self._can_keep)
