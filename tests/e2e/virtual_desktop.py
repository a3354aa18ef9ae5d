"""A private desktop: display, window manager, session bus, accessibility bus and sound server.

The sound server has the sink `out` and the microphone `mic`, which records what is played to the sink `micsink`.
All processes end with the process that created the desktop, even if that is killed.
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

REQUIRED_PROGRAMS = ("Xvfb", "openbox", "dbus-daemon", "pulseaudio", "xdotool", "import", "setpriv")
ACCESSIBILITY_BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
START_TIMEOUT_SECONDS = 20.0

SOUND_MODULES = (
    "module-native-protocol-unix",
    "module-null-sink sink_name=out",
    "module-null-sink sink_name=micsink",
    "module-remap-source master=micsink.monitor source_name=mic",
)
ALSA_CONFIGURATION = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"


class VirtualDesktop:
    """A private desktop, to be used as a context manager.

    Attributes:
        environment: environment variables for programs on this desktop; HOME is an empty folder.
        tree: the accessibility tree of the desktop.
    """

    def __init__(self, size: str = "1440x900") -> None:
        self._size = size
        self._processes: list[subprocess.Popen[bytes]] = []
        self.folder = Path(tempfile.mkdtemp(prefix="desktop-"))
        self.environment: dict[str, str] = {}
        self.tree: Tree

    def __enter__(self) -> VirtualDesktop:
        missing = [name for name in REQUIRED_PROGRAMS if shutil.which(name) is None]
        if missing:
            raise FileNotFoundError(f"a private desktop needs {', '.join(missing)}")
        try:
            self._start_all()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self, command: Sequence[str], **environment: str) -> subprocess.Popen[bytes]:
        """Start a program on this desktop that ends with this process; its output is discarded."""
        discard = subprocess.DEVNULL
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command],
            env={**self.environment, **environment},
            stdin=discard,
            stdout=discard,
            stderr=discard,
        )
        self._processes.append(process)
        return process

    def key(self, *keys: str) -> None:
        """Press keys in the focused window, given by their X names: `Return`, `shift+Tab`, `ctrl+k`."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type text in the focused window, one key every 12 ms."""
        self._xdotool("type", "--clearmodifiers", "--", text)

    def activate(self, pid: int) -> None:
        """Focus a program's window, unless one of its windows is focused already."""
        shown = self._xdotool("search", "--sync", "--onlyvisible", "--pid", str(pid)).split()
        if self._focused_window() not in shown:
            self._xdotool("windowactivate", "--sync", shown[0])

    def has_visible_window(self, pid: int) -> bool:
        """Whether a window of the program is visible."""
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(pid)]
        return bool(subprocess.run(command, env=self.environment, capture_output=True).stdout)

    def screenshot(self, path: Path) -> None:
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True, timeout=20)

    def close(self) -> None:
        if hasattr(self, "tree"):
            self.tree.close()
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start_all(self) -> None:
        home, runtime = self.folder / "home", self.folder / "run"
        home.mkdir()
        runtime.mkdir(mode=0o700)
        (home / ".asoundrc").write_text(ALSA_CONFIGURATION, encoding="utf-8")
        self.environment = {
            **_clean_environment(os.environ),
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
        module_options = [option for module in SOUND_MODULES for option in ("-L", module)]
        self.start(["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", *module_options])
        self.start(["openbox"])
        _wait("the session bus", lambda: _is_listening(runtime / "bus"))
        launcher = next(path for path in ACCESSIBILITY_BUS_LAUNCHERS if Path(path).exists())
        self.start([launcher, "--launch-immediately"])
        _wait("the sound server", lambda: _is_listening(runtime / "pulse" / "native"))
        _wait("the accessibility bus", lambda: any((runtime / "at-spi").glob("bus*")))
        _wait("the window manager", self._has_window_manager)
        self.tree = Tree(self.environment)

    def _start_display(self) -> str:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp", "-noreset"]
        discard = subprocess.DEVNULL
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", *command],
            env=self.environment,
            stdin=discard,
            stdout=discard,
            stderr=discard,
            pass_fds=[write],
        )
        os.close(write)
        self._processes.append(process)
        with os.fdopen(read) as announced:
            number = announced.readline().strip()
        if not number:
            raise RuntimeError("Xvfb found no free display")
        return f":{number}"

    def _has_window_manager(self) -> bool:
        """Whether the window manager is running."""
        return subprocess.run(["xdotool", "get_desktop"], env=self.environment, capture_output=True).returncode == 0

    def _focused_window(self) -> str:
        """Id of the focused window; empty if there is none."""
        command = ["xdotool", "getactivewindow"]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True).stdout.strip()

    def _xdotool(self, *arguments: str) -> str:
        command = ["xdotool", *arguments]
        return subprocess.run(
            command, env=self.environment, check=True, timeout=30, capture_output=True, text=True
        ).stdout


def _clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without variables that refer to another desktop or affect the program under test."""
    excluded = ("XDG_", "DBUS_", "PULSE_", "QT_", "MIMO_", "WAYLAND_", "LC_", "AT_SPI_", "PYTEST_", "COV_")
    return {name: value for name, value in environment.items() if not name.startswith(excluded)}


def _is_listening(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _wait(name: str, is_ready: Callable[[], bool]) -> None:
    end = time.monotonic() + START_TIMEOUT_SECONDS
    while not is_ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{name} did not start within {START_TIMEOUT_SECONDS:.0f} s")
        time.sleep(0.02)
