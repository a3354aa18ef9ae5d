"""Keeps the key of the shown service, and tells the truth about where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.core.console import console_page
from app.core.errors import Code, InputError
from app.core.hosts import host_of
from app.core.keys import key_fits
from app.core.profiles import Profile
from app.core.redaction import tail
from app.ui.settings.key_section import KeySection
from app.ui.settings.page_presenter import PagePresenter, open_address
from app.ui.settings.ports import FoundKey, SettingsDependencies
from app.ui.texts.errors import words
from app.ui.texts.services import no_key_words, place_of_key

_TOPIC = "key"


class KeyPresenter(PagePresenter):
    """Joins the key's field with the key store."""

    def __init__(
        self,
        section: KeySection,
        parts: SettingsDependencies,
        shown: Callable[[], Profile],
        changed: Callable[[str], None],
    ) -> None:
        """`shown` is the service on the page; `changed` is told of one whose key is another now."""
        super().__init__(section, parts)
        self._section, self._shown, self._changed = section, shown, changed
        section.saved.connect(lambda key, in_file: self.spawn(self._save(shown(), key, in_file)))
        section.removed.connect(lambda: self.spawn(self._remove(shown())))
        section.opened.connect(open_address)

    async def show(self) -> None:
        """What is known of the key of the service on the page."""
        profile = self._shown()
        if profile.kind == "demo":
            said = QCoreApplication.translate("Services", "The demo service needs no key of yours.")
            self._section.show_kept("", said)
            return
        found = await self.parts.keys.find(profile.id)
        problem = await self.parts.keys.check()
        if self._shown().id != profile.id:
            return
        place = "" if found is None else str(found.place)
        self._section.show_kept(
            "" if found is None or self.presenting else tail(found.value),
            place_of_key(place) if place else no_key_words(profile, keychain=problem is None),
            page="" if place or profile.authentication == "none" else console_page(Code.KEY_MISSING, profile),
            can_remove=place not in ("", "environment"),
            offer_file=problem is not None or place == "file",
            in_file=place == "file",
        )

    async def _save(self, profile: Profile, key: str, in_file: bool) -> None:
        """A key that can't belong to this host is refused and stays in the field."""
        host = host_of(profile.base_url)
        if key.strip() and not key_fits(key.strip(), host):
            self._section.refuse(str(words(InputError(Code.KEY_KIND, host=host))))
            return
        try:
            place = await self.parts.keys.save(profile.id, key, in_file=in_file)
        except InputError:
            self._section.refuse(QCoreApplication.translate("Services", "Type or paste the key first."))
            return
        self._section.clear()
        # Where there is no keychain the page says so all the time.
        tell = self.parts.messages.done if place == "keyring" else self.parts.messages.say
        tell(place_of_key(place), replace=_TOPIC)
        await self._is_another(profile)

    async def _remove(self, profile: Profile) -> None:
        key = await self.parts.keys.find(profile.id)
        await self.parts.keys.remove(profile.id)
        said = QCoreApplication.translate("Services", "The key was removed.")
        self.parts.messages.say(said, undo=lambda: self.spawn(self._bring_back(profile, key)), replace=_TOPIC)
        await self._is_another(profile)

    async def _bring_back(self, profile: Profile, key: FoundKey | None) -> None:
        if key is not None:
            await self.parts.keys.save(profile.id, key.value, in_file=key.place == "file")
        await self._is_another(profile)

    async def _is_another(self, profile: Profile) -> None:
        self._changed(profile.id)
        await self.show()
