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


def row(name: str, value: float, unit: str, *, peer: str, peer_value: float, at_most: float) -> Row:
    """A row whose goal is a ratio of value to peer of at most `at_most`."""
    ratio = value / peer_value
    return Row(
        name=name,
        value=round(value, 4),
        unit=unit,
        peer=peer,
        peer_value=round(peer_value, 4),
        ratio=round(ratio, 3),
        goal=f"<= {at_most:g}",
        holds=ratio <= at_most,
        machine=machine(),
    )


def machine() -> str:
    """What the numbers were measured on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    )
