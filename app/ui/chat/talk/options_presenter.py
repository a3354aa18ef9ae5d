"""Keeps the voice of a conversation and the options of Talk, and shows them in the side panel."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from app.core.conversation import Conversation
from app.core.settings import DECLARED, TALK_PAUSE, Settings
from app.services.chat.session import ChatSession, SessionObserver
from app.services.chat.workspace import Workspace
from app.services.talk.voices import ConversationVoices
from app.ui.chat.talk.options import SWITCHES, TalkOptionsSection
from app.ui.texts.voices import builtin_traits, origin_name


class TalkOptionsPresenter(QObject, SessionObserver):
    """Connects the section to the open conversation and to the settings."""

    def __init__(
        self, section: TalkOptionsSection, *, workspace: Workspace, voices: ConversationVoices, settings: Settings,
        hears: Callable[[Conversation], bool],
    ) -> None:  # fmt: skip
        """`hears` tells whether the model of a conversation takes sound."""
        super().__init__(section)
        self._section, self._workspace, self._voices, self._settings = section, workspace, voices, settings
        self._hears = hears
        self._end_following: Callable[[], None] = lambda: None
        self._shown: tuple[str, str, str] | None = None
        section.voice_chosen.connect(self._choose_voice)
        section.direction_typed.connect(lambda text: self._configure(direction=text))
        section.switched.connect(lambda key, on: settings.set(DECLARED[key], on))
        section.pause_changed.connect(lambda value: settings.set(TALK_PAUSE, round(value, 1)))
        for key in SWITCHES:
            section.show_switch(key, settings.get(DECLARED[key]))
            settings.watch(DECLARED[key], partial(section.show_switch, key))
        section.show_pause(settings.get(TALK_PAUSE))
        settings.watch(TALK_PAUSE, section.show_pause)
        voices.library.on_change.subscribe(self._show_again)
        workspace.on_open.subscribe(self._follow)
        if workspace.current is not None:
            self._follow(workspace.current)

    def _follow(self, session: ChatSession) -> None:
        self._end_following()
        self._end_following = session.subscribe(self)
        self._show_again()

    def _configure(self, **fields: object) -> None:
        self._workspace.current_or_new().configure(**fields)

    def _choose_voice(self, key: str) -> None:
        self._configure(voice="" if key == self._voices.default else key)

    def conversation_changed(self, conversation: Conversation) -> None:
        if self._workspace.current is None or conversation.id != self._workspace.current.id:
            return
        shown = (conversation.id, conversation.voice, conversation.model)
        if shown != self._shown:
            self._shown = shown
            self._section.show_voices(self._choices(), self._voices.chosen(conversation))
            self._section.show_hears(self._hears(conversation))
        self._section.show_direction(conversation.direction)

    def _show_again(self) -> None:
        self._shown = None
        if self._workspace.current is not None:
            self.conversation_changed(self._workspace.current.conversation)

    def retranslate(self) -> None:
        """Name the voices in the current language."""
        self._show_again()

    def _choices(self) -> list[tuple[str, str]]:
        default = QCoreApplication.translate("Talk", "default")
        choices = [
            (voice.id, f"{voice.id} · {default if voice.id == self._voices.default else builtin_traits(voice)}")
            for voice in self._voices.builtin()
        ]
        return choices + [(voice.id, f"{voice.name} · {origin_name(voice)}") for voice in self._voices.own()]
