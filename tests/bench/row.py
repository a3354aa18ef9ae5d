"""One result of a benchmark."""

from __future__ import annotations

import os
import platform
from typing import TypedDict

import PySide6


class Row(TypedDict):
    """A measured value beside its floor or peer of the same run.

    `ratio` is `value / peer_value`; the goal holds where it is at most `goal`. Without a goal the row is only shown and
    `holds` is None.
    """

    name: str
    value: float
    unit: str
    peer: str
    peer_value: float
    ratio: float
    goal: float | None
    holds: bool | None
    machine: str


def row(name: str, value: float, unit: str, *, peer: str, peer_value: float, goal: float | None) -> Row:
    ratio = value / peer_value
    return Row(
        name=name,
        value=round(value, 4),
        unit=unit,
        peer=peer,
        peer_value=round(peer_value, 4),
        ratio=round(ratio, 3),
        goal=goal,
        holds=None if goal is None else ratio <= goal,
        machine=machine(),
    )


def machine() -> str:
    """What the numbers were measured on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    )
