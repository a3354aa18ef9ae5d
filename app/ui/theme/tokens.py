"""Design tokens: colours of both themes, spacing, radii and the type scale. Free of Qt, so any module may import it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Tokens(NamedTuple):
    """The colours of a theme, `#RRGGBB`; `shadow` is `#AARRGGBB`. A colour and its `_soft` background are a pair."""

    bg: str
    surface: str
    raised: str
    sunken: str
    bubble: str
    line: str
    text: str
    text2: str
    text3: str
    accent: str
    on_accent: str
    soft: str
    soft_text: str
    thinking: str
    thinking_soft: str
    tool: str
    tool_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    wave: str
    shadow: str


LIGHT: Final = Tokens(
    bg="#F5F4F1",
    surface="#FFFFFF",
    raised="#FBFAF8",
    sunken="#EFEDE8",
    bubble="#E9E6DF",
    line="#E3E0D9",
    text="#1D1C1A",
    text2="#66625C",
    text3="#716C65",
    accent="#C24706",
    on_accent="#FFFFFF",
    soft="#FFF0E5",
    soft_text="#B24208",
    thinking="#6B48C8",
    thinking_soft="#F4F1FC",
    tool="#1D6FA5",
    tool_soft="#EDF5FA",
    good="#27733F",
    good_soft="#EAF5EE",
    warn="#8F5B08",
    warn_soft="#FDF4E1",
    bad="#C23030",
    bad_soft="#FCECEC",
    wave="#8F8A81",
    shadow="#0D1E1914",
)

DARK: Final = Tokens(
    bg="#121211",
    surface="#1A1A18",
    raised="#20201E",
    sunken="#161615",
    bubble="#2A2926",
    line="#2E2D2A",
    text="#ECEAE6",
    text2="#A7A29A",
    text3="#8F8A82",
    accent="#FF8B42",
    on_accent="#1B0E05",
    soft="#33210F",
    soft_text="#FFB07D",
    thinking="#B39DF5",
    thinking_soft="#221D33",
    tool="#7CC0EA",
    tool_soft="#14242F",
    good="#77CE93",
    good_soft="#15281C",
    warn="#E7B65A",
    warn_soft="#2C2310",
    bad="#F08C8C",
    bad_soft="#331B1B",
    wave="#77726A",
    shadow="#66000000",
)


class Space:
    """Spacing in logical pixels."""

    S2: Final = 2
    S4: Final = 4
    S6: Final = 6
    S8: Final = 8
    S12: Final = 12
    S16: Final = 16
    S24: Final = 24
    S32: Final = 32


class Radius:
    """Corner radii in logical pixels."""

    BADGE: Final = 6
    CONTROL: Final = 8
    ROW: Final = 10
    PANEL: Final = 14


class Type:
    """Font sizes in logical pixels before the user's text size is applied (`Theme.px`), and font weights."""

    EDGE: Final = 6
    """Of the brackets around the number of a source, which are no text to read."""
    TINY: Final = 11
    SMALL: Final = 12
    CONTROL: Final = 13
    BODY: Final = 14
    HEADING: Final = 15
    TITLE: Final = 20
    SPEAK: Final = 19

    REGULAR: Final = 400
    MEDIUM: Final = 500
    SEMIBOLD: Final = 600


class IconSide:
    """Sides of painted icons in logical pixels, before text scaling."""

    MARK: Final = 12
    SMALL: Final = 14
    USUAL: Final = 16
    LARGE: Final = 20


CARD_INSET: Final = 13
"""Left and right of what a tool card contains; its frame takes the rest."""
CONTROL_HEIGHT: Final = 34
CHIP_HEIGHT: Final = 26
ROW_HEIGHT: Final = 56
RAIL: Final = 76
STATUS: Final = 30
RING: Final = 2
RING_GAP: Final = 2
DISABLED_OPACITY: Final = 0.45
LARGE: Final = 160
"""Text size in per cent from which rows of controls are stacked vertically."""
