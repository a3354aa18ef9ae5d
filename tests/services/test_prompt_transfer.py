"""Import of many files at once, with those left out named, and export of one or all prompts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from app.core.errors import Code, InputError
from app.core.prompt_library import SavedPrompt
from app.core.settings import Settings
from app.services.prompt_transfer import PromptTransfer
from app.services.prompts import PromptLibrary
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.text_files import TextFiles


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[PromptLibrary]:
    database = await Database.open(open_home(tmp_path / "home"))
    library = PromptLibrary(database.prompts, Settings())
    await library.load()
    yield library
    await database.close()


def without_id(prompt: SavedPrompt) -> SavedPrompt:
    return msgspec.structs.replace(prompt, id="")


async def test_an_exported_library_comes_back_as_it_was(library: PromptLibrary, tmp_path: Path) -> None:
    transfer = PromptTransfer(library, TextFiles(), str)
    for text in ("One\r\n", "---\nTwo  \n\n", "三\n"):
        await library.save("Order / intake: ½", text, "prompt", "why")
    await library.save("Order / intake: ½", "You take orders.", "system")
    prompt = library.named("Order / intake: ½", "prompt")
    assert prompt is not None
    await library.retag(prompt.id, ["json", "中文"])
    before = [without_id(each) for each in library.listed()]
    folder = tmp_path / "out"
    folder.mkdir()
    assert await transfer.export_all(library.listed(), folder) == 2
    assert len(list(folder.iterdir())) == 2, "two of one name have two files"
    known = await transfer.import_([folder])
    assert (known.added, len(known.known)) == ((), 2), "nothing comes in twice"
    for each in library.listed():
        await library.delete(each.id)
    imported = await transfer.import_([folder])
    assert [without_id(each) for each in library.listed()] == before
    await transfer.take_back(imported)
    assert library.listed() == ()


async def test_broken_files_are_named_and_the_others_come_in(library: PromptLibrary, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "good.md").write_text("---\nname: Good\n---\nText")
    (tmp_path / "sub" / "plain.txt").write_text("Plain text")
    (tmp_path / "sub" / ".hidden.md").write_text("Hidden")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "open.md").write_text("---\nname: Open\n")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9 \xff\xfe")
    (tmp_path / "empty.md").write_text("")
    transfer = PromptTransfer(library, TextFiles(), str)
    imported = await transfer.import_([tmp_path, tmp_path / "missing.md"])
    assert sorted(prompt.name for prompt in imported.added) == ["Good", "plain"]
    assert {(each.name, each.error.code) for each in imported.left_out} == {
        ("open.md", Code.PROMPT_FILE_OPEN), ("latin.md", Code.FILE_ENCODING), ("empty.md", Code.PROMPT_FILE_EMPTY),
        ("missing.md", Code.FILE_MISSING),
    }  # fmt: skip


async def test_a_name_that_is_taken_is_numbered(library: PromptLibrary, tmp_path: Path) -> None:
    path = tmp_path / "guide.md"
    path.write_text("Another guide")
    await library.save("guide", "A guide", "prompt")
    transfer = PromptTransfer(library, TextFiles(), str)
    [added] = (await transfer.import_([path])).added
    assert added.name == "guide 2"
    assert (await transfer.import_([path])).known == ("guide 2",)
    await library.save("guide 2", "Changed since", "prompt")
    imported = await transfer.import_([path])
    await transfer.take_back(imported._replace(added=(added,)))
    assert library.named("guide 2", "prompt") is not None, "what was changed since stays"


async def test_too_many_files_are_refused_before_anything_changes(
    library: PromptLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.prompt_transfer.MAX_FILES", 2)
    paths = [tmp_path / f"{number}.md" for number in range(3)]
    for path in paths:
        path.write_text("Text")
    with pytest.raises(InputError) as caught:
        await PromptTransfer(library, TextFiles(), str).import_(paths)
    assert caught.value.code is Code.TOO_MANY_FILES and library.listed() == ()


async def test_a_file_of_which_not_all_is_kept_is_named_unless_it_was_known(
    library: PromptLibrary, tmp_path: Path
) -> None:
    (tmp_path / "long.md").write_text(f"---\nname: {'n' * 90}\ntags: [{'t' * 31}]\n---\nText")
    (tmp_path / "short.md").write_text("---\nname: Short\n---\nText")
    transfer = PromptTransfer(library, TextFiles(), str)
    assert (await transfer.import_([tmp_path])).shortened == (("long.md", ("name", "tag")),)
    assert (await transfer.import_([tmp_path])).shortened == ()
