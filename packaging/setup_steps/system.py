"""Libraries and programs of the operating system. Only Debian and its relatives are asked; elsewhere Qt says itself."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

from .console import Stop, say

WINDOW = (
    # Qt's window, whichever of X11 and Wayland shows it.
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
    # Sound, through PulseAudio or PipeWire where they run.
    "libportaudio2",
    "libasound2-plugins",
    "fonts-inter",
    "fonts-noto-cjk",
)
PRIVATE_DESKTOP = (
    # A display, a window manager, buses and a sound server of our own, and hands to use them.
    "xvfb",
    "openbox",
    "xdotool",
    "dbus-x11",
    "at-spi2-core",
    "python3-gi",
    "gir1.2-atspi-2.0",
    "pulseaudio",
    "pulseaudio-utils",
    # What the tests measure loudness against, and make phones' recordings with.
    "ffmpeg",
    "imagemagick",
)
COMPILER = ("build-essential", "python3-dev")
VENV_SUPPORT = ("python3-venv",)


def require(packages: tuple[str, ...]) -> None:
    """Install what is missing of `packages` when root; otherwise raise Stop with the exact command."""
    missing = _missing(packages)
    if not missing:
        return
    if os.geteuid() != 0:
        command = f"sudo apt-get install {' '.join(missing)}"
        raise Stop(f"this machine lacks system packages. Install them with\n\n    {command}\n\nand run this again.")
    say(f"installing system packages: {' '.join(missing)}")
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    install = [*apt, "install", "-y", "--no-install-recommends", *missing]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in ([*apt, "update"], install):
        ended = subprocess.run(step, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if ended.returncode != 0:
            print(ended.stdout[-2000:] + ended.stderr[-2000:], file=sys.stderr)
            raise Stop(f"`{shlex.join(step)}` failed; the lines above say why.")


def _missing(packages: tuple[str, ...]) -> list[str]:
    if sys.platform != "linux" or not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    shown = "${db:Status-Status}\t${Package}\t${Provides}\n"
    answer = subprocess.run(["dpkg-query", "-W", "-f", shown], capture_output=True, text=True)
    present = set()
    for line in answer.stdout.splitlines():
        state, package, provides = line.split("\t")
        if state == "installed":
            # Later releases rename a library (libglib2.0-0t64) and provide the old name.
            present.update([package, *(name.split()[0] for name in provides.split(", ") if name)])
    return [package for package in packages if package not in present]
