"""An answer for the ear: its words, without what would be read as letters.

Code, formulas, large tables, addresses and brackets are made for the eye. What has a sense in a sentence is said in
words, what stands by itself is named in a few, and the rest is left out. What is named is named in the language of the
answer, because the same voice reads it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from app.core.markdown.blocks import (
    Block,
    CodeHead,
    CodeLine,
    Formula,
    InlineStyle,
    Paragraph,
    Span,
    Spans,
    TableRow,
    end_of_group,
)
from app.core.markdown.parser import parse
from app.core.markdown.sanitiser import clean
from app.core.tags import known_tags, language_of

MAX_TABLE_ROWS = 8
MAX_TABLE_COLUMNS = 5
"""A larger table is named with its columns, not read."""
MAX_CODE = 40
"""Characters of code within a sentence that are read; longer code is only called code."""
MAX_TEX = 24
"""The same for a formula within a sentence."""


class _Names(NamedTuple):
    """What is said in place of things for the eye."""

    code_block: str
    code_blocks: str
    table: str
    formula: str
    inline_code: str
    inline_formula: str
    address: str


_NAMES = {
    "en": _Names(
        "Code, one line.", "Code, {n} lines.", "Table with {n} rows: {columns}.", "Formula.",
        "some code", "a formula", "an address",
    ),
    "zh": _Names(
        "代码，共一行。", "代码，共{n}行。", "表格，共{n}行：{columns}。", "公式。", "代码", "公式", "地址",
    ),
}  # fmt: skip

_BOX = re.compile(r"\[[ xX]\] ?")
_BLANKS = re.compile(r"[ \t]{2,}")
_BEFORE_MARK = re.compile(r"[ \t]+(?=[,.;:!?，。；：！？、)）])")
_SPOKEN = re.compile(r"\w")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}://|mailto:|www\.)\S+$", re.IGNORECASE)
_MAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")
_ELEMENT = re.compile(r"</?[a-zA-Z][^<>\n]{0,80}>")
_PATH = re.compile(r"(?:~|\.{1,2}|[A-Za-z]:)?(?:[/\\][\w .@+-]{1,80})+[/\\]?")
_DIGITS = re.compile(r"\b(?=[0-9a-fA-F]*\d)(?=[0-9a-fA-F]*[a-fA-F])[0-9a-fA-F]{16,}\b")
_BRACKETS = re.compile(r"([(（\[【])([^()（）\[\]【】\n]{0,300})([)）\]】])")
_REFERENCE = re.compile(r"[\^\d\s,，、–-]*$")
_ARROWS = re.compile(r" ?[→⇒⟶➜➔] ?")
_SPEAKABLE_SIGNS = "°℃℉©®™№"
_TEX_WORDS = {
    r"\times": "×", r"\cdot": "·", r"\approx": "≈", r"\leq": "≤", r"\le": "≤", r"\geq": "≥", r"\ge": "≥",
    r"\pm": "±", r"\pi": "π", r"\alpha": "α", r"\beta": "β", r"\gamma": "γ", r"\lambda": "λ", r"\mu": "μ",
    r"\sigma": "σ", r"\theta": "θ", r"\Delta": "Δ", r"\Omega": "Ω", r"\%": "%", r"\,": " ", r"\ ": " ",
    r"\log": " log ", r"\ln": " ln ", r"\sin": " sin ", r"\cos": " cos ", r"\tan": " tan ", r"\min": " min ",
    r"\max": " max ", r"\infty": "∞", r"\{": " ", r"\}": " ",
}  # fmt: skip
_TEX_TEXT = re.compile(r"\\(?:text|mathrm|mathit|operatorname)\{([^{}\\]*)\}")
_SUBSCRIPT = re.compile(r"_(?:\{(\w{1,8})\}|(\w))")
_POWER = re.compile(r"\^(?:\{([23])\}|([23]))")
_TEX_WORD = re.compile(r"\\(?:[a-zA-Z]+|.)")
_PLAIN_TEX = re.compile(r"[^\W_][\w\s.,+\-=<>≈≤≥±×·%/°²³∞]*")


def spoken_text(markdown: str) -> str:
    """The words of an answer as they are read aloud, empty if it has none."""
    blocks = parse(clean(markdown))
    names = _NAMES[language_of(markdown)]
    text = ""
    has_words = False
    before: Block | None = None
    at = 0
    while at < len(blocks):
        block, end = blocks[at], end_of_group(blocks, at)
        words, is_name = _said(blocks[at:end], names)
        at = end
        if not _SPOKEN.search(words):
            before = None
            continue
        is_next_line = before is not None and block.tight and not is_name
        text += ("" if not text else "\n" if is_next_line else "\n\n") + words
        has_words = has_words or not is_name
        before = block
    return text if has_words else ""


def is_only_code(markdown: str) -> bool:
    """Whether an answer has code or formulas and no words to read aloud."""
    return not spoken_text(markdown) and any(
        isinstance(block, CodeHead | CodeLine | Formula) or (isinstance(block, Paragraph) and block.spans)
        for block in parse(clean(markdown))
    )


def _said(group: Sequence[Block], names: _Names) -> tuple[str, bool]:
    """The words for a block, or for the lines of code or rows that are one; and whether they only name it."""
    block = group[0]
    match block:
        case CodeHead() | CodeLine():
            lines = sum(isinstance(line, CodeLine) and bool(line.text.strip()) for line in group)
            named = names.code_block if lines == 1 else names.code_blocks.format(n=lines)
            return (named if lines else ""), True
        case Formula():
            return names.formula, True
        case TableRow():
            return _table([row for row in group if isinstance(row, TableRow)], names)
        case Paragraph(note=""):
            words = _sentence(block.spans, names)
            numbered = block.marker[:1].isdigit() and _SPOKEN.search(words)
            return (f"{block.marker} {words}" if numbered else words), False
    return "", False


def _table(rows: Sequence[TableRow], names: _Names) -> tuple[str, bool]:
    cells = [[words for cell in row.cells if (words := _sentence(cell, names))] for row in rows]
    if len(rows) > MAX_TABLE_ROWS or len(rows[0].cells) > MAX_TABLE_COLUMNS:
        separator = "、" if names is _NAMES["zh"] else ", "
        return names.table.format(n=len(rows) - 1, columns=separator.join(cells[0])), False
    return "\n".join(", ".join(row) for row in cells if row), False


def _sentence(spans: Spans, names: _Names) -> str:
    text = "".join(_span(span, names) for span in spans).replace("\u2028", "\n")
    text = _without_brackets(_BLANKS.sub(" ", text)).translate(_SHOWN)
    text = "".join(sign for sign in _ARROWS.sub(", ", text) if _is_speakable(sign))
    text = _BEFORE_MARK.sub("", _BLANKS.sub(" ", text))
    return "\n".join(line.strip(" \t,") for line in text.split("\n")).strip()


def _span(span: Span, names: _Names) -> str:
    if span.style & (InlineStyle.NOTE | InlineStyle.STRUCK):
        return ""
    if span.style & InlineStyle.MATH:
        return _formula(span.text, names)
    if span.style & InlineStyle.CODE:
        return _code(span.text, names)
    if span.href and _ADDRESS.match(span.text):
        return " "
    text = _MAIL.sub(names.address, _BOX.sub("", span.text))
    return _DIGITS.sub(" ", _ELEMENT.sub(" ", text))


def _formula(tex: str, names: _Names) -> str:
    """A short formula in signs that are read, such as `x = 2`; any other is only called a formula."""
    if len(tex) > 4 * MAX_TEX:
        return names.inline_formula
    signs = _TEX_TEXT.sub(r"\1", tex)
    signs = _TEX_WORD.sub(lambda found: _TEX_WORDS.get(found[0], found[0]), signs)
    signs = _POWER.sub(lambda found: "³" if "3" in found[0] else "²", signs)
    signs = _SUBSCRIPT.sub(lambda found: f" {found[1] or found[2]}", signs)
    signs = " ".join(re.sub(r"[()\[\]]", " ", signs).split())
    if len(signs) <= MAX_TEX and _PLAIN_TEX.fullmatch(signs):
        return signs
    return names.inline_formula


def _code(code: str, names: _Names) -> str:
    """Names and short expressions as words; of a path the last part."""
    if _PATH.fullmatch(code.strip()):
        code = re.split(r"[/\\]", code.strip().rstrip("/\\"))[-1]
    if _ADDRESS.match(code.strip()):
        return " "
    words = _DIGITS.sub(" ", re.sub(r"[_(){}\[\]<>`\"'\\|;$#@*]+", " ", code))
    words = _BLANKS.sub(" ", words).strip()
    readable = sum(sign.isalnum() or sign.isspace() for sign in words)
    if len(code) > MAX_CODE or not words or readable < 0.6 * len(words):
        return names.inline_code
    return words


def _without_brackets(text: str) -> str:
    """The text with its brackets said as an aside, because a voice takes what is in brackets for an instruction.

    Known instructions such as `[laughs]` stay: they are not read either. References such as `[1]` go.
    """
    for _ in range(3):  # brackets within brackets
        text, count = _BRACKETS.subn(_aside, text)
        if not count:
            break
    return text


def _aside(found: re.Match[str]) -> str:
    text, opening, words = found.string, found[1], found[2].strip()
    if words.casefold() in known_tags() or words in known_tags():
        # Out of reach of the next round, and back in brackets where the text ends.
        return found[0].translate(_HIDDEN)
    if not _SPOKEN.search(words) or (opening in "[【" and _REFERENCE.match(words)):
        return ""
    if opening in "[【":
        return words
    comma = "，" if _is_chinese(words) or _is_chinese(text[max(0, found.start() - 2) : found.start()]) else ", "
    if found.start() and re.match(r"[A-Za-z0-9_]", text[found.start() - 1]):
        return f" {words}"  # a call such as f(x)
    before = text[max(0, found.start() - 3) : found.start()].rstrip(" ")
    after = text[found.end() : found.end() + 3].lstrip(" ")
    opens = comma if before and before[-1] not in "\n,，。.!?！？:：;；" else " "
    closes = comma if after and after[0] not in "\n,，。.!?！？:：;；)）" else ""
    return f"{opens}{words}{closes}"


_HIDDEN = str.maketrans("()（）[]【】", "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007")
_SHOWN = str.maketrans("\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007", "()（）[]【】")


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def _is_speakable(sign: str) -> bool:
    """Whether a character may be read; pictures, such as emoji, are not."""
    if sign in _SPEAKABLE_SIGNS:
        return True
    return unicodedata.category(sign) not in ("So", "Sk", "Cs", "Cf", "Co") and not "\ufe00" <= sign <= "\ufe0f"
