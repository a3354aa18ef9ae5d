"""Connects the chat view to the chat's services."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakSet

import msgspec
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.core.catalogue import catalogue
from app.core.conversation import Conversation
from app.core.errors import Code, WorkbenchError
from app.core.events import ChatEvent, Started
from app.core.messages import Reply, ToolCallRef
from app.core.settings import ALWAYS_ALLOWED_TOOLS, ASK_BEFORE_TOOL, ENABLED_TOOLS, SAVED_PROMPTS, TOOLS_OPEN, Settings
from app.services.call_history import CallHistory
from app.services.chat.approval import Approvals
from app.services.chat.files import ConversationFiles
from app.services.chat.recorded_request import is_for_protocol, recorded_request
from app.services.chat.session import ChatSession, SessionObserver
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox
from app.ui.chat.conversations_presenter import ConversationsPresenter
from app.ui.chat.transcript_updater import TranscriptUpdater
from app.ui.chat.view import ChatView
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.texts.errors import error_sentences
from app.ui.texts.models import model_name, model_sentence
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.services.speech.read_aloud import ReadAloud


EXAMPLE_TOOL = "get_current_time"
"""The tool that the example of the empty view needs."""


class ChatPresenter(QObject, SessionObserver):
    """Shows the open conversation and lets the controls of the view act on it.

    Attributes:
        conversations: presents the list of conversations.
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
        approvals: Approvals,
        settings: Settings,
        notifier: Notifier,
        updater: TranscriptUpdater,
        tasks: TaskSet,
        read_aloud: Callable[[], ReadAloud],
        silence: Callable[[], None],
    ) -> None:
        """`read_aloud` creates the service on first use; `silence` stops everything that is playing."""
        super().__init__(view)
        view.complete(notifier)
        assert view.transcript is not None
        assert view.parameters is not None
        assert view.tools is not None
        assert view.inspector is not None
        self._inspector = view.inspector
        self._view, self._transcript, self._parameters, self._tools = view, view.transcript, view.parameters, view.tools
        self._workspace = workspace
        self._calls = calls
        self._models = models
        self._toolbox = toolbox
        self._approvals = approvals
        self._settings = settings
        self._notifier = notifier
        self._updater = updater
        self._run = ReportedTasks(tasks, "conversations", in_notification(notifier, "storage")).spawn
        self._read_aloud = read_aloud
        self._is_read_aloud_connected = False
        self._observed: WeakSet[ChatSession] = WeakSet()
        self.conversations = ConversationsPresenter(
            view, workspace=workspace, files=files, settings=settings, notifier=notifier, run=self._run
        )
        self._connect_composer(silence)
        self._connect_parameters()
        self._connect_transcript()
        workspace.on_open.subscribe(self._on_open)
        models.on_change.subscribe(self._on_models_changed)
        view.retranslated.connect(self._retranslate)
        presentation_cover().changed.connect(self._updater.redraw)
        settings.watch(ENABLED_TOOLS, lambda names: self._show_tools())
        settings.watch(ASK_BEFORE_TOOL, self._show_ask)
        settings.watch(ALWAYS_ALLOWED_TOOLS, self._set_always_allowed)
        if workspace.current is not None:
            self._on_open(workspace.current)
            self.conversations.show_rows()
        self._show_models()
        self._show_tools()

    # -- user actions ---------------------------------------------------------------------------------------------

    def _connect_composer(self, silence: Callable[[], None]) -> None:
        composer = self._view.composer
        composer.send.connect(self._send_composed)
        composer.stop.connect(self._stop)
        composer.draft_changed.connect(lambda text: self._session().configure(draft=text))
        composer.think_changed.connect(lambda on: self._change_sampling({"thinking": on}))
        self._view.model.chosen.connect(self._choose_model)
        self._view.model.refused.connect(self._refuse_model)
        self._view.example_chosen.connect(self._send_example)
        composer.offered.clicked.connect(lambda: self._view.open_panel(TOOLS_OPEN))
        self._view.silenced.connect(silence)

    def _connect_parameters(self) -> None:
        self._parameters.system_changed.connect(lambda text: self._session().configure(system=text))
        self._parameters.task_changed.connect(lambda key: self._session().configure(task=key))
        self._parameters.sampling_changed.connect(self._change_sampling)
        self._parameters.ask_changed.connect(self._set_ask)
        self._parameters.saved_prompts.saved.connect(self._save_prompt)
        self._parameters.saved_prompts.removed.connect(self._remove_prompt)
        self._settings.watch(SAVED_PROMPTS, self._parameters.show_saved_prompts)
        saved: dict[str, str] = self._settings.get(SAVED_PROMPTS)
        self._parameters.show_saved_prompts(saved)
        self._tools.offered_changed.connect(self._set_offered_tools)

    def _connect_transcript(self) -> None:
        transcript = self._transcript
        transcript.approve.connect(lambda call_ref, decision: self._session().decide(call_ref, decision))
        transcript.answered.connect(lambda call_ref, text: self._session().answer_call(call_ref, text))
        transcript.replay.connect(self._replay)
        transcript.copy.connect(self._copy)
        transcript.regenerate.connect(self._regenerate)
        transcript.edit.connect(self._edit)
        transcript.version.connect(self._switch)
        transcript.retry.connect(self._retry)
        transcript.open_link.connect(self._view.ask_to_open)
        transcript.inspect.connect(self._inspect)
        transcript.speak.connect(self._speak)
        self._view.find_bar.searched.connect(self._find_text)
        self.conversations.hit_chosen.connect(self._find_match)
        self._inspector.send_again.connect(self._send_again)
        self._inspector.not_in_log.connect(lambda call_id: self._run(self._show_saved_call(call_id)))

    def _session(self) -> ChatSession:
        return self._workspace.current or self._workspace.new()

    def _session_to_ask(self) -> ChatSession:
        """The open conversation, set up with the enabled tools and a model that the active service offers."""
        session = self._session()
        if not session.running:
            offered: list[str] = self._settings.get(ENABLED_TOOLS)
            session.tools = tuple(offered)
            if not self._offers(session.conversation.model):
                session.configure(model=self._models.chosen("chat"))
        return session

    def _send(self, text: str) -> bool:
        return self._session_to_ask().send(text) or self._explain_refusal()

    def _send_example(self, text: str) -> None:
        """Send the example of the empty view, which needs the clock; the composer shows that it is on."""
        offered: list[str] = self._settings.get(ENABLED_TOOLS)
        if EXAMPLE_TOOL not in offered:
            self._settings.set(ENABLED_TOOLS, [*offered, EXAMPLE_TOOL])
        self._send(text)

    def _send_composed(self, text: str) -> None:
        """Send the composer's text; it stays in the composer if it can't be sent."""
        if self._send(text):
            self._view.composer.clear()

    def _edit(self, message_id: str, text: str) -> None:
        """Send an edited message; its editor stays open if it can't be sent."""
        session = self._session_to_ask()
        if session.can_start:
            self._transcript.end_editing(message_id)
            session.edit(message_id, text)
        else:
            self._explain_refusal()

    def _replay(self, call_ref: ToolCallRef, arguments: str, result: str | None) -> None:
        """Replay an edited call; its editor stays open if no reply can start."""
        session = self._session_to_ask()
        if session.can_start:
            self._transcript.end_editing(call_ref.message, (call_ref.step, call_ref.call))
            session.replay(call_ref, arguments, result)
        else:
            self._explain_refusal()

    def _regenerate(self, message_id: str) -> None:
        if not self._session_to_ask().regenerate(message_id):
            self._explain_refusal()

    def _switch(self, message_id: str, by: int) -> None:
        if not self._session().switch(message_id, by):
            self._explain_refusal()

    def _retry(self, message_id: str) -> None:
        self._session_to_ask()
        if not self._updater.retry(message_id):
            self._explain_refusal()

    def _explain_refusal(self) -> Literal[False]:
        """Say why nothing was started. What was typed stays where it is."""
        if self._session().running:
            text = QCoreApplication.translate(
                "Chat", "A reply is still running. Stop it or wait until it is finished. Your text stays here."
            )
        else:
            text = QCoreApplication.translate("Chat", "The program is closing, so nothing is sent any more.")
        self._notifier.warning(text, topic="running")
        return False

    def _stop(self) -> None:
        self._session().stop()

    def _choose_model(self, model_id: str) -> None:
        """Use this model for the open conversation and for new ones."""
        if self._offers(model_id):
            self._session().configure(model=model_id)
            self._models.choose("chat", model_id)
        else:
            self._show_model(self._session().conversation.model)
            self._refuse_model(model_id)

    def _offers(self, model_id: str) -> bool:
        """Whether the active service offers this model; true when its model list could not be loaded."""
        return self._models.error is not None or any(model.id == model_id for model in self._models.of_kind("chat"))

    def _refuse_model(self, typed: str) -> None:
        self._notifier.warning(
            QCoreApplication.translate(
                "Chat",
                "There is no model “{name}” here. Choose one from the list, "
                "or add it under Further models for this service in Settings.",
            ).format(name=typed),
            topic="model",
        )

    def _change_sampling(self, changes: dict[str, Any]) -> None:
        session = self._session()
        session.configure(sampling=msgspec.structs.replace(session.conversation.sampling, **changes))

    def _set_ask(self, ask: bool) -> None:
        self._settings.set(ASK_BEFORE_TOOL, ask)
        if ask:
            self._settings.set(ALWAYS_ALLOWED_TOOLS, [])

    def _show_ask(self, ask: bool) -> None:
        """Apply a change of the setting, made here or elsewhere."""
        self._approvals.ask = ask
        self._show_tools()
        self._parameters.show_ask(ask)

    def _set_always_allowed(self, names: list[str]) -> None:
        self._approvals.always = set(names)
        self._show_tools()

    def _set_offered_tools(self, names: list[str]) -> None:
        self._settings.set(ENABLED_TOOLS, names)

    def _save_prompt(self, name: str, text: str) -> None:
        before: dict[str, str] = self._settings.get(SAVED_PROMPTS)
        self._settings.set(SAVED_PROMPTS, {**before, name: text})
        self._notifier.success(
            lambda: QCoreApplication.translate("Chat", "Saved as {name}.").format(name=name),
            undo=lambda: self._settings.set(SAVED_PROMPTS, before),
        )

    def _remove_prompt(self, name: str) -> None:
        before: dict[str, str] = self._settings.get(SAVED_PROMPTS)
        self._settings.set(SAVED_PROMPTS, {key: text for key, text in before.items() if key != name})
        self._notifier.info(
            lambda: QCoreApplication.translate("Chat", "“{title}” was deleted.").format(title=name),
            undo=lambda: self._settings.set(SAVED_PROMPTS, before),
        )

    def _asks_for_json(self, session: ChatSession) -> bool:
        """Whether the prompt, a message of the branch or the draft contains the word that JSON mode needs."""
        conversation = session.conversation
        texts = (conversation.system, conversation.draft, *(message.text for message in session.branch))
        return any("json" in text.casefold() for text in texts)

    def _copy(self, message_id: str) -> None:
        QGuiApplication.clipboard().setText(self._session().tree[message_id].text)
        self._notifier.success(QCoreApplication.translate("Chat", "Copied."), topic="copied")

    def _speak(self, message_id: str) -> None:
        """Read an answer aloud; a second click stops it."""
        read_aloud = self._read_aloud()
        if not self._is_read_aloud_connected:
            self._is_read_aloud_connected = True
            read_aloud.on_failed.subscribe(in_notification(self._notifier, "aloud"))
        try:
            read_aloud.toggle(message_id, self._session().tree[message_id].text)
        except WorkbenchError as error:
            self._notifier.warning(partial(error_sentences, error), topic="aloud")

    def _inspect(self, message_id: str) -> None:
        """Show the call that produced an answer, or the last of several."""
        call_ids = [reply.call_id for reply in self._session().tree[message_id].replies if reply.call_id]
        self._view.open_inspector()
        if call_ids:
            self._inspector.show_call(call_ids[-1])
        else:
            self._inspector.notify_not_found()

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

    async def _show_saved_call(self, call_id: str) -> None:
        """Show a call of an earlier run."""
        try:
            self._inspector.show_saved_call(await self._calls.find(call_id))
        except WorkbenchError as error:
            if error.code is not Code.NOT_KEPT:
                raise
            self._inspector.notify_not_found()

    def _send_again(self, call_id: str) -> None:
        self._run(self._send_recorded(call_id))

    async def _send_recorded(self, call_id: str) -> None:
        """Send the request of a chat call again, as it was; its answer becomes another version."""
        session = self._session()
        found = next(
            (
                (message, step)
                for message in session.tree
                for step, reply in enumerate(message.replies)
                if reply.call_id == call_id
            ),
            None,
        )
        if found is None:
            self._notifier.warning(
                QCoreApplication.translate("Chat", "This call belongs to another conversation. Open that one first.")
            )
            return
        call = await self._calls.find(call_id)
        request = recorded_request(call)
        if request is None or not is_for_protocol(call, self._workspace.protocol):
            self._notifier.warning(
                QCoreApplication.translate(
                    "Chat",
                    "This request is written for another protocol than that of the chosen service. "
                    "Choose the service it was sent to, then send again.",
                )
            )
        elif not session.can_start:
            self._explain_refusal()
        elif session is self._workspace.current:
            message, step = found
            enabled: list[str] = self._settings.get(ENABLED_TOOLS)
            session.tools = tuple(enabled)
            session.send_recorded(message.id, step, request)
            self._inspector.follow_newest()

    # -- SessionObserver and other events --------------------------------------------------------------------------

    def _on_open(self, session: ChatSession) -> None:
        if not session.running and not session.tree:
            session.configure(model=self._models.chosen("chat"))
        self._updater.follow(session)
        # The term belongs to the conversation it was typed for, or comes from Search conversations.
        query = self.conversations.take_query(session.id)
        self._inspector.follow_conversation(session.call_ids)
        self._view.find_bar.show_query(query)
        if query:
            self._find_match(query)
        if session not in self._observed:
            self._observed.add(session)
            session.subscribe(self)
        self._view.composer.set_running(session.running)
        self.conversation_changed(session.conversation)
        self._view.composer.open_draft(session.conversation.draft)

    def conversation_changed(self, conversation: Conversation) -> None:
        current = self._workspace.current
        if current is None or conversation.id != current.id:
            return
        self._view.show_title(conversation.title)
        self._show_model(conversation.model)
        model = catalogue().model(conversation.model)
        thinking = model.thinks(conversation.sampling.thinking)
        self._view.composer.show_thinking(thinking, possible=model.may("thinking"))
        self._parameters.show_parameters(
            conversation.system,
            conversation.sampling,
            self._approvals.ask,
            thinking=thinking,
            default_max_tokens=model.default_tokens or model.output or 131_072,
            asks_for_json=not conversation.sampling.json_mode or self._asks_for_json(current),
            conversation_id=conversation.id,
            task=conversation.task,
        )

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        if isinstance(event, Started):
            self._inspector.refresh()

    def step_ended(self, message_id: str, reply: Reply) -> None:
        self._inspector.refresh()

    def running_changed(self, running: bool) -> None:
        current = self._workspace.current
        if current is not None:
            self._view.composer.set_running(current.running)
        self._view.set_busy(self._workspace.running)
        self._inspector.refresh()

    def _show_models(self) -> None:
        offered = self._models.of_kind("chat")
        self._view.model.set_choices([(model.id, model.id) for model in offered])
        session = self._workspace.current
        self._show_model(session.conversation.model if session is not None else self._models.chosen("chat"))

    def _show_model(self, model_id: str) -> None:
        model = catalogue().model(model_id)
        self._view.model.set_key(model_id)
        self._view.model.setToolTip(f"{model_name(model)}\n{model_sentence(model)}")

    def _on_models_changed(self) -> None:
        """Update after a change of models or service; a conversation whose model is missing gets the chosen one."""
        session = self._workspace.current
        if session is not None and not session.running and not self._offers(session.conversation.model):
            session.configure(model=self._models.chosen("chat"))
        self._show_models()

    def _show_tools(self) -> None:
        names = [spec.name for spec in self._toolbox.specs()]
        offered: list[str] = self._settings.get(ENABLED_TOOLS)
        self._tools.show_tools(names, offered)
        allowed: list[str] = self._settings.get(ALWAYS_ALLOWED_TOOLS)
        always = allowed if self._settings.get(ASK_BEFORE_TOOL) else names
        self._view.composer.show_offered_tools([name for name in offered if name in names], always)

    def _retranslate(self) -> None:
        """Update texts that were composed in the previous language."""
        self.conversations.show_rows()
        self._updater.retranslate()
        self._show_models()
