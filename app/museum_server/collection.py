"""The objects and rooms of the museum."""

from __future__ import annotations

from typing import NamedTuple


class Room(NamedTuple):
    """A room; lengths in metres."""

    name: str
    width: float
    depth: float


class MuseumObject(NamedTuple):
    """An object; `tint` is the main colour of its picture."""

    number: int
    title: str
    kind: str
    year: int
    place: str
    tint: tuple[int, int, int]


ROOMS = {
    1: Room("Hall of Clocks", 12.0, 8.0),
    2: Room("Maps and Globes", 9.0, 7.5),
    3: Room("The Felt Room", 10.5, 6.0),
    4: Room("Instruments", 8.0, 8.0),
}
OBJECTS = (
    MuseumObject(101, "Tower clock with one hand", "floor", 1642, "middle", (116, 92, 60)),
    MuseumObject(102, "Pocket watch of a postman", "case", 1871, "case 2", (176, 146, 74)),
    MuseumObject(201, "Globe without Australia", "floor", 1601, "by the window", (70, 112, 138)),
    MuseumObject(202, "Map of the winter roads", "wall", 1748, "east wall", (196, 178, 138)),
    MuseumObject(301, "Tapestry of the four winds", "wall", 1780, "north wall, left", (138, 66, 58)),
    MuseumObject(302, "Tapestry of the harvest", "wall", 1782, "north wall, right", (166, 122, 48)),
    MuseumObject(303, "Felt hat of a ferryman", "case", 1905, "case 1", (74, 78, 70)),
    MuseumObject(401, "Nine-string lute", "wall", 1690, "south wall", (132, 82, 44)),
    MuseumObject(402, "Singing bowl", "case", 1820, "case 3", (150, 134, 92)),
)


def room_of(number: int) -> int:
    """The room that an object belongs to."""
    return number // 100
