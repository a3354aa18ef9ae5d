"""Asks the chat model for the description of a voice that suits a character."""

from __future__ import annotations

import re
from collections.abc import Callable

from app.core.errors import Code, InputError
from app.core.messages import user_message
from app.core.requests import ChatRequest, Sampling
from app.core.tags import language_of
from app.services.chat.lone_call import LoneCalls
from app.services.models import Models
from app.services.speech.bounded_answer import BoundedAnswer, bounded_answer

MAX_SKETCH = 2_000
"""Characters of the sketch that are sent."""
MAX_DRAFT_TOKENS = 400
MAX_DRAFT = 4_000
"""Characters of an answer that are read."""
_ASK = {
    "en": (
        "Below is a sketch of a character. Describe the voice of this character for a speech synthesiser: gender and "
        "age, texture of the voice, mood, pace, and role or accent where they matter. One to three plain sentences in "
        "English. No names of real people, no rooms, echo, music or sound effects, no singing, no stage directions. "
        "Answer with the description and nothing else."
    ),
    "zh": (
        "下面是一个角色的人物小传。请为语音合成描述这个角色的音色：性别与年龄、嗓音质感、情绪、语速，需要时写上身份或口音。"
        "用中文写一到三句平实的话。不写真人姓名，不写房间、回声、音乐或音效，不唱歌，不写舞台提示。"
        "只回答音色描述，不要写别的。"
    ),
}
_SKETCH = {"en": "The sketch:", "zh": "人物小传："}
_LABEL = re.compile(
    r"^[\s#>*_\-【\[（(]*(?:the )?(?:voice description|description|voice|音色描述|音色|声音描述|描述)"
    r"[\s*_】\]）)]*[:：][\s*_]*",
    re.IGNORECASE,
)
_QUOTES = {"“": "”", '"': '"', "「": "」", "‘": "’", "'": "'"}


def description_request(model: str, sketch: str) -> ChatRequest:
    """The request for a description of a character's voice, in the language of the sketch."""
    language = language_of(sketch)
    question = f"{_ASK[language]}\n\n{_SKETCH[language]}\n{sketch.strip()[:MAX_SKETCH]}"
    sampling = Sampling(thinking=False, max_tokens=MAX_DRAFT_TOKENS)
    return ChatRequest(model, (user_message(question),), sampling=sampling)


def parse_description(answer: str) -> str:
    """The description in an answer, on one line, without the label, the quotes and the marks that some models add."""
    text = " ".join(_LABEL.sub("", answer.strip()).replace("**", "").replace("`", "").split())
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1]:
        text = text[1:-1].strip()
    return text


class DescriptionDrafting:
    """Drafts descriptions with the chat model of the active service."""

    def __init__(self, calls: LoneCalls, models: Models) -> None:
        self._calls, self._models = calls, models

    @property
    def model(self) -> str:
        """The chat model that is asked; empty if the service has none."""
        return self._models.chosen("chat")

    async def draft(self, sketch: str, arrived: Callable[[str], object]) -> BoundedAnswer:
        """Ask for a description and pass the answer on as it arrives. Cancelling ends the call.

        Raises InputError NO_SKETCH and NO_MODEL, and the errors of the client.
        """
        if not sketch.strip():
            raise InputError(Code.NO_SKETCH, field="sketch")
        model = self.model
        if not model:
            raise InputError(Code.NO_MODEL, field="model")
        return await bounded_answer(self._calls, description_request(model, sketch), MAX_DRAFT, arrived)
