"""Lets the pages of the settings act, and keeps them true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

import msgspec
from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from app.core.errors import WorkbenchError
from app.core.messages import new_id
from app.core.prices import price_list, usual_currency
from app.core.profiles import PRESETS, Profile, ServiceKind
from app.core.redaction import tail
from app.core.settings import (
    INPUT_DEVICE,
    LANGUAGE,
    OUTPUT_DEVICE,
    PRESENTATION_MODE,
    REDUCED_MOTION,
    TEXT_SIZE,
    THEME,
    Settings,
)
from app.services.connection import Connection
from app.services.connection_test import NAMES, TestResult, run_tests
from app.services.models import Models
from app.services.ports import MakeClient
from app.services.profiles import Profiles
from app.services.tasks import TaskSet
from app.ui.settings.view import SettingsView
from app.ui.texts.errors import words
from app.ui.texts.numbers import money, size
from app.ui.texts.services import key_place, service_name, test_facts, test_name, test_state
from app.ui.theme.theme import Mode, theme
from app.ui.widgets.chips import Kind
from app.ui.widgets.messages import Messages
from app.ui.widgets.rows import Row

METER_MSEC = 80
_KINDS: dict[str, Kind] = {"good": "good", "warn": "warn", "bad": "bad", "skipped": "neutral"}


class FoundKey(Protocol):
    """A key and where it is; `place` is one of keyring, environment, run, file."""

    @property
    def value(self) -> str: ...
    @property
    def place(self) -> str: ...


class KeyStore(Protocol):
    """Where keys are kept. Every method raises StorageError."""

    async def find(self, name: str, /) -> FoundKey | None: ...
    async def save(self, name: str, value: str, /, *, in_file: bool = ...) -> str: ...
    async def remove(self, name: str, /) -> None: ...


class Device(Protocol):
    """A sound device."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Microphone(Protocol):
    """Listens for its level."""

    device: str | None

    @property
    def level(self) -> Any: ...
    async def listen(self) -> None: ...
    async def stop(self) -> Any: ...


class KeptBackup(Protocol):
    """A backup of the database."""

    @property
    def path(self) -> Path: ...
    @property
    def made(self) -> float: ...
    @property
    def size(self) -> int: ...


class Keeping(Protocol):
    """What is kept and its backups; see `app.storage.database.Database`."""

    def backups(self) -> Sequence[KeptBackup]: ...
    async def back_up(self) -> KeptBackup: ...
    async def restore(self, backup: Any, /) -> dict[str, int]: ...


class SettingsParts(NamedTuple):
    """Everything the settings work with.

    Attributes:
        demo_address: gives address and key of the demo service, starting it if needed.
        outputs, inputs: list the devices; they block.
        play_tone: plays the test tone on the chosen output.
        on_devices: called after devices came or went.
        set_language: speak this language from now on.
        folder: the home.
    """

    profiles: Profiles
    connection: Connection
    models: Models
    keys: KeyStore
    make_client: MakeClient
    demo_address: Callable[[], Coroutine[Any, Any, tuple[str, str]]]
    play_tone: Callable[[], None]
    microphone: Microphone
    outputs: Callable[[], Sequence[Device]]
    inputs: Callable[[], Sequence[Device]]
    on_devices: list[Callable[[], None]]
    set_language: Callable[[str], None]
    keeping: Keeping
    folder: Path
    tasks: TaskSet
    settings: Settings
    messages: Messages


class SettingsPresenter(QObject):
    """Joins pages and services."""

    def __init__(self, view: SettingsView, parts: SettingsParts) -> None:
        super().__init__(view)
        self._view, self._parts = view, parts
        self._shown = parts.profiles.active.id
        self._results: list[TestResult] = []
        self._testing: asyncio.Task[Any] | None = None
        self._meter = QTimer(self, interval=METER_MSEC)
        self._meter.timeout.connect(lambda: view.audio.show_level(parts.microphone.level.rms))
        self._connect_services()
        self._connect_others()
        view.worded.connect(self._reword)
        view.page_shown.connect(self._page_shown)
        parts.on_devices.append(self._list_devices)
        parts.models.on_change.append(self._show_prices)
        parts.settings.watch(PRESENTATION_MODE, lambda on: self._reword())
        self._show_profile()

    def _connect_services(self) -> None:
        page = self._view.services
        page.chosen.connect(self._choose)
        page.changed.connect(self._change)
        page.key_saved.connect(lambda key, in_file: self._spawn(self._save_key(key, in_file)))
        page.key_removed.connect(lambda: self._spawn(self._remove_key()))
        page.used.connect(lambda: self._spawn(self._use()))
        page.tested.connect(self._test_or_stop)
        page.added.connect(self._add)
        page.removed.connect(self._remove)

    def _connect_others(self) -> None:
        view, settings = self._view, self._parts.settings
        view.network.changed.connect(lambda: self._spawn(self._reconnect()))
        view.appearance.theme_chosen.connect(self._set_theme)
        view.appearance.language_chosen.connect(self._set_language)
        view.appearance.size_chosen.connect(self._set_size)
        view.appearance.motion_chosen.connect(self._set_motion)
        view.audio.output_chosen.connect(lambda device: settings.set(OUTPUT_DEVICE, device))
        view.audio.input_chosen.connect(self._set_input)
        view.audio.tone.connect(self._parts.play_tone)
        view.audio.listen.connect(lambda on: self._spawn(self._listen(on)))
        view.data.open_folder.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._parts.folder))))
        view.data.back_up.connect(lambda: self._spawn(self._back_up()))
        view.data.restore.connect(lambda key: self._spawn(self._restore(key)))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any]:
        return self._parts.tasks.spawn(self._told(work), "settings")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        """What fails is said on the page that is shown."""
        try:
            await work
        except WorkbenchError as error:
            self._parts.messages.fail(str(words(error)), replace="settings")

    # -- services ---------------------------------------------------------------------------------------------------

    @property
    def _profile(self) -> Profile:
        return self._parts.profiles.get(self._shown)

    def _choose(self, profile_id: str) -> None:
        self._shown = profile_id
        self._stop_test()
        self._results = []
        self._show_profile()

    def _change(self, changes: dict[str, Any]) -> None:
        """A changed field is kept at once; the profile in use is reached anew with the next call."""
        changed = msgspec.structs.replace(self._profile, **changes)
        self._view.services.notice.clear()
        try:
            self._parts.profiles.save(changed)
        except WorkbenchError as error:
            self._view.services.notice.say("bad", str(words(error)))
            return
        self._show_profile()
        if changed.id == self._parts.connection.profile.id:
            self._spawn(self._reconnect())

    async def _reconnect(self) -> None:
        await self._parts.connection.use(self._parts.profiles.active)

    async def _save_key(self, key: str, in_file: bool) -> None:
        place = await self._parts.keys.save(self._shown, key, in_file=in_file)
        tell = self._parts.messages.done if place == "keyring" else self._parts.messages.warn
        tell(key_place(place), replace="key")
        await self._show_key()
        if self._shown == self._parts.connection.profile.id:
            await self._reconnect()

    async def _remove_key(self) -> None:
        await self._parts.keys.remove(self._shown)
        self._parts.messages.say(QCoreApplication.translate("Services", "The key was removed."), replace="key")
        await self._show_key()
        if self._shown == self._parts.connection.profile.id:
            await self._reconnect()

    async def _use(self) -> None:
        profile = self._parts.profiles.use(self._shown)
        if profile.kind.startswith("token-plan"):
            self._parts.messages.warn(
                QCoreApplication.translate(
                    "Services",
                    "By the platform's terms Token Plan keys are for coding tools only: other use may cost the key.",
                ),
                replace="terms",
            )
        await self._parts.connection.use(profile)
        self._parts.messages.done(
            QCoreApplication.translate("Services", "{service} answers from the next call on.").format(
                service=service_name(profile)
            ),
            replace="service",
        )
        self._show_profile()

    def _add(self, kind: str) -> None:
        known = cast(ServiceKind, kind)
        number = sum(profile.kind == known for profile in self._parts.profiles.all()) + 1
        name = QCoreApplication.translate("Services", "Gateway {n}").format(n=number)
        preset = next((preset for preset in PRESETS if preset.kind == known), None)
        if preset is not None:
            profile = msgspec.structs.replace(preset, id=new_id(), name=f"{service_name(preset)} {number}")
        else:
            profile = Profile(new_id(), known, name, "https://example.org/v1", authentication="bearer",
                              token_field="max_tokens", requests_per_minute=0)  # fmt: skip
        self._parts.profiles.save(profile)
        self._choose(profile.id)

    def _remove(self) -> None:
        gone = self._profile
        self._parts.profiles.remove(gone.id)
        self._choose(self._parts.profiles.active.id)
        self._spawn(self._reconnect())

        def undo() -> None:
            self._parts.profiles.save(gone)
            self._choose(gone.id)

        said = QCoreApplication.translate("Services", "“{name}” was removed.").format(name=gone.name)
        self._parts.messages.say(said, undo=undo)

    def _test_or_stop(self) -> None:
        if self._testing is not None and not self._testing.done():
            self._stop_test()
        else:
            self._testing = self._spawn(self._test())

    def _stop_test(self) -> None:
        if self._testing is not None:
            self._testing.cancel()
            self._testing = None
            self._view.services.show_testing(False)

    async def _test(self) -> None:
        """Try the shown profile, whether it is in use or not."""
        page = self._view.services
        page.show_testing(True)
        self._results = []
        self._show_results()
        profile = self._parts.profiles.with_network(self._profile)
        found = await self._parts.keys.find(profile.id) if profile.kind != "demo" else None
        key = found.value if found is not None else None
        if profile.kind == "demo":
            address, key = await self._parts.demo_address()
            profile = msgspec.structs.replace(profile, base_url=address)
        client = self._parts.make_client(profile, key)
        try:
            async with aclosing(run_tests(profile, client)) as results:
                async for result in results:
                    self._results.append(result)
                    self._show_results()
        finally:
            await client.aclose()
            page.show_testing(False)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def _show_profile(self) -> None:
        profiles = self._parts.profiles
        self._view.services.show_profiles(profiles.all(), profiles.active.id, self._profile)
        self._show_results()
        self._show_prices()
        self._spawn(self._show_key())

    async def _show_key(self) -> None:
        shown = self._shown
        if self._profile.kind == "demo":
            words_ = QCoreApplication.translate("Services", "The demo service needs no key of yours.")
            self._view.services.show_key("", words_, can_remove=False)
            return
        found = await self._parts.keys.find(shown)
        if shown != self._shown:
            return
        hidden = self._parts.settings.get(PRESENTATION_MODE)
        end = "" if found is None or hidden else tail(found.value)
        place = "" if found is None else str(found.place)
        self._view.services.show_key(end, key_place(place), can_remove=place not in ("", "environment"))

    def _show_results(self) -> None:
        done = {result.name for result in self._results}
        rows = [
            Row(result.name, test_name(result), test_facts(result), test_state(result), _KINDS[result.state])
            for result in self._results
        ]
        if self._testing is not None and not self._testing.done():
            waiting = QCoreApplication.translate("Services", "waiting")
            rows += [Row(name, test_name(TestResult(name, "skipped")), waiting) for name in NAMES if name not in done]
        self._view.services.show_results(rows)

    def _show_prices(self) -> None:
        model = self._parts.models.chosen("chat")
        currency = usual_currency(self._profile)
        price = price_list().price(model, currency, datetime.now(UTC))
        if price is None or not price.tiers:
            self._view.services.show_prices("")
            return
        tier = price.tiers[0]
        self._view.services.show_prices(
            QCoreApplication.translate(
                "Services", "Estimate for {model}: {miss} in, {hit} cached, {output} out per million tokens."
            ).format(
                model=model,
                miss=money(tier.miss, currency),
                hit=money(tier.hit, currency),
                output=money(tier.output, currency),
            )
        )

    def _page_shown(self, name: str) -> None:
        if name == "audio":
            self._list_devices()
        if name == "data":
            self._show_data()

    def _reword(self) -> None:
        self._show_profile()
        self._show_data()

    # -- the other pages ----------------------------------------------------------------------------------------------

    def _set_theme(self, mode: str) -> None:
        self._parts.settings.set(THEME, mode)
        theme().set_mode(cast(Mode, mode))

    def _set_language(self, language: str) -> None:
        self._parts.settings.set(LANGUAGE, language)
        self._parts.set_language(language)

    def _set_size(self, per_cent: int) -> None:
        self._parts.settings.set(TEXT_SIZE, per_cent)
        theme().set_text_scale(per_cent / 100)

    def _set_motion(self, reduced: bool) -> None:
        self._parts.settings.set(REDUCED_MOTION, reduced)
        theme().set_reduced_motion(reduced)

    def _list_devices(self) -> None:
        self._spawn(self._show_devices())

    async def _show_devices(self) -> None:
        """Listing devices may take a while, so it happens beside the loop; a missing library is said on the page."""
        page, settings = self._view.audio, self._parts.settings
        outputs: Sequence[Device] = ()
        inputs: Sequence[Device] = ()
        page.notice.clear()
        try:
            outputs = await asyncio.to_thread(self._parts.outputs)
            inputs = await asyncio.to_thread(self._parts.inputs)
        except WorkbenchError as error:
            page.notice.say("warn", str(words(error)))
        page.show_devices(
            [(device.id, device.name) for device in outputs],
            settings.get(OUTPUT_DEVICE),
            [(device.id, device.name) for device in inputs],
            settings.get(INPUT_DEVICE),
        )

    def _set_input(self, device: str) -> None:
        self._parts.settings.set(INPUT_DEVICE, device)
        self._parts.microphone.device = device or None

    async def _listen(self, on: bool) -> None:
        if not on:
            self._meter.stop()
            self._view.audio.stop_listening()
            await self._parts.microphone.stop()
            return
        try:
            await self._parts.microphone.listen()
        except WorkbenchError:
            self._view.audio.stop_listening()
            raise
        self._meter.start()

    def _show_data(self) -> None:
        hidden = self._parts.settings.get(PRESENTATION_MODE)
        shown = "•••" if hidden else str(self._parts.folder)
        self._view.data.show_home(shown, "")
        self._spawn(self._show_sizes())

    async def _show_sizes(self) -> None:
        total = await asyncio.to_thread(_size_of, self._parts.folder)
        backups = await asyncio.to_thread(self._parts.keeping.backups)
        hidden = self._parts.settings.get(PRESENTATION_MODE)
        self._view.data.show_home(
            "•••" if hidden else str(self._parts.folder),
            QCoreApplication.translate("Data", "{size} altogether, backups included.").format(size=size(total)),
        )
        locale = QLocale()
        self._view.data.show_backups(
            [Row(backup.path.name, _moment(locale, backup.made), size(backup.size)) for backup in backups]
        )

    async def _back_up(self) -> None:
        await self._parts.keeping.back_up()
        self._parts.messages.done(QCoreApplication.translate("Data", "The backup is made."), replace="backup")
        await self._show_sizes()

    async def _restore(self, key: str) -> None:
        """Bring back what a backup holds beyond what is here; nothing is taken away."""
        backup = next((one for one in self._parts.keeping.backups() if one.path.name == key), None)
        if backup is None:
            return
        restored = await self._parts.keeping.restore(backup)
        self._parts.messages.done(
            QCoreApplication.translate("Data", "{n} things came back from the backup.").format(
                n=sum(restored.values())
            ),
            replace="backup",
        )


def _size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _moment(locale: QLocale, made: float) -> str:
    return locale.toString(QDateTime.fromSecsSinceEpoch(int(made)), QLocale.FormatType.ShortFormat)
