"""Data URLs with base64 content."""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

_DATA_URL = re.compile(r"data:([\w.+-]+/[\w.+-]+)?(?:;[\w=.-]+)*;base64,", re.IGNORECASE)


class DataUrl(msgspec.Struct, frozen=True):
    """Declared media type and base64 text of a data URL."""

    mime: str
    base64: str

    def decoded(self) -> bytes:
        """Decode the content.

        Raises:
            ValueError: the text is not valid base64.
        """
        try:
            return base64.b64decode(self.base64, validate=True)
        except binascii.Error as error:
            raise ValueError("invalid base64 format") from error


def parse(url: str) -> DataUrl | None:
    """Parse a base64 data URL; None for anything else."""
    head = _DATA_URL.match(url)
    return DataUrl((head.group(1) or "").lower(), url[head.end() :]) if head else None
