"""The Clone tab with a sample, as the gallery shows it, without any service."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code, InputError
from app.services.speech.sample_checks import Check, Finding, Fix
from app.ui.texts.errors.formatting import error_sentences
from app.ui.texts.numbers import seconds
from app.ui.texts.sample_checks import checked_part, checks_summary
from app.ui.voices.clone_tab import CloneTab
from app.ui.widgets.wave_bars import peak_pairs

_FILE = "/home/kim/Recordings/interview.flac"
_TRIM = (5_200, 26_600)
_MILLISECONDS = 31_200
_FINDINGS = (
    Finding(Check.LENGTH, "good", 18.9, more=(21.4, 31.2)),
    Finding(Check.CLIPPING, "good", 0.0),
    Finding(Check.LEVEL, "warn", -31.0, Fix.LEVEL, effect=9.0, more=(-14.2,)),
    Finding(Check.NOISE, "unmeasured", None),
    Finding(Check.HUM, "warn", 50.0, Fix.HIGH_PASS, effect=80.0, more=(24.0, 12.0)),
    Finding(Check.SPEECH, "good", 88.0),
    Finding(Check.SILENCE, "good", 0.9, more=(0.0, 0.0)),
    Finding(Check.CHANNELS, "good", 1.0, used=Fix.MONO, more=(0.2,)),
    Finding(Check.BANDWIDTH, "good", 15_800.0),
    Finding(Check.RATE, "good", 48_000.0, used=Fix.RATE, more=(96_000.0,)),
    Finding(Check.OFFSET, "good", 0.0),
    Finding(Check.SIZE, "good", 2.7, used=Fix.SHRINK, more=(16.4, 6.0)),
)
_FIGURES = (
    ("−0.4 semitones", "181 and 177 Hz"), ("+5 %", "4.1 and 4.3 syllables a second"),
    ("+8.7 dB", "as delivered; played alike"),
)  # fmt: skip


def show_sample(tab: CloneTab) -> None:
    """Show a sample with its checks, two texts that its clone has spoken, and what is still missing."""
    tab.bar.show_path(_FILE)
    tab.bar.path.set_facts("31.2 s · 96 kHz, 24 bit, stereo · 18.0 MB")
    tab.wave.set_sound(peak_pairs(_peaks(0, 400)), _MILLISECONDS)
    tab.wave.set_trim(*_TRIM)
    tab.wave.set_position(13_100)
    tab.shown_time.setText("0:07.9")
    tab.trimmed_label.setText(QCoreApplication.translate("Voices", "of {t} kept").format(t=seconds(21.4)))
    tab.sample.loop.setChecked(True)
    tab.table.show_findings(_FINDINGS)
    tab.summary.setText(f"{checks_summary(_FINDINGS)} · {checked_part(_FINDINGS)}")
    _show_trial(tab)
    tab.name.setText("Narrator J")
    consent = QCoreApplication.translate("Voices", "consent")
    tab.foot.missing.setText(QCoreApplication.translate("Voices", "Needs: {what}").format(what=consent))


def _show_trial(tab: CloneTab) -> None:
    trial = tab.trial
    trial.equal.setChecked(True)
    trial.add_text().setPlainText("And before you ask: no, there is none left.")
    trial.plan.setText("2 requests · ≈ 3 s")
    trial.rows.set_count(2)
    lengths, gains = (21_400, 6_100, 8_300), (8.1, -0.6, -0.4)
    for place, (row, length, decibels) in enumerate(zip(trial.rows.rows, lengths, gains, strict=True)):
        row.wave.show_wave(_peaks(place, 120), length, max(lengths))
        row.show_gain(decibels)
    trial.rows.show_playing(1, True, 3_000)
    for figure, shown in zip((trial.pitch, trial.pace, trial.loudness), _FIGURES, strict=True):
        figure.show_figure(*shown)
    trial.show_consent_needed(True, "A person was recorded. Date and wording stay with the voice.")


def show_failed(tab: CloneTab) -> None:
    """Show the path of a file that holds no sound above the sample that stays open."""
    show_sample(tab)
    tab.bar.path.setText("/home/kim/Recordings/minutes.docx")
    tab.bar.path.set_facts("interview.flac · 31.2 s · 96 kHz, 24 bit, stereo · 18.0 MB")
    refused = error_sentences(InputError(Code.SOUND_FORMAT, name="minutes.docx"))
    stays = QCoreApplication.translate("Voices", "“{name}” stays open.").format(name="interview.flac")
    tab.bar.error.say("bad", f"{refused} {stays}")


def _peaks(seed: int, count: int) -> bytes:
    heights = (round(64 * abs(math.sin(0.7 * at + seed) * math.sin(0.13 * at + seed)) + 3) for at in range(count))
    return b"".join(bytes((256 - height, height)) for height in heights)
