"""A key that is used, mistyped into words, echoed and logged: afterwards no file of the home holds it in any form."""

from __future__ import annotations

import asyncio
import base64
import logging
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import msgspec
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from app.arguments import parse
from app.composition.container import ServiceContainer
from app.core.audition_grids import AuditionGrid, GridDirection
from app.core.auditions import AuditionVote, new_audition, with_vote
from app.core.comparison import Comparison, compared
from app.core.conversation import Headings
from app.core.export_names import export_stem
from app.core.redaction import Redactor
from app.core.requests import Sampling
from app.core.takes import ReadBack, Take, VoiceSnapshot
from app.core.voices import Direction
from app.logs import start_log, stop_log
from app.services.chat.session import ChatSession
from app.services.code_export import as_curl, as_python, libraries_for
from app.services.prompt_transfer import PromptTransfer
from app.services.speech.export import export_take
from app.services.speech.take_export import ExportedTake, ExportOptions, TakeExport
from app.services.speech.take_health import find_in_words
from app.storage.archive import export_all
from app.storage.documents import to_json, to_markdown
from app.storage.home import Home, open_home
from app.storage.html_document import to_html
from app.storage.settings import SettingsFile
from app.storage.text_files import TextFiles
from tests.plugins import demo_service as demo
from tests.plugins.demo_service import DemoService

KEYS = ("sk-plantedQ7x/+9Zk3LmPv0aYt5", "gW_8f3k2/Zq")
"""One of the platform, and a short odd one of a gateway."""


@pytest.fixture(params=KEYS)
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def service(key: str) -> Iterator[DemoService]:
    started = demo.start("--pace", "0", "--no-limits", "--key", key)
    yield started
    demo.stop(started)


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


def forms(key: str) -> list[bytes]:
    """The key as it may stand in a file: plain, in UTF-16, quoted, in hexadecimal, in base64 at each alignment."""
    plain = key.encode()
    found = [
        plain,
        key.encode("utf-16-le"),
        key.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
    ]
    found += [key.replace("/", "%2F").replace("+", "%2B").encode(), key.replace("/", "\\/").encode(), plain[::-1]]
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + plain)
        # What stands before and after the key changes the characters at the edges.
        inner = encoded[(before * 8 + 5) // 6 : len(encoded) - (len(encoded) % 4) - 4]
        found += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    # A good part of it would be as bad.
    return [*found, plain[3:19], plain[-16:]]


def where_it_is(folder: Path, key: str) -> list[str]:
    """Files with the key in them, those inside an archive too."""
    contents: list[tuple[str, bytes]] = []
    for path in folder.rglob("*"):
        if path.is_file():
            contents.append((str(path), path.read_bytes()))
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    contents += [(f"{path}:{name}", archive.read(name)) for name in archive.namelist()]
    assert len(contents) > 6
    return [name for name, content in contents for form in forms(key) if form in content]


def test_the_search_finds_what_it_looks_for(tmp_path: Path, key: str) -> None:
    for number, form in enumerate(forms(key)):
        folder = tmp_path / str(number)
        folder.mkdir()
        for filler in range(7):
            (folder / f"{filler}").write_bytes(b"nothing")
        (folder / "note").write_bytes(b"before " + form + b" behind")
        assert where_it_is(folder, key)


async def say(session: ChatSession, words: str) -> None:
    session.send(words)
    async with asyncio.timeout(60):
        await session.wait()


async def use_it_everywhere(services: ServiceContainer, outside: Path, key: str, redactor: Redactor) -> list[str]:
    """What else a person may copy or see of it."""
    shown: list[str] = []
    workspace = services.workspace
    await workspace.load()
    session = workspace.current
    assert session is not None
    session.configure(system=f"The key is {key}.", draft=f"draft with {key}")
    await say(session, f"My key is {key}, is that right?")
    session.configure(model=f"no-such-model-{key}")
    await say(session, f"Again with {base64.b64encode(key.encode()).decode()}")
    session.configure(model="mimo-v2.6-pro", sampling=Sampling(stop=(key,)), title=f"About {key}")
    await say(session, "And in hexadecimal: " + key.encode().hex())
    for message in session.branch:
        error = session.error_of(message.id)
        shown.append(repr(error))
    session.configure(draft=f"another draft with {key}")
    audio = services.audio_services()
    wish = Take(
        "", VoiceSnapshot("builtin", "Mia", "Mia"), f"My key is {key}.", key, model="mimo-v2.5-tts", session="s"
    )
    take = audio.speech.generate(wish)
    await audio.speech.finished(take.id)
    (kept,) = await services.database.takes.of_session("s")
    assert kept.state == "done"
    await audio.speech.annotate(kept.id, note=f"spoken with {key}")
    for ending in ("wav", "flac", "mp3", "ogg"):
        await export_take(kept, outside / f"take.{ending}", services.database.blobs, audio.audio)
    await services.database.directions.keep(Direction("d", f"Direction {key}", key))
    saved = await services.prompts.save(f"About {key}", f"Use {key}.", "prompt", f"with {key}")
    await services.prompts.retag(saved.prompt.id, [key[:30]])
    services.prompt_desk.type_text(saved.prompt.id, f"Use {key} again.", note=key, reason=key)
    services.prompt_desk.set_value(saved.prompt.id, "key", key)
    await services.prompt_desk.drafts.flush()
    await PromptTransfer(services.prompts, TextFiles(), redactor.redact).export_all(services.prompts.listed(), outside)
    grid = AuditionGrid("s", text=f"My key is {key}.", directions=(GridDirection(key, f"Direction {key}"),))
    audio.grids.edit(msgspec.structs.replace(grid, descriptions=(f"knows {key}",)))
    await audio.grids.flush()
    audition = new_audition([kept, kept], random.Random(1), title=f"Do you hear {key}?", session="s")
    audio.auditions.put(with_vote(audition, AuditionVote("V", (0,), key), 1.0))
    text = f"My key is {key}."
    audio.comparisons.put(Comparison("c", (compared(kept), compared(kept)), "s", text))
    heard = ReadBack("check", text, "mimo-v2.5-asr")
    await audio.speech.stored.set_read_back(kept.id, heard, find_in_words(kept, f"{key} {key}"))
    named = ExportedTake(kept, f"{export_stem('{text}', {'text': kept.text})}.wav")
    await TakeExport(services.database.blobs, audio.audio).run([named], outside, ExportOptions())
    log = logging.getLogger("app.test")
    log.warning("the key is %s", key)
    try:
        raise ValueError(f"wrong key: {key}")
    except ValueError:
        log.exception("could not use %r", key)
    for call in services.call_recorder:
        shown += [repr(call), as_curl(call), call.response(), repr(list(call.timeline())), repr(call.request_headers)]
        shown += [as_python(call, library) for library in libraries_for(call.url)]
    await services.database.back_up()
    await export_all(services.database, outside / "everything.zip")
    tree = await services.database.conversations.messages(session.id)
    conversation = await services.database.conversations.get(session.id)
    words = Headings(*["word"] * 8)
    shown += [str(to_json(conversation, tree))]
    shown += [to_markdown(conversation, tree, words), to_html(conversation, tree, words)]
    return shown


async def test_no_file_holds_the_key(
    service: DemoService, tmp_path: Path, key: str, capfd: pytest.CaptureFixture[str]
) -> None:
    home: Home = open_home(tmp_path / "home")
    outside = tmp_path / "outside"
    outside.mkdir()
    redactor = Redactor()
    start_log(home.log, redactor)
    stages: list[tuple[str, Any]] = []
    try:
        services = await ServiceContainer.open(
            parse([]),
            {"MIMO_API_KEY": key, "MIMO_BASE_URL": service.base_url},
            home,
            SettingsFile(home.settings).load(),
            redactor,
            lambda error: pytest.fail(repr(error)),
            lambda name, close: stages.append((name, close)),
        )
        shown = await use_it_everywhere(services, outside, key, redactor)
        assert where_it_is(tmp_path, key) == [], "while it runs, with the log of writes not yet in the database"
        for _, close in reversed(stages):
            await close()
    finally:
        stop_log()
    assert [text for text in shown for form in forms(key) if form in text.encode()] == []
    assert "the key is ●●●●" in home.log.read_text()
    assert where_it_is(tmp_path, key) == []
    screen = capfd.readouterr()
    assert key not in screen.out + screen.err
