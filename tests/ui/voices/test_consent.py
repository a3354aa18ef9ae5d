"""The whole program asks for missing consent, in whichever view a voice was to be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.composition.notices import show_failures
from app.core.errors import Code, InputError
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Voice
from app.services.speech.library import used
from app.ui.widgets.notifications import Notification, Notifier
from tests.test_container import open_services
from tests.waiting import wait_until


async def test_a_refused_voice_is_asked_for_with_one_button(qtbot: QtBot, tmp_path: Path) -> None:
    async with open_services(tmp_path) as services:
        notifier, posted = Notifier(), list[Notification]()
        notifier.listen(posted.append)
        show_failures(services, notifier, None)
        sample = services.database.blobs.put(b"RIFF")
        await services.database.voices.keep(Voice("own", "Grandma", "cloned", sample))
        await services.library.load()
        (voice,) = services.library.voices
        service = services.audio_services().speech
        with pytest.raises(InputError) as refused:
            service.generate(Take("", used(voice), "Hello.", model="m"))
        assert refused.value.code is Code.NO_CONSENT
        assert posted[-1].offer is not None and "“Grandma”" in posted[-1].text
        posted[-1].offer[1]()
        await wait_until(lambda: services.library.voices[0].consent is not None)
        service.check(Take("", used(voice), "Hello.", model="m"))
        unknown = Take("t", VoiceSnapshot("cloned", "gone", "Gone", sample="1" * 64), "Hello.", audio=sample)
        with pytest.raises(InputError):
            await services.library.keep_take(unknown, "Kept")
        assert posted[-1].offer is not None
        posted[-1].offer[1]()
        await wait_until(lambda: len(services.library.voices) == 2)
        assert services.library.voices[0].consent is not None
