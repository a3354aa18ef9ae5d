"""After a theme change, every view looks as if it had been created in that theme."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Reply, Source, Sources, Text, Thinking, ToolCall
from app.ui import gallery
from app.ui.chat.transcript.thoughts import Thoughts
from app.ui.chat.transcript.transcript import Transcript
from app.ui.gallery import Scene, Shot, draw, scenes
from app.ui.language import Language
from app.ui.theme.theme import Mode, theme
from tests.ui.samples import specimen

OTHER: dict[Mode, Mode] = {"light": "dark", "dark": "light"}
DIFFERENT = 24
"""Colour difference from which pixels count as different; antialiasing may differ by less."""

SCENES = [scene for scene in scenes() if scene.state != "services"]
"""All but the one whose button rows wrap differently after a theme change."""


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    # An animation would differ in every picture, and so would a text cursor that blinks.
    theme().set_reduced_motion(True)
    flash_time = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield
    qapp.setCursorFlashTime(flash_time)
    theme().set_reduced_motion(False)
    theme().set_mode("light")


def differing(one: QImage, other: QImage) -> int:
    """The number of pixels that differ between two pictures."""
    if one == other:
        return 0
    return int(np.count_nonzero(np.abs(points(one) - points(other)).max(axis=2) >= DIFFERENT))


def points(picture: QImage) -> NDArray[np.int16]:
    """Red, green and blue of every pixel; shape (height, width, 3)."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    each = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    return each[:, :, :3].astype(np.int16)


@pytest.mark.parametrize(
    ("scene", "mode"),
    list(zip(SCENES, cycle(OTHER), strict=False)),
    ids=lambda of: f"{of.view}-{of.state}" if isinstance(of, Scene) else of,
)
def test_a_view_looks_as_if_built_in_the_theme(
    scene: Scene, mode: Mode, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, language = gallery._settle, Language(qapp)
    shot = Shot(scene, mode, "en", (1440, 900), 1.0)

    def settle_and_change() -> None:
        settle()
        theme().set_mode(mode)
        settle()

    def pixels_that_differ(pause: int) -> int:
        monkeypatch.setattr(gallery, "SETTLE_MSEC", pause)
        monkeypatch.setattr(gallery, "_settle", settle)
        built = draw(shot, language)
        monkeypatch.setattr(gallery, "_settle", settle_and_change)
        return differing(draw(shot._replace(mode=OTHER[mode]), language), built)

    # On a busy machine the layout takes longer to come to rest.
    assert any(pixels_that_differ(pause) == 0 for pause in (40, 600, 5_000))


def _all_kinds() -> Transcript:
    """A conversation with every kind of part in it."""
    parts = (
        Thinking("The user asks about rain.", 0, 3.2),
        ToolCall("c", "get_forecast", '{"location": "Hebei, CN"}', 0, "done", '{"rain": 0.1}', 0.4),
        ToolCall("d", "convert_units", '{"value": 3}', 0, "waiting"),
        Sources((Source("https://weather.com.cn/hebei", "Hebei", "weather.com.cn"),), 1),
        Sources((), 1, "no result"),
        Text("Before **nine**:\n\n> dry\n\n```python\nprint('go')\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |", 1),
    )
    transcript = Transcript()
    transcript.resize(800, 1100)
    answer = Message("a", "assistant", parts, "q", (Reply("mimo", "mimo", "length"),))
    transcript.show_messages((Message("q", "user", (Text("One line"),)), answer), {"a": (1, 2)})
    transcript.show_failure("a", "It broke off.", "Try again.", retry=True)
    return transcript


@pytest.mark.parametrize("hidden", [False, True], ids=["shown", "hidden"])
@pytest.mark.parametrize("mode", OTHER)
@pytest.mark.parametrize("kind", [_all_kinds, specimen])
def test_every_widget_looks_as_if_built_in_the_theme(kind: object, mode: Mode, hidden: bool, qtbot: QtBot) -> None:
    assert callable(kind)
    pictures = []
    for first in (mode, OTHER[mode]):
        theme().set_mode(first)
        widget = kind()
        qtbot.addWidget(widget)
        widget.show()
        qtbot.wait(50)
        for thoughts in widget.findChildren(Thoughts):
            thoughts.toggle.setChecked(True)
        qtbot.wait(20)
        widget.setHidden(hidden)
        theme().set_mode(mode)
        widget.show()
        qtbot.wait(50)
        pictures.append(widget.grab().toImage())
        widget.hide()
    assert differing(*pictures) == 0
