"""The result of a call as the window gets it: one text, and images and sounds as files."""

from __future__ import annotations

import base64
import binascii
import json
import tempfile
from pathlib import Path

import mcp_types as types

from app.core.mcp_wire import MAX_MEDIA, MAX_MEDIA_BYTES, MAX_RESULT_CHARS, CallDone, ResultFile
from app.mcp_bridge.cutting import CUT_NOTE


def reported_result(call: int, result: types.CallToolResult, folder: Path, *, mismatch: bool) -> CallDone:
    """What a call came to. Images and sounds are written into `folder`."""
    texts: list[str] = []
    files: list[ResultFile] = []
    dropped = 0
    for part in result.content:
        match part:
            case types.TextContent():
                texts.append(part.text)
            case types.ImageContent() | types.AudioContent():
                stored = _stored(part.data, part.mime_type, folder) if len(files) < MAX_MEDIA else None
                if stored is None:
                    dropped += 1
                else:
                    files.append(stored)
            case types.EmbeddedResource(resource=types.TextResourceContents() as resource):
                texts.append(resource.text)
            case types.EmbeddedResource(resource=types.BlobResourceContents() as resource):
                mime = resource.mime_type or ""
                stored = _stored(resource.blob, mime, folder) if _is_media(mime) and len(files) < MAX_MEDIA else None
                if stored is None:
                    dropped += 1
                else:
                    files.append(stored)
            case types.ResourceLink():
                texts.append(f"{part.name}: {part.uri}")
            case _:
                dropped += 1
    if not texts and result.structured_content is not None:
        texts.append(json.dumps(result.structured_content, ensure_ascii=False))
    return CallDone(
        call, _bounded("\n\n".join(texts)), bool(result.is_error), tuple(files), dropped, mismatch
    )  # fmt: skip


def _bounded(text: str) -> str:
    """A text that is not longer than the model gets. Of one that was cut before, the note at its end stays."""
    if len(text) <= MAX_RESULT_CHARS:
        return text
    earlier = CUT_NOTE.search(text)
    if earlier is not None:
        size = earlier.group().rpartition(" of ")[2]
        kept = text[:MAX_RESULT_CHARS]
        return f"{kept}\n[cut: {len(kept.encode()):,} of {size}"
    return f"{text[:MAX_RESULT_CHARS]}\n[cut: {MAX_RESULT_CHARS:,} of {len(text):,} characters]"


def _is_media(mime: str) -> bool:
    return mime.startswith(("image/", "audio/"))


def _stored(data: str, mime: str, folder: Path) -> ResultFile | None:
    """An image or a sound as a file; None for one that is too large or broken."""
    if not _is_media(mime) or len(mime) > 100 or CUT_NOTE.search(data[-100:]) is not None:
        return None
    try:
        content = base64.b64decode(data, validate=False)
    except (binascii.Error, ValueError):
        return None
    if not content or len(content) > MAX_MEDIA_BYTES:
        return None
    with tempfile.NamedTemporaryFile(dir=folder, prefix="result-", delete=False) as file:
        file.write(content)
    return ResultFile(file.name, mime)
