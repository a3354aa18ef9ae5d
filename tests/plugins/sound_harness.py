"""A private sound server with loudspeakers that can be recorded and microphones that can be fed.

The fixture `sound_desk` starts PulseAudio with null sinks and points this process's PortAudio and pulsectl at it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 48_000
SINKS = ("out", "out2", "out3", "out4")
SETTLED = 2.4
"""Seconds until a null sink, which renders 2 s ahead at first, adapts to a reader that requests low latency."""
ON_THE_WAY = 0.5
"""Maximum delay in seconds of the loudspeaker's clock from the callback to the recorded file."""

MAY_GO_FIRST = hasattr(os, "geteuid") and os.geteuid() == 0
"""Whether processes may be given priority. The simulated sound card must not wait for the rest of a busy machine."""
FIRST = ("nice", "-n", "-15") if MAY_GO_FIRST else ()

_ALSA = "".join(f"{kind}.{name} {{ type pulse }}\n" for kind in ("pcm", "ctl") for name in ("pulse", "!default"))


class Heard:
    """What a loudspeaker played: `samples`, set after the recording, are float32 of shape (frames, 2) at 48 kHz."""

    samples: Samples

    @property
    def left(self) -> Samples:
        return self.samples[:, 0]

    def sounding(self, level: float = 1e-5) -> tuple[int, int]:
        """The range of audible frames, end exclusive."""
        loud = np.flatnonzero(np.abs(self.left) > level)
        assert len(loud), "nothing was heard"
        return int(loud[0]), int(loud[-1]) + 1


class SoundDesk:
    """A running sound server.

    Attributes:
        process: the server; end it to test what happens when it dies.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.server = f"unix:{folder}/native"
        self._readers: dict[str, subprocess.Popen[bytes]] = {}
        environment = {
            **os.environ,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_RUNTIME_PATH": str(folder),
        }
        modules = [f"module-native-protocol-unix socket={folder}/native auth-anonymous=1"]
        modules += [self._null_sink(name) for name in (*SINKS, "micsink")]
        modules += ["module-remap-source master=micsink.monitor source_name=mic"]
        command = [
            *FIRST,
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm",
        ]
        for module in modules:
            command += ["-L", module]
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        self.environment = {
            "PULSE_SERVER": self.server,
            "PULSE_COOKIE": str(folder / "cookie"),
            "XDG_RUNTIME_DIR": str(folder),
            "ALSA_CONFIG_PATH": str(folder / "alsa.conf"),
        }
        (folder / "alsa.conf").write_text(_ALSA)

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + 10
        while not (self._folder / "native").exists():
            assert self.process.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < deadline, "the sound server does not start"
            time.sleep(0.02)
        self.pactl("set-default-sink", "out")
        self.pactl("set-default-source", "mic")
        for sink in (*SINKS, "micsink"):
            self._listen(sink)
        time.sleep(SETTLED)

    def pactl(self, *words: str) -> str:
        return subprocess.run(
            ["pactl", *words],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, **self.environment},
            timeout=10,
        ).stdout

    def add_sink(self, name: str) -> str:
        """Connect a loudspeaker. Returns the module to unload to disconnect it."""
        return self.pactl("load-module", *self._null_sink(name).split()).strip()

    def add_source(self, name: str) -> str:
        """Connect a microphone with the same signal as the other one. Returns the module to unload."""
        return self.pactl("load-module", "module-remap-source", "master=micsink.monitor", f"source_name={name}").strip()

    @contextmanager
    def recording(self, sink: str = "out") -> Iterator[Heard]:
        """Record a loudspeaker until half a second after the end of the `with` block."""
        path = self._folder / f"{sink}.raw"
        heard = Heard()
        start = path.stat().st_size
        with going_first():
            yield heard
        enough = path.stat().st_size + round(ON_THE_WAY * RATE) * 8
        deadline = time.monotonic() + 15
        while path.stat().st_size < enough and time.monotonic() < deadline:
            time.sleep(0.02)
        with path.open("rb") as file:
            file.seek(start - start % 8)
            content = file.read()
        heard.samples = np.frombuffer(content[: len(content) // 8 * 8], "<f4").reshape(-1, 2)

    def speak_into_mic(self, samples: Samples) -> subprocess.Popen[bytes]:
        """Mono float32 at 48 kHz, as if spoken from now on; wait for what is returned.

        A second is handed over ahead, because a speaker who stumbles on a loaded machine would look like a gap.
        """
        path = self._folder / "spoken.raw"
        path.write_bytes(samples.astype("<f4").tobytes())
        with path.open("rb") as file:
            return subprocess.Popen(
                [*FIRST, "pacat", "--device=micsink", "--raw", "--format=float32le", f"--rate={RATE}", "--channels=1",
                 "--latency-msec=1000"],
                stdin=file, stderr=subprocess.DEVNULL, env={**os.environ, **self.environment},
            )  # fmt: skip

    def close(self) -> None:
        for process in (*self._readers.values(), self.process):
            process.terminate()
            process.wait(timeout=30)

    def freeze(self) -> None:
        """Suspend the server."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def _null_sink(self, name: str) -> str:
        return f"module-null-sink sink_name={name} rate={RATE} format=float32le channels=2"

    def _listen(self, sink: str) -> None:
        """Start a reader, without which the server does not use low latency."""
        with (self._folder / f"{sink}.raw").open("wb") as file:
            self._readers[sink] = subprocess.Popen(
                [*FIRST, "parec", f"--device={sink}.monitor", "--latency-msec=10", "--raw", "--format=float32le",
                 f"--rate={RATE}", "--channels=2"],
                stdout=subprocess.DEVNULL if sink == "micsink" else file, stderr=subprocess.DEVNULL,
                env={**os.environ, **self.environment},
            )  # fmt: skip


@contextmanager
def going_first() -> Iterator[None]:
    """Run this thread, and those started meanwhile, with the priority of a sound card driver."""
    if not MAY_GO_FIRST:
        yield
        return
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, -15)
    try:
        yield
    finally:
        os.setpriority(os.PRIO_PROCESS, 0, before)


@contextmanager
def running_sound_desk(folder: Path) -> Iterator[SoundDesk]:
    """The sound server as a context manager, for benchmarks, which have no fixtures."""
    desk = SoundDesk(folder)
    before = {name: os.environ.get(name) for name in desk.environment}
    os.environ.update(desk.environment)
    try:
        desk.wait_until_up()
        yield desk
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        desk.close()


@pytest.fixture(scope="session")
def sound_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundDesk]:
    with running_sound_desk(tmp_path_factory.mktemp("sound")) as desk:
        yield desk
