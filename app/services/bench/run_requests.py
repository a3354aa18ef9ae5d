"""Builds what the columns of a run ask: the messages of the branch, and one request for each column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from app.core.conversation import Conversation
from app.core.messages import Message, Text, new_id
from app.core.profiles import Profile
from app.core.requests import ChatRequest
from app.core.side_by_side import BLANK, Column, Desk, DraftTurn, planned_branch
from app.services.bench.desk import OpenDesk
from app.services.chat.request_building import build_request
from app.services.tools.tool import Toolbox

JOINING = (
    "Below are several answers to the last message. Write one answer to it that keeps what is right and best in them, "
    "leaves out what is wrong, and does not mention that there were several. Answer in the language of the message."
)
"""What the model is told that writes one answer from several."""


class Plan(msgspec.Struct, frozen=True):
    """A branch that columns answer.

    Attributes:
        parent: the last message before the answers, None where there is none.
        missing: its messages that the conversation does not have yet.
        branch: all its messages, oldest first.
        prefill: the beginning of every answer; empty for none.
    """

    parent: str | None
    missing: tuple[Message, ...]
    branch: tuple[Message, ...]
    prefill: str = ""


class RunRequests:
    """Plans runs of the open desk."""

    def __init__(self, desk: OpenDesk, toolbox: Toolbox, now: Callable[[], float]) -> None:
        self._desk = desk
        self._toolbox = toolbox
        self._now = now

    def plan(self) -> Plan:
        """The branch of the open desk as it would be sent now."""
        desk, tree = self._desk.desk, self._desk.tree
        turns = list(self._desk.turns)
        if desk.message.strip() or desk.media:
            turns.append(DraftTurn("message", "user", desk.message if desk.message.strip() else "", media=desk.media))
        prefill = ""
        if turns and turns[-1].role == "assistant" and not turns[-1].call_id:
            prefill = turns.pop().text
        parent, missing = planned_branch(tree, turns, desk.variables, self._now())
        new = {message.id for message in missing}
        first = missing[0].parent if missing else parent
        standing = tuple(message for message in tree.branch(first) if message.id not in new)
        return Plan(parent, missing, (*standing, *missing), prefill)

    def answer(self, plan: Plan) -> Message:
        """A new answer to a planned branch."""
        parts = (Text(plan.prefill),) if plan.prefill else ()
        return Message(new_id(), "assistant", parts, plan.parent, created=self._now())

    def request(self, column: Column, branch: tuple[Message, ...], profile: Profile) -> ChatRequest:
        """What a column asks of its service."""
        desk = self._desk.desk
        conversation = self._conversation(desk, column)
        tools = self._toolbox.specs(column.tools)
        return build_request(conversation, branch, tools, date.fromtimestamp(self._now()), profile)

    def joining(self, column: Column, branch: tuple[Message, ...], answers: list[str], profile: Profile) -> ChatRequest:
        """The request for one answer from several."""
        listed = "\n\n".join(f"<answer {n}>\n{text}\n</answer {n}>" for n, text in enumerate(answers, 1))
        task = Message(new_id(), "user", (Text(f"{JOINING}\n\n{listed}"),), branch[-1].id if branch else None)
        return self.request(column, (*branch, task), profile)

    def _conversation(self, desk: Desk, column: Column) -> Conversation:
        session = self._desk.session
        conversation = session.conversation if session is not None else Conversation(BLANK)
        return msgspec.structs.replace(
            conversation, model=column.model, system=column.system, sampling=column.sampling,
            variables=desk.variables, searches=False,
        )  # fmt: skip
