"""Lets the services page act: profiles, their keys, the terms, and the connection test."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any, cast

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.errors import Code, InputError, WorkbenchError
from app.core.keys import expected_kind, key_kind
from app.core.messages import new_id
from app.core.profiles import PRESETS, Profile, ServiceKind, host_of
from app.core.redaction import tail
from app.core.settings import PRESENTATION_HIDES_HOSTS, TOKEN_PLAN_TERMS
from app.services.connection_test import NAMES, TestResult, run_tests
from app.services.spending import is_token_plan
from app.ui.settings.connection_section import Remedy
from app.ui.settings.page_presenter import PagePresenter, open_address
from app.ui.settings.ports import FoundKey, SettingsParts
from app.ui.settings.services_page import ServicesPage
from app.ui.settings.spend_presenter import SpendPresenter
from app.ui.texts.errors import words
from app.ui.texts.services import kind_name, no_key_words, place_of_key, service_name
from app.ui.texts.services import test_facts as facts_of
from app.ui.texts.services import test_name as name_of
from app.ui.texts.services import test_state as state_of
from app.ui.widgets.chips import Kind
from app.ui.widgets.rows import Row

_EDIT = "service-edit"
"""Topic of what can be undone: only the last step can, for an earlier one would undo something else by now."""
_KINDS: dict[str, Kind] = {"good": "good", "warn": "warn", "bad": "bad", "skipped": "neutral"}


class ServicesPresenter(PagePresenter):
    """Joins the services page with profiles, keys and the test."""

    def __init__(self, page: ServicesPage, parts: SettingsParts) -> None:
        super().__init__(page, parts)
        self._page = page
        self._shown = parts.profiles.active.id
        self._results: list[TestResult] = []
        self._explained = ""
        self._testing: asyncio.Task[Any] | None = None
        self._spend = SpendPresenter(page, parts)
        page.chosen.connect(self._choose)
        page.changed.connect(lambda changes: self.spawn(self._change(changes)))
        page.key_saved.connect(lambda key, in_file: self.spawn(self._save_key(key, in_file)))
        page.key_removed.connect(lambda: self.spawn(self._remove_key()))
        page.added.connect(self._add)
        page.duplicated.connect(self._duplicate)
        page.removed.connect(lambda: self.spawn(self._remove()))
        page.terms_accepted.connect(self._accept_terms)
        page.connection.used.connect(lambda: self.spawn(self._use()))
        page.connection.tested.connect(self._test_or_stop)
        page.connection.selected.connect(self._explain)
        page.connection.opened.connect(open_address)
        parts.connection.on_change.append(self.show)
        parts.settings.watch(PRESENTATION_HIDES_HOSTS, lambda on: self.show())
        self.show()

    @property
    def _profile(self) -> Profile:
        return self.parts.profiles.get(self._shown)

    def show(self) -> None:
        """Everything on the page anew, as it is now and in the language of now."""
        profiles, profile = self.parts.profiles, self._profile
        hide = self.presenting and self.parts.settings.get(PRESENTATION_HIDES_HOSTS)
        self._page.show_profiles(profiles.all(), profiles.active.id, profile, hide_hosts=hide)
        self._page.show_terms(needed=is_token_plan(profile), accepted=self.parts.settings.get(TOKEN_PLAN_TERMS))
        self._show_results()
        self._spend.show(profile)
        self.spawn(self._show_key())

    # -- profiles ---------------------------------------------------------------------------------------------------

    def _choose(self, profile_id: str) -> None:
        self._shown = profile_id
        self._stop_test()
        self._forget_results()
        self._page.notice.clear()
        self.show()

    async def _change(self, changes: dict[str, Any]) -> None:
        """A changed field is kept at once, can be undone, and holds from the next call on."""
        before = self._profile
        after = msgspec.structs.replace(before, **changes)
        moved = host_of(after.base_url) != host_of(before.base_url)
        key = await self.parts.keys.find(before.id) if moved else None
        if not self._keep(after):
            return
        said = QCoreApplication.translate("Services", "“{name}” was changed.")
        if key is not None:
            said = QCoreApplication.translate("Services", "“{name}” was changed: its key now goes to {host}.")
        self.parts.messages.say(
            said.format(name=service_name(after), host=host_of(after.base_url)),
            undo=lambda: self._keep(before),
            replace=_EDIT,
        )

    def _keep(self, profile: Profile) -> bool:
        self._page.notice.clear()
        try:
            self.parts.profiles.save(profile)
        except WorkbenchError as error:
            self._page.notice.say("bad", str(words(error)))
            return False
        self._forget_results()
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

        def undo() -> None:
            self.parts.profiles.remove(profile.id)
            self._choose(before)

        said = QCoreApplication.translate("Services", "“{name}” was added.").format(name=profile.name)
        self.parts.messages.say(said, undo=undo, replace=_EDIT)

    def _free_name(self, name: str) -> str:
        taken = {service_name(profile) for profile in self.parts.profiles.all()}
        number = 2
        while f"{name} {number}" in taken:
            number += 1
        return f"{name} {number}"

    async def _remove(self) -> None:
        """The profile goes with its key; undoing brings both back."""
        gone = self._profile
        used = gone.id == self.parts.profiles.active.id
        key = await self.parts.keys.find(gone.id)
        if key is not None:
            await self.parts.keys.remove(gone.id)
        self.parts.profiles.remove(gone.id)
        self._choose(self.parts.profiles.active.id)
        if used:
            await self.parts.connection.use(self.parts.profiles.active)
        said = QCoreApplication.translate("Services", "“{name}” was removed.").format(name=gone.name)
        self.parts.messages.say(said, undo=lambda: self.spawn(self._bring_back(gone, key, used=used)), replace=_EDIT)

    async def _bring_back(self, profile: Profile, key: FoundKey | None, *, used: bool) -> None:
        self.parts.profiles.save(profile)
        if key is not None:
            await self.parts.keys.save(profile.id, key.value, in_file=key.place == "file")
        if used:
            await self.parts.connection.use(self.parts.profiles.use(profile.id))
        self._choose(profile.id)

    # -- keys -------------------------------------------------------------------------------------------------------

    async def _save_key(self, key: str, in_file: bool) -> None:
        """A key that can't belong to this host is refused and stays in the field."""
        shown, page = self._shown, self._page
        found, wanted = key_kind(key.strip()), expected_kind(host_of(self._profile.base_url))
        if key.strip() and (found == "unreadable" or (found and wanted and found != wanted)):
            refused = InputError(Code.KEY_KIND, host=host_of(self._profile.base_url))
            page.refuse_key(str(words(refused)))
            return
        try:
            place = await self.parts.keys.save(shown, key, in_file=in_file)
        except InputError:
            page.refuse_key(QCoreApplication.translate("Services", "Type or paste the key first."))
            return
        page.key.clear()
        page.notice.clear()
        tell = self.parts.messages.done if place == "keyring" else self.parts.messages.warn
        tell(place_of_key(place), replace="key")
        self._reconnect_if_used(shown)
        await self._show_key()

    async def _remove_key(self) -> None:
        shown = self._shown
        key = await self.parts.keys.find(shown)
        await self.parts.keys.remove(shown)

        async def bring_back() -> None:
            if key is not None:
                await self.parts.keys.save(shown, key.value, in_file=key.place == "file")
            self._reconnect_if_used(shown)
            await self._show_key()

        said = QCoreApplication.translate("Services", "The key was removed.")
        self.parts.messages.say(said, undo=lambda: self.spawn(bring_back()), replace="key")
        self._reconnect_if_used(shown)
        await self._show_key()

    async def _show_key(self) -> None:
        shown = self._shown
        if self._profile.kind == "demo":
            said = QCoreApplication.translate("Services", "The demo service needs no key of yours.")
            self._page.show_key("", said, can_remove=False, offer_file=False)
            return
        found = await self.parts.keys.find(shown)
        problem = await self.parts.keys.check()
        if shown != self._shown:
            return
        end = "" if found is None or self.presenting else tail(found.value)
        place = "" if found is None else str(found.place)
        said = place_of_key(place) if place else no_key_words(self._profile, keychain=problem is None)
        self._page.show_key(
            end,
            said,
            can_remove=place not in ("", "environment"),
            offer_file=problem is not None or place == "file",
        )

    # -- the test ---------------------------------------------------------------------------------------------------

    def _test_or_stop(self) -> None:
        if self._testing is not None and not self._testing.done():
            self._stop_test()
        elif self._terms_accepted():
            self._testing = self.spawn(self._test())

    def _stop_test(self) -> None:
        if self._testing is not None:
            self._testing.cancel()
            self._testing = None

    def _forget_results(self) -> None:
        self._results = []
        self._explained = ""
        self._page.connection.show_remedy(None)

    async def _test(self) -> None:
        """Try the shown profile, whether it is in use or not."""
        section = self._page.connection
        section.show_testing(True)
        self._forget_results()
        self._show_results()
        try:
            profile = self.parts.profiles.with_network(self._profile)
            found = await self.parts.keys.find(profile.id) if profile.kind != "demo" else None
            key = found.value if found is not None else None
            if profile.kind == "demo":
                address, key = await self.parts.demo_address()
                profile = msgspec.structs.replace(profile, base_url=address)
            client = self.parts.make_client(profile, key)
            try:
                async with aclosing(run_tests(profile, client)) as results:
                    async for result in results:
                        self._results.append(result)
                        self._show_results()
                        if result.error is not None and not self._explained:
                            self._explain(result.name)
            finally:
                await client.aclose()
        finally:
            self._testing = None
            section.show_testing(False)
            self._show_results()

    def _show_results(self) -> None:
        done = {result.name for result in self._results}
        rows = [
            Row(result.name, name_of(result), facts_of(result), state_of(result), _KINDS[result.state])
            for result in self._results
        ]
        waiting = (
            QCoreApplication.translate("Services", "waiting")
            if self._testing is not None and not self._testing.done()
            else QCoreApplication.translate("Services", "not tried yet")
        )
        rows += [Row(name, name_of(TestResult(name, "skipped")), waiting) for name in NAMES if name not in done]
        self._page.connection.show_results(rows)
        if self._explained:
            self._explain(self._explained)

    def _explain(self, name: str) -> None:
        """Say below the list what came of a test and what to do about it."""
        result = next((result for result in self._results if result.name == name), None)
        self._explained = name if result is not None else ""
        if result is None:
            self._page.connection.show_remedy(None)
            return
        said = f"{name_of(result)}: {facts_of(result) or state_of(result)}"
        host = host_of(self._profile.base_url)
        address = console_page(result.error.code, host) if result.error is not None else ""
        self._page.connection.show_remedy(Remedy(_KINDS[result.state], said, address))
