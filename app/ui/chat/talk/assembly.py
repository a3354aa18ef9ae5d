"""Connects Talk, the voice of a conversation and what was spoken of it to the chat view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut

from app.core.conversation import Conversation
from app.core.messages import Media
from app.core.observers import Event
from app.services.chat.session import ChatSession
from app.ui.chat import shortcuts
from app.ui.chat.talk.options_presenter import TalkOptionsPresenter
from app.ui.chat.talk.presenter import TalkPresenter
from app.ui.chat.talk.takes_presenter import Counts, Players, TakesPresenter
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.theme.icons import Icon

if TYPE_CHECKING:
    from app.services.talk.talk import Talk
    from app.services.talk.voices import ConversationVoices
    from app.ui.chat.assembly import ChatDependencies
    from app.ui.chat.presenter import ChatPresenter
    from app.ui.chat.view import ChatView
    from app.ui.view_spec import ViewContext
    from app.ui.window import Window


class TalkDependencies(NamedTuple):
    """What Talk needs.

    Attributes:
        create: returns Talk, created at the first call; `players` likewise.
        voices: of conversations.
        hears: whether the model of a conversation takes sound.
        counts: how many takes speak the answers of a conversation.
        on_spoken: a take that speaks an answer was saved.
    """

    create: Callable[[], Talk]
    voices: ConversationVoices
    hears: Callable[[Conversation], bool]
    counts: Counts
    players: Callable[[], Players]
    on_spoken: Event[()]


def connect_talk(
    view: ChatView, presenter: ChatPresenter, services: ChatDependencies, context: ViewContext
) -> TalkPresenter:
    """Connect everything of Talk; returns its presenter."""
    assert view.transcript is not None
    assert view.parameters is not None
    needs, workspace = services.talk, services.workspace

    def may_ask(session: ChatSession, text: str, media: tuple[Media, ...]) -> bool:
        if not presenter.model.offers(session.conversation.model):
            session.configure(model=services.models.chosen("chat"))
        return presenter.context.allows(text) and presenter.parameters.allows_sending(view.composer)

    talk = TalkPresenter(view, workspace=workspace, create=needs.create, settings=context.settings, may_ask=may_ask)
    run = ReportedTasks(services.tasks, "spoken takes", in_notification(context.notifier, "takes")).spawn
    takes = TakesPresenter(view.transcript, workspace, needs.counts, needs.players, needs.on_spoken, run)
    talk.silence_takes = takes.silence
    view.silenced.connect(takes.silence)
    talk.explain = lambda text, again: context.notifier.error(text, retry=again, topic="talk")
    options = TalkOptionsPresenter(
        view.parameters.talk_options, workspace=workspace, voices=needs.voices, settings=context.settings,
        hears=needs.hears,
    )  # fmt: skip
    view.retranslated.connect(options.retranslate)
    _add_commands(context.window, view, talk)
    return talk


def _add_commands(window: Window, view: ChatView, talk: TalkPresenter) -> None:
    def press() -> None:
        window.show_view("chat")
        talk.press()

    def hold() -> None:
        window.show_view("chat")
        talk.key_pressed()

    def type_instead() -> None:
        window.show_view("chat")
        talk.type_instead()

    window.add_command(
        "chat-talk", lambda: QCoreApplication.translate("Commands", "Talk, or send what you said"), press,
        shortcuts.TALK, view="chat", is_bound=False, icon=Icon.TALK,
    )  # fmt: skip
    window.add_command(
        "chat-stop-talk", lambda: QCoreApplication.translate("Commands", "Type instead of talking"), type_instead,
        enabled=lambda: talk.is_open, view="chat", is_local=True, icon=Icon.EDIT,
    )  # fmt: skip
    view.composer.talk.show_shortcut(shortcuts.TALK)
    # A shortcut of its own: a command has no release, and a held key repeats.
    shortcut = QShortcut(QKeySequence(shortcuts.TALK), window, hold)
    shortcut.setAutoRepeat(False)
