"""Lines of JSON that belong together: from one that ends with an opening bracket to that of the closing one."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlock

from app.ui.widgets.text_places import indent_of_line

_NAME = re.compile(r'"name": "([^"]{1,40})"')


def is_foldable(block: QTextBlock) -> bool:
    """Whether lines belong to this one: it ends with an opening bracket."""
    return block.text().rstrip().endswith(("{", "["))


def end_of(block: QTextBlock) -> QTextBlock | None:
    """The line of the closing bracket, which is indented like the opening one."""
    indent = indent_of_line(block.text())
    inner = block.next()
    while inner.isValid():
        text = inner.text()
        if text.strip() and indent_of_line(text) <= indent:
            return inner if text.lstrip().startswith(("}", "]")) else None
        inner = inner.next()
    return None


def opening_of(block: QTextBlock) -> QTextBlock | None:
    """The line itself if it can be folded, else that whose brackets it is in."""
    indent = indent_of_line(block.text())
    while block.isValid():
        if is_foldable(block) and (indent_of_line(block.text()) < indent or end_of(block) is not None):
            return block
        block = block.previous()
        while block.isValid() and indent_of_line(block.text()) >= indent and indent:
            block = block.previous()
    return None


def summary_of(block: QTextBlock) -> str:
    """What is folded: the names in it, or how many lines there are."""
    end = end_of(block)
    if end is None:
        return "…"
    names: list[str] = []
    inner = block.next()
    while inner.blockNumber() < end.blockNumber() and len(names) < 3:
        names += _NAME.findall(inner.text())
        inner = inner.next()
    closing = end.text().strip()
    return f"{', '.join(names[:3]) or '… ' + str(end.blockNumber() - block.blockNumber() - 1)}  {closing}"
