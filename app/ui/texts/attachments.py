"""Describes attachments in the current language."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from app.core.attachments import Kind, kind_of
from app.core.hosts import host_of
from app.core.media_tokens import media_tokens, total_tokens
from app.core.messages import Media
from app.ui.texts import numbers

NO_BREAK = "\u00a0"
"""A space at which no line is broken."""
MAX_NAME = 48
"""Characters shown of a name before its middle is left out."""


def shown_name(media: Media) -> str:
    """The name of an attachment, or what stands for one; the end stays visible, where the ending is."""
    name = media.name or host_of(media.url) or media.mime
    return name if len(name) <= MAX_NAME else name[: MAX_NAME // 2] + "…" + name[-(MAX_NAME // 2 - 2) :]


def details(media: Media) -> str:
    """What is known of an attachment, as one line: `1280 × 960 · 412 KB · ≈ 1,200 tokens`."""
    return " · ".join([*facts(media, is_short=True), token_words(media)])


def facts(media: Media, *, is_short: bool = False) -> list[str]:
    """Size in pixels, length, format and size, as far as they are known; a short form without the codec."""
    kind = kind_of(media)
    found = []
    if media.width and media.height:
        found.append(f"{media.width} × {media.height}")
    if media.seconds is not None and kind != "image":
        found.append(numbers.clock(media.seconds))
    if media.format and (kind != "image" or not media.width):
        found.append(media.format.partition(",")[0] if is_short else media.format)
    if media.size:
        found.append(numbers.size(media.size))
    if media.url.startswith("https:"):
        found.append(QCoreApplication.translate("Attachments", "by address"))
    return found


def token_words(media: Media) -> str:
    """The estimated tokens; `unknown` where there is no estimate."""
    tokens = media_tokens(media)
    if tokens is None:
        return QCoreApplication.translate("Attachments", "tokens unknown")
    if tokens == 1:
        return QCoreApplication.translate("Attachments", "≈ 1 token")
    return QCoreApplication.translate("Attachments", "≈ {n} tokens").format(n=numbers.count(tokens))


def resend_words(media: Iterable[Media]) -> str:
    """What sending some attachments again costs with each turn; empty without any."""
    media = tuple(media)
    if not media:
        return ""
    known, is_complete = total_tokens(media)
    if is_complete:
        amount = QCoreApplication.translate("Attachments", "≈ {n}").format(n=numbers.short_count(known))
    elif known:
        amount = QCoreApplication.translate("Attachments", "≥ {n}").format(n=numbers.short_count(known))
    else:
        amount = QCoreApplication.translate("Attachments", "unknown")
    amount = amount.replace(" ", NO_BREAK)
    return QCoreApplication.translate("Attachments", "Sent again each turn: {amount}").format(amount=amount)


def kind_words(kinds: Iterable[Kind]) -> str:
    """Kinds of attachments in the plural, joined by commas."""
    names = {
        "image": QCoreApplication.translate("Attachments", "images"),
        "audio": QCoreApplication.translate("Attachments", "sound"),
        "video": QCoreApplication.translate("Attachments", "videos"),
    }
    return QCoreApplication.translate("Attachments", ", ").join(names[kind] for kind in kinds)


def file_kinds() -> str:
    """The name filter of the file dialog."""
    images, sounds = "*.jpg *.jpeg *.png *.gif *.webp *.bmp", "*.mp3 *.wav *.flac *.m4a *.ogg *.oga *.opus"
    videos = "*.mp4 *.m4v *.mov *.avi *.wmv"
    media = QCoreApplication.translate("Attachments", "Images, sound and video")
    everything = QCoreApplication.translate("Attachments", "All files")
    return f"{media} ({images} {sounds} {videos});;{everything} (*)"
