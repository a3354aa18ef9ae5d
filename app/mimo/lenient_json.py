"""Reads JSON that the strict decoder refuses, so that one odd value does not cost a whole record."""

from __future__ import annotations

import json
import math
from typing import Any


def read_leniently(content: str) -> Any:
    """Parse JSON as Python does, with null for what is no finite number. Raises ValueError and RecursionError."""
    return json.loads(content, parse_float=_finite, parse_constant=lambda _name: None)


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None
