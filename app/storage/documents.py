"""One conversation as a document: writes Markdown, HTML or our JSON, reads our JSON or OpenAI messages JSON."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import msgspec

from app.core.bounds import TooLarge, check_json
from app.core.conversation import Conversation, Headings, MessageTree, title_from
from app.core.errors import Code, StorageError
from app.core.extra_body import fields_of_others
from app.core.messages import Media, Message, Sources, Text, Thinking, ToolCall, new_id
from app.core.summaries import summarised
from app.storage.attachments import externalise, inline
from app.storage.blobs import Blobs
from app.storage.document_files import read_without_files, with_files, with_marks
from app.storage.files import write_pieces, write_whole
from app.storage.openai_messages import read_openai

MAX_FILE_BYTES = 256 << 20
"""Maximum size of a file that is read; that of its text alone where it is one of ours that is large."""
LARGE_FILE_BYTES = 16 << 20
"""A file of ours above this size is read without its attachments."""
MAX_MESSAGES = 100_000
"""Maximum number of messages of a file that is read."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^( {0,3})(#{1,6}(?:[ \t]|$)|=+[ \t]*$|-{2,}[ \t]*$)")
FORMAT = "mimo-workbench-conversation"
VERSION = 1
_OURS = re.compile(rb'"format": ?"' + FORMAT.encode() + b'"')


class Document(msgspec.Struct, frozen=True):
    """Our JSON format: a conversation with all its branches and attachments."""

    conversation: Conversation
    messages: tuple[Message, ...]
    format: str = FORMAT
    version: int = VERSION


class Documents:
    """Writes and reads conversation files of the user. Blocks on the disk: call it in a thread."""

    def __init__(self, blobs: Blobs | None = None) -> None:
        """`blobs` has the files of attachments, which our JSON and HTML contain; without it they stay references."""
        self._blobs = blobs

    def write(self, path: Path, conversation: Conversation, messages: tuple[Message, ...], words: Headings) -> None:
        """Write all branches as our JSON if the name ends in `.json`, else the visible branch: as HTML if it ends in
        `.html` or `.htm`, else as Markdown.

        Raises StorageError.
        """
        suffix = path.suffix.lower()
        if suffix == ".json":
            self._write_json(path, conversation, messages)
        elif suffix in (".html", ".htm"):
            from app.storage.html_document import to_html  # It loads what parses Markdown.

            html = to_html(conversation, self._with_files(visible(conversation, messages)), words)
            write_whole(path, html.encode("utf-8", "replace"))
        else:
            write_whole(path, to_markdown(conversation, visible(conversation, messages), words).encode())

    def _write_json(self, path: Path, conversation: Conversation, messages: tuple[Message, ...]) -> None:
        blobs = self._blobs
        if blobs is None:
            write_whole(path, to_json(conversation, messages))
            return
        conversation, messages, mark, digests = with_marks(conversation, messages, blobs)
        write_pieces(path, with_files(to_json(conversation, messages), mark, digests, blobs))

    def _with_files(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        blobs = self._blobs
        return messages if blobs is None else tuple(inline(message, blobs) for message in messages)

    def read(self, path: Path) -> tuple[Conversation, tuple[Message, ...]]:
        """Read a conversation file. The attachments of a large one are stored meanwhile, as are those of its draft.

        Raises StorageError: FILE_UNREADABLE, and as `read_document`.
        """
        try:
            conversation, messages = read_document(self._content(path))
            return self._with_stored_draft(conversation), messages
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(path), message=str(error)) from error
        except TooLarge as error:
            raise StorageError(Code.IMPORT_TOO_LARGE, path=str(path), message=str(error)) from error
        except ValueError as error:
            raise StorageError(Code.IMPORT_UNREADABLE, path=str(path), message=str(error)) from error
        except StorageError as error:
            raise StorageError(error.code, **error.params | {"path": str(path)}) from error

    def _content(self, path: Path) -> bytes:
        """The bytes of a file; the text alone, with references to its attachments, of a large one of ours."""
        if self._blobs is not None and path.stat().st_size > LARGE_FILE_BYTES:
            text = read_without_files(path, self._blobs, MAX_FILE_BYTES)
            if _OURS.search(text):
                return text
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)

    def _with_stored_draft(self, conversation: Conversation) -> Conversation:
        if self._blobs is None or not conversation.attachments:
            return conversation
        draft = externalise(Message("draft", "user", conversation.attachments), self._blobs)
        media = tuple(part for part in draft.parts if isinstance(part, Media))
        return msgspec.structs.replace(conversation, attachments=media)


def to_json(conversation: Conversation, messages: tuple[Message, ...]) -> bytes:
    """Return our JSON format, indented."""
    return msgspec.json.format(msgspec.json.encode(Document(conversation, messages)), indent=1)


def to_markdown(conversation: Conversation, branch: tuple[Message, ...], words: Headings) -> str:
    """Return one branch as Markdown; attachments appear by name only."""
    blocks = [f"# {conversation.title}"] if conversation.title else []
    if conversation.system:
        blocks += [f"## {words.system}", _contained(conversation.system, is_written_by_user=True)]
    names = {"user": words.user, "assistant": words.assistant, "system": words.system, "developer": words.system}
    for message in branch:
        blocks.append(f"## {message.name or names.get(message.role, message.role)}")
        if message.written_from:
            blocks.append(f"*{words.written_from.format(n=message.written_from)}*")
        for part in message.joined_parts:
            if isinstance(part, Text):
                blocks.append(_contained(part.text, is_written_by_user=message.role != "assistant"))
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
    """Decode a conversation from our JSON or OpenAI's, with new ids.

    Raises StorageError with `message`: IMPORT_TOO_LARGE, IMPORT_NEWER, and IMPORT_UNREADABLE for invalid content.
    """
    try:
        content = _as_utf8(content)
        check_json(content, MAX_FILE_BYTES)
        head = _head.decode(content)
        if isinstance(head, _Head) and head.format == FORMAT:
            if isinstance(head.version, int) and head.version > VERSION:
                raise StorageError(Code.IMPORT_NEWER, version=head.version, known=VERSION)
            if head.version != VERSION:
                raise ValueError(f"version {head.version}")
            document = _document.decode(content)
            return _with_new_ids(document.conversation, document.messages)
        return _with_new_ids(*read_openai(msgspec.json.decode(content)))
    except TooLarge as error:
        raise StorageError(Code.IMPORT_TOO_LARGE, message=f"{error}") from error
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        # JSON and encoding errors are ValueErrors; a KeyError is a parent missing in the document.
        raise StorageError(Code.IMPORT_UNREADABLE, message=f"{error}") from error


class _Head(msgspec.Struct):
    """The fields that identify our format."""

    format: object = None
    version: object = None


# Made here, on one thread: msgspec crashes if two threads use a struct for the first time at once.
_head, _document = msgspec.json.Decoder(_Head | list[msgspec.Raw]), msgspec.json.Decoder(Document)


def _as_utf8(content: bytes) -> bytes:
    """Convert JSON with a byte order mark or in UTF-16, as Windows programs write it, to UTF-8."""
    encoding = json.detect_encoding(content)
    return content if encoding == "utf-8" else content.decode(encoding).encode()


def _with_new_ids(
    conversation: Conversation, messages: tuple[Message, ...]
) -> tuple[Conversation, tuple[Message, ...]]:
    """Return the same tree with new ids and without calls, because the original may exist here too."""
    if len(messages) > MAX_MESSAGES:
        raise TooLarge(f"{len(messages)} messages are more than {MAX_MESSAGES}")
    ids = {message.id: new_id() for message in messages}
    now = time.time()
    renamed = tuple(
        msgspec.structs.replace(
            message,
            id=ids[message.id],
            parent=ids[message.parent] if message.parent is not None else None,
            created=message.created or now,
            replies=tuple(msgspec.structs.replace(reply, call_id="", failure=None) for reply in message.replies),
        )
        for message in messages
    )
    seen: set[str] = set()
    for message in renamed:
        if message.parent is not None and message.parent not in seen:
            raise ValueError("a message precedes its parent")
        seen.add(message.id)
    leaf = ids.get(conversation.leaf or "") or (renamed[-1].id if renamed else None)
    title = conversation.title or next((title_from(message.text) for message in renamed if message.text), "")
    left_out = tuple(
        f"{ids[message_id]}{sign}{index}"
        for message_id, sign, index in (part.partition("#") for part in conversation.left_out)
        if message_id in ids
    )
    extra_body, extra = fields_of_others(conversation.extra_body, conversation.sampling.extra)
    return msgspec.structs.replace(
        conversation,
        id=new_id(),
        title=title,
        leaf=leaf,
        created=conversation.created or now,
        updated=now,
        sampling=msgspec.structs.replace(conversation.sampling, extra=extra),
        extra_body=extra_body,
        left_out=left_out,
        # An id that is not in the file stays, so that the summary is not used.
        summary_of=tuple(ids.get(message_id, message_id) for message_id in summarised(conversation)),
    ), renamed


def visible(conversation: Conversation, messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the visible branch, for `to_markdown`."""
    return MessageTree(messages).branch(conversation.leaf)


def _contained(text: str, *, is_written_by_user: bool) -> str:
    """The text of a message so that it ends where it ends: an open code fence is closed.

    Outside code, what a user wrote as a heading is escaped, because only the document's headings divide it.
    """
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark and not (mark[1][0] == "`" and "`" in line[mark.end() :]):
            fence = mark[1]
        elif is_written_by_user:
            line = _HEADING.sub(r"\1\\\2", line)
        lines.append(line)
    return "\n".join([*lines, fence] if fence else lines)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _fenced(text: str, language: str = "") -> str:
    """Wrap text in a code fence longer than any fence inside it."""
    ticks = "```"
    while ticks in text:
        ticks += "`"
    return f"{ticks}{language}\n{text}\n{ticks}"
