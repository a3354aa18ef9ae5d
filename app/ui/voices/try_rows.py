"""The original beside what the clone spoke: play, waveform and gain in a row each."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.texts.speech import gain
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import PlayButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.labels import Label
from app.ui.widgets.themed import Themed
from app.ui.widgets.wave_bars import paint_wave

_HEIGHT = 40
_NAME_WIDTH = 64


class TryWave(Themed, QWidget):
    """A waveform on the time scale of all rows, or a word in place of one.

    Signals:
        sought: the pressed place, in milliseconds.
    """

    sought = Signal(int)
    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._peaks, self._milliseconds, self._longest = b"", 0, 1
        self._position: int | None = None
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    @property
    def word(self) -> str:
        """What is shown in place of a waveform."""
        return self._word

    def show_wave(self, peaks: bytes, milliseconds: int, longest: int) -> None:
        """Show packed peaks of a sound; the whole width stands for `longest` milliseconds."""
        self._peaks, self._milliseconds, self._longest, self._word = peaks, milliseconds, max(1, longest), ""
        self.update()

    def show_word(self, word: str) -> None:
        self._peaks, self._milliseconds, self._word = b"", 0, word
        self.update()

    def show_position(self, milliseconds: int | None) -> None:
        """Show how far it was played; None if it is not the one that plays."""
        if milliseconds != self._position:
            self._position = milliseconds
            self.update()

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(48), theme().px(_HEIGHT))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._milliseconds and event.button() == Qt.MouseButton.LeftButton:
            self.sought.emit(min(self._milliseconds, round(event.position().x() / self.width() * self._longest)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._peaks:
            area = QRectF(0, 4, self.width() * self._milliseconds / self._longest, self.height() - 8)
            played = None if self._position is None else self._position / max(1, self._milliseconds)
            paint_wave(painter, area, self._peaks, played)
            return
        box = QRectF(self.rect()).adjusted(0.5, 4.5, -0.5, -4.5)
        painter.setPen(QPen(theme().colour("line"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, Radius.BADGE, Radius.BADGE)
        painter.setFont(theme().font(Type.SMALL))
        painter.setPen(theme().colour("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._word)


class TryRow(QWidget):
    """One sound: its play button, name, waveform and the gain that makes it equally loud."""

    def __init__(self) -> None:
        super().__init__()
        self.play = PlayButton("", side=30)
        self.name = Label(size=Type.CONTROL)
        self.wave = TryWave()
        self.gain = Badge("", "accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S12)
        row.addWidget(self.play)
        row.addWidget(self.name)
        row.addWidget(self.wave, 1)
        row.addWidget(self.gain)
        self.name.setMinimumWidth(theme().px(_NAME_WIDTH))
        self.gain.hide()

    def show_gain(self, decibels: float | None) -> None:
        """Show the gain, or none."""
        self.gain.setVisible(decibels is not None)
        if decibels is not None:
            self.gain.set_kind("accent", gain(decibels))


class TryRows(QWidget):
    """The original and a row for each text that the clone speaks.

    Signals:
        pressed: the row whose play button was pressed; 0 is the original.
        sought: the row, and the place in it in milliseconds.
    """

    pressed = Signal(int)
    sought = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.S12, Space.S8, Space.S12, Space.S8)
        self._column.setSpacing(Space.S4)
        self.rows: list[TryRow] = []
        self.set_count(1)

    def set_count(self, clones: int) -> None:
        """Have as many rows below the original, at least one."""
        while len(self.rows) > 1 + max(1, clones):
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < 1 + max(1, clones):
            place, row = len(self.rows), TryRow()
            row.play.clicked.connect(lambda _on=False, place=place: self.pressed.emit(place))
            row.wave.sought.connect(lambda at, place=place: self.sought.emit(place, at))
            self.rows.append(row)
            self._column.addWidget(row)
        self.retranslate()

    def show_playing(self, place: int | None, playing: bool, milliseconds: int) -> None:
        """Show which row is loaded, whether it plays, and where; None for none."""
        for at, row in enumerate(self.rows):
            row.play.set_playing(playing and at == place)
            row.wave.show_position(milliseconds if at == place else None)

    def retranslate(self) -> None:
        for place, row in enumerate(self.rows):
            if place == 0:
                name = QCoreApplication.translate("Voices", "Original")
            elif len(self.rows) == 2:
                name = QCoreApplication.translate("Voices", "Clone")
            else:
                name = QCoreApplication.translate("Voices", "Clone {n}").format(n=place)
            row.name.setText(name)
            row.play.setAccessibleName(name)
            row.play.setToolTip(name)
