"""Rounds keep their numbers for ever, and the line of a kept voice is a take like any other."""

from __future__ import annotations

from app.composition.audio_adapter import audio
from app.core.settings import Settings
from app.core.voice_rounds import SESSION
from app.services.speech.candidate_measures import CandidateMeasuring
from app.services.speech.library import VoiceLibrary
from app.services.speech.take_service import TakeService
from app.services.speech.voice_keeping import KEPT_SESSION, VoiceKeeping
from app.services.speech.voice_rounds import VoiceRounds
from app.storage.database import Database

DESIGN_MODEL, CLONE_MODEL = "mimo-v2.5-tts-voicedesign", "mimo-v2.5-tts-voiceclone"
DESCRIPTION = "A calm old keeper of a lighthouse."


class _Models:
    def chosen(self, _role: str) -> str:
        return CLONE_MODEL


async def designed(rounds: VoiceRounds, service: TakeService) -> int:
    """Make a round of one candidate, and return its number."""
    (take,) = rounds.request(
        DESCRIPTION, "Good evening.", DESIGN_MODEL, polish=False, count=1, listen=lambda _take: 0.0
    )
    await service.finished(take.id)
    return take.round


async def test_the_number_of_a_deleted_round_is_not_given_again_after_a_restart(
    speech: TakeService, database: Database
) -> None:
    settings = Settings()
    rounds = VoiceRounds(speech, settings)
    assert [await designed(rounds, speech), await designed(rounds, speech)] == [1, 2]
    await speech.delete([take.id for one in rounds.rounds for take in one.takes])
    await database.purge()
    again = VoiceRounds(speech, settings)
    await again.load()
    assert again.rounds == () and await designed(again, speech) == 3


async def test_a_round_of_another_home_counts(speech: TakeService) -> None:
    rounds = VoiceRounds(speech, Settings())
    await designed(rounds, speech)
    other = VoiceRounds(speech, Settings())
    await other.load()
    assert await designed(other, speech) == 2


async def test_the_line_of_a_kept_voice_outlives_the_voice_and_leaves_no_gap_when_it_is_gone(
    speech: TakeService, database: Database
) -> None:
    library = VoiceLibrary(database.voices, database.blobs, database.takes)
    measuring = CandidateMeasuring(database.blobs, audio())
    keeping = VoiceKeeping(library, speech, _Models(), database.blobs, audio(), measuring)  # type: ignore[arg-type]
    rounds = VoiceRounds(speech, Settings())
    await designed(rounds, speech)
    (candidate,) = await speech.of_session(SESSION)
    voice = await keeping.keep(candidate, "Keeper", 1)
    line = keeping.speak_line(voice, candidate, lambda _take: 0.0)
    assert line.model == CLONE_MODEL
    await speech.finished(line.id)
    (line,) = await speech.of_session(KEPT_SESSION)
    await keeping.note_line(line)

    await library.delete(*library.voices)
    await database.purge()
    database_left = await speech.of_session(KEPT_SESSION)
    assert database_left == (line,) and line.audio in database.blobs, "it can still be heard, and a voice made of it"

    voice = await keeping.keep(candidate, "Keeper", 1)
    await library.note_comparison(voice.id, line.id)
    await speech.delete([line.id])
    await database.purge()
    assert await keeping.line_of(library.voices[0]) is None
    assert line.audio not in database.blobs and voice.sample in database.blobs
