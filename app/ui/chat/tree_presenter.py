"""What is done with the messages of a conversation as a tree: continue, delete, branch, other versions, the map."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from app.core.branch_map import BranchRow, branch_rows
from app.core.conversation import MessageTree
from app.core.messages import Message
from app.core.requests import Sampling
from app.services.chat.branching import branched
from app.services.chat.message_deletion import Deletion, MessageDeletion
from app.services.chat.session import ChatSession
from app.services.chat.session_observer import SessionObserver
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.ui.chat.context.presenter import ContextPresenter
from app.ui.chat.view import ChatView
from app.ui.reported_tasks import Spawn
from app.ui.texts.numbers import count, short_time
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import Row

if TYPE_CHECKING:
    from app.ui.chat.branches_window import BranchesWindow, BranchLine

MAX_WORDS = 90
"""Characters of a message in the map of the branches."""
MAX_SOURCE = 400
"""Characters of its source that are read for them."""
MAX_LOOKED_AT = 4
"""Messages at the end of a branch among which its model is looked for."""


class TreePresenter(QObject, SessionObserver):
    """Carries out the actions of messages that change the tree, and shows its branches."""

    def __init__(
        self,
        view: ChatView,
        *,
        workspace: Workspace,
        models: Models,
        notifier: Notifier,
        run: Spawn,
        explain_refusal: Callable[[], object],
        offers: Callable[[str], bool],
        refuse_model: Callable[[str], object],
        context: ContextPresenter,
    ) -> None:
        """`explain_refusal` says why no reply can start; `offers` whether there is a model, `refuse_model` that not."""
        super().__init__(view)
        assert view.transcript is not None
        self._view = view
        self._workspace = workspace
        self._models = models
        self._notifier = notifier
        self._run = run
        self._explain_refusal = explain_refusal
        self._offers, self._refuse_model = offers, refuse_model
        self._context = context
        self._deletion = MessageDeletion(workspace)
        self._map: BranchesWindow | None = None
        self._end_following: Callable[[], None] = lambda: None
        view.transcript.acted.connect(self.act)
        view.branches.clicked.connect(self.show_map)
        view.retranslated.connect(self._update)
        workspace.on_open.subscribe(self._follow)
        if workspace.current is not None:
            self._follow(workspace.current)

    def act(self, message_id: str, action: str) -> None:
        """Carry out the action of a message's footer, if it is one of these."""
        match action:
            case "continue":
                self._continue(message_id)
            case "regenerate-with":
                self._ask_for_version(message_id)
            case "delete":
                self._delete(message_id)
            case "branch":
                self._run(self._branch(message_id))

    def _session(self) -> ChatSession:
        return self._workspace.current_or_new()

    # -- actions of a message

    def _continue(self, message_id: str) -> None:
        """Continue with the model that began the answer, where the service still offers it."""
        session = self._session()
        if message_id not in session.tree:
            return
        began = session.tree[message_id].replies[-1].asked
        model = began if began and self._offers(began) else session.conversation.model
        if not session.continue_answer(message_id, model=model):
            self._explain_refusal()

    def _ask_for_version(self, message_id: str) -> None:
        from app.ui.chat.version_dialog import VersionDialog

        session = self._session()
        if not session.can_start:
            self._explain_refusal()
            return
        conversation = session.conversation
        offered = [model.id for model in self._models.of_kind("chat")]
        dialog = VersionDialog(offered, conversation.model, conversation.sampling, self._view)
        dialog.refused.connect(self._refuse_model)
        dialog.chosen.connect(lambda model, sampling: self._regenerate(session, message_id, model, sampling))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _regenerate(self, session: ChatSession, message_id: str, model: str, sampling: Sampling) -> None:
        if not self._offers(model):
            self._refuse_model(model)
        elif message_id not in session.tree or not session.can_start:
            self._explain_refusal()
        else:
            branch = session.tree.branch(session.tree[message_id].parent)
            again = partial(self._regenerate, session, message_id, model, sampling)
            if self._context.allows_answer(session, branch, again, model=model):
                session.regenerate(message_id, model=model, sampling=sampling)

    def _delete(self, message_id: str) -> None:
        commit_composition()
        session = self._session()
        if message_id not in session.tree:
            return
        deletion = self._deletion.delete(session, message_id)
        if deletion is None:
            self._notifier.warning(
                lambda: QCoreApplication.translate(
                    "Chat", "A reply is still running here. Stop it or wait until it is finished, then delete."
                ),
                topic="running",
            )
            return
        self._view.composer.setFocus()
        self._notifier.info(
            lambda: _deleted_sentence(deletion), undo=lambda: self._run(self._deletion.restore(deletion))
        )

    async def _branch(self, message_id: str) -> None:
        """Open a new conversation with the messages up to this one."""
        session = self._session()
        branch = session.tree.branch(message_id)
        if not branch:
            return
        self._view.commit_typed()
        title = QCoreApplication.translate("Chat", "{title} (branch)").format(title=session.conversation.title)
        conversation, messages = branched(session.conversation, branch, title=title.strip(), now=time.time())
        await self._workspace.add(conversation, messages)
        self._notifier.success(lambda: _branched_sentence(conversation.title))

    # -- the map

    def show_map(self) -> None:
        """Open the list of the branches."""
        if self._map is None:
            from app.ui.chat.branches_window import BranchesWindow

            self._map = BranchesWindow(self._view)
            self._map.branch_chosen.connect(self._show_branch)
        self._fill_map()
        self._map.show()
        self._map.activateWindow()
        self._map.rows.setFocus()

    def _follow(self, session: ChatSession) -> None:
        self._end_following()
        self._end_following = session.subscribe(self)
        self.branch_changed()

    def branch_changed(self) -> None:
        self._update()

    def message_added(self, message: Message) -> None:
        self._update()

    def message_ended(self, message: Message) -> None:
        self._update()

    def _update(self) -> None:
        """Offer the map where there is more than one branch, and keep it up to date while it is open."""
        has_branches = self._session_has_branches()
        self._view.branches.setEnabled(has_branches)
        self._view.branches.setVisible(has_branches)
        if self._map is not None and self._map.isVisible():
            self._fill_map()

    def _session_has_branches(self) -> bool:
        session = self._workspace.current
        return session is not None and session.tree.has_branches

    def _fill_map(self) -> None:
        assert self._map is not None
        session = self._workspace.current
        if session is None:
            return  # It is being deleted, and another one is opened next.
        lines = [_line(session, row) for row in branch_rows(session.tree)]
        self._map.show_lines(lines, session.conversation.leaf)

    def _show_branch(self, leaf: str) -> None:
        session = self._workspace.current
        if session is not None and leaf != session.conversation.leaf and not session.show_branch(leaf):
            self._explain_refusal()
            self._fill_map()


def _model(tree: MessageTree, leaf: Message) -> str:
    """The model of the last answer of a branch."""
    message: Message | None = leaf
    for _ in range(MAX_LOOKED_AT):
        if message is None or message.replies:
            break
        message = tree[message.parent] if message.parent is not None and message.parent in tree else None
    return message.replies[-1].asked if message is not None and message.replies else ""


@lru_cache(maxsize=1_000)
def _words(beginning: str) -> str:
    """The first words of a message without Markdown marks."""
    # Imported here: the Markdown parser is not needed before.
    from app.core.markdown.readings import first_line

    return first_line(beginning)[:MAX_WORDS]


def _line(session: ChatSession, row: BranchRow) -> BranchLine:
    """A branch by the first words that it has for itself, its model, length and time."""
    from app.ui.chat.branches_window import BranchLine

    tree = session.tree
    leaf = tree[row.leaf]
    if row.length == 1:
        length = QCoreApplication.translate("Branches", "1 message")
    else:
        length = QCoreApplication.translate("Branches", "{n} messages").format(n=count(row.length))
    moment = short_time(leaf.created) if leaf.created else ""
    facts = " · ".join(fact for fact in (_model(tree, leaf), length, moment) if fact)
    words = _words(tree[row.first].text[:MAX_SOURCE]) or QCoreApplication.translate("Branches", "No text")
    return BranchLine(Row(row.leaf, words, facts), row.rails)


def _branched_sentence(title: str) -> str:
    text = QCoreApplication.translate("Chat", "“{title}” is open. The conversation it came from is unchanged.")
    return text.format(title=title)


def _deleted_sentence(deletion: Deletion) -> str:
    following, branches = deletion.count - 1, deletion.branches
    if not following:
        return QCoreApplication.translate("Chat", "The message was deleted.")
    if following == 1:
        return QCoreApplication.translate("Chat", "The message and the one after it were deleted.")
    if branches == 1:
        text = QCoreApplication.translate("Chat", "The message and the {n} after it were deleted.")
        return text.format(n=count(following))
    text = QCoreApplication.translate("Chat", "The message and the {n} after it, on {m} branches, were deleted.")
    return text.format(n=count(following), m=count(branches))
