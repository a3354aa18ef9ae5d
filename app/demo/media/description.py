"""Measuring what a message carries and putting it into words; nothing is fetched from the web."""

from __future__ import annotations

import asyncio
import colorsys
from typing import Any, TypeVar

import msgspec

from app.demo import dataurl
from app.demo.chat.question import Attachment, Language, Question
from app.demo.chat.script import script
from app.demo.errors import incorrect
from app.demo.media import image, video
from app.demo.speech.worker import SpeechWorker

_BASE64_LIMIT = 50 * 1024 * 1024
_AUDIO_TOKENS = 6.25  # a second (WIRE.md section 5)
_FORMATS = {"image": "JPEG, PNG, GIF, WebP, BMP", "audio": "MP3, WAV, FLAC, M4A, OGG", "video": "MP4, MOV, AVI, WMV"}
# Media types of the formats above, with the older names that operating systems still give.
_TYPES = {
    "image": {"image/jpeg", "image/jpg", "image/png", "image/gif", "image/webp", "image/bmp", "image/x-ms-bmp"},
    "audio": {"audio/mpeg", "audio/mp3", "audio/wav", "audio/x-wav", "audio/wave", "audio/flac", "audio/x-flac",
              "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/mp4a-latm", "audio/ogg"},
    "video": {"video/mp4", "video/quicktime", "video/mov", "video/avi", "video/x-msvideo", "video/vnd.avi",
              "video/wmv", "video/x-ms-wmv"},
}  # fmt: skip
_COLORS = (
    (15, "red", "红色"), (45, "orange", "橙色"), (70, "yellow", "黄色"), (165, "green", "绿色"), (200, "cyan", "青色"),
    (260, "blue", "蓝色"), (300, "purple", "紫色"), (345, "pink", "粉色"), (361, "red", "红色"),
)  # fmt: skip

T = TypeVar("T")


class MediaDescription(msgspec.Struct, frozen=True):
    """What was measured, a paragraph each, and what it would count as, by `image_tokens` and the like."""

    paragraphs: tuple[str, ...] = ()
    tokens: dict[str, int] = {}


async def tell(question: Question, stage: SpeechWorker) -> MediaDescription:
    """Measures the media of all messages, and describes those that the answer is about.

    Raises:
        Refusal: an address that is none, a type the platform does not take, base64 that is none or is over the limit
            of 50 MB, a file that is not what its type says or is damaged.
    """
    paragraphs, spent = [], {"image_tokens": 0, "audio_tokens": 0, "video_tokens": 0}
    shown = question.shown
    for message in question.messages:
        described = any(message is one for one in shown)
        for number, attachment in enumerate(message.attachments, 1):
            if described:
                paragraph, tokens = await _paragraph(attachment, number, question.language, stage)
                paragraphs.append(paragraph)
            else:
                tokens = await _tokens(attachment)
            spent[f"{attachment.kind}_tokens"] += tokens
    return MediaDescription(tuple(paragraphs), {name: count for name, count in spent.items() if count})


async def _tokens(attachment: Attachment) -> int:
    """What an attachment counts as, by its header alone: it was described when it was new."""
    if (file := _file(attachment)) is None:
        return 0
    match attachment.kind:
        case "image":
            return image.tokens(_readable(attachment, await asyncio.to_thread(image.measure, file, colors=False)))
        case "video":
            return _video_tokens(_readable(attachment, video.measure(file)), attachment)
        case "audio":
            return round(_readable(attachment, await asyncio.to_thread(_seconds, file)) * _AUDIO_TOKENS)


def _seconds(file: bytes) -> float | None:
    from app.demo.media import sound

    return sound.seconds(file)


async def _paragraph(attachment: Attachment, number: int, language: Language, stage: SpeechWorker) -> tuple[str, int]:
    words = script(language).media
    kind = words[f"{attachment.kind}_word"]
    file = _file(attachment)
    if file is None:
        return words["remote"].format(kind=kind, number=number, url=attachment.url[:200]), 0
    parts: dict[str, Any] = {"kind": kind, "number": number, "size": _size(len(file))}
    match attachment.kind:
        case "image":
            picture = _readable(attachment, await asyncio.to_thread(image.measure, file))
            text, tokens = _image(picture, parts, words, language), image.tokens(picture)
        case "video":
            film = _readable(attachment, video.measure(file))
            text, tokens = _video(film, parts, words), _video_tokens(film, attachment)
        case "audio":
            text, tokens = _readable(attachment, await _sound(file, parts, words, stage))
    return f"{text} {words['tokens'].format(tokens=tokens)}", tokens


def _file(attachment: Attachment) -> bytes | None:
    """The bytes of an attachment, None for one on the web.

    Raises:
        Refusal: as `tell`.
    """
    kind = attachment.kind
    url = dataurl.parse(attachment.url)
    if url is None:
        if not attachment.url.startswith(("http://", "https://")):
            raise incorrect(f"{kind} url must be a public URL or a base64 data URL")
        return None
    if url.mime not in _TYPES[kind]:
        raise incorrect(f"Unsupported {kind} format: {url.mime or 'none'}. Supported formats: {_FORMATS[kind]}")
    if len(url.base64) > _BASE64_LIMIT:
        raise incorrect(f"{kind} base64 string must not exceed 50 MB")
    try:
        return url.decoded()
    except ValueError as error:
        raise incorrect(str(error)) from error


def _readable(attachment: Attachment, measured: T | None) -> T:
    if measured is None:
        raise incorrect(f"{attachment.kind} could not be decoded")
    return measured


def _image(picture: image.Image, parts: dict[str, Any], words: dict[str, str], language: Language) -> str:
    if picture.color is None:
        color = words["image_no_color"]
    else:
        lightness = sum(picture.color) / 765
        brightness = words["bright" if lightness > 0.66 else "dark" if lightness < 0.33 else "middling"]
        code = "#{:02x}{:02x}{:02x}".format(*picture.color)
        color = words["image_color"].format(name=_color_name(picture.color, language), hex=code, brightness=brightness)
    if picture.frames > 1:
        color += " " + words["animated"].format(frames=picture.frames)
    return words["image"].format(
        format=picture.format, width=picture.width, height=picture.height, color=color, **parts
    )


def _color_name(color: tuple[int, int, int], language: Language) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in color))
    column = 2 if language == "zh" else 1
    if lightness < 0.1:
        return ("black", "黑色")[column - 1]
    if lightness > 0.93:
        return ("white", "白色")[column - 1]
    if saturation < 0.12:
        return ("grey", "灰色")[column - 1]
    return str(next(row for row in _COLORS if hue * 360 < row[0])[column])


async def _sound(
    file: bytes, parts: dict[str, Any], words: dict[str, str], stage: SpeechWorker
) -> tuple[str, int] | None:
    heard = await stage.listen(file)
    if heard is None:
        return _sealed(file, parts, words)
    sound, recognised = heard
    channels = {1: words["mono"], 2: words["stereo"]}.get(
        sound.channels, words["channels"].format(count=sound.channels)
    )
    text = words["audio"].format(
        format=sound.format,
        seconds=f"{sound.seconds:.1f}",
        rate=sound.rate,
        channels=channels,
        loudness=f"{sound.loudness:.1f}",
        peak=f"{sound.peak:.1f}",
        speech=round(100 * sound.speech),
        pause=f"{sound.pause:.1f}",
        **parts,
    )
    if sound.clipped:
        text += " " + words["audio_clipped"]
    if sound.silent:
        text += " " + words["audio_silent"]
    elif recognised.words:
        text += " " + words["audio_heard"].format(words=recognised.words)
    else:
        text += " " + words["audio_unknown"]
    return text, round(sound.seconds * _AUDIO_TOKENS)


def _sealed(file: bytes, parts: dict[str, Any], words: dict[str, str]) -> tuple[str, int] | None:
    """M4A: its length stands in the container, the sound can't be decoded here."""
    container = video.measure(file)
    if container is None or container.format not in ("MP4", "MOV"):
        return None
    text = words["audio_sealed"].format(seconds=f"{container.seconds:.1f}", **parts)
    return text, round(container.seconds * _AUDIO_TOKENS)


def _video_tokens(film: video.Video, attachment: Attachment) -> int:
    return video.tokens(film, attachment.fps, fine=attachment.fine)


def _video(film: video.Video, parts: dict[str, Any], words: dict[str, str]) -> str:
    known = film.width and film.seconds
    details = words["video_details"].format(width=film.width, height=film.height, seconds=f"{film.seconds:.1f}")
    return words["video"].format(format=film.format, details=details if known else "", **parts)


def _size(count: int) -> str:
    return f"{count / 1024:.1f} KiB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MiB"
