"""Formats, limits, tokens and pixel sizes of attachments, from real and made-up files."""

from __future__ import annotations

import io
import struct

import pytest

from app.core.attachments import (
    BASE64_LIMIT,
    base64_length,
    check_size,
    format_of_mime,
    format_of_name,
    max_file_size,
    model_that_takes,
    refused_kinds,
    sniffed,
    takes,
)
from app.core.catalogue import catalogue
from app.core.errors import Code, InputError
from app.core.image_headers import image_pixels
from app.core.media_tokens import media_tokens, total_tokens
from app.core.messages import Media


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x06\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    preview = b"\xff\xe1" + struct.pack(">H", 300) + b"\xff\xd8" * 149
    return b"\xff\xd8" + preview + b"\xff\xff\xc2" + struct.pack(">HBHH", 17, 8, height, width) + bytes(10)


def bmp(width: int, height: int) -> bytes:
    return b"BM" + bytes(12) + struct.pack("<Iii", 40, width, -height) + bytes(20)


def webp(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\x10\0\0\0WEBPVP8X" + struct.pack("<I", 10) + bytes(4) + size


SAMPLES = {
    "JPEG": jpeg(3, 2),
    "PNG": png(3, 2),
    "GIF": b"GIF89a\x03\0\x02\0\0\0\0",
    "WebP": webp(3, 2),
    "BMP": bmp(3, 2),
    "MP3": b"\xff\xfb\x90\x64",
    "WAV": b"RIFF\0\0\0\0WAVEfmt ",
    "FLAC": b"fLaC\0\0\0\x22",
    "M4A": b"\0\0\0\x20ftypM4A \0\0",
    "OGG": b"OggS\0\x02" + bytes(22) + b"\x01vorbis",
    "MP4": b"\0\0\0\x20ftypisom\0\0",
    "MOV": b"\0\0\0\x14ftypqt  \0\0",
    "AVI": b"RIFF\0\0\0\0AVI LIST",
    "WMV": bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_format_is_known_by_its_first_bytes(name: str) -> None:
    found = sniffed(SAMPLES[name])
    assert found is not None and found.name == name and found.kind is not None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"%PDF-1.7", "PDF"), (b"\0\0\0\x18ftypheic\0\0", "HEIC"), (b"\0\0\0\x18ftypavif", "AVIF"),
        (b"\x1aE\xdf\xa3\x01", "WebM"), (b"\xef\xbb\xbf  <!DOCTYPE html><p>", "HTML"), (b"<?xml?><svg>", "SVG"),
    ],
)  # fmt: skip
def test_a_format_that_is_not_taken_is_named(head: bytes, name: str) -> None:
    found = sniffed(head)
    assert found is not None and (found.name, found.kind) == (name, None)


@pytest.mark.parametrize("text", [b"", b"BMW makes cars", b"plain words", b"\xff\xfe\0a", b"RIFF"])
def test_other_bytes_are_no_format(text: bytes) -> None:
    assert sniffed(text) is None


def test_names_and_types_are_read_in_their_usual_spellings() -> None:
    by_name = [format_of_name(name) for name in ("a.JPG", "b.tar.mov", "c", "d.txt")]
    assert [known.name if known is not None else None for known in by_name] == ["JPEG", "MOV", None, None]
    found = format_of_mime("Audio/X-WAV; charset=binary")
    assert found is not None and found.mime == "audio/wav"
    assert format_of_mime("text/html") is None


@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WebP", "BMP"])
def test_the_size_in_pixels_is_in_the_header(name: str) -> None:
    assert image_pixels(io.BytesIO(SAMPLES[name]), name) == (3, 2)
    assert image_pixels(io.BytesIO(SAMPLES[name][:9]), name) is None


def test_a_jpeg_of_fill_bytes_alone_is_given_up() -> None:
    endless = io.BytesIO(b"\xff\xd8" + b"\xff" * 3_000_000)
    assert image_pixels(endless, "JPEG") is None
    assert endless.tell() < 10_000


@pytest.mark.parametrize(
    ("chunk", "size"),
    [
        (b"VP8 " + bytes(10) + struct.pack("<HH", 640 | 1 << 14, 480), (640, 480)),
        (b"VP8L" + bytes(5) + struct.pack("<I", 639 | 479 << 14) + bytes(5), (640, 480)),
    ],
)
def test_each_kind_of_webp_has_its_size_elsewhere(chunk: bytes, size: tuple[int, int]) -> None:
    assert image_pixels(io.BytesIO(b"RIFF\0\0\0\0WEBP" + chunk), "WebP") == size


def test_the_limit_is_that_of_the_text_and_says_both_sizes() -> None:
    assert base64_length(max_file_size()) <= BASE64_LIMIT < base64_length(max_file_size() + 1)
    check_size("a.png", "image", max_file_size())
    with pytest.raises(InputError) as refused:
        check_size("a.png", "image", 60_000_000)
    assert refused.value.code is Code.ATTACHMENT_TOO_LARGE
    assert (refused.value.params["size"], refused.value.params["limit"]) == (60_000_000, max_file_size())
    check_size("a.mp4", "video", 60_000_000, by_address=True)
    with pytest.raises(InputError):
        check_size("a.mp4", "video", 301 << 20, by_address=True)
    with pytest.raises(InputError) as empty:
        check_size("a.png", "image", 0)
    assert empty.value.code is Code.ATTACHMENT_EMPTY


def test_tokens_follow_size_length_and_sampling() -> None:
    image = Media("image/png", "", width=1024, height=1024)
    sound = Media("audio/flac", "", seconds=12.4)
    film = Media("video/mp4", "", width=640, height=360, seconds=10.0)
    faster = Media("video/mp4", "", width=640, height=360, seconds=10.0, fps=4.0)
    finer = Media("video/mp4", "", width=3840, height=2160, seconds=10.0, resolution="max")
    assert media_tokens(image) == 1024 and media_tokens(sound) == 78
    # 10 grids of 640 × 352 pixels, each with 5 more tokens, 2 of the video, and its sound.
    assert media_tokens(film) == 10 * (220 + 5) + 2 + 63
    assert media_tokens(faster) == 20 * (220 + 7) + 2 + 63
    assert media_tokens(finer) == 10 * (8_160 + 5) + 2 + 63
    long = Media("video/mp4", "", width=3840, height=2160, seconds=3600.0, resolution="max")
    assert media_tokens(long) == 131_072 + 1024 * 5 + 2 + 22_500


def test_what_is_unknown_is_never_nothing() -> None:
    unknown = [Media("image/png", ""), Media("audio/mp4", ""), Media("video/x-ms-wmv", "", width=4, height=4)]
    assert [media_tokens(media) for media in unknown] == [None, None, None]
    assert total_tokens([*unknown, Media("audio/mp4", "", seconds=16.0)]) == (100, False)
    assert total_tokens([]) == (0, True)


def test_a_model_is_found_for_what_another_does_not_take() -> None:
    models = catalogue()
    text_only, flash, omni = (models.model(name) for name in ("mimo-v2.5-pro", "mimo-v2.6-flash", "mimo-v2.5"))
    film = [Media("video/mp4", "")]
    assert refused_kinds(film, text_only, "openai") == ("video",)
    assert model_that_takes(["video"], [text_only, flash, omni], "openai") == omni, "one that certainly does"
    assert model_that_takes(["video"], [text_only, flash], "openai") == flash, "one that may"
    assert model_that_takes(["video"], [text_only], "openai") is None
    assert takes(omni, "image", "anthropic") and not takes(omni, "audio", "anthropic")
    assert takes(models.model("someone/unheard-of"), "audio", "openai"), "what nobody has ruled out is allowed"


def test_absurd_numbers_of_a_stored_attachment_are_bounded() -> None:
    absurd = Media("image/png", "", width=-4, height=10**15, seconds=float("nan"), peaks=bytes(9000))
    assert (absurd.width, absurd.height, absurd.seconds, len(absurd.peaks)) == (0, 10**12, 0.0, 1024)
