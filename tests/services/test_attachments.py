"""Attachments from real files, pasted bytes and addresses, with the home and the probes of the program."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from app.audio import media_facts
from app.audio.files import Sound
from app.audio.sound_writing import write_sound
from app.core.attachments import max_file_size
from app.core.errors import Code, WorkbenchError
from app.core.media_tokens import media_tokens
from app.core.messages import Media
from app.services.chat.attachment_ports import MediaProbes
from app.services.chat.attachments import Attachments, CheckedAddress, check_count
from app.storage.blobs import Blobs
from tests.core.test_attachments import SAMPLES, jpeg, png

MEDIA = Path(__file__).parent / "media"


class Answer(msgspec.Struct):
    status: int = 200
    mime: str = ""
    size: int | None = None
    head: bytes = b""
    target: str = ""


class Web:
    """Answers every address with `answer`, and notes what was asked."""

    def __init__(self) -> None:
        self.answer = Answer()
        self.asked: list[str] = []

    async def look_at(self, url: str) -> Answer:
        self.asked.append(url)
        return self.answer


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


@pytest.fixture
def attachments(blobs: Blobs, web: Web) -> Attachments:
    probes = MediaProbes(
        media_facts.container_facts, media_facts.sound_facts, media_facts.first_frame, web.look_at
    )  # fmt: skip
    return Attachments(blobs, probes)


async def refused(work: Any) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as failed:
        await work
    return failed.value


async def test_an_image_is_copied_and_measured_by_its_content(
    attachments: Attachments, blobs: Blobs, tmp_path: Path
) -> None:
    given = tmp_path / "会议室三.txt"
    given.write_bytes(png(1280, 960))
    media = await attachments.from_file(given)
    given.write_bytes(b"changed afterwards")
    assert (media.mime, media.name, media.format) == ("image/png", "会议室三.txt", "PNG")
    assert (media.width, media.height, media.size) == (1280, 960, len(png(1280, 960)))
    assert media_tokens(media) == 1200
    assert blobs.read(media.digest) == png(1280, 960), "what is shown is what is sent"
    assert await attachments.is_intact(media)
    blobs.path(media.digest).write_bytes(b"")
    assert not await attachments.is_intact(media)
    assert not await attachments.is_intact(Media("image/png", "blob:zz")), "as in a damaged or foreign file"


async def test_a_sound_has_its_length_and_waveform(attachments: Attachments, tmp_path: Path) -> None:
    rate = 16_000
    loud_then_quiet = np.concatenate([np.full(rate, 0.5, np.float32), np.zeros(rate, np.float32)])
    loud_then_quiet[:rate:2] *= -1
    write_sound(tmp_path / "clap.flac", Sound(loud_then_quiet[:, None], rate), "flac")
    media = await attachments.from_file(tmp_path / "clap.flac")
    assert (media.mime, media.seconds, media_tokens(media)) == ("audio/flac", 2.0, 13)
    peaks = np.frombuffer(media.peaks, np.int8).reshape(-1, 2)
    third = len(peaks) // 3
    assert (peaks[:third] == [-64, 64]).all() and (peaks[-third:] == 0).all()


async def test_a_sound_that_cannot_be_decoded_is_still_taken(
    attachments: Attachments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    media = await attachments.from_file(MEDIA / "voice.m4a")
    assert (media.mime, media.peaks) == ("audio/mp4", b"")
    assert media.seconds == pytest.approx(2.0, abs=0.2), "its container says how long it is"


async def test_a_recording_in_a_container_for_video_is_a_sound(attachments: Attachments, tmp_path: Path) -> None:
    phone = tmp_path / "phone.mp4"
    phone.write_bytes((MEDIA / "voice.m4a").read_bytes().replace(b"ftypM4A ", b"ftypisom", 1))
    media = await attachments.from_file(phone)
    assert (media.mime, media.format) == ("audio/mp4", "M4A")
    assert media.seconds == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize(("name", "mime"), [("clip.mp4", "video/mp4"), ("clip.wmv", "video/x-ms-wmv")])
async def test_a_video_has_its_size_length_and_codec(attachments: Attachments, name: str, mime: str) -> None:
    media = await attachments.from_file(MEDIA / name)
    assert (media.mime, media.width, media.height) == (mime, 64, 48)
    assert media.seconds == pytest.approx(2.0, abs=0.2) and ", " in media.format
    assert media_tokens(media) is not None


async def test_without_the_library_what_is_in_a_video_is_unknown(
    attachments: Attachments, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pymediainfo import MediaInfo

    def missing(*_: object, **__: object) -> None:
        raise OSError("libmediainfo.so.0: cannot open shared object file")

    monkeypatch.setattr(MediaInfo, "parse", missing)
    media = await attachments.from_file(MEDIA / "clip.mp4")
    assert (media.seconds, media.width, media.format) == (None, 0, "MP4")
    assert media_tokens(media) is None


@pytest.fixture(params=["ours", "installed"])
def decoder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The installed ffmpeg, and a program that takes the same arguments, where there is none."""
    if request.param == "installed" and shutil.which("ffmpeg") is not None:
        return
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "frame.png").write_bytes(png(64, 48))
    decoder = folder / "ffmpeg"
    decoder.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        "arguments = sys.argv[1:]\n"
        "path = arguments[arguments.index('-i') + 1]\n"
        "assert path.startswith('file:') and '-nostdin' in arguments and arguments[-1] == '-'\n"
        "whole = b'moov' in pathlib.Path(path.removeprefix('file:')).read_bytes()\n"
        "frame = pathlib.Path(__file__).with_name('frame.png').read_bytes()\n"
        "sys.stdout.buffer.write(frame if whole else b'')\n"
        "raise SystemExit(0 if whole else 1)\n"
    )
    decoder.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


async def test_the_first_frame_of_a_video_is_kept(
    attachments: Attachments, blobs: Blobs, tmp_path: Path, decoder: None
) -> None:
    media = await attachments.from_file(MEDIA / "clip.mp4")
    frame = attachments.preview_path(media)
    assert frame is not None and frame.read_bytes().startswith(b"\x89PNG")
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(SAMPLES["MP4"] + bytes(1000))
    media = await attachments.from_file(broken)
    assert media.preview == "" and attachments.preview_path(media) is None


async def test_a_decoder_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "ffmpeg"
    endless.write_text("#!/bin/sh\nexec sleep 60\n")
    endless.chmod(0o755)
    started: list[asyncio.subprocess.Process] = []
    start = asyncio.create_subprocess_exec

    async def noted(*command: Any, **options: Any) -> asyncio.subprocess.Process:
        started.append(await start(*command, **options))
        return started[-1]

    monkeypatch.setattr(shutil, "which", lambda name: str(endless))
    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    monkeypatch.setattr(media_facts, "FRAME_TIMEOUT_SECONDS", 0.05)
    assert await media_facts.first_frame(MEDIA / "clip.mp4") is None
    monkeypatch.setattr(media_facts, "FRAME_TIMEOUT_SECONDS", 60.0)
    waiting = asyncio.ensure_future(media_facts.first_frame(MEDIA / "clip.mp4"))
    while len(started) < 2:
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert [process.returncode for process in started] == [-9, -9]


async def test_a_file_that_can_not_be_sent_is_refused_with_its_reason(
    attachments: Attachments, blobs: Blobs, tmp_path: Path
) -> None:
    def written(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    large = written("large.png", png(9, 9))
    with large.open("r+b") as file:
        file.truncate(60_000_000)
    for path, code in (
        (large, Code.ATTACHMENT_TOO_LARGE),
        (written("empty.png", b""), Code.ATTACHMENT_EMPTY),
        (written("report.png", b"%PDF-1.7"), Code.ATTACHMENT_FORMAT),
        (written("notes.png", b"just words"), Code.ATTACHMENT_FORMAT),
        (tmp_path / "vanished.png", Code.FILE_MISSING),
        (tmp_path / "null\0character.png", Code.FILE_MISSING),
        (tmp_path, Code.FILE_IS_FOLDER),
    ):
        error = await refused(attachments.from_file(path))
        assert error.code is code and error.params["name"] == path.name
    assert (await refused(attachments.from_file(tmp_path / "report.png"))).params["format"] == "PDF"
    assert not list(blobs) and not list((tmp_path / "blobs").glob("partial/*")), "nothing of them is left"
    assert max_file_size() < 60_000_000


async def test_pasted_bytes_are_attached_like_a_file(attachments: Attachments, blobs: Blobs) -> None:
    media = await attachments.from_bytes(jpeg(640, 480), "Pasted image.jpg")
    assert (media.name, media.width, media.height) == ("Pasted image.jpg", 640, 480)
    assert (await refused(attachments.from_bytes(b"words", "x"))).code is Code.ATTACHMENT_FORMAT


async def test_an_address_is_never_looked_at_unasked(attachments: Attachments, web: Web) -> None:
    media = attachments.from_address(" https://quay.example/boats%20out.png?x=1 ")
    assert media == Media("image/png", "https://quay.example/boats%20out.png?x=1", "boats out.png", format="PNG")
    assert media_tokens(media) is None and web.asked == []
    assert attachments.path(media) is None and not await attachments.is_intact(media)
    nameless = attachments.from_address("https://quay.example/", "audio")
    assert (nameless.mime, nameless.name) == ("audio/mpeg", "quay.example")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://quay.example/a.png", Code.ADDRESS_NOT_HTTPS), ("quay.example/a.png", Code.ADDRESS_INVALID),
        ("https://me:secret@quay.example/a.png", Code.ADDRESS_INVALID), ("", Code.ADDRESS_INVALID),
        ("https://2130706433/a.png", Code.ADDRESS_PRIVATE), ("https://0x7f.1/a.png", Code.ADDRESS_PRIVATE),
        ("https://127.0.0.1/a.png", Code.ADDRESS_PRIVATE), ("https://nas.local/a.png", Code.ADDRESS_PRIVATE),
        ("https://quay.example/a", Code.ATTACHMENT_FORMAT), ("ftp://quay.example/a.png", Code.ADDRESS_INVALID),
    ],
)  # fmt: skip
async def test_an_address_that_the_service_cannot_fetch_is_refused(
    attachments: Attachments, web: Web, url: str, code: Code
) -> None:
    with pytest.raises(WorkbenchError) as failed:
        attachments.from_address(url)
    assert failed.value.code is code
    if code is not Code.ATTACHMENT_FORMAT:
        assert (await refused(attachments.check_address(url))).code is code
        assert web.asked == []


async def test_a_server_of_ones_own_may_fetch_from_its_network(blobs: Blobs, web: Web) -> None:
    probes = MediaProbes(media_facts.container_facts, media_facts.sound_facts, media_facts.first_frame, web.look_at)
    own = Attachments(blobs, probes, lambda: True)
    assert own.from_address("https://nas.local/a.png").name == "a.png"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(200, "text/html", 900, b"<!doctype html><p>"), Code.ADDRESS_IS_PAGE),
        (Answer(200, "image/png", 900, b"\n<html>"), Code.ADDRESS_IS_PAGE),
        (Answer(200, "text/html", None, b"words"), Code.ADDRESS_IS_PAGE),
        (Answer(404, "image/png", 900, b""), Code.ADDRESS_STATUS),
        (Answer(302, target="https://elsewhere.example/"), Code.ADDRESS_REDIRECTS),
        (Answer(200, "application/pdf", 900, b"%PDF-"), Code.ADDRESS_FORMAT),
        (Answer(200, "", 0, b""), Code.ADDRESS_FORMAT),
    ],
)
async def test_what_an_address_answers_with_is_said(
    attachments: Attachments, web: Web, answer: Answer, code: Code
) -> None:
    web.answer = answer
    assert (await refused(attachments.check_address("https://quay.example/a.png"))).code is code
    assert web.asked == ["https://quay.example/a.png"]


async def test_a_checked_address_has_its_true_type_and_size(attachments: Attachments, web: Web) -> None:
    web.answer = Answer(200, "application/octet-stream", 1234, jpeg(3, 2))
    checked = await attachments.check_address("https://quay.example/photo")
    assert (checked.format.name, checked.size) == ("JPEG", 1234)
    media = attachments.from_address("https://quay.example/photo", checked=checked)
    assert (media.mime, media.size, media.format) == ("image/jpeg", 1234, "JPEG")
    with pytest.raises(WorkbenchError) as failed:
        attachments.from_address("https://quay.example/photo", checked=CheckedAddress(checked.format, 51 << 20))
    assert failed.value.code is Code.ATTACHMENT_TOO_LARGE


def test_the_number_of_attachments_is_bounded() -> None:
    check_count(19)
    with pytest.raises(WorkbenchError):
        check_count(19, 2)
