"""Measuring images of all supported formats, and rejecting invalid ones."""

from __future__ import annotations

import io

import pytest
from PIL import Image as Picture

from app.demo.media.image import Image, measure, tokens

TEAL = (12, 130, 140)


def picture(kind: str, size: tuple[int, int] = (320, 200), mode: str = "RGB", **options: object) -> bytes:
    """A mostly teal image with a white corner."""
    drawn = Picture.new("RGB", size, TEAL)
    drawn.paste((255, 255, 255), (0, 0, size[0] // 4, size[1] // 4))
    file = io.BytesIO()
    (drawn.quantize(16) if mode == "P" else drawn.convert(mode)).save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "name", "mode"),
    [("PNG", "PNG", "RGB"), ("PNG", "PNG", "P"), ("PNG", "PNG", "RGBA"), ("JPEG", "JPEG", "RGB"), ("GIF", "GIF", "P"),
     ("WEBP", "WebP", "RGB"), ("BMP", "BMP", "RGB")],
)  # fmt: skip
def test_format_size_and_colour_are_measured(kind: str, name: str, mode: str) -> None:
    found = measure(picture(kind, mode=mode))
    assert found is not None
    assert (found.format, found.width, found.height, found.frames) == (name, 320, 200, 1)
    assert found.color is not None
    assert all(abs(seen - drawn) < 12 for seen, drawn in zip(found.color, TEAL, strict=True))


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_frames_of_an_animation_are_counted(kind: str) -> None:
    first, *rest = (Picture.new("RGB", (20, 20), (40 * number, 0, 90)) for number in range(4))
    file = io.BytesIO()
    first.save(file, kind, save_all=True, append_images=rest, duration=50)
    found = measure(file.getvalue())
    assert found is not None
    assert found.frames == 4


def test_greyscale_and_bilevel_images_are_measured() -> None:
    assert measure(picture("PNG", mode="L")) == Image("PNG", 320, 200, (96, 96, 96))
    assert measure(picture("PNG", mode="1")) is not None


@pytest.mark.parametrize(
    "file",
    [
        b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"BM", b"no image",
        picture("PNG")[:20], picture("TIFF"), picture("PPM"),
    ],
    ids=range(10),
)  # fmt: skip
def test_invalid_image_is_none(file: bytes) -> None:
    assert measure(file) is None


def test_truncated_image_has_a_size_but_no_colour() -> None:
    found = measure(picture("JPEG", (640, 480))[:900])
    assert found == Image("JPEG", 640, 480, None)


def test_decompression_bomb_is_not_decoded() -> None:
    small = bytearray(picture("BMP", (4, 4)))
    small[18:26] = (30_000).to_bytes(4, "little") * 2
    found = measure(bytes(small))
    assert found is None or found.color is None


@pytest.mark.parametrize(("size", "cost"), [((1, 1), 8), ((320, 200), 60), ((4_000, 4_000), 8_192)])
def test_image_tokens_depend_on_the_area_within_limits(size: tuple[int, int], cost: int) -> None:
    assert tokens(Image("PNG", *size)) == cost
