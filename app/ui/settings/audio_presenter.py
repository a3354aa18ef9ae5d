"""Connects the Audio page to the devices, the test tone and the microphone meter."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QTimer

from app.core.errors import WorkbenchError
from app.core.settings import BUFFER, DICTATION_PAUSE, INPUT_DEVICE, OUTPUT_DEVICE
from app.ui.settings.audio_page import AudioPage
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import Device, SettingsDependencies
from app.ui.texts.errors import error_message

METER_INTERVAL_MS = 80


class AudioPresenter(PagePresenter):
    """Lists the devices and runs the microphone meter."""

    def __init__(self, page: AudioPage, dependencies: SettingsDependencies) -> None:
        super().__init__(page, dependencies)
        self._page = page
        # Opening takes a while; without the lock, a microphone released meanwhile would stay open.
        self._microphone_lock = asyncio.Lock()
        self._meter = QTimer(self, interval=METER_INTERVAL_MS)
        self._meter.timeout.connect(self._show_level)
        page.output_chosen.connect(lambda device: dependencies.settings.set(OUTPUT_DEVICE, device))
        page.input_chosen.connect(lambda device: dependencies.settings.set(INPUT_DEVICE, device))
        page.buffer_chosen.connect(lambda seconds: dependencies.settings.set(BUFFER, seconds))
        page.pause_chosen.connect(lambda seconds: dependencies.settings.set(DICTATION_PAUSE, seconds))
        page.tone_requested.connect(dependencies.play_tone)
        page.listen_toggled.connect(lambda on: self.spawn(self._listen(on)))
        dependencies.settings.watch(OUTPUT_DEVICE, page.show_output)
        dependencies.settings.watch(INPUT_DEVICE, self._on_input_chosen)
        dependencies.on_devices.subscribe(self.show)

    def show(self) -> None:
        """Refresh the lists of devices."""
        self.spawn(self._show_devices())

    def leave(self) -> None:
        """Stop the meter and release the microphone, because another page or view is shown."""
        if self._page.listen_button.isChecked():
            self.spawn(self._listen(False))

    async def _show_devices(self) -> None:
        """List the devices in a thread, because it may take a while; a missing library is reported on the page."""
        page, settings = self._page, self.dependencies.settings
        outputs: Sequence[Device] = ()
        inputs: Sequence[Device] = ()
        page.notice.clear()
        try:
            outputs = await asyncio.to_thread(self.dependencies.outputs)
            inputs = await asyncio.to_thread(self.dependencies.inputs)
        except WorkbenchError as error:
            failure = error
            page.notice.say("warn", lambda: str(error_message(failure)))
        page.show_devices(
            [(device.id, device.name) for device in outputs],
            settings.get(OUTPUT_DEVICE),
            [(device.id, device.name) for device in inputs],
            settings.get(INPUT_DEVICE),
        )

    def _on_input_chosen(self, device: str) -> None:
        """Use the chosen input for the next recording, and for the meter at once."""
        self._page.show_input(device)
        self.dependencies.microphone.device = device or None
        if self._meter.isActive():
            self.spawn(self._restart_listening())

    async def _restart_listening(self) -> None:
        async with self._microphone_lock:
            await self.dependencies.microphone.stop_listening()
            await self._start_listening()

    async def _listen(self, on: bool) -> None:
        async with self._microphone_lock:
            if on:
                await self._start_listening()
                return
            self._meter.stop()
            self._page.stop_listening()
            await self.dependencies.microphone.stop_listening()

    async def _start_listening(self) -> None:
        try:
            await self.dependencies.microphone.listen()
        except WorkbenchError:
            self._meter.stop()
            self._page.stop_listening()
            raise
        self._meter.start()

    def _show_level(self) -> None:
        level = self.dependencies.microphone.level
        self._page.show_level(level.rms, level.held)
