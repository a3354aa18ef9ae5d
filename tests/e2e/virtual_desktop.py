"""A private desktop: display, window manager, session bus, accessibility bus and sound, all of it ours alone.

The sound server has the sink `out` and the microphone `mic`, which hears what is played into the sink `micsink`.
Every part ends with the process that made the desk, also when that is killed.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tests.e2e.tree import Tree

NEEDED = ("Xvfb", "openbox", "dbus-daemon", "pulseaudio", "xdotool", "import", "setpriv")
ACCESSIBILITY_BUS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
START_SECONDS = 20.0

SOUND = (
    "module-native-protocol-unix",
    "module-null-sink sink_name=out",
    "module-null-sink sink_name=micsink",
    "module-remap-source master=micsink.monitor source_name=mic",
)
ALSA = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


class VirtualDesktop:
    """Use as a context manager.

    Attributes:
        environment: for programs that shall live on this desktop; their HOME is an empty folder.
        tree: the accessibility tree of everything on it.
    """

    def __init__(self, size: str = "1440x900") -> None:
        self._size = size
        self._parts: list[subprocess.Popen[bytes]] = []
        self.folder = Path(tempfile.mkdtemp(prefix="desk-"))
        self.environment: dict[str, str] = {}
        self.tree: Tree

    def __enter__(self) -> VirtualDesktop:
        missing = [name for name in NEEDED if shutil.which(name) is None]
        if missing:
            raise FileNotFoundError(f"a private desktop needs {', '.join(missing)}")
        try:
            self._build()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self, command: Sequence[str], **environment: str) -> subprocess.Popen[bytes]:
        """A silent program on this desktop that ends with us."""
        silent = subprocess.DEVNULL
        part = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command],
            env={**self.environment, **environment},
            stdin=silent,
            stdout=silent,
            stderr=silent,
        )
        self._parts.append(part)
        return part

    def key(self, *keys: str) -> None:
        """Press keys in the window that has the focus, each by its X name: `Return`, `shift+Tab`, `ctrl+k`."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type text in the window that has the focus, a key every 12 ms."""
        self._xdotool("type", "--clearmodifiers", "--", text)

    def activate(self, pid: int) -> None:
        """Give a program's window the keyboard, unless one of its windows has it."""
        shown = self._xdotool("search", "--sync", "--onlyvisible", "--pid", str(pid)).split()
        if self._active() not in shown:
            self._xdotool("windowactivate", "--sync", shown[0])

    def shows(self, pid: int) -> bool:
        """Whether a window of that program is visible now."""
        asked = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
        return bool(subprocess.run(asked, env=self.environment, capture_output=True).stdout)

    def screenshot(self, path: Path) -> None:
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True, timeout=20)

    def close(self) -> None:
        if hasattr(self, "tree"):
            self.tree.close()
        for part in reversed(self._parts):
            part.terminate()
        for part in reversed(self._parts):
            try:
                part.wait(5)
            except subprocess.TimeoutExpired:
                part.kill()
                part.wait()
        self._parts.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _build(self) -> None:
        home, runtime = self.folder / "home", self.folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        (home / ".asoundrc").write_text(ALSA, encoding="utf-8")
        self.environment = {
            **_inherited(os.environ),
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={runtime}/bus",
            "PULSE_SERVER": f"unix:{runtime}/pulse/native",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "LANG": "C.UTF-8",
        }
        self.environment["DISPLAY"] = self._start_display()
        self.start(["dbus-daemon", "--session", "--nofork", "--address", self.environment["DBUS_SESSION_BUS_ADDRESS"]])
        loaded = [option for module in SOUND for option in ("-L", module)]
        self.start(["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", *loaded])
        self.start(["openbox"])
        _wait("the session bus", lambda: _listens(runtime / "bus"))
        launcher = next(path for path in ACCESSIBILITY_BUS if Path(path).exists())
        self.start([launcher, "--launch-immediately"])
        _wait("the sound server", lambda: _listens(runtime / "pulse" / "native"))
        _wait("the accessibility bus", lambda: any((runtime / "at-spi").glob("bus*")))
        _wait("the window manager", self._managed)
        self.tree = Tree(self.environment)

    def _start_display(self) -> str:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp", "-noreset"]
        silent = subprocess.DEVNULL
        part = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command],
            env=self.environment,
            stdin=silent,
            stdout=silent,
            stderr=silent,
            pass_fds=[write],
        )
        os.close(write)
        self._parts.append(part)
        with os.fdopen(read) as announced:
            number = announced.readline().strip()
        if not number:
            raise RuntimeError("Xvfb found no free display")
        return f":{number}"

    def _managed(self) -> bool:
        """Whether the window manager has announced itself."""
        return subprocess.run(["xdotool", "get_desktop"], env=self.environment, capture_output=True).returncode == 0

    def _active(self) -> str:
        """The window that has the keyboard; empty where none has."""
        asked = ["xdotool", "getactivewindow"]
        return subprocess.run(asked, env=self.environment, capture_output=True, text=True).stdout.strip()

    def _xdotool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, timeout=30, capture_output=True, text=True
        ).stdout


def _inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """Ours without what would reach another desktop or change the program under test."""
    ours = ("XDG_", "DBUS_", "PULSE_", "QT_", "MIMO_", "WAYLAND_", "LC_", "AT_SPI_", "PYTEST_", "COV_")
    return {name: value for name, value in environment.items() if not name.startswith(ours)}


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _wait(what: str, there: Callable[[], bool]) -> None:
    end = time.monotonic() + START_SECONDS
    while not there():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not start within {START_SECONDS:.0f} s")
        time.sleep(0.02)
