"""Values of Talk: what it is doing, how it is set, and what went wrong."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.requests import Sampling
from app.core.tags import language_of

TalkState = Literal["silent", "opening", "listening", "recognising", "asking", "speaking"]
"""`opening`: the microphone. `asking`: until the first sentence sounds. `speaking` also between two sentences."""

TroubleKind = Literal[
    "microphone", "disconnected", "muted", "unheard", "recognition", "stopped", "no-words", "not-sent", "answer",
    "speech", "wordless",
]  # fmt: skip
"""`microphone`: it can't be opened, or was lost before anything was said. `disconnected`: while something was said,
which is in the draft. `stopped`: recording or recognition, by the user. `not-sent`: the
words are in the draft. `answer`: the reply failed, which its message explains. `wordless`: the model was asked with the
recording, whose words are not known, so that it stays in the message."""

SPOKEN_PROMPTS = {
    "en": (
        "The user speaks to you and hears your answer read aloud. Answer in a few short sentences, as in a "
        "conversation, without Markdown, lists, tables, code or addresses unless they are asked for."
    ),
    "zh": (
        "用户正在用语音和你对话，你的回答会被朗读出来。请像聊天一样用几句简短的话回答，除非用户要求，不要使用Markdown、列表、表格、代码或网址。"
    ),
}
"""Added to the system prompt of a spoken turn, in its language."""


class TalkOptions(msgspec.Struct, frozen=True):
    """How Talk is set.

    Attributes:
        continuous: listen again after the answer.
        direct: ask a model that hears with the recording itself.
        thinks: let the model think first.
        keeps_recordings: keep what the user said as a recording, too.
        pause: seconds of silence that end what the user says.
    """

    continuous: bool = False
    direct: bool = False
    thinks: bool = False
    keeps_recordings: bool = False
    pause: float = 1.2


def spoken_system(system: str, words: str) -> str:
    """The system prompt of a spoken turn, in the language of what was said, or else of the prompt."""
    added = SPOKEN_PROMPTS[language_of(words or system)]
    return f"{system}\n\n{added}" if system.strip() else added


def spoken_parameters(system: str, sampling: Sampling, words: str, *, thinks: bool) -> dict[str, object]:
    """The fields of a conversation that hold for the answer to what was said."""
    return {
        "system": spoken_system(system, words),
        "sampling": msgspec.structs.replace(sampling, thinking=thinks),
    }
