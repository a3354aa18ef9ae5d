"""The line below a message that was spoken: how long it was, and its recording where that was kept."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from app.core.messages import Spoken
from app.ui.retranslate import Retranslated
from app.ui.texts.talk import spoken_line
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import Hint


class SpokenLine(Retranslated):
    """Says that a message was spoken.

    Attributes:
        play: plays the recording.
    """

    def __init__(self) -> None:
        super().__init__()
        self._spoken = Spoken(0.0)
        self._plays = False
        self._words = Hint()
        self.play = IconButton(Icon.PLAY, "", side=24)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S4)
        row.addStretch(1)
        row.addWidget(self.play)
        row.addWidget(self._words)
        self.retranslate()

    def show_spoken(self, spoken: Spoken) -> None:
        self._spoken = spoken
        self.play.setVisible(spoken.recording is not None)
        self.retranslate()

    def set_plays(self, plays: bool) -> None:
        """Show whether the recording plays: the button then stops it. It keeps its name."""
        if plays != self._plays:
            self._plays = plays
            self.play.set_glyph(Icon.STOP if plays else Icon.PLAY)
            self.retranslate()

    def retranslate(self) -> None:
        self._words.setText(spoken_line(self._spoken.seconds, is_kept=self._spoken.recording is not None))
        self.play.set_name(QCoreApplication.translate("Transcript", "Play recording"))
        if self._plays:
            self.play.setToolTip(QCoreApplication.translate("Transcript", "Stop playback"))
