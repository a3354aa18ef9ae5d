"""Connects the chat view to the chat's services."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.core.catalogue import catalogue
from app.core.conversation import Conversation, differs_by_draft
from app.core.events import ChatEvent, Started
from app.core.messages import Media, Reply, ToolCallRef
from app.core.settings import Settings
from app.services.call_history import CallHistory
from app.services.chat.approval import Approvals
from app.services.chat.files import ConversationFiles
from app.services.chat.session import ChatSession, SessionObserver
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.services.prompts import PromptLibrary
from app.services.tasks import TaskSet
from app.services.tool_servers.servers import ToolServers
from app.services.tools.own_tools import OwnTools
from app.services.tools.tool import Toolbox
from app.ui.chat.attachments.draft_attachments import AttachmentDependencies
from app.ui.chat.attachments.presenter import AttachmentsPresenter
from app.ui.chat.composer_parts.presenter import ComposerPresenter
from app.ui.chat.context.presenter import ContextPresenter
from app.ui.chat.conversations_presenter import ConversationsPresenter
from app.ui.chat.export_presenter import ExportPresenter, Studio
from app.ui.chat.inspector.presenter import InspectorPresenter
from app.ui.chat.json_answers import JsonAnswers
from app.ui.chat.model_presenter import ModelPresenter
from app.ui.chat.parameters_presenter import ParametersPresenter
from app.ui.chat.passing_notices import PassingNotices
from app.ui.chat.saved_prompts_presenter import SavedPromptsPresenter
from app.ui.chat.search_presenter import SearchPresenter
from app.ui.chat.speaking_presenter import SpeakingPresenter
from app.ui.chat.tools.presenter import ToolsPresenter
from app.ui.chat.tools.servers.presenter import ServersPresenter
from app.ui.chat.transcript.edit_field import EditDraft
from app.ui.chat.transcript.user_message import edit_draft, edited_text
from app.ui.chat.transcript_updater import TranscriptUpdater
from app.ui.chat.tree_presenter import TreePresenter
from app.ui.chat.view import ChatView
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.services.speech.dictation import Dictation
    from app.services.speech.read_aloud import ReadAloud


EXAMPLE_TOOL = "get_current_time"
"""The tool that the example of the empty view needs."""


class ChatPresenter(QObject, SessionObserver):
    """Shows the open conversation and lets the controls of the view act on it.

    Attributes:
        conversations: presents the list of conversations.
        parameters, tools, inspector: present the pages of the side panel.
        model: presents the choice of the model.
        context: presents how much of the model's context is used.
    """

    def __init__(
        self,
        view: ChatView,
        *,
        workspace: Workspace,
        files: ConversationFiles,
        calls: CallHistory,
        models: Models,
        toolbox: Toolbox,
        own_tools: OwnTools,
        tool_servers: ToolServers,
        approvals: Approvals,
        prompts: PromptLibrary,
        settings: Settings,
        notifier: Notifier,
        updater: TranscriptUpdater,
        tasks: TaskSet,
        read_aloud: Callable[[], ReadAloud],
        dictation: Callable[[], Dictation],
        silence: Callable[[], None],
        studio: Studio,
        attachments: AttachmentDependencies,
    ) -> None:
        """`read_aloud`, `dictation` create services when used; `silence` stops all sound; `studio` opens a session."""
        super().__init__(view)
        view.complete(notifier)
        assert view.transcript is not None
        assert view.parameters is not None
        assert view.tools is not None
        assert view.inspector is not None
        self._view, self._transcript = view, view.transcript
        self._workspace = workspace
        self._models = models
        self._notifier = notifier
        self._updater = updater
        self._run = ReportedTasks(tasks, "conversations", in_notification(notifier, "storage")).spawn
        self._observed: WeakSet[ChatSession] = WeakSet()
        self._shown: Conversation | None = None
        self.conversations = ConversationsPresenter(
            view, workspace=workspace, files=files, settings=settings, notifier=notifier, run=self._run
        )
        self.model = ModelPresenter(view.model, workspace=workspace, models=models, notifier=notifier)
        self.parameters = ParametersPresenter(
            view.parameters, workspace=workspace, settings=settings, notifier=notifier, run=self._run
        )
        SavedPromptsPresenter(view.parameters, prompts, notifier, self._run)
        self.tools = ToolsPresenter(
            view, view.tools, workspace=workspace, toolbox=toolbox, own_tools=own_tools, approvals=approvals,
            settings=settings, notifier=notifier, run=self._run,
        )  # fmt: skip
        self.servers = ServersPresenter(
            view, view.tools.servers, servers=tool_servers, workspace=workspace, approvals=approvals,
            settings=settings, notifier=notifier, run=self._run,
        )  # fmt: skip
        tool_servers.on_change.subscribe(self.tools.show)
        self.inspector = InspectorPresenter(
            view, view.inspector, workspace=workspace, calls=calls, notifier=notifier, run=self._run,
            charge=updater.charge, explain_refusal=self.explain_refusal,
        )  # fmt: skip
        self._composing = ComposerPresenter(
            view.composer, view, workspace=workspace, prompts=prompts, dictation=dictation, silence=silence,
            notifier=notifier, tasks=tasks,
        )  # fmt: skip
        self.attachments = AttachmentsPresenter(
            view, dependencies=attachments, workspace=workspace, models=models, settings=settings, notifier=notifier,
            tasks=tasks, choose_model=self.model.choose,
        )  # fmt: skip
        self.context = ContextPresenter(
            view, workspace=workspace, toolbox=toolbox, notifier=notifier, run=self._run, charge=updater.charge,
        )  # fmt: skip
        self.tree = TreePresenter(
            view, workspace=workspace, models=models, notifier=notifier, run=self._run,
            explain_refusal=self.explain_refusal, offers=self.model.offers, refuse_model=self.model.refuse,
            context=self.context,
        )  # fmt: skip
        self.out = ExportPresenter(
            view, workspace=workspace, settings=settings, notifier=notifier, run=self._run, studio=studio
        )
        self.search = SearchPresenter(
            view, view.parameters.web_search, view.transcript, workspace=workspace,
            session_to_ask=self._session_to_ask, explain_refusal=self.explain_refusal,
        )  # fmt: skip
        self._speaking = SpeakingPresenter(view.transcript, workspace, read_aloud, notifier)
        self._passing = PassingNotices(notifier, self)
        self._json_answers = JsonAnswers(view.transcript, workspace=workspace, notifier=notifier, run=self._run)
        self._connect_composer(silence)
        self._connect_transcript()
        workspace.on_open.subscribe(self._on_open)
        models.on_change.subscribe(self._on_models_changed)
        view.retranslated.connect(self._retranslate)
        presentation_cover().changed.connect(self._updater.redraw)
        if workspace.current is not None:
            self._on_open(workspace.current)
            self.conversations.show_rows()
        self.model.show_all()
        self.tools.show()

    # -- user actions ---------------------------------------------------------------------------------------------

    def _connect_composer(self, silence: Callable[[], None]) -> None:
        composer = self._view.composer
        composer.send.connect(self._send_composed)
        composer.stop.connect(self._stop)
        composer.draft_changed.connect(lambda text: self._session().configure(draft=text))
        composer.think_changed.connect(lambda on: self.parameters.change_sampling({"thinking": on}))
        self._view.example_chosen.connect(self._send_example)
        self._view.silenced.connect(silence)

    def _connect_transcript(self) -> None:
        transcript = self._transcript
        transcript.approve.connect(lambda call_ref, decision: self._session().decide(call_ref, *decision))
        transcript.answered.connect(lambda call_ref, text: self._session().answer_call(call_ref, text))
        transcript.cards_decided.connect(self._view.composer.setFocus)
        transcript.replay.connect(self._replay)
        transcript.copy.connect(self._copy)
        transcript.regenerate.connect(self._regenerate)
        transcript.edit.connect(self._edit)
        transcript.version.connect(self._switch)
        transcript.retry.connect(self._retry)
        transcript.end_accepted.connect(self._updater.accept_end)
        transcript.open_link.connect(self._view.ask_to_open)
        transcript.inspect.connect(self.inspector.inspect)
        self._view.find_bar.searched.connect(self._find_text)
        self.conversations.hit_chosen.connect(self._find_match)

    def _session(self) -> ChatSession:
        return self._workspace.current_or_new()

    def _session_to_ask(self) -> ChatSession:
        """The open conversation, set up with a model that the active service offers."""
        session = self._session()
        if not session.running and not self.model.offers(session.conversation.model):
            session.configure(model=self._models.chosen("chat"))
        return session

    def _send(self, text: str, media: tuple[Media, ...] = ()) -> bool:
        return self._session_to_ask().send(text, media) or self.explain_refusal()

    def _send_example(self, text: str) -> None:
        """Send the example of the empty view, which needs the clock; the composer shows that it is on."""
        session = self._session()
        if EXAMPLE_TOOL not in session.tools:
            session.configure(tools=(*session.tools, EXAMPLE_TOOL))
        self._send(text)

    def _send_composed(self, text: str) -> None:
        """Send the composer's text; it stays in the composer if it can't be sent."""
        filled = self._composing.filled(text)
        if filled is None or not self.context.allows(filled) or not self.parameters.allows_sending(self._view.composer):
            return
        media = self.attachments.to_send(self._session_to_ask())
        if media is not None and self._send(filled, media):
            self._view.composer.clear()

    def _edit(self, message_id: str, text: str, media: tuple[Media, ...] | None) -> None:
        """Send an edited message; its editor stays open if it can't be sent."""
        session = self._session_to_ask()

        def send(filled: str) -> None:
            # What was typed after this was offered is not lost: its editor stays open.
            if edited_text(self._transcript, message_id) not in (None, text) or not session.can_start:
                return
            old = session.tree[message_id]
            above = session.tree.branch(old.parent)
            sent = tuple(part for part in old.parts if isinstance(part, Media)) if media is None else media
            again = partial(self._edit_again, message_id, EditDraft(text, 0, sent))
            if self.context.allows_answer(session, above, again, text=filled, media=sent):
                self._transcript.end_editing(message_id)
                session.edit(message_id, filled, media)

        if not session.can_start:
            self.explain_refusal()
        elif (filled := self._composing.filled_edit(text, session.tree[message_id].text, send)) is not None:
            send(filled)

    def _edit_again(self, message_id: str, asked: EditDraft) -> None:
        """Send what is in the editor of a message now; what was asked for, if it is scrolled out."""
        draft = edit_draft(self._transcript, message_id, asked)
        if draft is not None and message_id in self._session().tree:
            self._edit(message_id, draft.text, draft.media)

    def _replay(self, call_ref: ToolCallRef, arguments: str, result: str | None) -> None:
        """Replay an edited call; its editor stays open if no reply can start."""
        session = self._session_to_ask()
        if session.can_start:
            self._transcript.end_editing(call_ref.message, (call_ref.step, call_ref.call))
            session.replay(call_ref, arguments, result)
        else:
            self.explain_refusal()

    def _regenerate(self, message_id: str) -> None:
        session = self._session_to_ask()
        again = partial(self._regenerate, message_id)
        if message_id not in session.tree:
            return
        if not session.can_start:
            self.explain_refusal()
        elif self.context.allows_answer(session, session.tree.branch(session.tree[message_id].parent), again):
            session.regenerate(message_id)

    def _switch(self, message_id: str, by: int) -> None:
        if not self._session().switch(message_id, by):
            self.explain_refusal()

    def _retry(self, message_id: str) -> None:
        self._session_to_ask()
        if not self._updater.retry(message_id):
            self.explain_refusal()

    def explain_refusal(self) -> Literal[False]:
        """Say why nothing was started. What was typed stays where it is."""
        session = self._workspace.current
        if session is not None and session.running:
            text = QCoreApplication.translate(
                "Chat", "A reply is still running. Stop it or wait until it is finished. Your text stays here."
            )
        else:
            text = QCoreApplication.translate("Chat", "The program is closing, so nothing is sent any more.")
        self._notifier.warning(text, topic="running")
        return False

    def _stop(self) -> None:
        if self._workspace.current is not None:
            self._workspace.current.stop()

    def allow_all(self) -> None:
        """Allow every tool call of the open conversation that waits, this once."""
        if self._workspace.current is not None:
            self._workspace.current.allow_all()

    def is_waiting(self) -> bool:
        """Whether a tool call of the open conversation waits for the user."""
        return self._workspace.current is not None and self._workspace.current.is_waiting

    def _copy(self, message_id: str) -> None:
        QGuiApplication.clipboard().setText(self._session().tree[message_id].text)
        self._notifier.success(QCoreApplication.translate("Chat", "Copied."), topic="copied")

    def _find_match(self, query: str) -> None:
        """Select what Search conversations found: the whole text, else the first of its words that is there."""
        for text in dict.fromkeys((query, *query.split())):
            found = self._transcript.find_text(text)
            if found != (0, 0):
                self._view.find_bar.show_query(text)
                self._view.find_bar.show_result(*found)
                return
        self._view.find_bar.show_query("")

    def _find_text(self, query: str, backwards: bool) -> None:
        self._view.find_bar.show_result(*self._transcript.find_text(query, backwards))

    # -- SessionObserver and other events --------------------------------------------------------------------------

    def _on_open(self, session: ChatSession) -> None:
        self._passing.end()
        if not session.running and not session.tree:
            session.configure(model=self._models.chosen("chat"))
        self._updater.follow(session)
        # The term belongs to the conversation it was typed for, or comes from Search conversations.
        query = self.conversations.take_query(session.id)
        self.inspector.follow(session)
        self._view.find_bar.show_query(query)
        if query:
            self._find_match(query)
        if session not in self._observed:
            self._observed.add(session)
            session.subscribe(self)
        self._view.composer.set_running(session.running)
        self._shown = None
        self.conversation_changed(session.conversation)
        self._view.composer.open_draft(session.conversation.draft)

    def conversation_changed(self, conversation: Conversation) -> None:
        current = self._workspace.current
        if current is None or conversation.id != current.id:
            return
        shown, self._shown = self._shown, conversation
        if shown is not None and differs_by_draft(
            shown, conversation
        ):  # A key press changes only what shows the draft.
            self._composing.show()
            self.parameters.show(conversation, current)
            self.context.show(conversation)
            return
        self._view.show_title(conversation.title)
        self.model.show(conversation.model)
        self._composing.show()
        model = catalogue().model(conversation.model)
        thinking = model.thinks(conversation.sampling.thinking)
        self._view.composer.show_thinking(thinking, possible=model.may("thinking"))
        self.parameters.show(conversation, current)
        self.attachments.show(conversation)
        self.context.show(conversation)
        self.search.show(conversation)
        self.tools.follow()
        self.servers.follow()

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        if isinstance(event, Started):
            self.inspector.refresh()

    def step_ended(self, message_id: str, reply: Reply) -> None:
        self.inspector.refresh()

    def running_changed(self, running: bool) -> None:
        current = self._workspace.current
        if current is not None:
            self._view.composer.set_running(current.running)
            if running and current.running:
                self._passing.end()
            elif not current.running:
                self._passing.end("running")
        self._view.set_busy(self._workspace.running)
        self.inspector.refresh()

    def _on_models_changed(self) -> None:
        """Update after a change of models or service; a conversation whose model is missing gets the chosen one."""
        session = self._workspace.current
        if session is not None and not session.running and not self.model.offers(session.conversation.model):
            session.configure(model=self._models.chosen("chat"))
        self.parameters.refresh()
        if session is not None:
            self.conversation_changed(session.conversation)
        self.model.show_all()

    def _retranslate(self) -> None:
        """Update texts that were composed in the previous language."""
        self.conversations.show_rows()
        self._updater.retranslate()
        if self._workspace.current is not None:
            self.search.show(self._workspace.current.conversation)
        self.model.show_all()
