"""Lets the services page act: profiles are shown, added, changed, removed and used, terms accepted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any, cast

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.errors import InputError
from app.core.hosts import host_of
from app.core.messages import new_id
from app.core.presentation_mask import COVER
from app.core.profiles import PRESETS, Profile, ServiceKind
from app.core.settings import PRESENTATION_HIDES_HOSTS, TOKEN_PLAN_TERMS
from app.services.spending import is_token_plan
from app.ui.settings.connection_presenter import ConnectionPresenter
from app.ui.settings.key_presenter import KeyPresenter
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import FoundKey, SettingsDependencies
from app.ui.settings.services_page import ServicesPage
from app.ui.settings.spend_presenter import SpendPresenter
from app.ui.texts.errors import words
from app.ui.texts.services import kind_name, service_name
from app.ui.widgets.presentation_cover import presentation_cover

_EDIT = "service-edit"
"""Topic of what can be undone: only the last step can, for an earlier one would undo something else by now."""


class ServicesPresenter(PagePresenter):
    """Joins the services page with profiles, keys and the test."""

    def __init__(self, page: ServicesPage, parts: SettingsDependencies) -> None:
        super().__init__(page, parts)
        self._page = page
        self._shown = parts.profiles.active.id
        self._spend = SpendPresenter(page, parts)
        self._key = KeyPresenter(page.key, parts, lambda: self._profile, self._reconnect_if_used)
        self._test = ConnectionPresenter(page.connection, parts, lambda: self._profile, self._terms_accepted)
        page.chosen.connect(self._choose)
        page.changed.connect(self._change)
        page.added.connect(self._add)
        page.duplicated.connect(self._duplicate)
        page.removed.connect(lambda: self.spawn(self._remove()))
        page.terms_accepted.connect(self._accept_terms)
        page.connection.used.connect(lambda: self.spawn(self._use()))
        parts.connection.on_change.append(self.show)
        presentation_cover().changed.connect(self.show)

    @property
    def _profile(self) -> Profile:
        return self.parts.profiles.get(self._shown)

    def show(self) -> None:
        """Everything on the page anew, as it is now and in the language of now."""
        profiles, profile = self.parts.profiles, self._profile
        self._shown = profile.id
        own = profiles.temporary
        hide = self.presenting and self.parts.settings.get(PRESENTATION_HIDES_HOSTS)
        self._page.show_profiles(
            profiles.all(),
            profiles.active.id,
            profile,
            names=_shown_names(profiles.all()),
            for_this_run=own is not None and own.id == profile.id,
            hide_sign_ins=self.presenting,
            hide_hosts=hide,
        )
        self._page.show_terms(needed=is_token_plan(profile), accepted=self.parts.settings.get(TOKEN_PLAN_TERMS))
        self._test.show()
        self._spend.show(profile)
        self.spawn(self._key.show())

    def _choose(self, profile_id: str) -> None:
        self._shown = profile_id
        self._test.forget()
        self.show()

    def _change(self, changes: dict[str, Any]) -> None:
        """A changed field is kept at once, can be undone, and holds from the next call on."""
        before = self._profile
        after = msgspec.structs.replace(before, **changes)
        if self._keep(after):
            self.spawn(self._tell_change(before, after))

    async def _tell_change(self, before: Profile, after: Profile) -> None:
        moved = host_of(after.base_url) != host_of(before.base_url)
        key = await self.parts.keys.find(after.id) if moved else None
        said = QCoreApplication.translate("Services", "“{name}” was changed.")
        if key is not None:
            said = QCoreApplication.translate("Services", "“{name}” was changed: its key now goes to {host}.")
        self.parts.messages.say(
            said.format(name=service_name(after), host=host_of(after.base_url)),
            undo=lambda: self._keep(before),
            replace=_EDIT,
        )

    def _keep(self, profile: Profile) -> bool:
        try:
            self.parts.profiles.save(profile)
        except InputError as error:
            self._page.url_notice.say("bad", str(words(error)))
            return False
        self._test.forget()
        self.show()
        self._reconnect_if_used(profile.id)
        return True

    def _reconnect_if_used(self, profile_id: str) -> None:
        if profile_id == self.parts.connection.profile.id:
            self.spawn(self.parts.connection.use(self.parts.profiles.active))

    def _accept_terms(self, accepted: bool) -> None:
        self.parts.settings.set(TOKEN_PLAN_TERMS, accepted)
        self._page.terms_notice.clear()
        self._reconnect_if_used(self._shown)

    async def _use(self) -> None:
        if not self._terms_accepted():
            return
        profile = self.parts.profiles.use(self._shown)
        await self.parts.connection.use(profile)
        self.parts.messages.done(
            QCoreApplication.translate("Services", "{service} answers from the next call on.").format(
                service=service_name(profile)
            ),
            replace="service",
        )

    def _terms_accepted(self) -> bool:
        """Whether the shown service may be spoken to; if not the page says why."""
        try:
            self.parts.profiles.check_terms(self._profile)
        except InputError as error:
            self._page.terms_notice.say("warn", str(words(error)))
            self._page.accept.setFocus()
            return False
        return True

    def _add(self, kind: str) -> None:
        known = cast(ServiceKind, kind)
        preset = next((preset for preset in PRESETS if preset.kind == known), None)
        new = preset or Profile(
            "", known, "", "https://gateway.example/v1", authentication="bearer", token_field="max_tokens",
            requests_per_minute=0,
        )  # fmt: skip
        self._add_profile(msgspec.structs.replace(new, id=new_id(), name=self._free_name(kind_name(known))))

    def _duplicate(self) -> None:
        """A copy with another name and without the key: a key belongs to one service."""
        source = self._profile
        name = self._free_name(service_name(source))
        self._add_profile(msgspec.structs.replace(source, id=new_id(), name=name))

    def _add_profile(self, profile: Profile) -> None:
        before = self._shown
        self.parts.profiles.save(profile)
        self._choose(profile.id)
        self._page.name.setFocus()
        self._page.name.selectAll()

        said = QCoreApplication.translate("Services", "“{name}” was added.").format(name=profile.name)
        self.parts.messages.say(said, undo=lambda: self.spawn(self._take_back(profile.id, before)), replace=_EDIT)

    async def _take_back(self, profile_id: str, before: str) -> None:
        await self._drop(profile_id)
        self._choose(before)

    def _free_name(self, name: str) -> str:
        taken = {service_name(profile) for profile in self.parts.profiles.all()}
        numbered = (f"{name} {number}" for number in itertools.count(2))
        return next(free for free in itertools.chain((name,), numbered) if free not in taken)

    async def _remove(self) -> None:
        """The profile goes with its key; undoing brings both back."""
        gone = self._profile
        key, used = await self._drop(gone.id)
        self._choose(self.parts.profiles.active.id)
        said = QCoreApplication.translate("Services", "“{name}” was removed.").format(name=gone.name)
        self.parts.messages.say(said, undo=lambda: self.spawn(self._bring_back(gone, key, used=used)), replace=_EDIT)

    async def _drop(self, profile_id: str) -> tuple[FoundKey | None, bool]:
        """Forget a profile with its key; gives the key that was kept, and whether the profile was in use."""
        used = profile_id == self.parts.profiles.active.id
        key = await self.parts.keys.find(profile_id)
        if key is not None and key.place == "environment":
            key = None  # Lent to whoever is at that host: to bring it back would keep it.
        if key is not None:
            await self.parts.keys.remove(profile_id)
        self.parts.profiles.remove(profile_id)
        if used:
            await self.parts.connection.use(self.parts.profiles.active)
        return key, used

    async def _bring_back(self, profile: Profile, key: FoundKey | None, *, used: bool) -> None:
        self.parts.profiles.save(profile)
        if key is not None:
            await self.parts.keys.save(profile.id, key.value, in_file=key.place == "file")
        if used:
            await self.parts.connection.use(self.parts.profiles.use(profile.id))
        self._choose(profile.id)


def _shown_names(profiles: Iterable[Profile]) -> dict[str, str]:
    """What services are called, by id. Those whose names an audience may not read are numbered, so that they can be
    told from each other.
    """
    names: dict[str, str] = {}
    hidden = itertools.count(1)
    for profile in profiles:
        name = service_name(profile)
        if presentation_cover().cover(name) != name:
            name = QCoreApplication.translate("Services", "Service {veil} {n}").format(veil=COVER, n=next(hidden))
        names[profile.id] = name
    return names
