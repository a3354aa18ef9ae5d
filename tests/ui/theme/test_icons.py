"""One family of icons: none missing, none left over, all of one hand."""

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
    Icon.MUTE,
    Icon.USER,
    Icon.PANEL_RIGHT,
}
"""Drawn before the view that shows them; the entry is removed with the view that uses the icon."""


def files() -> set[str]:
    return {path.stem for path in resource_path("icons").glob("*.svg")}


def test_every_icon_has_a_file_and_every_file_is_an_icon() -> None:
    assert files() == {str(name) for name in Icon}


def test_every_icon_is_used_or_waits_for_its_view() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(app.ui.__file__).parent.rglob("*.py")
        if path.name != "icons.py"
    )
    used = set(re.findall(r"\bIcon\.([A-Z_]+)\b", code))
    assert {name for name in Icon if name.name not in used} == AHEAD


@pytest.mark.parametrize("name", Icon)
def test_all_are_of_one_hand(name: Icon) -> None:
    root = ElementTree.fromstring(resource_path("icons", f"{name}.svg").read_text(encoding="utf-8"))
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke-width") == "1.7"
    assert root.get("stroke-linecap") == root.get("stroke-linejoin") == "round"
    assert all(part.get("fill", "currentColor") == "currentColor" for part in root)


def ink(drawn: QPixmap) -> set[str]:
    """The colours of its solid pixels."""
    image = drawn.toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", Icon)
def test_it_draws_something_in_the_colour_asked_for(name: Icon) -> None:
    assert ink(pixmap(name, "accent", 48)) == {theme().colour("accent").name()}


def test_it_takes_the_new_colour_when_the_theme_changes() -> None:
    subject = theme()
    before = subject.mode
    subject.set_mode("light")
    light = ink(pixmap(Icon.STOP, "accent"))
    subject.set_mode("dark")
    dark = ink(pixmap(Icon.STOP, "accent"))
    subject.set_mode(before)
    assert light != dark


def test_it_has_the_pixels_of_the_screen() -> None:
    drawn = pixmap(Icon.PLAY, size=16, scale=2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (32, 2.0)
    assert drawn.deviceIndependentSize().width() == 16


def test_as_a_qt_icon_it_is_fainter_when_disabled() -> None:
    subject = icon(Icon.STOP, "text", 16)
    usual = subject.pixmap(16, QIcon.Mode.Normal).toImage().pixelColor(8, 8)
    faint = subject.pixmap(16, QIcon.Mode.Disabled).toImage().pixelColor(8, 8)
    assert usual.alpha() == 255
    assert 0 < faint.alpha() < 200
