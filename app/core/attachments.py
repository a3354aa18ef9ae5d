"""Rules for attachments of a message: formats, size limits, and which models take them (WIRE.md section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from app.core.catalogue import Model
from app.core.errors import Code, InputError
from app.core.messages import Media

Kind = Literal["image", "audio", "video"]

KINDS: tuple[Kind, ...] = ("image", "audio", "video")
SNIFFED_BYTES = 4096
"""Bytes of the beginning of a file from which its format is known."""
BASE64_LIMIT = 50 << 20
"""Largest base64 text of a file of any kind, in characters."""
URL_LIMITS: dict[Kind, int] = {"image": 50 << 20, "audio": 100 << 20, "video": 300 << 20}
"""Largest file behind an address, in bytes, by kind."""
MAX_ATTACHMENTS = 20
"""Attachments of one message. The service states no number; what fits is limited by the context of the model."""


class Format(NamedTuple):
    """A file format. `mime` is empty for one that the service does not take."""

    name: str
    mime: str = ""

    @property
    def kind(self) -> Kind | None:
        """What it holds; None for a format that the service does not take."""
        kind = self.mime.partition("/")[0]
        return next((known for known in KINDS if known == kind), None)


FORMATS: tuple[Format, ...] = (
    Format("JPEG", "image/jpeg"),
    Format("PNG", "image/png"),
    Format("GIF", "image/gif"),
    Format("WebP", "image/webp"),
    Format("BMP", "image/bmp"),
    Format("MP3", "audio/mpeg"),
    Format("WAV", "audio/wav"),
    Format("FLAC", "audio/flac"),
    Format("M4A", "audio/mp4"),
    Format("OGG", "audio/ogg"),
    Format("MP4", "video/mp4"),
    Format("MOV", "video/quicktime"),
    Format("AVI", "video/x-msvideo"),
    Format("WMV", "video/x-ms-wmv"),
)
"""The formats that the service takes."""
_BY_NAME = {known.name: known for known in FORMATS}
_MIME_SYNONYMS = {
    "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-ms-bmp": "image/bmp",
    "audio/mp3": "audio/mpeg", "audio/x-wav": "audio/wav", "audio/wave": "audio/wav", "audio/vnd.wave": "audio/wav",
    "audio/x-flac": "audio/flac", "audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4", "audio/opus": "audio/ogg",
    "application/ogg": "audio/ogg", "video/avi": "video/x-msvideo", "video/vnd.avi": "video/x-msvideo",
    "video/msvideo": "video/x-msvideo", "video/mov": "video/quicktime", "video/wmv": "video/x-ms-wmv",
}  # fmt: skip
_BY_EXTENSION = {
    "jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WebP", "bmp": "BMP", "mp3": "MP3",
    "wav": "WAV", "flac": "FLAC", "m4a": "M4A", "ogg": "OGG", "oga": "OGG", "opus": "OGG", "mp4": "MP4", "m4v": "MP4",
    "mov": "MOV", "avi": "AVI", "wmv": "WMV",
}  # fmt: skip
_ASF = bytes.fromhex("3026b2758e66cf11")
_STILL_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF", b"avis": "AVIF"}
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"\x1aE\xdf\xa3", "WebM"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xff\xf1", "AAC"),
    (b"\xff\xf9", "AAC"),
    (b"#!AMR", "AMR"),
    (b"<svg", "SVG"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<!--", b"<body")


def format_named(name: str) -> Format:
    """The format of the service by its name. Raises KeyError for another."""
    return _BY_NAME[name]


def format_of_mime(mime: str) -> Format | None:
    """The format of a media type, also of an older name; parameters such as `;charset=…` are ignored."""
    bare = mime.partition(";")[0].strip().lower()
    bare = _MIME_SYNONYMS.get(bare, bare)
    return next((known for known in FORMATS if known.mime == bare), None)


def format_of_name(name: str) -> Format | None:
    """The format that the extension of a file name or address claims; None for an unknown one."""
    found = _BY_EXTENSION.get(name.rpartition(".")[2].lower()) if "." in name else None
    return _BY_NAME[found] if found else None


def sniffed(head: bytes) -> Format | None:
    """The format of a file by its first bytes, whatever its name says; None for an unknown one.

    Also knows some formats that the service does not take, so that a refusal can name them. Give `SNIFFED_BYTES`.
    """
    found = _image(head) or _container(head) or _sound(head)
    if found is not None:
        return found
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:20].lower().startswith(_HTML):
        return Format("HTML")
    if start.startswith((b"<svg", b"<?xml")) and b"<svg" in head:
        return Format("SVG")
    return next((Format(name) for magic, name in _OTHERS if head.startswith(magic)), None)


def _image(head: bytes) -> Format | None:
    if head.startswith(b"\xff\xd8\xff"):
        return _BY_NAME["JPEG"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _BY_NAME["PNG"]
    if head.startswith((b"GIF87a", b"GIF89a")):
        return _BY_NAME["GIF"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _BY_NAME["WebP"]
    # Two letters alone would make a picture of any text that begins with them.
    if head[:2] == b"BM" and head[14:15] in (b"\x0c", b"\x28", b"\x34", b"\x38", b"\x40", b"\x6c", b"\x7c"):
        return _BY_NAME["BMP"]
    return None


def _container(head: bytes) -> Format | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _STILL_BRANDS:
            return Format(_STILL_BRANDS[brand])
        if brand.startswith((b"M4A", b"M4B")):
            return _BY_NAME["M4A"]
        return _BY_NAME["MOV"] if brand == b"qt  " else _BY_NAME["MP4"]
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return _BY_NAME["MOV"]
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return _BY_NAME["AVI"]
    return _BY_NAME["WMV"] if head.startswith(_ASF) else None


def _sound(head: bytes) -> Format | None:
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return _BY_NAME["WAV"]
    if head.startswith(b"fLaC"):
        return _BY_NAME["FLAC"]
    if head.startswith(b"OggS"):
        return Format("Theora") if b"theora" in head else _BY_NAME["OGG"]
    is_mp3_frame = len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0
    return _BY_NAME["MP3"] if head.startswith(b"ID3") or is_mp3_frame else None


def kind_of(media: Media) -> Kind:
    """What an attachment holds; a type that is none of the three counts as video, as on the wire."""
    kind = media.mime.partition("/")[0]
    return next((known for known in KINDS if known == kind), "video")


def base64_length(size: int) -> int:
    """Characters of the base64 text of that many bytes."""
    return -(-size // 3) * 4


def max_file_size() -> int:
    """The largest file, in bytes, whose base64 text is within the limit."""
    return BASE64_LIMIT // 4 * 3


def check_size(name: str, kind: Kind, size: int, *, by_address: bool = False) -> None:
    """Check a size in bytes against the limit of the service.

    Raises ATTACHMENT_EMPTY, and ATTACHMENT_TOO_LARGE with `limit` and `size` in bytes.
    """
    if not by_address and size == 0:
        raise InputError(Code.ATTACHMENT_EMPTY, name=name)
    limit = URL_LIMITS[kind] if by_address else max_file_size()
    if size > limit:
        raise InputError(
            Code.ATTACHMENT_TOO_LARGE, name=name, kind=kind, size=size, limit=limit, url_limit=URL_LIMITS[kind],
            by_address=by_address,
        )  # fmt: skip


def takes(model: Model, kind: Kind, protocol: str) -> bool:
    """Whether a model may take a kind of attachment over a protocol; the Anthropic one has images only.

    What nobody has confirmed or ruled out is allowed: the service decides.
    """
    return model.may(kind) and (protocol != "anthropic" or kind == "image")


def model_that_takes(kinds: Iterable[Kind], offered: Iterable[Model], protocol: str) -> Model | None:
    """The first offered model that takes all kinds, one that certainly does before one that may; None without any."""
    wanted = set(kinds)
    able = [model for model in offered if all(takes(model, kind, protocol) for kind in wanted)]
    sure = [model for model in able if all(model.can(kind) for kind in wanted)]
    return next(iter(sure or able), None)


def refused_kinds(media: Iterable[Media], model: Model, protocol: str) -> tuple[Kind, ...]:
    """The kinds among some attachments that a model does not take, in the order of `KINDS`."""
    present = {kind_of(part) for part in media}
    return tuple(kind for kind in KINDS if kind in present and not takes(model, kind, protocol))
