"""Connects the attachments of the message to the desk, and says which columns can't be asked with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.attachments import model_that_takes, refused_kinds
from app.core.catalogue import catalogue
from app.core.messages import Media
from app.ui.bench.beside.page import BesidePage
from app.ui.chat.attachments.draft import AttachmentDraft
from app.ui.chat.attachments.draft_attachments import AttachmentControls, DraftAttachments
from app.ui.chat.late_undo import Run
from app.ui.texts.models import model_name
from app.ui.texts.side_by_side import RefusingColumn, refusal_text

if TYPE_CHECKING:
    from app.services.bench.desk import OpenDesk
    from app.services.bench.side_by_side import SideBySide
    from app.ui.bench.beside.foot import BesideFoot
    from app.ui.bench.context import BenchContext

TOPIC = "beside attachments"


class DeskDraft:
    """The message of a desk."""

    def __init__(self, desk: OpenDesk, foot: BesideFoot, desk_id: str) -> None:
        self._desk, self._foot, self._id = desk, foot, desk_id

    @property
    def id(self) -> str:
        return self._id

    @property
    def attachments(self) -> tuple[Media, ...]:
        desk = self._desk.of(self._id)
        return desk.media if desk is not None else ()

    def attach(self, attachments: tuple[Media, ...]) -> None:
        self._desk.edit_of(self._id, media=attachments)

    def write(self, text: str) -> None:
        desk = self._desk.of(self._id)
        if self._id == self._desk.desk.id and not self._foot.message.is_covered:
            self._foot.message.insertPlainText(text)
        elif desk is not None:
            self._desk.edit_of(self._id, message=f"{desk.message}\n{text}" if desk.message else text)

    def undo(self, change: Callable[[AttachmentDraft], None]) -> None:
        change(self)


class AttachmentsPresenter(QObject):
    """The attachments of the open desk."""

    def __init__(
        self, page: BesidePage, context: BenchContext, side: SideBySide, run: Run,
        open_link: Callable[[str], None],
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._foot, self._side, self._desk = page.foot, side, side.desk
        self._models, self._notifier = context.models, context.notifier
        self._warned: tuple[RefusingColumn, ...] = ()
        foot = page.foot
        self._drafts = DraftAttachments(
            AttachmentControls(page, foot.attachments, foot.message, foot.attach, foot.attach_address),
            dependencies=context.attachments, draft=self._draft, ask_to_open_link=open_link,
            settings=context.settings, notifier=context.notifier, run=run,
        )  # fmt: skip

    def _draft(self) -> AttachmentDraft:
        return DeskDraft(self._desk, self._foot, self._desk.desk.id)

    def show(self) -> None:
        """Show the attachments of the open desk, and warn once of columns whose models do not take them."""
        self._drafts.show(self._draft())
        refusing = self._refusing()
        if refusing and refusing != self._warned:
            self._warn(refusing)
        elif not refusing and self._warned:
            self._notifier.withdraw(TOPIC)
        self._warned = refusing

    def permits(self) -> bool:
        """Whether all that is attached is there, and every column's model takes it; if not, that is said."""
        if not self._drafts.is_ready(self._desk.desk.id):
            return False
        refusing = self._refusing()
        if refusing:
            self._warn(refusing)
        return not refusing

    def _media(self) -> tuple[Media, ...]:
        """What is sent: the attachments of the turns and of the message."""
        earlier = tuple(part for turn in self._desk.turns if turn.role == "user" for part in turn.media)
        return earlier + self._desk.desk.media

    def _refusing(self) -> tuple[RefusingColumn, ...]:
        media, found = self._media(), []
        for place, column in enumerate(self._desk.desk.columns if media else ()):
            protocol = self._side.connections.profile(column.profile).protocol
            kinds = refused_kinds(media, catalogue().model(column.model), protocol)
            if kinds:
                able = model_that_takes(kinds, self._models.of_kind("chat"), protocol)
                found.append(RefusingColumn(place, column.model, kinds, able.id if able is not None else ""))
        return tuple(found)

    def _warn(self, refusing: tuple[RefusingColumn, ...]) -> None:
        """Say in one sentence what is not taken, and offer models that take it."""
        able = {each.able for each in refusing}
        offer = None
        if "" not in able:
            offer = (partial(_use_label, sorted(able)), partial(self._use, refusing))
        self._notifier.warning(partial(refusal_text, refusing), topic=TOPIC, offer=offer)

    def _use(self, refusing: tuple[RefusingColumn, ...]) -> None:
        """Let the columns that were named ask a model that takes all, unless they were changed since."""
        for each in refusing:
            columns = self._desk.desk.columns
            if each.place < len(columns) and columns[each.place].model == each.model:
                self._desk.set_column(each.place, msgspec.structs.replace(columns[each.place], model=each.able))


def _use_label(models: list[str]) -> str:
    names = " / ".join(model_name(catalogue().model(model)) for model in models)
    return QCoreApplication.translate("Attachments", "Use {model}").format(model=names)
