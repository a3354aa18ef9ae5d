"""The settings of an archive: what of them may hold here too, and taking that over.

An archive may come from anybody. What it holds must neither send a key to another address nor allow anything its
reader did not allow here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

import msgspec

from app.core.errors import InputError
from app.core.hosts import origin_of
from app.core.messages import new_id
from app.core.profiles import DEMO, Profile, profile_of
from app.core.settings import (
    ACTIVE_PROFILE,
    ALWAYS_ALLOWED_TOOLS,
    ASK_BEFORE_TOOL,
    CERTIFICATES,
    DECLARED,
    ENABLED_TOOLS,
    MODELS,
    PRESENTATION_HIDES_HOSTS,
    PRESENTATION_MODE,
    PRICES,
    PROFILES,
    PROXY,
    TOKEN_PLAN_TERMS,
    TRUST_ENV,
    Setting,
    Settings,
)
from app.services.profiles import kept_profiles

T = TypeVar("T")

_OF_THIS_COMPUTER = ("remembered", "audio")
"""Pages whose settings belong to this computer: its window, its devices."""
_LEFT_OUT = frozenset(
    {ACTIVE_PROFILE, TOKEN_PLAN_TERMS, ASK_BEFORE_TOOL, ALWAYS_ALLOWED_TOOLS, ENABLED_TOOLS}
    | {PRESENTATION_MODE, PRESENTATION_HIDES_HOSTS, PROXY, TRUST_ENV, CERTIFICATES}
)
"""What a person agrees to, allows or hides here, and how this computer reaches the network."""
_MERGED = frozenset({PROFILES, MODELS, PRICES})
_NEW = Profile("", "gateway", "", "")


class Offer(NamedTuple):
    """What of an archive's settings can be taken over.

    Attributes:
        values: what would hold afterwards, by key; only what is different now.
        added: services that are not here yet, with ids that never were anywhere.
        changed: services as they would be afterwards.
        elsewhere: services of the archive that are left out, because those here with their ids have other addresses,
            and keys that belong there.
    """

    values: dict[str, Any]
    added: tuple[Profile, ...] = ()
    changed: tuple[Profile, ...] = ()
    elsewhere: tuple[Profile, ...] = ()


def offer(settings: Settings, archived: Mapping[str, Any]) -> Offer:
    """What of an archive's settings, by key, can be taken over. Nothing is changed yet; what can't be used is left out.

    Services are merged by their id, or by name and address. One that is new gets an id of its own: keys are kept by the
    ids of all homes on this computer, and that of another home must not go where an archive says. How each is reached
    (proxy, certificates, unencrypted) stays as it is here. Tables by service are merged too, for services that come
    along or have the same address here.
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
    different = {
        key: value for key, value in values.items() if value is not None and value != settings.get(DECLARED[key])
    }
    return Offer(different, added, changed, elsewhere)


def take(settings: Settings, archived: Mapping[str, Any]) -> Callable[[], None]:
    """Let hold what `offer` gives now; returns what undoes it. A service that was added here meanwhile stays then."""
    taken = offer(settings, archived)
    before = {key: settings.get(DECLARED[key]) for key in taken.values}
    for key, value in taken.values.items():
        settings.set(DECLARED[key], value)

    def undo() -> None:
        for key, value in before.items():
            settings.set(DECLARED[key], _undone(settings, taken, value) if key == PROFILES.key else value)

    return undo


def _undone(settings: Settings, taken: Offer, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of now with those that were changed as they were, and without those that were added."""
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
    """An archive's services: those that are new here, those that change one here, those whose address is another;
    and under which id here each id of the archive goes on.
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
    """The one here of the same name and address, such as the same archive brought along before."""
    return next((ours for ours in here.values() if (ours.name, ours.base_url) == (theirs.name, theirs.base_url)), None)


def _reached_like(ours: Profile, theirs: Profile) -> Profile:
    """Their service under our id and over our network; nobody here agreed to more."""
    return msgspec.structs.replace(
        theirs,
        id=ours.id,
        proxy=ours.proxy,
        trust_env=ours.trust_env,
        certificates=ours.certificates,
        allow_plain_http=ours.allow_plain_http,
    )


def _with(rows: list[dict[str, Any]], profiles: Iterable[Profile]) -> list[dict[str, Any]]:
    """The rows with these profiles in the place of those with their ids, the others behind."""
    by_id = {row["id"]: row for row in rows}
    return list((by_id | {profile.id: msgspec.to_builtins(profile) for profile in profiles}).values())


def _merged(ours: dict[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    return ours | {name: {**ours.get(name, {}), **rows} for name, rows in theirs.items()}
