"""The bar below an audition grid: what plays, at which loudness, and what can be done with the chosen cell."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.settings import EQUAL_LOUDNESS, Settings
from app.core.takes import Take
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import clock
from app.ui.texts.speech import gain
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, GhostButton, IconButton, PlayButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.key_caps import KeyHint, caps_width, paint_caps
from app.ui.widgets.labels import ElidedLabel, Hint
from app.ui.widgets.wave_bars import peak_pairs
from app.ui.widgets.waveform import Waveform

_USUAL_SOUND, _LEAST_SOUND = 400, 220
"""Widths for play button, name and waveform."""
QWIDGETSIZE_MAX = (1 << 24) - 1


class _KeyButton(GhostButton):
    """A button that shows the key which does the same."""

    def __init__(self, key: str) -> None:
        self._keys = (key,)
        super().__init__()

    def sizeHint(self) -> QSize:
        width = theme().px(2 * self.padding) + caps_width(self._keys) + Space.S6 + self._words_width()
        return QSize(width, theme().px(self.base_height))

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        left = area.left() + theme().px(self.padding)
        paint_caps(painter, self._keys, left, area.center().y())
        painter.setFont(self.font())
        painter.setPen(theme().colour(ink))
        words = area.adjusted(left + caps_width(self._keys) + Space.S6 - area.left(), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.shown_text())


class GridBar(Retranslated):
    """Plays one take of the grid and names its cell.

    Attributes:
        make: makes the chosen cell again; named Retry where it failed.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._take_id = ""
        self._total = 0
        self._gain: float | None = None
        self._starred = 0
        self._retries = self._is_new = False
        self.play = PlayButton("", side=40)
        self.name = ElidedLabel(size=Type.CONTROL, weight=Type.MEDIUM)
        self.time = Hint()
        self.position = Waveform("", height=40)
        self.equal_loudness = Chip("")
        self.equal_loudness.setChecked(settings.get(EQUAL_LOUDNESS))
        self._move = KeyHint("Left", "Up", "Down", "Right")
        self.star, self.make = _KeyButton("S"), _KeyButton("R")
        self.star.setCheckable(True)
        self.delete = IconButton(Icon.TRASH, "")
        self.compare = Button("", Icon.COMPARE)
        words = QWidget()
        self._words = QVBoxLayout(words)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(Space.S2)
        self._words.addStretch(1)
        self._words.addWidget(self.name)
        self._words.addWidget(self.time)
        self._words.addStretch(1)
        sound = QHBoxLayout()
        sound.setSpacing(Space.S12)
        sound.addWidget(self.play)
        sound.addWidget(words, 2)
        sound.addWidget(self.position, 3)
        self._actions = QWidget()
        self._actions_flow = FlowLayout(self._actions, gap=Space.S8)
        for part in (self.equal_loudness, self._move, self.star, self.make, self.delete, self.compare):
            self._actions_flow.addWidget(part)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        self._row.setSpacing(Space.S12)
        self._row.addLayout(sound, 1)
        self._row.addWidget(self._actions)
        self.show_take(None, "")
        theme().changed.connect(self._fit)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The actions can stand below the sound, and below each other."""
        margins = self._row.contentsMargins()
        widest = max(self.compare.sizeHint().width(), theme().px(_LEAST_SOUND))
        return QSize(widest + margins.left() + margins.right(), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Put the actions below the sound where both don't fit side by side, without the hint where that is tight."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        acts = (self.equal_loudness, self.star, self.make, self.delete, self.compare)
        needed = sum(part.sizeHint().width() + Space.S8 for part in acts)
        hint = self._move.sizeHint().width() + Space.S8
        fits = room - needed > theme().px(_USUAL_SOUND)
        self._move.setVisible(room - needed - hint > (theme().px(_USUAL_SOUND) if fits else 0))
        self._actions.setFixedWidth(needed + (hint if not self._move.isHidden() else 0)) if fits else None
        if not fits:
            self._actions.setMinimumWidth(0)
            self._actions.setMaximumWidth(QWIDGETSIZE_MAX)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        if self._row.direction() != (across if fits else down):
            self._row.setDirection(across if fits else down)
            self._name_compare()

    def show_take(self, take: Take | None, name: str, gain_db: float | None = None) -> None:
        """Show what plays, or would play: its cell, its sound and its gain."""
        self._take_id, self._gain = (take.id if take is not None else ""), gain_db
        self._total = round(1000 * take.frames / take.rate) if take is not None else 0
        self.name.setText(name)
        self.play.setEnabled(bool(self._total))
        self.position.set_sound(peak_pairs(take.peaks) if take is not None else (), self._total)
        self.show_position(0)

    @property
    def take_id(self) -> str:
        """The id of the shown take; empty for none."""
        return self._take_id

    def show_position(self, milliseconds: int) -> None:
        """Move the playhead."""
        milliseconds = min(milliseconds, self._total)
        self.position.set_position(milliseconds)
        if not self._total:
            self.time.setText("")
            return
        text = QCoreApplication.translate("Grid", "{t} of {total}")
        line = text.format(t=clock(milliseconds / 1000), total=clock(self._total / 1000))
        self.time.setText(f"{line} · {gain(self._gain)}" if self._gain is not None else line)

    def show_playing(self, *, playing: bool) -> None:
        """Name the play button for what pressing it does."""
        self.play.set_playing(playing)
        self._name_play()

    def show_chosen(
        self, *, can_make: bool, is_new: bool, failed: bool, can_star: bool, has_take: bool, starred: bool
    ) -> None:
        """Offer what can be done with the chosen cell."""
        self._retries, self._is_new = failed, is_new
        self.make.setEnabled(can_make)
        self.star.setEnabled(can_star)
        self.delete.setEnabled(has_take)
        self.star.setChecked(starred)
        self._name_make()

    def show_starred(self, count: int) -> None:
        """Offer to compare the starred takes, if there are at least two."""
        self._starred = count
        self.compare.setEnabled(count > 1)
        self._name_compare()
        self._fit()

    def _name_play(self) -> None:
        pause, play = QCoreApplication.translate("Studio", "Pause"), QCoreApplication.translate("Studio", "Play")
        self.play.setAccessibleName(pause if self.play.playing else play)
        self.play.setToolTip(self.play.accessibleName())

    def _name_make(self) -> None:
        if self._retries:
            text = QCoreApplication.translate("Grid", "Retry")
        elif self._is_new:
            text = QCoreApplication.translate("Grid", "Make this cell")
        else:
            text = QCoreApplication.translate("Studio", "Redo")
        self.make.setText(text)
        self.make.setAccessibleName(text)
        self._fit()

    def _name_compare(self) -> None:
        is_tight = self._row.direction() == QBoxLayout.Direction.TopToBottom
        if self._starred > 1 and is_tight:
            text = QCoreApplication.translate("Grid", "Compare {n}").format(n=self._starred)
        elif self._starred > 1:
            text = QCoreApplication.translate("Grid", "Compare {n} starred").format(n=self._starred)
        elif is_tight:
            text = QCoreApplication.translate("Grid", "Compare")
        else:
            text = QCoreApplication.translate("Grid", "Compare starred")
        self.compare.setText(text)
        self.compare.setAccessibleName(QCoreApplication.translate("Grid", "Compare starred"))
        tip = QCoreApplication.translate("Grid", "Star at least two cells to compare them.")
        self.compare.setToolTip("" if self._starred > 1 else tip)

    def retranslate(self) -> None:
        self._name_play()
        self.position.setAccessibleName(QCoreApplication.translate("Studio", "Position"))
        self.equal_loudness.setText(QCoreApplication.translate("Studio", "Equal loudness"))
        self._move.set_action(QCoreApplication.translate("Grid", "move and play"))
        self.star.setText(QCoreApplication.translate("Studio", "Star"))
        self._name_make()
        self.delete.set_name(QCoreApplication.translate("Studio", "Delete take"))
        self._name_compare()
        self._fit()
