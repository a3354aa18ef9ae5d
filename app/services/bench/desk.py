"""What is being prepared for the Beside page: turns, columns and message; saved while it is edited, with undo."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import msgspec

from app.core.conversation import MessageTree
from app.core.errors import WorkbenchError
from app.core.messages import Media, Message, new_id, user_message
from app.core.observers import Event
from app.core.requests import Sampling
from app.core.side_by_side import BLANK, MAX_COLUMNS, Column, Desk, DraftTurn, is_unchanged, turns_of
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.services.record_autosaver import RecordAutosaver

MAX_STEPS = 200
"""Changes of the turns that can be undone."""

Turns = tuple[DraftTurn, ...] | None


class OpenDesk:
    """The desk that is open, the conversation that it belongs to, and the changes of its turns that can be undone.

    Attributes:
        session: the conversation; None while there is none.
        on_change: anything changed.
        default_columns: returns the columns of a desk that has none yet, for a conversation or for None.
    """

    def __init__(
        self, drafts: RecordAutosaver[Desk], workspace: Workspace, now: Callable[[], float] = time.time
    ) -> None:
        self._drafts = drafts
        self._workspace = workspace
        self._now = now
        self._desk = Desk(BLANK)
        self._undo: list[Turns] = []
        self._redo: list[Turns] = []
        self._merging = ""
        self.session: ChatSession | None = None
        self.on_change: Event[()] = Event()
        self.default_columns: Callable[[ChatSession | None], tuple[Column, ...]] = lambda session: (
            Column(new_id()),
            Column(new_id()),
        )

    @property
    def desk(self) -> Desk:
        return self._desk

    @property
    def tree(self) -> MessageTree:
        """The messages of the conversation, none while there is none."""
        return self.session.tree if self.session is not None else MessageTree()

    @property
    def turns(self) -> tuple[DraftTurn, ...]:
        """The turns before the message."""
        return () if self._desk.turns is None else self._desk.turns

    @property
    def has_own_words(self) -> bool:
        """Whether something here does not stand in the conversation."""
        tree, own = self.tree, (self._desk.message.strip(), self._desk.media)
        if any(not turn.source or turn.source not in tree or not is_unchanged(turn, tree[turn.source])
               for turn in self.turns):  # fmt: skip
            return True
        return any(own) and all(own != (each.text.strip(), _media(each)) for each in tree if each.role == "user")

    async def restore(self) -> None:
        """Open what was edited last, in this run or an earlier one. Raises StorageError."""
        await self._drafts.load()
        last = max(self._drafts.listed(), key=lambda desk: desk.updated, default=None)
        await self._open(last.id if last is not None else BLANK)

    async def reload(self) -> None:
        """Read desks that were added since, for when their conversations are opened. Raises StorageError."""
        await self._drafts.load()

    async def open_blank(self) -> None:
        """Begin without a conversation; what was typed there stays."""
        await self._open(BLANK)

    async def open_conversation(self, conversation_id: str) -> None:
        """Prepare a conversation: what was edited for it before, else its visible branch. Raises StorageError.

        The last message of the user is the message for all, unless the branch goes on with something unsent.
        """
        await self._open(conversation_id)
        if self.session is not None and not self.has_own_words:
            begun = self._begun(self._desk.id, self.session)
            self.edit(turns=begun.turns, message=begun.message, media=begun.media)
        self.edit(updated=self._now())

    def adopt(self, session: ChatSession) -> None:
        """Belong to a conversation that was made from this desk; the blank one is empty again."""
        blank = Desk(BLANK, turns=(), columns=self._desk.columns)
        self.session = session
        self._drafts.edit(blank)
        self._desk = msgspec.structs.replace(self._desk, id=session.id)
        self._drafts.edit(self._desk)
        self.on_change.emit()

    def follow(self, session: ChatSession) -> None:
        """Go on after the visible branch of a conversation, with an empty message."""
        self.session = session
        self._forget_steps()
        self.edit(turns=turns_of(session.branch), message="", media=())

    async def _open(self, desk_id: str) -> None:
        session: ChatSession | None = None
        if desk_id != BLANK:
            try:
                session = await self._workspace.read(desk_id)
            except WorkbenchError:
                desk_id = BLANK  # Its conversation was deleted.
        self.session = session
        self._forget_steps()
        desk = self._drafts.get(desk_id)
        if desk is None:
            desk = self._begun(desk_id, session)
        if not desk.columns:
            desk = msgspec.structs.replace(desk, columns=self.default_columns(session))
        self._desk = desk
        self.on_change.emit()

    def _begun(self, desk_id: str, session: ChatSession | None) -> Desk:
        if session is None:
            return Desk(desk_id, turns=())
        branch, draft, media = list(session.branch), session.conversation.draft, session.conversation.attachments
        if branch and branch[-1].role == "assistant" and not draft and not media:
            last = next((at for at in range(len(branch) - 1, -1, -1) if branch[at].role == "user"), None)
            if last is not None:
                branch, draft, media = _question(branch, last)
        values = dict(session.conversation.variables)
        return Desk(desk_id, turns=turns_of(branch), message=draft, media=media, variables=values)

    def of(self, desk_id: str) -> Desk | None:
        """What is prepared for a conversation, whether it is open or not."""
        return self._desk if desk_id == self._desk.id else self._drafts.get(desk_id)

    def edit_of(self, desk_id: str, **fields: object) -> None:
        """As `edit`, of the desk of a conversation that may have been left since."""
        desk = self.of(desk_id)
        if desk_id == self._desk.id:
            self.edit(**fields)
        elif desk is not None:
            self._drafts.edit(msgspec.structs.replace(desk, **fields))

    def edit(self, **fields: object) -> None:
        """Change fields of the desk other than its turns."""
        fields = {"updated": self._now(), **fields}
        changed = msgspec.structs.replace(self._desk, **fields)
        if changed != self._desk:
            self._desk = changed
            self._drafts.edit(changed)
            self.on_change.emit()

    # -- columns

    def set_column(self, place: int, column: Column) -> None:
        columns = list(self._desk.columns)
        columns[place] = column
        self.edit(columns=tuple(columns))

    def add_column(self) -> bool:
        """Add a copy of the last column. False if there are as many as there can be."""
        columns = self._desk.columns
        if len(columns) >= MAX_COLUMNS:
            return False
        last = columns[-1] if columns else Column(new_id())
        self.edit(columns=(*columns, msgspec.structs.replace(last, id=new_id())))
        return True

    def put_columns(self, columns: Sequence[Column], base: int) -> None:
        """Replace all columns, as after an undo."""
        self.edit(columns=tuple(columns), base=base)

    def remove_column(self, place: int) -> bool:
        """Remove a column. False for the last one."""
        columns = list(self._desk.columns)
        if len(columns) < 2 or place >= len(columns):
            return False
        del columns[place]
        base = self._desk.base
        base = 0 if base == place else base - (base > place)
        self.edit(columns=tuple(columns), base=base)
        return True

    # -- turns

    def set_turns(self, turns: Sequence[DraftTurn], merging: str = "") -> None:
        """Change the turns. Changes in a row with the same `merging` are undone together."""
        new = tuple(turns)
        if new == self._desk.turns:
            return
        if not merging or merging != self._merging:
            self._undo.append(self._desk.turns)
            del self._undo[:-MAX_STEPS]
        self._merging = merging
        self._redo.clear()
        self.edit(turns=new)

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def undo(self) -> None:
        """Take back the last change of the turns."""
        if self._undo:
            self._redo.append(self._desk.turns)
            self._merging = ""
            self.edit(turns=self._undo.pop())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._redo:
            self._undo.append(self._desk.turns)
            self._merging = ""
            self.edit(turns=self._redo.pop())

    def reset_turns(self) -> None:
        """The turns as they stand in the conversation; can be undone."""
        if self.session is not None:
            begun = self._begun(self._desk.id, self.session)
            self.set_turns(begun.turns or ())

    def _forget_steps(self) -> None:
        self._undo.clear()
        self._redo.clear()
        self._merging = ""

    async def flush(self) -> None:
        """Save what was typed last."""
        await self._drafts.flush()


def _media(message: Message) -> tuple[Media, ...]:
    return tuple(part for part in message.parts if isinstance(part, Media))


def _question(branch: list[Message], last: int) -> tuple[list[Message], str, tuple[Media, ...]]:
    """The messages before the user's last one, its text and its attachments.

    One that can't be written like that here, such as with attachments before its text, stays a turn.
    """
    question, media = branch[last], _media(branch[last])
    if user_message(question.text, media=media).parts != question.parts:
        return branch[: last + 1], "", ()
    return branch[:last], question.text, media


def column_of(session: ChatSession | None, model: str, sampling: Sampling, tools: Sequence[str]) -> Column:
    """The column that asks as a conversation does."""
    if session is None:
        return Column(new_id(), model=model, sampling=sampling, tools=tuple(tools))
    conversation = session.conversation
    return Column(
        new_id(), model=conversation.model or model, system=conversation.system, sampling=conversation.sampling,
        tools=session.tools,
    )  # fmt: skip
