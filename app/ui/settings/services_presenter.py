"""Connects the Services page to the profiles: shows, adds, changes, removes and activates them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Any, cast

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.errors import InputError
from app.core.hosts import host_of
from app.core.messages import new_id
from app.core.presentation_mask import COVER
from app.core.profiles import PRESETS, TOKEN_PLAN_HOSTS, Profile, ServiceKind
from app.core.settings import PRESENTATION_HIDES_HOSTS, TOKEN_PLAN_TERMS
from app.services.spending import is_token_plan
from app.ui.settings.connection_presenter import ConnectionPresenter
from app.ui.settings.key_presenter import KeyPresenter
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import FoundKey, SettingsDependencies
from app.ui.settings.services_page import ServicesPage
from app.ui.settings.spend_presenter import SpendPresenter
from app.ui.texts.errors import error_message
from app.ui.texts.services import kind_name, service_name
from app.ui.widgets.presentation_cover import presentation_cover

_EDIT_TOPIC = "service-edit"
"""Notification topic of changes. Only the last one can be undone: undoing an earlier one would revert later ones."""


class ServicesPresenter(PagePresenter):
    """Connects the Services page to profiles, keys and connection tests."""

    def __init__(self, page: ServicesPage, dependencies: SettingsDependencies) -> None:
        super().__init__(page, dependencies)
        self._page = page
        self._shown_id = dependencies.profiles.active.id
        self._spend = SpendPresenter(page, dependencies)
        self._key = KeyPresenter(page.key, dependencies, lambda: self._profile, self._reconnect_if_active)
        self._connection = ConnectionPresenter(
            page.connection, dependencies, lambda: self._profile, self._check_fields, self._change
        )
        page.profile_chosen.connect(self._choose)
        page.changed.connect(self._change)
        page.added.connect(self._add)
        page.duplicated.connect(self._duplicate)
        page.removed.connect(lambda: self.spawn(self._remove()))
        page.terms_accepted.connect(self._accept_terms)
        page.connection.use_requested.connect(lambda: self.spawn(self._use()))
        dependencies.connection.on_change.subscribe(self.show)
        presentation_cover().changed.connect(self.show)

    @property
    def _profile(self) -> Profile:
        return self.dependencies.profiles.get(self._shown_id)

    def show(self) -> None:
        """Refresh everything on the page in the current language."""
        profiles, profile = self.dependencies.profiles, self._profile
        self._shown_id = profile.id
        temporary = profiles.temporary
        hide_hosts = self.presenting and self.dependencies.settings.get(PRESENTATION_HIDES_HOSTS)
        self._page.show_profiles(
            profiles.all(),
            profiles.active.id,
            profile,
            names=_shown_names(profiles.all()),
            is_temporary=temporary is not None and temporary.id == profile.id,
            hide_credentials=self.presenting,
            hide_hosts=hide_hosts,
        )
        self._page.show_terms(needed=is_token_plan(profile), accepted=self.dependencies.settings.get(TOKEN_PLAN_TERMS))
        self._connection.show()
        self._spend.show(profile)
        self.spawn(self._key.show())

    def _choose(self, profile_id: str) -> None:
        self._shown_id = profile_id
        self._connection.reset()
        self.show()

    def _change(self, changes: dict[str, Any]) -> None:
        """Save a changed field at once, with Undo; it applies from the next request."""
        before = self._profile
        after = self._with_cluster(before, msgspec.structs.replace(before, **changes))
        if self._save(after):
            self.spawn(self._notify_change(before, after))

    def _with_cluster(self, before: Profile, after: Profile) -> Profile:
        """The profile with kind and name of the Token Plan cluster it was moved to; a name the user gave stays."""
        kind = next((kind for kind, host in TOKEN_PLAN_HOSTS.items() if host == host_of(after.base_url)), None)
        if kind is None or kind == before.kind or before.kind not in TOKEN_PLAN_HOSTS:
            return after
        name = after.name
        if after.name == before.name and re.fullmatch(
            rf"{re.escape(kind_name(before.kind))}( \d+)?", service_name(before)
        ):
            own = next((preset.name for preset in PRESETS if preset.id == before.id and preset.kind == kind), "")
            name = own or self._free_name(kind_name(kind))
        return msgspec.structs.replace(after, kind=kind, name=name)

    async def _notify_change(self, before: Profile, after: Profile) -> None:
        moved = host_of(after.base_url) != host_of(before.base_url)
        key = await self.dependencies.keys.find(after.id) if moved else None

        def text() -> str:
            changed = QCoreApplication.translate("Services", "“{name}” was changed.")
            if key is not None:
                changed = QCoreApplication.translate("Services", "“{name}” was changed. Its key is now sent to {host}.")
            return changed.format(name=service_name(after), host=host_of(after.base_url))

        self.dependencies.notifier.info(
            text,
            undo=lambda: self._save(before),
            topic=_EDIT_TOPIC,
        )

    def _save(self, profile: Profile) -> bool:
        try:
            self.dependencies.profiles.save(profile)
        except InputError as error:
            refusal = error
            self._page.url_notice.say("bad", lambda: str(error_message(refusal)))
            return False
        self._connection.reset()
        self.show()
        self._reconnect_if_active(profile.id)
        return True

    def _reconnect_if_active(self, profile_id: str) -> None:
        if profile_id == self.dependencies.connection.profile.id:
            self.spawn(self.dependencies.connection.use(self.dependencies.profiles.active))

    def _accept_terms(self, accepted: bool) -> None:
        self.dependencies.settings.set(TOKEN_PLAN_TERMS, accepted)
        self._page.terms_notice.clear()
        self._reconnect_if_active(self._shown_id)

    async def _use(self) -> None:
        if not self._page.commit_fields() or not self._check_terms():
            return
        profile = self.dependencies.profiles.use(self._shown_id)
        await self.dependencies.connection.use(profile)
        self.dependencies.notifier.success(
            QCoreApplication.translate("Services", "{service} is used from the next request.").format(
                service=service_name(profile)
            ),
            topic="service",
        )

    def _check_fields(self) -> bool:
        """Whether the service can be tested as the page shows it: typed text is saved or refused first."""
        if not self._page.commit_fields():
            return False
        if self._page.key.field.text().strip():
            self._page.key.refuse(
                QCoreApplication.translate("Services", "This key is not saved yet. Save it, then test the connection.")
            )
            return False
        return self._check_terms()

    def _check_terms(self) -> bool:
        """Whether the shown service may be used; if not, show why on the page."""
        try:
            self.dependencies.profiles.check_terms(self._profile)
        except InputError as error:
            refusal = error
            self._page.terms_notice.say("warn", lambda: str(error_message(refusal)))
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
        """Add a copy with another name and without the key, because a key belongs to one service."""
        source = self._profile
        name = self._free_name(service_name(source))
        self._add_profile(msgspec.structs.replace(source, id=new_id(), name=name))

    def _add_profile(self, profile: Profile) -> None:
        before = self._shown_id
        self.dependencies.profiles.save(profile)
        self._choose(profile.id)
        self._page.name.setFocus()
        self._page.name.selectAll()

        self.dependencies.notifier.info(
            lambda: QCoreApplication.translate("Services", "“{name}” was added.").format(name=profile.name),
            undo=lambda: self.spawn(self._undo_add(profile.id, before)),
            topic=_EDIT_TOPIC,
        )

    async def _undo_add(self, profile_id: str, before: str) -> None:
        await self._delete(profile_id)
        self._choose(before)

    def _free_name(self, name: str) -> str:
        taken = {service_name(profile) for profile in self.dependencies.profiles.all()}
        numbered = (f"{name} {number}" for number in itertools.count(2))
        return next(free for free in itertools.chain((name,), numbered) if free not in taken)

    async def _remove(self) -> None:
        """Remove the shown profile with its key; undoing restores both."""
        removed = self._profile
        key, was_active = await self._delete(removed.id)
        self._choose(self.dependencies.profiles.active.id)
        self.dependencies.notifier.info(
            lambda: QCoreApplication.translate("Services", "“{name}” was removed.").format(name=removed.name),
            undo=lambda: self.spawn(self._restore(removed, key, was_active=was_active)),
            topic=_EDIT_TOPIC,
        )

    async def _delete(self, profile_id: str) -> tuple[FoundKey | None, bool]:
        """Delete a profile with its key; returns the saved key and whether the profile was active."""
        was_active = profile_id == self.dependencies.profiles.active.id
        key = await self.dependencies.keys.find(profile_id)
        if key is not None and key.location == "environment":
            key = None  # Not saved by this program: restoring it would save it.
        if key is not None:
            await self.dependencies.keys.remove(profile_id)
        self.dependencies.profiles.remove(profile_id)
        if was_active:
            await self.dependencies.connection.use(self.dependencies.profiles.active)
        return key, was_active

    async def _restore(self, profile: Profile, key: FoundKey | None, *, was_active: bool) -> None:
        self.dependencies.profiles.save(profile)
        if key is not None:
            await self.dependencies.keys.save(profile.id, key.value, in_file=key.location == "file")
        if was_active:
            await self.dependencies.connection.use(self.dependencies.profiles.use(profile.id))
        self._choose(profile.id)


def _shown_names(profiles: Iterable[Profile]) -> dict[str, str]:
    """Display names by id. Names masked in presentation mode are numbered to keep services distinguishable."""
    names: dict[str, str] = {}
    hidden = itertools.count(1)
    for profile in profiles:
        name = service_name(profile)
        if presentation_cover().mask(name) != name:
            name = QCoreApplication.translate("Services", "Service {veil} {n}").format(veil=COVER, n=next(hidden))
        names[profile.id] = name
    return names
