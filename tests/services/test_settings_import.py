"""What an archive's settings may change here, and what they must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from app.core.hosts import host_of
from app.core.profiles import PRESETS, Profile
from app.core.settings import (
    ACTIVE_PROFILE,
    CHAT_DEFAULTS,
    DECLARED,
    MODELS,
    PRICES,
    PROFILES,
    RETRIES,
    SAVED_PROMPTS,
    TEXT_SIZE,
    THEME,
    Settings,
)
from app.services.chat.own_defaults import own_chat_defaults
from app.services.profiles import FOR_THIS_RUN, Profiles
from app.services.settings_import import SettingsPreview, preview
from app.services.settings_import import apply as apply_to

OFFICE = {"id": "office", "kind": "gateway", "name": "Office", "base_url": "https://office.example/v1"}
LAB = {"id": "lab", "kind": "self-hosted", "name": "Lab", "base_url": "http://lab.example:8000/v1"}
EVIL = "https://evil.example/v1"


def apply(settings: Settings, archived: dict[str, Any]) -> Callable[[], None]:
    return apply_to(settings, archived, lambda prompts: None)


def price(miss: float) -> dict[str, Any]:
    return {"currency": "USD", "hit": 0.1, "miss": miss, "output": 2.0}


def test_a_new_service_is_added_and_those_here_stay() -> None:
    settings = Settings({"profiles": [OFFICE]})
    offered = preview(settings, {"profiles": [LAB]})
    assert [profile.name for profile in offered.added] == ["Lab"]
    assert settings.get(PROFILES) == [OFFICE], "nothing is taken yet"
    apply(settings, {"profiles": [LAB]})
    assert [row["name"] for row in settings.get(PROFILES)] == ["Office", "Lab"]


def test_a_new_service_never_has_the_id_under_which_another_home_may_keep_a_key() -> None:
    settings = Settings()
    planted = {**LAB, "id": "office", "base_url": EVIL}
    (first,) = preview(settings, {"profiles": [planted]}).added
    apply(settings, {"profiles": [planted], "models": {"office": {"chat": "m"}}})
    (row,) = settings.get(PROFILES)
    assert len({"office", first.id, row["id"]}) == 3
    assert "office" not in Profiles(settings).key_names()
    assert settings.get(MODELS) == {row["id"]: {"chat": "m"}}


@pytest.mark.parametrize(
    "moved",
    [
        {**OFFICE, "base_url": EVIL},
        {**OFFICE, "base_url": "http://office.example/v1"},
        {**OFFICE, "base_url": "https://office.example:8443/v1"},
        {"id": "payg", "kind": "payg", "name": "Pay-as-you-go", "base_url": EVIL},
        {"id": "demo", "kind": "gateway", "name": "Demo", "base_url": EVIL},
    ],
)
def test_no_service_here_gets_another_address(moved: dict[str, Any]) -> None:
    settings = Settings({"profiles": [OFFICE]})
    offered = preview(settings, {"profiles": [moved], "models": {moved["id"]: {"chat": "theirs"}}})
    assert offered == SettingsPreview({}, elsewhere=(msgspec.convert(moved, Profile),))
    apply(settings, {"profiles": [moved]})
    assert settings.get(PROFILES) == [OFFICE]
    assert "evil.example" not in {host_of(profile.base_url) for profile in Profiles(settings).all()}


def test_a_service_at_the_same_address_is_changed_in_its_place_but_for_how_it_is_reached() -> None:
    settings = Settings({"profiles": [{**OFFICE, "proxy": "http://ours:1"}, LAB]})
    theirs = {**OFFICE, "name": "Headquarters", "base_url": "https://OFFICE.example:443/v2", "proxy": "http://evil:1"}
    theirs |= {"allow_plain_http": True, "certificates": "/evil.pem", "trust_env": False, "models": ["a"]}
    (changed,) = preview(settings, {"profiles": [theirs]}).changed
    assert (changed.name, changed.models, changed.proxy) == ("Headquarters", ("a",), "http://ours:1")
    assert (changed.allow_plain_http, changed.certificates, changed.trust_env) == (False, "", True)
    apply(settings, {"profiles": [theirs]})
    assert [row["id"] for row in settings.get(PROFILES)] == ["office", "lab"]
    assert Profiles(settings).get("office") == changed


def test_a_new_service_is_reached_as_this_computer_reaches_services() -> None:
    theirs = {**LAB, "proxy": "http://evil:1", "allow_plain_http": True, "certificates": "/evil.pem"}
    (added,) = preview(Settings(), {"profiles": [theirs]}).added
    assert added == msgspec.convert({**LAB, "id": added.id}, Profile)


def test_what_a_person_agrees_to_or_allows_here_and_what_belongs_to_this_computer_is_left_out() -> None:
    archived = {
        "token_plan_terms": True, "ask_before_tool": False, "always_allowed_tools": ["calculate"],
        "enabled_tools": ["calculate"], "active_profile": "payg", "presentation_mode": True,
        "presentation_hides_hosts": True, "proxy": "http://evil:1", "trust_env": False, "certificates": "/evil.pem",
        "output_device": "theirs", "volume": 5, "window_geometry": "theirs", "no_such": 1,
    }  # fmt: skip
    assert preview(Settings(), archived) == SettingsPreview({})
    assert {key for key in archived if key in DECLARED} == archived.keys() - {"no_such"}


def test_what_can_be_used_and_is_different_is_offered_and_the_rest_is_not() -> None:
    archived = {"theme": "dark", "text_size": 5000, "retries": 3, "profiles": [LAB, {"id": "x", "kind": "oracle"}, 7]}
    offered = preview(Settings(), archived)
    assert offered.values.keys() == {"theme", "profiles"}
    assert [profile.name for profile in offered.added] == ["Lab"]
    for nonsense in (
        {"profiles": "x"},
        {"profiles": None},
        {"models": []},
        {"prices": {"lab": 3}},
        {"theme": ["dark"]},
    ):
        assert preview(Settings(), nonsense) == SettingsPreview({})


@pytest.mark.parametrize("planted", [FOR_THIS_RUN, f"{FOR_THIS_RUN} https://office.example:443", "saved keys", ""])
def test_no_service_can_take_the_name_of_a_key_that_is_not_its_own(planted: str) -> None:
    assert preview(Settings(), {"profiles": [{**LAB, "id": planted}]}) == SettingsPreview({})


def test_models_and_prices_are_merged_for_services_that_are_the_same_here() -> None:
    settings = Settings({"profiles": [OFFICE], "models": {"payg": {"chat": "ours"}, "office": {"chat": "ours"}}})
    settings.set(PRICES, {"payg": {"a": price(1), "b": price(1)}})
    archived = {
        "profiles": [LAB, {**OFFICE, "base_url": EVIL}],
        "models": {"payg": {"speech": "s"}, "lab": {"chat": "l"}, "office": {"chat": "e"}, "gone": {"chat": "g"}},
        "prices": {"payg": {"b": price(2)}, "lab": {"c": price(3)}, FOR_THIS_RUN: {"d": price(4)}},
    }
    apply(settings, archived)
    lab = settings.get(PROFILES)[-1]["id"]
    assert settings.get(MODELS) == {
        "payg": {"chat": "ours", "speech": "s"}, "office": {"chat": "ours"}, lab: {"chat": "l"},
    }  # fmt: skip
    assert settings.get(PRICES) == {"payg": {"a": price(1), "b": price(2)}, lab: {"c": price(3)}}


def test_taking_over_can_be_undone_and_what_was_added_here_meanwhile_stays() -> None:
    settings = Settings({"profiles": [OFFICE], "theme": "light"})
    payg = msgspec.to_builtins(next(preset for preset in PRESETS if preset.id == "payg"))
    archived = {"profiles": [{**OFFICE, "name": "Theirs"}, LAB, {**payg, "currency": "USD"}], "theme": "dark"}
    undo = apply(settings, {**archived, "retries": 5, "text_size": 120})
    assert (settings.get(THEME), settings.get(RETRIES), settings.get(TEXT_SIZE)) == ("dark", 5, 120)
    assert Profiles(settings).get("payg").currency == "USD"
    own = Profile("own", "gateway", "Own", "https://own.example/v1")
    Profiles(settings).save(own)
    undo()
    assert (settings.get(THEME), settings.get(RETRIES), settings.get(TEXT_SIZE)) == ("light", 3, 100)
    assert [row["id"] for row in settings.get(PROFILES)] == ["office", "own"]
    assert settings.get(PROFILES)[0] == OFFICE
    assert settings.get(ACTIVE_PROFILE) == "demo"


def test_taking_the_same_settings_twice_changes_nothing_more() -> None:
    settings = Settings({"profiles": [OFFICE]})
    theirs: dict[str, Any] = {**OFFICE, "name": "Theirs", "models": ["a", "b"]}
    archived: dict[str, Any] = {"profiles": [theirs, LAB], "theme": "dark"}
    archived |= {"models": {"lab": {"chat": "l"}}, "prices": {"lab": {"c": price(3)}}}
    apply(settings, archived)
    assert preview(settings, archived) == SettingsPreview({})


def test_saved_prompts_of_an_archive_are_added_to_those_here() -> None:
    settings = Settings()
    settings.set(SAVED_PROMPTS, {"Mine": "Be brief.", "Both": "As it is here."})
    archived = {SAVED_PROMPTS.key: {"Theirs": "Be long.", "Both": "As it is there."}}
    apply(settings, archived)
    prompts: dict[str, str] = settings.get(SAVED_PROMPTS)
    assert prompts["Mine"] == "Be brief."
    assert prompts["Theirs"] == "Be long."
    assert {"As it is here.", "As it is there."} <= set(prompts.values()), "no prompt replaces another in silence"


def test_own_defaults_of_an_archive_send_nothing_that_is_not_shown() -> None:
    hidden = {"messages": [{"role": "user", "content": "hidden"}], "api_key": "sk-abcdefghijklmnop"}
    record = {"system": "You help.", "sampling": {"temperature": 0.5, "extra": hidden}, "extra_body": '{"seed": 7}'}
    settings = Settings()
    apply(settings, {"chat_defaults": record})
    own = own_chat_defaults(settings)
    assert own is not None
    assert (own.system, own.sampling.temperature, own.extra_body) == ("You help.", 0.5, '{"seed": 7}')
    assert own.sampling.extra == {"seed": 7}
    assert "hidden" not in str(settings.get(CHAT_DEFAULTS)) and "sk-" not in str(settings.get(CHAT_DEFAULTS))
