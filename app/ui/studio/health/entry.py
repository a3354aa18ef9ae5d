"""Opens the health room from the list of takes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from app.core.takes import Take
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.health.ask_presenter import AskPresenter, OpenInChat
from app.ui.studio.health.drift_presenter import DriftPresenter
from app.ui.studio.health.room import HealthPage, HealthRoom, HealthSide
from app.ui.studio.health.words_presenter import WordsPresenter
from app.ui.studio.view import StudioView
from app.ui.texts.speech import take_name
from app.ui.texts.takes import takes_named

PlayTake = Callable[[Take], Coroutine[Any, Any, None]]
"""Plays a take as the list of takes does."""


class HealthEntry(QObject):
    """Connects the buttons below the takes to the pages of the room, which is built when it is first opened.

    Attributes:
        open_in_chat: opens a conversation about a take.
    """

    def __init__(
        self, view: StudioView, context: SpeechContext, session: Callable[[], str], play: PlayTake, spawn: Spawn
    ) -> None:
        super().__init__(view)
        self._view, self._panel, self._context = view, view.takes_panel, context
        self._session, self._play, self._spawn = session, play, spawn
        self._built: _Built | None = None
        self.open_in_chat: OpenInChat = lambda _media, _question, _model: None
        panel = self._panel
        panel.check_words.clicked.connect(lambda: self._open("words"))
        panel.check_drift.clicked.connect(lambda: self._open("drift"))
        panel.ask.clicked.connect(lambda: self._open("ask"))
        view.room_changed.connect(self._on_room_changed)
        view.retranslated.connect(self._retranslate)
        self.destroyed.connect(context.playback.on_change.subscribe(self._show_playing))

    def _open(self, page: HealthPage) -> None:
        lead, chosen = self._panel.lead(), [take for take in self._panel.selected_takes() if take.has_ended]
        if lead is None or not chosen:
            return
        built = self._built = self._built or _Built(self._context, self._play, self._spawn, self)
        sounding = [take for take in chosen if take.frames]
        match page:
            case "words":
                built.words.open(sounding, self._session())
                shown = sounding
            case "drift":
                built.drift.open(chosen, self._panel.model.takes(), self._session())
                shown = chosen
            case "ask":
                built.ask.open(lead)
                shown = [lead]
        built.show_page(page, shown)
        self._view.open_room(built.room, built.side)

    def is_open(self, page: HealthPage) -> bool:
        """Whether a page of the room is on the screen."""
        built = self._built
        return built is not None and self._view.room is built.room and built.room.page == page

    def close(self) -> None:
        """Show the takes again."""
        if self._built is not None and self._view.room is self._built.room:
            self._view.close_room()

    def _on_room_changed(self) -> None:
        """Stop an answer that nobody sees any more; checks and takes go on in the list of jobs."""
        if self._built is not None and self._view.room is not self._built.room:
            self._built.ask.leave()

    def _show_playing(self) -> None:
        if self._built is not None:
            self._built.show_playing()

    def _retranslate(self) -> None:
        if self._built is not None:
            self._built.retranslate()


class _Built:
    """The room with its presenters."""

    def __init__(self, context: SpeechContext, play: PlayTake, spawn: Spawn, entry: HealthEntry) -> None:
        self._context, self._play, self._spawn = context, play, spawn
        self.room, self.side = HealthRoom(), HealthSide()
        self.words = WordsPresenter(self.room.words, context, spawn)
        self.drift = DriftPresenter(self.room.drift, context, spawn)
        self.ask = AskPresenter(self.room.ask, context)
        self.words.is_shown = lambda: entry.is_open("words")
        self.ask.open_in_chat = lambda media, question, model: entry.open_in_chat(media, question, model)
        self._takes: list[Take] = []
        self.room.done.clicked.connect(entry.close)
        self.room.play.clicked.connect(self._play_or_pause)
        for page in (self.room.words, self.room.drift):
            page.list.row_selected.connect(lambda _key: self.show_playing())

    def show_page(self, page: HealthPage, takes: list[Take]) -> None:
        self._takes = takes
        self.room.show_page(page)
        self.side.show_page(page)
        self.retranslate()
        self.show_playing()

    def retranslate(self) -> None:
        """Show everything in the present language."""
        takes = self._takes
        one = take_name(takes[0], takes[0].number) if len(takes) == 1 else takes_named(len(takes))
        self.room.show_subtitle(one)
        presenters: dict[HealthPage, WordsPresenter | DriftPresenter | AskPresenter] = {
            "words": self.words, "drift": self.drift, "ask": self.ask,
        }  # fmt: skip
        presenters[self.room.page].show()

    def _take(self) -> Take | None:
        """The take that the play button is for: the selected one of the page."""
        lists = {"words": self.room.words.list, "drift": self.room.drift.list}
        rows = lists.get(self.room.page)
        key = rows.selected_key() if rows is not None else None
        found = self.drift.take(key or "") if self.room.page == "drift" else None
        chosen = found or next((take for take in self._takes if take.id == key), None)
        return chosen or (self._takes[0] if self._takes else None)

    def show_playing(self) -> None:
        take, playback = self._take(), self._context.playback
        self.room.play.setEnabled(take is not None and take.frames > 0)
        self.room.show_playing(playback.playing and take is not None and playback.key == take.id)

    def _play_or_pause(self) -> None:
        take, playback = self._take(), self._context.playback
        if take is None:
            return
        if playback.key == take.id and (playback.playing or not playback.ended):
            playback.toggle()
        else:
            self._spawn(self._play(take))
