"""Lets the audio page act: devices as they come and go, the test tone, the microphone's meter."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QTimer

from app.core.errors import WorkbenchError
from app.core.settings import BUFFER, INPUT_DEVICE, OUTPUT_DEVICE
from app.ui.settings.audio_page import AudioPage
from app.ui.settings.page_presenter import PagePresenter
from app.ui.settings.ports import Device, SettingsDependencies
from app.ui.texts.errors import error_message

METER_MSEC = 80


class AudioPresenter(PagePresenter):
    """Joins the audio page with the devices."""

    def __init__(self, page: AudioPage, parts: SettingsDependencies) -> None:
        super().__init__(page, parts)
        self._page = page
        # Opening a microphone takes a while: one that is let go meanwhile would stay open.
        self._turn = asyncio.Lock()
        self._meter = QTimer(self, interval=METER_MSEC)
        self._meter.timeout.connect(self._show_level)
        page.output_chosen.connect(lambda device: parts.settings.set(OUTPUT_DEVICE, device))
        page.input_chosen.connect(lambda device: parts.settings.set(INPUT_DEVICE, device))
        page.buffer_chosen.connect(lambda seconds: parts.settings.set(BUFFER, seconds))
        page.tone.connect(parts.play_tone)
        page.listen.connect(lambda on: self.spawn(self._listen(on)))
        parts.settings.watch(OUTPUT_DEVICE, page.show_output)
        parts.settings.watch(INPUT_DEVICE, self._input_is)
        parts.on_devices.append(self.show)

    def show(self) -> None:
        """The devices there are now."""
        self.spawn(self._show_devices())

    def leave(self) -> None:
        """Another page or view is shown: nobody looks at the meter, and the microphone is let go."""
        if self._page.listen_button.isChecked():
            self.spawn(self._listen(False))

    async def _show_devices(self) -> None:
        """Listing devices may take a while, so it happens beside the loop; a missing library is said on the page."""
        page, settings = self._page, self.parts.settings
        outputs: Sequence[Device] = ()
        inputs: Sequence[Device] = ()
        page.notice.clear()
        try:
            outputs = await asyncio.to_thread(self.parts.outputs)
            inputs = await asyncio.to_thread(self.parts.inputs)
        except WorkbenchError as error:
            page.notice.say("warn", str(error_message(error)))
        page.show_devices(
            [(device.id, device.name) for device in outputs],
            settings.get(OUTPUT_DEVICE),
            [(device.id, device.name) for device in inputs],
            settings.get(INPUT_DEVICE),
        )

    def _input_is(self, device: str) -> None:
        """Set here or elsewhere: the next recording, and the meter at once, listens there."""
        self._page.show_input(device)
        self.parts.microphone.device = device or None
        if self._meter.isActive():
            self.spawn(self._listen_elsewhere())

    async def _listen_elsewhere(self) -> None:
        async with self._turn:
            await self.parts.microphone.stop_listening()
            await self._open()

    async def _listen(self, on: bool) -> None:
        async with self._turn:
            if on:
                await self._open()
                return
            self._meter.stop()
            self._page.stop_listening()
            await self.parts.microphone.stop_listening()

    async def _open(self) -> None:
        try:
            await self.parts.microphone.listen()
        except WorkbenchError:
            self._meter.stop()
            self._page.stop_listening()
            raise
        self._meter.start()

    def _show_level(self) -> None:
        level = self.parts.microphone.level
        self._page.show_level(level.rms, level.held)
