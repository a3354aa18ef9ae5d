"""The gallery draws every scene, and its page shows them."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.gallery import Shot, draw, main, page, scenes, shots
from app.ui.language import Language
from app.ui.theme.theme import theme
from app.ui.views import VIEWS


def test_every_view_is_rendered_in_both_themes_and_languages() -> None:
    drawn = list(shots())
    assert {shot.scene.view for shot in drawn} == {view.name for view in VIEWS}
    assert {shot.mode for shot in drawn} == {"light", "dark"}
    assert {shot.language for shot in drawn} == {"en", "zh_CN"}
    assert len({shot.name for shot in drawn}) == len(drawn)


FIRST_SCENES = [next(scene for scene in scenes() if scene.view == view.name) for view in VIEWS]
"""One of each view; tests/ui/theme/test_live_change.py draws them all."""


@pytest.mark.parametrize("scene", FIRST_SCENES, ids=lambda scene: f"{scene.view}-{scene.state}")
def test_a_scene_is_drawn(qapp: QApplication, scene) -> None:  # type: ignore[no-untyped-def]
    language = Language(qapp)
    try:
        picture = draw(Shot(scene, "dark", "en", (960, 640), 1.0), language)
    finally:
        theme().set_mode("light")
        language.use("en")
    assert (picture.width(), picture.height()) == (960, 640)
    colours = {picture.pixelColor(x, y).name() for x in range(0, 960, 16) for y in range(0, 640, 16)}
    assert len(colours) > 4
    assert picture.pixelColor(8, 600).lightness() < 60


def test_the_page_shows_every_picture(tmp_path: Path) -> None:
    shot = next(shots())
    text = page([(shot, tmp_path / f"{shot.name}.png")])
    assert f'src="{shot.name}.png"' in text
    assert shot.scene.state in text


@pytest.mark.parametrize("option", ["-o", "--out"])
def test_an_option_is_not_taken_for_a_folder(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([option]) == 2
    said = capsys.readouterr().err
    assert option in said and f"./{option}" in said and said.count("\n") == 1
    assert main(["--help"]) == 0
    assert "DIR" in capsys.readouterr().out
    assert not list(tmp_path.iterdir())
