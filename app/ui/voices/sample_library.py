"""A prepared library for the gallery."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime
from itertools import count

from app.core.drift import TakeMeasures, drift_of
from app.core.voices import Consent, Voice, VoiceDrift, VoiceStep
from app.services.speech.builtin import BUILTIN
from app.services.speech.library_entries import LibraryEntry, saved_entry
from app.ui.texts.consent import consent_state, consent_wording
from app.ui.texts.health import drift_sentence
from app.ui.texts.numbers import seconds
from app.ui.texts.voice_library import (
    builtin_entries,
    detail_line,
    drift_caption,
    drift_values,
    known_steps,
    language_name,
)
from app.ui.voices.library_tab import LibraryTab

_CREATED = datetime(2026, 11, 12, 12, tzinfo=UTC).timestamp()
_STEPS = (
    VoiceStep("file", "interview.flac", seconds=31.2, rate=48_000, channels=2),
    VoiceStep("fixes", fixes=("trim", "mono"), seconds=21.4),
    VoiceStep("sample", "", size=1_400_000),
)
_DRIFT = VoiceDrift(
    "Good evening.", _CREATED + 8 * 86_400,
    tuple(TakeMeasures(2.0 + n * 0.008, 118.0 + n % 3 * 0.6, -21.0 + n % 5 * 0.1) for n in range(8)),
)  # fmt: skip


def sample_voices() -> list[Voice]:
    """Voices of every kind: one has lost its sample, one has no consent."""
    consent = Consent("I agree that this recording is sent with every request.", _CREATED)
    listed = (
        ("Narrator J", "cloned", "en", ("narration", "calm"), True),
        ("Grandpa Zhou", "designed", "zh", ("hoarse", "slow"), True),
        ("Little Bean", "designed", "zh", ("child", "bright"), False),
        ("Brand voice 2", "designed", "en", ("radio", "warm"), True),
        ("前台小满", "cloned", "zh", ("service", "clear"), False),
        ("Archive 1962", "cloned", "en", ("old", "thin"), False),
    )
    numbers = count(1)
    return [
        Voice(
            name, name, source, language=language, tags=tags, favourite=starred, created=_CREATED - next(numbers),  # type: ignore[arg-type]
            consent=consent if source == "cloned" and name != "前台小满" else None, peaks=_peaks(name), seconds=21.4,
            steps=_STEPS if name == "Narrator J" else (), drift=_DRIFT if name == "Narrator J" else None,
            note="Holds long sentences well; keep below 1.1×." if name == "Narrator J" else "",
            description="An old man, hoarse and slow." if source == "designed" else "",
        )
        for name, source, language, tags, starred in listed
    ]  # fmt: skip


def show_sample_library(tab: LibraryTab, selected: str = "Narrator J") -> None:
    """Fill the tab; `selected` is the voice whose detail is shown, by its name or the id of a built-in one."""
    entries = [saved_entry(voice, is_missing=voice.name == "Archive 1962") for voice in sample_voices()]
    entries += builtin_entries(["白桦"], {}, {profile.id: _peaks(profile.id) for profile in BUILTIN})
    tab.show_counts(entries)
    tab.voice_model.set_entries(entries)
    tab.voices.select_key(selected)
    _show_detail(tab, next(entry for entry in entries if entry.id == selected))


def _show_detail(tab: LibraryTab, entry: LibraryEntry) -> None:
    view, voice = tab.detail, entry.voice
    view.show_head(entry.name, detail_line(entry), starred=entry.favourite)
    view.show_kind(saved=voice is not None)
    view.show_tags(entry.tags, ("radio", "warm"), editable=voice is not None)
    if voice is None:
        view.show_comparison(None, None)
        view.show_drift("", "", (), ())
        return
    view.language.set_choices([(code, language_name(code)) for code in ("zh", "en")])
    view.language.set_key(voice.language)
    view.steps.show_steps(known_steps(voice))
    view.show_comparison((entry.peaks, seconds(6.0)), (_peaks("spoken"), seconds(5.9)))
    if voice.drift is not None:
        spread = drift_of(voice.drift.takes)
        caption = drift_caption(len(voice.drift.takes), voice.drift.measured)
        view.show_drift(caption, f"{drift_sentence(spread)}.", drift_values(spread), voice.drift.takes)
    else:
        view.show_drift("", "", (), ())
    missing = entry.lacks_consent
    view.show_consent(consent_state(voice), consent_wording(), missing=missing, given=not missing)
    view.show_use((("m", "Museum guide, 14 takes"), ("h", "The 14:20 to Hebei")), "")
    view.note.setText(voice.note)


def _peaks(seed: str) -> bytes:
    rng = random.Random(seed)
    levels = [abs(math.sin(at / 5) * rng.random()) * 70 + 4 for at in range(96)]
    return b"".join(bytes((256 - int(level), int(level))) for level in levels)
