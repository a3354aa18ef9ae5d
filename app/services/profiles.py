"""The service profiles: presets, the user's own, and the active one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from app.core.errors import Code, InputError
from app.core.hosts import host_of, is_local_host, is_web_address, origin_of
from app.core.keys import expected_kind, key_kind
from app.core.profiles import DEMO, FOR_THIS_RUN, PRESETS, Authentication, Profile, ServiceKind, Timeouts, profile_of
from app.core.settings import (
    ACTIVE_PROFILE,
    CERTIFICATES,
    CONNECT_TIMEOUT,
    FIRST_BYTE_TIMEOUT,
    IDLE_TIMEOUT,
    PROFILES,
    PROXY,
    RETRIES,
    SPEECH_TIMEOUT,
    TOKEN_PLAN_TERMS,
    TRUST_ENV,
    Settings,
)


class Profiles:
    """All profiles, stored in the settings; presets come first and can be changed but not removed.

    Attributes:
        temporary: a profile for this run only (command line, environment), which is then active.
    """

    def __init__(self, settings: Settings, temporary: Profile | None = None) -> None:
        self._settings = settings
        self.temporary = temporary
        self._active = temporary.id if temporary is not None else settings.get(ACTIVE_PROFILE)
        self._lent_to = self.key_name(temporary.id) if temporary is not None else None
        self._places: dict[str, int] = {}
        settings.watch(ACTIVE_PROFILE, self._follow)

    def _follow(self, profile_id: str) -> None:
        self._active = profile_id

    def all(self) -> tuple[Profile, ...]:
        """Return presets as changed by the user, then the user's own, then the one for this run."""
        kept = kept_profiles(self._settings)
        own = [self.temporary] if self.temporary is not None and self.temporary.id == FOR_THIS_RUN else []
        return (*kept.values(), *own)

    def get(self, profile_id: str) -> Profile:
        """Return a profile by id, or the demo service if the id is unknown."""
        return next((profile for profile in self.all() if profile.id == profile_id), DEMO)

    @property
    def active(self) -> Profile:
        """The active profile with the global network settings applied."""
        return self.with_network(self.get(self._active))

    def use(self, profile_id: str) -> Profile:
        """Activate a profile, also after a restart unless it is for this run only.

        Changing the setting directly has the same effect.
        """
        self._active = profile_id
        if profile_id != FOR_THIS_RUN:
            self._settings.set(ACTIVE_PROFILE, profile_id)
        return self.active

    def save(self, profile: Profile) -> None:
        """Add a profile or replace the one with its id. Raises InputError(BAD_URL) for an invalid URL."""
        if profile.kind != DEMO.kind and not is_web_address(profile.base_url):
            # Hide credentials in the URL.
            shown = re.sub(r"//[^/]*@", "//●●●●@", profile.base_url)
            raise InputError(Code.BAD_URL, url=shown, field="base_url")
        before = next((kept for kept in self.all() if kept.id == profile.id), None)
        if before is not None and not _same_way(before, profile):
            # What another address or another style took says nothing about this one.
            profile = msgspec.structs.replace(profile, working_authentication="")
        self._store(profile)

    def remember_style(self, profile: Profile, style: Authentication) -> None:
        """Keep the header style that the service of `profile` took, unless its address or style was changed since."""
        kept = next((kept for kept in self.all() if kept.id == profile.id), None)
        if kept is None or not _same_way(kept, profile):
            return
        working: Literal["", "api-key", "bearer"] = ""
        if style != kept.authentication and style in ("api-key", "bearer"):
            working = style
        self._store(msgspec.structs.replace(kept, working_authentication=working))

    def _store(self, profile: Profile) -> None:
        if profile.id == FOR_THIS_RUN:
            self.temporary = profile
            return
        rows = self._settings.get(PROFILES)
        place = _place(rows, profile.id)
        if place is None:
            # A restored profile returns to its former position.
            rows.insert(self._places.pop(profile.id, len(rows)), msgspec.to_builtins(profile))
        else:
            rows[place] = msgspec.to_builtins(profile)
        self._settings.set(PROFILES, rows)

    def remove(self, profile_id: str) -> None:
        """Remove a profile, or the changes of a preset. If it was active, the demo service becomes active."""
        rows = self._settings.get(PROFILES)
        place = _place(rows, profile_id)
        if place is None:
            return
        self._places[profile_id] = place
        del rows[place]
        self._settings.set(PROFILES, rows)
        if profile_id == self._active and profile_id not in _PRESET_IDS:
            self.use(DEMO.id)

    def key_name(self, profile_id: str) -> str:
        """Return the name a profile's key is stored under: its id.

        The profile for this run has the same id in every run, so its name includes the address: a key is never sent to
        the address of another run.
        """
        if profile_id != FOR_THIS_RUN or self.temporary is None:
            return profile_id
        return f"{FOR_THIS_RUN} {origin_of(self.temporary.base_url)}"

    def key_names(self) -> frozenset[str]:
        """Return every name a key of these profiles may be stored under."""
        return frozenset({FOR_THIS_RUN, self.key_name(FOR_THIS_RUN), *(profile.id for profile in self.all())})

    def has_environment_key(self, profile_id: str) -> bool:
        """Whether MIMO_API_KEY is for this profile: only the one for this run, at its original address."""
        return self._lent_to is not None and self.key_name(profile_id) == self._lent_to

    def with_network(self, profile: Profile) -> Profile:
        """Return the profile with the global network settings applied."""
        get = self._settings.get
        return msgspec.structs.replace(
            profile,
            timeouts=Timeouts(get(CONNECT_TIMEOUT), get(FIRST_BYTE_TIMEOUT), get(IDLE_TIMEOUT), get(SPEECH_TIMEOUT)),
            retries=get(RETRIES),
            proxy=profile.proxy or get(PROXY),
            trust_env=get(TRUST_ENV),
            certificates=profile.certificates or get(CERTIFICATES),
        )

    def check_terms(self, profile: Profile) -> None:
        """Check that the terms of a Token Plan host were accepted. Raises InputError TERMS_NOT_ACCEPTED.

        Its keys are for coding tools only, and other use may get the key revoked (WIRE.md section 1).
        """
        if expected_kind(host_of(profile.base_url)) == "token-plan" and not self._settings.get(TOKEN_PLAN_TERMS):
            raise InputError(Code.TERMS_NOT_ACCEPTED, host=host_of(profile.base_url))


_PRESET_IDS = frozenset(preset.id for preset in PRESETS)


def kept_profiles(settings: Settings) -> dict[str, Profile]:
    """Return presets as changed by the user, then the user's own, by id."""
    kept = {row["id"]: profile_of(row) for row in settings.get(PROFILES)}
    return {preset.id: kept.pop(preset.id, preset) for preset in PRESETS} | kept


def _same_way(one: Profile, other: Profile) -> bool:
    """Whether both have the same address and header style."""
    return (one.base_url, one.authentication) == (other.base_url, other.authentication)


def _place(rows: list[dict[str, Any]], profile_id: str) -> int | None:
    return next((place for place, row in enumerate(rows) if row["id"] == profile_id), None)


def profile_for_this_run(environ: Mapping[str, str], *, base_url: str, demo: bool) -> Profile | None:
    """Return the profile requested by the command line or the environment; None to use the settings.

    A key in the environment alone chooses the service by its kind (WIRE.md section 1): `sk-` pay-as-you-go,
    `tp-` and `ttp-` the Token Plan in China.
    """
    if demo:
        return DEMO
    address = (base_url or environ.get("MIMO_BASE_URL", "")).strip().rstrip("/")
    key = environ.get("MIMO_API_KEY", "").strip()
    if address:
        known = next((preset for preset in PRESETS if preset.base_url == address), None)
        return known or Profile(FOR_THIS_RUN, kind_of(address), host_of(address) or address, address)
    if key_kind(key) == "token-plan":
        return next(preset for preset in PRESETS if preset.id == "token-plan-cn")
    if key:
        return next(preset for preset in PRESETS if preset.id == "payg")
    return None


def kind_of(base_url: str) -> ServiceKind:
    """Return the kind of service of a URL, by its host."""
    host = host_of(base_url)
    for preset in PRESETS:
        if preset.kind != "self-hosted" and preset.base_url and host == host_of(preset.base_url):
            return preset.kind
    return "self-hosted" if is_local_host(host) else "gateway"
