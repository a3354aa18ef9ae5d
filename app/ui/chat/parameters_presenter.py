"""Connects the Parameters page to the open conversation."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.catalogue import catalogue
from app.core.chat_defaults import PARAMETERS, SEARCH_PARAMETERS, ChatDefaults, changed_parameters, reset_fields
from app.core.conversation import Conversation
from app.core.extra_body import check_extra_body, holds_a_key
from app.core.prompts import DEFAULTS as DEFAULT_PROMPTS
from app.core.sent_parameters import parameter_states
from app.core.settings import ALWAYS_ALLOWED_TOOLS, ASK_BEFORE_TOOL, CHAT_DEFAULTS, Settings
from app.core.summaries import for_branch
from app.core.web_search import search_lock
from app.services.chat.own_defaults import own_chat_defaults, set_own_chat_defaults
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.ui.chat.composer import Composer
from app.ui.chat.late_undo import Run, change_present
from app.ui.chat.parameters_panel import ParametersPanel
from app.ui.texts.parameters import parameter_name
from app.ui.widgets.notifications import Notifier

DEFAULT_MAX_TOKENS = 131_072
"""Of a model whose limit is unknown."""
TYPING_PAUSE_MS = 300
"""After which the draft is searched for the word that JSON mode needs."""
_UNSHOWN = {"title": "", "draft": "", "pinned": False, "updated": 0.0, "tokens": 0, "leaf": None}
"""Fields of a conversation that the page does not show."""


class ParametersPresenter(QObject):
    """Shows the parameters of the open conversation and changes them."""

    def __init__(
        self,
        panel: ParametersPanel,
        *,
        workspace: Workspace,
        settings: Settings,
        notifier: Notifier,
        run: Run,
    ) -> None:
        """`run` owns tasks."""
        super().__init__(panel)
        self._run = run
        self._panel = panel
        self._workspace = workspace
        self._settings = settings
        self._notifier = notifier
        self._shown: tuple[object, ...] = ()
        self._without = ""  # an extra body that the user has decided to send without
        self._json_words: dict[str, bool] = {}
        # Additional fields with a key in them, as typed, by conversation: they are kept nowhere else.
        self._with_keys: dict[str, str] = {}
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._show_json_hint)
        panel.system_changed.connect(lambda text: self._session().configure(system=text))
        panel.task_changed.connect(lambda key: self._session().configure(task=key))
        panel.sampling_changed.connect(self.change_sampling)
        panel.extra_body_changed.connect(self._change_extra_body)
        panel.ask_changed.connect(self._set_ask)
        panel.reset.connect(self._reset)
        panel.default_set.connect(self._set_default)
        panel.default_cleared.connect(lambda: self._keep_default(None))
        settings.watch(ASK_BEFORE_TOOL, self._show_ask)
        settings.watch(CHAT_DEFAULTS, lambda record: self.refresh())

    def _session(self) -> ChatSession:
        return self._workspace.current_or_new()

    def change_sampling(self, changes: dict[str, Any]) -> None:
        """Change fields of the open conversation's sampling."""
        session = self._session()
        session.configure(sampling=msgspec.structs.replace(session.conversation.sampling, **changes))

    def show(self, conversation: Conversation, session: ChatSession) -> None:
        """Show the parameters of the open conversation, as far as they have changed."""
        if conversation.sampling.json_mode:
            self._pause.start()
        shown = (msgspec.structs.replace(conversation, **_UNSHOWN), self._workspace.profile)
        if shown == self._shown:
            return
        self._shown = shown
        model = catalogue().model(conversation.model)
        states = parameter_states(model, self._workspace.profile, conversation.sampling.thinking)
        self._panel.show_parameters(
            conversation.system,
            conversation.sampling,
            self._asks,
            thinking=model.thinks(conversation.sampling.thinking),
            default_max_tokens=model.default_tokens or model.output or DEFAULT_MAX_TOKENS,
            asks_for_json=not conversation.sampling.json_mode or self._asks_for_json(session),
            conversation_id=conversation.id,
            task=conversation.task,
            extra_body=self._with_keys.get(conversation.id)
            or conversation.extra_body
            or _extra_text(conversation.sampling.extra),
            states=states,
        )
        changed = set(changed_parameters(conversation, self._defaults(conversation), states))
        # A locked value has no effect, so it makes no difference.
        changed = {name for name in changed if name not in states or states[name].is_sent}
        if search_lock(self._workspace.profile, conversation.model) is not None:
            changed -= SEARCH_PARAMETERS
        if not self._asks:
            changed.add("ask")
        if conversation.id in self._with_keys:
            changed.add("extra_body")
        self._panel.show_changes(changed, has_own=own_chat_defaults(self._settings) is not None)

    @property
    def _asks(self) -> bool:
        """Whether tools need approval."""
        return bool(self._settings.get(ASK_BEFORE_TOOL))

    def refresh(self) -> None:
        """Show everything again: the service, its rules or the defaults have changed."""
        self._shown = ()
        session = self._workspace.current
        if session is not None:
            self.show(session.conversation, session)

    def _defaults(self, conversation: Conversation) -> ChatDefaults:
        """What the parameters are compared with and reset to: the user's own defaults, else the model's.

        The platform's own prompt is the default in either language: a conversation keeps that in which it began.
        """
        own = own_chat_defaults(self._settings)
        if own is not None:
            return own
        _, system, sampling = self._workspace.defaults()
        return ChatDefaults(conversation.system if conversation.system in DEFAULT_PROMPTS else system, sampling)

    # -- JSON mode -------------------------------------------------------------------------------------------------

    def _show_json_hint(self) -> None:
        session = self._workspace.current
        if session is not None:
            is_missing = session.conversation.sampling.json_mode and not self._asks_for_json(session)
            self._panel.show_json_hint(shown=is_missing)

    def _asks_for_json(self, session: ChatSession) -> bool:
        """Whether the prompt, a message of the branch or the draft contains the word that JSON mode needs."""
        branch = session.branch
        conversation = for_branch(session.conversation, branch)
        texts = (conversation.system, conversation.draft, conversation.summary)
        return any("json" in text.casefold() for text in texts) or any(
            self._has_json_word(message.id, message.text, is_final=not session.running)
            for message in branch
            if message.id not in conversation.left_out
        )

    def _has_json_word(self, message_id: str, text: str, *, is_final: bool) -> bool:
        """Whether a message contains the word; every message is searched once."""
        found = self._json_words.get(message_id)
        if found is None:
            found = "json" in text.casefold()
            if is_final:
                self._json_words[message_id] = found
        return found

    # -- changes ---------------------------------------------------------------------------------------------------

    def _change_extra_body(self, text: str, fields: dict[str, Any]) -> None:
        session = self._session()
        self._with_keys.pop(session.id, None)
        if holds_a_key(text):
            self._with_keys[session.id] = text
            text, fields = "", {}
        sampling = msgspec.structs.replace(session.conversation.sampling, extra=fields)
        session.configure(extra_body=text, sampling=sampling)

    def allows_sending(self, composer: Composer) -> bool:
        """Whether the extra body can be sent as it is typed. If not, the message stays, and may go without it."""
        session = self._session()
        text = self._with_keys.get(session.id) or session.conversation.extra_body
        if check_extra_body(text).is_sent or text == self._without:
            return True

        def send_without() -> None:
            if self._workspace.current is session:
                self._without = text
                composer.submit()

        self._notifier.warning(
            lambda: QCoreApplication.translate(
                "Chat", "The extra body can't be sent as it is. Correct it in Parameters, or send without it."
            ),
            topic="extra body",
            offer=(lambda: QCoreApplication.translate("Chat", "Send without it"), send_without),
        )
        return False

    def _reset(self, name: str) -> None:
        """Give one parameter its default again, or with an empty name all of them."""
        session = self._session()
        names = (name,) if name else PARAMETERS
        fields = reset_fields(
            session.conversation, self._defaults(session.conversation), tuple(set(names) & set(PARAMETERS))
        )
        before = {field: getattr(session.conversation, field) for field in fields}
        ask, always = self._asks, self._settings.get(ALWAYS_ALLOWED_TOOLS)
        resets_ask = not ask and name in ("", "ask")
        with_key = self._with_keys.pop(session.id, None) if "extra_body" in names else None

        def undo() -> None:
            change_present(self._workspace, self._run, session, lambda present: present.configure(**before))
            if with_key is not None:
                self._with_keys[session.id] = with_key
                self.refresh()
            if resets_ask:
                self._settings.set(ASK_BEFORE_TOOL, False)
                self._settings.set(ALWAYS_ALLOWED_TOOLS, always)

        session.configure(**fields)
        if with_key is not None:
            self.refresh()
        if resets_ask:
            self._set_ask(True)

        def sentence() -> str:
            if not name:
                return QCoreApplication.translate("Chat", "The parameters have their defaults again.")
            return QCoreApplication.translate("Chat", "{name} has its default again.").format(name=parameter_name(name))

        self._notifier.info(sentence, undo=undo, topic="reset parameters")

    def _set_default(self) -> None:
        """Make the parameters of the open conversation the defaults of new ones."""
        session = self._session()
        self._panel.commit_typed()
        self._keep_default(msgspec.structs.replace(ChatDefaults.of(session.conversation), tools=session.tools))

    def _keep_default(self, defaults: ChatDefaults | None) -> None:
        before = own_chat_defaults(self._settings)
        set_own_chat_defaults(self._settings, defaults)

        def sentence() -> str:
            if defaults is None:
                return QCoreApplication.translate("Chat", "New conversations begin without own defaults again.")
            return QCoreApplication.translate("Chat", "New conversations begin with these parameters.")

        self._notifier.success(
            sentence, undo=lambda: set_own_chat_defaults(self._settings, before), topic="own defaults"
        )

    def _set_ask(self, ask: bool) -> None:
        self._settings.set(ASK_BEFORE_TOOL, ask)
        if ask:
            self._settings.set(ALWAYS_ALLOWED_TOOLS, [])

    def _show_ask(self, ask: bool) -> None:
        self._panel.show_ask(ask)
        self.refresh()


def _extra_text(extra: dict[str, Any]) -> str:
    """The text of fields that were set without one, as by an earlier version."""
    return msgspec.json.format(msgspec.json.encode(extra), indent=2).decode() if extra else ""
