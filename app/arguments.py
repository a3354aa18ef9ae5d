"""The command line. API keys are not accepted as arguments, because process lists are visible to every user."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.core.languages import LANGUAGES


class Arguments(argparse.Namespace):
    """The parsed command line.

    Attributes:
        home: folder for all data; None for the one from the environment or the system's default.
        base_url: address of a service for this run; empty for the chosen profile.
        demo: use the demo service for this run.
        lang, theme: override the settings for this run; empty to use the settings.
        tour: folder for the pictures of the guided tour; None to run normally.
        healthcheck: open the window, build every view and exit.
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
        """Whether the program runs without a user, so that an error must end it."""
        return self.healthcheck or self.tour is not None


def parse(arguments: Sequence[str] | None = None) -> Arguments:
    """Parse the command line. Raises SystemExit with a usage message for invalid arguments."""
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
