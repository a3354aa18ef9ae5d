"""Texts for the checks of a clone sample: a sentence for each, and its fix with what it gives."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.services.speech.sample_checks import Check, Finding, Fix
from app.ui.texts.numbers import clock, seconds


def check_name(check: Check) -> str:
    match check:
        case Check.LENGTH:
            return QCoreApplication.translate("Voices", "Length")
        case Check.CLIPPING:
            return QCoreApplication.translate("Voices", "Clipping")
        case Check.LEVEL:
            return QCoreApplication.translate("Voices", "Level")
        case Check.NOISE:
            return QCoreApplication.translate("Voices", "Room noise")
        case Check.HUM:
            return QCoreApplication.translate("Voices", "Hum")
        case Check.SPEECH:
            return QCoreApplication.translate("Voices", "Speech share")
        case Check.SILENCE:
            return QCoreApplication.translate("Voices", "Silences")
        case Check.CHANNELS:
            return QCoreApplication.translate("Voices", "Channels")
        case Check.BANDWIDTH:
            return QCoreApplication.translate("Voices", "Bandwidth")
        case Check.RATE:
            return QCoreApplication.translate("Voices", "Rate")
        case Check.OFFSET:
            return QCoreApplication.translate("Voices", "DC offset")
        case Check.SIZE:
            return QCoreApplication.translate("Voices", "Encoded size")
        case Check.COMPLETE:
            return QCoreApplication.translate("Voices", "Whole file")


def grade_name(found: Finding) -> str:
    """The grade of a finding in words, for users who can't see its colour."""
    match found.grade:
        case "good":
            return QCoreApplication.translate("Voices", "good")
        case "warn":
            return QCoreApplication.translate("Voices", "look")
        case "bad":
            if found.check is Check.SIZE:
                return QCoreApplication.translate("Voices", "too large")
            return QCoreApplication.translate("Voices", "poor")
        case "unmeasured":
            return QCoreApplication.translate("Voices", "not measured")


def check_sentence(found: Finding) -> str:
    """What was found, in one sentence."""
    match found.check:
        case Check.LENGTH:
            return _length(found)
        case Check.CLIPPING:
            return _clipping(found)
        case Check.LEVEL:
            return _level(found)
        case Check.NOISE:
            return _noise(found)
        case Check.HUM:
            return _hum(found)
        case Check.SPEECH:
            return _speech(found)
        case Check.SILENCE:
            return _silence(found)
        case Check.CHANNELS:
            return _channels(found)
        case Check.BANDWIDTH:
            return _bandwidth(found)
        case Check.RATE:
            return _rate(found)
        case Check.OFFSET:
            return _offset(found)
        case Check.SIZE:
            return _size(found)
        case Check.COMPLETE:
            return _complete(found)


def _length(found: Finding) -> str:
    speech, (kept, whole) = found.value or 0.0, found.more
    if found.note == "long":
        text = QCoreApplication.translate("Voices", "{t} of speech: 10 to 60 s are enough, more only makes it larger.")
        return text.format(t=seconds(speech))
    if found.grade == "good":
        if whole - kept < 0.05:
            return QCoreApplication.translate("Voices", "{t}, enough for a clone.").format(t=seconds(kept))
        text = QCoreApplication.translate("Voices", "{t} kept of {whole}, enough for a clone.")
        return text.format(t=seconds(kept), whole=seconds(whole))
    text = QCoreApplication.translate("Voices", "Only {t} of speech; 10 s or more sound closer to the speaker.")
    return text.format(t=seconds(speech))


def _clipping(found: Finding) -> str:
    if not found.value:
        return QCoreApplication.translate("Voices", "No sample is cut off at a limit.")
    if found.value < 0.1:
        return QCoreApplication.translate("Voices", "A few peaks are cut off, less than 0.1 % of the samples.")
    text = QCoreApplication.translate("Voices", "{n} % of the samples are cut off. Record again, more quietly.")
    return text.format(n=f"{found.value:.1f}")


def _level(found: Finding) -> str:
    if found.value is None:
        return QCoreApplication.translate("Voices", "There is nothing loud enough to measure.")
    level = _number(found.value, 0)
    if found.used is not None:
        text = QCoreApplication.translate("Voices", "Brought to {n} LUFS; the peak is {peak} dB.")
        return text.format(n=level, peak=_number(found.more[0], 1))
    if found.grade == "good":
        return QCoreApplication.translate("Voices", "{n} LUFS, as speech should be.").format(n=level)
    if (found.effect or 0.0) > 0:
        return QCoreApplication.translate("Voices", "Quiet: {n} LUFS.").format(n=level)
    return QCoreApplication.translate("Voices", "Loud: {n} LUFS.").format(n=level)


def _noise(found: Finding) -> str:
    if found.grade == "unmeasured":
        return QCoreApplication.translate("Voices", "There is no pause in which the room can be heard alone.")
    if found.value is None:
        return QCoreApplication.translate("Voices", "Nothing between the words.")
    if found.value < 0:
        return QCoreApplication.translate("Voices", "The noise is louder than the speech.")
    below = QCoreApplication.translate("Voices", "{n} dB below the speech between the words.")
    if found.grade != "good":
        below = QCoreApplication.translate("Voices", "Only {n} dB below the speech. A quieter room helps.")
    return below.format(n=f"{found.value:.0f}")


def _hum(found: Finding) -> str:
    if found.grade == "unmeasured":
        return QCoreApplication.translate("Voices", "Too short to tell, less than a second.")
    if found.value is None:
        if found.used is not None:
            return QCoreApplication.translate("Voices", "None left above 80 Hz.")
        return QCoreApplication.translate("Voices", "No mains hum.")
    text = QCoreApplication.translate("Voices", "A {hz} Hz hum, {n} dB below the speech.")
    return text.format(hz=round(found.value), n=f"{max(0.0, found.more[0]):.0f}")


def _speech(found: Finding) -> str:
    share = found.value or 0.0
    if found.note == "steady":
        return QCoreApplication.translate("Voices", "A steady tone, not speech.")
    if share < 1:
        return QCoreApplication.translate("Voices", "No speech was found.")
    text = QCoreApplication.translate("Voices", "{n} % speech, {rest} % pauses.")
    return text.format(n=f"{share:.0f}", rest=f"{100 - share:.0f}")


def _silence(found: Finding) -> str:
    lead, tail = found.more
    if found.note == "ends":
        text = QCoreApplication.translate("Voices", "{first} of silence at the start, {last} at the end.")
        return text.format(first=seconds(lead), last=seconds(tail))
    if not found.value:
        return QCoreApplication.translate("Voices", "No pauses inside, none at the ends.")
    if found.note == "pause":
        text = QCoreApplication.translate("Voices", "The longest pause is {t}: trim it off, or keep one side.")
        return text.format(t=seconds(found.value))
    return QCoreApplication.translate("Voices", "The longest pause is {t}.").format(t=seconds(found.value))


def _channels(found: Finding) -> str:
    count = round(found.value or 1)
    difference = f"{found.more[0]:.1f}" if found.more else ""
    if found.used is not None:
        if found.note == "opposite":
            return QCoreApplication.translate("Voices", "One side is used: the two cancel each other.")
        if difference:
            text = QCoreApplication.translate("Voices", "Mixed to mono. The sides differed by {n} dB.")
            return text.format(n=difference)
        return QCoreApplication.translate("Voices", "Mixed to mono.")
    if count == 1:
        return QCoreApplication.translate("Voices", "Mono.")
    if found.note == "empty-channel":
        return QCoreApplication.translate("Voices", "One channel of {n} is empty.").format(n=count)
    if found.note == "opposite":
        return QCoreApplication.translate("Voices", "The two sides cancel each other; mono uses the louder one.")
    if count > 2 or not difference:
        return QCoreApplication.translate("Voices", "{n} channels; a clone needs one.").format(n=count)
    if found.note == "unlike":
        text = QCoreApplication.translate("Voices", "Stereo, one side {n} dB louder than the other.")
    else:
        text = QCoreApplication.translate("Voices", "Stereo, both sides alike within {n} dB.")
    return text.format(n=difference)


def _bandwidth(found: Finding) -> str:
    if found.value is None:
        return QCoreApplication.translate("Voices", "There is nothing to measure.")
    width = f"{found.value / 1000:.1f}"
    if found.grade == "good":
        return QCoreApplication.translate("Voices", "Sound up to {n} kHz.").format(n=width)
    text = QCoreApplication.translate("Voices", "Sound up to {n} kHz only, as from a telephone; 7 kHz is better.")
    return text.format(n=width)


def _rate(found: Finding) -> str:
    rate, original = _kilohertz(found.value or 0.0), _kilohertz(found.more[0])
    if found.used is not None and rate != original:
        return QCoreApplication.translate("Voices", "{n} kHz, from {was} kHz.").format(n=rate, was=original)
    if found.fix is not None:
        return QCoreApplication.translate("Voices", "{n} kHz, more than a voice needs.").format(n=rate)
    if found.grade != "good":
        return QCoreApplication.translate("Voices", "{n} kHz: the high sounds of speech are missing.").format(n=rate)
    return QCoreApplication.translate("Voices", "{n} kHz.").format(n=rate)


def _offset(found: Finding) -> str:
    if not found.value:
        if found.used is not None:
            return QCoreApplication.translate("Voices", "Removed.")
        return QCoreApplication.translate("Voices", "None.")
    text = QCoreApplication.translate("Voices", "The wave is shifted by {n} % of full scale.")
    return text.format(n=f"{found.value:.1f}")


def _size(found: Finding) -> str:
    size, (before, minutes) = f"{found.value or 0.0:.1f}", found.more
    if found.note == "too-long":
        text = QCoreApplication.translate("Voices", "{n} of 10 MB, and no fix makes it fit. Trim to at most {max} min.")
        return text.format(n=size, max=int(minutes))
    if found.grade == "bad":
        return QCoreApplication.translate("Voices", "{n} of 10 MB. It can’t be sent like this.").format(n=size)
    if before > (found.value or 0.0) + 0.05:
        text = QCoreApplication.translate("Voices", "{n} of 10 MB. Was {was} before the fixes.")
        return text.format(n=size, was=f"{before:.1f}")
    return QCoreApplication.translate("Voices", "{n} of 10 MB.").format(n=size)


def _complete(found: Finding) -> str:
    value = found.value or 0.0
    match found.note:
        case "damaged":
            return QCoreApplication.translate("Voices", "The file breaks off; its end may be missing.")
        case "silenced":
            text = QCoreApplication.translate("Voices", "{n} damaged samples, now silent.")
        case "other-format":
            text = QCoreApplication.translate("Voices", "Only the first format is read, {n} % is in another.")
        case "part":
            text = QCoreApplication.translate("Voices", "Too long to open whole: {from} to {to} of {whole}.")
            start, whole = found.more
            return text.format(**{"from": clock(start)}, to=clock(min(whole, start + value)), whole=clock(whole))
        case _:
            text = QCoreApplication.translate("Voices", "Shorter than it claims: {n} % of the file is missing.")
    return text.format(n=f"{value:.0f}")


def fix_label(found: Finding) -> tuple[str, str]:
    """The words of the offered fix, and what it gives; both empty without one."""
    effect = found.effect
    match found.fix:
        case None | Fix.MP3:
            return "", ""
        case Fix.BEST:
            name = QCoreApplication.translate("Voices", "Keep the best")
            return name, "" if effect is None else seconds(effect)
        case Fix.TRIM:
            name = QCoreApplication.translate("Voices", "Trim silence")
            return name, "" if effect is None else f"−{seconds(effect)}"
        case Fix.LEVEL:
            if effect is not None and effect < 0:
                return QCoreApplication.translate("Voices", "Lower level"), f"{_number(effect, 0)} dB"
            name = QCoreApplication.translate("Voices", "Raise level")
            return name, "" if effect is None else f"+{effect:.0f} dB"
        case Fix.MONO:
            name = QCoreApplication.translate("Voices", "Mix to mono")
        case Fix.RATE:
            name = QCoreApplication.translate("Voices", "Resample")
        case Fix.HIGH_PASS:
            return QCoreApplication.translate("Voices", "High-pass"), "80 Hz"
        case Fix.OFFSET:
            return QCoreApplication.translate("Voices", "Remove offset"), ""
        case Fix.SHRINK:
            name = QCoreApplication.translate("Voices", "Shrink to fit")
    return name, "" if effect is None else f"{effect:.1f} MB"


def fix_name(fix: Fix) -> str:
    """What was done to a sample."""
    match fix:
        case Fix.BEST:
            return QCoreApplication.translate("Voices", "Keep the best")
        case Fix.TRIM:
            return QCoreApplication.translate("Voices", "Trim silence")
        case Fix.LEVEL:
            return QCoreApplication.translate("Voices", "Bring to level")
        case Fix.MONO:
            return QCoreApplication.translate("Voices", "Mix to mono")
        case Fix.RATE:
            return QCoreApplication.translate("Voices", "Resample")
        case Fix.HIGH_PASS:
            return QCoreApplication.translate("Voices", "High-pass")
        case Fix.OFFSET:
            return QCoreApplication.translate("Voices", "Remove offset")
        case Fix.MP3:
            return "MP3"
        case Fix.SHRINK:
            return QCoreApplication.translate("Voices", "Shrink to fit")


def fix_control_name(found: Finding) -> str:
    """The accessible name of the button beside a check: what it fixes, or undoes; empty without a button."""
    if found.used is not None:
        return QCoreApplication.translate("Voices", "Undo {check}").format(check=check_name(found.check))
    if found.fix is Fix.SHRINK:
        return QCoreApplication.translate("Voices", "Shrink to fit")
    if found.fix is None:
        return ""
    return QCoreApplication.translate("Voices", "Fix {check}").format(check=check_name(found.check))


def checks_summary(findings: tuple[Finding, ...]) -> str:
    """How many checks ask for something: `1 to fix, 4 to look at, 1 not measured`."""
    counts = {grade: sum(found.grade == grade for found in findings) for grade in ("bad", "warn", "unmeasured")}
    parts = []
    if counts["bad"]:
        parts.append(QCoreApplication.translate("Voices", "{n} to fix").format(n=counts["bad"]))
    if counts["warn"]:
        parts.append(QCoreApplication.translate("Voices", "{n} to look at").format(n=counts["warn"]))
    if counts["unmeasured"]:
        parts.append(QCoreApplication.translate("Voices", "{n} not measured").format(n=counts["unmeasured"]))
    if not parts:
        return QCoreApplication.translate("Voices", "all good") if findings else ""
    return ", ".join(parts)


def checked_part(findings: tuple[Finding, ...]) -> str:
    """Which part the checks are about, `of the kept 28 s`; empty where all of the opened sound is kept."""
    length = next((found for found in findings if found.check is Check.LENGTH), None)
    kept, whole = length.more if length is not None else (0.0, 0.0)
    if whole - kept < 0.05:
        return ""
    return QCoreApplication.translate("Voices", "of the kept {t}").format(t=seconds(kept))


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def _kilohertz(rate: float) -> str:
    return f"{rate / 1000:g}"
