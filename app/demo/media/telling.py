"""Measuring what a message carries and putting it into words; nothing is fetched from the web."""

from __future__ import annotations

import colorsys
from typing import Any

import msgspec

from app.demo import dataurl
from app.demo.chat.question import Attachment, Language, Question
from app.demo.chat.script import script
from app.demo.errors import incorrect
from app.demo.media import image, video
from app.demo.speech.stage import Stage

_BASE64_LIMIT = 50 * 1024 * 1024
_AUDIO_TOKENS = 6.25  # a second (mimo-api section 5)
_COLORS = (
    (15, "red", "红色"), (45, "orange", "橙色"), (70, "yellow", "黄色"), (165, "green", "绿色"), (200, "cyan", "青色"),
    (260, "blue", "蓝色"), (300, "purple", "紫色"), (345, "pink", "粉色"), (361, "red", "红色"),
)  # fmt: skip


class Told(msgspec.Struct, frozen=True):
    """What was measured, a paragraph each, and what it would count as, by `image_tokens` and the like."""

    paragraphs: tuple[str, ...] = ()
    tokens: dict[str, int] = {}


async def tell(question: Question, stage: Stage) -> Told:
    """Measures the media of the latest user message.

    Raises:
        Refusal: base64 that is none, or is over the limit of 50 MB.
    """
    paragraphs, spent = [], {"image_tokens": 0, "audio_tokens": 0, "video_tokens": 0}
    for number, attachment in enumerate(question.asked.attachments, 1):
        paragraph, tokens = await _paragraph(attachment, number, question.language, stage)
        paragraphs.append(paragraph)
        spent[f"{attachment.kind}_tokens"] += tokens
    return Told(tuple(paragraphs), {name: count for name, count in spent.items() if count})


async def _paragraph(attachment: Attachment, number: int, language: Language, stage: Stage) -> tuple[str, int]:
    words = script(language).media
    kind = words[f"{attachment.kind}_word"]
    url = dataurl.parse(attachment.url)
    if url is None:
        if not attachment.url.startswith(("http://", "https://")):
            raise incorrect(f"{attachment.kind} url must be a public URL or a base64 data URL")
        return words["remote"].format(kind=kind, number=number, url=attachment.url[:200]), 0
    if len(url.base64) > _BASE64_LIMIT:
        raise incorrect(f"{attachment.kind} base64 string must not exceed 50 MB")
    try:
        file = url.decoded()
    except ValueError as error:
        raise incorrect(str(error)) from error
    parts: dict[str, Any] = {"kind": kind, "number": number, "size": _size(len(file))}
    told = await _sound(file, parts, words, stage) if attachment.kind == "audio" else None
    if attachment.kind == "image" and (picture := image.measure(file)):
        told = _image(picture, parts, words, language), image.tokens(picture)
    if attachment.kind == "video" and (film := video.measure(file)):
        told = _video(film, parts, words), video.tokens(film, attachment.fps, fine=attachment.fine)
    if told is None:
        return words["unreadable"].format(**parts), 0
    text, tokens = told
    return f"{text} {words['tokens'].format(tokens=tokens)}", tokens


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


async def _sound(file: bytes, parts: dict[str, Any], words: dict[str, str], stage: Stage) -> tuple[str, int] | None:
    heard = await stage.listen(file)
    if heard is None:
        return None
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


def _video(film: video.Video, parts: dict[str, Any], words: dict[str, str]) -> str:
    known = film.width and film.seconds
    details = words["video_details"].format(width=film.width, height=film.height, seconds=f"{film.seconds:.1f}")
    return words["video"].format(format=film.format, details=details if known else "", **parts)


def _size(count: int) -> str:
    return f"{count / 1024:.1f} KiB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MiB"
