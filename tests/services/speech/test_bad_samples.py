"""Whatever is opened as a sample: one clear result with what to do next, in bounded memory, and the file unchanged."""

from __future__ import annotations

import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
import soundfile
from PySide6.QtWidgets import QApplication

from app.audio.files import open_sound
from app.audio.sound_writing import file_bytes
from app.composition.audio_adapter import audio
from app.core.errors import AudioError, Code, InputError
from app.services.speech import opened_sample
from app.services.speech.ports import Audio
from app.services.speech.sample_checks import Check
from app.services.speech.sample_editor import SampleEditor
from app.ui.language import Language
from app.ui.texts.errors import error_message
from app.ui.texts.sample_checks import check_sentence
from tests.audio.speech import phrase, silence

RATE = 24_000
SPEECH = np.tile(np.concatenate([phrase(syllables=16), silence(0.4)]), 4)[: 12 * RATE].astype(np.float32) / 2
SECONDS = 12.0


DEPTHS = {"8 bit": "8", "24 bit": "24", "no numbers": "float", "VBR MP3": "", "two MP3s": ""}
InBoth = Callable[[Callable[[], object]], tuple[str, str]]


@pytest.fixture
def in_both(qapp: QApplication) -> Iterator[InBoth]:
    """Returns what a function says in English and in Chinese."""
    language = Language(qapp)

    def said(say: Callable[[], object]) -> tuple[str, str]:
        english = str(say())
        language.use("zh_CN")
        chinese = str(say())
        language.use("en")
        return english, chinese

    yield said
    language.use("en")


def wav(samples: np.ndarray = SPEECH, rate: int = RATE, subtype: str = "PCM_16") -> Callable[[Path], None]:
    return lambda path: soundfile.write(path, samples, rate, subtype, format="WAV")


def sized(data: int, riff: int) -> Callable[[Path], None]:
    """A WAV file whose size fields lie."""

    def write(path: Path) -> None:
        wav()(path)
        content = bytearray(path.read_bytes())
        content[4:8], content[40:44] = struct.pack("<I", riff), struct.pack("<I", data)
        path.write_bytes(content)

    return write


def content(made: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(made) and None


def cut(path: Path) -> None:
    wav()(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: 44 + (len(whole) - 44) // 3])


def not_numbers(path: Path) -> None:
    samples = SPEECH.copy()
    samples[1_000:1_010], samples[2_000], samples[3_000] = np.nan, np.inf, -np.inf
    wav(samples, subtype="FLOAT")(path)


def header(data: int, channels: int = 1, rate: int = RATE, bits: int = 16) -> bytes:
    frame = channels * bits // 8
    form = struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * frame, frame, bits)
    return b"RIFF" + struct.pack("<I", data + 36) + b"WAVEfmt " + form + b"data" + struct.pack("<I", data)


def mp3(path: Path) -> None:
    """Variable bit rate without a Xing header, which tells the length."""
    wav()(path.with_suffix(".source"))
    command = ["ffmpeg", "-v", "error", "-i", str(path.with_suffix(".source")), "-q:a", "4", "-write_xing", "0"]
    subprocess.run([*command, "-f", "mp3", str(path)], check=True)
    path.with_suffix(".source").unlink()


def joined_mp3s(path: Path) -> None:
    one = file_bytes(audio().make_sound(SPEECH[:, None], RATE), "mp3")
    path.write_bytes(one + one)


class Case(NamedTuple):
    """A file that is opened.

    Attributes:
        write: makes it; None for a path at which nothing is.
        refused: the code with which it is refused; None if it opens.
        seconds: how long it is then.
        found: a check that stands out, and the begin of its sentence.
        sending: the code with which it is not sent.
    """

    write: Callable[[Path], None] | None
    refused: Code | None = None
    seconds: float = SECONDS
    found: tuple[Check, str] | None = None
    sending: Code | None = None


CASES = {
    "0 bytes": Case(content(b""), Code.SOUND_EMPTY),
    "only a header": Case(content(header(0)), Code.SOUND_EMPTY),
    "half a header": Case(content(header(100)[:30]), Code.SOUND_UNREADABLE),
    "text": Case(content(b"To whom it may concern: this is no sound.\n" * 50), Code.SOUND_UNREADABLE),
    "random": Case(content(np.random.default_rng(1).bytes(5_000)), Code.SOUND_UNREADABLE),
    "vanished": Case(None, Code.FILE_MISSING),
    "folder": Case(lambda path: path.mkdir(), Code.FILE_IS_FOLDER),
    "16 channels": Case(content(header(3_200, channels=16) + bytes(3_200)), Code.SOUND_FORMAT),
    "1 Hz": Case(content(header(200, rate=1) + bytes(200)), Code.SOUND_FORMAT),
    "truncated": Case(cut, seconds=4, found=(Check.COMPLETE, "Shorter than it claims: 67 %")),
    "sizes of 0": Case(sized(0, 0)),
    "sizes of 4 GB": Case(sized(0xFFFF_FFFF, 0xFFFF_FFFF)),
    "size of 2 GB": Case(sized(0x7FFF_FFF0, 0x7FFF_FFF0)),
    "size too small": Case(sized(1_001, 1_037)),
    "size of 1 GB": Case(sized(1 << 30, 1 << 30), found=(Check.COMPLETE, "Shorter than it claims: 100 %")),
    "8 bit": Case(wav(subtype="PCM_U8")),
    "24 bit": Case(wav(subtype="PCM_24")),
    "no numbers": Case(not_numbers, found=(Check.COMPLETE, "12 damaged samples")),
    "192 kHz": Case(wav(np.repeat(SPEECH[: 4 * RATE], 8), 192_000), seconds=4, found=(Check.RATE, "192 kHz")),
    "8 channels": Case(wav(np.stack([SPEECH] * 8, axis=1)), found=(Check.CHANNELS, "8 channels")),
    "silence": Case(wav(np.zeros(3 * RATE)), seconds=3, found=(Check.SPEECH, "No speech"), sending=Code.SAMPLE_SILENT),
    "tone": Case(
        wav(0.3 * np.sin(np.arange(3 * RATE) / 20)), seconds=3, found=(Check.SPEECH, "A steady tone, not speech")
    ),
    "VBR MP3": Case(mp3),
    "two MP3s": Case(joined_mp3s, seconds=2 * SECONDS),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
async def test_every_file_gives_one_clear_result_and_stays_as_it_is(name: str, tmp_path: Path, in_both: InBoth) -> None:
    case, path = CASES[name], tmp_path / "sample.wav"
    if case.write is not None:
        case.write(path)
    before = path.read_bytes() if path.is_file() else None
    modified = path.stat().st_mtime_ns if path.exists() else None
    editor = SampleEditor(audio())
    if case.refused is not None:
        with pytest.raises(AudioError) as refused:
            await editor.open(path)
        error = refused.value
        assert error.code is case.refused and editor.edited is None
        error.params.setdefault("name", path.name)
        message = error_message(error)
        assert message.what.endswith(".") and message.next_step, "what happened, and what to do next"
        english, chinese = in_both(lambda: error_message(error))
        assert "{" not in english + chinese and english != chinese
    else:
        assert await editor.open(path)
        assert editor.milliseconds / 1000 == pytest.approx(case.seconds, abs=0.2)
        assert editor.opened is not None and editor.opened.sound.depth == DEPTHS.get(name, "16")
        assert editor.edited is not None and np.isfinite(editor.edited.samples).all()
        if case.found is not None:
            check, begin = case.found
            finding = next(one for one in editor.findings if one.check is check)
            english, chinese = in_both(lambda: check_sentence(finding))
            assert finding.grade != "good" and english.startswith(begin) and chinese != english
        else:
            assert not [one for one in editor.findings if one.check is Check.COMPLETE]
        if case.sending is not None:
            with pytest.raises(InputError) as unsent:
                editor.sample()
            assert unsent.value.code is case.sending
        else:
            assert editor.sample()
    if before is not None:
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, modified)


class Held:
    """Counts what the audio functions hold at once of a file."""

    def __init__(self) -> None:
        self.frames = 0

    def watching(self, real: Audio) -> Audio:
        def make(name: str) -> Callable[..., object]:
            function = getattr(real, name)

            def call(*of: object, **named: object) -> object:
                sound = function(*of, **named)
                self.frames = max(self.frames, sound.samples.size)
                return sound

            return call

        return real._replace(read_sound=make("read_sound"), read_span=make("read_span"), edited=make("edited"))


@pytest.mark.parametrize("sizes", ["true", "0", "4 GB"])
async def test_of_two_hours_or_2_gb_only_a_bounded_part_is_held(
    sizes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_both: InBoth
) -> None:
    """The limit is lowered, and what is lowered with it is the file: 2 h are to 240 MB as this one to its limit."""
    limit = 4 * RATE * 20
    monkeypatch.setattr(opened_sample, "MAX_OPEN_BYTES", limit)
    path, frames = tmp_path / "long.wav", 300 * RATE
    with path.open("wb") as file:
        file.write(header(2 * frames))
        file.seek(44 + 2 * 200 * RATE)
        file.write((SPEECH * 32_767).astype("<i2").tobytes())
        file.truncate(44 + 2 * frames)
        if sizes != "true":
            stated = 0 if sizes == "0" else 0xFFFF_FFFF
            for at in (4, 40):
                file.seek(at)
                file.write(struct.pack("<I", stated))
    held = Held()
    editor = SampleEditor(held.watching(audio()))
    assert await editor.open(path)
    assert 4 * held.frames <= limit
    assert editor.edited is not None and editor.opened is not None and editor.opened.part is not None
    start, whole = editor.opened.part
    assert whole == 300 and start <= 200 <= start + 20, "the part with the speech is open"
    part = next(one for one in editor.findings if one.check is Check.COMPLETE)
    english, chinese = in_both(lambda: check_sentence(part))
    assert english.startswith("Too long to open whole") and chinese != english
    assert editor.sample()


def test_a_2_gb_file_is_opened_without_reading_it_into_memory(tmp_path: Path) -> None:
    """What is decided before the first frame is read costs neither time nor memory for any size."""
    path = tmp_path / "huge.wav"
    for size in (0, 2_000_000_000):
        with path.open("wb") as file:
            file.write(header(size))
            file.truncate(44 + 2_000_000_000)
        if size:
            with open_sound(path) as sound:
                assert sound.claimed == 1_000_000_000
                assert sound.skip_to(999_999_000) == 999_999_000
                assert sum(map(len, sound)) == 1_000
