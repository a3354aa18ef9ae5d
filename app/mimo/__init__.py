"""The client: bytes -> server-sent events -> wire records -> typed events, for both protocols.

`WIRE.md` beside this file has the facts about the API that docstrings refer to by section.
"""

import sys

# If click and rich are installed, httpx imports its command line: 9 MB and 45 ms for nothing. Without this module it
# takes the path for an environment without them.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
