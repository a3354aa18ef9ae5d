"""Prepares a clone sample: checks, reversible fixes, and the encoded sample to send (WIRE.md section 3.4)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from app.core.errors import Code, InputError
from app.core.units import frames_to_milliseconds
from app.services.speech.opened_sample import OpenedSample, open_sample, span_of
from app.services.speech.ports import Audio, Sound
from app.services.speech.sample_checks import (
    MAX_ENCODED_BYTES,
    MIN_OFFSET,
    Check,
    Finding,
    Fix,
    SampleFacts,
    base64_size,
    findings,
)
from app.services.speech.sample_encoding import encoded_size, max_minutes, shrinking_fixes, target_rate

MAX_CHECKED_SECONDS = 600.0
"""Of a longer selection only the beginning is checked; it is too long for a sample anyway."""
MIN_SPOKEN = 0.5
"""Share of speech in what is audible below which tops that are only nearly flat are taken for those of tones."""
READING_SHARE = 0.4
"""Part of the time until a file is shown that reading it takes; the rest is the checks."""
TARGET_LUFS = -21.0
CEILING_DBTP = -1.0
SMALLER = frozenset({Fix.MONO, Fix.RATE, Fix.MP3, Fix.SHRINK})
_TRIMS = (Fix.BEST, Fix.TRIM)


class SampleEdits(NamedTuple):
    """A sample and what is done to it.

    `former` are the trims that the fixes which trim have replaced; `shrunk` the fixes that `Fix.SHRINK` added.
    """

    opened: OpenedSample | None
    trim: tuple[int, int]
    fixes: frozenset[Fix] = frozenset()
    former: tuple[tuple[Fix, tuple[int, int]], ...] = ()
    shrunk: frozenset[Fix] = frozenset()


class _Result(NamedTuple):
    """What follows from a state: see the attributes of `SampleEditor`."""

    before: Sound | None = None
    edited: Sound | None = None
    encoded: bytes = b""
    findings: tuple[Finding, ...] = ()
    analysis: Any = None
    loudness_before: Any = None
    size: int = 0
    peaks: tuple[tuple[float, float], ...] = ()


def _ignore_progress(_done: float) -> None:
    """The progress of a change of a sample that is already open is not shown."""


class SampleEditor:
    """Edits one sample. The file it was read from is never changed.

    Attributes:
        opened: the file as it was read; None before.
        trim: the kept part in milliseconds of the opened sound.
        fixes: the enabled fixes.
        before: the kept part without fixes.
        edited: the kept part with fixes, which is played and sent.
        encoded: `edited` as WAV or MP3; empty if it would be too large.
        findings: check results for `edited`; `analysis` is what they rest on.
        loudness_before: the loudness of `before`.
    """

    def __init__(self, audio: Audio) -> None:
        self._audio = audio
        self._last_request = 0
        self._shown_request = 0
        # Edits are applied one after the other, each to the result of the previous one.
        self._edit_lock = asyncio.Lock()
        self._set(SampleEdits(None, (0, 0)), _Result())

    def _set(self, state: SampleEdits, result: _Result) -> None:
        self._state, self._result = state, result
        self.opened, self.trim, self.fixes = state.opened, state.trim, state.fixes
        self.before, self.edited, self.encoded, self.findings = result[:4]
        self.analysis, self.loudness_before = result.analysis, result.loudness_before

    @property
    def name(self) -> str:
        return "" if self.opened is None else self.opened.name

    @property
    def milliseconds(self) -> int:
        return 0 if self.opened is None else self.opened.milliseconds

    def peaks(self, *, after: bool) -> tuple[tuple[float, float], ...]:
        """The waveform of the opened sound, in the kept part as the fixes make it if `after`."""
        if self.opened is None:
            return ()
        return self._result.peaks if after else self.opened.peaks

    @property
    def is_changed(self) -> bool:
        """Whether there is anything that `undo_fixes` would undo."""
        return bool(self.fixes) or self.trim != (0, self.milliseconds)

    @property
    def is_too_large(self) -> bool:
        """Whether the edited sample can't be sent."""
        return self._result.size > MAX_ENCODED_BYTES

    @property
    def speech(self) -> float:
        """Seconds of speech in `edited`."""
        return next((found.value or 0.0 for found in self.findings if found.check is Check.LENGTH), 0.0)

    async def open(
        self,
        path: Path,
        progress: Callable[[float], None] | None = None,
        outlined: Callable[[OpenedSample], None] | None = None,
        name: str = "",
        edits: SampleEdits | None = None,
    ) -> bool:
        """Load a file as the sample. Returns False if a later request was already loaded.

        Of a long file the best stretch is proposed, unless `edits` are those of before. `name` is shown in place of
        that of the file. `progress` is called in other threads with the part of the work that is done, 0 to 1;
        `outlined` on the loop as soon as the waveform is known.

        Raises AudioError if it is not audio; the previous sample is kept then.
        """
        self._last_request += 1
        request = self._last_request
        report = progress or _ignore_progress
        opened = await asyncio.to_thread(open_sample, self._audio, path, lambda done: report(READING_SHARE * done))
        opened = opened._replace(name=name or opened.name)
        if outlined is not None and request == self._last_request:
            outlined(opened)
        async with self._edit_lock:
            if request < self._shown_request:
                return False
            whole = (0, opened.milliseconds)
            state = SampleEdits(opened, whole)
            if edits is not None and edits.trim[1] <= opened.milliseconds:
                state = edits._replace(opened=opened)
            elif opened.is_long:
                state = SampleEdits(opened, opened.best, frozenset({Fix.BEST}), ((Fix.BEST, whole),))
            await self._update(state, lambda done: report(READING_SHARE + (1 - READING_SHARE) * done))
            self._shown_request = request
            return True

    @property
    def edits(self) -> SampleEdits:
        """The trim and the fixes, to be applied again when the same file is opened later."""
        return self._state._replace(opened=None)

    def snapshot(self) -> tuple[Any, ...]:
        """The sample with all its edits, for `restore`."""
        return self._state, self._result

    async def restore(self, snapshot: tuple[Any, ...]) -> None:
        """Return to a sample of before. A file that is being opened is then not loaded."""
        self._last_request += 1
        async with self._edit_lock:
            self._shown_request = self._last_request
            self._set(*snapshot)

    async def set_fix(self, fix: Fix, on: bool) -> None:
        """Enable or disable a fix. Fixes that trim are undone to the trim they replaced."""
        await self._edit(lambda state: self._with(state, fix) if on else _without(state, fix))

    async def set_trim(self, start: int, stop: int) -> None:
        """Trim to a range in milliseconds of the opened sound."""
        await self._edit(lambda state: state._replace(trim=(start, stop)))

    async def undo_fixes(self) -> None:
        """Undo every fix and every trim."""
        await self._edit(lambda state: SampleEdits(state.opened, (0, self.milliseconds)))

    async def _edit(self, change: Callable[[SampleEdits], SampleEdits]) -> None:
        opened = self.opened
        async with self._edit_lock:
            # The request does not apply to another sample loaded meanwhile.
            if opened is not None and opened is self.opened:
                await self._update(await asyncio.to_thread(change, self._state))

    def _with(self, state: SampleEdits, fix: Fix) -> SampleEdits:
        assert state.opened is not None
        if fix in _TRIMS:
            trim = state.opened.best if fix is Fix.BEST else self._spoken(state.trim)
            former = (*((one, was) for one, was in state.former if one is not fix), (fix, state.trim))
            return state._replace(trim=trim, fixes=state.fixes | {fix}, former=former)
        if fix is Fix.SHRINK:
            seconds = (state.trim[1] - state.trim[0]) / 1000
            added = shrinking_fixes(seconds, state.opened.sound, state.fixes)
            return state._replace(fixes=state.fixes | added | {fix}, shrunk=added) if added else state
        return state._replace(fixes=state.fixes | {fix})

    def _spoken(self, trim: tuple[int, int]) -> tuple[int, int]:
        """The trim without the silence at the ends of the edited sound, in milliseconds."""
        edited = self.edited
        assert edited is not None
        start, stop = (frames_to_milliseconds(at, edited.rate) for at in self._audio.spoken_span(edited))
        return trim[0] + start, trim[0] + stop

    async def _update(self, state: SampleEdits, progress: Callable[[float], None] = _ignore_progress) -> None:
        """Apply a state completely, or leave everything unchanged if an edit fails."""
        result = await asyncio.to_thread(self._apply, state, progress)
        self._set(state, result)

    def _apply(self, state: SampleEdits, progress: Callable[[float], None]) -> _Result:
        audio, trim, fixes = self._audio, state.trim, state.fixes
        assert state.opened is not None
        original = state.opened.sound
        is_trimmed = trim != (0, state.opened.milliseconds)
        first, last = span_of(trim, original)
        cut = (audio.trim(first, last),) if is_trimmed else ()
        before = audio.edited(original, cut) if cut else original
        edits = self._edits(fixes, original.rate)
        edited = audio.edited(before, edits) if edits else before
        checked = edited.samples[: round(MAX_CHECKED_SECONDS * edited.rate)]
        analysis = audio.analyse(checked, edited.rate, progress)
        # Levelling hides the flat tops and turning down moves them, so they are looked for in the original.
        if edits or len(checked) < len(edited.samples):
            flat, piled = audio.clipped(original.samples[first:last], original.rate)
        else:
            flat, piled = analysis.clipped, analysis.piled
        if Fix.MP3 in fixes:
            encoded = audio.even_mp3_bytes(edited)
            size = base64_size(len(encoded))
        else:
            size = encoded_size(edited.seconds, edited.rate, edited.channels, frozenset())
            encoded = b"" if size > MAX_ENCODED_BYTES else audio.wav_bytes(edited)
        facts = self._facts(state, edited, analysis)._replace(
            clipped=max(flat, piled) if analysis.spoken_of_audible >= MIN_SPOKEN else flat
        )
        found = findings(analysis, len(encoded) or size * 3 // 4, facts)
        loudness = audio.measure(before.samples, before.rate) if edits else analysis.loudness
        peaks = state.opened.peaks
        if edits:
            peaks = state.opened.peaks_with(trim, audio.outline(edited.samples, edited.rate).peaks)
        return _Result(before, edited, encoded, found, analysis, loudness, size, peaks)

    def _edits(self, fixes: frozenset[Fix], rate: int) -> tuple[Any, ...]:
        audio = self._audio
        possible: Mapping[Fix, Callable[[], Any]] = {
            Fix.OFFSET: audio.centre,
            Fix.HIGH_PASS: audio.high_pass,
            Fix.MONO: audio.mono,
            Fix.RATE: lambda: audio.change_rate(target_rate(rate)),
            Fix.LEVEL: audio.level,
        }
        edits = [make() for fix, make in possible.items() if fix in fixes]
        if Fix.MP3 in fixes:
            # Of the rates of MP3 the one whose size is known before it is encoded.
            edits = [edit for edit in edits if edit != audio.mono()]
            edits += [audio.mono(), audio.change_rate(24_000)]
        return tuple(edits)

    def _facts(self, state: SampleEdits, edited: Sound, analysis: Any) -> SampleFacts:
        assert state.opened is not None
        opened, original = state.opened, state.opened.sound
        # All figures of the analysis are those without an offset, which levelling leaves.
        has_offset = analysis.offset >= MIN_OFFSET
        loudness = self._audio.measure(edited.samples, edited.rate) if has_offset else analysis.loudness
        return SampleFacts(
            missing=original.missing / max(1, original.missing + len(original.samples)),
            silenced=original.silenced,
            is_first_format=original.is_first_format,
            is_damaged=original.is_damaged,
            whole_seconds=original.seconds,
            original_rate=original.rate,
            original_channels=original.channels,
            difference_db=opened.comparison.difference_db,
            correlation=opened.comparison.correlation,
            part=opened.part,
            fixes=state.fixes,
            effects=_effects(state, edited, analysis, loudness),
            size_before=encoded_size(edited.seconds, original.rate, original.channels, state.fixes - SMALLER) / 1e6,
            max_minutes=max_minutes(),
        )

    def sample(self) -> bytes:
        """Return the file to send. Raises NO_SAMPLE, SAMPLE_SILENT and SAMPLE_TOO_LARGE."""
        if self.edited is None:
            raise InputError(Code.NO_SAMPLE, field="sample")
        is_steady = any(found.note == "steady" for found in self.findings)
        if not self.speech and not is_steady:
            raise InputError(Code.SAMPLE_SILENT, field="sample")
        if self.is_too_large:
            raise InputError(Code.SAMPLE_TOO_LARGE, limit="10 MB", size=self._result.size)
        return self.encoded


def _without(state: SampleEdits, fix: Fix) -> SampleEdits:
    """The state without a fix; one that trims takes those with it that came later."""
    if fix is Fix.SHRINK:
        return state._replace(fixes=state.fixes - state.shrunk - {fix}, shrunk=frozenset())
    fixes = state.fixes - {fix}
    if fix in state.shrunk:
        fixes -= {Fix.SHRINK}
    places = [place for place, (one, _was) in enumerate(state.former) if one is fix]
    if not places:
        return state._replace(fixes=fixes, shrunk=state.shrunk - {fix})
    undone = state.former[places[0] :]
    return state._replace(
        trim=undone[0][1], fixes=fixes - {one for one, _was in undone}, former=state.former[: places[0]]
    )


def _effects(state: SampleEdits, edited: Sound, analysis: Any, loudness: Any) -> dict[Fix, float]:
    """What each fix would give, see `Finding.effect`; `loudness` is that of the edited sound with its offset."""
    assert state.opened is not None
    opened, fixes, seconds = state.opened, state.fixes, edited.seconds
    original = opened.sound
    effects: dict[Fix, float] = {Fix.HIGH_PASS: 80.0, Fix.BEST: (opened.best[1] - opened.best[0]) / 1000}
    if loudness.integrated is not None:
        effects[Fix.LEVEL] = min(TARGET_LUFS - loudness.integrated, CEILING_DBTP - loudness.true_peak)
    effects[Fix.TRIM] = max(0.0, (analysis.lead + analysis.tail) / analysis.rate - 0.2)
    for fix in (Fix.MONO, Fix.RATE):
        effects[fix] = encoded_size(seconds, original.rate, original.channels, fixes | {fix}) / 1e6
    added = shrinking_fixes(seconds, original, fixes)
    if added:
        effects[Fix.SHRINK] = encoded_size(seconds, original.rate, original.channels, fixes | added) / 1e6
    return effects
