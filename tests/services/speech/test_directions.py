"""Directions and their parts are saved by name, combined freely, found, replaced and deleted with undo. Without Qt."""

from __future__ import annotations

import itertools
from pathlib import Path

import msgspec
import pytest

from app.core.errors import Code, InputError
from app.core.voices import DIRECTION_KINDS, Direction
from app.services.speech.direction import Layers, as_sent, read, written
from app.services.speech.directions import DirectionLibrary, combined, example_language, examples, is_example
from app.storage.database import Database
from app.storage.home import open_home

TYPED = Layers("Softly.", "Grandpa", "At dusk", "Slow.")


@pytest.fixture
def library(database: Database) -> DirectionLibrary:
    moments = itertools.count(1)
    return DirectionLibrary(database.directions, now=lambda: float(next(moments)))


async def test_each_part_is_saved_by_itself_and_freely_combined(library: DirectionLibrary, database: Database) -> None:
    for kind in DIRECTION_KINDS:
        await library.save("Evening", TYPED, kind)
    again = DirectionLibrary(database.directions)
    await again.load()
    assert {direction.kind for direction in again.listed()} == set(DIRECTION_KINDS)
    other = Layers("Loud.", "Teacher", "At noon", "Fast.")
    found = {kind: combined(other, again.listed(kind)[0]) for kind in DIRECTION_KINDS}
    assert found["free"] == Layers("Softly.", "Teacher", "At noon", "Fast.")
    assert found["role"] == Layers("Loud.", "Grandpa", "At noon", "Fast.")
    assert found["scene"] == Layers("Loud.", "Teacher", "At dusk", "Fast.")
    assert found["guidance"] == Layers("Loud.", "Teacher", "At noon", "Slow.")
    assert found["whole"] == Layers("Loud.", "Grandpa", "At dusk", "Slow."), "free words are no part of it"


async def test_a_name_is_unique_within_its_kind_and_replacing_can_be_undone(library: DirectionLibrary) -> None:
    first = await library.save("  Old   man ", TYPED, "role")
    assert (first.direction.name, first.before) == ("Old man", None)
    await library.save("Old man", TYPED, "scene")
    second = await library.save("Old man", TYPED._replace(role="Captain"), "role")
    assert second.before == first.direction and second.direction.id == first.direction.id
    assert [it.role for it in library.listed("role")] == ["Captain"]
    await library.undo_save(second)
    assert [it.role for it in library.listed("role")] == ["Grandpa"]
    await library.undo_save(first)
    assert library.listed("role") == () and len(library.listed("scene")) == 1


async def test_undoing_does_not_take_back_what_was_saved_since(library: DirectionLibrary) -> None:
    first = await library.save("Old man", TYPED, "role")
    await library.save("Old man", TYPED._replace(role="Captain"), "role")
    await library.undo_save(first)
    assert [it.role for it in library.listed("role")] == ["Captain"]


async def test_nothing_is_saved_without_text_or_name(library: DirectionLibrary, database: Database) -> None:
    for name, layers, code in (("", TYPED, Code.NO_NAME), ("Empty", Layers(free="Softly."), Code.NO_DIRECTION)):
        with pytest.raises(InputError) as caught:
            await library.save(name, layers, "whole")
        assert caught.value.code is code
    assert await database.directions.listed() == ()


async def test_renaming_refuses_a_taken_name_and_can_be_undone(library: DirectionLibrary) -> None:
    old = (await library.save("Old man", TYPED, "role")).direction
    await library.save("Captain", TYPED, "role")
    with pytest.raises(InputError) as caught:
        await library.rename(old.id, "Captain")
    assert caught.value.code is Code.NAME_TAKEN
    before = await library.rename(old.id, "Grandfather")
    assert library.named("Grandfather", "role") is not None
    await library.undo_rename(before)
    assert library.named("Old man", "role") is not None


async def test_a_deleted_direction_comes_back_until_it_is_purged(library: DirectionLibrary, database: Database) -> None:
    saved = (await library.save("Old man", TYPED, "role")).direction
    await library.delete(saved)
    assert library.listed() == () == await database.directions.listed()
    await library.restore(saved)
    await database.purge()
    assert library.listed() == (saved,) == await database.directions.listed()


async def test_directions_are_found_by_name_and_by_what_they_say(library: DirectionLibrary) -> None:
    await library.save("Old man", TYPED, "role")
    await library.save("Evening", TYPED, "whole")
    assert [it.name for it in library.search("DUSK")] == ["Evening"]
    assert [it.name for it in library.search("grandpa")] == ["Evening", "Old man"], "the last saved first"
    assert [it.name for it in library.search("grandpa", "role")] == ["Old man"]
    found = library.search("radio", language="en")
    assert [it.name for it in found] == ["Late-night radio"] and is_example(found[0].id)
    assert library.get(found[0].id) == found[0]


def test_there_is_an_example_of_every_kind_in_both_languages() -> None:
    english, chinese = examples("en"), examples("zh")
    assert [it.kind for it in english] == [it.kind for it in chinese]
    assert {it.kind for it in english} == set(DIRECTION_KINDS)
    for direction in (*english, *chinese):
        parts = {"words": direction.words, "role": direction.role, "scene": direction.scene,
                 "guidance": direction.guidance}  # fmt: skip
        wanted = {"whole": {"role", "scene", "guidance"}, "free": {"words"}}.get(direction.kind, {direction.kind})
        assert {name for name, text in parts.items() if text} == wanted, direction
    assert example_language("", "zh") == "zh" and example_language("Good evening.", "zh") == "en"


def test_a_direction_that_had_both_forms_is_reused_in_one(library: DirectionLibrary) -> None:
    assert as_sent(read(written(TYPED))) == Layers("", "Grandpa", "At dusk", "Softly.\nSlow.")
    assert as_sent(Layers("Softly.")) == Layers("Softly.")


async def test_a_direction_of_an_earlier_version_is_a_whole_one(tmp_path: Path) -> None:
    older = msgspec.json.decode(b'{"id": "d", "name": "calm", "words": "slow", "role": "nurse"}', type=Direction)
    assert older.kind == "whole"
    assert combined(Layers("a", "b", "c", "d"), older) == Layers("slow", "nurse", "", "")
    database = await Database.open(open_home(tmp_path / "older"))
    await database.directions.keep(older)
    library = DirectionLibrary(database.directions)
    await library.load()
    assert library.listed("whole") == (older,)
    await database.close()
