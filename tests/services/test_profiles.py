"""Which service answers: what is set, what the command line says, what a key in the environment tells."""

from pathlib import Path

import msgspec
import pytest

from app.core.errors import Code, InputError, StorageError
from app.core.profiles import PRESETS, Profile
from app.core.redaction import Redactor
from app.core.settings import ACTIVE_PROFILE, CONNECT_TIMEOUT, PROFILES, Settings
from app.services.profiles import FOR_THIS_RUN, Profiles, kind_of, profile_for_this_run
from app.storage.secrets import EnvironmentSecrets, FileSecrets, KeyringSecrets, SecretStore


class NoKeyring(KeyringSecrets):
    async def check(self) -> StorageError | None:
        return StorageError(Code.NO_KEYRING)


@pytest.mark.parametrize(
    ("environ", "base_url", "demo", "chosen"),
    [
        ({}, "", False, None),
        ({"MIMO_API_KEY": "sk-1"}, "", True, "demo"),
        ({"MIMO_API_KEY": "sk-1"}, "", False, "payg"),
        ({"MIMO_API_KEY": "tp-1"}, "", False, "token-plan-cn"),
        ({"MIMO_BASE_URL": "https://token-plan-sgp.xiaomimimo.com/v1/"}, "", False, "token-plan-sgp"),
        ({}, "https://gateway.example.org/v1", False, FOR_THIS_RUN),
    ],
)
def test_for_this_run(environ: dict[str, str], base_url: str, demo: bool, chosen: str | None) -> None:
    profile = profile_for_this_run(environ, base_url=base_url, demo=demo)
    assert (profile.id if profile else None) == chosen


def test_kinds_by_host() -> None:
    assert kind_of("https://api.xiaomimimo.com/v1") == "payg"
    assert kind_of("http://127.0.0.1:30000/v1") == "self-hosted"
    assert kind_of("https://gateway.example.org/v1") == "gateway"


def test_a_profile_for_this_run_is_used_and_never_kept() -> None:
    settings = Settings()
    temporary = Profile(FOR_THIS_RUN, "gateway", "x", "https://gateway.example.org/v1")
    profiles = Profiles(settings, temporary)
    assert profiles.active.id == FOR_THIS_RUN
    profiles.use(FOR_THIS_RUN)
    assert settings.get(ACTIVE_PROFILE) == "demo"


def test_presets_can_be_changed_and_own_ones_removed() -> None:
    settings = Settings()
    profiles = Profiles(settings)
    own = Profile("mine", "gateway", "Mine", "https://gateway.example.org/v1")
    profiles.save(own)
    profiles.use("mine")
    assert Profiles(settings).active.id == "mine"
    profiles.remove("mine")
    assert profiles.active.id == "demo"
    assert [profile.id for profile in profiles.all()] == [preset.id for preset in PRESETS]


def own(profile_id: str, base_url: str = "https://gateway.example.org/v1") -> Profile:
    return Profile(profile_id, "gateway", profile_id, base_url)


def test_an_edited_profile_stays_in_its_place_and_one_that_comes_back_returns_to_it() -> None:
    profiles = Profiles(Settings())
    for profile_id in ("a", "b", "c"):
        profiles.save(own(profile_id))
    profiles.save(msgspec.structs.replace(profiles.get("b"), name="changed"))
    assert [profile.name for profile in profiles.all()[-3:]] == ["a", "changed", "c"]
    gone = profiles.get("b")
    profiles.remove("b")
    profiles.save(gone)
    assert [profile.name for profile in profiles.all()[-3:]] == ["a", "changed", "c"]


def test_the_one_for_this_run_and_presets_cannot_be_removed() -> None:
    settings = Settings()
    profiles = Profiles(settings, own(FOR_THIS_RUN))
    profiles.save(own("mine"))
    profiles.save(msgspec.structs.replace(PRESETS[1], currency="USD"))
    settings.set(ACTIVE_PROFILE, "mine")
    profiles.use(FOR_THIS_RUN)
    profiles.remove(FOR_THIS_RUN)
    assert profiles.active.id == FOR_THIS_RUN
    assert settings.get(ACTIVE_PROFILE) == "mine"


def test_what_the_settings_say_from_outside_holds() -> None:
    settings = Settings()
    profiles = Profiles(settings)
    settings.set(PROFILES, [msgspec.to_builtins(own("mine"))])
    settings.set(ACTIVE_PROFILE, "mine")
    assert profiles.active.id == "mine"
    settings.set(PROFILES, [msgspec.to_builtins(own("mine", "https://other.example/v1"))])
    assert profiles.active.base_url == "https://other.example/v1"
    settings.set(PROFILES, [])
    assert profiles.active.id == "demo"


async def test_a_key_for_this_run_goes_to_no_other_address(tmp_path: Path) -> None:
    """A run at one address, a run at another, and an address that is changed while the program runs."""

    def run(base_url: str) -> tuple[Profiles, SecretStore]:
        environ = {"MIMO_API_KEY": "sk-environment-0123"} if base_url.startswith("https://environment") else {}
        profiles = Profiles(Settings(), profile_for_this_run(environ, base_url=base_url, demo=False))
        environment = EnvironmentSecrets(profiles.has_environment_key, environ)
        file = FileSecrets(tmp_path / "secrets.json")
        return profiles, SecretStore(Redactor(), NoKeyring(), file, environment, profiles.key_name)

    profiles, keys = run("https://a.example/v1")
    await keys.save(FOR_THIS_RUN, "sk-of-a-0123456789", in_file=True)
    assert await run("https://b.example/v1")[1].find(FOR_THIS_RUN) is None
    assert await run("http://a.example/v1")[1].find(FOR_THIS_RUN) is None
    found = await run("https://a.example:443/v2")[1].find(FOR_THIS_RUN)
    assert found is not None and found.value == "sk-of-a-0123456789"

    before = profiles.active
    profiles.save(msgspec.structs.replace(before, base_url="https://b.example/v1"))
    assert await keys.find(FOR_THIS_RUN) is None
    await keys.save(FOR_THIS_RUN, "sk-of-b-0123456789", in_file=True)
    profiles.save(before)
    found = await keys.find(FOR_THIS_RUN)
    assert found is not None and found.value == "sk-of-a-0123456789"

    profiles, keys = run("https://environment.example/v1")
    found = await keys.find(FOR_THIS_RUN)
    assert found is not None and found.value == "sk-environment-0123"
    profiles.save(msgspec.structs.replace(profiles.active, base_url="https://b.example/v1"))
    found = await keys.find(FOR_THIS_RUN)
    assert found is not None and found.value == "sk-of-b-0123456789"
    assert await keys.find("payg") is None
    assert profiles.key_names() >= {FOR_THIS_RUN, f"{FOR_THIS_RUN} https://b.example:443", "payg"}


@pytest.mark.parametrize(
    "address",
    ["not an address", "ftp://x/y", "https://exa mple/v1", "https://", "https://x:0/v1", "https://user:s3cret@host/v1"],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InputError) as refused:
        Profiles(Settings()).save(Profile("x", "gateway", "x", address))
    assert refused.value.code is Code.BAD_URL
    assert "s3cret" not in str(refused.value)


def test_network_settings_hold_for_every_profile() -> None:
    settings = Settings()
    settings.set(CONNECT_TIMEOUT, 3.0)
    assert Profiles(settings).active.timeouts.connect == 3.0


def test_the_working_header_style_is_kept_until_the_address_or_the_style_changes() -> None:
    settings = Settings()
    profiles = Profiles(settings)
    cluster = profiles.get("token-plan-sgp")
    profiles.remember_style(cluster, "bearer")
    kept = Profiles(settings).get("token-plan-sgp")
    assert (kept.authentication, kept.working_authentication) == ("api-key", "bearer")
    profiles.save(msgspec.structs.replace(kept, name="Mine"))
    assert profiles.get("token-plan-sgp").working_authentication == "bearer"
    profiles.save(msgspec.structs.replace(kept, base_url="https://proxy.example.org/v1"))
    assert profiles.get("token-plan-sgp").working_authentication == ""
    profiles.remember_style(cluster, "bearer")  # of a call to the former address
    assert profiles.get("token-plan-sgp").working_authentication == ""


def test_the_own_header_style_is_not_kept_apart() -> None:
    profiles = Profiles(Settings())
    profiles.remember_style(profiles.get("payg"), "bearer")
    profiles.remember_style(profiles.get("payg"), "api-key")
    assert profiles.get("payg").working_authentication == ""
