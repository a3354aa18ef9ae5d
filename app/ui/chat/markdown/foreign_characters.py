"""Chinese and other characters in formulas, which ziamath's font has no glyphs for, drawn with the fonts of the system.

Each stands in the TeX as an M in a colour of its own; in the SVG, text takes the place of these letters.
"""

from __future__ import annotations

import re
from html import escape

from app.core.late_patterns import late_pattern

_FOREIGN = r"[\u0e00-\u1cff\u2e80-\uffef\U0001f000-\U0003ffff]"
_TEXT = late_pattern(rf"\\(text|textrm|textbf|textit|mbox|operatorname\*?)\s*\{{([^{{}}]*{_FOREIGN}[^{{}}]*)\}}")
_PIECE = late_pattern(rf"({_FOREIGN})")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PATH = re.compile(r'<path d="([^"]*)" fill="#fe([0-9a-f]{4})"\s*/>')
_BOX = re.compile(r'width="[^"]*" height="[^"]*" viewBox="([^"]*)"')

# Of the letter M, in units of its height: its advance, and the blank before it.
_ADVANCE, _BLANK = 1.362, 0.043


def without_foreign(tex: str) -> tuple[str, list[str]]:
    """The TeX with a letter in place of each foreign character, and these characters."""
    characters: list[str] = []

    def letter(match: re.Match[str]) -> str:
        characters.append(match[1])
        return f"{{\\textcolor{{#fe{len(characters) - 1:04x}}}{{\\text{{M}}}}}}"

    def pieces(match: re.Match[str]) -> str:
        parts = _PIECE().split(match[2])
        return "{" + "".join(part if _PIECE().match(part) else latin(match[1], part) for part in parts) + "}"

    def latin(command: str, part: str) -> str:
        words = part.strip()
        if not words:
            return "\\;" if part else ""
        # Outside the text: ziamath takes the colour of the letter away before text that begins with a blank.
        before, after = ("\\;" if blank else "" for blank in (part[0].isspace(), part[-1].isspace()))
        return f"{before}{{\\{command}{{{words}}}}}{after}"

    return _PIECE().sub(letter, _TEXT().sub(pieces, tex)), characters


def with_foreign(svg: str, characters: list[str], colour: str, family: str) -> str:
    """The SVG with the characters in place of their letters. Raises ValueError if a letter is missing."""
    box = _BOX.search(svg)
    if box is None:
        raise ValueError("the SVG has no size")
    left, top, width, height = map(float, box[1].split())
    right, bottom = left + width, top + height
    drawn: list[int] = []

    def text(path: re.Match[str]) -> str:
        nonlocal left, top, right, bottom
        numbers = [float(number) for number in _NUMBER.findall(path[1])]
        xs, ys = numbers[::2], numbers[1::2]
        size = (max(ys) - min(ys)) * _ADVANCE
        x, y = min(xs) - size / _ADVANCE * _BLANK, max(ys)
        left, right = min(left, x), max(right, x + size)
        top, bottom = min(top, y - 0.92 * size), max(bottom, y + 0.2 * size)
        index = int(path[2], 16)
        drawn.append(index)
        return (
            f'<text x="{x:.3f}" y="{y:.3f}" font-size="{size:.3f}" font-family="{escape(family)}" '
            f'fill="{colour}">{escape(characters[index], quote=False)}</text>'
        )

    svg = _PATH.sub(text, svg)
    if sorted(drawn) != list(range(len(characters))):
        raise ValueError("a character was not laid out")
    width, height = right - left, bottom - top
    size = f'width="{width:.3f}" height="{height:.3f}" viewBox="{left:.3f} {top:.3f} {width:.3f} {height:.3f}"'
    return _BOX.sub(size, svg, count=1)
