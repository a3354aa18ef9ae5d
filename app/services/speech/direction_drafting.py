"""Asks the chat model for a role, a scene and guidance that suit a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from app.core.errors import Code, InputError
from app.core.messages import FinishReason, user_message
from app.core.requests import ChatRequest, Sampling
from app.core.tags import language_of, plain
from app.services.chat.lone_call import LoneCalls
from app.services.models import Models
from app.services.speech.bounded_answer import bounded_answer
from app.services.speech.direction import Layers

MAX_TEXT = 4_000
"""Characters of the text that are sent: what follows would not change its direction."""
MAX_DRAFT_TOKENS = 800
MAX_DRAFT = 20_000
"""Characters of an answer that are read, whatever a service sends; several times what the tokens can hold."""
_ASK = {
    "en": (
        "A voice is going to speak the text below. Write a direction for it: who is speaking, where and to whom, and "
        "how the voice should sound (pace, pauses, stress, timbre, how the feeling moves). Suit the text, name nothing "
        "that can only be seen, and do not repeat the text. Answer in English with exactly these three parts and "
        "nothing else, one or two sentences each:\n\nRole: …\n\nScene: …\n\nGuidance: …"
    ),
    "zh": (
        "下面的文字将由一个声音说出来。请为它写一份表演指导：说话的人是谁，在哪里、对谁说，声音应当怎样"
        "（语速、停顿、重音、音色、情绪的起伏）。要贴合文字，不写只能看见的东西，不重复原文。"
        "用中文回答，只写以下三部分，每部分一两句话：\n\n角色：……\n\n场景：……\n\n指导：……"
    ),
}
_TEXT = {"en": "The text:", "zh": "文字："}
_NAMES = {
    "role": "role", "character": "role", "角色": "role", "人物": "role",
    "scene": "scene", "场景": "scene",
    "guidance": "guidance", "direction": "guidance", "指导": "guidance", "指引": "guidance",
}  # fmt: skip
_LABEL = re.compile(
    r"^[ \t#>*_\-【\[（(]*+(?:\d++[.、)]\s*+)?+[*_【\[（(]*+"
    rf"(?P<name>{'|'.join(_NAMES)})"
    r"[ \t]*+[*_】\]）)]*+(?:[ \t]*+(?:[:：][ \t]*+[*_]*+|(?=\n|$))|(?<=[】\]]))[ \t]*+",
    re.IGNORECASE | re.MULTILINE,
)


class Draft(NamedTuple):
    """What was drafted, and how the answer ended: `length` where it was cut off, by the service or here."""

    layers: Layers
    ended: FinishReason | None


def draft_request(model: str, text: str) -> ChatRequest:
    """The request for a direction of a text, in the language of the text."""
    language = language_of(text)
    question = f"{_ASK[language]}\n\n{_TEXT[language]}\n{text.strip()[:MAX_TEXT]}"
    sampling = Sampling(thinking=False, max_tokens=MAX_DRAFT_TOKENS)
    return ChatRequest(model, (user_message(question),), sampling=sampling)


def parse_draft(answer: str) -> Layers:
    """Read role, scene and guidance from an answer, however its labels are marked; without labels, it is free words."""
    found: dict[str, str] = {}
    labels = list(_LABEL.finditer(answer))
    ends = [*(label.start() for label in labels[1:]), len(answer)]
    for label, end in zip(labels, ends, strict=False):
        words = answer[label.end() : end]
        name = _NAMES[label["name"].casefold()]
        found.setdefault(name, words.strip().strip("*_").strip())
    if not labels:
        return Layers(answer.strip())
    role, scene = (" ".join(found.get(name, "").split()) for name in ("role", "scene"))
    return Layers("", role, scene, found.get("guidance", ""))


class DirectionDrafting:
    """Drafts directions with the chat model of the active service."""

    def __init__(self, calls: LoneCalls, models: Models) -> None:
        self._calls, self._models = calls, models

    @property
    def model(self) -> str:
        """The chat model that is asked; empty if the service has none."""
        return self._models.chosen("chat")

    async def draft(self, text: str, arrived: Callable[[str], object]) -> Draft:
        """Ask for a direction of a text and pass the answer on as it arrives. Cancelling ends the call.

        Raises InputError NO_TEXT and NO_MODEL, and the errors of the client.
        """
        if not plain(text).strip():
            raise InputError(Code.NO_TEXT, field="text")
        model = self.model
        if not model:
            raise InputError(Code.NO_MODEL, field="model")
        answer, ended = await bounded_answer(self._calls, draft_request(model, text), MAX_DRAFT, arrived)
        return Draft(parse_draft(answer), ended)
