"""The room for the health of takes: reads their words back, measures their drift, asks a model that hears."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.studio.health.ask_page import AskPage
from app.ui.studio.health.drift_page import DriftPage
from app.ui.studio.health.words_page import WordsPage
from app.ui.texts.health import drift_note, opinion_note, recogniser_note
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton, PlayButton
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.panel import Panel
from app.ui.widgets.scroll_area import ScrollArea

HealthPage = Literal["words", "drift", "ask"]
HEALTH_PAGES: tuple[HealthPage, ...] = ("words", "drift", "ask")


class HealthRoom(Retranslated):
    """The pages of the room; presenters give them takes and a meaning.

    Attributes:
        play: plays the take that a page is about.
        done: closes the room.
    """

    def __init__(self) -> None:
        super().__init__()
        self._page: HealthPage = "words"
        self._subtitle_text = ""
        self.words, self.drift, self.ask = WordsPage(), DriftPage(), AskPage()
        self._panel = Panel()
        self._subtitle = ElidedLabel(size=Type.CONTROL, ink="text2")
        self.play, self.done = PlayButton("", side=30), GhostButton()
        self._pages = QStackedWidget()
        for page in (self.words, self.drift, ScrollArea(self.ask)):
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        head.setSpacing(Space.S8)
        head.addWidget(self.play)
        head.addWidget(self._subtitle, 1)
        self._panel.add_action(self.done)
        self._panel.body.addLayout(head)
        self._panel.body.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        self.retranslate()

    @property
    def page(self) -> HealthPage:
        return self._page

    def notice_area(self) -> NoticeArea:
        """The page: the header stays free."""
        return NoticeArea(self._pages, frees_controls=True)

    def show_page(self, page: HealthPage) -> None:
        self._page = page
        if page == "ask":
            self.ask.offer_question()
        self._pages.setCurrentIndex(HEALTH_PAGES.index(page))
        first = {"words": self.words.check, "drift": self.drift.speak, "ask": self.ask.question}[page]
        self.setFocusProxy(first if first.isEnabled() else self.done)
        self.retranslate()

    def show_subtitle(self, text: str) -> None:
        """Say which takes the page is about."""
        self._subtitle_text = text
        self._subtitle.setText(text)

    def show_playing(self, playing: bool) -> None:
        self.play.set_playing(playing)
        self.retranslate()

    def retranslate(self) -> None:
        titles = {
            "words": QCoreApplication.translate("Health", "Words"),
            "drift": QCoreApplication.translate("Health", "Drift"),
            "ask": QCoreApplication.translate("Health", "Ask MiMo about this take"),
        }
        self._panel.set_title(titles[self._page])
        self._subtitle.setText(self._subtitle_text)
        self.done.setText(QCoreApplication.translate("Compare", "Done"))
        if self.play.playing:
            self.play.setAccessibleName(QCoreApplication.translate("Studio", "Pause"))
        else:
            self.play.setAccessibleName(QCoreApplication.translate("Studio", "Play"))
        self.play.setToolTip(self.play.accessibleName())


class HealthSide(Retranslated):
    """What a page of the room can and can't say, beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._page: HealthPage = "words"
        self._panel, self._text = Panel(), Label(ink="text2", size=Type.CONTROL, wrap=True)
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        inside.addWidget(self._text)
        self._panel.body.addLayout(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._panel)
        self.retranslate()

    def show_page(self, page: HealthPage) -> None:
        self._page = page
        self.retranslate()

    def retranslate(self) -> None:
        self._panel.set_title(QCoreApplication.translate("Health", "What this says"))
        notes = {"words": recogniser_note, "drift": drift_note, "ask": opinion_note}
        self._text.setText(notes[self._page]())
