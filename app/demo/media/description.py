"""Measures the media in messages and describes them in text. Nothing is fetched from the web."""

from __future__ import annotations

import asyncio
import colorsys
from typing import Any, TypeVar

import msgspec

from app.demo import dataurl
from app.demo.chat.question import Attachment, Language, Question
from app.demo.chat.script import load_script
from app.demo.errors import incorrect
from app.demo.media import image, video
from app.demo.speech.worker import SpeechWorker

_BASE64_LIMIT = 50 * 1024 * 1024
_AUDIO_TOKENS = 6.25  # per second (WIRE.md section 5)
_FORMATS = {"image": "JPEG, PNG, GIF, WebP, BMP", "audio": "MP3, WAV, FLAC, M4A, OGG", "video": "MP4, MOV, AVI, WMV"}
# Media types of the formats above, including older names that operating systems still use.
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
    """One paragraph per described attachment, and token counts by `image_tokens`, `audio_tokens`, `video_tokens`."""

    paragraphs: tuple[str, ...] = ()
    tokens: dict[str, int] = {}


async def describe(question: Question, worker: SpeechWorker) -> MediaDescription:
    """Measure the media of all messages and describe those that the answer is about.

    Raises:
        Refusal: an invalid URL, an unsupported media type, base64 that is invalid or larger than 50 MB, or a file
            that is damaged or does not match its media type.
    """
    paragraphs, token_counts = [], {"image_tokens": 0, "audio_tokens": 0, "video_tokens": 0}
    media_messages = question.media_messages
    for message in question.messages:
        is_described = any(message is shown_message for shown_message in media_messages)
        for number, attachment in enumerate(message.attachments, 1):
            if is_described:
                paragraph, tokens = await _paragraph(attachment, number, question.language, worker)
                paragraphs.append(paragraph)
            else:
                tokens = await _tokens(attachment)
            token_counts[f"{attachment.kind}_tokens"] += tokens
    return MediaDescription(tuple(paragraphs), {name: count for name, count in token_counts.items() if count})


async def _tokens(attachment: Attachment) -> int:
    """Token count of an attachment that was described in an earlier answer; only its header is read."""
    if (file := _file(attachment)) is None:
        return 0
    match attachment.kind:
        case "image":
            return image.tokens(_readable(attachment, await asyncio.to_thread(image.measure, file, colors=False)))
        case "video":
            return _video_tokens(_readable(attachment, video.measure(file)), attachment)
        case "audio":
            return round(_readable(attachment, await asyncio.to_thread(_audio_seconds, file)) * _AUDIO_TOKENS)


def _audio_seconds(file: bytes) -> float | None:
    from app.demo.media import sound

    return sound.seconds(file)


async def _paragraph(attachment: Attachment, number: int, language: Language, worker: SpeechWorker) -> tuple[str, int]:
    sentences = load_script(language).media
    kind = sentences[f"{attachment.kind}_word"]
    file = _file(attachment)
    if file is None:
        return sentences["remote"].format(kind=kind, number=number, url=attachment.url[:200]), 0
    parts: dict[str, Any] = {"kind": kind, "number": number, "size": _size(len(file))}
    match attachment.kind:
        case "image":
            picture = _readable(attachment, await asyncio.to_thread(image.measure, file))
            text, tokens = _image(picture, parts, sentences, language), image.tokens(picture)
        case "video":
            video_file = _readable(attachment, video.measure(file))
            text, tokens = _video(video_file, parts, sentences), _video_tokens(video_file, attachment)
        case "audio":
            text, tokens = _readable(attachment, await _audio(file, parts, sentences, worker))
    return (f"{text} {sentences['tokens'].format(tokens=tokens)}" if tokens else text), tokens


def _file(attachment: Attachment) -> bytes | None:
    """Decode an attachment; None if it is a web address.

    Raises:
        Refusal: as `describe`.
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


def _image(picture: image.Image, parts: dict[str, Any], sentences: dict[str, str], language: Language) -> str:
    if picture.color is None:
        color = sentences["image_no_color"]
    else:
        lightness = sum(picture.color) / 765
        brightness = sentences["bright" if lightness > 0.66 else "dark" if lightness < 0.33 else "middling"]
        code = "#{:02x}{:02x}{:02x}".format(*picture.color)
        color = sentences["image_color"].format(
            name=_color_name(picture.color, language), hex=code, brightness=brightness
        )
    if picture.frames > 1:
        color += " " + sentences["animated"].format(frames=picture.frames)
    return sentences["image"].format(
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


async def _audio(
    file: bytes, parts: dict[str, Any], sentences: dict[str, str], worker: SpeechWorker
) -> tuple[str, int] | None:
    analysis = await worker.analyse(file)
    if analysis is None:
        return _undecodable_audio(file, parts, sentences)
    sound, recognition = analysis
    channels = {1: sentences["mono"], 2: sentences["stereo"]}.get(
        sound.channels, sentences["channels"].format(count=sound.channels)
    )
    text = sentences["audio"].format(
        format=sound.format,
        seconds=f"{sound.seconds:.1f}",
        rate=sound.rate,
        channels=channels,
        loudness=f"{sound.loudness:.1f}",
        peak=f"{sound.peak:.1f}",
        speech=round(100 * sound.speech_share),
        pause=f"{sound.longest_pause:.1f}",
        **parts,
    )
    if sound.is_clipped:
        text += " " + sentences["audio_clipped"]
    if sound.is_silent:
        text += " " + sentences["audio_silent"]
    elif recognition.text:
        text += " " + sentences["audio_heard"].format(words=recognition.text)
    else:
        text += " " + sentences["audio_unknown"]
    return text, round(sound.seconds * _AUDIO_TOKENS)


def _undecodable_audio(file: bytes, parts: dict[str, Any], sentences: dict[str, str]) -> tuple[str, int] | None:
    """Describe M4A audio by its container, which has the duration; libsndfile can't decode the audio."""
    container = video.measure(file)
    if container is None or container.format not in ("MP4", "MOV"):
        return None
    text = sentences["audio_sealed"].format(seconds=f"{container.seconds:.1f}", **parts)
    return text, round(container.seconds * _AUDIO_TOKENS)


def _video_tokens(video_file: video.Video, attachment: Attachment) -> int:
    """Token count of a video; 0 where its length is unknown, which is not said then."""
    if not video_file.seconds:
        return 0
    return video.tokens(video_file, attachment.fps, max_resolution=attachment.max_resolution)


def _video(video_file: video.Video, parts: dict[str, Any], sentences: dict[str, str]) -> str:
    known = video_file.width and video_file.seconds
    details = sentences["video_details"].format(
        width=video_file.width, height=video_file.height, seconds=f"{video_file.seconds:.1f}"
    )
    return sentences["video"].format(format=video_file.format, details=details if known else "", **parts)


def _size(count: int) -> str:
    return f"{count / 1024:.1f} KiB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MiB"
