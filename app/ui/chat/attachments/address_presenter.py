"""Adds attachments by their address, and checks an address when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QCoreApplication

from app.core.attachments import Kind
from app.core.errors import Code, WorkbenchError
from app.services.chat.attachments import Attachments, CheckedAddress, check_count
from app.ui.chat.attachments.address_row import AddressRow
from app.ui.chat.attachments.draft import AttachmentDraft
from app.ui.texts import numbers
from app.ui.texts.errors import error_sentences


class AddressPresenter:
    """Connects the row for an address to the service. What is refused stays in its field."""

    def __init__(
        self,
        row: AddressRow,
        service: Attachments,
        draft: Callable[[], AttachmentDraft],
        run: Callable[[Coroutine[Any, Any, object]], object],
    ) -> None:
        """`draft` returns the open draft; `run` runs a coroutine and shows its error."""
        self._row = row
        self._service = service
        self._draft = draft
        self._checked: tuple[str, CheckedAddress] | None = None
        self._check: object | None = None
        self._shown_for = ""
        self._typed: dict[str, tuple[str, bool]] = {}
        row.added.connect(self._add_address)
        row.checked.connect(lambda url: run(self._check_address(url)))
        row.edited.connect(self._forget_check)

    def show(self, draft_id: str) -> None:
        """Show what was typed for this draft. A check that runs for another one has no effect any more."""
        if draft_id == self._shown_for:
            return
        row, before = self._row, self._shown_for
        self._shown_for = draft_id
        if not before:
            return  # What is typed before a conversation is open belongs to it.
        self._typed[before] = (row.field.text(), not row.isHidden())
        text, is_open = self._typed.pop(draft_id, ("", False))
        self._check = None
        row.set_checking(False)
        row.field.setText(text)
        self._forget_check()
        if is_open:
            row.show()
        else:
            row.close_row()

    def _add_address(self, url: str) -> None:
        row = self._row
        kind = cast("Kind | None", row.kind.key())
        checked = self._checked[1] if self._checked is not None and self._checked[0] == url else None
        draft = self._draft()
        try:
            check_count(len(draft.attachments))
            media = self._service.from_address(url, kind, checked)
        except WorkbenchError as error:
            self._show_address_problem(error)
            return
        draft.attach((*draft.attachments, media))
        self._forget_check()
        row.clear()

    async def _check_address(self, url: str) -> None:
        row = self._row
        check = self._check = object()
        row.set_checking(True)
        try:
            checked = await self._service.check_address(url)
        except WorkbenchError as error:
            if self._is_asked_for(check, url):
                self._show_address_problem(error)
            return
        finally:
            if self._check is check:
                row.set_checking(False)
        if not self._is_asked_for(check, url):
            return
        self._checked = (url, checked)
        row.ask_kind(False)
        size = numbers.size(checked.size) if checked.size is not None else ""

        def found() -> str:
            if size:
                return QCoreApplication.translate("Attachments", "It answers with {format}, {size}.").format(
                    format=checked.format.name, size=size
                )
            return QCoreApplication.translate("Attachments", "It answers with {format} of unknown size.").format(
                format=checked.format.name
            )

        row.notice.say("good", found)

    def _is_asked_for(self, check: object, url: str) -> bool:
        """Whether the address was not changed, and no other conversation opened, since the check began."""
        return self._check is check and self._row.field.text() == url

    def _show_address_problem(self, error: WorkbenchError) -> None:
        row = self._row
        if error.code is Code.ATTACHMENT_FORMAT and error.params.get("field") == "kind":
            row.ask_kind(True)
            row.notice.say(
                "warn",
                lambda: QCoreApplication.translate(
                    "Attachments", "The address does not tell what it is. Choose a kind, or check it."
                ),
            )
        else:
            row.notice.say("bad", partial(error_sentences, error))

    def _forget_check(self) -> None:
        self._checked = None
        self._row.notice.clear()
        self._row.ask_kind(False)
