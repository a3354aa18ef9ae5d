"""Keeps the context counter up to date, warns, and leaves out or summarises earlier messages when asked to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.catalogue import catalogue
from app.core.context_estimate import WARN_SHARE, ContextUse
from app.core.conversation import Conversation
from app.core.media_tokens import media_tokens
from app.core.messages import Media, Message, Usage
from app.core.summaries import for_branch, with_summary
from app.core.tokens import text_tokens
from app.services.chat.context_meter import ContextMeter, without_first
from app.services.chat.session import ChatSession
from app.services.chat.summary import MAX_SUMMARY_TOKENS, summary_request
from app.services.chat.workspace import Workspace
from app.services.tools.tool import Toolbox
from app.ui.chat.context.counter import ContextCounter
from app.ui.chat.context.offer import ContextOffer
from app.ui.chat.context.summary_writing import SummaryWriting
from app.ui.chat.late_undo import change_present
from app.ui.chat.usage_summary import Charge
from app.ui.chat.view import ChatView
from app.ui.texts.context import full_text
from app.ui.texts.models import model_name
from app.ui.texts.numbers import count
from app.ui.texts.spend import charge_text
from app.ui.widgets.notifications import Notifier

PAUSE_MS = 250
"""After the last change, before it is counted."""
PREVIEW_LENGTH = 80
"""Characters shown of the last message that is left out."""
_UNCOUNTED = {"title": "", "draft": "", "pinned": False, "updated": 0.0, "tokens": 0}
"""Fields of a conversation on which its messages' tokens don't depend."""


class ContextPresenter(QObject):
    """Counts what the next request of the open conversation takes.

    The messages are counted again only when they change; for a key press only the draft is.
    """

    def __init__(
        self,
        view: ChatView,
        *,
        workspace: Workspace,
        toolbox: Toolbox,
        notifier: Notifier,
        run: Callable[[Coroutine[Any, Any, object]], asyncio.Task[Any] | None],
        charge: Charge,
    ) -> None:
        """`run` owns tasks."""
        super().__init__(view)
        assert view.transcript is not None
        self._view, self._transcript = view, view.transcript
        self._workspace, self._toolbox, self._notifier = workspace, toolbox, notifier
        self._run, self._charge = run, charge
        self._meter = ContextMeter(media_tokens)
        self._counted: tuple[object, ...] = ()
        self._use = ContextUse(0)
        self._marked: tuple[object, ...] = ()
        self._may_exceed = False
        self._send_asked: Callable[[], object] = view.composer.send_text
        self._offered_for = ""
        self._suggested = 0
        self._is_automatic = False
        self._dismissed: set[str] = set()
        self._summaries: dict[str, str] = {}
        self._writing = SummaryWriting(workspace.lone_calls, run, self._cost)
        self.counter = ContextCounter()
        view.composer.end.addWidget(self.counter)
        self._offer: ContextOffer | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.update_now)
        self._transcript.send_again.connect(self._send_again)
        view.retranslated.connect(self._retranslate)

    # -- counting --------------------------------------------------------------------------------------------------

    def show(self, conversation: Conversation) -> None:
        """Count the open conversation soon, and mark what is left out of it."""
        if self._offered_for and self._offered_for != conversation.id:
            self._hide_offer()
        marked = (conversation.left_out, conversation.summary, conversation.summary_of, conversation.leaf)
        session = self._workspace.current
        if marked != self._marked and session is not None:
            self._marked = marked
            here = for_branch(conversation, session.branch) if conversation.summary else conversation
            self._transcript.set_left_out_messages(frozenset(here.left_out), has_summary=bool(here.summary))
        self._pause.start()

    def update_now(self) -> None:
        """Count now what has changed, show it, and warn if it is much."""
        self._pause.stop()
        session = self._workspace.current
        if session is None:
            return
        use = self._measure(session, session.conversation.draft)
        self.counter.show_use(use)
        if use.share >= WARN_SHARE and session.id not in self._dismissed and not self._offered_for:
            self._open_offer(session, use)
            self._is_automatic = True
        elif self._offered_for and self._is_automatic and use.share < WARN_SHARE and self._is_offer_unused():
            self._hide_offer()

    def _measure(self, session: ChatSession, draft: str) -> ContextUse:
        """What the next request takes; while a reply runs, what it was asked with, without what has arrived of it."""
        tools = self._toolbox.specs(session.tools)
        content = msgspec.structs.replace(session.conversation, **_UNCOUNTED)
        today = date.today()
        state = (content, tools, self._workspace.profile, today, session.running)
        if state != self._counted:
            self._counted = state
            # The tree gets the running reply when it has ended, so that this is counted once for all that arrives.
            branch = session.tree.branch(session.conversation.leaf)
            self._use = self._meter.measure(session.conversation, branch, tools, self._workspace.profile, today)
        typed = self._meter.count_draft(draft, session.conversation.attachments)
        return self._use._replace(
            tokens=self._use.tokens + typed.tokens, unknown=self._use.unknown + typed.unknown, draft=typed.tokens
        )

    def allows(self, text: str) -> bool:
        """Whether a message can be sent. If it does not fit, the offer says so, and the draft stays."""
        session = self._workspace.current
        if session is None or self._may_exceed:
            return True
        use = self._measure(session, text)
        self.counter.show_use(use)
        return self._fits(session, use, self._view.composer.send_text)

    def allows_answer(
        self,
        session: ChatSession,
        branch: tuple[Message, ...],
        send: Callable[[], object],
        *,
        text: str = "",
        media: tuple[Media, ...] = (),
        model: str = "",
    ) -> bool:
        """Whether the messages of a branch can be answered, with a message after them that was edited.

        If it does not fit, the offer says so; `send` is called where the user wants it sent anyway.
        """
        if self._may_exceed:
            return True
        conversation = msgspec.structs.replace(session.conversation, model=model or session.conversation.model)
        tools = self._toolbox.specs(session.tools)
        use = self._meter.measure(conversation, branch, tools, self._workspace.profile, date.today())
        edited = self._meter.count_draft(text, media)
        use = use._replace(tokens=use.tokens + edited.tokens, draft=edited.tokens)
        return self._fits(session, use, send, branch, conversation.model)

    def _fits(
        self,
        session: ChatSession,
        use: ContextUse,
        send: Callable[[], object],
        branch: tuple[Message, ...] | None = None,
        model: str = "",
    ) -> bool:
        if use.limit is None or use.tokens <= use.limit:
            return True
        self._open_offer(session, use, may_send=True, branch=branch, model=model)
        self._send_asked = send
        return False

    # -- the offer -------------------------------------------------------------------------------------------------

    def offer(self) -> None:
        """Offer to leave out or summarise earlier messages of the open conversation, however full it is."""
        session = self._workspace.current
        if session is not None:
            self._dismissed.discard(session.id)
            self._open_offer(session, self._measure(session, session.conversation.draft))
            assert self._offer is not None
            self._offer.number.setFocus()

    def _open_offer(
        self,
        session: ChatSession,
        use: ContextUse,
        *,
        may_send: bool = False,
        branch: tuple[Message, ...] | None = None,
        model: str = "",
    ) -> None:
        """`branch` has the messages that are sent, where these are not all that are visible; `model` answers them."""
        offer = self._built_offer()
        branch = session.branch if branch is None else branch
        name = model_name(catalogue().model(model or session.conversation.model))
        reason: Callable[[], str]
        if use.share >= WARN_SHARE:
            kind = "bad" if use.share > 1 else "warn"
            reason = partial(full_text, use, name)
        else:
            kind, reason = "neutral", _may_leave_out
        is_open = self._offered_for == session.id
        is_in_use = is_open and (offer.chosen != self._suggested or not self._is_offer_unused())
        self._offered_for, self._is_automatic = session.id, False
        here = for_branch(session.conversation, branch)
        suggested = self._meter.suggested_number(here, branch, use) or max(1, len(branch) // 2)
        number = None if is_in_use else suggested
        offer.show_offer(reason, kind, most=len(branch), number=number, may_send=may_send)
        if not is_in_use:
            self._suggested = offer.chosen
        if not is_open:
            offer.show_summary(self._summaries.get(session.id) or here.summary or None)
        offer.reason.announce()

    def _built_offer(self) -> ContextOffer:
        if self._offer is None:
            self._offer = offer = ContextOffer()
            self._view.add_offer(offer)
            offer.number_changed.connect(self._describe_choice)
            offer.leave_out.connect(self._leave_out)
            offer.summarise.connect(self._summarise)
            offer.stop.connect(self._writing.stop)
            offer.use_summary.connect(self._use_summary)
            offer.send_anyway.connect(self._send_anyway)
            offer.closed.connect(self._dismiss)
        return self._offer

    def _is_offer_unused(self) -> bool:
        """Whether nothing would be lost by closing the offer."""
        return (
            not self._writing.is_running
            and self._offer is not None
            and not self._offer.summary.isVisibleTo(self._offer)
        )

    def _dismiss(self) -> None:
        self._dismissed.add(self._offered_for)
        self._hide_offer()
        self._view.composer.setFocus()

    def _hide_offer(self) -> None:
        """Close the offer. A summary that was not used yet is there when it is opened again."""
        self._writing.stop()
        if self._offer is not None:
            text = self._offer.summary_text()
            if self._offered_for and text.strip():
                self._summaries[self._offered_for] = text
            self._offer.show_summary(None)
            self._offer.summary.clear()
            self._offer.hide()
        self._offered_for = ""

    def _chosen(self) -> tuple[ChatSession, tuple[Message, ...]] | None:
        """The conversation that the offer is about, and the messages it would leave out."""
        session = self._workspace.current
        if session is None or self._offer is None or session.id != self._offered_for:
            return None
        return session, session.branch[: self._offer.chosen]

    def _describe_choice(self) -> None:
        chosen = self._chosen()
        if chosen is None or self._offer is None or not chosen[1]:
            return
        session, first = chosen
        here = for_branch(session.conversation, session.branch)
        freed = self._meter.freed(here, session.branch, len(first))
        request = summary_request(session.conversation, first)
        tokens = sum(self._meter.freed(here, (message,), 1).tokens for message in first) + text_tokens(
            request.messages[-1].text
        )
        effect = QCoreApplication.translate(
            "Context",
            "Leaving them out frees about {freed} tokens. A summary is a call of about {prompt} tokens with an answer "
            "of at most {answer}.",
        ).format(freed=count(freed.tokens), prompt=count(tokens), answer=count(MAX_SUMMARY_TOKENS))
        cost = self._cost(request.model, Usage(prompt=tokens, completion=MAX_SUMMARY_TOKENS))
        if cost:
            effect += " " + QCoreApplication.translate("Context", "It costs at most {cost}.").format(cost=cost)
        text = " ".join(first[-1].text.split())
        shown = text if len(text) <= PREVIEW_LENGTH else f"{text[:PREVIEW_LENGTH]}…"
        self._offer.show_choice(
            QCoreApplication.translate("Context", "up to “{text}”").replace("{text}", shown), effect
        )

    def _cost(self, model: str, usage: Usage) -> str:
        return charge_text(self._charge(model, usage, datetime.now(UTC), ""))

    # -- leaving out -----------------------------------------------------------------------------------------------

    def _leave_out(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            session, first = chosen
            self._hide_offer()
            self._change(session, without_first(session.conversation, first, len(first)), len(first))

    def _use_summary(self, text: str) -> None:
        chosen = self._chosen()
        if chosen is None or self._offer is None:
            return
        if not text.strip():
            self._offer.say_progress(
                lambda: QCoreApplication.translate(
                    "Context", "The summary is empty. Write one, or press Summarise them."
                )
            )
            return
        session, first = chosen
        self._offer.summary.clear()
        self._summaries.pop(session.id, None)
        self._hide_offer()
        self._change(session, with_summary(session.conversation, session.branch, len(first), text), len(first))

    def _change(self, session: ChatSession, changed: Conversation, number: int) -> None:
        """Leave out messages, with Undo."""
        before = _left_out_fields(session.conversation)
        session.configure(**_left_out_fields(changed))

        def sentence() -> str:
            if number == 1:
                return QCoreApplication.translate("Context", "The first message is not sent any more.")
            return QCoreApplication.translate("Context", "The first {n} messages are not sent any more.").format(
                n=number
            )

        self._notifier.success(sentence, undo=lambda: self._put_back(session, before), topic="context")

    def _put_back(self, session: ChatSession, before: dict[str, Any]) -> None:
        change_present(self._workspace, self._run, session, lambda present: present.configure(**before))

    def _send_again(self, message_id: str) -> None:
        """Send a message that was left out again; without any left out, there is nothing to stand for."""
        session = self._workspace.current
        if session is None:
            return
        conversation = session.conversation
        before = _left_out_fields(conversation)
        left_out = tuple(each for each in conversation.left_out if each != message_id)
        session.configure(left_out=left_out, summary=conversation.summary if left_out else "")
        self._notifier.success(
            lambda: QCoreApplication.translate("Context", "The message is sent again."),
            undo=lambda: self._put_back(session, before),
            topic="context",
        )

    def _send_anyway(self) -> None:
        self._hide_offer()
        self._may_exceed = True
        try:
            self._send_asked()
        finally:
            self._may_exceed = False

    # -- the summary -----------------------------------------------------------------------------------------------

    def _summarise(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen[1]:
            session, first = chosen
            self._writing.begin(
                self._built_offer(), session.conversation, first, lambda: self._offered_for == session.id
            )

    def _retranslate(self) -> None:
        self.counter.retranslate()
        session = self._workspace.current
        if self._offered_for and session is not None:
            self._describe_choice()


def _left_out_fields(conversation: Conversation) -> dict[str, object]:
    """The fields of a conversation that say what is left out, and what stands for it."""
    return {name: getattr(conversation, name) for name in ("left_out", "summary", "summary_of")}


def _may_leave_out() -> str:
    return QCoreApplication.translate(
        "Context", "Earlier messages can be left out of what is sent. They stay here and can be sent again."
    )
