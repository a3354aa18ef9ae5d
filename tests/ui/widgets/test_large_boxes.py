"""Large rounded boxes are painted from small corners and rectangles, and look as if painted in one go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.widgets import themed
from app.ui.widgets.themed import paint_box

FILL, LINE = QColor("#eeeeee"), QColor("#888888")


def painted(
    ratio: float, area: QRectF, fill: QColor | None, line: QColor = LINE, exposed: QRectF | None = None
) -> QImage:
    image = QImage(round(340 * ratio), round(300 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#123456"))
    painter = QPainter(image)
    painter.translate(7, 9)
    painter.setClipRect(QRectF(0, 0, 300, 270))
    paint_box(painter, area, 10, fill, line, exposed=exposed)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("fill", [FILL, None])
@pytest.mark.parametrize("area", [QRectF(10, 10, 240, 200), QRectF(0, -500, 280, 3000)])
def test_a_large_box_looks_like_one_painted_in_one_go(
    monkeypatch: pytest.MonkeyPatch, ratio: float, fill: QColor | None, area: QRectF
) -> None:
    quick = painted(ratio, area, fill)
    monkeypatch.setattr(themed, "LARGE_BOX", float("inf"))
    assert difference(quick, painted(ratio, area, fill)) <= 1


def difference(image: QImage, other: QImage) -> int:
    """The largest difference of a byte of two images: a corner that is blended in one step is rounded once less."""
    assert image.size() == other.size()
    if image == other:
        return 0
    return max(abs(a - b) for a, b in zip(bytes(image.constBits()), bytes(other.constBits()), strict=True))


def test_a_part_of_a_large_box_looks_like_that_part_of_the_whole() -> None:
    for exposed in (QRectF(0, 0, 300, 15), QRectF(0, 100, 300, 20), QRectF(0, 205, 300, 40), QRectF(5, 0, 8, 270)):
        images = [painted(1.0, QRectF(10, 10, 240, 200), FILL, exposed=part) for part in (exposed, None)]
        area = exposed.translated(7, 9).toRect()
        assert images[0].copy(area) == images[1].copy(area)


def test_a_box_between_pixels_is_sharp() -> None:
    image = painted(1.0, QRectF(10.3, 10.4, 240, 200.3), FILL)
    assert image == painted(1.0, QRectF(10, 10, 240, 201), FILL)
    assert [image.pixelColor(7 + 10, y) for y in (60, 120)] == [LINE, LINE]


def test_only_opaque_boxes_with_whole_lines_are_painted_from_rectangles() -> None:
    image = QImage(400, 400, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    area, translucent = QRectF(0, 0, 300, 300), QColor(0, 0, 0, 90)
    assert themed._paint_large_box(painter, area, 10, FILL, LINE, 1.0)
    assert not themed._paint_large_box(painter, area, 10, FILL, LINE, 1.5)
    assert not themed._paint_large_box(painter, area, 10, FILL, translucent, 1.0)
    assert not themed._paint_large_box(painter, area, 10, translucent, LINE, 1.0)
    assert not themed._paint_large_box(painter, QRectF(0, 0, 300, 15), 10, FILL, LINE, 1.0)
    painter.rotate(10)
    assert not themed._paint_large_box(painter, area, 10, FILL, LINE, 1.0)
    painter.end()
