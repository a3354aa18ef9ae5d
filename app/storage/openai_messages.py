"""Reads OpenAI messages JSON as a conversation: `[{"role", "content", …}]` or an object with `messages`."""

from __future__ import annotations

from typing import Any

import msgspec

from app.core.conversation import Conversation
from app.core.messages import Media, Message, Part, Reply, Role, Text, Thinking, ToolCall, new_id

_ROLES: dict[str, Role] = {
    "system": "system", "developer": "developer", "user": "user", "assistant": "assistant", "tool": "tool",
}  # fmt: skip


def read_openai(raw: Any) -> tuple[Conversation, tuple[Message, ...]]:
    """Return the conversation and its messages. Raises ValueError, TypeError or KeyError for any other structure.

    Consecutive assistant messages with tool calls, and the tool messages between them, become the steps of one turn.
    """
    rows, model = raw, ""
    if isinstance(raw, dict):
        rows, model = raw["messages"], str(raw.get("model") or "")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ValueError("no messages")
    system = ""
    if rows[0].get("role") == "system" and isinstance(rows[0].get("content"), str):
        system, rows = rows[0]["content"], rows[1:]
    messages: list[Message] = []
    for row in rows:
        role = _ROLES[row["role"]]
        last = messages[-1] if messages else None
        if role == "tool" and last is not None and (answered := _answered(last, row)) is not None:
            messages[-1] = answered
        elif role == "assistant" and last is not None and _goes_on(last):
            messages[-1] = _step(last, row, model)
        else:
            empty = Message(new_id(), role, (), last.id if last else None, name=str(row.get("name") or ""))
            messages.append(_step(empty, row, model) if role == "assistant" else _with(empty, _parts(row, 0)))
    return Conversation(new_id(), model=model, system=system), tuple(messages)


def _goes_on(message: Message) -> bool:
    """Whether the last step has answered tool calls, so that the next assistant message continues the turn."""
    step = len(message.replies) - 1
    calls = [part for part in message.parts if isinstance(part, ToolCall) and part.step == step]
    return message.role == "assistant" and bool(calls) and all(call.result is not None for call in calls)


def _step(message: Message, row: dict[str, Any], model: str) -> Message:
    step = len(message.replies)
    parts = _parts(row, step)
    for call in row.get("tool_calls") or ():
        function = call["function"]
        parts.append(ToolCall(str(call["id"]), function["name"], str(function.get("arguments", "")), step, "stopped"))
    called = any(isinstance(part, ToolCall) for part in parts)
    reply = Reply(model, model, "tool_calls" if called else "stop")
    return msgspec.structs.replace(_with(message, parts), replies=(*message.replies, reply))


def _answered(message: Message, row: dict[str, Any]) -> Message | None:
    """Return the message with a tool result in its call, or None if it made no such call."""
    wanted, result = row.get("tool_call_id"), _words(row.get("content"))
    if not any(isinstance(part, ToolCall) and part.id == wanted for part in message.parts):
        return None
    parts = tuple(
        msgspec.structs.replace(part, result=result, state="done")
        if isinstance(part, ToolCall) and part.id == wanted
        else part
        for part in message.parts
    )
    return msgspec.structs.replace(message, parts=parts)


def _with(message: Message, parts: list[Part]) -> Message:
    return msgspec.structs.replace(message, parts=(*message.parts, *parts))


def _parts(row: dict[str, Any], step: int) -> list[Part]:
    parts: list[Part] = []
    if thinking := row.get("reasoning_content"):
        parts.append(Thinking(str(thinking), step))
    content = row.get("content")
    if isinstance(content, list):
        parts += [_part(piece, step) for piece in content]
    elif content is not None:
        if not isinstance(content, str):
            raise ValueError("content is neither text nor a list of parts")
        parts.append(Text(content, step))
    return parts


def _part(piece: Any, step: int) -> Part:
    kind = piece["type"]
    if kind == "text":
        return Text(str(piece["text"]), step)
    if kind == "image_url":
        return _media(piece["image_url"]["url"], "image/png")
    if kind == "video_url":
        return _media(piece["video_url"]["url"], "video/mp4")
    if kind == "input_audio":
        sound = piece["input_audio"]
        if str(sound["data"]).startswith(("data:", "http")):
            return _media(sound["data"], "audio/wav")
        mime = "audio/mpeg" if sound.get("format") == "mp3" else "audio/wav"
        return _media(f"data:{mime};base64,{sound['data']}", mime)
    raise ValueError(f"unknown part {kind!r}")


def _media(url: Any, mime: str) -> Media:
    address = str(url)
    if address.startswith("data:"):
        head, _, content = address.partition(",")
        return Media(head[5:].split(";")[0] or mime, address, size=len(content) * 3 // 4)
    return Media(mime, address, name=address.rsplit("/", 1)[-1][:80])


def _words(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(str(piece.get("text", "")) for piece in content if isinstance(piece, dict))
    return "" if content is None else str(content)
