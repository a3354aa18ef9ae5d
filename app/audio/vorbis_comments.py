"""Adds comments to FLAC and Ogg Vorbis files that libsndfile has no tag for, such as the lyrics.

Both formats hold Vorbis comments: https://xiph.org/vorbis/doc/v-comment.html. What libsndfile wrote is copied; only the
block, or the page, that has the comments is written anew.
"""

from __future__ import annotations

import shutil
import struct
from typing import IO, Literal

_FLAC = b"fLaC"
_FLAC_COMMENTS, _FLAC_LAST = 4, 0x80
_MAX_FLAC_BLOCK = (1 << 24) - 1
_PAGE = struct.Struct("<4sBBqIIIB")
_CRC_AT = 22
_MAX_SEGMENTS = 255
_VORBIS_COMMENTS = b"\x03vorbis"


def copy_with_comment(
    source: IO[bytes], to: IO[bytes], container: Literal["flac", "ogg"], name: str, text: str
) -> None:
    """Copy a file as libsndfile wrote it, with one comment more.

    A text that is too long for the format's one block, or one page, is left out.
    """
    source.seek(0)
    comment = f"{name}={text}".encode()
    if container == "flac":
        _copy_flac_head(source, to, comment)
    else:
        _copy_ogg_head(source, to, comment)
    shutil.copyfileobj(source, to)


def _with(comments: bytes, comment: bytes) -> bytes:
    """A list of comments with one more; what follows the list stays behind it."""
    vendor = 4 + struct.unpack_from("<I", comments)[0]
    count = struct.unpack_from("<I", comments, vendor)[0]
    end = vendor + 4
    for _ in range(count):
        end += 4 + struct.unpack_from("<I", comments, end)[0]
    added = struct.pack("<I", len(comment)) + comment
    return comments[:vendor] + struct.pack("<I", count + 1) + comments[vendor + 4 : end] + added + comments[end:]


def _copy_flac_head(source: IO[bytes], to: IO[bytes], comment: bytes) -> None:
    to.write(source.read(len(_FLAC)))
    is_last = False
    while not is_last:
        head = source.read(4)
        is_last, kind = bool(head[0] & _FLAC_LAST), head[0] & ~_FLAC_LAST
        block = source.read(int.from_bytes(head[1:], "big"))
        if kind == _FLAC_COMMENTS:
            longer = _with(block, comment)
            block = longer if len(longer) <= _MAX_FLAC_BLOCK else block
        to.write(head[:1] + len(block).to_bytes(3, "big") + block)


def _copy_ogg_head(source: IO[bytes], to: IO[bytes], comment: bytes) -> None:
    """Copy the first two pages: the identification alone, then comments and set-up, where both fit into one page."""
    to.write(_read_page(source))
    page = _read_page(source)
    head, sizes, body = _PAGE.unpack_from(page), page[_PAGE.size : _PAGE.size + page[26]], page[_PAGE.size + page[26] :]
    comments, following = _first_packet(sizes, body)
    if not comments.startswith(_VORBIS_COMMENTS):
        to.write(page)
        return
    mark = len(_VORBIS_COMMENTS)
    longer = comments[:mark] + _with(comments[mark:], comment)
    lacing = bytes([255] * (len(longer) // 255) + [len(longer) % 255])
    sizes = lacing + sizes[following:]
    if len(sizes) > _MAX_SEGMENTS:
        to.write(page)
        return
    written = _PAGE.pack(*head[:6], 0, len(sizes)) + sizes + longer + body[len(comments) :]
    to.write(written[:_CRC_AT] + struct.pack("<I", _checksum(written)) + written[_CRC_AT + 4 :])


def _read_page(source: IO[bytes]) -> bytes:
    head = source.read(_PAGE.size)
    sizes = source.read(head[26])
    return head + sizes + source.read(sum(sizes))


def _first_packet(sizes: bytes, body: bytes) -> tuple[bytes, int]:
    """The packet a page begins with, and how many segments it takes; empty if it goes on on the next page."""
    for place, size in enumerate(sizes):
        if size < 255:
            return body[: sum(sizes[: place + 1])], place + 1
    return b"", 0


def _table() -> tuple[int, ...]:
    values = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = ((value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
        values.append(value)
    return tuple(values)


def _checksum(page: bytes) -> int:
    """The CRC of an Ogg page whose own field is zero."""
    table, value = _table(), 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ table[value >> 24 ^ byte]
    return value
