"""The example server that ships with the program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.core.mcp_wire import StartServer
from app.core.tool_servers import joined_command

_ROOT = Path(__file__).parents[3]
"""The folder of our `app` package, so that the server finds it in a checkout that is not installed."""
_COMMAND = (sys.executable, "-P", "-m", "app.museum_server")


def example_command() -> str:
    """The command of the example as one line, to show it."""
    return joined_command(_COMMAND)


def example_order(server_id: str, run: int) -> StartServer:
    """The order that starts it."""
    ours = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    return StartServer(server_id, run, _COMMAND, environment={"PYTHONPATH": ours}, seconds=60.0)
