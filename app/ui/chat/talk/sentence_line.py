"""The line below the answer that is spoken: which sentences were heard, which sounds, and which are being made."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.talk.speech_queue import Sentence
from app.ui.texts.numbers import decimal
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.chips import Badge, Kind

_SHOWN_AHEAD = 2


class SentenceLine(QWidget):
    """Badges: how many sentences were heard, then one for each that follows, as far as it goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badges = [Badge("") for _ in range(3 + _SHOWN_AHEAD)]
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S12, 0, 0, 0)
        row.setSpacing(Space.S6)
        for badge in self._badges:
            row.addWidget(badge)
            badge.hide()
        row.addStretch(1)
        self.hide()

    def show_sentences(self, sentences: Sequence[Sentence], *, is_whole: bool) -> None:
        """Show how far the sentences of an answer are; `is_whole`: no more will be written."""
        shown: list[tuple[Kind, str, Icon]] = []
        heard = sum(sentence.state == "heard" for sentence in sentences)
        if heard:
            shown.append(("good", QCoreApplication.translate("Talk", "{n} heard").format(n=heard), Icon.CHECK))
        kind: Kind
        for sentence in [each for each in sentences if each.state != "heard"][: 1 + _SHOWN_AHEAD]:
            match sentence.state:
                case "speaking":
                    text, kind, icon = QCoreApplication.translate("Talk", "{n} speaking"), "accent", Icon.SPEAKER
                case "failed":
                    text, kind, icon = QCoreApplication.translate("Talk", "{n} not spoken"), "bad", Icon.ERROR
                case "making" if sentence.source is not None:
                    text, kind, icon = QCoreApplication.translate("Talk", "{n} ready"), "neutral", Icon.CHECK
                case "making":
                    text, kind, icon = (
                        QCoreApplication.translate("Talk", "{n} being made, {time} s"),
                        "neutral",
                        Icon.CLOCK,
                    )
                case _:
                    continue
            waited = max(0.0, time.monotonic() - sentence.requested_at)
            shown.append((kind, text.format(n=sentence.number, time=decimal(waited, 1)), icon))
        if not is_whole:
            following = len(sentences) + 1
            text = QCoreApplication.translate("Talk", "{n} still being written").format(n=following)
            shown.append(("neutral", text, Icon.EDIT))
        for index, badge in enumerate(self._badges):
            badge.setVisible(index < len(shown))
            if index < len(shown):
                kind, words, icon = shown[index]
                badge.set_kind(kind, words, icon)
        self.setVisible(bool(shown))
