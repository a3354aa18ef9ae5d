"""Places in a text and in the document of a text field, which counts characters in UTF-16 units."""

from __future__ import annotations


def indent_of_line(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def common_edges(first: str, second: str) -> tuple[int, int]:
    """How many characters two texts have in common at their beginning and their end."""
    shorter = min(len(first), len(second))
    head = _common(first, second, shorter)
    tail = _common(first[::-1], second[::-1], shorter - head)
    return head, tail


def _common(first: str, second: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def units_of(text: str, place: int) -> int:
    """A place in Qt's units: characters outside of the basic plane count two."""
    return place if text.isascii() else len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def place_of(text: str, units: int) -> int:
    """The place of a position in Qt's units."""
    if text.isascii():
        return units
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "replace"))
