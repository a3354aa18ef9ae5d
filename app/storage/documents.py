"""One conversation as a document: Markdown to read, our JSON to take along, the common OpenAI JSON to bring in."""

from __future__ import annotations

import json
import time
from pathlib import Path

import msgspec

from app.core.conversation import Conversation, Headings, MessageTree, title_from
from app.core.errors import Code, StorageError
from app.core.messages import Media, Message, Sources, Text, Thinking, ToolCall, new_id
from app.storage.files import write_whole
from app.storage.openai_messages import read_openai

MAX_FILE_BYTES = 256 << 20
"""Bytes of a file that is read; its attachments are in it."""
FORMAT = "mimo-workbench-conversation"
VERSION = 1


class Document(msgspec.Struct, frozen=True):
    """Our JSON form: a conversation with all its branches and attachments."""

    conversation: Conversation
    messages: tuple[Message, ...]
    format: str = FORMAT
    version: int = VERSION


class Documents:
    """Conversations as files of a person's own. Waits for the disk: call it in a thread."""

    def write(self, path: Path, conversation: Conversation, messages: tuple[Message, ...], words: Headings) -> None:
        """Our JSON with all branches where the name ends in `.json`, else the visible branch as Markdown.

        Raises StorageError.
        """
        if path.suffix.lower() == ".json":
            write_whole(path, to_json(conversation, messages))
        else:
            write_whole(path, to_markdown(conversation, visible(conversation, messages), words).encode())

    def read(self, path: Path) -> tuple[Conversation, tuple[Message, ...]]:
        """Raises StorageError: FILE_UNREADABLE, IMPORT_UNREADABLE."""
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(path), message=str(error)) from error
        if len(content) > MAX_FILE_BYTES:
            raise StorageError(Code.IMPORT_UNREADABLE, message=f"> {MAX_FILE_BYTES >> 20} MB")
        return read_document(content)


def to_json(conversation: Conversation, messages: tuple[Message, ...]) -> bytes:
    """Our JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(Document(conversation, messages)), indent=1)


def to_markdown(conversation: Conversation, branch: tuple[Message, ...], words: Headings) -> str:
    """One branch, to be read by people; attachments are only named."""
    blocks = [f"# {conversation.title}"] if conversation.title else []
    if conversation.system:
        blocks += [f"## {words.system}", conversation.system]
    names = {"user": words.user, "assistant": words.assistant, "system": words.system, "developer": words.system}
    for message in branch:
        blocks.append(f"## {message.name or names.get(message.role, message.role)}")
        for part in message.parts:
            if isinstance(part, Text):
                blocks.append(part.text)
            elif isinstance(part, Thinking):
                blocks += [f"**{words.thinking}**", _quoted(part.text)]
            elif isinstance(part, ToolCall):
                blocks += [f"**{words.tool_call}** `{part.name}`", _fenced(part.arguments, "json")]
                if part.result is not None:
                    blocks += [f"**{words.result}**", _fenced(part.result)]
            elif isinstance(part, Sources) and part.items:
                links = [
                    f"{n}. [{source.title or source.url}](<{source.url}>)" for n, source in enumerate(part.items, 1)
                ]
                blocks += [f"**{words.sources}**", "\n".join(links)]
            elif isinstance(part, Media):
                blocks.append(f"*{words.attachment}: {part.name or part.mime}*")
    return "\n\n".join(block for block in blocks if block) + "\n"


def read_document(content: bytes) -> tuple[Conversation, tuple[Message, ...]]:
    """A conversation from our JSON or OpenAI's, with fresh ids, ready to be kept.

    Raises StorageError IMPORT_UNREADABLE with `message`, where it does not fit.
    """
    try:
        content = _as_utf8(content)
        head = msgspec.json.decode(content, type=_Head | list[msgspec.Raw])
        if isinstance(head, _Head) and head.format == FORMAT:
            if head.version != VERSION:
                raise ValueError(f"version {head.version}")
            document = msgspec.json.decode(content, type=Document)
            return _with_new_ids(document.conversation, document.messages)
        return _with_new_ids(*read_openai(msgspec.json.decode(content)))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        # Errors of JSON and of encodings are ValueErrors; a KeyError is a parent that the document does not hold.
        raise StorageError(Code.IMPORT_UNREADABLE, message=f"{error}") from error


class _Head(msgspec.Struct):
    """Says what a document is."""

    format: object = None
    version: object = None


def _as_utf8(content: bytes) -> bytes:
    """JSON as Windows programs write it too: with a byte order mark, in UTF-16."""
    encoding = json.detect_encoding(content)
    return content if encoding == "utf-8" else content.decode(encoding).encode()


def _with_new_ids(
    conversation: Conversation, messages: tuple[Message, ...]
) -> tuple[Conversation, tuple[Message, ...]]:
    """The same tree under ids of its own: the original may be here too, and its calls go when it goes."""
    ids = {message.id: new_id() for message in messages}
    now = time.time()
    renamed = tuple(
        msgspec.structs.replace(
            message,
            id=ids[message.id],
            parent=ids[message.parent] if message.parent is not None else None,
            created=message.created or now,
            replies=tuple(msgspec.structs.replace(reply, call_id="") for reply in message.replies),
        )
        for message in messages
    )
    seen: set[str] = set()
    for message in renamed:
        if message.parent is not None and message.parent not in seen:
            raise ValueError("a message stands before the one it follows")
        seen.add(message.id)
    leaf = ids.get(conversation.leaf or "") or (renamed[-1].id if renamed else None)
    title = conversation.title or next((title_from(message.text) for message in renamed if message.text), "")
    return msgspec.structs.replace(
        conversation, id=new_id(), title=title, leaf=leaf, created=conversation.created or now, updated=now
    ), renamed


def visible(conversation: Conversation, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """The branch a reader sees, for `to_markdown`."""
    return MessageTree(messages).branch(conversation.leaf)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _fenced(text: str, language: str = "") -> str:
    """In a fence longer than any inside."""
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return f"{ticks}{language}\n{text}\n{ticks}"
