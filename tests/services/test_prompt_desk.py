"""Prompts with what is typed for them: drafts survive, versions are added and taken back, nothing is overwritten."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from app.core.errors import Code, InputError
from app.core.prompt_library import MAX_TEXT_LENGTH, PromptVersion, SavedPrompt
from app.core.settings import Settings
from app.services.prompt_desk import PromptDesk
from app.services.prompt_drafts import PromptDrafts
from app.services.prompt_search import PromptSearch, Wanted, tag_counts
from app.services.prompts import PromptLibrary
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home


def fail(error: BaseException) -> None:
    raise error


OpenDesk = Callable[[], Awaitable[PromptDesk]]


@pytest.fixture
async def open_desk(tmp_path: Path) -> AsyncIterator[OpenDesk]:
    """Returns a function that opens a desk over what is stored, as after a start."""
    database, tasks = await Database.open(open_home(tmp_path)), TaskSet(fail)

    async def desk() -> PromptDesk:
        library = PromptLibrary(database.prompts, Settings())
        desk = PromptDesk(library, PromptDrafts(database.prompt_drafts, tasks))
        await library.load()
        await desk.load()
        return desk

    yield desk
    await tasks.aclose()
    await database.close()


async def saved(desk: PromptDesk, *texts: str, name: str = "Guide") -> str:
    for text in texts:
        prompt = (await desk.library.save(name, text, "prompt")).prompt
    return prompt.id


def versions(desk: PromptDesk, prompt_id: str) -> list[str]:
    entry = desk.entry(prompt_id)
    return [version.text for version in entry.versions] if entry is not None else []


async def test_what_is_typed_is_there_after_a_restart_and_no_version_changes(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    prompt_id = await saved(desk, "One", "Two")
    desk.type_text(prompt_id, "Three", note="shorter")
    desk.set_value(prompt_id, "city", "Xi'an")
    new = desk.begin(kind="system", tags=["zh"])
    desk.type_text(new, "You guide.")
    await desk.drafts.flush()
    again = await open_desk()
    entry = again.entry(prompt_id)
    assert entry is not None and (entry.text, entry.note, entry.number) == ("Three", "shorter", 3)
    assert entry.values == {"city": "Xi'an"} and versions(again, prompt_id) == ["One", "Two"]
    unsaved = again.entry(new)
    assert unsaved is not None and (unsaved.text, unsaved.kind, unsaved.tags) == ("You guide.", "system", ("zh",))
    assert unsaved.is_new and again.library.get(new) is None, "Chat does not offer what is not saved"
    assert {entry.id for entry in again.entries()} == {prompt_id, new}


async def test_saving_adds_a_version_with_its_note_and_undo_makes_it_a_draft_again(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    prompt_id = await saved(desk, "One")
    desk.type_text(prompt_id, "Two", note="clearer")
    save = await desk.save(prompt_id)
    assert save is not None and versions(desk, prompt_id) == ["One", "Two"]
    entry = desk.entry(prompt_id)
    assert entry is not None and not entry.is_changed and entry.note == "" and entry.versions[1].note == "clearer"
    assert (await desk.save(prompt_id)).saved.is_unchanged  # type: ignore[union-attr]
    await desk.undo_save(save)
    entry = desk.entry(prompt_id)
    assert entry is not None and (entry.text, entry.note, entry.number) == ("Two", "clearer", 2)
    assert versions(desk, prompt_id) == ["One"]


async def test_a_new_prompt_can_be_saved_taken_back_and_saved_again(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    new = desk.begin("Guide")
    desk.type_text(new, "You guide.")
    with pytest.raises(ValueError, match="name"):
        await desk.save(desk.begin(text="nameless"))
    first = await desk.save(new)
    assert first is not None and desk.entry(new) is None, "it is in the library now"
    await desk.undo_save(first)
    assert desk.library.listed() == ()
    second = await desk.save(new)
    assert second is not None
    await desk.drafts.flush()
    [prompt] = (await open_desk()).library.listed()
    assert (prompt.name, prompt.text, len(prompt.versions)) == ("Guide", "You guide.", 1)


async def test_a_version_saved_elsewhere_is_noted_and_what_is_typed_becomes_the_next(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    prompt_id = await saved(desk, "One")
    desk.type_text(prompt_id, "Mine")
    await desk.library.save("Guide", "Theirs", "prompt")
    entry = desk.entry(prompt_id)
    assert entry is not None and entry.is_behind and (entry.text, entry.number) == ("Mine", 3)
    desk.catch_up(prompt_id)
    assert not desk.entry(prompt_id).is_behind  # type: ignore[union-attr]
    await desk.save(prompt_id)
    assert versions(desk, prompt_id) == ["One", "Theirs", "Mine"]
    desk.type_text(prompt_id, "Same")
    await desk.library.save("Guide", "Same", "prompt")
    assert not desk.entry(prompt_id).is_changed  # type: ignore[union-attr]


async def test_a_prompt_deleted_elsewhere_leaves_what_was_typed(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    prompt_id = await saved(desk, "One")
    desk.type_text(prompt_id, "Mine")
    await desk.library.delete(prompt_id)
    entry = desk.entry(prompt_id)
    assert entry is not None and entry.is_new and (entry.name, entry.text) == ("Guide", "Mine")
    save = await desk.save(prompt_id)
    assert save is not None and save.saved.prompt.id != prompt_id
    await desk.library.restore(prompt_id)
    assert versions(desk, prompt_id) == ["One"], "the one that was deleted keeps its versions"
    assert {prompt.text for prompt in desk.library.listed()} == {"One", "Mine"}


async def test_deleting_takes_the_draft_along_and_undo_brings_both_back(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    prompt_id, new = await saved(desk, "One"), desk.begin(text="Two")
    desk.type_text(prompt_id, "Mine")
    were_saved = [await desk.delete(each) for each in (prompt_id, new)]
    assert were_saved == [True, False] and desk.entries() == []
    await desk.drafts.flush()
    assert (await open_desk()).entries() == []
    for each, was_saved in zip((prompt_id, new), were_saved, strict=True):
        await desk.restore(each, was_saved=was_saved)
    assert {entry.text for entry in (await open_desk()).entries()} == {"Mine", "Two"}


async def test_typing_the_saved_text_again_is_no_change_whatever_its_line_ends(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    prompt_id = await saved(desk, "One\r\nTwo")
    desk.type_text(prompt_id, "Other")
    desk.type_text(prompt_id, "One\nTwo")
    entry = desk.entry(prompt_id)
    assert entry is not None and not entry.is_changed and entry.text == "One\r\nTwo"


async def test_name_tags_and_kind_change_for_saved_and_new_ones_alike(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    for prompt_id in (await saved(desk, "One"), desk.begin(text="Two")):
        await desk.rename(prompt_id, "  Night\ntour ")
        await desk.retag(prompt_id, ["voice", "Voice", "a,b", " "])
        await desk.change_kind(prompt_id, "system")
        entry = desk.entry(prompt_id)
        assert entry is not None
        assert (entry.name, entry.tags, entry.kind) == ("Night tour", ("voice", "a b"), "system")
    other = await saved(desk, "x", name="Other")
    with pytest.raises(InputError) as caught:
        await desk.rename(other, "Other 2")
        await desk.library.save("Night tour", "y", "prompt")
        await desk.change_kind(desk.library.named("Night tour", "prompt").id, "system")  # type: ignore[union-attr]
    assert caught.value.code is Code.NAME_TAKEN


async def test_a_duplicate_has_every_version_and_a_name_of_its_own(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    prompt_id = await saved(desk, "One", "Two")
    desk.type_text(prompt_id, "Mine")
    copy = await desk.duplicate(prompt_id, "Guide")
    assert copy is not None and versions(desk, copy) == ["One", "Two"]
    entry = desk.entry(copy)
    assert entry is not None and (entry.name, entry.text) == ("Guide 2", "Mine")


async def test_limits_are_held(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = await open_desk()
    prompt_id = await saved(desk, "One")
    desk.type_text(prompt_id, "x" * (MAX_TEXT_LENGTH + 1))
    with pytest.raises(InputError) as caught:
        await desk.save(prompt_id)
    assert caught.value.code is Code.PROMPT_TOO_LONG
    assert len(desk.entry(prompt_id).text) == MAX_TEXT_LENGTH + 1, "and nothing is lost"  # type: ignore[union-attr]
    monkeypatch.setattr("app.services.prompts.MAX_VERSIONS", 2)
    await desk.library.save("Guide", "Two", "prompt")
    with pytest.raises(InputError) as caught:
        await desk.library.save("Guide", "Three", "prompt")
    assert caught.value.code is Code.PROMPT_VERSIONS_FULL


async def test_search_finds_names_tags_and_texts_and_filters(open_desk: OpenDesk) -> None:
    desk = await open_desk()
    rows = [
        ("Order intake", ("json", "orders"), "Take orders."), ("Museum guide", ("voice", "zh"), "你带人参观博物馆。"),
        ("Judge: nothing lost", ("json", "judge"), "Is an ORDER missing?"),
    ]  # fmt: skip
    for number, (name, tags, text) in enumerate(rows):
        version = PromptVersion(text, "", 10.0 + number)
        kind = "system" if number == 1 else "prompt"
        await desk.library.add_new(SavedPrompt(str(number), name, kind, tags, (version,), 10.0, 10.0 + number))  # type: ignore[arg-type]
    search, entries = PromptSearch(), desk.entries()

    def names(**wanted: object) -> list[str]:
        return [entry.name for entry in search.listed(entries, Wanted(**wanted))]  # type: ignore[arg-type]

    assert names() == ["Judge: nothing lost", "Museum guide", "Order intake"]
    assert names(order="name") == ["Judge: nothing lost", "Museum guide", "Order intake"]
    assert names(query="order") == ["Order intake", "Judge: nothing lost"], "a name counts more than a text"
    assert names(query="博物馆") == names(query="zh guide") == names(kind="system") == ["Museum guide"]
    assert names(tags=frozenset({"json", "judge"})) == ["Judge: nothing lost"]
    assert names(query="nowhere") == []
    assert tag_counts(entries) == [("json", 2), ("judge", 1), ("orders", 1), ("voice", 1), ("zh", 1)]
