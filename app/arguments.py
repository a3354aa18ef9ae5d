"""The command line. A platform key is never an argument: process lists show those to everybody."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.core.languages import LANGUAGES


class Arguments(argparse.Namespace):
    """What was asked for at the start.

    Attributes:
        home: where everything is kept; None for the environment's or the system's place.
        base_url: address of a service, for this run; empty for the chosen profile.
        demo: answer from the demo service whatever is set.
        lang, theme: for this run; empty for what is set.
        tour: folder for the guided tour's pictures; None for none.
        healthcheck: open the window, check that everything is there, close.
    """

    home: Path | None
    base_url: str
    demo: bool
    lang: str
    theme: str
    tour: Path | None
    healthcheck: bool

    @property
    def unattended(self) -> bool:
        """Nobody looks on: what goes wrong ends the program."""
        return self.healthcheck or self.tour is not None


def parse(arguments: Sequence[str] | None = None) -> Arguments:
    """Raises SystemExit with a usage line for what can't be understood."""
    parser = argparse.ArgumentParser(
        prog="mimo-workbench",
        description="A desktop workbench for Xiaomi's MiMo models. Independent work, not by Xiaomi.",
        epilog="Environment: MIMO_API_KEY, MIMO_BASE_URL, MIMO_WORKBENCH_HOME.",
    )
    parser.add_argument("--home", type=Path, metavar="DIR", help="keep everything below this folder")
    parser.add_argument("--base-url", default="", metavar="URL", help="address of the service, for this run")
    parser.add_argument("--demo", action="store_true", help="answer from the demo service, for this run")
    parser.add_argument("--lang", default="", choices=("", *LANGUAGES), help="language, for this run")
    parser.add_argument("--theme", default="", choices=("", "light", "dark", "system"), help="theme, for this run")
    parser.add_argument("--tour", type=Path, metavar="DIR", help="show the main job and write pictures into DIR")
    parser.add_argument("--healthcheck", action="store_true", help="open, check that everything is there, close")
    parser.add_argument("--version", action="version", version=f"MiMo Workbench {__version__}")
    return parser.parse_args(arguments, Arguments())
