"""Parts of the library's detail: the steps of how a voice was made, a sound with its waveform."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.core.voices import StepKind, VoiceStep
from app.ui.texts.voice_library import step_measures, step_text
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import PlayButton
from app.ui.widgets.labels import ElidedLabel, Hint, Label
from app.ui.widgets.themed import Themed, paint_box
from app.ui.widgets.wave_bars import paint_wave

_STEP_ICONS: dict[StepKind, Icon] = {
    "file": Icon.FILE, "recording": Icon.MIC, "take": Icon.STUDIO, "description": Icon.WAND, "stretch": Icon.STUDIO,
    "fixes": Icon.EDIT, "sample": Icon.VOICES, "copy": Icon.COPY, "import": Icon.UPLOAD,
}  # fmt: skip
_WAVE_SIZE = (90, 22)
_LENGTH_WIDTH = 44


class StepList(Themed, QWidget):
    """The steps of how a voice was made, one below the other."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.S12, Space.S8, Space.S12, Space.S8)
        self._grid.setHorizontalSpacing(Space.S8)
        self._grid.setVerticalSpacing(Space.S8)
        self._grid.setColumnStretch(1, 1)
        self._icons: list[tuple[QLabel, Icon]] = []
        self._shown: tuple[VoiceStep, ...] | None = None
        self.follow_theme()

    def show_steps(self, steps: Sequence[VoiceStep]) -> None:
        """Show steps in the present language."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._icons.clear()
        for row, step in enumerate(steps):
            mark, name, shown = QLabel(), ElidedLabel(step_text(step), size=Type.CONTROL), step_measures(step)
            self._icons.append((mark, _STEP_ICONS[step.kind]))
            self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(name, row, 1, 1, 1 if shown else 2)
            if shown:
                measures = Hint(shown)
                measures.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._grid.addWidget(measures, row, 2, Qt.AlignmentFlag.AlignVCenter)
        self.restyle()

    def restyle(self) -> None:
        for mark, icon in self._icons:
            mark.setPixmap(pixmap(icon, "text2", 14, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), Radius.ROW, None, theme().colour("line"))
        # The line of time runs through the icons.
        marks = [mark.geometry() for mark, _icon in self._icons]
        for upper, lower in pairwise(marks):
            x, top, bottom = upper.left() + theme().px(7), upper.bottom(), lower.top()
            painter.fillRect(QRectF(x, top - Space.S2, 1, bottom - top + Space.S4), theme().colour("line"))


class WaveStrip(Themed, QWidget):
    """The waveform of a sound, only to be looked at."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._peaks = b""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def show_peaks(self, peaks: bytes) -> None:
        self._peaks = peaks
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*(theme().px(length) for length in _WAVE_SIZE))

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._peaks:
            paint_wave(QPainter(self), QRectF(self.rect()), self._peaks)


class SoundRow(QWidget):
    """A sound that can be played: button, name, waveform and length.

    Attributes:
        play: plays it; its accessible name is that of the sound.
    """

    def __init__(self) -> None:
        super().__init__()
        self.play = PlayButton("", side=28)
        self._name, self._wave, self._length = Label(size=Type.CONTROL), WaveStrip(), Hint()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self.play)
        row.addWidget(self._name)
        row.addWidget(self._wave, 1)
        row.addWidget(self._length)
        self._length.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._length.setMinimumWidth(theme().px(_LENGTH_WIDTH))

    def set_name(self, shown: str, name: str) -> None:
        """Set the text and the accessible name of the button."""
        self._name.setText(shown)
        self.play.setAccessibleName(name)

    def show_sound(self, peaks: bytes, length: str) -> None:
        self._wave.show_peaks(peaks)
        self._length.setText(length)


class Section(QWidget):
    """A caption with what belongs below it."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._caption = Hint()
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.S8)
        self.head.addWidget(self._caption)
        self.head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S6)
        column.addLayout(self.head)
        for part in parts:
            column.addWidget(part)

    def set_caption(self, text: str) -> None:
        self._caption.setText(text)
