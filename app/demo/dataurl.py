"""Data URLs and the base64 in them."""

from __future__ import annotations

import base64
import binascii
import re

import msgspec

_DATA_URL = re.compile(r"data:([\w.+-]+/[\w.+-]+)?(?:;[\w=.-]+)*;base64,", re.IGNORECASE)


class DataUrl(msgspec.Struct, frozen=True):
    """The declared type, the base64 text and what it holds."""

    mime: str
    base64: str

    def decoded(self) -> bytes:
        """Raises:
        ValueError: it is not base64.
        """
        try:
            return base64.b64decode(self.base64, validate=True)
        except binascii.Error as error:
            raise ValueError("invalid base64 format") from error


def parse(url: str) -> DataUrl | None:
    """None for anything but a base64 data URL."""
    head = _DATA_URL.match(url)
    return DataUrl((head.group(1) or "").lower(), url[head.end() :]) if head else None
