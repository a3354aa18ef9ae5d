import asyncio
import json
import os
import stat
import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from app.core.conversation import Conversation
from app.core.errors import Code, InputError, StorageError
from app.core.messages import Message, Text
from app.core.redaction import MASK, Redactor
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.secrets import NAMES_ENTRY, EnvironmentSecrets, FileSecrets, KeyLocation, KeyringSecrets, SecretStore

KEY = "sk-planted0123456789abcdef"


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self):
        super().__init__()
        self.values = {}

    def get_password(self, service, username):
        return self.values.get((service, username))

    def set_password(self, service, username, password):
        self.values[service, username] = password

    def delete_password(self, service, username):
        del self.values[service, username]


class ForgetfulKeyring(MemoryKeyring):
    def set_password(self, service, username, password):
        pass


class LockedKeyring(MemoryKeyring):
    def set_password(self, service, username, password):
        raise OSError("prompt dismissed")


class HangingKeyring(MemoryKeyring):
    def __init__(self):
        super().__init__()
        self.calls = 0
        self.answer = threading.Event()

    def set_password(self, service, username, password):
        self.calls += 1
        self.answer.wait(20)


@pytest.fixture
def use(tmp_path):
    """Makes a store over the given keyring."""
    before = keyring.get_keyring()
    used = []

    def make(backend, environ=None, serves=lambda name: True, name_of=str):
        used.append(backend)
        keyring.set_keyring(backend)
        redactor = Redactor()
        environment = EnvironmentSecrets(serves, environ or {})
        file = FileSecrets(tmp_path / "secrets.json")
        return SecretStore(redactor, KeyringSecrets(seconds=0.2), file, environment, name_of), redactor

    yield make
    for backend in used:
        if isinstance(backend, HangingKeyring):
            backend.answer.set()
    keyring.set_keyring(before)


async def test_a_working_keyring_keeps_the_key_and_no_probe(use, tmp_path):
    backend = MemoryKeyring()
    store, redactor = use(backend)
    assert await store.save("payg", f" {KEY}\n") is KeyLocation.KEYRING
    assert backend.values == {("mimo-workbench", "payg"): KEY, ("mimo-workbench", NAMES_ENTRY): "payg"}
    again, _ = use(backend)
    assert await again.find("payg") == (KEY, KeyLocation.KEYRING)
    assert not list(tmp_path.iterdir())
    assert redactor.redact(KEY) == MASK
    await again.remove("payg")
    assert backend.values == {} and await again.find("payg") is None


@pytest.mark.parametrize(
    ("backend", "code"),
    [
        (NoKeyring, Code.NO_KEYRING),
        (ForgetfulKeyring, Code.NO_KEYRING),
        (LockedKeyring, Code.KEYRING_FAILED),
        (HangingKeyring, Code.KEYRING_FAILED),
    ],
)
async def test_without_a_working_keyring_the_key_lives_for_this_run_and_nowhere_else(use, tmp_path, backend, code):
    store, _ = use(backend())
    assert await store.save("payg", KEY) is KeyLocation.RUN
    assert await store.find("payg") == (KEY, KeyLocation.RUN)
    problem = await store.check()
    assert problem is not None and problem.code is code
    assert not list(tmp_path.iterdir())
    assert await use(backend())[0].find("payg") is None


async def test_a_keyring_that_hangs_is_asked_once(use):
    backend = HangingKeyring()
    store, _ = use(backend)
    try:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await store.save("a", KEY)
        await store.save("b", KEY)
        await store.find("c")
        assert loop.time() - started < 1.5
        assert backend.calls == 1
    finally:
        backend.answer.set()


async def test_a_file_is_used_only_when_asked_for_and_goes_with_its_last_key(use, tmp_path):
    store, _ = use(NoKeyring())
    path = tmp_path / "secrets.json"
    assert await store.save("payg", KEY, in_file=True) is KeyLocation.FILE
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again, redactor = use(NoKeyring())
    assert await again.find("payg") == (KEY, KeyLocation.FILE)
    assert redactor.redact(KEY) == MASK
    await again.remove("payg")
    assert not path.exists()


async def test_a_key_is_never_in_two_places(use, tmp_path):
    backend = MemoryKeyring()
    store, _ = use(backend)
    await store.save("payg", KEY)
    await store.save("payg", KEY, in_file=True)
    assert backend.values == {}
    await store.save("payg", KEY)
    assert not (tmp_path / "secrets.json").exists()


async def test_the_environment_goes_before_what_was_kept_but_not_before_what_is_typed(use):
    backend = MemoryKeyring()
    await use(backend)[0].save("payg", KEY)
    store, redactor = use(backend, {"MIMO_API_KEY": "sk-environment000000000"})
    assert await store.find("payg") == ("sk-environment000000000", KeyLocation.ENVIRONMENT)
    assert redactor.redact("sk-environment000000000") == MASK
    assert await store.save("payg", KEY) is KeyLocation.KEYRING
    assert await store.find("payg") == (KEY, KeyLocation.KEYRING)


async def test_the_environment_key_goes_to_no_other_profile(use):
    store, _ = use(NoKeyring(), {"MIMO_API_KEY": KEY}, lambda name: name == "payg")
    assert await store.find("gateway") is None
    assert await store.find("payg") == (KEY, KeyLocation.ENVIRONMENT)


async def test_an_empty_key_is_refused(use):
    store, _ = use(NoKeyring())
    with pytest.raises(InputError) as refused:
        await store.save("payg", "  ")
    assert refused.value.code is Code.KEY_MISSING


@pytest.mark.parametrize("content", [b"{", b"[]", b'"sk"', b"\xff\xfe", b"[" * 100_000])
async def test_a_damaged_key_file_is_set_aside_and_told_of_and_all_else_works(use, tmp_path, content):
    path, backend = tmp_path / "secrets.json", MemoryKeyring()
    await use(backend)[0].save("payg", KEY)
    path.write_bytes(content)
    store, _ = use(backend)
    assert await store.find("payg") == (KEY, KeyLocation.KEYRING)
    assert await store.find("gateway") is None
    failures = []
    store.on_failed.subscribe(failures.append)
    (aside,) = tmp_path.iterdir()
    assert aside.read_bytes() == content
    assert [(error.code, error.params["path"]) for error in failures] == [(Code.KEYS_DAMAGED, str(aside))]
    assert await store.save("gateway", KEY, in_file=True) is KeyLocation.FILE
    await store.remove("payg")
    assert await use(backend)[0].find("gateway") == (KEY, KeyLocation.FILE)
    assert len(failures) == 1


async def test_a_key_file_that_cannot_be_read_keeps_no_other_key_away(use, tmp_path):
    (tmp_path / "secrets.json").mkdir()
    backend = MemoryKeyring()
    store, _ = use(backend)
    failures = []
    store.on_failed.subscribe(failures.append)
    assert await store.save("payg", KEY) is KeyLocation.KEYRING
    assert await use(backend)[0].find("payg") == (KEY, KeyLocation.KEYRING)
    assert [error.code for error in failures] == [Code.FILE_UNREADABLE]
    with pytest.raises(StorageError):
        await store.remove("payg")
    assert backend.values == {}, "what can be removed is"


async def test_what_else_stands_in_the_key_file_stays(use, tmp_path):
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"payg": 5, "other": KEY}))
    store, _ = use(NoKeyring())
    assert await store.find("payg") is None
    await store.remove("other")
    assert json.loads(path.read_text()) == {"payg": 5}


class SlowKeyring(MemoryKeyring):
    """Takes its time for removing and for keeping; `asked` is set when it has begun."""

    def __init__(self):
        super().__init__()
        self.slow = False
        self.asked, self.go_on = threading.Event(), threading.Event()

    def wait(self):
        if self.slow:
            self.asked.set()
            self.go_on.wait(20)

    def set_password(self, service, username, password):
        if username == "payg":
            self.wait()
        super().set_password(service, username, password)

    def delete_password(self, service, username):
        self.wait()
        super().delete_password(service, username)


async def test_a_key_that_is_being_removed_is_not_found_once_more(use):
    backend = SlowKeyring()
    store, _ = use(backend)
    store._keyring._seconds = 20.0
    await store.save("payg", KEY)
    backend.slow = True
    removing = asyncio.ensure_future(store.remove("payg"))
    await asyncio.to_thread(backend.asked.wait, 20)
    finding = asyncio.ensure_future(store.find("payg"))
    await asyncio.sleep(0.05)
    backend.go_on.set()
    await removing
    assert await finding is None
    assert await store.find("payg") is None


async def test_a_key_that_is_being_typed_is_not_overtaken_by_that_of_the_environment(use):
    backend = SlowKeyring()
    store, _ = use(backend, {"MIMO_API_KEY": "sk-environment000000000"})
    store._keyring._seconds = 20.0
    await store.check()
    backend.slow = True
    saving = asyncio.ensure_future(store.save("payg", KEY))
    await asyncio.to_thread(backend.asked.wait, 20)
    finding = asyncio.ensure_future(store.find("payg"))
    await asyncio.sleep(0.05)
    backend.go_on.set()
    await saving
    assert await finding == (KEY, KeyLocation.KEYRING)


async def test_every_key_that_was_ever_kept_can_be_removed_at_once(use, tmp_path):
    backend = MemoryKeyring()
    await use(backend)[0].save("of another home", KEY)
    store, _ = use(backend)
    await store.save("payg", KEY)
    await store.save("gateway", KEY, in_file=True)
    backend.values["mimo-workbench", "unlisted"] = KEY
    backend.values["another program", "payg"] = "not ours"
    (tmp_path / "secrets.damaged-20260102-030405.json").write_text(KEY)
    assert await store.remove_all(["unlisted", "payg", "never kept"]) == []
    assert backend.values == {("another program", "payg"): "not ours"}
    assert not list(tmp_path.iterdir())
    assert [await store.find(name) for name in ("payg", "gateway", "unlisted")] == [None] * 3


class StubbornKeyring(MemoryKeyring):
    def delete_password(self, service, username):
        if username in ("a", "c"):
            raise OSError("locked")
        super().delete_password(service, username)


async def test_removing_all_goes_on_past_failures_and_names_them(use, tmp_path):
    backend = StubbornKeyring()
    store, _ = use(backend)
    for name in ("a", "b", "c", "d"):
        await store.save(name, KEY)
    (tmp_path / "secrets.json").mkdir()
    failures = await store.remove_all()
    assert [error.code for error in failures][1:] == [Code.KEYRING_FAILED] * 2
    assert len(failures) == 3
    assert {name for _, name in backend.values} == {"a", "c", NAMES_ENTRY}
    backend.__class__ = MemoryKeyring
    (tmp_path / "secrets.json").rmdir()
    assert await use(backend)[0].remove_all() == []
    assert backend.values == {}


@pytest.mark.parametrize(("backend", "codes"), [(NoKeyring, []), (LockedKeyring, [Code.KEYRING_FAILED])])
async def test_removing_all_without_a_working_keyring(use, tmp_path, backend, codes):
    store, _ = use(backend())
    await store.save("payg", KEY)
    await store.save("gateway", KEY, in_file=True)
    assert [error.code for error in await store.remove_all(["payg"])] == codes
    assert await store.find("payg") is None
    assert not list(tmp_path.iterdir())


async def test_a_key_is_kept_under_the_name_that_holds_now(use):
    backend, host = MemoryKeyring(), ["a"]
    store, _ = use(backend, name_of=lambda profile_id: f"{profile_id} {host[0]}")
    await store.save("this-run", KEY)
    host[0] = "b"
    assert await store.find("this-run") is None
    host[0] = "a"
    assert await store.find("this-run") == (KEY, KeyLocation.KEYRING)
    await store.remove("this-run")
    assert backend.values == {}


async def test_a_word_given_as_a_key_leaves_what_is_kept_as_it_was_written(use, tmp_path):
    store, redactor = use(NoKeyring())
    await store.save("self-hosted", "ollama")
    await store.save("gateway", "content")
    database = await Database.open(open_home(tmp_path / "home"), redactor)
    try:
        talk = Conversation(id="c", title="ollama or content")
        said = Message("m", "user", (Text("Is ollama content?"),))
        await database.conversations.keep(talk)
        await database.conversations.keep_messages("c", [said])
        assert (await database.conversations.get("c")).title == talk.title
        assert await database.conversations.messages("c") == (said,)
    finally:
        await database.close()


async def test_a_secret_does_not_show_itself(use):
    store, _ = use(MemoryKeyring())
    await store.save("payg", KEY)
    assert KEY not in repr(await store.find("payg"))
