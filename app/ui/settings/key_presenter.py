"""Saves and removes the key of the shown service, and shows where it is stored."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.errors import Code, InputError
from app.core.hosts import host_of
from app.core.keys import key_fits, key_kind, unwrapped_key
from app.core.profiles import Profile
from app.core.redaction import tail
from app.core.sentence_joiner import join_sentences
from app.ui.settings.key_section import KeySection, unreadable_key_message
from app.ui.settings.page_presenter import PagePresenter, open_address
from app.ui.settings.ports import FoundKey, SettingsDependencies
from app.ui.texts.errors import error_message
from app.ui.texts.services import key_location, no_key_message

_TOPIC = "key"


class KeyPresenter(PagePresenter):
    """Connects the key section to the key store."""

    def __init__(
        self,
        section: KeySection,
        dependencies: SettingsDependencies,
        current: Callable[[], Profile],
        on_changed: Callable[[str], None],
    ) -> None:
        """`current` returns the service on the page; `on_changed` takes the id of a service whose key changed."""
        super().__init__(section, dependencies)
        self._section, self._current, self._on_changed = section, current, on_changed
        section.save_requested.connect(lambda key, in_file: self.spawn(self._save(current(), key, in_file)))
        section.remove_requested.connect(lambda: self.spawn(self._remove(current())))
        section.address_opened.connect(open_address)

    async def show(self) -> None:
        """Show the key of the service on the page and where it is stored."""
        profile = self._current()
        if profile.kind == "demo":
            text = QCoreApplication.translate("Services", "The demo service does not need a key.")
            self._section.show_saved_key("", text)
            return
        found = await self.dependencies.keys.find(profile.id)
        problem = await self.dependencies.keys.check()
        if self._current().id != profile.id:
            return
        place = "" if found is None else str(found.location)
        self._section.show_saved_key(
            "" if found is None or self.presenting else tail(found.value),
            key_location(place) if place else no_key_message(profile, keychain=problem is None),
            page="" if place or profile.authentication == "none" else console_page(Code.KEY_MISSING, profile),
            can_remove=place not in ("", "environment"),
            offer_file=problem is not None or place == "file",
            in_file=place == "file",
        )

    async def _save(self, profile: Profile, key: str, in_file: bool) -> None:
        """Save a key. One that can't belong to this host is refused and stays in the field."""
        host = host_of(profile.base_url)
        pasted, key = key.strip(), unwrapped_key(key)
        if key and key_kind(key) == "unreadable":
            self._section.refuse(unreadable_key_message())
            return
        if key and not key_fits(key, host):
            self._section.refuse(str(error_message(InputError(Code.KEY_KIND, host=host))))
            return
        try:
            place = await self.dependencies.keys.save(profile.id, key, in_file=in_file)
        except InputError:
            self._section.refuse(QCoreApplication.translate("Services", "Type or paste the key first."))
            return
        self._section.clear()
        # Without a keychain, the page shows that permanently.
        notify = self.dependencies.notifier.success if place == "keyring" else self.dependencies.notifier.info
        text = key_location(place)
        if key != pasted:
            left_out = QCoreApplication.translate("Services", "What was pasted around it was left out.")
            text = join_sentences(text, left_out)
        notify(text, topic=_TOPIC)
        await self._key_changed(profile)

    async def _remove(self, profile: Profile) -> None:
        key = await self.dependencies.keys.find(profile.id)
        await self.dependencies.keys.remove(profile.id)
        self.dependencies.notifier.info(
            lambda: QCoreApplication.translate("Services", "The key was removed."),
            undo=lambda: self.spawn(self._restore(profile, key)),
            topic=_TOPIC,
        )
        await self._key_changed(profile)

    async def _restore(self, profile: Profile, key: FoundKey | None) -> None:
        if key is not None:
            await self.dependencies.keys.save(profile.id, key.value, in_file=key.location == "file")
        await self._key_changed(profile)

    async def _key_changed(self, profile: Profile) -> None:
        self._on_changed(profile.id)
        await self.show()
