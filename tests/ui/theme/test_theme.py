"""The theme styles the application, and everything follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QPalette, QTextLayout
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import app.ui
from app.ui.theme.theme import Mode, Theme, theme
from app.ui.theme.tokens import DARK, LIGHT, Type


@pytest.fixture
def look() -> Iterator[Theme]:
    """The theme, restored after the test."""
    subject = theme()
    subject.set_mode("light")
    yield subject
    subject.set_mode("system")
    subject.set_text_scale(1.0)
    subject.set_reduced_motion(False)


def test_there_is_one_theme(look: Theme) -> None:
    assert theme() is look


@pytest.mark.parametrize(("mode", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_palette_and_style_sheet_come_from_the_same_tokens(
    look: Theme, mode: Mode, tokens: object, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    look.style_window(window)
    look.set_mode(mode)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert look.tokens == tokens
    assert application.palette().color(QPalette.ColorRole.Window).name().upper() == look.tokens.bg
    assert look.tokens.accent in window.styleSheet()
    assert "$" not in window.styleSheet()


def test_a_change_is_emitted_once_everything_is_applied(look: Theme, qtbot: QtBot) -> None:
    seen: list[str] = []
    look.changed.connect(lambda: seen.append(QApplication.palette().color(QPalette.ColorRole.Window).name().upper()))
    look.set_mode("dark")
    assert seen == [DARK.bg]


def test_nothing_is_emitted_when_nothing_changes(look: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(look.changed):
        look.set_mode("light")
        look.set_text_scale(1.0)
        look.set_reduced_motion(False)


def test_system_mode_follows_the_desktop(look: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    look.set_mode("system")
    desktop = Qt.ColorScheme.Dark
    monkeypatch.setattr(look, "_system_is_dark", lambda: desktop == Qt.ColorScheme.Dark)
    look._hints.colorSchemeChanged.emit(desktop)
    assert look.dark
    desktop = Qt.ColorScheme.Light
    look._hints.colorSchemeChanged.emit(desktop)
    assert not look.dark


def test_a_chosen_theme_does_not_follow_the_desktop(look: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "_system_is_dark", lambda: True)
    look._hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not look.dark


def test_text_size_scales_fonts_and_lengths_and_has_limits(look: Theme) -> None:
    look.set_text_scale(1.5)
    assert look.font(Type.TITLE).pixelSize() == 30
    assert look.px(34) == 51
    look.set_text_scale(9)
    assert look.text_scale == 2.0
    look.set_text_scale(0.1)
    assert look.text_scale == 0.8


def test_controls_have_the_smaller_font(look: Theme) -> None:
    assert QApplication.font().pixelSize() == Type.BODY
    assert QApplication.font(QLineEdit()).pixelSize() == Type.CONTROL  # type: ignore[arg-type]


def test_simplified_chinese_fonts_come_before_other_cjk_fonts(look: Theme) -> None:
    for font in (look.font(Type.BODY), look.font(Type.BODY, mono=True)):
        eastern = [face for face in font.families() if re.search(r"CJK|PingFang|YaHei|Han", face)]
        assert eastern and all(re.search(r"SC|YaHei", face) for face in eastern)


def test_code_has_a_monospace_font(look: Theme) -> None:
    assert QFontInfo(look.font(Type.CONTROL, mono=True)).fixedPitch()


def test_a_mixed_colour_is_between_its_two_tokens(look: Theme) -> None:
    assert look.mixed("surface", "text", 0.0) == look.colour("surface")
    assert look.mixed("surface", "text", 1.0) == look.colour("text")


def test_an_unknown_token_is_an_error(look: Theme) -> None:
    with pytest.raises(AttributeError):
        look.colour("mauve")


def test_no_colour_literal_exists_outside_the_theme() -> None:
    root = Path(app.ui.__file__).parent
    literal = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|QColor\((?!theme\(\))["'0-9]|GlobalColor\.(?!transparent)""")
    found = [
        f"{path.relative_to(root)}:{number}"
        for path in sorted(root.rglob("*.py"))
        if "theme" not in path.relative_to(root).parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("mono", [False, True])
@pytest.mark.parametrize("text", ["0x10 -> <=>", "fi fl ffi => != 3x4 1/2"])
def test_text_is_drawn_with_the_glyphs_of_its_characters(look: Theme, text: str, mono: bool) -> None:
    def glyphs(words: str) -> list[int]:
        layout = QTextLayout(words, look.font(Type.BODY, mono=mono))
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        return [index for run in layout.glyphRuns() for index in run.glyphIndexes()]

    assert glyphs(text) == [index for character in text for index in glyphs(character)]


def test_a_text_field_is_drawn_without_ligatures(look: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    names = {bytes(tag.toString()).decode() for tag in field.font().featureTags()}
    assert names >= {"calt", "liga"}
