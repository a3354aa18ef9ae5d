"""A key that is used, mistyped into words, echoed and logged: afterwards no file of the home holds it in any form."""

from __future__ import annotations

import asyncio
import base64
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import msgspec
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from app.arguments import parse
from app.backstage import Backstage
from app.core.conversation import Headings
from app.core.redaction import Redactor
from app.core.requests import Sampling
from app.core.takes import Take, UsedVoice
from app.core.voices import Direction
from app.logs import end_log, start_log
from app.services.chat.session import ChatSession
from app.services.code_export import as_curl, as_python, libraries_for
from app.services.speech.export import export_take
from app.storage.archive import export_all
from app.storage.documents import to_json, to_markdown
from app.storage.home import Home, open_home
from app.storage.settings import SettingsFile
from tests.plugins import demo_service as demo
from tests.plugins.demo_service import DemoService

KEY = "sk-plantedQ7x/+9Zk3LmPv0aYt5"


@pytest.fixture
def service() -> Iterator[DemoService]:
    started = demo.start("--pace", "0", "--no-limits", "--key", KEY)
    yield started
    demo.stop(started)


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


def forms() -> list[bytes]:
    """The key as it may stand in a file: plain, in UTF-16, quoted, in hexadecimal, in base64 at each alignment."""
    plain = KEY.encode()
    found = [
        plain,
        KEY.encode("utf-16-le"),
        KEY.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    ]
    found += [KEY.replace("/", "%2F").replace("+", "%2B").encode(), KEY.replace("/", "\\/").encode(), plain[::-1]]
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + plain)
        # What stands before and behind the key changes the characters at the edges.
        inner = encoded[(before * 8 + 5) // 6 : len(encoded) - (len(encoded) % 4) - 4]
        found += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    # A good part of it would be as bad.
    return [*found, plain[3:19], plain[-16:]]


def where_it_is(folder: Path) -> list[str]:
    """Files with the key in them, those inside an archive too."""
    contents: list[tuple[str, bytes]] = []
    for path in folder.rglob("*"):
        if path.is_file():
            contents.append((str(path), path.read_bytes()))
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    contents += [(f"{path}:{name}", archive.read(name)) for name in archive.namelist()]
    assert len(contents) > 6
    return [name for name, content in contents for form in forms() if form in content]


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    for number, form in enumerate(forms()):
        folder = tmp_path / str(number)
        folder.mkdir()
        for filler in range(7):
            (folder / f"{filler}").write_bytes(b"nothing")
        (folder / "note").write_bytes(b"before " + form + b" behind")
        assert where_it_is(folder)


async def say(session: ChatSession, words: str) -> None:
    session.send(words)
    async with asyncio.timeout(60):
        await session.wait()


async def use_it_everywhere(behind: Backstage, outside: Path) -> list[str]:
    """What else a person may copy or see of it."""
    shown: list[str] = []
    workspace = behind.workspace
    await workspace.load()
    session = workspace.current
    assert session is not None
    session.configure(system=f"The key is {KEY}.", draft=f"draft with {KEY}")
    await say(session, f"My key is {KEY}, is that right?")
    session.configure(model=f"no-such-model-{KEY}")
    await say(session, f"Again with {base64.b64encode(KEY.encode()).decode()}")
    session.configure(model="mimo-v2.6-pro", sampling=Sampling(stop=(KEY,)), title=f"About {KEY}")
    await say(session, "And in hexadecimal: " + KEY.encode().hex())
    for message in session.branch:
        error = session.error_of(message.id)
        shown.append(repr(error))
    session.configure(draft=f"another draft with {KEY}")
    stage = behind.soundstage()
    wish = Take("", UsedVoice("builtin", "Mia", "Mia"), f"My key is {KEY}.", KEY, model="mimo-v2.5-tts", session="s")
    take = stage.speech.speak(wish)
    await stage.speech.finished(take.id)
    (kept,) = await behind.database.takes.of_session("s")
    assert kept.state == "done"
    await stage.speech.annotate(kept.id, note=f"spoken with {KEY}")
    for ending in ("wav", "flac", "mp3", "ogg"):
        await export_take(kept, outside / f"take.{ending}", behind.database.blobs, stage.audio)
    await behind.database.directions.keep(Direction("d", f"Direction {KEY}", KEY))
    log = logging.getLogger("app.test")
    log.warning("the key is %s", KEY)
    try:
        raise ValueError(f"wrong key: {KEY}")
    except ValueError:
        log.exception("could not use %r", KEY)
    for call in behind.journal:
        shown += [repr(call), as_curl(call), call.response(), repr(list(call.timeline())), repr(call.request_headers)]
        shown += [as_python(call, library) for library in libraries_for(call.url)]
    await behind.database.back_up()
    await export_all(behind.database, outside / "everything.zip")
    tree = await behind.database.conversations.messages(session.id)
    conversation = await behind.database.conversations.get(session.id)
    shown += [str(to_json(conversation, tree)), to_markdown(conversation, tree, Headings(*["word"] * 8))]
    return shown


async def test_no_file_holds_the_key(service: DemoService, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    home: Home = open_home(tmp_path / "home")
    outside = tmp_path / "outside"
    outside.mkdir()
    redactor = Redactor()
    start_log(home.log, redactor)
    stages: list[tuple[str, Any]] = []
    try:
        behind = await Backstage.open(
            parse([]),
            {"MIMO_API_KEY": KEY, "MIMO_BASE_URL": service.base_url},
            home,
            SettingsFile(home.settings).load(),
            redactor,
            lambda error: pytest.fail(repr(error)),
            lambda name, close: stages.append((name, close)),
        )
        shown = await use_it_everywhere(behind, outside)
        assert where_it_is(tmp_path) == [], "while it runs, with the log of writes not yet in the database"
        for _, close in reversed(stages):
            await close()
    finally:
        end_log()
    assert [text for text in shown for form in forms() if form in text.encode()] == []
    assert "the key is ●●●●" in home.log.read_text()
    assert where_it_is(tmp_path) == []
    screen = capfd.readouterr()
    assert KEY not in screen.out + screen.err
