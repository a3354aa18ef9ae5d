"""Warns of attachments that the model does not take, and offers a model that does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.core.attachments import Kind, model_that_takes, refused_kinds
from app.core.catalogue import catalogue
from app.core.conversation import Conversation
from app.core.messages import Media
from app.services.chat.request_building import sent_messages
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.ui.texts.attachments import kind_words
from app.ui.texts.models import model_name
from app.ui.widgets.notifications import Notifier

TOPIC = "attachments"


class RefusedKinds:
    """Compares attachments with what the model of their conversation takes."""

    def __init__(
        self, workspace: Workspace, models: Models, notifier: Notifier, choose_model: Callable[[str], None]
    ) -> None:
        """`choose_model` chooses a model for the open conversation."""
        self._workspace = workspace
        self._models = models
        self._notifier = notifier
        self._choose_model = choose_model
        self._warned: tuple[object, ...] = ()

    def follow(self, conversation: Conversation) -> None:
        """Warn once of attachments of the open draft that its model does not take, until it takes them."""
        kinds = self._refused(conversation, conversation.attachments)
        warned = (conversation.id, conversation.model, kinds)
        if kinds and warned != self._warned:
            self._warn(conversation, kinds, is_earlier=False)
        elif not kinds and any(self._warned[2:]):
            self._notifier.withdraw(TOPIC)
        self._warned = warned

    def permits(self, session: ChatSession, media: tuple[Media, ...]) -> bool:
        """Whether the model takes some attachments and those of the messages before; if not, that is said."""
        conversation = session.conversation
        if kinds := self._refused(conversation, media):
            self._warn(conversation, kinds, is_earlier=False)
            return False
        parts = (part for message in sent_messages(conversation, session.branch) for part in message.parts)
        earlier = tuple(part for part in parts if isinstance(part, Media))
        if kinds := self._refused(conversation, earlier):
            self._warn(conversation, kinds, is_earlier=True)
            return False
        return True

    def _refused(self, conversation: Conversation, media: tuple[Media, ...]) -> tuple[Kind, ...]:
        return refused_kinds(media, catalogue().model(conversation.model), self._workspace.protocol)

    def _warn(self, conversation: Conversation, kinds: tuple[Kind, ...], *, is_earlier: bool) -> None:
        """Say in one sentence what is not taken, and offer a model that takes it."""
        protocol = self._workspace.protocol
        able = model_that_takes(kinds, self._models.of_kind("chat"), protocol)
        name = model_name(catalogue().model(conversation.model))
        other = model_name(able) if able is not None else ""

        def sentence() -> str:
            words = kind_words(kinds)
            if able is not None and is_earlier:
                text = QCoreApplication.translate(
                    "Attachments", "{model} takes no {kinds}, which earlier messages have; {other} does."
                )
            elif able is not None:
                text = QCoreApplication.translate("Attachments", "{model} takes no {kinds}; {other} does.")
            elif protocol == "anthropic" and any(kind != "image" for kind in kinds):
                text = QCoreApplication.translate(
                    "Attachments",
                    "Only images can be sent over the Anthropic protocol. Remove the {kinds}, or choose the OpenAI "
                    "protocol for this service in Settings.",
                )
            else:
                text = QCoreApplication.translate(
                    "Attachments", "{model} takes no {kinds}, and no other model of this service does. Remove them."
                )
            return text.format(model=name, kinds=words, other=other)

        offer = None
        if able is not None:
            label = partial(_use_label, other)
            offer = (label, partial(self._use_model, self._workspace.current_or_new(), able.id))
        self._notifier.warning(sentence, topic=TOPIC, offer=offer)

    def _use_model(self, session: ChatSession, model_id: str) -> None:
        """Use a model for the conversation that it was offered for, which may not be open any more."""
        if self._workspace.current is session:
            self._choose_model(model_id)
        else:
            session.configure(model=model_id)


def _use_label(name: str) -> str:
    return QCoreApplication.translate("Attachments", "Use {model}").format(model=name)
