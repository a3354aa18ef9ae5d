import asyncio
import os
import stat
import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from app.core.errors import Code, InputError, StorageError
from app.core.redaction import MASK, Redactor
from app.storage.secrets import EnvironmentSecrets, FileSecrets, KeyringSecrets, Place, SecretStore

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

    def make(backend, environ=None, serves=lambda name: True):
        used.append(backend)
        keyring.set_keyring(backend)
        redactor = Redactor()
        environment = EnvironmentSecrets(serves, environ or {})
        file = FileSecrets(tmp_path / "secrets.json")
        return SecretStore(redactor, KeyringSecrets(seconds=0.2), file, environment), redactor

    yield make
    for backend in used:
        if isinstance(backend, HangingKeyring):
            backend.answer.set()
    keyring.set_keyring(before)


async def test_a_working_keyring_keeps_the_key_and_no_probe(use, tmp_path):
    backend = MemoryKeyring()
    store, redactor = use(backend)
    assert await store.save("payg", f" {KEY}\n") is Place.KEYRING
    assert backend.values == {("mimo-workbench", "payg"): KEY}
    again, _ = use(backend)
    assert await again.find("payg") == (KEY, Place.KEYRING)
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
    assert await store.save("payg", KEY) is Place.RUN
    assert await store.find("payg") == (KEY, Place.RUN)
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
    assert await store.save("payg", KEY, in_file=True) is Place.FILE
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again, redactor = use(NoKeyring())
    assert await again.find("payg") == (KEY, Place.FILE)
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
    assert await store.find("payg") == ("sk-environment000000000", Place.ENVIRONMENT)
    assert redactor.redact("sk-environment000000000") == MASK
    assert await store.save("payg", KEY) is Place.KEYRING
    assert await store.find("payg") == (KEY, Place.KEYRING)


async def test_the_environment_key_goes_to_no_other_profile(use):
    store, _ = use(NoKeyring(), {"MIMO_API_KEY": KEY}, lambda name: name == "payg")
    assert await store.find("gateway") is None
    assert await store.find("payg") == (KEY, Place.ENVIRONMENT)


async def test_an_empty_key_is_refused(use):
    store, _ = use(NoKeyring())
    with pytest.raises(InputError) as refused:
        await store.save("payg", "  ")
    assert refused.value.code is Code.KEY_MISSING


async def test_a_damaged_key_file_says_so(use, tmp_path):
    (tmp_path / "secrets.json").write_text("{")
    store, _ = use(NoKeyring())
    with pytest.raises(StorageError) as failed:
        await store.find("payg")
    assert failed.value.code is Code.FILE_UNREADABLE


async def test_a_secret_does_not_show_itself(use):
    store, _ = use(MemoryKeyring())
    await store.save("payg", KEY)
    assert KEY not in repr(await store.find("payg"))
