"""Text is readable in both themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.ui.theme.tokens import DARK, LIGHT, Tokens

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])

TEXT = 4.5
GRAPHICS = 3.0

GROUNDS = ("bg", "surface", "raised")

WORDS = [
    *((ink, ground) for ink in ("text", "text2") for ground in (*GROUNDS, "sunken", "soft")),
    # Hints and accent-coloured text do not appear on sunken or soft backgrounds; `soft_text` is for the latter.
    *((ink, ground) for ink in ("text3", "accent") for ground in GROUNDS),
    *((ink, ground) for ink in ("soft_text",) for ground in (*GROUNDS, "soft")),
    ("on_accent", "accent"),
    *((ink, ground) for ink in ("thinking", "tool", "good", "warn", "bad") for ground in (*GROUNDS, f"{ink}_soft")),
    *((ink, f"{kind}_soft") for ink in ("text", "text2") for kind in ("thinking", "tool", "good", "warn", "bad")),
]

SHAPES = [
    *((ink, ground) for ink in ("accent", "wave") for ground in (*GROUNDS, "soft")),
    ("surface", "wave"),
    ("surface", "accent"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The WCAG 2 contrast ratio, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_matches_the_wcag_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_text_has_enough_contrast(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= TEXT


@THEMES
@pytest.mark.parametrize(("ink", "ground"), SHAPES)
def test_shapes_have_enough_contrast(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= GRAPHICS


@THEMES
def test_every_token_is_a_colour(tokens: Tokens) -> None:
    for name, colour in tokens._asdict().items():
        assert re.fullmatch(r"#([0-9A-F]{2})?[0-9A-F]{6}", colour), name


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_border_of_a_field_can_be_seen(tokens: Tokens, ground: str) -> None:
    sheet = (Path(__file__).parents[3] / "resources" / "themes" / "workbench.qss").read_text(encoding="utf-8")
    rule = re.search(r"^QLineEdit, QPlainTextEdit[^{]*\{([^}]*)\}", sheet, re.MULTILINE)
    assert rule is not None
    border = re.search(r"border: 1px solid \$(\w+);", rule[1])
    assert border is not None
    assert contrast(getattr(tokens, border[1]), getattr(tokens, ground)) >= GRAPHICS
