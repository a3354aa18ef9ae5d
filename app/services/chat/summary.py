"""The request for a summary of the beginning of a conversation."""

from __future__ import annotations

from app.core.conversation import Conversation
from app.core.messages import Message, user_message
from app.core.requests import ChatRequest, Sampling
from app.services.chat.request_building import sent_messages

MAX_SUMMARY_TOKENS = 2_000
_INSTRUCTION = (
    "Summarise the conversation so far in its own language, so that you could continue it from the summary alone. "
    "Keep names, numbers, decisions, open questions, and code or data that is still needed, word for word where the "
    "wording matters. Leave out greetings and detours. Write only the summary, at most 800 words."
)


def summary_request(conversation: Conversation, first: tuple[Message, ...]) -> ChatRequest:
    """The request for a summary of the `first` messages of a conversation."""
    messages = (*sent_messages(conversation, first), user_message(_INSTRUCTION))
    sampling = Sampling(thinking=False, max_tokens=MAX_SUMMARY_TOKENS)
    return ChatRequest(conversation.model, messages, sampling=sampling)
