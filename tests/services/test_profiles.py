"""Which service answers: what is set, what the command line says, what a key in the environment tells."""

import pytest

from app.core.errors import Code, InputError
from app.core.profiles import PRESETS, Profile
from app.core.settings import ACTIVE_PROFILE, CONNECT_TIMEOUT, Settings
from app.services.profiles import FOR_THIS_RUN, Profiles, kind_of, profile_for_this_run


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


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        Profiles(Settings()).save(Profile("x", "gateway", "x", "not an address"))
    assert refused.value.code is Code.BAD_URL


def test_network_settings_hold_for_every_profile() -> None:
    settings = Settings()
    settings.set(CONNECT_TIMEOUT, 3.0)
    assert Profiles(settings).active.timeouts.connect == 3.0
