"""What a recorded request has in place of a file."""

from __future__ import annotations

import re

ELIDED = re.compile(r"(data:[^,]{0,200},)?<(\d{1,12}) characters, sha256 ([0-9a-f]{64})>")
"""Finds such a mark. Groups: the beginning of a `data:` URL, the number of characters, and the digest."""


def elided_mark(prefix: str, length: int, digest: str) -> str:
    """The mark for a text of `length` characters that begins with `prefix`.

    `digest` is that of the file, or of the text where it is no file of the home.
    """
    return f"{prefix}<{length} characters, sha256 {digest}>"
