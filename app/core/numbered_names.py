"""Names for things of which there may be another with the same name."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import count


def numbered_names(name: str) -> Iterator[str]:
    """`name`, then `name 2`, `name 3` and so on, without end."""
    yield name
    yield from (f"{name} {number}" for number in count(2))


def unique_name(name: str, taken: Container[str]) -> str:
    """The name, with the first number from 2 behind it that makes it unique if it is taken."""
    return next(free for free in numbered_names(name) if free not in taken)
