"""One result of a benchmark."""

from __future__ import annotations

import os
import platform
from typing import TypedDict

import PySide6


class Row(TypedDict):
    """A measured value beside its floor or peer of the same run.

    `ratio` is the one divided by the other, the way round that `goal` is about: `<= 2.5` or `>= 6`. A row without a
    goal is only shown; its `goal` is empty and `holds` is None.
    """

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float
    goal: str
    holds: bool | None
    machine: str


def row(
    name: str, value: float, unit: str, *, peer: str, peer_value: float, at_most: float | None = None,
    at_least: float | None = None,
) -> Row:  # fmt: skip
    """A row whose goal is a ratio of value to peer of at most `at_most` or at least `at_least`, or none."""
    ratio = value / peer_value
    goal, holds = _judged(ratio, at_most, at_least)
    return Row(
        name=name,
        value=round(value, 4),
        unit=unit,
        peer=peer,
        peer_value=round(peer_value, 4),
        ratio=round(ratio, 3),
        goal=goal,
        holds=holds,
        machine=machine(),
    )


def count(name: str, value: int, unit: str, *, at_most: int = 0) -> Row:
    """A row whose goal is a number of at most `at_most`, by default none at all."""
    return Row(
        name=name,
        value=value,
        unit=unit,
        peer="at most" if at_most else "none",
        peer_value=at_most,
        ratio=float(value),
        goal=f"<= {at_most}",
        holds=value <= at_most,
        machine=machine(),
    )


def _judged(ratio: float, at_most: float | None, at_least: float | None) -> tuple[str, bool | None]:
    if at_most is not None:
        return f"<= {at_most:g}", ratio <= at_most
    if at_least is not None:
        return f">= {at_least:g}", ratio >= at_least
    return "", None


def machine() -> str:
    """What the numbers were measured on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    )
