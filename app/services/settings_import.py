"""Previews and applies the settings of an archive.

An archive may come from an untrusted source. It must neither send a key to another address nor allow anything the user
did not allow here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from app.core.chat_defaults import chat_defaults_of
from app.core.errors import InputError
from app.core.extra_body import fields_of_others
from app.core.hosts import origin_of
from app.core.messages import new_id
from app.core.numbered_names import unique_name
from app.core.profiles import DEMO, Profile, profile_of
from app.core.settings import (
    ACTIVE_PROFILE,
    ALWAYS_ALLOWED_TOOLS,
    ASK_BEFORE_TOOL,
    CERTIFICATES,
    CHAT_DEFAULTS,
    DECLARED,
    ENABLED_TOOLS,
    FAVOURITE_TAGS,
    MODELS,
    PRESENTATION_HIDES_HOSTS,
    PRESENTATION_MODE,
    PRICES,
    PROFILES,
    PROXY,
    SAVED_PROMPTS,
    TOKEN_PLAN_TERMS,
    TOOL_ROUNDS,
    TRUST_ENV,
    Setting,
    Settings,
)
from app.services.profiles import kept_profiles

T = TypeVar("T")

_OF_THIS_COMPUTER = ("remembered", "audio")
"""Pages whose settings belong to this computer, such as window and devices."""
_LEFT_OUT = frozenset(
    {ACTIVE_PROFILE, TOKEN_PLAN_TERMS, ASK_BEFORE_TOOL, ALWAYS_ALLOWED_TOOLS, ENABLED_TOOLS, TOOL_ROUNDS}
    | {PRESENTATION_MODE, PRESENTATION_HIDES_HOSTS, PROXY, TRUST_ENV, CERTIFICATES}
)
"""Consent, permissions, presentation mode and network access of this computer are not imported."""
_MERGED = frozenset({PROFILES, MODELS, PRICES, SAVED_PROMPTS, FAVOURITE_TAGS})
_NEW = Profile("", "gateway", "", "")


class SettingsPreview(NamedTuple):
    """The settings of an archive that can be imported.

    Attributes:
        values: new values by key; only those that differ.
        added: new services, with new ids.
        changed: changed services, as they would be afterwards.
        elsewhere: services of the archive that are left out because services here with the same ids have other
            addresses, and keys for them.
    """

    values: dict[str, Any]
    added: tuple[Profile, ...] = ()
    changed: tuple[Profile, ...] = ()
    elsewhere: tuple[Profile, ...] = ()


def preview(settings: Settings, archived: Mapping[str, Any]) -> SettingsPreview:
    """Return the settings of an archive that can be imported, without changing anything. Invalid values are left out.

    Services are merged by id, or by name and address. A new service gets a new id: keys are stored by id for all homes
    on this computer, and the key of another home must not be sent to an address from an archive. Network options
    (proxy, certificates, plain HTTP) stay as they are here. Tables by service are merged for services that are imported
    or have the same address here.
    """
    here = kept_profiles(settings)
    added, changed, elsewhere, ids = _compared(here, archived)
    values = {key: _usable(DECLARED[key], value) for key, value in archived.items() if _is_taken_as_it_is(key)}
    values[PROFILES.key] = _with(settings.get(PROFILES), (*changed, *added))
    for table in (MODELS, PRICES):
        theirs = _usable(table, archived.get(table.key)) or {}
        values[table.key] = _merged(
            settings.get(table), {ours: theirs[name] for name, ours in ids.items() if name in theirs}
        )
    our_prompts: dict[str, str] = settings.get(SAVED_PROMPTS)
    prompts = _usable(SAVED_PROMPTS, archived.get(SAVED_PROMPTS.key)) or {}
    values[SAVED_PROMPTS.key] = _with_prompts(our_prompts, prompts)
    ours = settings.get(FAVOURITE_TAGS)
    theirs_too = _usable(FAVOURITE_TAGS, archived.get(FAVOURITE_TAGS.key)) or []
    values[FAVOURITE_TAGS.key] = [*ours, *(tag for tag in dict.fromkeys(theirs_too) if tag not in ours)]
    own_defaults = values.get(CHAT_DEFAULTS.key)
    if own_defaults:
        values[CHAT_DEFAULTS.key] = _defaults_of_others(own_defaults)
    different = {
        key: value for key, value in values.items() if value is not None and value != settings.get(DECLARED[key])
    }
    return SettingsPreview(different, added, changed, elsewhere)


def apply(
    settings: Settings, archived: Mapping[str, Any], take_back_prompts: Callable[[Mapping[str, str]], object]
) -> Callable[[], None]:
    """Apply the settings of `preview`; return a function that undoes it but keeps services added meanwhile.

    `take_back_prompts` takes imported prompts out of the library, which moves them from the settings into its store.
    """
    taken = preview(settings, archived)
    before = {key: settings.get(DECLARED[key]) for key in taken.values}
    for key, value in taken.values.items():
        settings.set(DECLARED[key], value)

    def undo() -> None:
        for key, value in before.items():
            settings.set(DECLARED[key], _undone(settings, taken, value) if key == PROFILES.key else value)
        earlier: Mapping[str, str] = before.get(SAVED_PROMPTS.key, {})
        prompts: Mapping[str, str] = taken.values.get(SAVED_PROMPTS.key, {})
        take_back_prompts({name: text for name, text in prompts.items() if name not in earlier})

    return undo


def _defaults_of_others(record: dict[str, Any]) -> dict[str, Any] | None:
    """Defaults of new conversations as they are imported: which tools are on is not. None for unusable ones."""
    try:
        defaults = chat_defaults_of(record)
    except InputError:
        return None
    text, extra = fields_of_others(defaults.extra_body, defaults.sampling.extra)
    taken = {**record, "tools": None}
    if extra != defaults.sampling.extra or text != defaults.extra_body:
        taken |= {"extra_body": text, "sampling": {**record.get("sampling", {}), "extra": extra}}
    return taken


def _undone(settings: Settings, taken: SettingsPreview, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the current rows with changed ones restored and imported ones removed."""
    came = {profile.id for profile in (*taken.added, *taken.changed)}
    earlier = {row["id"]: row for row in before if row["id"] in came}
    rows = settings.get(PROFILES)
    return [earlier.get(row["id"], row) for row in rows if row["id"] in earlier or row["id"] not in came]


def _is_taken_as_it_is(key: str) -> bool:
    setting = DECLARED.get(key)
    return setting is not None and setting.page not in _OF_THIS_COMPUTER and setting not in _LEFT_OUT | _MERGED


def _usable(setting: Setting[T], value: object) -> T | None:
    try:
        return setting.check(value)
    except InputError:
        return setting.salvage(value)


def _compared(
    here: Mapping[str, Profile], archived: Mapping[str, Any]
) -> tuple[tuple[Profile, ...], tuple[Profile, ...], tuple[Profile, ...], dict[str, str]]:
    """Compare an archive's services with those here.

    Returns the new ones, the changed ones, those with another address, and the id here for each id of the archive.
    """
    added, changed, elsewhere = [], [], []
    ids = {profile_id: profile_id for profile_id in here}
    for theirs in map(profile_of, _usable(PROFILES, archived.get(PROFILES.key)) or ()):
        ours = here.get(theirs.id) or _alike(here, theirs)
        if ours is None:
            added.append(_reached_like(msgspec.structs.replace(_NEW, id=new_id()), theirs))
            ids[theirs.id] = added[-1].id
        elif origin_of(ours.base_url) != origin_of(theirs.base_url):
            elsewhere.append(theirs)
            del ids[theirs.id]
        else:
            ids[theirs.id] = ours.id
            if ours.kind != DEMO.kind and (merged := _reached_like(ours, theirs)) != ours:
                changed.append(merged)
    return tuple(added), tuple(changed), tuple(elsewhere), ids


def _alike(here: Mapping[str, Profile], theirs: Profile) -> Profile | None:
    """Return the service here with the same name and address, such as from an earlier import."""
    return next((ours for ours in here.values() if (ours.name, ours.base_url) == (theirs.name, theirs.base_url)), None)


def _reached_like(ours: Profile, theirs: Profile) -> Profile:
    """Return their service with our id and our network options, which are not imported."""
    return msgspec.structs.replace(
        theirs,
        id=ours.id,
        proxy=ours.proxy,
        trust_env=ours.trust_env,
        certificates=ours.certificates,
        allow_plain_http=ours.allow_plain_http,
    )


def _with(rows: list[dict[str, Any]], profiles: Iterable[Profile]) -> list[dict[str, Any]]:
    """Return the rows with profiles of the same ids replaced and the others appended."""
    by_id = {row["id"]: row for row in rows}
    return list((by_id | {profile.id: msgspec.to_builtins(profile) for profile in profiles}).values())


def _with_prompts(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """Return our prompts and theirs; another text with a name of ours gets a number behind its name."""
    prompts = dict(ours)
    for name, text in theirs.items():
        if text not in prompts.values():
            prompts[unique_name(name, prompts)] = text
    return prompts


def _merged(ours: dict[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    return ours | {name: {**ours.get(name, {}), **rows} for name, rows in theirs.items()}
