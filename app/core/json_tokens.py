"""The tokens of a JSON window, which stand for what is folded."""

from __future__ import annotations

import re

TOKEN = re.compile("‹[^‹›\n]{1,100}›")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPED_MARK = re.compile(r"\\u203[9aA]")


def like_tokens(raw: str) -> frozenset[str]:
    """What looks like a token in a text, or in the JSON it is, where any letter can be an escape."""
    texts = [raw] if "‹" in raw else []
    if _ESCAPED_MARK.search(raw):
        texts.append(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), raw))
    return frozenset(token for text in texts for token in TOKEN.findall(text))
