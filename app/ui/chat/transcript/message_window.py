"""Builds widgets for the messages near the user, so that a long conversation never has a widget for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.core.messages import Message
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.edit_field import EditDraft
from app.ui.chat.transcript.message_view import FailureAction, MessageView
from app.ui.chat.transcript.tool_card import CardDraft
from app.ui.chat.transcript.user_message import UserMessageView
from app.ui.widgets.presentation_cover import presentation_cover

INITIAL_WIDGETS = 12
ADDED_WIDGETS = 8
MAX_WIDGETS = 64
"""Messages with widgets: at first, added at a time while scrolling, and at most."""


class MessageWindow:
    """The contiguous range of messages that have widgets.

    Attributes:
        messages: all messages of the visible branch.
        views: the widget of each built message by message id, from top to bottom.
        first: index of the first message that has a widget.
        streaming: ids of messages whose latest content is not in `messages`.
        arrived_content: returns a streaming message as far as it has arrived, for a widget that is built again.
    """

    def __init__(self, layout: QVBoxLayout, connect: Callable[[MessageView, str], None]) -> None:
        """`connect` connects the signals of a new widget, given with its message's id."""
        self.messages: list[Message] = []
        self.views: dict[str, MessageView] = {}
        self.first = 0
        self.streaming: set[str] = set()
        self.arrived_content: Callable[[Message], Message] = lambda message: message
        self._layout = layout
        self._connect = connect
        self._versions: dict[str, tuple[int, int]] = {}
        self._footers: dict[str, Sequence[str]] = {}
        self._version_labels: dict[str, str] = {}
        self._failures: dict[str, tuple[str, FailureAction]] = {}
        self._ordinals: list[int] = []
        self._role_counts: dict[str, int] = {}
        self._edit_drafts: dict[str, EditDraft] = {}  # of messages that lost their widget while being edited
        self._card_drafts: dict[str, dict[tuple[int, str], CardDraft]] = {}  # the same for their tool calls
        self._is_running = False
        self._left_out: frozenset[str] = frozenset()
        self._has_summary = False
        self._spoken = ""
        self._takes: dict[str, int] = {}
        self._sounding = ""

    @property
    def stop(self) -> int:
        """Index after the last message that has a widget."""
        return self.first + len(self.views)

    @property
    def reaches_end(self) -> bool:
        """Whether the last message has a widget."""
        return self.stop == len(self.messages)

    def index_of(self, message_id: str) -> int | None:
        """The index of a message, or None when it is not in the branch."""
        indices = range(len(self.messages) - 1, -1, -1)
        return next((index for index in indices if self.messages[index].id == message_id), None)

    def indexed_views(self) -> list[tuple[int, MessageView]]:
        """The built widgets with the index of their message."""
        return list(enumerate(self.views.values(), self.first))

    # -- messages

    def replace_all(self, messages: Sequence[Message], versions: Mapping[str, tuple[int, int]]) -> None:
        """Use other messages; none has a widget yet. Unsubmitted edits are kept by message id."""
        self.streaming.clear()
        self._footers.clear()
        self._version_labels.clear()
        self._failures.clear()
        self._ordinals.clear()
        self._role_counts.clear()
        self._remove_all()
        self.first = 0
        self.messages = list(messages)
        self._versions = dict(versions)

    def append(self, message: Message, version: tuple[int, int]) -> None:
        """Add a message at the end and build its widget."""
        self._versions[message.id] = version
        if not self.reaches_end:
            self.build_last()
        self.messages.append(message)
        if message.role == "assistant":
            self.streaming.add(message.id)
        self._build(len(self.messages) - 1)

    def finish(self, message: Message) -> int | None:
        """Take over the final content of a message. Returns its index, or None when it is not in the branch."""
        self.streaming.discard(message.id)
        index = self.index_of(message.id)
        if index is None:
            return None
        self.messages[index] = message
        view = self.views.get(message.id)
        if isinstance(view, AssistantMessageView | UserMessageView):
            view.set_message(message)
        return index

    def set_versions(self, versions: Mapping[str, tuple[int, int]]) -> None:
        """Set number and total of versions by message id."""
        self._versions = dict(versions)
        for message_id, view in self.views.items():
            view.footer.set_versions(*self._versions.get(message_id, (1, 1)))

    def set_running(self, running: bool) -> None:
        """Lock what can't be done while a reply runs, in the built messages and in those built later."""
        self._is_running = running
        for view in self.views.values():
            view.set_running(running)

    def set_left_out(self, left_out: frozenset[str], *, has_summary: bool) -> None:
        """Mark the messages with these ids as not sent any more; `has_summary`: a summary is sent instead."""
        self._left_out, self._has_summary = left_out, has_summary
        for message_id, view in self.views.items():
            view.set_left_out(message_id in left_out, has_summary=has_summary)

    def set_version_label(self, message_id: str, differs: str) -> None:
        """Set what a version was made with, where versions of the message differ."""
        self._version_labels[message_id] = differs
        if (view := self.views.get(message_id)) is not None:
            view.footer.set_version_label(differs)

    def set_footer(self, message_id: str, facts: Sequence[str]) -> None:
        """Set the facts below an answer, such as tokens and cost."""
        self._footers[message_id] = facts
        view = self.views.get(message_id)
        if view is not None:
            view.footer.set_facts(facts)
            view.footer.show()

    def set_failure(self, message_id: str, text: str, action: FailureAction) -> bool:
        """Set the error shown in a message. Returns whether the message has a widget."""
        self._failures[message_id] = text, action
        view = self.views.get(message_id)
        if view is None:
            return False
        view.show_failure(text, action)
        view.footer.show()
        return True

    def set_spoken(self, message_id: str) -> None:
        """Mark the answer that is read aloud; empty for none."""
        self._spoken = message_id
        for each, view in self.views.items():
            view.footer.set_speaking(each == message_id)

    def set_takes(self, message_id: str, number: int) -> None:
        """Set how many takes speak an answer."""
        self._takes[message_id] = number
        if (view := self.views.get(message_id)) is not None:
            view.footer.set_takes(number)

    def set_sounding(self, message_id: str) -> None:
        """Mark the message whose takes or recording play; empty for none."""
        if message_id != self._sounding:
            before, self._sounding = self._sounding, message_id
            for each in (before, message_id):
                if (view := self.views.get(each)) is not None:
                    self._show_sounding(each, view)

    def _show_sounding(self, message_id: str, view: MessageView) -> None:
        sounds = message_id == self._sounding
        view.footer.set_plays_takes(sounds)
        if isinstance(view, UserMessageView):
            view.set_plays_recording(sounds)

    def remove_failure(self, message_id: str) -> None:
        self._failures.pop(message_id, None)
        if (view := self.views.get(message_id)) is not None:
            view.clear_failure()

    # -- widgets

    def build_last(self) -> None:
        """Build only the last messages."""
        self.build_from(max(0, len(self.messages) - INITIAL_WIDGETS))

    def build_first(self) -> None:
        """Build only the first messages, unless they have widgets already."""
        if self.first > 0:
            self.build_from(0)

    def build_around(self, index: int) -> None:
        """Build only the messages around this one, unless it has a widget already."""
        if not self.first <= index < self.stop:
            self.build_from(max(0, index - ADDED_WIDGETS // 2))

    def build_from(self, first: int) -> None:
        """Replace all widgets by those of the messages from this index on."""
        self._remove_all()
        self.first = first
        for index in range(first, min(len(self.messages), first + INITIAL_WIDGETS)):
            self._build(index)

    def extend_up(self) -> None:
        """Build more messages above, and drop the widgets far below, except of a streaming message."""
        for _ in range(min(ADDED_WIDGETS, self.first)):
            self._build(self.first - 1, above=True)
        while len(self.views) > MAX_WIDGETS and next(reversed(self.views)) not in self.streaming:
            self._remove(next(reversed(self.views)))

    def extend_down(self) -> None:
        """Build more messages below, and drop the widgets far above."""
        for index in range(self.stop, min(len(self.messages), self.stop + ADDED_WIDGETS)):
            self._build(index)
        while len(self.views) > MAX_WIDGETS:
            self._remove(next(iter(self.views)))
            self.first += 1

    def _build(self, index: int, above: bool = False) -> None:
        """Create the widget of a message, below the built ones or above them."""
        message = self.messages[index]
        if message.id in self.streaming:
            message = self.arrived_content(message)
        ordinal = self._ordinal(index)
        view: MessageView
        # An edit in progress is not masked, so it waits while presenting.
        if message.role == "assistant":
            view = AssistantMessageView(message, ordinal)
            if message.id in self.streaming:
                view.begin()
            elif message.parts or message.replies:
                view.set_message(message)
            if not presentation_cover().active:
                view.resume_cards(self._card_drafts.pop(message.id, {}))
        else:
            view = UserMessageView(message, ordinal)
            draft = None if presentation_cover().active else self._edit_drafts.pop(message.id, None)
            if draft is not None:
                view.resume_editing(draft)
        view.set_running(self._is_running)
        view.footer.set_versions(*self._versions.get(message.id, (1, 1)))
        view.footer.set_version_label(self._version_labels.get(message.id, ""))
        view.footer.set_facts(self._footers.get(message.id, ()))
        view.footer.set_speaking(message.id == self._spoken)
        view.footer.set_takes(self._takes.get(message.id, 0))
        self._show_sounding(message.id, view)
        view.set_left_out(message.id in self._left_out, has_summary=self._has_summary)
        if message.id in self._failures:
            view.show_failure(*self._failures[message.id])
        self._connect(view, message.id)
        if above:
            self.views = {message.id: view, **self.views}
            self.first = index
            self._layout.insertWidget(0, view)
        else:
            self.views[message.id] = view
            self._layout.addWidget(view)

    def _ordinal(self, index: int) -> int:
        """The number of a message among those of its role, from 1."""
        while len(self._ordinals) < len(self.messages):
            role = self.messages[len(self._ordinals)].role
            self._role_counts[role] = self._role_counts.get(role, 0) + 1
            self._ordinals.append(self._role_counts[role])
        return self._ordinals[index]

    def _remove(self, message_id: str) -> None:
        view = self.views.pop(message_id)
        if isinstance(view, UserMessageView) and (draft := view.edit_draft()) is not None:
            self._edit_drafts[message_id] = draft
        elif isinstance(view, AssistantMessageView) and (drafts := view.card_drafts()):
            self._card_drafts[message_id] = drafts
        self._layout.removeWidget(view)
        view.hide()
        view.deleteLater()

    def _remove_all(self) -> None:
        while self.views:
            self._remove(next(iter(self.views)))
