"""System libraries and programs. Checked on Debian-based systems only; elsewhere Qt reports what is missing."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

from .console import SetupError, report

WINDOW = (
    # For Qt windows on X11 and Wayland.
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libwayland-client0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xinerama0",
    "libxkbcommon-x11-0",
    # Audio, through PulseAudio or PipeWire if they are running.
    "libportaudio2",
    "libasound2-plugins",
    "fonts-inter",
    "fonts-noto-cjk",
)
PRIVATE_DESKTOP = (
    # A private display, window manager, buses and sound server, and tools to control them.
    "xvfb",
    "openbox",
    "xdotool",
    "dbus-x11",
    "at-spi2-core",
    "python3-gi",
    "gir1.2-atspi-2.0",
    "pulseaudio",
    "pulseaudio-utils",
    # For the tests: code that is copied from the inspector, reference loudness measurements, phone recordings.
    "curl",
    "ffmpeg",
    "imagemagick",
)
COMPILER = ("build-essential", "python3-dev")
VENV_SUPPORT = ("python3-venv",)


def require(packages: tuple[str, ...]) -> None:
    """Install missing packages if running as root; otherwise raise SetupError with the exact command."""
    missing = _missing(packages)
    if not missing:
        return
    if os.geteuid() != 0:
        command = f"sudo apt-get install {' '.join(missing)}"
        raise SetupError(f"system packages are missing. Install them with\n\n    {command}\n\nand run this again.")
    report(f"installing system packages: {' '.join(missing)}")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *missing]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in ([*apt, "update"], install):
        result = subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode != 0:
            print(result.stdout[-2000:] + result.stderr[-2000:], file=sys.stderr)
            raise SetupError(f"`{shlex.join(step)}` failed; see the output above.")


def _missing(packages: tuple[str, ...]) -> list[str]:
    if sys.platform != "linux" or not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    format_string = "${db:Status-Status}\t${Package}\t${Provides}\n"
    answer = subprocess.run(["dpkg-query", "-W", "-f", format_string], capture_output=True, text=True)
    present = set()
    for line in answer.stdout.splitlines():
        state, package, provides = line.split("\t")
        if state == "installed":
            # Later releases rename libraries (libglib2.0-0t64) and provide the old name.
            present.update([package, *(name.split()[0] for name in provides.split(", ") if name)])
    return [package for package in packages if package not in present]
