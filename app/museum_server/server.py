"""The tools of the museum."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import Audio, Context, Image, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from app.museum_server.collection import OBJECTS, ROOMS, MuseumObject, room_of
from app.museum_server.media import chime, picture_of

READS = ToolAnnotations(read_only_hint=True)
WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=True)
MAX_INVENTORY_SECONDS = 60.0


def create_server() -> MCPServer:
    """A server with its own copy of the collection."""
    server = MCPServer("museum", log_level="WARNING")
    objects = {thing.number: thing for thing in OBJECTS}

    def object_of(number: int) -> MuseumObject:
        if number not in objects:
            raise ToolError(f"there is no object {number}")
        return objects[number]

    @server.tool(description="Find objects of the museum by room, kind or year.", annotations=READS)
    def find_objects(
        room: Annotated[int, Field(description="Number of a room, 1 to 4; 0 for all")] = 0,
        kind: Annotated[Literal["any", "wall", "floor", "case"], Field(description="Where they hang or stand")] = "any",
        before: Annotated[int, Field(description="Only objects made before this year; 0 for all")] = 0,
    ) -> list[dict[str, Any]]:
        print(f"find_objects room={room} kind={kind}", file=sys.stderr, flush=True)
        return [
            {"number": thing.number, "title": thing.title, "kind": thing.kind, "year": thing.year}
            for thing in objects.values()
            if room in (0, room_of(thing.number))
            and kind in ("any", thing.kind)
            and (not before or thing.year < before)
        ]

    @server.tool(
        description="Details of one museum object with its picture.", annotations=READS, structured_output=False
    )
    def object_details(
        number: Annotated[int, Field(description="Number of the object, such as 301")],
    ) -> list[Any]:
        thing = object_of(number)
        text = f"{thing.title}, {thing.year}. Room {room_of(number)}, {thing.place}."
        return [text, Image(data=picture_of(thing), format="png")]

    @server.tool(description="Size and objects of one room of the museum.", annotations=READS)
    def room_plan(room: Annotated[int, Field(description="Number of a room, 1 to 4")]) -> dict[str, Any]:
        if room not in ROOMS:
            raise ToolError(f"there is no room {room}")
        found = ROOMS[room]
        places = {thing.title: thing.place for thing in objects.values() if room_of(thing.number) == room}
        return {"name": found.name, "width_m": found.width, "depth_m": found.depth, "places": places}

    @server.tool(
        description="The sound of the museum bell for closing time.", annotations=READS, structured_output=False
    )
    def closing_bell() -> list[Any]:
        return ["The bell rings once.", Audio(data=chime(), format="wav")]

    @server.tool(description="Take the inventory of the museum, room by room; it takes a while.", annotations=READS)
    async def take_inventory(
        context: Context[Any],
        seconds: Annotated[float, Field(description="How long to take, in seconds")] = 4.0,
    ) -> dict[str, Any]:
        pause = min(max(seconds, 0.0), MAX_INVENTORY_SECONDS) / len(ROOMS)
        for number, room in enumerate(ROOMS.values(), 1):
            await asyncio.sleep(pause)
            await context.report_progress(number, len(ROOMS), room.name)
        return {"objects": len(objects), "missing": 0}

    @server.tool(description="Move a museum object to another place in its room.", annotations=WRITES)
    def move_object(
        number: Annotated[int, Field(description="Number of the object")],
        place: Annotated[str, Field(description="Where it is to stand or hang")],
    ) -> str:
        objects[number] = object_of(number)._replace(place=place)
        return f"{objects[number].title} is now here: {place}."

    return server
