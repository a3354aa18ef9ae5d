"""The place a web search is made from, typed in one field (WIRE.md section 7)."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Any

import msgspec

NAMES = ("country", "region", "city", "district")
"""The names of a place, from the widest to the narrowest; each has its position in the field."""
_COORDINATE = re.compile(r"([-+]?)(\d{1,4}(?:\.\d*)?|\.\d+)\s*°?\s*([EWNS]?)", re.IGNORECASE)
_SEPARATORS = re.compile("[,，、]")
_SIGNS = {0x2212: "-", 0x2013: "-"}
MAX_NAME_LENGTH = 200
"""Characters of one name."""


class LocationIssue(StrEnum):
    """Why a typed place is not used."""

    HALF = "half"
    LONGITUDE = "longitude"
    LATITUDE = "latitude"
    SWAPPED = "swapped"
    TOO_MANY = "too-many"
    TOO_LONG = "too-long"
    STRAY_NUMBER = "stray-number"


class SearchLocation(msgspec.Struct, frozen=True):
    """A place; an empty name or None is not known.

    `longitude` and `latitude` are in degrees, east and north positive, and are both given or both None.
    """

    country: str = ""
    region: str = ""
    city: str = ""
    district: str = ""
    longitude: float | None = None
    latitude: float | None = None

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The known names with their fields, from the widest to the narrowest."""
        return tuple((field, name) for field in NAMES if (name := getattr(self, field)))

    def fields(self) -> dict[str, Any]:
        """The known fields as `user_location` has them, without its type."""
        known: dict[str, Any] = dict(self.names)
        if self.longitude is not None and self.latitude is not None:
            known |= {"longitude": self.longitude, "latitude": self.latitude}
        return known


def parse_location(text: str) -> SearchLocation | LocationIssue:
    """Parse `country, region, city, district, longitude, latitude`, as in `China, Hubei, Wuhan, , 114.31, 30.59`.

    Each name has its position; the names at the end may be left out, one before another name is left empty between two
    commas. Longitude and latitude are the last two and belong together. Full-width commas and 、 separate too, and a
    coordinate may end with a degree sign and a direction, such as `114.31° E`.
    """
    parts = [part.strip() for part in _SEPARATORS.split(text)]
    while parts and not parts[-1]:
        parts.pop()
    numbers = [_COORDINATE.fullmatch(unicodedata.normalize("NFKC", part).translate(_SIGNS)) for part in parts]
    count = 0
    while count < len(numbers) and numbers[-1 - count]:
        count += 1
    names, coordinates = parts[: len(parts) - count], [number for number in numbers[len(parts) - count :] if number]
    if any(numbers[: len(names)]) or count > 2:
        return LocationIssue.STRAY_NUMBER
    while names and not names[-1]:
        names.pop()
    if len(names) > len(NAMES):
        return LocationIssue.TOO_MANY
    if any(len(name) > MAX_NAME_LENGTH for name in names):
        return LocationIssue.TOO_LONG
    if count == 1:
        return LocationIssue.HALF
    named = msgspec.structs.replace(SearchLocation(), **dict(zip(NAMES, names, strict=False)))
    return _with_coordinates(named, *coordinates) if count else named


def _with_coordinates(
    place: SearchLocation, first: re.Match[str], second: re.Match[str]
) -> SearchLocation | LocationIssue:
    directions = first[3].upper(), second[3].upper()
    if directions[0] in ("N", "S") or directions[1] in ("E", "W"):
        return LocationIssue.SWAPPED
    longitude, latitude = _degrees(first), _degrees(second)
    if abs(latitude) > 90 >= abs(longitude) and abs(latitude) <= 180:
        return LocationIssue.SWAPPED
    if abs(longitude) > 180:
        return LocationIssue.LONGITUDE
    if abs(latitude) > 90:
        return LocationIssue.LATITUDE
    return msgspec.structs.replace(place, longitude=longitude, latitude=latitude)


def _degrees(match: re.Match[str]) -> float:
    value = float(match[2])
    return -value if (match[1] == "-") != (match[3].upper() in ("W", "S")) else value
