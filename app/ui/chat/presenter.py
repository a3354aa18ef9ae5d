"""Joins the chat's services and its view: what is clicked goes down, what happens goes up."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.core.catalogue import catalogue
from app.core.conversation import Conversation
from app.core.errors import Code, WorkbenchError
from app.core.settings import ALWAYS_ALLOWED_TOOLS, ASK_BEFORE_TOOL, ENABLED_TOOLS, Settings
from app.services.call_history import CallHistory
from app.services.chat.approval import Approvals
from app.services.chat.files import ConversationFiles
from app.services.chat.session import ChatSession, SessionObserver
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox
from app.ui.chat.transcript_updater import TranscriptUpdater
from app.ui.chat.view import ChatView
from app.ui.files import ask_to_open, ask_to_save
from app.ui.texts.documents import headings
from app.ui.texts.errors import error_message
from app.ui.texts.models import model_name, model_sentence
from app.ui.texts.numbers import day, short_count
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row

if TYPE_CHECKING:
    from app.services.speech.read_aloud import ReadAloud


class ChatPresenter(QObject, SessionObserver):
    """Keeps the chat view showing the open conversation, and lets its controls act on it."""

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
        messages: Notifier,
        live: TranscriptUpdater,
        tasks: TaskSet,
        aloud: Callable[[], ReadAloud],
        silence: Callable[[], None],
    ) -> None:
        super().__init__(view)
        view.complete(messages)
        assert view.conversations is not None
        assert view.transcript is not None
        assert view.parameters is not None
        assert view.tools is not None
        assert view.inspector is not None
        self._conversations = view.conversations
        self._inspector = view.inspector
        self._view, self._transcript, self._parameters, self._tools = view, view.transcript, view.parameters, view.tools
        self._workspace = workspace
        self._files = files
        self._calls = calls
        self._models = models
        self._toolbox = toolbox
        self._approvals = approvals
        self._settings = settings
        self._messages = messages
        self._live = live
        self._tasks = tasks
        self._aloud = aloud
        self._heard = False
        self._query = ""
        self._found: dict[str, str] | None = None
        self._connect_lists()
        self._connect_composer(silence)
        self._connect_parameters()
        self._connect_transcript()
        workspace.on_open.append(self._opened)
        workspace.on_change.append(self._show_rows)
        models.on_change.append(self._models_changed)
        view.worded.connect(self._reword)
        presentation_cover().changed.connect(self._live.redraw)
        settings.watch(ENABLED_TOOLS, lambda names: self._show_tools())
        settings.watch(ASK_BEFORE_TOOL, self._ask_is)
        settings.watch(ALWAYS_ALLOWED_TOOLS, self._always_is)
        if workspace.current is not None:
            self._opened(workspace.current)
            self._show_rows()
        self._show_models()
        self._show_tools()

    # -- what is clicked ------------------------------------------------------------------------------------------

    def _connect_lists(self) -> None:
        panel = self._conversations
        panel.begun.connect(self.begin)
        panel.opened.connect(self._open)
        panel.renamed.connect(self._workspace.rename)
        panel.pinned.connect(self._workspace.pin)
        panel.deleted.connect(self._delete)
        panel.searched.connect(self._search)
        panel.exported.connect(lambda key: self._do(self._export(key)))
        panel.imported.connect(self.import_)

    def _connect_composer(self, silence: Callable[[], None]) -> None:
        composer = self._view.composer
        composer.send.connect(self._send_composed)
        composer.stop.connect(self._stop)
        composer.draft_changed.connect(lambda text: self._session().configure(draft=text))
        composer.think_changed.connect(lambda on: self._sample({"thinking": on}))
        self._view.model.chosen.connect(self._choose_model)
        self._view.model.refused.connect(self._refuse_model)
        self._view.tried.connect(self._send)
        self._view.silenced.connect(silence)

    def _connect_parameters(self) -> None:
        self._parameters.system_changed.connect(lambda text: self._session().configure(system=text))
        self._parameters.sampling_changed.connect(self._sample)
        self._parameters.ask_changed.connect(self._ask)
        self._tools.offered_changed.connect(self._offer)

    def _connect_transcript(self) -> None:
        transcript = self._transcript
        transcript.approve.connect(lambda place, decision: self._session().decide(place, decision))
        transcript.answered.connect(lambda place, text: self._session().answer_call(place, text))
        transcript.replay.connect(lambda *args: self._asking().replay(*args))
        transcript.copy.connect(self._copy)
        transcript.regenerate.connect(lambda message: self._asking().regenerate(message))
        transcript.edit.connect(lambda message, text: self._asking().edit(message, text))
        transcript.version.connect(lambda message, by: self._session().switch(message, by))
        transcript.retry.connect(self._retry)
        transcript.open_link.connect(self._view.ask_to_open)
        transcript.inspect.connect(self._inspect)
        transcript.speak.connect(self._speak)
        self._view.find_bar.searched.connect(self._find_words)
        self._inspector.again.connect(self._send_again)
        self._inspector.missed.connect(lambda call_id: self._do(self._look_up(call_id)))

    def _session(self) -> ChatSession:
        return self._workspace.current or self._workspace.new()

    def _asking(self) -> ChatSession:
        """The open conversation, about to ask with the tools that are on and a model the service in use has."""
        session = self._session()
        if not session.running:
            offered: list[str] = self._settings.get(ENABLED_TOOLS)
            session.tools = tuple(offered)
            if not self._offers(session.conversation.model):
                session.configure(model=self._models.chosen("chat"))
        return session

    def begin(self) -> None:
        """Open an empty conversation and write in it."""
        self._workspace.new()
        self._view.composer.setFocus()

    def _open(self, conversation_id: str) -> None:
        current = self._workspace.current
        if current is None or current.id != conversation_id:
            self._do(self._workspace.open(conversation_id))

    def _delete(self, conversation_id: str) -> None:
        row = next((row for row in self._workspace.conversations() if row.id == conversation_id), None)
        if row is None:
            return
        self._do(self._delete_and_say(conversation_id, row.title or self._untitled()))

    async def _delete_and_say(self, conversation_id: str, title: str) -> None:
        if await self._workspace.delete(conversation_id):
            self._messages.info(
                QCoreApplication.translate("Chat", "“{title}” was deleted.").format(title=title),
                undo=lambda: self._do(self._workspace.restore(conversation_id)),
            )

    def export(self) -> None:
        """The open conversation, as a file."""
        self._do(self._export(self._session().id))

    def import_(self) -> None:
        """A conversation from a file."""
        self._do(self._import())

    async def _export(self, conversation_id: str) -> None:
        title = QCoreApplication.translate("Chat", "Export conversation")
        kinds = QCoreApplication.translate("Chat", "Markdown (*.md);;JSON with all branches (*.json)")
        row = next(row for row in self._workspace.conversations() if row.id == conversation_id)
        seen = presentation_cover().mask(row.title)
        name = " ".join("".join(letter if letter.isalnum() or letter in " -_" else " " for letter in seen).split())
        path = await ask_to_save(self._view, title, kinds, f"{name or self._untitled()}.md", self._settings)
        if path is not None:
            await self._files.export(conversation_id, path, headings())
            self._messages.success(QCoreApplication.translate("Chat", "Saved as {name}.").format(name=path.name))

    async def _import(self) -> None:
        title = QCoreApplication.translate("Chat", "Import conversation")
        path = await ask_to_open(self._view, title, "JSON (*.json)", self._settings)
        if path is not None:
            conversation = await self._files.import_(path)
            self._messages.success(
                QCoreApplication.translate("Chat", "“{title}” was imported.").format(title=conversation.title),
                undo=lambda: self._do(self._take_back(conversation.id)),
            )

    async def _take_back(self, conversation_id: str) -> None:
        await self._workspace.delete(conversation_id)

    def _search(self, query: str) -> None:
        self._query = query
        if query:
            self._do(self._find(query))
        else:
            self._found = None
            self._show_rows()

    async def _find(self, query: str) -> None:
        found = await self._workspace.found(query)
        if query == self._query:
            self._found = found
            self._show_rows()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.spawn(self._told(work), "conversations")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except WorkbenchError as error:
            self._messages.error(str(error_message(error)), topic="storage")

    def _send(self, text: str) -> bool:
        return self._asking().send(text)

    def _send_composed(self, text: str) -> None:
        """Send what is in the composer; it stays there where it can't be sent."""
        if self._send(text):
            self._view.composer.clear()

    def _retry(self, message_id: str) -> None:
        self._asking()
        self._live.retry(message_id)

    def _stop(self) -> None:
        self._session().stop()

    def _choose_model(self, model_id: str) -> None:
        """For the open conversation, and for those that begin from now on."""
        if self._offers(model_id):
            self._session().configure(model=model_id)
            self._models.choose("chat", model_id)
        else:
            self._show_model(self._session().conversation.model)
            self._refuse_model(model_id)

    def _offers(self, model_id: str) -> bool:
        """Whether the service in use has this model; one that could not tell is taken to have any."""
        return self._models.error is not None or any(model.id == model_id for model in self._models.of_kind("chat"))

    def _refuse_model(self, typed: str) -> None:
        self._messages.warning(
            QCoreApplication.translate(
                "Chat",
                "There is no model “{name}” here: choose one of the list, "
                "or add it to Further models of the service in Settings.",
            ).format(name=typed),
            topic="model",
        )

    def _sample(self, changes: dict[str, Any]) -> None:
        session = self._session()
        session.configure(sampling=msgspec.structs.replace(session.conversation.sampling, **changes))

    def _ask(self, ask: bool) -> None:
        self._settings.set(ASK_BEFORE_TOOL, ask)
        if ask:
            self._settings.set(ALWAYS_ALLOWED_TOOLS, [])

    def _ask_is(self, ask: bool) -> None:
        """Set here or elsewhere."""
        self._approvals.ask = ask
        self._parameters.show_ask(ask)

    def _always_is(self, names: list[str]) -> None:
        self._approvals.always = set(names)

    def _offer(self, names: list[str]) -> None:
        self._settings.set(ENABLED_TOOLS, names)

    def _copy(self, message_id: str) -> None:
        QGuiApplication.clipboard().setText(self._session().tree[message_id].text)
        self._messages.success(QCoreApplication.translate("Chat", "Copied."), topic="copied")

    def _speak(self, message_id: str) -> None:
        """Hear an answer; the second press, or Escape, silences it."""
        aloud = self._aloud()
        if not self._heard:
            self._heard = True
            aloud.on_failed.append(lambda error: self._messages.error(str(error_message(error)), topic="aloud"))
        try:
            aloud.toggle(message_id, self._session().tree[message_id].text)
        except WorkbenchError as error:
            self._messages.warning(str(error_message(error)), topic="aloud")

    def _inspect(self, message_id: str) -> None:
        """Show the call behind an answer, the last one of several."""
        called = [reply.call_id for reply in self._session().tree[message_id].replies if reply.call_id]
        self._view.open_inspector()
        if called:
            self._inspector.show_call(called[-1])

    def _find_words(self, query: str, backwards: bool) -> None:
        found = self._transcript.find_words(query, backwards)
        self._view.find_bar.show_found(found or not query)

    async def _look_up(self, call_id: str) -> None:
        """A call of an earlier run."""
        try:
            self._inspector.show_found(await self._calls.find(call_id))
        except WorkbenchError as error:
            if error.code is not Code.NOT_KEPT:
                raise
            self._inspector.say_gone()

    def _send_again(self, call_id: str) -> None:
        """Make a chat call once more: its answer becomes another version."""
        session = self._asking()
        asked = next((one for one in session.tree if any(reply.call_id == call_id for reply in one.replies)), None)
        if asked is None:
            self._messages.warning(
                QCoreApplication.translate("Chat", "This call belongs to another conversation: open that.")
            )
        elif session.running:
            self._messages.warning(
                QCoreApplication.translate("Chat", "An answer is still coming: stop it, or let it end, and send again.")
            )
        else:
            self._inspector.await_call()
            session.regenerate(asked.id)

    # -- what happens ---------------------------------------------------------------------------------------------

    def _opened(self, session: ChatSession) -> None:
        if not session.running and not session.tree:
            session.configure(model=self._models.chosen("chat"))
        self._live.follow(session)
        if self not in session.observers:
            session.observers.append(self)
        self._view.composer.set_running(session.running)
        self.conversation_changed(session.conversation)
        self._view.composer.take_over(session.conversation.draft)

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
            most_tokens=model.default_tokens or model.output or 131_072,
        )

    def running_changed(self, running: bool) -> None:
        current = self._workspace.current
        if current is not None:
            self._view.composer.set_running(current.running)
        self._view.set_busy(self._workspace.running)

    def _show_rows(self) -> None:
        conversations = self._workspace.conversations()
        if self._found is not None:
            conversations = tuple(one for one in conversations if one.id in self._found)
        current = self._workspace.current
        now = time.time()
        self._conversations.show_rows(
            [self._row(conversation, now) for conversation in conversations],
            current.id if current is not None else None,
            frozenset(conversation.id for conversation in conversations if conversation.pinned),
        )

    def _row(self, conversation: Conversation, now: float) -> Row:
        excerpt = self._found.get(conversation.id, "") if self._found is not None else ""
        facts = [conversation.model] if conversation.model else []
        if conversation.tokens:
            total = short_count(conversation.tokens)
            facts.append(QCoreApplication.translate("Chat", "{n} tokens").format(n=total))
        pinned = QCoreApplication.translate("Chat", "Pinned")
        return Row(
            conversation.id,
            conversation.title or self._untitled(),
            excerpt or " · ".join(facts),
            section=pinned if conversation.pinned else day(conversation.updated, now),
            found=self._query if self._found is not None else "",
        )

    def _untitled(self) -> str:
        return QCoreApplication.translate("Chat", "New conversation")

    def _show_models(self) -> None:
        offered = self._models.of_kind("chat")
        self._view.model.set_choices([(model.id, model.id) for model in offered])
        session = self._workspace.current
        self._show_model(session.conversation.model if session is not None else self._models.chosen("chat"))

    def _show_model(self, model_id: str) -> None:
        model = catalogue().model(model_id)
        self._view.model.set_key(model_id)
        self._view.model.setToolTip(f"{model_name(model)}\n{model_sentence(model)}")

    def _models_changed(self) -> None:
        """Perhaps the service: a conversation with a model it lacks goes on with the one chosen there."""
        session = self._workspace.current
        if session is not None and not session.running and not self._offers(session.conversation.model):
            session.configure(model=self._models.chosen("chat"))
        self._show_models()

    def _show_tools(self) -> None:
        names = [spec.name for spec in self._toolbox.specs()]
        offered: list[str] = self._settings.get(ENABLED_TOOLS)
        self._tools.show_tools(names, offered)

    def _reword(self) -> None:
        """The language changed: rows and toasts carry words that were made earlier."""
        self._show_rows()
        self._live.reword()
