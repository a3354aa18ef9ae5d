"""The icons: none missing, none unused, all in one style."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QPixmap

import app.ui
from app.core.resources import resource_path
from app.ui.theme.icons import Icon, icon, pixmap
from app.ui.theme.theme import theme

AHEAD = {
    Icon.RECORD,
    Icon.MIC,
    Icon.ATTACH,
    Icon.STAR,
    Icon.STAR_FILLED,
    Icon.DOWNLOAD,
    Icon.UPLOAD,
    Icon.LOOP,
    Icon.EYE,
    Icon.EYE_OFF,
    Icon.GRID,
    Icon.LINK,
    Icon.GLOBE,
    Icon.LIST,
    Icon.KEY,
    Icon.NETWORK,
    Icon.MUTE,
    Icon.PALETTE,
    Icon.DATABASE,
    Icon.ABOUT,
    Icon.MORE,
    Icon.FOLDER,
    Icon.BRANCH,
    Icon.COMPARE,
    Icon.WAND,
    Icon.SEND_AGAIN,
    Icon.CLOCK,
    Icon.COMMAND,
    Icon.USER,
    Icon.PANEL_RIGHT,
    Icon.SHIELD,
}
"""Drawn ahead of the views that will show them; remove an entry when its view is added."""


def files() -> set[str]:
    return {path.stem for path in resource_path("icons").glob("*.svg")}


def test_every_icon_has_a_file_and_every_file_is_an_icon() -> None:
    assert files() == {str(name) for name in Icon}


def test_every_icon_is_used_or_listed_for_a_later_view() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(app.ui.__file__).parent.rglob("*.py")
        if path.name != "icons.py"
    )
    used = set(re.findall(r"\bIcon\.([A-Z_]+)\b", code))
    assert {name for name in Icon if name.name not in used} <= AHEAD


@pytest.mark.parametrize("name", Icon)
def test_all_icons_share_one_style(name: Icon) -> None:
    root = ElementTree.fromstring(resource_path("icons", f"{name}.svg").read_text(encoding="utf-8"))
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke-width") == "1.7"
    assert root.get("stroke-linecap") == root.get("stroke-linejoin") == "round"
    assert all(part.get("fill", "currentColor") == "currentColor" for part in root)


def ink(drawn: QPixmap) -> set[str]:
    """The colours of the opaque pixels."""
    image = drawn.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", Icon)
def test_an_icon_is_drawn_in_the_requested_colour(name: Icon) -> None:
    assert ink(pixmap(name, "accent", 48)) == {theme().colour("accent").name()}


def test_an_icon_takes_the_new_colour_when_the_theme_changes() -> None:
    subject = theme()
    before = subject.mode
    subject.set_mode("light")
    light = ink(pixmap(Icon.STOP, "accent"))
    subject.set_mode("dark")
    dark = ink(pixmap(Icon.STOP, "accent"))
    subject.set_mode(before)
    assert light != dark


def test_an_icon_has_the_device_pixel_ratio_of_the_screen() -> None:
    drawn = pixmap(Icon.PLAY, size=16, scale=2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    assert drawn.deviceIndependentSize().width() == 16


def test_a_disabled_qicon_is_faded() -> None:
    subject = icon(Icon.STOP, "text", 16)
    usual = subject.pixmap(16, QIcon.Mode.Normal).toImage().pixelColor(8, 8)
    faint = subject.pixmap(16, QIcon.Mode.Disabled).toImage().pixelColor(8, 8)
    assert usual.alpha() == 255
    assert 0 < faint.alpha() < 200
