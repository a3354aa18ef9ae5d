"""Text, addresses and formulas as HTML that can do nothing: everything in a document comes through here."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import urlsplit
from xml.etree import ElementTree

from app.core.markdown.sanitiser import clean

MAX_FORMULA = 4_000
"""Characters of TeX that are written as MathML; a longer formula is shown as its source."""

_LINKED_SCHEMES = ("http", "https", "mailto")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of the text after them: in an address or code they can hide what it says."""
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_MATH_TAGS = re.compile(
    "math|mrow|m[ino]|mtext|mspace|ms|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover|mmultiscripts"
    "|mprescripts|none|mtable|mtr|mtd|mstyle|mpadded|mphantom|menclose|mfenced"
)
_MATH_ATTRIBUTES = re.compile(
    "display|displaystyle|scriptlevel|mathvariant|stretchy|fence|separators?|[lr]space|minsize|maxsize|symmetric"
    "|largeop|movablelimits|accent|accentunder|linethickness|columnalign|rowalign|columnspacing|rowspacing"
    "|columnlines|rowlines|width|height|depth|voffset|notation|open|close"
)


def text_html(text: str) -> str:
    """Text as HTML. Characters that would change its direction are shown by their numbers."""
    shown = escape(clean(text), quote=True)
    return _DIRECTION.sub(lambda found: f'<span class="control">U+{ord(found[0]):04X}</span>', shown)


def attribute(text: str) -> str:
    """Text as the value of an attribute in double quotes, or of an element that takes no markup, such as a title."""
    return escape(_DIRECTION.sub("", clean(text)), quote=True)


def link_html(address: str, label_html: str) -> str:
    """A link that tells the site nothing; for an address that is not of the web or mail only its label."""
    address = _DIRECTION.sub("", clean(address)).strip()
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return label_html
    if scheme not in _LINKED_SCHEMES:
        return label_html
    return f'<a href="{escape(address, quote=True)}" rel="noopener noreferrer nofollow"><bdi>{label_html}</bdi></a>'


def formula_html(tex: str, *, display: bool) -> str:
    """A formula as MathML, else its TeX source as code."""
    mathml = _mathml(tex, display) if len(tex) <= MAX_FORMULA else None
    if mathml is not None:
        return mathml
    code = f'<code class="tex">{text_html(tex)}</code>'
    return f"<p>{code}</p>" if display else code


def _mathml(tex: str, display: bool) -> str | None:
    """MathML with known elements and attributes only; None if the TeX has other commands or is malformed."""
    # Imported here, because only conversations with formulas need it.
    from latex2mathml.converter import convert

    try:
        root = ElementTree.fromstring(convert(clean(tex), display="block" if display else "inline"))
    except Exception:  # latex2mathml raises many kinds of exceptions for malformed input
        return None
    for element in root.iter():
        name = element.tag.removeprefix(_MATHML) if isinstance(element.tag, str) else ""
        if not _MATH_TAGS.fullmatch(name) or "\\" in (element.text or ""):
            return None
        element.tag = name
        element.attrib = {key: value for key, value in element.attrib.items() if _MATH_ATTRIBUTES.fullmatch(key)}
    return ElementTree.tostring(root, encoding="unicode")
