"""Formulas are drawn, also with Chinese in them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.chat.markdown.formulas import Key, Picture, _render, convert_to_svg

pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated. Use files:DeprecationWarning")

EXAMPLES = [
    r"\text{速度} = \frac{\text{路程 s}}{时间}",
    r"v_{平均}^{总} = 中 + 1",
    r"\begin{cases} x, & \text{若 $x>0$} \\ 0 & \text{其他} \end{cases}",
    r"\mathrm{功率} = \sqrt{电压}，好",
]


def drawn(tex: str) -> Picture | None:
    svg = convert_to_svg(Key(tex, True, 15, "#112233", 2.0))
    return _render(svg, 2.0) if svg else None


@pytest.mark.parametrize("tex", EXAMPLES)
def test_chinese_in_a_formula_is_drawn_as_text(qtbot: QtBot, tex: str) -> None:
    svg = convert_to_svg(Key(tex, True, 15, "#112233", 2.0))
    assert svg is not None
    assert svg.decode().count("<text") == sum("\u4e00" <= character <= "\uffef" for character in tex)
    assert b"#fe00" not in svg


def test_each_character_is_a_picture_of_its_own(qtbot: QtBot) -> None:
    pictures = [drawn(tex) for tex in (r"\text{一}", r"\text{中}", "国")]
    images = [picture.image for picture in pictures if picture]
    assert len(images) == 3
    assert images[0] != images[1] != images[2]


def test_a_formula_without_chinese_is_unchanged(qtbot: QtBot) -> None:
    svg = convert_to_svg(Key("x^2", False, 15, "#112233", 1.0))
    assert svg is not None and b"<text" not in svg


PLAIN = [
    r"x_{1}^2 + y",
    r"\frac{a_{1}}{b} = \sum_{i=1}^{n} i",
    r"\left(\frac{\frac{a}{b}}{c}\right)^{2}",
    r"\sqrt[3]{x+1} = {-}x",
    r"\begin{cases} x & x>0 \\ -x & \text{else} \end{cases}",
    r"\begin{aligned} a &= b \\ c &= d + \frac{e}{f} \end{aligned}",
    r"\int_{0}^{\infty} e^{-x^{2}}\,dx",
    r"\lim_{x\to 0} \frac{\sin x}{x} = 1",
    r"a \\ b",
    r"x = 1 \tag{7}",
    r"=",
    r"",
]


@pytest.mark.parametrize("display", [False, True])
def test_formulas_look_as_the_library_draws_them(qtbot: QtBot, display: bool) -> None:
    from ziamath.zmath import Latex

    for tex in PLAIN:
        svg = convert_to_svg(Key(tex, display, 15, "#112233", 1.0))
        try:
            expected = Latex(tex, size=15 * 1.15, color="#112233", inline=not display).svg().encode()
        except Exception:  # as `convert_to_svg`
            expected = None
        assert svg == expected, tex
